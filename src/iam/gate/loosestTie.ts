import { distinct } from '../../lists.ts';
import { all, some, type Truth } from '../truth.ts';
import { type Holding, loosestHolding } from './holding.ts';

/** What ties the role to trust anchors and to certificates, seen over every way in. */
export interface Tie {
  /** Whether a trust anchor that somebody makes tomorrow lets nobody in. Undefined: not known. */
  readonly anchored: Truth;
  /** Whether some certificate of some trust anchor gets in, the anchor being there or not. */
  readonly admits: Truth;
  /** Whether any certificate of a trust anchor that somebody makes tomorrow gets in for certain, and nothing looks like a restriction. */
  readonly anybody: boolean;
  /** Whether something is asked of the trust anchor's ARN that one made tomorrow meets. Undefined: not known. */
  readonly coversEveryAnchor: Truth;
  /** Undefined: not known. */
  readonly holding: Holding | undefined;
  /**
   * Condition keys and principals of Denies, lower-case, on which it hangs whether anybody gets in where nothing is
   * asked of certificates. Sorted.
   */
  readonly hangsOn: readonly string[];
  /**
   * ARNs of the trust anchors that let somebody in for what they are, those of an untied role apart; a list for those of one
   * gate, which many roles may share.
   */
  readonly through: readonly (readonly string[])[];
}

/** `nobody`: no certificate of any trust anchor gets in. `untold`: there is too much to look at, and nobody was seen to. */
export type TieAtOnce = Tie | 'nobody' | 'untold';

/** What they come to together, each thing at its loosest: what opens a role to new trust anchors may be another day's tie. */
export function loosestTie(ties: readonly TieAtOnce[]): Tie | 'nobody' {
  if (ties.every(tie => tie === 'nobody')) return 'nobody';
  const told = ties.filter(isTold);
  const untold = ties.includes('untold') ? [undefined] : [];
  const anybody = told.some(tie => tie.anybody);
  const holding = loosestHolding([...told.map(tie => tie.holding), ...untold]);
  return {
    admits: told.some(({ admits }) => admits === true) || undefined,
    anybody,
    anchored: all([...told.map(({ anchored }) => anchored), ...untold]),
    coversEveryAnchor: some([...told.map(tie => tie.coversEveryAnchor), ...untold]),
    holding,
    hangsOn: anybody || holding?.to !== 'nothing' ? [] : distinct(told.flatMap(({ hangsOn }) => hangsOn)),
    through: [...new Set(told.flatMap(({ through }) => through))],
  };
}

function isTold(tie: TieAtOnce): tie is Tie {
  return tie !== 'nobody' && tie !== 'untold';
}
