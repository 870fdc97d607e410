/**
 * What the vendor's SDKs ask before an `…Advance` method uploads a file: where, and with whose signature, a form is posted.
 * No document prints its values; see docs/fidelity.md.
 */
import { implement } from '../../../gateway/operation.js';
import { lazy } from '../../../platform/lazy.js';
import { NEVER } from '../../../store/credentials.js';
import { FORM_BUCKET, formKey } from '../../../verification/buckets.js';
import { TOKEN_SECONDS } from '../../../verification/verification.js';
import { authorizeFileUploadContract } from './generated/authorize-file-upload.js';

const signatures = lazy(() => import('../../../oss/signature-v1.js'));

/** No product says what is the largest: a video fits. A form that holds more is over the limit of all forms soon. */
const MAX_FILE_BYTES = 50 * 1024 * 1024;

export const authorizeFileUpload = implement(
  authorizeFileUploadContract,
  async (_input, { store, clock, ids, urls, note }) => {
    const key = formKey(ids.token());
    const expiration = new Date(clock.now() + TOKEN_SECONDS * 1000).toISOString();
    const conditions = [
      ['eq', '$key', key],
      ['content-length-range', 0, MAX_FILE_BYTES],
    ];
    const EncodedPolicy = Buffer.from(JSON.stringify({ expiration, conditions })).toString('base64');
    // a plain key: these SDKs have no field for a token. Its secret signs this policy and is told to nobody
    const credential = { access_key_id: ids.readerKey(), secret: ids.stsSecret(), security_token: '' };
    const reach = { bucket: FORM_BUCKET, path: key, expires_at: NEVER + clock.now() };
    await store.write(store.credentials.addRow({ ...credential, ...reach }));
    const { bucket, endpoint, isVendors } = urls.upload();
    if (isVendors) note(['upload-host', { host: `${bucket}.${endpoint}` }]);
    return {
      AccessKeyId: credential.access_key_id,
      Bucket: bucket,
      Endpoint: endpoint,
      EncodedPolicy,
      ObjectKey: key,
      Signature: (await signatures()).v1Signature(EncodedPolicy, credential.secret),
      UseAccelerate: false,
    };
  },
);
