import '../../src/products/eager.js';
import { expect, test } from 'vitest';
import { VENDOR_HOSTS, vendorHost } from '../../src/platform/vendor-hosts.js';
import { versions } from '../../src/products/index.js';

test.each([
  ['cloudauth.aliyuncs.com', 'cloudauth'],
  ['cloudauth.cn-qingdao.aliyuncs.com', 'cloudauth'],
  ['cloudauth-vpc.cn-shanghai.aliyuncs.com', 'cloudauth'],
  ['cloudauth-dualstack.cn-beijing.aliyuncs.com', 'cloudauth'],
  ['cloudauth-intl-vpc.ap-southeast-5.aliyuncs.com', 'cloudauth-intl'],
  ['saf.us-west-1.aliyuncs.com', 'saf'],
  ['openplatform.aliyuncs.com', 'openplatform'],
  ['location-readonly.aliyuncs.com', 'location'],
  ['sts.cn-hangzhou.aliyuncs.com', 'sts'],
  ['oss-accelerate.aliyuncs.com', 'oss'],
  ['cn-shanghai-aliyun-cloudauth-1.oss-cn-shanghai.aliyuncs.com', 'oss'],
  ['bucket.oss-cn-shanghai-internal.aliyuncs.com', 'oss'],
  ['bucket.cn-hangzhou.oss.aliyuncs.com', 'oss'],
  ['o.alicdn.com', 'web'],
])('%s belongs to %s', (name, product) => {
  expect(vendorHost(name)?.product).toBe(product);
});

test.each(['ecs.aliyuncs.com', 'x.cloudauth.aliyuncs.com', 'a.b.oss-cn-shanghai.aliyuncs.com', 'aliyuncs.com', 'com'])(
  '%s is nobody’s the emulator stands for',
  (name) => {
    expect(vendorHost(name)).toBeUndefined();
  },
);

test.each(versions.map(({ host }) => host))('%s, which a version calls its own, is listed', (host) => {
  expect(vendorHost(host)).toBeDefined();
});

test('no name is listed twice', () => {
  expect(new Set(VENDOR_HOSTS.map(({ name }) => name)).size).toBe(VENDOR_HOSTS.length);
});
