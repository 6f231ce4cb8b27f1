import { GRADES } from '../../iam/gate/grade.ts';
import type { ExpectedAnchor, ExpectedProfile, ExpectedRole } from '../../settings/expectations.ts';
import type { JsonObject } from '../document.ts';
import { isUnknownAt, valueAt } from '../path.ts';
import {
  certificatesIn,
  type Entering,
  managedPoliciesIn,
  mappingsIn,
  type Present,
  privateCaIn,
  rolesIn,
} from './present.ts';

/** Where what is there is not what is declared, in words. */
export interface Differences {
  readonly certain: readonly string[];
  /** Whether there can be no others. */
  readonly complete: boolean;
}

export function anchorDifferences(body: JsonObject, declared: ExpectedAnchor): Differences {
  return together([
    enabledDifference(body, 'trust_anchor.enabled', declared.enabled),
    declared.cas === undefined ? NONE : sameSet(casFor(body, declared.cas), declared.cas, 'CA', 'there'),
  ]);
}

export function profileDifferences(body: JsonObject, declared: ExpectedProfile): Differences {
  const { enabled, roles, session_policy: policy, max_session_seconds: most, managed_policies: managed } = declared;
  return together([
    enabledDifference(body, 'profile.enabled', enabled),
    roles === undefined ? NONE : sameSet(rolesIn(body), roles, 'role', 'listed'),
    policy === undefined
      ? NONE
      : differenceAt(body, 'profile.session_policy.present', present =>
          present === policy
            ? undefined
            : policy
              ? 'has no session policy'
              : 'has a session policy, declared without one',
        ),
    textDifference(body, declared),
    managed === undefined ? NONE : sameSet(managedPoliciesIn(body), managed, 'session policy', 'named'),
    declared.mappings === undefined ? NONE : sameSet(mappingsIn(body), declared.mappings, 'mapping', 'there'),
    acceptsDifference(body, declared.accepts_session_name),
    most === undefined
      ? NONE
      : differenceAt(body, 'profile.duration_seconds', seconds =>
          typeof seconds === 'number' && seconds > most
            ? `sessions last ${seconds} seconds, declared are ${most} at most`
            : undefined,
        ),
  ]);
}

/** Where there is none at all, and one is declared, that is said already. */
function textDifference(body: JsonObject, { session_policy, session_policy_sha256 }: ExpectedProfile): Differences {
  if (session_policy_sha256 === undefined) return NONE;
  if (session_policy === true && valueAt(body, 'profile.session_policy.present') === false) return NONE;
  return differenceAt(body, 'profile.session_policy.sha256', sha256 => {
    if (sha256 === session_policy_sha256) return undefined;
    return sha256 === undefined ? 'has no inline session policy' : `its session policy is another: SHA-256 ${sha256}`;
  });
}

function acceptsDifference(body: JsonObject, declared: boolean | undefined): Differences {
  if (declared === undefined) return NONE;
  return differenceAt(body, 'profile.accept_role_session_name', accepts =>
    accepts === declared
      ? undefined
      : `${accepts ? 'lets callers choose' : 'does not let callers choose'} the name of their session, declared otherwise`,
  );
}

export function roleDifferences(entering: Entering, { anchors, certificates, grade }: ExpectedRole): Differences {
  return together([
    anchors === undefined
      ? NONE
      : noOthers(entering.anchors, anchors, each => `certificates of ${each} may enter, not declared`),
    certificates === undefined
      ? NONE
      : noOthers(entering.certificates, certificates, each => `lets in ${each}, not declared`),
    grade === undefined ? NONE : gradeDifference(entering, grade),
  ]);
}

const NONE: Differences = { certain: [], complete: true };
const UNSURE: Differences = { certain: [], complete: false };

function together(all: readonly Differences[]): Differences {
  return { certain: all.flatMap(({ certain }) => certain), complete: all.every(({ complete }) => complete) };
}

/** A private CA may be declared by its ARN, or by its certificate where that is known. */
function casFor(body: JsonObject, declared: readonly string[]): Present {
  const arn = privateCaIn(body);
  const byArn = arn !== undefined && declared.some(each => each.startsWith('arn:'));
  return byArn ? { values: [arn], complete: true } : certificatesIn(body);
}

function sameSet({ values, complete }: Present, declared: readonly string[], what: string, how: string): Differences {
  const isDeclared = new Set(declared);
  const isThere = new Set(values);
  return {
    certain: [
      ...values.filter(each => !isDeclared.has(each)).map(each => `${what} ${each} is not declared`),
      ...(complete
        ? declared.filter(each => !isThere.has(each)).map(each => `${what} ${each} is declared and not ${how}`)
        : []),
    ],
    complete,
  };
}

function noOthers(
  { values, complete }: Present,
  declared: readonly string[],
  says: (each: string) => string,
): Differences {
  const isDeclared = new Set(declared);
  return { certain: values.filter(each => !isDeclared.has(each)).map(says), complete };
}

function enabledDifference(body: JsonObject, path: string, declared: boolean | undefined): Differences {
  if (declared === undefined) return NONE;
  return differenceAt(body, path, enabled =>
    enabled === declared ? undefined : `is ${enabled ? 'enabled, declared disabled' : 'disabled, declared enabled'}`,
  );
}

function differenceAt(body: JsonObject, path: string, says: (value: unknown) => string | undefined): Differences {
  if (isUnknownAt(body, path)) return UNSURE;
  const said = says(valueAt(body, path));
  return said === undefined ? NONE : { certain: [said], complete: true };
}

function gradeDifference({ grade, gradeKnown }: Entering, least: ExpectedRole['grade'] & string): Differences {
  const isLooser = grade !== undefined && GRADES.indexOf(grade) < GRADES.indexOf(least);
  const certain = isLooser ? [`holds certificates by the grade ${grade}, declared is ${least} at the least`] : [];
  return { certain, complete: gradeKnown };
}
