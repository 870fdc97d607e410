/**
 * The addresses an answer hands out. Over a socket no answer may name a vendor host: a client would send its
 * pictures to production; but for uploads of a client that came by one. In process the vendor's own names are right, because
 * handlers intercept them.
 */
import { inUrl, isLoopback } from '../platform/hosts.js';
import { FORM_BUCKET, regionOf } from '../verification/buckets.js';
import { isSecure, type RpcRequest } from './request.js';

export interface UploadPlace {
  /** Its client puts one before the other, with a dot between them. */
  readonly bucket: string;
  readonly endpoint: string;
  /** Both are the vendor's, and the client comes by a socket: the name has to lead here as well. */
  readonly isVendors?: boolean;
}

export interface Urls {
  /** Where calls go, without a trailing slash. */
  endpoint(): string;
  /**
   * `host:port` of a product, as Location answers it. Who has come by a name of the vendor's, through a hosts file or a
   * proxy, stays with its names: they lead here as that one did.
   * @param vendor the product's own
   */
  host(vendor: string): string;
  /** `EndPoint` of an OSS upload: never a name without a dot, for clients put the bucket before it. */
  oss(region: string): string;
  /** Where a form with a file is posted. */
  upload(): UploadPlace;
  /** `CloudauthPageUrl`: where a person verifies. */
  page(token: string): string;
  /** `CertifyUrl`: likewise, for financial-grade verification. @param style of CertifyUrlStyle: short, or the page itself */
  certify(certifyId: string, style: 'S' | 'L'): string;
  /** `SdkUrl`: the generated package. */
  sdk(taskId: string): string;
  /** An object, with the signature parameters the documents print. @param key as it is, not encoded */
  picture(bucket: string, key: string, query: string): string;
}

export const PAGE_PATH = '/user_verify/cloudauth.html';
/** Integrators who frame the page write `/h5iframe?` for its `/h5?`. */
export const CERTIFY_PATH = '/certify/h5';
export const CERTIFY_FRAME_PATH = '/certify/h5iframe';
/** Leads to the page. */
export const SHORT_PATH = '/s';
export const SDK_PATH = '/sdk/';

const certifyPaths = { S: SHORT_PATH, L: CERTIFY_PATH } as const;

const VENDOR_HOST = /(^|\.)(aliyuncs|aliyun|alibaba|alibabacloud|taobao|alipay)\.(com|cn)\.?(:\d+)?$/i;
const PLAIN_HOST = /^([a-z0-9._-]+|\[[0-9a-f:.]+\])(:\d{1,5})?$/i;

export const isVendorHost = (host: string): boolean => VENDOR_HOST.test(host);

/**
 * @param publicUrl as configured, without a trailing slash
 * @param bound the address of the port the call came to; undefined in process
 */
export function createUrls(request: RpcRequest, publicUrl: string | undefined, bound: string | undefined): Urls {
  const base = publicUrl ?? baseOf(request, bound);
  const byVendorName = publicUrl === undefined && isVendorHost(request.host);
  const host = (vendor: string) => {
    if (base === undefined || byVendorName) return vendor + (/:\d+$/.exec(request.host)?.[0] ?? '');
    return new URL(base).host;
  };
  if (base === undefined) return { ...vendorUrls, host };
  return {
    host,
    endpoint: () => base,
    oss: () => (publicUrl === undefined && reachedAt(request, bound)) || base,
    // who takes over the vendor's names takes over this one too: a certificate is good for it, and maybe for no address
    upload: () =>
      byVendorName
        ? { bucket: FORM_BUCKET, endpoint: host(FORM_ENDPOINT), isVendors: request.overSocket }
        : splitHost(uploadHost(request, base, bound)),
    page: (token) => `${base}${PAGE_PATH}?token=${token}`,
    certify: (certifyId, style) => `${base}${certifyPaths[style]}?certifyId=${certifyId}`,
    sdk: (taskId) => `${base}${SDK_PATH}${taskId}.zip`,
    picture: (bucket, key, query) => `${base}/${bucket}/${encodedKey(key)}?${query}`,
  };
}

