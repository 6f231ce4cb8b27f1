import { GRADES, type Grade } from '../../iam/gate/grade.ts';
import { distinct } from '../../lists.ts';
import type { Json, JsonObject } from '../document.ts';
import { isUnknownAt, textAt, valueAt, valuesAt } from '../path.ts';

/** What is there, in the terms in which a user declares it. */
export interface Present {
  /** Sorted. */
  readonly values: readonly string[];
  /** Whether there can be no others. */
  readonly complete: boolean;
}

/** The certificates of a trust anchor, by their fingerprints. `body` is its document's. */
export function certificatesIn(body: JsonObject): Present {
  return listAt(body, 'trust_anchor.certificates', '.fingerprint_sha256');
}

/** The ARN of the private CA that a trust anchor stands over. */
export function privateCaIn(body: JsonObject): string | undefined {
  return textAt(body, 'trust_anchor.acm_pca_arn');
}

/** The roles that a profile lists. */
export function rolesIn(body: JsonObject): Present {
  return listAt(body, 'profile.role_arns');
}

/** Its managed session policies, by their ARNs. */
export function managedPoliciesIn(body: JsonObject): Present {
  return listAt(body, 'profile.session_policy.managed_arns');
}

/** What of a certificate becomes session tags: `x509Subject/CN`. */
export function mappingsIn(body: JsonObject): Present {
  const mappings = memberOf(memberOf(body, 'profile'), 'attribute_mappings');
  const listed = Array.isArray(mappings) ? mappings : [];
  return {
    values: textsOf(
      listed.flatMap(mapping => {
        const specifiers = memberOf(mapping, 'specifiers');
        const field = memberOf(mapping, 'certificate_field');
        return (Array.isArray(specifiers) ? specifiers : []).map(each => `${field}/${each}`);
      }),
    ),
    complete: !isUnknownAt(body, 'profile.attribute_mappings'),
  };
}

/** Who may get to a role through the profiles that are enabled, and how tightly they are held at the loosest. */
export interface Entering {
  /** ARNs. */
  readonly anchors: Present;
  /** In words that leave nothing out. */
  readonly certificates: Present;
  /** Undefined: nobody gets in, or it is not known how. */
  readonly grade: Grade | undefined;
  readonly gradeKnown: boolean;
}

/** What tells whether the documents of a role's paths are the whole truth. */
export interface Overview {
  /** Whether there can be no other paths. */
  readonly complete: boolean;
  /** ARNs of the profiles of which all is known that a trust policy can go by. */
  readonly knownProfiles: ReadonlySet<string>;
}

/**
 * `paths` are the bodies of the documents of all paths to the role. Where it is up to the caller or to STS whether a certificate
 * gets in (by the session's name, by the address), its trust anchor is one of those by which somebody may, and the words say so.
 */
export function enteringBy(paths: readonly JsonObject[], { complete, knownProfiles }: Overview): Entering {
  const used = paths.filter(body => valueAt(body, 'profile.enabled') !== false && valueAt(body, 'path.open') !== false);
  const doors = used.flatMap(body => doorsIn(body, knownProfiles.has(textAt(body, 'profile.arn') ?? '')));
  const told = doors.filter(({ isTold }) => isTold).map(({ anchor }) => anchor);
  const allKnown = complete && told.length === doors.length && used.every(body => !isUnknownAt(body, 'path.anchors'));
  const grades = used.map(gradeIn);
  const loosest = GRADES.find(grade => grades.includes(grade));
  const words = told.map(each => memberOf(each, 'certificates_in_full') ?? memberOf(each, 'certificates'));
  const worded = words.every(each => typeof each === 'string');
  return {
    anchors: { values: textsOf(told.map(({ arn }) => arn)), complete: allKnown },
    certificates: { values: textsOf(words), complete: allKnown && worded },
    grade: loosest === 'impossible' ? undefined : loosest,
    gradeKnown: loosest === 'any_anchor' || (complete && !grades.includes(undefined)),
  };
}

/** A trust anchor in use by which somebody may get in. */
interface Door {
  readonly anchor: JsonObject;
  /** Whether that is what the trust policy says, rather than for want of knowing better. */
  readonly isTold: boolean;
}

/** Without a grade the trust policy was not read, or says too much to tell. */
function doorsIn(body: JsonObject, isProfileKnown: boolean): readonly Door[] {
  return anchorsIn(body)
    .filter(({ enabled, open }) => enabled === true && open !== false)
    .map(anchor => ({
      anchor,
      isTold: anchor.open === true || (isProfileKnown && typeof memberOf(anchor, 'grade') === 'string'),
    }));
}

function anchorsIn(body: JsonObject): readonly JsonObject[] {
  const anchors = memberOf(memberOf(body, 'path'), 'anchors');
  return Array.isArray(anchors) ? anchors.filter(each => typeof each === 'object' && each !== null) : [];
}

function memberOf(value: Json | undefined, name: string): Json | undefined {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as JsonObject)[name]
    : undefined;
}

function gradeIn(body: JsonObject): Grade | undefined {
  const text = textAt(body, 'path.gate.grade');
  return GRADES.find(grade => grade === text);
}

function listAt(body: JsonObject, path: string, member = ''): Present {
  return {
    values: textsOf(valuesAt(body, `${path}${member}`)),
    complete: !isUnknownAt(body, `${path}${member}`),
  };
}

function textsOf(values: readonly (Json | undefined)[]): readonly string[] {
  return distinct(values.filter(each => typeof each === 'string'));
}
