/** Where a product is in a region: here, or under the vendor's own name, where the caller has come by one. */
import { contract } from '../../../gateway/contract.js';
import type { ErrorRow } from '../../../gateway/errors.js';
import { list, struct, text } from '../../../gateway/fields.js';
import { implement } from '../../../gateway/operation.js';
import { lazy } from '../../../platform/lazy.js';

/** The names of all hosts are read by the first who asks. */
const endpoints = lazy(() => import('./endpoints.js'));

/** SDKs know both by their words; the status stands nowhere. */
const errors = {
  InvalidRegionId: {
    status: 400,
    message: 'The specified region does not exist.',
    when: 'Id is no region of the vendor',
    confidence: 'inferred',
  },
  'Illegal Parameter': {
    status: 400,
    message: 'Please check the parameters',
    when: 'ServiceCode is no product that is emulated, or Type is neither openAPI nor innerAPI',
    confidence: 'inferred',
  },
} as const satisfies Record<string, ErrorRow>;

const describeEndpointsContract = contract({
  name: 'DescribeEndpoints',
  summary: { en: 'where a product is in a region', zh: '查询云产品在某地域的服务地址' },
  source: 'the resolvers of the vendor’s SDKs for Go, Java, Python, .NET and PHP, and its Location package',
  methods: ['GET', 'POST'],
  params: {
    Id: text({ required: true, example: 'cn-shanghai' }),
    ServiceCode: text({ required: true, example: 'cloudauth' }),
    Type: text({ invalid: 'Illegal Parameter', values: ['openAPI', 'innerAPI'], example: 'openAPI' }),
  },
  response: {
    Endpoints: struct({
      Endpoint: list(
        struct({
          Protocols: struct({ Protocols: list(text()) }),
          Type: text({ example: 'openAPI' }),
          Namespace: text({ example: '26842' }),
          Id: text({ example: 'cn-shanghai' }),
          // the vendor's spelling
          SerivceCode: text({ example: 'cloudauth' }),
          Endpoint: text({ example: 'cloudauth.aliyuncs.com' }),
        }),
      ),
    }),
  },
  envelope: { success: true },
  errors,
  order: { JSON: ['Endpoints', 'RequestId', 'Success'], XML: ['Endpoints', 'RequestId', 'Success'] },
});

export const describeEndpoints = implement(
  describeEndpointsContract,
  async ({ Id, ServiceCode, Type = 'openAPI' }, { urls, fail }) => {
    const { REGIONS, SERVICE_CODES, vendorEndpoint } = await endpoints();
    const service = SERVICE_CODES.find((code) => code === ServiceCode.toLowerCase());
    if (service === undefined)
      fail('Illegal Parameter', {}, ['no-service-code', { service: ServiceCode, known: SERVICE_CODES }]);
    if (!REGIONS.includes(Id)) fail('InvalidRegionId', {}, ['no-region-id', { id: Id, known: REGIONS }]);
    const vendor = vendorEndpoint(service!, Id);
    const one = { Type, Namespace: '26842', Id, SerivceCode: ServiceCode };
    const Protocols = { Protocols: ['HTTP', 'HTTPS'] };
    return {
      Endpoints: { Endpoint: vendor === undefined ? [] : [{ Protocols, ...one, Endpoint: urls.host(vendor) }] },
    };
  },
);
