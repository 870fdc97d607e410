/**
 * TLS sent to the port that speaks plain http, and what is said about it: half of the vendor's SDKs use https unless they
 * are told otherwise. How each is told was found by running them.
 */

/** The first bytes of a handshake, of every version of TLS. @param packet what a client sent first */
export const isTls = (packet: Buffer | undefined): boolean => packet?.[0] === 0x16 && packet[1] === 0x03;

export const TLS_EXPLANATION = [
  'the client speaks https, and this port speaks http | 客户端使用 https，而此端口是 http',
  '  Tea SDKs (@alicloud/openapi-client, alibabacloud_*, Java, Go, PHP): protocol = "HTTP", and an endpoint without a scheme | Tea 系 SDK：protocol 设为 "HTTP"，endpoint 不带协议',
  '  Java, classic: request.setSysProtocol(ProtocolType.HTTP), on typed requests as well | Java 经典版：每个请求（含类型化请求）都要 setSysProtocol(ProtocolType.HTTP)',
  '  PHP, classic: $request->setProtocol("http") | PHP 经典版：$request->setProtocol("http")',
  '  pop-core, ali-oss: an endpoint that begins with http:// | pop-core、ali-oss：endpoint 以 http:// 开头',
  '  Python, Go and .NET, classic: http unless https was asked for | Python、Go、.NET 经典版：默认即为 http，勿指定 https',
].join('\n');
