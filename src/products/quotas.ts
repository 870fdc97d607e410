/**
 * Queries a second that the vendor's pages give, “per tenant”: an account, RAM users and all, and each operation by itself.
 * What no page names has no limit here: the classic flow, settings, statistics, SAF, whose pages speak of what was bought.
 */

/** “qps-limits-of-server-side-api-operations”: by solution, here by the operations of each. */
const FINANCIAL: Readonly<Record<string, number>> = {
  InitFaceVerify: 50,
  DescribeFaceVerify: 50,
  ContrastFaceVerify: 50,
  LivenessFaceVerify: 50,
  DescribeFaceGuardRisk: 50,
  CompareFaceVerify: 10,
  DeleteFaceVerifyResult: 10,
  // inferred: the page does not name it, and it is LivenessFaceVerify for another danger
  AIGCFaceVerify: 50,
};

/** “qps-limits-of-api-operations-dedicated-to-information-verification”. */
const CHECKS: Readonly<Record<string, number>> = {
  ...Object.fromEntries(
    [
      ...['Id2MetaVerify', 'Id2MetaVerifyWithOCR', 'Id2MetaPeriodVerify', 'Id3MetaVerify', 'Mobile2MetaVerify'],
      ...['Mobile3MetaSimpleVerify', 'Mobile3MetaDetailVerify', 'MobileOnlineTime', 'MobileOnlineStatus'],
      ...['BankMetaVerify', 'VehicleMetaVerify', 'VehicleMetaVerifyV2', 'VehicleQuery', 'Vehicle5ItemQuery'],
      'VehicleInsureQuery',
      // inferred: the page does not name these, their sisters have 50
      ...['Id2MetaStandardVerify', 'Id3MetaVerifyWithOCR', 'Mobile3MetaSimpleStandardVerify'],
      ...['Mobile3MetaDetailStandardVerify', 'MobileDetect', 'MobileRecycledMetaVerify'],
    ].map((name) => [name, 50]),
  ),
  CredentialVerify: 10,
  DeepfakeDetect: 10,
  // inferred, likewise
  CredentialVerifyV2: 10,
  CredentialProductVerifyV2: 10,
};

const CLOUDAUTH_2019: Readonly<Record<string, number>> = {
  ...FINANCIAL,
  ...CHECKS,
  // its own page, help 223752
  CreateWhitelist: 10,
};

/** The international product's “api-overview”, October 2026: any operation, by region; there it overrules the page by product. */
const INTL = 'cloudauth-intl/2022-08-09/';
const INTL_QPS = 10;
const SMALL_REGION = /\.ap-southeast-[35]\./;
const SMALL_REGION_QPS = 3;

const CLOUDAUTH = 'cloudauth/2019-03-07/';

/** `--qps documented`: a Limit of the gateway. */
export function documentedQps(operation: string, host: string): number | undefined {
  if (operation.startsWith(INTL)) return SMALL_REGION.test(host) ? SMALL_REGION_QPS : INTL_QPS;
  return operation.startsWith(CLOUDAUTH) ? CLOUDAUTH_2019[operation.slice(CLOUDAUTH.length)] : undefined;
}
