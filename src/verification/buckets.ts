/** The buckets clients upload to, and the one where this emulator keeps what nobody uploaded. */

/** GetVerifyToken hands it out (document 004). */
export const VERIFY_BUCKET = 'verify-external-image';
/** DescribeOssUploadToken hands it out (document 002, section 5). */
export const UPLOAD_BUCKET = 'cloudauth-zhangjiakou-external';

export const BUCKETS: readonly string[] = [VERIFY_BUCKET, UPLOAD_BUCKET];

/** As the end points of the two calls name it. */
export const regionOf = (bucket: string): string => (bucket === UPLOAD_BUCKET ? 'cn-zhangjiakou' : 'cn-shanghai');

/** Frames captured in SAF sessions. No credential reaches it. */
export const SESSION_BUCKET = 'saf-sessions';
