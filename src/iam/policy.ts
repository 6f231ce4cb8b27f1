import { type ParseError, parse, visit } from 'jsonc-parser';

/** An IAM policy document, read and checked for shape. Statements keep their order. */
export interface Policy {
  /** `2012-10-17`, or `2008-10-17`, which is also what a policy without a version is (IAM user guide, "Version"). */
  readonly version: '2012-10-17' | '2008-10-17';
  readonly statements: readonly Statement[];
}

export interface Statement {
  readonly sid: string | undefined;
  readonly effect: 'Allow' | 'Deny';
  readonly actions: Patterns;
  /** Undefined in a trust policy, which has none. */
  readonly resources: Patterns | undefined;
  /** Undefined in an identity policy, which has none. */
  readonly principals: Principals | undefined;
  /** One entry for each operator and key; all of them must hold. Empty: no condition. */
  readonly conditions: readonly Condition[];
  /** Whether `${…}` in it stands for a value: only in policies of version 2012-10-17. */
  readonly variables: boolean;
  /** Where it stands in its policy, counted from 0. */
  readonly at: number;
  /** The statement as JSON text, without white space. */
  readonly text: string;
}

/** `Action` or `Resource`, or their `Not…` twins when `negated`. */
export interface Patterns {
  readonly negated: boolean;
  readonly values: readonly string[];
}

/** `Principal: "*"` is one principal of type `AWS` with the value `*`, as AWS reads it. */
export interface Principals {
  readonly negated: boolean;
  readonly members: readonly { readonly type: string; readonly value: string }[];
}

export interface Condition {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

export type PolicyReading =
  | { readonly kind: 'parsed'; readonly policy: Policy }
  | {
      readonly kind: 'unparsable';
      readonly reason: string;
      /** A JSON pointer into the document (`/Statement/0/Effect`), or `line:column` of text that is no JSON. */
      readonly where: string;
    };

/** What a policy is attached to decides which elements it must have. Not given: either kind will do. */
export type PolicyForm = 'identity' | 'trust';

/**
 * Reads a policy as AWS hands it out: URL-encoded text (RFC 3986: `+` is a plus), JSON text, or the object. Tolerates
 * what IAM tolerates (a single statement, a string for a list) and refuses what IAM refuses (an element nobody knows,
 * both `Action` and `NotAction`, a name that stands twice in one object). Never throws.
 */
export function readPolicy(document: unknown, form?: PolicyForm): PolicyReading {
  try {
    return { kind: 'parsed', policy: policyOf(typeof document === 'string' ? jsonOf(document) : document, form) };
  } catch (error) {
    if (error instanceof PolicyProblem) return { kind: 'unparsable', reason: error.message, where: error.where };
    if (error instanceof RangeError)
      return { kind: 'unparsable', reason: 'the policy is nested too deeply', where: '' };
    throw error;
  }
}

/** Why a document is no policy, and where. */
class PolicyProblem extends Error {
  readonly where: string;

