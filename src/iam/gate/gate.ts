import { once } from '../../memo/once.ts';
import type { Policy, Statement } from '../policy.ts';
import type { Mapping } from '../session.ts';
import { isAboutRolesAnywhere } from '../trust.ts';
import type { Truth } from '../truth.ts';
import type { Term } from './certificate.ts';
import { type Entrance, takesAnybody } from './entrance.ts';
import { GRADES, type Grade, gradeOf } from './grade.ts';
import { type Holding, holdingOf } from './holding.ts';
import { type Looks, looking, lookingElsewhere, type Seen } from './look.ts';
import { distinctReasons, type Reason } from './reason.ts';
import { mayNameAnchor, type Saying, says, saysInFull } from './says.ts';
import { doubtsOf, reasonsOf, whyClosed } from './whyOpen.ts';

/** A role's trust policy as it meets one trust anchor and one profile. */
export interface GateQuestion {
  readonly trust: Policy;
  readonly anchorArn: string;
  /** Of the profile; undefined: not known. */
  readonly mappings: readonly Mapping[] | undefined;
  /** Whether the profile lets callers choose the session's name; undefined: not known. */
  readonly acceptsSessionName: boolean | undefined;
  readonly now: Date;
}

export type { Grade } from './grade.ts';
export type { Holding } from './holding.ts';

/** Which certificates the trust policy lets in, given that anchor and profile are enabled and the CA vouches for them. */
export interface Gate {
  /**
   * True: a certificate with the right content gets in for certain. False: none ever does. Undefined: it hangs on something
   * that is not known and that no certificate decides, see `reasons`.
   */
  readonly open: Truth;
  /** The same for a trust anchor of the same account and region that does not exist yet: whether it is held to an anchor. */
  readonly openElsewhere: Truth;
  /** By the loosest of the ways in, be it certain or not. Undefined: there are too many to tell. */
  readonly grade: Grade | undefined;
  /** Whether any certificate gets in for certain, and nothing looks like a restriction. */
  readonly takesAnybody: boolean;
  /** What it holds the certificate itself to. Undefined: that cannot be said, or nobody gets in. */
  readonly holding: Holding | undefined;
  /** One of these must be met. None: nobody gets in. One without literals: any certificate does. */
  readonly certificates: readonly Term[];
  /** The same in plain English, of `this trust anchor`; holds text of the policy as it is. */
  readonly says: string;
  /** Whether that may be something else where the trust anchor is called by its name. */
  readonly mayNameAnchor: boolean;
  /** The same with the trust anchor called as it is here. */
  saysOf(anchor: string): string;
  /** The same with nothing left out; undefined where nothing is. */
  saysInFullOf(anchor: string): string | undefined;
  /** The first of them, where there are very many. */
  readonly reasons: readonly Reason[];
  /** What is not known of a gate that is open or may be; all of it. */
  readonly doubts: readonly Reason[];
}

const REASONS_CAP = 50;

/** Never throws; what is too much to work out is not known. Most of it is found out when it is asked for. */
export function gateOf(question: GateQuestion, look: Looks = looksOf(question)): Gate {
  return new SeenGate(question, look);
}

class SeenGate implements Gate {
  readonly #trust: Policy;
  readonly #here: Seen;
  readonly #elsewhere: () => Seen;
  #closes: readonly Reason[] | undefined;
  #reasons: readonly Reason[] | undefined;
  #says: string | undefined;
  #leavesOut: boolean | undefined;

  constructor({ trust, anchorArn }: GateQuestion, look: Looks) {
    this.#trust = trust;
    this.#here = look.here(anchorArn);
    this.#elsewhere = once(() => look.elsewhere(anchorArn));
  }

  get open(): Truth {
    return this.#here.entrance.open;
  }

  get openElsewhere(): Truth {
    return this.#elsewhere().entrance.open;
  }

  get grade(): Grade | undefined {
    return gradeOf(this.#here.entrance, this.#elsewhere().entrance);
  }

  get takesAnybody(): boolean {
    return takesAnybody(this.#here.entrance);
  }

  get holding(): Holding | undefined {
    return holdingOf(this.#here.entrance);
  }

  get certificates(): readonly Term[] {
    return termsOf(this.#here.entrance);
  }

  get says(): string {
    return this.saysOf('this trust anchor');
  }

  get mayNameAnchor(): boolean {
    return mayNameAnchor(this.#here.entrance);
  }

  saysOf(anchor: string): string {
    if (this.mayNameAnchor) return says(this.#saying(anchor));
    this.#says ??= says(this.#saying(anchor));
    return this.#says;
  }

  saysInFullOf(anchor: string): string | undefined {
    this.#leavesOut ??= saysInFull(this.#saying('')) !== says(this.#saying(''));
    return this.#leavesOut ? saysInFull(this.#saying(anchor)) : undefined;
  }

  get doubts(): readonly Reason[] {
    return this.open === false ? [] : doubtsOf(this.#here, this.#elsewhere());
  }

  get reasons(): readonly Reason[] {
    const { open } = this;
    this.#reasons ??= distinctReasons(
      open === false ? this.#whyClosed() : reasonsOf(this.#here, this.#elsewhere(), this.#statements()),
    ).slice(0, REASONS_CAP);
    return this.#reasons;
  }

  #saying(anchor: string): Saying {
    return {
      here: this.#here.entrance,
      elsewhere: this.#elsewhere().entrance,
      closes: this.#whyClosed(),
      anchor,
    };
  }

  #whyClosed(): readonly Reason[] {
    this.#closes ??= whyClosed(this.#here, this.#statements());
    return this.#closes;
  }

  #statements(): readonly Statement[] {
    return this.#trust.statements.filter(isAboutRolesAnywhere);
  }
}

function looksOf(question: GateQuestion): Looks {
  const here = looking(question);
  return { here, elsewhere: lookingElsewhere(question, here) };
}

/** For sorting: the loosest grade first; one that is not known may be any but the loosest of all. */
export function looserFirst(a: Gate, b: Gate): number {
  return looseness(a) - looseness(b);
}

function looseness({ grade }: Gate): number {
  return grade === undefined ? 0.5 : GRADES.indexOf(grade);
}

function termsOf({ certain, perhaps, untold }: Entrance): readonly Term[] {
  if (untold) return [{ literals: [], certain: false }];
  return [
    ...certain.map(({ literals }) => ({ literals, certain: true })),
    ...perhaps.map(({ literals }) => ({ literals, certain: false })),
  ];
}
