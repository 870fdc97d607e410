// What an upload costs before anything is decided: node:http alone, reading the same body, its MD5 taken, its bytes written to a file.
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

const { headers, body } = JSON.parse(process.env.BENCH_ANSWER);
let files = 0;

const server = createServer(async (request, response) => {
  const md5 = createHash('md5');
  request.on('data', (chunk) => md5.update(chunk));
  files += 1;
  await pipeline(request, createWriteStream(join(process.env.BENCH_FOLDER, `upload-${files % 16}`)));
  md5.digest('hex');
  response.writeHead(200, headers);
  response.end(body);
});
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`bare-upload ready http=http://127.0.0.1:${server.address().port} pid=${process.pid}\n`);
});
process.on('SIGTERM', () => process.exit(0));