/** Through UTF-8 bytes, which replaces half characters: encodeURIComponent throws on them. */
const encodedKey = (key: string): string => Buffer.from(key).toString().split('/').map(encodeURIComponent).join('/');

function baseOf(request: RpcRequest, bound: string | undefined): string | undefined {
  if (PLAIN_HOST.test(request.host) && !isVendorHost(request.host)) return `${schemeOf(request)}://${request.host}`;
  if (!request.overSocket) return undefined;
  return bound !== undefined && request.socket?.byProxy ? besideProxy(bound, request.socket) : bound;
}

/**
 * Who comes by a vendor's name through the proxy is led to the emulator's own port, where it has found the proxy: not every
 * client it hands an address to heeds a proxy, OSS clients of Java and a person's browser do not.
 */
function besideProxy(bound: string, { localAddress }: NonNullable<RpcRequest['socket']>): string {
  const url = new URL(bound);
  if (localAddress !== undefined) url.hostname = inUrl(localAddress.replace(/^::ffff:/i, ''));
  return url.origin;
}

const schemeOf = (request: RpcRequest): string => (isSecure(request) ? 'https' : 'http');

/**
 * For a Host without a dot, as `localhost` and the services of a compose file have it, the address the call came to:
 * nobody resolves `<bucket>.localhost:4520` for ali-oss. @returns undefined where the Host will do
 */
function reachedAt(request: RpcRequest, bound = ''): string | undefined {
  const { host, socket } = request;
  const scheme = schemeOf(request);
  const [, name, port = scheme === 'https' ? '443' : '80'] = /^([a-z0-9_-]+)(?::(\d+))?$/i.exec(host) ?? [];
  if (name === undefined || socket?.localAddress === undefined) return undefined;
  const address = socket.localAddress.replace(/^::ffff:/i, '');
  // of a container `localhost` is the machine whose port leads there; ali-oss takes no address of IPv6 for one
  if (name.toLowerCase() === 'localhost') {
    const isOnlyV6 = isLoopback(address) && address.includes(':') && !bound.startsWith(`${scheme}://127.0.0.1:`);
    return `${scheme}://${isOnlyV6 ? inUrl(address) : '127.0.0.1'}:${port}`;
  }
  return `${scheme}://${inUrl(address)}:${socket.localPort}`;
}

/** A name that is an address, or resolves as it stands: subdomains of localhost do not everywhere. */
function uploadHost(request: RpcRequest, base: string, bound: string | undefined): string {
  const host = new URL(base).host.replace(/^[^:]*\.localhost(?=:|$)/, 'localhost');
  return new URL(reachedAt({ ...request, host }, bound) ?? base).host;
}

/** `127.0.0.1:4520` is `127` and `0.0.1:4520`: put together again it needs no DNS. An address of IPv6 has no dot. */
function splitHost(host: string): UploadPlace {
  const dot = host.indexOf('.');
  if (dot > 0) return { bucket: host.slice(0, dot), endpoint: host.slice(dot + 1) };
  return { bucket: FORM_BUCKET, endpoint: host.replace(/^\[.*\]/, 'localhost') };
}

const FORM_ENDPOINT = `oss-${regionOf(FORM_BUCKET)}.aliyuncs.com`;

/** As the documents print them (002 sections 3 and 5, 004). */
const vendorUrls: Omit<Urls, 'host'> = {
  endpoint: () => 'https://cloudauth.aliyuncs.com',
  oss: (region) => `https://oss-${region}.aliyuncs.com`,
  upload: () => ({ bucket: FORM_BUCKET, endpoint: FORM_ENDPOINT }),
  page: (token) => `https://h5.m.taobao.com${PAGE_PATH}?token=${token}`,
  // the host of short links; that of the page is not printed
  certify: (certifyId, style) => `https://t.aliyun.com${certifyPaths[style]}?certifyId=${certifyId}`,
  sdk: (taskId) => `https://example-sdkdownload.aliyun.com${SDK_PATH}${taskId}.zip`,
  picture: (bucket, key, query) => `http://${bucket}.oss-${regionOf(bucket)}.aliyuncs.com/${encodedKey(key)}?${query}`,
};
