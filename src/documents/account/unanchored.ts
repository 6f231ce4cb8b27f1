import type { Document } from '../document.ts';
import { isUnknownAt, valueAt } from '../path.ts';

/** Some roles of an account. */
export interface Roles {
  /** ARNs. */
  readonly arns: readonly string[];
  /** Whether there can be no others. */
  readonly complete: boolean;
}

/** Those of the roles, all of which trust Roles Anywhere, that a trust anchor made tomorrow may let somebody into. */
export function unanchoredAmong({ arns, complete }: Roles, documents: readonly Document[]): Roles {
  const byArn = new Map(documents.map(role => [role.resource.id, role]));
  const judged = arns.map(arn => ({ arn, standing: standingOf(byArn.get(arn)) }));
  return {
    arns: judged.filter(({ standing }) => standing === 'unanchored').map(({ arn }) => arn),
    complete: complete && judged.every(({ standing }) => standing !== 'unknown'),
  };
}

/** Where nobody gets in by any trust anchor the field is neither there nor unknown. */
function standingOf(role: Document | undefined): 'anchored' | 'unanchored' | 'unknown' {
  if (role === undefined || isUnknownAt(role.body, CONSTRAINED)) return 'unknown';
  return valueAt(role.body, CONSTRAINED) === false ? 'unanchored' : 'anchored';
}

const CONSTRAINED = 'role.trust.source_arn.constrained';
