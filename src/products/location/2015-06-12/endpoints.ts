/** Where the vendor has its products, region by region: the endpoint maps of its SDKs. */
import { VENDOR_HOSTS, VENDOR_REGIONS, type VendorProduct } from '../../../platform/vendor-hosts.js';

export const REGIONS = VENDOR_REGIONS;

/** Service codes by which clients ask, and the host of the regions that have none of their own; none: there is no product there. */
const SERVICES = {
  cloudauth: 'cloudauth.aliyuncs.com',
  'cloudauth-intl': undefined,
  saf: undefined,
  openplatform: 'openplatform.aliyuncs.com',
  sts: 'sts.aliyuncs.com',
  location: 'location-readonly.aliyuncs.com',
  oss: undefined,
} as const satisfies Partial<Record<VendorProduct, string | undefined>>;

export type Service = keyof typeof SERVICES;
export const SERVICE_CODES = Object.keys(SERVICES) as readonly Service[];

/** Of Cloudauth most regions share one host, though names are made for all of them. */
const CLOUDAUTH_REGIONS = ['cn-beijing', 'cn-qingdao'];

/** @returns undefined where the product is not in the region */
export function vendorEndpoint(service: Service, region: string): string | undefined {
  const begins = service === 'oss' ? `oss-${region}.` : `${service}.${region}.`;
  const own = VENDOR_HOSTS.find(({ product, name }) => product === service && name.startsWith(begins))?.name;
  const shared = SERVICES[service];
  return service === 'cloudauth' && !CLOUDAUTH_REGIONS.includes(region) ? shared : (own ?? shared);
}
