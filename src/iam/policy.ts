/** An IAM policy document, read and checked for shape. Statements keep their order. */
export interface Policy {
  readonly version: string | undefined;
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
  | { readonly kind: 'unparsable'; readonly reason: string };

/**
 * Reads a policy as AWS hands it out: URL-encoded text (RFC 3986: `+` is a plus), JSON text, or the object. Tolerates
 * what IAM tolerates (a single statement, a string for a list). Never throws.
 */
export function readPolicy(document: unknown): PolicyReading {
  try {
    return { kind: 'parsed', policy: policyOf(typeof document === 'string' ? jsonOf(document) : document) };
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof URIError || error instanceof RangeError)
      return { kind: 'unparsable', reason: error.message };
    throw error;
  }
}

function jsonOf(text: string): unknown {
  return JSON.parse(text.trimStart().startsWith('{') ? text : decodeURIComponent(text));
}

type Members = Readonly<Record<string, unknown>>;

function policyOf(document: unknown): Policy {
  const members = objectAt(document, 'the policy');
  if (members.Statement === undefined) throw new SyntaxError('the policy has no Statement');
  const statements = asList(members.Statement).map((each, at) => statementOf(each, `Statement ${at + 1}`));
  return { version: textAt(members.Version, 'Version'), statements };
}

function statementOf(value: unknown, where: string): Statement {
  const members = objectAt(value, where);
  const actions = patternsAt(members, 'Action', where);
  if (actions === undefined) throw new SyntaxError(`${where} has no Action`);
  return {
    sid: textAt(members.Sid, `${where}.Sid`),
    effect: effectAt(members.Effect, where),
    actions,
    resources: patternsAt(members, 'Resource', where),
    principals: principalsAt(members, where),
    conditions: conditionsAt(members.Condition, `${where}.Condition`),
    text: JSON.stringify(value),
  };
}

function effectAt(value: unknown, where: string): 'Allow' | 'Deny' {
  if (value === 'Allow' || value === 'Deny') return value;
  throw new SyntaxError(`${where}.Effect is neither Allow nor Deny`);
}

function patternsAt(members: Members, name: 'Action' | 'Resource', where: string): Patterns | undefined {
  const [plain, negated] = [members[name], members[`Not${name}`]];
  if (plain !== undefined && negated !== undefined) throw new SyntaxError(`${where} has both ${name} and Not${name}`);
  if (plain !== undefined) return { negated: false, values: textsAt(plain, `${where}.${name}`) };
  if (negated !== undefined) return { negated: true, values: textsAt(negated, `${where}.Not${name}`) };
  return undefined;
}

function principalsAt(members: Members, where: string): Principals | undefined {
  const negated = members.NotPrincipal !== undefined;
  const value = negated ? members.NotPrincipal : members.Principal;
  if (value === undefined) return undefined;
  if (value === '*') return { negated, members: [{ type: 'AWS', value: '*' }] };
  const types = Object.entries(objectAt(value, `${where}.Principal`));
  const all = types.flatMap(([type, of]) =>
    textsAt(of, `${where}.Principal.${type}`).map(each => ({ type, value: each })),
  );
  return { negated, members: all };
}

function conditionsAt(value: unknown, where: string): readonly Condition[] {
  if (value === undefined) return [];
  return Object.entries(objectAt(value, where)).flatMap(([operator, keys]) =>
    Object.entries(objectAt(keys, `${where}.${operator}`)).map(([key, values]) => ({
      operator,
      key,
      values: asList(values).map(String),
    })),
  );
}

function textsAt(value: unknown, where: string): readonly string[] {
  return asList(value).map(each => {
    if (typeof each !== 'string') throw new SyntaxError(`${where} is neither text nor a list of texts`);
    return each;
  });
}

function textAt(value: unknown, where: string): string | undefined {
  if (value === undefined || typeof value === 'string') return value;
  throw new SyntaxError(`${where} is not text`);
}

function objectAt(value: unknown, where: string): Members {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Members;
  throw new SyntaxError(`${where} is not an object`);
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}
