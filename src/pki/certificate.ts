import { createHash } from 'node:crypto';
import {
  bytesOf,
  constructedTag,
  DerError,
  type Element,
  INTEGER,
  implicitTag,
  Members,
  SEQUENCE,
  wholeElement,
} from './der.ts';
import { integerHex, isoTime, smallIntegerOf, timeOf } from './derValues.ts';
import { type Extensions, extensionsOf, extensionValues } from './extensions.ts';
import { type Name, nameOf } from './name.ts';
import { derBlocks } from './pem.ts';
import { type PublicKey, publicKeyOf } from './publicKey.ts';
import { isSignedBy, type Signed, signedOf } from './signature.ts';

/** What one X.509 certificate says. */
export interface Certificate {
  /** 1, 2 or 3. */
  readonly version: number;
  /** Lower-case hex of an even number of digits, as CloudTrail and role session names print it; `-` before a negative one. */
  readonly serial: string;
  readonly subject: Name;
  readonly issuer: Name;
  /** ISO 8601, UTC, whole seconds. */
  readonly notBefore: string;
  readonly notAfter: string;
  readonly key: PublicKey;
  readonly extensions: Extensions;
  readonly signed: Signed;
  /** SHA-256 of the whole certificate, lower-case hex without colons. */
  readonly sha256: string;
}

export interface Certificates {
  readonly certificates: readonly Certificate[];
  /** Certificate blocks that were there and could not be read; 1 for text that holds no certificate block at all. */
  readonly unparsed: number;
}

/** The certificates of a text as users and AWS pass them around (`derBlocks`), in its order. Never throws. */
export function readCertificates(text: string): Certificates {
  const blocks = derBlocks(text, 'CERTIFICATE');
  const certificates = blocks.map(block => block && readCertificate(block)).filter(each => each !== undefined);
  return { certificates, unparsed: blocks.length - certificates.length };
}

/** One certificate, DER; undefined where it is none. Never throws. */
export function readCertificate(der: Buffer): Certificate | undefined {
  try {
    return certificateOf(wholeElement(der));
  } catch (error) {
    if (error instanceof DerError) return undefined;
    throw error;
  }
}

const UNIQUE_IDS = [implicitTag(1), implicitTag(2)];

/** RFC 5280, 4.1. */
function certificateOf(element: Element): Certificate {
  const signed = signedOf(element);
  const body = new Members(signed.body);
  const version = versionOf(body.optional(constructedTag(0)));
  const serial = integerHex(body.next(INTEGER));
  body.next(SEQUENCE);
  const issuer = nameOf(body.next());
  const validity = new Members(body.next());
  const [notBefore, notAfter] = [isoTime(timeOf(validity.next())), isoTime(timeOf(validity.next()))];
  const subject = nameOf(body.next());
  const key = publicKeyOf(body.next());
  body.optional(...UNIQUE_IDS);
  body.optional(...UNIQUE_IDS);
  const list = body.optional(constructedTag(3));
  body.expectEnd();
  const extensions = extensionsOf(list ? extensionValues(new Members(list, list.tag).next()) : new Map());
  const sha256 = createHash('sha256').update(bytesOf(element)).digest('hex');
  return { version, serial, subject, issuer, notBefore, notAfter, key, extensions, signed, sha256 };
}

function versionOf(element: Element | undefined): number {
  return element === undefined ? 1 : smallIntegerOf(new Members(element, element.tag).next(INTEGER)) + 1;
}

/** Whether it may issue others: what its basic constraints say, not what a verifier makes of a certificate without them. */
export function isAuthority({ extensions }: Certificate): boolean {
  return extensions.basicConstraints?.ca === true;
}

/** Whether its path length leaves room for another CA: 0 does not, and without one there is no bound (RFC 5280, 4.2.1.9). */
export function hasRoomBelow({ extensions }: Certificate): boolean {
  return extensions.basicConstraints?.pathLength !== 0;
}

/** Whether it names itself as its issuer: roots do, and certificates by which a CA moves to another key. */
export function isSelfIssued({ subject, issuer }: Certificate): boolean {
  return subject.key === issuer.key;
}

/** Whether its own key made its signature; undefined where that cannot be verified here. */
export function isSelfSigned(certificate: Certificate): boolean | undefined {
  return isSelfIssued(certificate) && isSignedBy(certificate.signed, certificate.key);
}

/** Whether `issuer` issued it, by name, by key identifiers where both have them, and by signature. */
export function isIssuedBy(certificate: Certificate, issuer: Certificate): boolean | undefined {
  return namesIssuer(certificate, issuer) && isSignedBy(certificate.signed, issuer.key);
}

/** Whether it may have: by name, and by key identifiers where both have them. */
export function namesIssuer({ issuer, extensions }: Certificate, by: Certificate): boolean {
  const [wanted, had] = [extensions.authorityKeyId, by.extensions.subjectKeyId];
  return issuer.key === by.subject.key && (wanted === undefined || had === undefined || wanted === had);
}
