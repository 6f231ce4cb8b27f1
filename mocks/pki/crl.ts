import { authorityKeyIdentifier, extension, signed } from './certificate.ts';
import { enumerated, integer, retagged, sequence, smallInteger, tagged, time } from './der.ts';
import type { SigningKey } from './keys.ts';
import { type Name, nameDer } from './name.ts';

export interface Revocation {
  /** Hex. */
  readonly serial: string;
  readonly at: Date;
  /** RFC 5280's number of the reason (section 5.3.1): 1 for a key that others have. */
  readonly reason?: number;
}

export interface CrlParts {
  readonly issuer: Name;
  readonly key: SigningKey;
  readonly number: number;
  readonly thisUpdate: Date;
  readonly nextUpdate?: Date;
  readonly revoked: readonly Revocation[];
  /** The number of the list that this one only adds to. */
  readonly deltaOf?: number;
  /** Whether it says that certificates of other issuers may be in it. */
  readonly indirect?: boolean;
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
    tagged(0, sequence(...extensionsDer(parts))),
  );
  return signed(body, parts.key);
}

function extensionsDer({ key, number, deltaOf, indirect }: CrlParts): Buffer[] {
  return [
    authorityKeyIdentifier(key),
    extension('2.5.29.20', smallInteger(number)),
    ...(deltaOf === undefined ? [] : [extension('2.5.29.27', smallInteger(deltaOf), true)]),
    ...(indirect === true ? [extension('2.5.29.28', sequence(retagged(4, Buffer.from([0xff]))), true)] : []),
  ];
}

function revocationDer({ serial, at, reason }: Revocation): Buffer {
  const reasons = reason === undefined ? [] : [sequence(extension('2.5.29.21', enumerated(reason)))];
  return sequence(integer(Buffer.from(serial, 'hex')), time(at), ...reasons);
}
