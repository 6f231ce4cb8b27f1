import { createHash } from 'node:crypto';
import { type AuthorityExtensions, certificateDer, type Extensions, pem } from './certificate.ts';
import { type CrlParts, crlDer } from './crl.ts';
import { ecKey, type SigningKey } from './keys.ts';
import type { Name } from './name.ts';

/** A certificate and what its holder can do with it. */
export interface Certificate {
  readonly subject: Name;
  readonly issuer: Name;
  /** Hex, an even number of digits. */
  readonly serial: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly der: Buffer;
  readonly pem: string;
}

export interface Authority extends Certificate {
  readonly key: SigningKey;
  readonly subordinate: (request: AuthorityRequest) => Authority;
  readonly issue: (request: LeafRequest) => Certificate;
  /** A CRL version 2, DER. */
  readonly crl: (request: CrlRequest) => Buffer;
}

export interface AuthorityRequest extends AuthorityExtensions {
  readonly subject: Name;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** P-256 from the subject's name when absent. */
  readonly key?: SigningKey;
}

export interface LeafRequest {
  readonly subject: Name;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly dns?: readonly string[];
  readonly uri?: readonly string[];
  /** P-256 from the subject's name and date when absent. */
  readonly key?: SigningKey;
}

/** RFC 5280 asks for `nextUpdate`; a CRL without one is for stories about that. */
export type CrlRequest = Omit<CrlParts, 'issuer' | 'key'>;

/** A CA whose certificate it signed itself. Same request, same bytes. */
export function rootAuthority(request: AuthorityRequest): Authority {
  const key = keyOf(request);
  return authority(request, key, { name: request.subject, key });
}

interface Issuer {
  readonly name: Name;
  readonly key: SigningKey;
}

function authority(request: AuthorityRequest, key: SigningKey, issuer: Issuer): Authority {
  const me: Issuer = { name: request.subject, key };
  return {
    ...certificate(request, key, issuer, { authority: request }),
    key,
    subordinate: below => authority(below, keyOf(below), me),
    issue: leaf => certificate(leaf, leafKey(leaf), me, { dns: leaf.dns ?? [], uri: leaf.uri ?? [] }),
    crl: asked => crlDer({ ...asked, issuer: me.name, key }),
  };
}

function certificate(
  request: { subject: Name; notBefore: Date; notAfter: Date },
  key: SigningKey,
  issuer: Issuer,
  extensions: Extensions,
): Certificate {
  const { subject, notBefore, notAfter } = request;
  const serial = serialOf(JSON.stringify([subject, issuer.name, notBefore, notAfter]));
  const der = certificateDer({
    subject,
    serial,
    notBefore,
    notAfter,
    spki: key.spki,
    publicBits: key.publicBits,
    issuer,
    extensions,
  });
  return { subject, issuer: issuer.name, serial, notBefore, notAfter, der, pem: pem('CERTIFICATE', der) };
}

const keyOf = (request: AuthorityRequest): SigningKey => request.key ?? ecKey(JSON.stringify(request.subject));
const leafKey = (request: LeafRequest): SigningKey =>
  request.key ?? ecKey(JSON.stringify([request.subject, request.notBefore]));

/** 16 bytes, the first between 0x10 and 0x7f, so that it is positive and its hex has no leading zero. */
function serialOf(seed: string): string {
  const bytes = createHash('sha256').update(seed).digest().subarray(0, 16);
  bytes[0] = (bytes[0]! & 0x6f) | 0x10;
  return bytes.toString('hex');
}
