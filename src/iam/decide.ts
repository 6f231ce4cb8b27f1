import { coversAction, isAlwaysAllowed, isWildcardOnly } from './action.ts';
import { evaluateCondition, evaluateConditions } from './condition/evaluate.ts';
import type { Context } from './context.ts';
import { isAnything, matches } from './glob.ts';
import { contentOf, type Layer, type LayerName, type Layers, type PlacedStatement } from './layer.ts';
import type { Condition, Statement } from './policy.ts';
import { plainResourceGlob, resourceGlob } from './resource.ts';
import { all, not, some, type Truth } from './truth.ts';
import { unknownKeysIn } from './variable.ts';

/** One API call: an action in any case, the ARN of its resource (or `*` where it has none), and what is known of it. */
export interface Request {
  readonly action: string;
  readonly resource: string;
  readonly context: Context;
}

export interface Decision {
  /** `unknown`: a policy that could not be read or parsed might change the answer. */
  readonly decision: 'allowed' | 'denied' | 'conditional' | 'unknown';
  /** The layer that denies, or on which it hangs; undefined when all allow. */
  readonly layer: LayerName | undefined;
  /** Denied by a Deny statement, or for want of an Allow. */
  readonly denial: 'explicit' | 'implicit' | undefined;
  /** Those that decide: the Deny statements, or the Allow statements of each layer. */
  readonly statements: readonly PlacedStatement[];
  /** Conditions that could not be decided and on which the answer hangs. */
  readonly conditional: readonly PlacedCondition[];
  /** Policy variables of resources whose values are not known and on which the answer hangs. */
  readonly variables: readonly PlacedVariable[];
  /** Policies whose content is not known and that might change the answer. */
  readonly missing: readonly string[];
  /** Where it is denied for want of an Allow: those of that layer that fail by their conditions alone. */
  readonly nearMisses: readonly NearMiss[];
}

export interface PlacedCondition extends Condition {
  readonly layer: LayerName;
  readonly policy: string;
  readonly effect: 'Allow' | 'Deny';
}

export interface PlacedVariable {
  /** As the policy writes it: `aws:PrincipalTag/team`. */
  readonly key: string;
  /** The value of `Resource` or `NotResource` that it stands in. */
  readonly value: string;
  readonly layer: LayerName;
  readonly policy: string;
  readonly effect: 'Allow' | 'Deny';
}

/** An Allow statement about the action and the resource. */
export interface NearMiss {
  readonly placed: PlacedStatement;
  /** Those of its conditions that do not hold. */
  readonly failing: readonly Condition[];
}

/**
 * What AWS answers to one request of a session (IAM user guide, "Policy evaluation logic"): any Deny that matches denies;
 * else every layer must allow it. Deliberately plain: one request, statement by statement; the symbolic sides (access/,
 * compare/) are checked against it.
 */
export function decide(request: Request, layers: Layers): Decision {
  if (isAlwaysAllowed(request.action)) return { ...UNDECIDED, decision: 'allowed' };
  const judged = layers.map(layer => judgeLayer(layer, request));
  const denying = judged.find(({ denied }) => denied === true);
  if (denying !== undefined) return explicitDenial(denying);
  const refusing = judged.find(({ allowed }) => allowed === false);
  if (refusing !== undefined) return implicitDenial(refusing, request);
  const open = judged.find(({ allowed, denied }) => allowed === undefined || denied === undefined);
  if (open === undefined) {
    return { ...UNDECIDED, decision: 'allowed', statements: judged.flatMap(({ allows }) => placed(allows, true)) };
  }
  return openDecision(judged, { layer: open.layer, request });
}

const UNDECIDED: Decision = {
  decision: 'unknown',
  layer: undefined,
  denial: undefined,
  statements: [],
  conditional: [],
  variables: [],
  missing: [],
  nearMisses: [],
};

interface Judged {
  readonly layer: LayerName;
  readonly statements: readonly PlacedStatement[];
  readonly allowed: Truth;
  readonly denied: Truth;
  readonly allows: readonly Match[];
  readonly denies: readonly Match[];
  readonly unread: readonly string[];
}

interface Match {
  readonly placed: PlacedStatement;
  readonly truth: Truth;
  /** Whether it is about the action and the resource. */
  readonly reach: Truth;
  readonly undecided: readonly Condition[];
}

