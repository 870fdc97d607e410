/** The sentences of the error tables in Chinese, where the documentation words one otherwise than the command does, or it alone has it. */
import { catalogueZh } from '../../src/platform/zh-catalogue.js';
import { subCodes } from '../../src/products/cloudauth/financial-grade.js';

const SENTENCES: Readonly<Record<string, string>> = {
  ...catalogueZh,
  ...Object.fromEntries(Object.values(subCodes).map(({ en, zh }) => [en, zh])),
  'the face is not that person’s': '人脸不是本人',
  'a policy against risks stops it': '被风险策略拦截',
  // gateway
  'Version is absent or names no known version': '缺少 Version 参数，或版本不存在',
  'SAF has no such Action; Cloudauth neither, with --errors gateway':
    'SAF 没有这个 Action；--errors gateway 时实人认证亦返回此错误',
  'Cloudauth has no such Action: the one error the documents print':
    '实人认证没有这个 Action，即文档给出的唯一错误示例',
  'the operation does not take this HTTP method': '该接口不支持此 HTTP 方法',
  'the request cannot be read: body over 8 MB, raw bytes in the URL, headers too large':
    '请求无法读取：请求体超过 8 MB、URL 中有未编码的字节或请求头过大',
  'Timestamp is not YYYY-MM-DDThh:mm:ssZ': 'Timestamp 格式不是 YYYY-MM-DDThh:mm:ssZ',
  'Timestamp is more than 15 minutes off': 'Timestamp 与服务器时间相差超过 15 分钟',
  'no such AccessKeyId': 'AccessKeyId 不存在',
  'the AccessKeyId is disabled': 'AccessKeyId 已被禁用',
  'SecurityToken sent with a key that has none': '为没有 SecurityToken 的密钥传了 SecurityToken',
  'SecurityToken belongs to another key': 'SecurityToken 属于另一个密钥',
  'the Authorization header cannot be read or leaves a required header unsigned':
    'Authorization 请求头无法解析，或必须签名的请求头没有签名',
  'RPC 1.0: the signature is not ours': 'RPC 1.0 签名与服务端计算结果不一致',
  'the nonce was seen within 15 minutes': '15 分钟内重复使用了 SignatureNonce',
  'too many requests': '请求过于频繁',
  'too many requests of this account': '该账号请求过于频繁',
  'too many requests to this operation': '该接口请求过于频繁',
  'the gateway failed': '网关内部错误',
  // cloudauth
  'the task has no materials': '该认证任务没有提交过资料',
  'the materials cannot be read': '认证资料读取失败',
  'no Material.n was sent': '没有传 Material.n',
  'a MaterialType is unknown, or there are more than ten': 'MaterialType 不存在，或资料超过十项',
  'the task has passed or is under review': '该认证任务已通过或正在审核',
  'the submission cannot be processed': '提交的资料处理失败',
  'name and number do not belong together': '姓名与身份证号不匹配',
  // information checks
  'a required parameter is absent or empty': '缺少必填参数，或参数为空',
  'a parameter violates its form': '参数格式不正确',
  'the authority that is asked does not answer': '权威数据源没有响应',
  'the same call is repeated too often': '短时间内重复调用过多',
  'the service is not activated for the account': '账号没有开通服务',
  // saf
  'ServiceParameters is no JSON object, or its method is unknown':
    'ServiceParameters 不是 JSON 对象，或其中的 method 不存在',
  'the daily quota is used up': '当日用量超过已购规格',
  'Service names no service': 'Service 不存在',
  'the service fails': '服务内部错误',
  'too many attacks': '攻击过多',
  'the tenant has not opened face verification': '租户没有开通刷脸认证产品',
  'the device type is not supported': '不支持该设备类型',
  'the system version is not supported': '不支持该系统版本',
  'the initialisation strategy cannot be had': '获取初始化策略失败',
  'face verification is unavailable for now': '刷脸暂时不可用',
  'a parameter is wrong; here: metainfo is missing': '参数不正确；此处为缺少 metainfo',
  'the identity is invalid': '用户身份信息无效',
  'there is no picture to compare with': '没有可供比对的照片',
  'too many failures in a short time': '短时间内刷脸失败次数过多',
  'the person has not finished': '用户还没有完成认证',
  'an id is missing or unknown, or the two do not belong together': '缺少 ID、ID 不存在，或两个 ID 不对应',
  'a picture cannot be read': '图片无法解析',
  // magic identities
  passes: '通过',
  'fails: not the same person': '不通过：不是本人',
  'quits: never finishes on phone or page; what a server submits passes':
    '中途退出：在手机或页面上不会完成；服务端提交的资料仍会通过',
  // magic pictures
  'fails: no face can be seen (AuditConclusions 身份证照片模糊，光线问题造成字体无法识别)':
    '不通过：看不到人脸（AuditConclusions 为 身份证照片模糊，光线问题造成字体无法识别）',
  'fails: blurred or badly lit (AuditConclusions 身份证照片模糊，光线问题造成字体无法识别)':
    '不通过：照片模糊或光线不好（AuditConclusions 为 身份证照片模糊，光线问题造成字体无法识别）',
  'fails: shows no identity card (AuditConclusions 提交的照片非身份证照片)':
    '不通过：不是身份证照片（AuditConclusions 为 提交的照片非身份证照片）',
  'fails: shows somebody else (AuditConclusions 身份证照片信息与认证提交信息不一致)':
    '不通过：照片是别人（AuditConclusions 为 身份证照片信息与认证提交信息不一致）',
  'a parameter violates its form, or CallbackUrl does not answer': '参数不符合格式，或 CallbackUrl 无法访问',
  'the person is younger than 14': '被认证人未满 14 周岁',
  'the service, or OSS, is not activated for the account': '账号未开通服务或 OSS',
  'the RAM user lacks AliyunAntCloudAuthFullAccess': 'RAM 用户缺少 AliyunAntCloudAuthFullAccess 权限',
  'the picture is larger than 1 MB': '图片超过 1 MB',
  'the verification of the given CertifyId did not pass': '传入的 CertifyId 未通过认证',
  'the phone number cannot be asked about': '该手机号不可查询',
  'the card cannot be read': '证件无法识别',
  'a material cannot be used': '认证资料不可用',
  'a picture has no type': '图片没有类型',
  'a picture’s type is none there is': '图片类型不存在',
  'no picture is a face photo': '没有一张图片是人脸照',
  'there is no picture at its address': '图片地址上没有图片',
  'there is no face in a picture': '图片中没有人脸',
  'the picture’s address does not answer': '图片地址无法访问',
  'the algorithm’s answer cannot be read': '算法返回无法解析',
  'the account may not use the service': '账号无权使用该服务',
  'a parameter is no value it may have': '参数取值不合法',
  'the same call is made too often': '重复调用',
  'the photo cannot be used': '照片不可用',
  'more than one source is given': '传入了多个来源',
  'the image is too large': '图片过大',
  'there is no face in the image': '图片中没有人脸',
  'the account has no access': '账号没有权限',
};

/** @throws RangeError for a sentence that has not been translated */
export function chinese(sentence: string): string {
  const text = SENTENCES[sentence];
  if (text === undefined) throw new RangeError(`no Chinese for “${sentence}”: add it to src/platform/zh-catalogue.ts`);
  return text;
}