  constructor(message: string, where: string) {
    super(message);
    this.where = where;
  }
}

function jsonOf(document: string): unknown {
  const text = document.trimStart().startsWith('{') ? document : decoded(document);
  const value = parsed(text);
  const twice = namesWritten(text) === namesIn(value) ? undefined : repeatedName(text);
  if (twice !== undefined) throw new PolicyProblem(`${JSON.stringify(twice.name)} is there twice`, twice.where);
  return value;
}

function decoded(document: string): string {
  try {
    return decodeURIComponent(document);
  } catch (error) {
    if (!(error instanceof URIError)) throw error;
    throw new PolicyProblem('the policy is neither JSON nor URL-encoded', '');
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new PolicyProblem(text.trim() === '' ? 'the policy is empty' : 'the policy is not JSON', placeOf(text));
  }
}

/** Where the text stops being JSON, as `line:column`. JSON.parse itself does not always tell. */
function placeOf(text: string): string {
  const errors: ParseError[] = [];
  parse(text, errors, { disallowComments: true });
  const before = text.slice(0, errors[0]?.offset ?? text.length).split('\n');
  return `${before.length}:${before.at(-1)!.length + 1}`;
}

/** How many names of members the text seems to have: an escaped quotation mark before a colon counts as one too. */
function namesWritten(text: string): number {
  return text.match(/"\s*:/g)?.length ?? 0;
}

function namesIn(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const own = Array.isArray(value) ? 0 : Object.keys(value).length;
  return Object.values(value).reduce((sum: number, each) => sum + namesIn(each), own);
}

/** The first name that stands twice in one object of a JSON text, and where (`line:column`): JSON.parse keeps the last, silently. */
export function repeatedName(text: string): { readonly name: string; readonly where: string } | undefined {
  const open: Set<string>[] = [];
  let first: { readonly name: string; readonly where: string } | undefined;
  visit(text, {
    onObjectBegin: () => {
      open.push(new Set());
    },
    onObjectEnd: () => {
      open.pop();
    },
    onObjectProperty(name, _offset, _length, line, column) {
      if (open.at(-1)?.has(name)) first ??= { name, where: `${line + 1}:${column + 1}` };
      open.at(-1)?.add(name);
    },
  });
  return first;
}

type Members = Readonly<Record<string, unknown>>;

const POLICY_ELEMENTS = ['Version', 'Id', 'Statement'];
const STATEMENT_ELEMENTS = [
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
];

function policyOf(document: unknown, form: PolicyForm | undefined): Policy {
  const members = objectAt(document, '', 'the policy');
  refuseUnknown(members, { known: POLICY_ELEMENTS, what: 'element of a policy' }, '');
  if (members.Statement === undefined) throw new PolicyProblem('the policy has no Statement', '');
  textAt(members.Id, '/Id');
  const version = versionAt(members.Version);
  const several = Array.isArray(members.Statement);
  const statements = asList(members.Statement).map((each, at) =>
    statementOf(each, { at, version, form, where: several ? `/Statement/${at}` : '/Statement' }),
  );
  return { version, statements };
}

function versionAt(value: unknown): Policy['version'] {
  if (value === undefined) return '2008-10-17';
  if (value === '2012-10-17' || value === '2008-10-17') return value;
  throw new PolicyProblem('Version is neither 2012-10-17 nor 2008-10-17', '/Version');
}

interface Setting {
  readonly at: number;
  readonly version: Policy['version'];
  readonly form: PolicyForm | undefined;
  readonly where: string;
}

function statementOf(value: unknown, { at, version, form, where }: Setting): Statement {
  const members = objectAt(value, where, 'the statement');
  refuseUnknown(members, { known: STATEMENT_ELEMENTS, what: 'element of a statement' }, where);
  const statement: Statement = {
    sid: textAt(members.Sid, `${where}/Sid`),
    effect: effectAt(members.Effect, where),
    actions: required(patternsAt(members, 'Action', where), 'Action', where),
    resources: patternsAt(members, 'Resource', where),
    principals: principalsAt(members, where),
    conditions: conditionsAt(members.Condition, `${where}/Condition`),
    variables: version === '2012-10-17',
    at,
    text: JSON.stringify(value),
  };
  if (form === 'identity') required(statement.resources, 'Resource', where);
  if (form === 'identity')
    refuse(statement.principals, 'a Principal, which only trust and resource policies have', where);
  if (form === 'trust') required(statement.principals, 'Principal', where);
  if (form === 'trust') refuse(statement.resources, 'a Resource, which no trust policy has', where);
  return statement;
}

interface Names {
  readonly known: readonly string[];
  readonly what: string;
}

function refuseUnknown(members: Members, { known, what }: Names, where: string): void {
  const unknown = Object.keys(members).find(name => !known.includes(name));
  if (unknown === undefined) return;
  throw new PolicyProblem(`${JSON.stringify(unknown)} is no ${what}`, `${where}/${escaped(unknown)}`);
}

function required<T>(value: T | undefined, name: string, where: string): T {
  if (value === undefined) throw new PolicyProblem(`the statement has no ${name}`, where);
  return value;
}

function refuse(value: unknown, what: string, where: string): void {
  if (value !== undefined) throw new PolicyProblem(`the statement has ${what}`, where);
}

function effectAt(value: unknown, where: string): 'Allow' | 'Deny' {
  if (value === 'Allow' || value === 'Deny') return value;
  throw new PolicyProblem('Effect is neither Allow nor Deny', `${where}/Effect`);
}

function patternsAt(members: Members, name: 'Action' | 'Resource', where: string): Patterns | undefined {
  const [plain, negated] = [members[name], members[`Not${name}`]];
  if (plain !== undefined && negated !== undefined)
    throw new PolicyProblem(`the statement has both ${name} and Not${name}`, where);
  if (plain !== undefined) return { negated: false, values: textsAt(plain, `${where}/${name}`) };
  if (negated !== undefined) return { negated: true, values: textsAt(negated, `${where}/Not${name}`) };
  return undefined;
}

const PRINCIPAL_TYPES = ['AWS', 'Service', 'Federated', 'CanonicalUser'];

function principalsAt(members: Members, where: string): Principals | undefined {
  if (members.Principal !== undefined && members.NotPrincipal !== undefined)
    throw new PolicyProblem('the statement has both Principal and NotPrincipal', where);
  const negated = members.NotPrincipal !== undefined;
  const at = `${where}/${negated ? 'NotPrincipal' : 'Principal'}`;
  const value = negated ? members.NotPrincipal : members.Principal;
  if (value === undefined) return undefined;
  if (value === '*') return { negated, members: [{ type: 'AWS', value: '*' }] };
  const types = objectAt(value, at, 'the principal');
  refuseUnknown(types, { known: PRINCIPAL_TYPES, what: 'kind of principal' }, at);
  const all = Object.entries(types).flatMap(([type, of]) =>
    textsAt(of, `${at}/${type}`).map(each => ({ type, value: each })),
  );
  return { negated, members: all };
}

function conditionsAt(value: unknown, where: string): readonly Condition[] {
  if (value === undefined) return [];
  return Object.entries(objectAt(value, where, 'the condition')).flatMap(([operator, keys]) => {
    const at = `${where}/${escaped(operator)}`;
    return Object.entries(objectAt(keys, at, operator)).map(([key, values]) => ({
      operator,
      key,
      values: asList(values).map(each => scalarAt(each, `${at}/${escaped(key)}`)),
    }));
  });
}

/** Condition values may be written as numbers and booleans; AWS compares their text. */
function scalarAt(value: unknown, where: string): string {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new PolicyProblem('the value is neither text nor number nor boolean', where);
}

function textsAt(value: unknown, where: string): readonly string[] {
  return asList(value).map(each => {
    if (typeof each !== 'string') throw new PolicyProblem('the value is neither text nor a list of texts', where);
    return each;
  });
}

function textAt(value: unknown, where: string): string | undefined {
  if (value === undefined || typeof value === 'string') return value;
  throw new PolicyProblem('the value is not text', where);
}

function objectAt(value: unknown, where: string, what: string): Members {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Members;
  throw new PolicyProblem(`${what} is not an object`, where);
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

/** A member's name as a part of a JSON pointer (RFC 6901). */
function escaped(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
