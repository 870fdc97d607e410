// A large state, made in two ways: by SQL, which knows the tables of this checkout, or by unsigned calls, which any checkout answers.
import { createRequire } from 'node:module';

const TOGETHER = 16;

const database = () =>
  createRequire(import.meta.url)(Number(process.versions.napi) >= 10 ? 'better-sqlite3' : 'better-sqlite3-12');

/** @param db a file that an emulator of this checkout has opened */
export function fillBySql(db, tasks) {
  const connection = new (database())(db);
  connection.pragma('synchronous = OFF');
  const numbers = `WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ${tasks})`;
  // every tenth is under way
  connection.exec(`INSERT INTO verifications (account, seq, kind, id, name, scope, shared, data, issued_at, expires_at, status, reason,
      counts, endings, asked, created_at, concluded_at, later, over_at)
    ${numbers} SELECT 'default', n, 'cloudauth', lower(hex(randomblob(16))), 'ticket-' || n, 'RPBasic', 1,
      '{"solution":"RPBasic","binding":{},"sent":{"method":"POST","fromPage":false}}', 1767225600000 + n, 1767227400000 + n,
      CASE n % 10 WHEN 0 THEN 'open' ELSE 'passed' END, NULL, 0, 1, 0, 1767225600000 + n, 1767225600000 + n, 0,
      CASE n % 10 WHEN 0 THEN NULL ELSE 1767225600000 + n END FROM numbers`);
  connection.exec(`INSERT INTO credentials (account, access_key_id, secret, security_token, bucket, path, expires_at)
    ${numbers} SELECT 'default', 'STS.' || hex(randomblob(12)), hex(randomblob(22)), hex(randomblob(120)), 'verify-external-image',
      lower(hex(randomblob(16))) || '/', 1767227400000 + n FROM numbers`);
  connection.close();
}

export async function begin(mock, TicketId) {
  const query = new URLSearchParams({ Biz: 'RPBasic', RegionId: 'cn-hangzhou', TicketId });
  const body = `Action=GetVerifyToken&Version=2017-11-17&Format=JSON&${query}`;
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const answer = await mock.fetch(new Request('https://cloudauth.aliyuncs.com/', { method: 'POST', headers, body }));
  if (answer.status !== 200) throw new Error(await answer.text());
  await answer.text();
}

/** @param mock that checks no signatures and has nobody who ends anything */
export async function fillByCalls(mock, tasks) {
  let next = 1;
  const work = async () => {
    while (next <= tasks) {
      const [number, name] = [next, `ticket-${next++}`];
      await begin(mock, name);
      if (number % 10 > 0) await mock.verifications.pass(name);
      if (number % 50_000 === 0) console.error(`  ${number} tasks`);
    }
  };
  await Promise.all(Array.from({ length: TOGETHER }, work));
}
