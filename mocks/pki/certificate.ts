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
  | { readonly authority: { readonly pathLength?: number } }
  | { readonly dns: readonly string[]; readonly uri: readonly string[] };

/** An X.509 version 3 certificate (RFC 5280), DER. */
export function certificateDer(parts: CertificateParts): Buffer {
  const body = sequence(
    tagged(0, smallInteger(2)),
    integer(Buffer.from(parts.serial, 'hex')),
    parts.issuer.key.algorithm,
    nameDer(parts.issuer.name),
    sequence(time(parts.notBefore), time(parts.notAfter)),
    nameDer(parts.subject),
    parts.spki,
    tagged(3, sequence(...extensionsDer(parts))),
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

/** keyCertSign and cRLSign. */
function authorityExtensions({ pathLength }: { readonly pathLength?: number }): Buffer[] {
  const limit = pathLength === undefined ? [] : [smallInteger(pathLength)];
  return [
    extension('2.5.29.19', sequence(yes(), ...limit), true),
    extension('2.5.29.15', bits(Buffer.from([0x06]), 1), true),
  ];
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
