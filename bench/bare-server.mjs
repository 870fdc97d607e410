// The floor: node:http alone, reading the same body and answering the same bytes, taken from one answer of the emulator.
import { createServer } from 'node:http';

const { headers, body } = JSON.parse(process.env.BENCH_ANSWER);

const server = createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    Buffer.concat(chunks);
    response.writeHead(200, headers);
    response.end(body);
  });
});
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`bare-server ready http=http://127.0.0.1:${server.address().port} pid=${process.pid}\n`);
});
process.on('SIGTERM', () => process.exit(0));
