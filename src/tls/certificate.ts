/** X.509 certificates, in the few forms there are here: a CA that may sign for some names only, and a server. */
import { createHash, createPublicKey, generateKeyPairSync, type KeyObject, sign, X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { AsnConvert, OctetString } from '@peculiar/asn1-schema';
import * as x509 from '@peculiar/asn1-x509';
import { certificateSerial } from '../platform/ids.js';
import type { Permitted } from './names.js';

/** Every client of the vendor's SDKs speaks it, Java 8 too, and a key costs less than a millisecond. */
export const newKey = (): KeyObject => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
const ECDSA_SHA256 = new x509.AlgorithmIdentifier({ algorithm: '1.2.840.10045.4.3.2' });

export interface Wanted {
  /** Its common name. */
  readonly subject: string;
  /** Whose certificate it is: the private key, of which it holds the public one. */
  readonly key: KeyObject;
  readonly from: number;
  readonly to: number;
  /** Who signs; itself where there is nobody. */
  readonly by?: { readonly name: string; readonly key: KeyObject };
  /** A CA, which has so many below it; or a server of these names and addresses. */
  readonly is: { readonly permitted: Permitted; readonly depth: number } | { readonly serves: readonly string[] };
}

/** @returns PEM */
export function certificate({ subject, key, from, to, by = { name: subject, key }, is }: Wanted): string {
  const extensions = [
    extension(x509.id_ce_subjectKeyIdentifier, false, new OctetString(keyId(key))),
    extension(
      x509.id_ce_authorityKeyIdentifier,
      false,
      new x509.AuthorityKeyIdentifier({ keyIdentifier: new x509.KeyIdentifier(keyId(by.key)) }),
    ),
    ...('serves' in is ? ofServer(is.serves) : ofAuthority(is.permitted, is.depth)),
  ];
  const body = new x509.TBSCertificate({
    version: x509.Version.v3,
    serialNumber: bytes(certificateSerial()),
    signature: ECDSA_SHA256,
    issuer: commonName(by.name),
    validity: new x509.Validity({ notBefore: new Date(from), notAfter: new Date(to) }),
    subject: commonName(subject),
    subjectPublicKeyInfo: AsnConvert.parse(publicBytes(key), x509.SubjectPublicKeyInfo),
    extensions: new x509.Extensions(extensions),
  });
  const whole = new x509.Certificate({
    tbsCertificate: body,
    signatureAlgorithm: ECDSA_SHA256,
    signatureValue: bytes(sign('sha256', Buffer.from(AsnConvert.serialize(body)), by.key)),
  });
  return new X509Certificate(Buffer.from(AsnConvert.serialize(whole))).toString();
}

const ofServer = (names: readonly string[]): x509.Extension[] => [
  extension(x509.id_ce_basicConstraints, true, new x509.BasicConstraints({ cA: false })),
  extension(x509.id_ce_keyUsage, true, new x509.KeyUsage(x509.KeyUsageFlags.digitalSignature)),
  extension(x509.id_ce_extKeyUsage, false, new x509.ExtendedKeyUsage([x509.id_kp_serverAuth])),
  extension(
    x509.id_ce_subjectAltName,
    false,
    new x509.SubjectAlternativeName(
      names.map((name) => new x509.GeneralName(isIP(name) ? { iPAddress: name } : { dNSName: name })),
    ),
  ),
];

const ofAuthority = ({ names, networks }: Permitted, depth: number): x509.Extension[] => [
  extension(x509.id_ce_basicConstraints, true, new x509.BasicConstraints({ cA: true, pathLenConstraint: depth })),
  extension(x509.id_ce_keyUsage, true, new x509.KeyUsage(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign)),
  extension(x509.id_ce_extKeyUsage, false, new x509.ExtendedKeyUsage([x509.id_kp_serverAuth])),
  extension(
    x509.id_ce_nameConstraints,
    true,
    new x509.NameConstraints({
      permittedSubtrees: new x509.GeneralSubtrees(
        [...names.map((dNSName) => ({ dNSName })), ...networks.map((iPAddress) => ({ iPAddress }))].map(
          (base) => new x509.GeneralSubtree({ base: new x509.GeneralName(base) }),
        ),
      ),
    }),
  ),
];

/** What the certificate of a CA permits. @throws where it cannot be read */
export function permittedBy({ raw }: X509Certificate): Permitted {
  const { extensions } = AsnConvert.parse(raw, x509.Certificate).tbsCertificate;
  const found = extensions?.find(({ extnID }) => extnID === x509.id_ce_nameConstraints);
  const { permittedSubtrees = [] } = found ? AsnConvert.parse(found.extnValue.buffer, x509.NameConstraints) : {};
  const of = (kind: 'dNSName' | 'iPAddress') => [...permittedSubtrees].flatMap(({ base }) => base[kind] ?? []);
  return { names: of('dNSName'), networks: of('iPAddress') };
}

const extension = (extnID: string, critical: boolean, value: object): x509.Extension =>
  new x509.Extension({ extnID, critical, extnValue: new OctetString(AsnConvert.serialize(value)) });

const commonName = (text: string): x509.Name =>
  new x509.Name([
    new x509.RelativeDistinguishedName([
      new x509.AttributeTypeAndValue({ type: '2.5.4.3', value: new x509.AttributeValue({ utf8String: text }) }),
    ]),
  ]);

const publicBytes = (key: KeyObject): Buffer => createPublicKey(key).export({ type: 'spki', format: 'der' });

const keyId = (key: KeyObject): ArrayBuffer => bytes(createHash('sha1').update(publicBytes(key)).digest());

const bytes = (buffer: Buffer): ArrayBuffer => Uint8Array.from(buffer).buffer;
