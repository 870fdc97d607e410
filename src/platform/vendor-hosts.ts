/**
 * The vendor's host names that the emulator stands for: the endpoints of the SDKs' own maps and of the documents, by
 * product and region, and the hosts of pages, scripts and pictures. Data, for whoever takes such names over.
 */

export type VendorProduct =
  | 'cloudauth'
  | 'cloudauth-intl'
  | 'cloudauth-device'
  | 'cloudauth-console'
  | 'saf'
  | 'openplatform'
  | 'oss'
  | 'sts'
  | 'location'
  | 'web';

export interface VendorHost {
  readonly name: string;
  readonly product: VendorProduct;
  /** Absent where one host serves every region. */
  readonly region?: string;
  /** Buckets: `<bucket>.<name>` is meant as well. */
  readonly buckets?: true;
}

/** Every region an endpoint can name: an SDK whose map lacks one makes `<product>.<region>.aliyuncs.com` of it. */
export const VENDOR_REGIONS: readonly string[] = [
  ...['cn-hangzhou', 'cn-shanghai', 'cn-beijing', 'cn-qingdao', 'cn-zhangjiakou', 'cn-huhehaote', 'cn-wulanchabu'],
  ...['cn-shenzhen', 'cn-heyuan', 'cn-guangzhou', 'cn-chengdu', 'cn-nanjing', 'cn-fuzhou', 'cn-wuhan-lr'],
  ...['cn-hongkong', 'cn-hangzhou-finance', 'cn-shanghai-finance-1', 'cn-shenzhen-finance-1', 'cn-beijing-finance-1'],
  ...['cn-north-2-gov-1', 'ap-southeast-1', 'ap-southeast-2', 'ap-southeast-3', 'ap-southeast-5', 'ap-southeast-6'],
  ...['ap-southeast-7', 'ap-northeast-1', 'ap-northeast-2', 'ap-south-1', 'us-east-1', 'us-west-1', 'eu-central-1'],
  ...['eu-west-1', 'me-east-1', 'me-central-1'],
];

const INTL_REGIONS = ['ap-southeast-1', 'ap-southeast-3', 'ap-southeast-5', 'cn-hongkong'];
const SAF_REGIONS = [
  ...['cn-hangzhou', 'cn-beijing', 'cn-zhangjiakou', 'cn-shanghai', 'cn-shenzhen', 'cn-hongkong', 'ap-southeast-1'],
  ...['ap-southeast-3', 'us-east-1', 'us-west-1', 'eu-central-1', 'ap-south-1'],
];

const central = (product: VendorProduct, ...names: string[]): VendorHost[] =>
  names.map((name) => ({ name: `${name}.aliyuncs.com`, product }));

/** @param name how the host begins; the region follows a dot */
const regional = (product: VendorProduct, name: string, regions = VENDOR_REGIONS): VendorHost[] =>
  regions.map((region) => ({ name: `${name}.${region}.aliyuncs.com`, product, region }));

const oss = (name: string, region?: string): VendorHost => ({
  ...{ name: `${name}.aliyuncs.com`, product: 'oss', buckets: true },
  ...(region === undefined ? undefined : { region }),
});

const WEB = ['o.alicdn.com', 't.aliyun.com', 'm.alyms.cn', 'hkwebcdn.yuncloudauth.com'];

export const VENDOR_HOSTS: readonly VendorHost[] = [
  ...central('cloudauth', 'cloudauth', 'cloudauth-dualstack'),
  ...regional('cloudauth', 'cloudauth'),
  ...regional('cloudauth', 'cloudauth-vpc', ['cn-shanghai', 'cn-beijing']),
  ...regional('cloudauth', 'cloudauth-dualstack', ['cn-shanghai', 'cn-beijing']),
  ...regional('cloudauth-intl', 'cloudauth-intl', [...INTL_REGIONS, 'eu-central-1']),
  ...regional('cloudauth-intl', 'cloudauth-intl-vpc', INTL_REGIONS),
  ...central('cloudauth-device', 'cloudauth-device'),
  ...regional('cloudauth-console', 'cloudauth-console', ['cn-hangzhou', 'cn-shanghai', 'cn-beijing', 'ap-southeast-1']),
  ...regional('saf', 'saf', SAF_REGIONS),
  ...central('openplatform', 'openplatform'),
  ...central('sts', 'sts'),
  ...regional('sts', 'sts'),
  ...regional('sts', 'sts-vpc'),
  ...central('location', 'location', 'location-readonly'),
  oss('oss'),
  oss('oss-accelerate'),
  oss('oss-accelerate-overseas'),
  ...VENDOR_REGIONS.flatMap((region) => [
    oss(`oss-${region}`, region),
    oss(`oss-${region}-internal`, region),
    // the dual stack of OSS writes the region in front
    oss(`${region}.oss`, region),
  ]),
  // the bucket AuthorizeFileUpload names: SDKs take the host of their uploads from there
  { name: 'viapi-customer-pop.oss-cn-shanghai.aliyuncs.com', product: 'oss', region: 'cn-shanghai' },
  ...WEB.map((name): VendorHost => ({ name, product: 'web' })),
];

const byName = new Map(VENDOR_HOSTS.map((host) => [host.name, host]));

/** Whose host a name is, a bucket's included. @param name in lower case, without a port */
export function vendorHost(name: string): VendorHost | undefined {
  const known = byName.get(name);
  if (known) return known;
  const parent = byName.get(name.slice(name.indexOf('.') + 1));
  return parent?.buckets && parent;
}
