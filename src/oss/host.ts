/** The bucket in a host name. Alone in its file: classification asks it of every request, the rest of OSS is loaded later. */
import { hostName } from '../platform/hosts.js';

/** ali-oss sends the vendor's host name to an IP address, too; then without a port. */
const VENDOR_HOST = /^([^.]+)\.oss[a-z0-9-]*\.aliyuncs\.com(:\d+)?$/i;

/**
 * The bucket of a virtual host: `<bucket>.oss-cn-shanghai.aliyuncs.com`, `<bucket>.localhost`, `<bucket>.<publicHost>`.
 * @param host as sent, with or without port
 */
export function bucketOfHost(host: string, publicHost?: string): string | undefined {
  const dot = host.indexOf('.');
  if (dot <= 0) return undefined;
  const label = host.slice(0, dot);
  const parent = hostName(host.slice(dot + 1));
  return parent === 'localhost' || parent === publicHost || VENDOR_HOST.test(host) ? label : undefined;
}
