/** OpenPlatform 2019-12-19: what SDKs ask before they upload a file. */
import { rpcDialect } from '../../../gateway/dialect-rpc.js';
import { defineVersion } from '../../../gateway/operation.js';
import { authorizeFileUpload } from './authorize-file-upload.js';

export const openplatform20191219 = defineVersion({
  product: 'openplatform',
  version: '2019-12-19',
  aliases: [],
  host: 'openplatform.aliyuncs.com',
  defaultFormat: 'JSON',
  errorRoot: 'ErrorResponse',
  dialect: rpcDialect('double'),
  implemented: [authorizeFileUpload],
});
