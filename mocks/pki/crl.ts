import { authorityKeyIdentifier, extension, signed } from './certificate.ts';
import { enumerated, integer, retagged, sequence, smallInteger, tagged, time } from './der.ts';
import type { SigningKey } from './keys.ts';
import { type Name, nameDer } from './name.ts';

export interface Revocation {
  /** Hex. */
  readonly serial: string;
  /** Every entry has one (RFC 5280, 5.1.2.6); without one, it is for tests of broken lists. */
  readonly at?: Date;
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
  /** The kind of certificates of which alone it tells. */
  readonly only?: keyof typeof KINDS;
  /** The reasons for which alone it tells: a bit each (RFC 5280, 4.2.1.13). */
  readonly onlyReasons?: number;
  /** The address of its distribution point. */
  readonly distributionPoint?: string;
  /** The identifier of a critical extension of somebody's own. */
  readonly critical?: string;
}

const KINDS = { users: 1, cas: 2, attributes: 5 };

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

function extensionsDer(parts: CrlParts): Buffer[] {
  const { key, number, deltaOf, critical } = parts;
  const scope = scopeDer(parts);
  return [
    authorityKeyIdentifier(key),
    extension('2.5.29.20', smallInteger(number)),
    ...(deltaOf === undefined ? [] : [extension('2.5.29.27', smallInteger(deltaOf), true)]),
    ...(critical === undefined ? [] : [extension(critical, smallInteger(1), true)]),
    ...(scope.length === 0 ? [] : [extension('2.5.29.28', sequence(...scope), true)]),
  ];
}

/** The members of the issuing distribution point (RFC 5280, 5.2.5), in their order. */
function scopeDer({ distributionPoint, only, onlyReasons, indirect }: CrlParts): Buffer[] {
  const flag = (n: number) => retagged(n, Buffer.from([0xff]));
  const kind = only === undefined ? undefined : KINDS[only];
  return [
    ...(distributionPoint === undefined ? [] : [tagged(0, tagged(0, retagged(6, Buffer.from(distributionPoint))))]),
    ...(kind === undefined || kind > 3 ? [] : [flag(kind)]),
    ...(onlyReasons === undefined ? [] : [retagged(3, Buffer.from([0, onlyReasons]))]),
    ...(indirect === true ? [flag(4)] : []),
    ...(kind === undefined || kind < 4 ? [] : [flag(kind)]),
  ];
}

function revocationDer({ serial, at, reason }: Revocation): Buffer {
  const reasons = reason === undefined ? [] : [sequence(extension('2.5.29.21', enumerated(reason)))];
  return sequence(integer(Buffer.from(serial, 'hex')), ...(at === undefined ? [] : [time(at)]), ...reasons);
}
