import type { AccessSummary } from '../../iam/summary/summary.ts';
import { some, type Truth } from '../../iam/truth.ts';
import { type Facts, partly } from '../facts.ts';
import { lateralFacts } from './access.ts';
import type { Iam } from './iam.ts';

/** The roles that a session can go on to, as fields: not all of them where more may be there than were listed, or followed. */
export function wayOnFacts(access: AccessSummary, iam: Iam): Facts {
  if (iam.knowsWayOn(access)) return lateralFacts(access);
  return { role: partly(access.lateral.map(({ role }) => role.arn)) };
}

/** Whether the session can go on to another role. */
export function goesOn(access: AccessSummary, iam: Iam): Truth {
  const ways = access.lateral.map(each => each.certain || undefined);
  return some(iam.knowsWayOn(access) ? ways : [...ways, undefined]);
}
