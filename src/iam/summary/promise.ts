import { oncePer } from '../../memo/oncePer.ts';
import type { Onward } from '../escalation/assumable.ts';
import { all, type Truth } from '../truth.ts';
import type { Lead, Others, Prospect, Worth } from './prospect.ts';

/** What leads promise, given what others are. */
export type Promises = (lead: Lead) => readonly Promising[];

/** A role that a lead may end at and that is worth something. */
interface Promising {
  readonly candidate: Onward;
  readonly value: Truth;
}

/** The roles are gone through once for all leads to the same: most of them are worth nothing to anybody. */
export function promisesOf(others: Others): Promises {
  const among = oncePer((_: Lead['candidates']) => new Map<Worth, readonly Promising[]>());
  return ({ candidates, worth }) => {
    const known = among(candidates);
    const before = known.get(worth);
    if (before !== undefined) return before;
    const found: Promising[] = [];
    for (const candidate of candidates) {
      const value = worth(candidate.role, others);
      if (value !== false) found.push({ candidate, value });
    }
    known.set(worth, found);
    return found;
  };
}

/** Whether a path makes an administrator by way of one of the roles that it leads to. */
export function throughRoles(prospect: Prospect, promised: Promises): Truth {
  let truth: Truth = false;
  for (const lead of prospect.leads()) {
    for (const { candidate, value } of promised(lead)) {
      if (truth === undefined && !lead.tellable) break;
      if (truth === undefined && value === undefined) continue;
      const each = all([value, lead.reaches(candidate)]);
      if (each === true) return true;
      if (each === undefined) truth = undefined;
    }
  }
  return truth;
}
