import { createHash } from 'node:crypto';
import { bytesOf, childrenOf, constructedTag, type Element, implicitTag, onlyChild } from './der.ts';
import type { ExtensionValues } from './extensions.ts';

/** Of which certificates a list tells: what its issuing distribution point says (RFC 5280, 5.2.5). */
export interface CrlScope {
  /** `whole` where of all of its issuer's, for every reason; else a text that lists of the same scope share. */
  readonly scope: string;
  /** The kind of which alone it tells; undefined where of all kinds. */
  readonly onlyOf: Kind | undefined;
  /** It holds certificates of other issuers too: a serial alone does not say whose it is. */
  readonly indirect: boolean;
}

type Kind = 'end-entity certificates' | 'CA certificates' | 'attribute certificates';

export const WHOLE = 'whole';

const INDIRECT = implicitTag(4);

/** CAs before others: of a list that says both, no certificate is in the scope of both. */
const KINDS: readonly (readonly [tag: number, kind: Kind])[] = [
  [implicitTag(2), 'CA certificates'],
  [implicitTag(5), 'attribute certificates'],
  [implicitTag(1), 'end-entity certificates'],
];

const FLAGS = [INDIRECT, ...KINDS.map(([tag]) => tag)];

/** The name of the distribution point, and the reasons. */
const VALUES = [constructedTag(0), implicitTag(3)];

/** Throws DerError. */
export function scopeOf(extensions: ExtensionValues): CrlScope {
  const point = extensions.get('2.5.29.28');
  const members = point === undefined ? [] : [...childrenOf(onlyChild(point))];
  const set = new Set(members.filter(isSet).map(({ tag }) => tag));
  return {
    scope: scopeKey(set, members),
    onlyOf: KINDS.find(([tag]) => set.has(tag))?.[1],
    indirect: set.has(INDIRECT),
  };
}

function isSet({ tag, data, start }: Element): boolean {
  return FLAGS.includes(tag) && data[start] !== 0;
}

/** A digest: names of distribution points are as long as somebody cares to make them. */
function scopeKey(set: ReadonlySet<number>, members: readonly Element[]): string {
  const values = members.filter(({ tag }) => VALUES.includes(tag)).map(bytesOf);
  if (set.size === 0 && values.length === 0) return WHOLE;
  const flags = FLAGS.map(tag => (set.has(tag) ? 1 : 0));
  return createHash('sha256')
    .update(Buffer.concat([Buffer.from(flags), ...values]))
    .digest('hex');
}
