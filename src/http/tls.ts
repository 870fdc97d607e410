/**
 * TLS and plain http sent to each other's port, and what is said about it: half of the vendor's SDKs use https unless they
 * are told otherwise. How each is told was found by running them.
 */

/** The first bytes of a handshake, of every version of TLS. @param packet what a client sent first */
export const isTls = (packet: Buffer | undefined): boolean => packet?.[0] === 0x16 && (packet[1] ?? 0x03) === 0x03;

/** A client that does not trust the CA says so: in TLS 1.2 during the handshake, in 1.3 after it. */
export const handshakeFailed = (code = '', message = ''): string =>
  /UNKNOWN_CA|BAD_CERTIFICATE|CERTIFICATE_UNKNOWN/.test(code)
    ? `a client does not trust the CA of this emulator (${code}); “cloudauth-mock ca” says how each is told to`
    : `a client failed to speak TLS (${code || message})`;

export const TLS_EXPLANATION = [
  'the client speaks https, and this port speaks http | 客户端使用 https，而此端口是 http',
  '  or start the emulator with --https; “cloudauth-mock ca” says how each client is told to trust it | 或用 --https 启动模拟器；“cloudauth-mock ca” 说明各客户端如何信任它',
  '  Tea SDKs (@alicloud/openapi-client, alibabacloud_*, Java, Go, PHP): protocol = "HTTP", and an endpoint without a scheme | Tea 系 SDK：protocol 设为 "HTTP"，endpoint 不带协议',
  '  Java, classic: request.setSysProtocol(ProtocolType.HTTP), on typed requests as well | Java 经典版：每个请求（含类型化请求）都要 setSysProtocol(ProtocolType.HTTP)',
  '  PHP, classic: $request->setProtocol("http") | PHP 经典版：$request->setProtocol("http")',
  '  pop-core, ali-oss: an endpoint that begins with http:// | pop-core、ali-oss：endpoint 以 http:// 开头',
  '  Python, Go and .NET, classic: http unless https was asked for | Python、Go、.NET 经典版：默认即为 http，勿指定 https',
].join('\n');
