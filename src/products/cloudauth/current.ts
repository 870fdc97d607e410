/** What the versions of Cloudauth from 2019 on have in common: the host, JSON by default, and how errors look. */
import { rpcDialect } from '../../gateway/dialect-rpc.js';

export const current = {
  product: 'cloudauth',
  aliases: [],
  host: 'cloudauth.aliyuncs.com',
  defaultFormat: 'JSON',
  errorRoot: 'ErrorResponse',
  printsErrors: true,
  dialect: rpcDialect('double'),
} as const;