function judgeLayer(layer: Layer, request: Request): Judged {
  const { statements, unread } = contentOf(layer);
  const matched = statements.map(each => matchOf(each, request)).filter(({ truth }) => truth !== false);
  const allows = matched.filter(({ placed: { statement } }) => statement.effect === 'Allow');
  const denies = matched.filter(({ placed: { statement } }) => statement.effect === 'Deny');
  const gap: readonly Truth[] = unread.length > 0 ? [undefined] : [];
  return {
    layer: layer.name,
    statements,
    allowed: some([...allows.map(each => each.truth), ...gap]),
    denied: some([...denies.map(each => each.truth), ...gap]),
    allows,
    denies,
    unread,
  };
}

function matchOf(placed: PlacedStatement, request: Request): Match {
  const { statement } = placed;
  const reach = all([coversAction(statement.actions, request.action), coversResource(statement, request)]);
  if (reach === false) return { placed, truth: false, reach, undecided: [] };
  const { truth, undecided } = evaluateConditions(statement.conditions, {
    context: request.context,
    variables: statement.variables,
  });
  return { placed, truth: all([reach, truth]), reach, undecided };
}

/** `Resource` or `NotResource`; a trust policy's statement has neither and is about its role. */
function coversResource(statement: Statement, request: Request): Truth {
  if (statement.resources === undefined) return true;
  const covered = some(statement.resources.values.map(value => coveredBy(value, statement, request)));
  return statement.resources.negated ? not(covered) : covered;
}

/** With a variable whose value is not known: certain when the widest reading does not match, unknown when it does. */
function coveredBy(value: string, { variables }: Statement, { action, resource, context }: Request): Truth {
  if (isWildcardOnly(action)) return isAnything(plainResourceGlob(value));
  const narrow = resourceGlob(value, { variables, context, unresolved: 'drop' });
  if (narrow !== undefined && matches(narrow, resource)) return true;
  const wide = resourceGlob(value, { variables, context, unresolved: 'widen' });
  return wide !== undefined && matches(wide, resource) ? undefined : false;
}

function explicitDenial({ layer, denies }: Judged): Decision {
  return { ...UNDECIDED, decision: 'denied', layer, denial: 'explicit', statements: placed(denies, true) };
}

/** Conditions that fail for certain are all that keeps a near miss from allowing it. */
function implicitDenial({ layer, statements }: Judged, request: Request): Decision {
  const allows = statements.filter(({ statement }) => statement.effect === 'Allow');
  const missed = allows.filter(each => matchOf(each, request).reach !== false);
  const nearMisses = missed.map(each => ({ placed: each, failing: failingIn(each, request) }));
  return { ...UNDECIDED, decision: 'denied', layer, denial: 'implicit', nearMisses };
}

function failingIn({ statement: { conditions, variables } }: PlacedStatement, { context }: Request) {
  return conditions.filter(condition => evaluateCondition(condition, { context, variables }) === false);
}

function placed(matches: readonly Match[], truth: Truth): readonly PlacedStatement[] {
  return matches.filter(match => match.truth === truth).map(match => match.placed);
}

function openDecision(judged: readonly Judged[], { layer, request }: Open): Decision {
  const hanging = judged.flatMap(({ allowed, allows, denies }) => [
    ...(allowed === undefined ? allows : []),
    ...denies,
  ]);
  const missing = judged.flatMap(({ unread }) => unread);
  return {
    ...UNDECIDED,
    decision: missing.length > 0 ? 'unknown' : 'conditional',
    layer,
    statements: hanging.map(match => match.placed),
    conditional: hanging.flatMap(conditionsOf),
    variables: hanging.flatMap(match => variablesOf(match, request)),
    missing,
  };
}

interface Open {
  readonly layer: LayerName;
  readonly request: Request;
}

function conditionsOf({ placed: { layer, policy, statement }, undecided }: Match): readonly PlacedCondition[] {
  return undecided.map(condition => ({ ...condition, layer, policy, effect: statement.effect }));
}

/** Those of the values that may or may not be about the resource. */
function variablesOf({ placed, reach }: Match, request: Request): readonly PlacedVariable[] {
  const { layer, policy, statement } = placed;
  if (reach !== undefined || statement.resources === undefined) return [];
  const open = statement.resources.values.filter(value => coveredBy(value, statement, request) === undefined);
  return open.flatMap(value =>
    unknownKeysIn(value, request.context).map(key => ({ key, value, layer, policy, effect: statement.effect })),
  );
}
