/**
 * The codes of financial-grade verification, which answer in the body with HTTP 200 (help page “code-collection”, texts
 * verbatim).
 */
import type { ErrorRow } from '../../../gateway/errors.js';

const row = (message: string, when: string): ErrorRow => ({ status: 200, message, when });

export const faceErrors = {
  '400': row('参数不能为空', 'a required parameter is absent or empty'),
  '401': row('参数非法', 'a parameter violates its form, or CallbackUrl does not answer'),
  '402': row('应用配置不存在', 'the application is not configured'),
  '403': row('认证未完成', 'the verification is not finished'),
  '404': row('认证场景配置不存在', 'the scene is not configured'),
  '405': row('您的年龄未满14周岁，不允许使用此产品', 'the person is younger than 14'),
  '406': row('无效的certifyId', 'the account has no such CertifyId'),
  '410': row('未开通服务', 'the service, or OSS, is not activated for the account'),
  '411': row('RAM无权限', 'the RAM user lacks AliyunAntCloudAuthFullAccess'),
  '412': row('欠费中', 'the account is in arrears'),
  '414': row('设备类型不支持', 'the type of device is not supported'),
  '415': row('SDK版本不支持', 'the version of the SDK is not supported'),
  '416': row('系统版本不支持', 'the version of the system is not supported'),
  '417': row('无法使用刷脸服务', 'there is nothing to compare the face with'),
  '418': row('刷脸失败次数过多', 'the person has failed too often today'),
  '419': row('传入图片不可用', 'the picture cannot be used'),
  '420': row('数据重复', 'more than one picture is given'),
  '421': row('传入图片过大', 'the picture is larger than 1 MB'),
  '422': row('下载图片超时', 'downloading the picture takes more than 3 s'),
  '423': row('状态错误', 'the verification of the given CertifyId did not pass'),
  '424': row('身份认证记录不存在', 'nothing has been submitted for the CertifyId'),
  '427': row('业务策略限制', 'a policy against risks stops it'),
  '500': row('系统错误', 'the service fails'),
} as const;
