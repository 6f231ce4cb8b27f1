import { budgetAmong, type Stack } from '../access/stack.ts';
import type { ContextValue } from '../context.ts';
import { type Actor, assumableBy, type Onward } from './assumable.ts';
import type { Held, Holdings } from './holding.ts';
import type { RolesMeant } from './meant.ts';
import type { EscalationPath } from './path.ts';
import type { World } from './world.ts';

/** A path that stands open to a session. */
export interface OpenPath {
  readonly path: EscalationPath;
  /** False: it hangs on conditions or policies that are not known. Whether a target exists is another matter. */
  readonly certain: boolean;
  /** Without sts:AssumeRole where the trust policy of the target is permission enough. */
  readonly held: readonly Held[];
  /** ARNs of the roles it leads to, or of the gates it opens, where they are known; sorted. */
  readonly targets: readonly string[];
  /** What must be there besides, where nobody can tell: `if a role exists that trusts lambda.amazonaws.com`. */
  readonly assuming: string | undefined;
}

/** The permissions are there, and the target is not. */
export interface LatentPath {
  readonly path: EscalationPath;
  /** See OpenPath. */
  readonly certain: boolean;
}

export interface Escalation {
  /** Minimal ones, by id: none of them needs all that another one needs, and more. */
  readonly open: readonly OpenPath[];
  /** Open too, though a shorter one of `open` leads there. */
  readonly dominated: readonly OpenPath[];
  readonly latent: readonly LatentPath[];
}

/** The session's role, as far as its own policies are a way up. */
export interface Self {
  readonly arn: string;
  /** Undefined: not read. */
  readonly customerPolicies: readonly string[] | undefined;
  /** The ARN of its permissions boundary; see boundaryIn. */
  readonly boundary: ContextValue;
}

export interface EscalationQuestion extends Actor {
  /** Where it can go at once, see assumableBy. */
  readonly assumable: readonly Onward[];
  readonly self: Self;
  readonly world: World;
}

/** Of a session. */
export function questionOf(about: Asked): EscalationQuestion {
  return new Question(about);
}

type Asked = Pick<EscalationQuestion, 'stack' | 'self' | 'world'>;

/** Where it can go at once is found out when somebody asks, be it before all else or after it, and so out of a budget of its own. */
class Question implements EscalationQuestion {
  readonly roleArn: string;
  readonly stack: Stack;
  readonly caged: boolean;
  readonly self: Self;
  readonly world: World;
  #assumable: readonly Onward[] | undefined;

  constructor({ stack, self, world }: Asked) {
    this.roleArn = self.arn;
    this.stack = stack;
    this.caged = stack.layers.some(layer => layer.name === 'session');
    this.self = self;
    this.world = world;
  }

  get assumable(): readonly Onward[] {
    this.#assumable ??= assumableBy(
      { roleArn: this.roleArn, stack: { ...this.stack, budget: budgetAmong(0) }, caged: this.caged },
      this.world,
    );
    return this.#assumable;
  }
}

export interface Setting extends EscalationQuestion {
  readonly holdings: Holdings;
  /** Found out of a path already. */
  readonly untargeted: Map<EscalationPath, readonly Held[] | undefined>;
  /** The roles that an action may be about, see rolesMeant. */
  readonly meant: Map<string, RolesMeant>;
  /** Whether a role is something else than what the session has already. */
  readonly isElse: (arn: string | undefined) => boolean;
}
