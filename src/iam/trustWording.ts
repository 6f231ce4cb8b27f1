import { distinct } from '../lists.ts';
import { coversAction } from './action.ts';
import { operatorOf } from './condition/operator.ts';
import { factOf, SOURCE_IDENTITY, tagName } from './gate/fact.ts';
import { formOf } from './gate/form.ts';
import { madeValue } from './gate/literal.ts';
import { NETWORK_KEYS } from './gate/network.ts';
import type { Condition, Policy, Statement } from './policy.ts';
import { admission, principalsSay } from './principal.ts';
import { isAboutRolesAnywhere, isOnAnchor, TRUST_ACTIONS } from './trust.ts';

/** What stands in a trust policy about Roles Anywhere, and where it does not do what it looks like. Lists are sorted. */
export interface TrustWording {
  /** The values of aws:SourceArn. */
  readonly sourceArns: readonly string[];
  /** Those of them that name one trust anchor that is let in. */
  readonly namedAnchors: readonly NamedAnchor[];
  /** Parts of a certificate that are asked for: `x509Subject/CN`, `sts:SourceIdentity`. */
  readonly attributes: readonly string[];
  /** Condition keys that begin like a tag made from a certificate and are none. */
  readonly unknownKeys: readonly string[];
  /** Condition keys on the address or VPC of the client, whom STS does not see. */
  readonly networkKeys: readonly string[];
  /** `StringEquals aws:SourceArn: arn:…/*`: a star or a question mark that is only that character. */
  readonly literalWildcards: readonly string[];
  /** Values of sts:SourceIdentity that no source identity ever has. */
  readonly malformedIdentities: readonly string[];
  /** `StringLike aws:PrincipalTag/x509Subject/OU: a*b`: a star that may run from one value into the next. */
  readonly joinedPatterns: readonly string[];
  /** Action patterns that allow the service all of STS. */
  readonly broadActions: readonly string[];
  /** Condition keys of its Deny statements, lower-case. */
  readonly deniedBy: readonly string[];
  /** Principals in words, of Allow statements, of which it is not known whether they admit Roles Anywhere. */
  readonly unsureAllows: readonly string[];
  /** The same of Deny statements: `Principal Service rolesanywhere.eu-west-1.amazonaws.com`. */
  readonly unsureDenies: readonly string[];
  /** Those of the three actions that are given without a condition, and no Deny is about them. */
  readonly bareActions: readonly string[];
}

/** What a trust policy calls a trust anchor: its ARN, or for `StringEqualsIgnoreCase` the same in any case. */
export interface NamedAnchor {
  readonly name: string;
  readonly anyCase: boolean;
}

/** Kept with the policy: its role asks, and every path to it. */
export function trustWording(policy: Policy): TrustWording {
  const known = wordings.get(policy);
  if (known !== undefined) return known;
  const made = wordingOf(policy);
  wordings.set(policy, made);
  return made;
}

const wordings = new WeakMap<Policy, TrustWording>();

function wordingOf(policy: Policy): TrustWording {
  const concerning = policy.statements.filter(isAboutRolesAnywhere);
  const conditions = concerning.flatMap(({ conditions }) => conditions);
  const those = (is: (condition: Condition) => boolean) => conditions.filter(is);
  return {
    sourceArns: distinct(those(isOnAnchor).flatMap(({ values }) => values)),
    namedAnchors: byName(concerning.flatMap(namedAnchors)),
    attributes: distinct(conditions.flatMap(attributesOf)),
    unknownKeys: distinct(those(isUnknownKey).map(({ key }) => key)),
    networkKeys: distinct(those(({ key }) => NETWORK_KEYS.has(key.toLowerCase())).map(({ key }) => key)),
    literalWildcards: distinct(those(takesWildcardsLiterally).flatMap(each => shown(each, hasWildcard))),
    malformedIdentities: distinct(those(isOnIdentity).flatMap(malformedValues)),
    joinedPatterns: distinct(those(isPatternOfSeveral).flatMap(each => shown(each, hasInnerStar))),
    broadActions: distinct(concerning.filter(({ effect }) => effect === 'Allow').flatMap(broadActions)),
    deniedBy: distinct(concerning.filter(({ effect }) => effect === 'Deny').flatMap(keysOf)),
    unsureAllows: distinct(concerning.filter(({ effect }) => effect === 'Allow').flatMap(unsurePrincipals)),
    unsureDenies: distinct(concerning.filter(({ effect }) => effect === 'Deny').flatMap(unsurePrincipals)),
    bareActions: TRUST_ACTIONS.filter(action => isBare(action, concerning)),
  };
}

function keysOf({ conditions }: Statement): readonly string[] {
  return conditions.map(({ key }) => key.toLowerCase());
}

