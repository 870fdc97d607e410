/** The buckets clients upload to, and the one where this emulator keeps what nobody uploaded. */

/** GetVerifyToken hands it out (document 004). */
export const VERIFY_BUCKET = 'verify-external-image';
/** DescribeOssUploadToken hands it out (document 002, section 5). */
export const UPLOAD_BUCKET = 'cloudauth-zhangjiakou-external';

/**
 * The bucket of an account that has authorised OSS: `cn-shanghai-aliyun-cloudauth-<uid>`, its pictures of financial-grade
 * verification below `verify/<uid>/`. Every account here has the same uid, and objects of its own.
 */
export const UID = '1000000000000001';
export const FACE_BUCKET = `cn-shanghai-aliyun-cloudauth-${UID}`;
/** Of the picture a person submitted for a CertifyId. */
export const faceKey = (certifyId: string): string => `verify/${UID}/${certifyId}_0.jpeg`;

/** AuthorizeFileUpload hands it out: the bucket of sample addresses that several products print, whose SDKs upload alike. */
export const FORM_BUCKET = 'viapi-customer-pop';
/** A key there, as those addresses have it: four digits that differ between accounts, the uid, 32 digits. */
export const formKey = (digits: string): string => `3c1e_${UID}_${digits}`;
/** A web address of such an object, whatever its host: it was made of what AuthorizeFileUpload had answered. */
export const FORM_ADDRESS = new RegExp(`^https?://[^\\s/?#]+/(${formKey('[0-9a-f]{32}')})$`);

export const BUCKETS: readonly string[] = [VERIFY_BUCKET, UPLOAD_BUCKET, FACE_BUCKET, FORM_BUCKET];

/** As the end points of the two calls name it. */
export const regionOf = (bucket: string): string => (bucket === UPLOAD_BUCKET ? 'cn-zhangjiakou' : 'cn-shanghai');

/** Frames captured in SAF sessions. No credential reaches it. */
export const SESSION_BUCKET = 'saf-sessions';
