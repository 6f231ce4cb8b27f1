import { once } from '../memo/once.ts';
import { accountIn } from './arn.ts';
import {
  ABSENT,
  type Context,
  type ContextValue,
  contextOf,
  known,
  layered,
  PRESENT,
  timeContext,
  UNKNOWN,
} from './context.ts';

/** A certificate field that a profile maps to session tags, with the parts of it: `x509Subject`, `['*']`. */
export interface Mapping {
  readonly certificateField: string;
  readonly specifiers: readonly string[];
}

/** What AWS gives a new profile, which is all there is to map (Roles Anywhere user guide, "Attribute mapping"). */
export const DEFAULT_MAPPINGS: readonly Mapping[] = [
  { certificateField: 'x509Issuer', specifiers: ['*'] },
  { certificateField: 'x509SAN', specifiers: ['DNS', 'URI', 'Name/*'] },
  { certificateField: 'x509Subject', specifiers: ['*'] },
];

export interface SessionFacts {
  readonly roleArn: string;
  /** Undefined: not read. */
  readonly roleTags: readonly (readonly [string, string])[] | undefined;
  /** Undefined: not read. */
  readonly mappings: readonly Mapping[] | undefined;
  /** The time of the request and, for a session made for it, of the token. */
  readonly now: Date;
}

const X509 = /^x509(subject|issuer|san)\//;
const PRINCIPAL_TAG = 'aws:principaltag/';

/**
 * What is known of the principal of a session that Roles Anywhere hands out (facts of the IAM user guide, "Global
 * condition keys", and the Roles Anywhere user guide, "Attribute mapping"). These hold for every request of the session.
 *
 * That it has no MFA keys is concluded, not documented: they tell of the device of whoever asked for temporary credentials,
 * and Roles Anywhere asks STS for them by a certificate.
 */
export function principalContext({ roleArn, roleTags, mappings, now }: SessionFacts): Context {
  const arn = known(roleArn);
  const tags = once(() => roleTags && new Map(roleTags.map(([key, value]) => [key.toLowerCase(), value])));
  return key => {
    switch (key) {
      case 'aws:principalarn':
        return arn;
      case 'aws:principalaccount':
        return known(accountIn(roleArn) ?? '');
      case 'aws:tokenissuetime':
        return known(now.toISOString());
      default:
        return key.startsWith(PRINCIPAL_TAG) ? tagValue(key.slice(PRINCIPAL_TAG.length)) : AS_ROLE(key);
    }
  };

  /** A session tag overrides the role's tag of the same key (STS API, AssumeRole). */
  function tagValue(tag: string) {
    if (X509.test(tag) && (mappings === undefined || isMapped(tag, mappings))) return UNKNOWN;
    const ofRole = tags();
    if (ofRole === undefined) return UNKNOWN;
    const value = ofRole.get(tag);
    return value === undefined ? ABSENT : known(value);
  }
}

/** What goes for every session of a role. */
const AS_ROLE = contextOf([
  ['aws:PrincipalType', known('AssumedRole')],
  ['aws:PrincipalIsAWSService', known('false')],
  ['aws:SourceIdentity', PRESENT],
  ['aws:userid', PRESENT],
  ['aws:username', ABSENT],
  ['aws:MultiFactorAuthPresent', ABSENT],
  ['aws:MultiFactorAuthAge', ABSENT],
  ['aws:FederatedProvider', ABSENT],
  ['aws:PrincipalServiceName', ABSENT],
  ['aws:PrincipalServiceNamesList', ABSENT],
]);

/** Where IAM is: its only region in a partition (AWS general reference, "IAM endpoints"). */
const IAM_REGIONS = new Map([
  ['aws', 'us-east-1'],
  ['aws-cn', 'cn-north-1'],
  ['aws-us-gov', 'us-gov-west-1'],
]);

/** What goes for every call with the session's own permissions, over TLS as everybody calls. */
const ANY_CALL: ReadonlyMap<string, ContextValue> = new Map([
  ['aws:securetransport', known('true')],
  ['aws:sourcearn', ABSENT],
  ['aws:sourceaccount', ABSENT],
]);

/**
 * A call that the session makes itself, as against one that a service makes with the session's permissions (IAM user guide,
 * "Forward access sessions"): CloudFormation that creates what a template asks for, say.
 */
export const DIRECTLY: Context = contextOf([
  ['aws:ViaAWSService', known('false')],
  ['aws:CalledVia', ABSENT],
  ['aws:CalledViaFirst', ABSENT],
  ['aws:CalledViaLast', ABSENT],
]);

/** A call that a service makes with the session's permissions; which service is not known. */
export const FORWARDED: Context = contextOf([
  ['aws:ViaAWSService', known('true')],
  ['aws:CalledVia', PRESENT],
  ['aws:CalledViaFirst', PRESENT],
  ['aws:CalledViaLast', PRESENT],
]);

/** What is settled for every call of an action, be it made directly or by a service in the session's name. */
export function anyCallContext(action: string, now: Date, partition = 'aws'): Context {
  const region = /^iam:/i.test(action) ? IAM_REGIONS.get(partition) : undefined;
  const time = timeContext(now);
  return key => {
    if (key === 'aws:requestedregion' && region !== undefined) return known(region);
    return ANY_CALL.get(key) ?? time(key);
  };
}

/** What the caller settles by calling an API directly, and when. A request to IAM is one to its only region. */
export function directCallContext(action: string, now: Date, partition = 'aws'): Context {
  return layered(DIRECTLY, anyCallContext(action, now, partition));
}

/** What the ARN of a request's resource tells: its account. */
export function resourceContext(resource: string): Context {
  const account = accountIn(resource) ?? '';
  return contextOf(/^\d{12}$/.test(account) ? [['aws:ResourceAccount', known(account)]] : []);
}

/**
 * Whether a profile turns this part of a certificate into a session tag (Roles Anywhere user guide, "Attribute mapping"):
 * `*` maps every part of the subject or issuer; `Name`, `Name/` and `Name/*` every part of a directory name. `tag` is in
 * lower case, `x509subject/cn`.
 */
export function isMapped(tag: string, mappings: readonly Mapping[]): boolean {
  const slash = tag.indexOf('/');
  const [field, part] = [tag.slice(0, slash), tag.slice(slash + 1)];
  return mappings
    .filter(mapping => mapping.certificateField.toLowerCase() === field)
    .some(mapping => mapping.specifiers.some(specifier => maps(specifier.toLowerCase(), field, part)));
}

function maps(specifier: string, field: string, part: string): boolean {
  if (specifier === part) return true;
  if (field !== 'x509san') return specifier === '*';
  return ['name', 'name/', 'name/*'].includes(specifier) && part.startsWith('name/');
}
