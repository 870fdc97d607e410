/** The README's recipes, one per SDK, as a client of this emulator writes them. A test holds them against the README. */

export interface Snippet {
  readonly sdk: string;
  /** What the README calls it. */
  readonly name: string;
  /** As an editor names it: `js`, `java` … */
  readonly language: string;
  readonly code: string;
}

export interface Client {
  /** Host and port, without a scheme. */
  readonly host: string;
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
}

/** @param client goes in place of what the README says */
export const snippetsFor = ({ host, accessKeyId, accessKeySecret }: Client): Snippet[] =>
  RECIPES.map((recipe) => ({
    ...recipe,
    code: recipe.code
      .replaceAll('127.0.0.1:4520', host)
      .replaceAll('LTAImockDefault', accessKeyId)
      .replaceAll('cloudauth-mock-secret', accessKeySecret),
  }));

export const RECIPES: readonly Snippet[] = [
  {
    sdk: 'node-typed',
    name: 'Node: @alicloud/cloudauth20190307',
    language: 'js',
    code: `import Cloudauth from '@alicloud/cloudauth20190307';

const client = new Cloudauth.default({
  endpoint: '127.0.0.1:4520', // no scheme here
  protocol: 'HTTP',
  accessKeyId: 'LTAImockDefault',
  accessKeySecret: 'cloudauth-mock-secret',
});
const sceneId = 1000000006;
const verify = async (certName) => {
  const { body: started } = await client.initFaceVerify(
    new Cloudauth.InitFaceVerifyRequest({
      sceneId,
      outerOrderNo: 'e0c34a77f5ac40a5aa5e6ed20c353001',
      productCode: 'ID_PRO',
      certType: 'IDENTITY_CARD',
      certName,
      certNo: '990000199003070013',
      metaInfo: '{"zimVer":"3.0.0","appVersion":"1","bioMetaInfo":"4.1.0:11501568,0","deviceType":"ios"}',
    }),
  );
  const { certifyId } = started.resultObject;
  const { body } = await client.describeFaceVerify(new Cloudauth.DescribeFaceVerifyRequest({ sceneId, certifyId }));
  console.log(body.code, body.resultObject.passed, body.resultObject.subCode);
};

await verify('张三');
await verify('测试不通过');
`,
  },
  {
    sdk: 'pop-core',
    name: 'Node: @alicloud/pop-core',
    language: 'js',
    code: `import PopCore from '@alicloud/pop-core';

const client = new PopCore({
  endpoint: 'http://127.0.0.1:4520',
  apiVersion: '2017-11-17',
  accessKeyId: 'LTAImockDefault',
  accessKeySecret: 'cloudauth-mock-secret',
  codes: ['1'], // the documented success Code of this version
});
const post = { method: 'POST', timeout: 10_000 };
const task = { Biz: 'RPBasic', TicketId: 'order-1001' };

const session = await client.request('GetVerifyToken', { ...task, Binding: '{"Name":"测试甲"}' }, post);
const result = await client.request('GetStatus', task, post);
console.log(session.Data.VerifyToken.DurationSeconds, result.Data.StatusCode);

try {
  await client.request('GetStatus', { ...task, Biz: 'Nowhere' }, post);
} catch (error) {
  console.log(error.code, error.data.Message);
}
`,
  },
  {
    sdk: 'java',
    name: 'Java: aliyun-java-sdk-core',
    language: 'java',
    code: `IClientProfile profile = DefaultProfile.getProfile("cn-hangzhou", "LTAImockDefault", "cloudauth-mock-secret");
IAcsClient client = new DefaultAcsClient(profile);

CommonRequest request = new CommonRequest();
request.setSysDomain("127.0.0.1:4520");
request.setSysProtocol(ProtocolType.HTTP);
request.setSysMethod(MethodType.POST);
request.setSysVersion("2017-03-31");
request.setSysAction("ExecuteRequest");
request.putQueryParameter("Service", "face_verify");
request.putQueryParameter("ServiceParameters",
    "{\\"method\\":\\"init\\",\\"name\\":\\"测试甲\\",\\"certNumber\\":\\"990000199003070013\\",\\"metainfo\\":\\"{}\\"}");
System.out.println(client.getCommonResponse(request).getData());
`,
  },
  {
    sdk: 'python',
    name: 'Python: aliyun-python-sdk-core',
    language: 'python',
    code: `import json
from aliyunsdkcore.client import AcsClient
from aliyunsdkcore.http import method_type, protocol_type
from aliyunsdkcore.request import CommonRequest

client = AcsClient('LTAImockDefault', 'cloudauth-mock-secret', 'cn-hangzhou')
request = CommonRequest(domain='127.0.0.1:4520', version='2017-03-31', action_name='ExecuteRequest')
request.set_protocol_type(protocol_type.HTTP)
request.set_method(method_type.POST)
request.add_query_param('Service', 'face_verify')
request.add_query_param('ServiceParameters', json.dumps(
    {'method': 'init', 'name': '测试甲', 'certNumber': '990000199003070013', 'metainfo': '{}'}))
print(client.do_action_with_exception(request).decode())
`,
  },
  {
    sdk: 'go',
    name: 'Go: alibaba-cloud-sdk-go',
    language: 'go',
    code: `client, err := sdk.NewClientWithAccessKey("cn-hangzhou", "LTAImockDefault", "cloudauth-mock-secret")
if err != nil {
	panic(err)
}
request := requests.NewCommonRequest()
request.Method = "POST"
request.Scheme = "HTTP"
request.Domain = "127.0.0.1:4520"
request.Version = "2017-11-17"
request.ApiName = "GetVerifyToken"
request.QueryParams["Biz"] = "RPBasic"
request.QueryParams["TicketId"] = "order-1001"
response, err := client.ProcessCommonRequest(request)
if err != nil {
	panic(err)
}
fmt.Println(response.GetHttpContentString())
`,
  },
  {
    sdk: 'php',
    name: 'PHP: aliyun-openapi-php-sdk',
    language: 'php',
    code: `<?php
include_once 'aliyun-php-sdk-core/Config.php';
use Cloudauth\\Request\\V20180916\\GetVerifyTokenRequest;

Autoloader::addAutoloadPath('aliyun-php-sdk-cloudauth');
DefaultProfile::addEndpoint('cn-hangzhou', 'cn-hangzhou', 'Cloudauth', '127.0.0.1:4520');
$profile = DefaultProfile::getProfile('cn-hangzhou', 'LTAImockDefault', 'cloudauth-mock-secret');
$client = new DefaultAcsClient($profile);

$request = new GetVerifyTokenRequest();
$request->setProtocol('http');
$request->setMethod('POST');
$request->setBiz('RPBasic');
$request->setTicketId('order-1001');
print_r($client->getAcsResponse($request));
`,
  },
  {
    sdk: 'dotnet',
    name: '.NET: aliyun-net-sdk-core',
    language: 'csharp',
    code: `var profile = DefaultProfile.GetProfile("cn-hangzhou", "LTAImockDefault", "cloudauth-mock-secret");
var client = new DefaultAcsClient(profile);

var request = new CommonRequest
{
    Domain = "127.0.0.1:4520",
    Protocol = ProtocolType.HTTP,
    Method = MethodType.POST,
    Version = "2017-03-31",
    Action = "ExecuteRequest",
};
request.AddQueryParameters("Service", "face_verify");
request.AddQueryParameters("ServiceParameters",
    "{\\"method\\":\\"init\\",\\"name\\":\\"测试甲\\",\\"certNumber\\":\\"990000199003070013\\",\\"metainfo\\":\\"{}\\"}");
Console.WriteLine(client.GetCommonResponse(request).Data);
`,
  },
  {
    sdk: 'curl',
    name: 'curl and openssl',
    language: 'bash',
    code: `# usage: bash call.sh Action=… Version=… Name=value …
url=http://127.0.0.1:4520 key=LTAImockDefault secret=cloudauth-mock-secret
encode() {
  local LC_ALL=C text=$1 out= char i
  for ((i = 0; i < \${#text}; i++)); do
    char=\${text:i:1}
    case $char in [a-zA-Z0-9._~-]) ;; *) printf -v char %d "'$char" && printf -v char %%%02X $((char & 255)) ;; esac
    out+=$char
  done
  printf %s "$out"
}
query=$(for pair in "$@" AccessKeyId=$key SignatureMethod=HMAC-SHA1 SignatureVersion=1.0 \\
  SignatureNonce=$(openssl rand -hex 16) Timestamp=$(date -u +%Y-%m-%dT%H:%M:%SZ); do
  echo "\${pair%%=*}=$(encode "\${pair#*=}")"
done | LC_ALL=C sort -t= -k1,1 | paste -sd '&' -)
signature=$(printf %s "POST&%2F&$(encode "$query")" | openssl dgst -sha1 -hmac "$secret&" -binary | openssl base64)
curl -s "$url/" -d "$query" --data-urlencode "Signature=$signature"
`,
  },
];
