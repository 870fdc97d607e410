/**
 * A trust store that a JVM opens: PKCS#12 (RFC 7292) whose certificates carry Oracle's attribute “trusted”, without which
 * Java finds none in it. Neither encrypted nor sealed, as the JDK's own `cacerts` is since 18: certificates are public,
 * and any password opens it. Written here: the library's types for it always add an empty seal, which no JVM reads.
 */
/** An element in DER. @param parts its content, bytes or further elements */
function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  if (length < 0x80) return Buffer.concat([Buffer.of(tag, length), content]);
  const size = Buffer.from(length.toString(16).padStart(6, '0'), 'hex');
  const shortest = size.subarray(size.findIndex((byte) => byte > 0));
  return Buffer.concat([Buffer.of(tag, 0x80 + shortest.length), shortest, content]);
}

const [OCTETS, SEQUENCE, SET, BMP_STRING, EXPLICIT] = [0x04, 0x30, 0x31, 0x1e, 0xa0];
const VERSION_3 = Buffer.of(0x02, 0x01, 0x03);
const oid = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'));

const DATA = oid('2a864886f70d010701'); // 1.2.840.113549.1.7.1
const CERT_BAG = oid('2a864886f70d010c0a0103'); // 1.2.840.113549.1.12.10.1.3
const X509 = oid('2a864886f70d01091601'); // 1.2.840.113549.1.9.22.1
const FRIENDLY_NAME = oid('2a864886f70d010914'); // 1.2.840.113549.1.9.20
const TRUSTED_KEY_USAGE = oid('6086480186f966adca7b0101'); // 2.16.840.1.113894.746875.1.1
const ANY_USE = oid('551d2500'); // 2.5.29.37.0

const bytesOf = (pem: string): Buffer => Buffer.from(pem.replace(/-----.*-----/g, ''), 'base64');
const data = (content: Buffer): Buffer => der(SEQUENCE, DATA, der(EXPLICIT, der(OCTETS, content)));
const attribute = (kind: Buffer, value: Buffer): Buffer => der(SEQUENCE, kind, der(SET, value));

/** @param certificates PEM; the first is called `cloudauth-mock` */
export function trustStore(certificates: readonly string[]): Buffer {
  const bags = certificates.map((pem, index) => {
    const name = Buffer.from(index === 0 ? 'cloudauth-mock' : `root-${index}`, 'utf16le').swap16();
    const bag = der(SEQUENCE, X509, der(EXPLICIT, der(OCTETS, bytesOf(pem))));
    const attributes = der(SET, attribute(FRIENDLY_NAME, der(BMP_STRING, name)), attribute(TRUSTED_KEY_USAGE, ANY_USE));
    return der(SEQUENCE, CERT_BAG, der(EXPLICIT, bag), attributes);
  });
  return der(SEQUENCE, VERSION_3, data(der(SEQUENCE, data(der(SEQUENCE, ...bags)))));
}
