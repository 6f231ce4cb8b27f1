import { authorityKeyIdentifier, extension, signed } from './certificate.ts';
import { integer, sequence, smallInteger, tagged, time } from './der.ts';
import type { SigningKey } from './keys.ts';
import { type Name, nameDer } from './name.ts';

export interface Revocation {
  /** Hex. */
  readonly serial: string;
  readonly at: Date;
}

export interface CrlParts {
  readonly issuer: Name;
  readonly key: SigningKey;
  readonly number: number;
  readonly thisUpdate: Date;
  readonly nextUpdate?: Date;
  readonly revoked: readonly Revocation[];
}

/** A certificate revocation list, version 2 (RFC 5280), DER. */
export function crlDer(parts: CrlParts): Buffer {
  const { nextUpdate, revoked } = parts;
  const body = sequence(
    smallInteger(1),
    parts.key.algorithm,
    nameDer(parts.issuer),
    time(parts.thisUpdate),
    ...(nextUpdate === undefined ? [] : [time(nextUpdate)]),
    ...(revoked.length === 0 ? [] : [sequence(...revoked.map(revocationDer))]),
    tagged(0, sequence(authorityKeyIdentifier(parts.key), extension('2.5.29.20', smallInteger(parts.number)))),
  );
  return signed(body, parts.key);
}

function revocationDer({ serial, at }: Revocation): Buffer {
  return sequence(integer(Buffer.from(serial, 'hex')), time(at));
}