function unsurePrincipals(statement: Statement): readonly string[] {
  const { principals } = statement;
  return principals === undefined || admission(statement) !== undefined ? [] : [principalsSay(principals)];
}

function isOnIdentity({ key }: Condition): boolean {
  return key.toLowerCase() === SOURCE_IDENTITY;
}

/** What an Allow asks for, and what a Deny leaves. */
function namedAnchors({ effect, conditions }: Statement): readonly NamedAnchor[] {
  return conditions
    .filter(each => isOnAnchor(each) && operatorOf(each.operator)?.negated === (effect === 'Deny'))
    .filter(each => operatorOf(each.operator)?.test !== 'Null')
    .flatMap(({ operator, values }) => {
      const anyCase = operatorOf(operator)?.test === 'StringEqualsIgnoreCase';
      return values.filter(value => !/[*?]|\$\{/.test(value)).map(name => ({ name, anyCase }));
    });
}

/** What is said in both ways is named in any case. */
function byName(named: readonly NamedAnchor[]): readonly NamedAnchor[] {
  const anyCase = new Set(named.filter(each => each.anyCase).map(({ name }) => name));
  return distinct(named.map(({ name }) => name)).map(name => ({ name, anyCase: anyCase.has(name) }));
}

/** As far as a profile can map them; whether it does is another question. */
function factIn({ key }: Condition): ReturnType<typeof factOf> {
  return factOf(key.toLowerCase(), { mappings: undefined, acceptsSessionName: true, action: 'sts:AssumeRole' });
}

function attributesOf(condition: Condition): readonly string[] {
  const fact = factIn(condition);
  return fact === undefined || fact.reach === 'misspelt' ? [] : [tagName(fact.id)];
}

function isUnknownKey(condition: Condition): boolean {
  return factIn(condition)?.reach === 'misspelt';
}

/** IAM user guide, "Condition operators": only the `Like` operators, and those on ARNs, know wildcards. */
function takesWildcardsLiterally(condition: Condition): boolean {
  const test = operatorOf(condition.operator)?.test;
  const plain = test === 'StringEquals' || test === 'StringEqualsIgnoreCase';
  return plain && (isOnAnchor(condition) || factIn(condition) !== undefined) && condition.values.some(hasWildcard);
}

/** Those within a variable, `${*}`, are meant to be characters. */
function hasWildcard(value: string): boolean {
  let from = 0;
  for (;;) {
    const start = value.indexOf('${', from);
    const end = start < 0 ? -1 : value.indexOf('}', start);
    if (/[*?]/.test(value.slice(from, end < 0 ? undefined : start))) return true;
    if (end < 0) return false;
    from = end + 1;
  }
}

function malformedValues({ operator, values }: Condition): readonly string[] {
  const test = operatorOf(operator)?.test;
  if (test === undefined || !test.startsWith('String')) return [];
  const form = formOf(SOURCE_IDENTITY);
  return values
    .filter(value => !value.includes('${') && (test === 'StringLike' || !hasWildcard(value)))
    .filter(
      value =>
        !isIdentityText(value) || !form.allows(test as 'StringLike', madeValue([{ kind: 'pattern', text: value }])),
    );
}

/** STS API, AssumeRole: what a source identity is made of, wildcards apart. */
function isIdentityText(value: string): boolean {
  return /^[\w+=,.@*?-]*$/.test(value);
}

/** Several OUs or Os of one name are one value with slashes between (Roles Anywhere user guide, "Trust model"). */
function isPatternOfSeveral(condition: Condition): boolean {
  const several = /^aws:(principal|request)tag\/x509(subject|issuer|san\/name)\/(ou|o)$/i.test(condition.key);
  return several && operatorOf(condition.operator)?.test === 'StringLike' && condition.values.some(hasInnerStar);
}

function hasInnerStar(value: string): boolean {
  const [first = '', ...rest] = value.split('*').filter(part => part !== '');
  return rest.length > 0 && first !== '';
}

function shown({ operator, key, values }: Condition, which: (value: string) => boolean): readonly string[] {
  return values.filter(which).map(value => `${operator} ${key}: ${value}`);
}

/** One action that has nothing to do with a service that takes a role stands for all of them. */
function broadActions({ actions }: Statement): readonly string[] {
  const covers = (patterns: Statement['actions']) => coversAction(patterns, 'sts:GetFederationToken');
  if (actions.negated) return covers(actions) ? [`NotAction ${actions.values.toSorted().join(', ')}`] : [];
  return actions.values.filter(value => covers({ negated: false, values: [value] }));
}

function isBare(action: string, concerning: readonly Statement[]): boolean {
  const about = concerning.filter(({ actions }) => coversAction(actions, action));
  const open = about.some(each => each.effect === 'Allow' && each.conditions.length === 0 && admission(each) === true);
  return open && !about.some(({ effect }) => effect === 'Deny');
}
