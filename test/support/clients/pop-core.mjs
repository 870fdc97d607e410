// As an application has it in production: a host of the vendor's, an id and a secret of its own.
import PopCore from '@alicloud/pop-core';

const client = new PopCore({
  accessKeyId: 'LTAI5tSomeonesOwnKey01',
  accessKeySecret: 'their own secret',
  endpoint: 'https://cloudauth.aliyuncs.com',
  apiVersion: '2017-11-17',
  codes: ['1'],
});
const task = { Biz: 'their-own-scene', TicketId: 'order-1' };
const { Code, Data } = await client.request('GetVerifyToken', task, { method: 'POST', timeout: 20_000 });
console.log(Code, Data.VerifyToken.DurationSeconds);
