import type { Principal } from '../../iam/powers/principal.ts';
import { once } from '../../memo/once.ts';
import type { AccountSnapshot } from '../../snapshot/snapshot.ts';
import type { Iam } from './iam.ts';
import { knowsEverybody, principalsOf } from './principals.ts';
import { type X509Use, x509Use } from './x509Use.ts';

/** All users and roles of an account, and what their policies ask of tags: gone through when somebody first asks. */
export interface Everybody {
  principals(): readonly Principal[];
  tagUse(): X509Use;
}

/** Undefined where not all of them were read. */
export function everybodyOf(account: AccountSnapshot, iam: Iam): Everybody | undefined {
  if (!knowsEverybody(account)) return undefined;
  const principals = once(() => principalsOf(account, iam));
  return { principals, tagUse: once(() => x509Use(account, iam, principals())) };
}
