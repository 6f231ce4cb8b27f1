import { type KeyObject, X509Certificate } from 'node:crypto';

/** What one X.509 certificate says. A member is undefined when this Node cannot tell (a key type it does not know). */
export interface CertificateFacts {
  /** One line, most specific part first: `CN=…, O=…`. */
  readonly subject: string;
  readonly issuer: string;
  /** Lower-case hex, as CloudTrail and role session names print it. */
  readonly serial: string;
  /** ISO 8601, UTC, whole seconds. */
  readonly notBefore: string | undefined;
  readonly notAfter: string | undefined;
  /** Issuer equals subject and the certificate's own key verifies its signature. */
  readonly selfSigned: boolean | undefined;
  readonly ca: boolean;
  /** `rsa`, `ec`, `ed25519`, …: Node's name for it. */
  readonly keyType: string | undefined;
  readonly keyBits: number | undefined;
  /** Lower-case hex without colons. */
  readonly fingerprintSha256: string;
}

export interface Certificates {
  readonly certificates: readonly CertificateFacts[];
  /** Certificate blocks that were there and could not be read; 1 for text that holds no certificate block at all. */
  readonly unparsed: number;
}

const BEGIN = '-----BEGIN CERTIFICATE-----';
const END = '-----END CERTIFICATE-----';

/**
 * The certificates of a PEM bundle, in its order; text between the blocks is skipped. Base64 of such a bundle is read
 * too: some clients hand it to CreateTrustAnchor that way. Never throws.
 */
export function readCertificates(text: string): Certificates {
  if (text.trim() === '') return { certificates: [], unparsed: 0 };
  const blocks = blocksOf(plainPem(text));
  if (blocks.length === 0) return { certificates: [], unparsed: 1 };
  const certificates = blocks.map(factsOf).filter(facts => facts !== undefined);
  return { certificates, unparsed: blocks.length - certificates.length };
}

function plainPem(text: string): string {
  if (text.includes(BEGIN)) return text;
  const decoded = Buffer.from(text, 'base64').toString('latin1');
  return decoded.includes(BEGIN) ? decoded : text;
}

/** Each block from its BEGIN to the first END after it, or to the next BEGIN or the end of the text when it has none. */
function blocksOf(text: string): readonly string[] {
  const [, ...rest] = text.split(BEGIN);
  return rest.map(piece => BEGIN + cutAfter(piece, END));
}

function cutAfter(text: string, end: string): string {
  const at = text.indexOf(end);
  return at === -1 ? text : text.slice(0, at + end.length);
}

function factsOf(pem: string): CertificateFacts | undefined {
  const certificate = attempt(() => new X509Certificate(pem));
  if (certificate === undefined) return undefined;
  // Node reads the key only now, and throws for key types that its OpenSSL does not know (ML-DSA on Node 20).
  const key = attempt(() => certificate.publicKey);
  return {
    subject: oneLine(certificate.subject),
    issuer: oneLine(certificate.issuer),
    serial: certificate.serialNumber.toLowerCase(),
    notBefore: isoTime(certificate.validFrom),
    notAfter: isoTime(certificate.validTo),
    selfSigned: selfSigned(certificate, key),
    ca: certificate.ca,
    keyType: key?.asymmetricKeyType,
    keyBits: key && bitsOf(key),
    fingerprintSha256: certificate.fingerprint256.replaceAll(':', '').toLowerCase(),
  };
}

function selfSigned(certificate: X509Certificate, key: KeyObject | undefined): boolean | undefined {
  if (certificate.subject !== certificate.issuer) return false;
  return key && attempt(() => certificate.verify(key));
}

/** Node prints a name with one part a line, in the certificate's order, control characters escaped; RFC 4514 reverses it. */
function oneLine(name: string | undefined): string {
  return (name ?? '').split('\n').reverse().join(', ');
}

/** From OpenSSL's `Jul 10 12:28:19 2022 GMT`. */
function isoTime(printed: string): string | undefined {
  const time = Date.parse(printed);
  return Number.isNaN(time) ? undefined : `${new Date(time).toISOString().slice(0, -5)}Z`;
}

const CURVE_BITS: ReadonlyMap<string, number> = new Map([
  ['prime256v1', 256],
  ['secp256k1', 256],
  ['secp384r1', 384],
  ['secp521r1', 521],
]);

function bitsOf(key: KeyObject): number | undefined {
  const details = key.asymmetricKeyDetails;
  return details?.modulusLength ?? CURVE_BITS.get(details?.namedCurve ?? '');
}

/** Whatever OpenSSL objects to in a hostile certificate is a fact that we do not have, not an error of the program. */
function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
