import { createHash } from 'node:crypto';
import { bits, ia5, integer, octets, oid, retagged, sequence, smallInteger, tagged, time, yes } from './der.ts';
import type { SigningKey } from './keys.ts';
import { type Name, nameDer } from './name.ts';

export interface CertificateParts {
  readonly subject: Name;
  readonly serial: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly spki: Buffer;
  readonly publicBits: Buffer;
  readonly issuer: { readonly name: Name; readonly key: SigningKey };
  readonly extensions: Extensions;
}

/** `authority` for a CA's certificate; otherwise it is a client's. */
export type Extensions =
  | { readonly authority: AuthorityExtensions }
  | { readonly dns: readonly string[]; readonly uri: readonly string[] };

export interface AuthorityExtensions {
  /** How many authorities may follow below; no limit when absent. */
  readonly pathLength?: number;
  /** `none` for certificates that claim less than a CA must. */
  readonly basicConstraints?: 'ca' | 'not ca' | 'none';
  readonly keyUsage?: readonly ('digitalSignature' | 'keyCertSign' | 'cRLSign')[] | 'none';
  /** 3 when absent; version 1 has no extensions at all. */
  readonly version?: 1 | 3;
}

/** An X.509 certificate (RFC 5280), DER. */
export function certificateDer(parts: CertificateParts): Buffer {
  const isOld = 'authority' in parts.extensions && parts.extensions.authority.version === 1;
  const body = sequence(
    ...(isOld ? [] : [tagged(0, smallInteger(2))]),
    integer(Buffer.from(parts.serial, 'hex')),
    parts.issuer.key.algorithm,
    nameDer(parts.issuer.name),
    sequence(time(parts.notBefore), time(parts.notAfter)),
    nameDer(parts.subject),
    parts.spki,
    ...(isOld ? [] : [tagged(3, sequence(...extensionsDer(parts)))]),
  );
  return signed(body, parts.issuer.key);
}

/** A body with its signature, as certificates and CRLs are both made. */
export function signed(body: Buffer, key: SigningKey): Buffer {
  return sequence(body, key.algorithm, bits(key.sign(body)));
}

export function pem(label: string, der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}

export function authorityKeyIdentifier(issuer: SigningKey): Buffer {
  return extension('2.5.29.35', sequence(retagged(0, keyIdentifier(issuer.publicBits))));
}

export function extension(id: string, value: Buffer, critical = false): Buffer {
  return critical ? sequence(oid(id), yes(), octets(value)) : sequence(oid(id), octets(value));
}

function extensionsDer(parts: CertificateParts): Buffer[] {
  const { extensions } = parts;
  return [
    ...('authority' in extensions ? authorityExtensions(extensions.authority) : clientExtensions(extensions)),
    extension('2.5.29.14', octets(keyIdentifier(parts.publicBits))),
    authorityKeyIdentifier(parts.issuer.key),
  ];
}

function authorityExtensions({
  pathLength,
  basicConstraints = 'ca',
  keyUsage = ['keyCertSign', 'cRLSign'],
}: AuthorityExtensions): Buffer[] {
  const limit = pathLength === undefined ? [] : [smallInteger(pathLength)];
  const claims = basicConstraints === 'ca' ? [yes(), ...limit] : [];
  return [
    ...(basicConstraints === 'none' ? [] : [extension('2.5.29.19', sequence(...claims), true)]),
    ...(keyUsage === 'none' ? [] : [extension('2.5.29.15', usageBits(keyUsage), true)]),
  ];
}

const USAGE_BITS = { digitalSignature: 0, keyCertSign: 5, cRLSign: 6 } as const;

/** Named bits end with the last that is set (X.690, 11.2.2). */
function usageBits(usages: readonly (keyof typeof USAGE_BITS)[]): Buffer {
  const numbers: readonly number[] = usages.map(usage => USAGE_BITS[usage]);
  const byte = numbers.reduce((sum, bit) => sum | (0x80 >> bit), 0);
  return bits(Buffer.from([byte]), 7 - Math.max(...numbers));
}

/** digitalSignature and clientAuth. */
function clientExtensions({
  dns,
  uri,
}: {
  readonly dns: readonly string[];
  readonly uri: readonly string[];
}): Buffer[] {
  const names = [...dns.map(name => ia5(0x82, name)), ...uri.map(name => ia5(0x86, name))];
  return [
    extension('2.5.29.19', sequence(), true),
    extension('2.5.29.15', bits(Buffer.from([0x80]), 7), true),
    extension('2.5.29.37', sequence(oid('1.3.6.1.5.5.7.3.2'))),
    ...(names.length > 0 ? [extension('2.5.29.17', sequence(...names))] : []),
  ];
}

const keyIdentifier = (publicBits: Buffer): Buffer => createHash('sha1').update(publicBits).digest();
