import { actionsIn, isEmpty } from './catalog/actionSet.ts';
import { actionsMatching } from './catalog/matching.ts';
import { operatorOf } from './condition/operator.ts';
import { intersects, isAnything } from './glob.ts';
import type { Condition, Policy, Statement } from './policy.ts';
import { plainResourceGlob } from './resource.ts';
import { hasVariables } from './variable.ts';

/** Something in a policy that does not mean what it looks like. It says nothing of how dangerous the policy is. */
export interface Lint {
  readonly kind: LintKind;
  /** A JSON pointer to the statement. */
  readonly where: string;
  /** What stands there and what it means; holds text of the policy as it is. */
  readonly says: string;
}

export type LintKind =
  /** `${…}` in a policy that is not of version 2012-10-17 is text. */
  | 'variable_in_old_version'
  /** No documented action matches. */
  | 'unknown_action'
  /** White space, a comma or no colon: it matches nothing. */
  | 'malformed_action'
  /** Stars that come to `*` or `service:*`. */
  | 'effectively_star'
  /** None of the resources is of a type that the action has. */
  | 'resource_mismatch'
  /** The action has no resources: only `*` grants it. */
  | 'needs_star_resource'
  /** Holds where the key is absent. */
  | 'for_all_values_absent'
  | 'unknown_operator'
  /** `*` or `?` under an operator for which they are no wildcards. */
  | 'literal_wildcard'
  /** Allow with NotAction or NotResource: everything else, and whatever AWS adds. */
  | 'allow_all_but';

/** What there is to say of a policy; in the order of its statements. */
export function lintPolicy(policy: Policy): readonly Lint[] {
  return policy.statements.flatMap(lintStatement);
}

function lintStatement(statement: Statement): readonly Lint[] {
  const where = `/Statement/${statement.at}`;
  const lints = [
    ...variableLints(statement),
    ...actionLints(statement),
    ...resourceLints(statement),
    ...statement.conditions.flatMap(condition => conditionLints(condition, statement.conditions)),
    ...allButLints(statement),
  ];
  return lints.map(([kind, says]) => ({ kind, where, says }));
}

type Found = readonly [LintKind, string];

function variableLints({ variables, resources, conditions }: Statement): readonly Found[] {
  if (variables) return [];
  const values = [...(resources?.values ?? []), ...conditions.flatMap(each => each.values)];
  return values
    .filter(hasVariables)
    .map((value): Found => ['variable_in_old_version', `${value} is text: variables need Version 2012-10-17`]);
}

function actionLints({ actions: { values } }: Statement): readonly Found[] {
  return values.flatMap((value): readonly Found[] => {
    if (/^\*+$/.test(value)) return value === '*' ? [] : [['effectively_star', `${value} is *`]];
    if (!value.includes(':') || /[\s,]/.test(value)) return [['malformed_action', `"${value}" matches no action`]];
    if (/^\*+:\*+$/.test(value)) return [['effectively_star', `${value} is *`]];
    if (/^[^*?:]+:\*\*+$/.test(value)) return [['effectively_star', `${value} is ${value.split(':')[0]}:*`]];
    return isEmpty(actionsMatching(value)) ? [['unknown_action', `no documented action is ${value}`]] : [];
  });
}

/** Asked of actions that are written out, or come to a few: of `s3:*` some action always fits. */
const FEW = 20;

function resourceLints({ actions, resources, variables }: Statement): readonly Found[] {
  if (resources === undefined || resources.negated || actions.negated) return [];
  if (resources.values.some(value => isAnything(plainResourceGlob(value)) || (variables && hasVariables(value))))
    return [];
  const globs = resources.values.map(plainResourceGlob);
  return actions.values.flatMap((value): readonly Found[] => {
    const known = [...actionsIn(actionsMatching(value))];
    if (known.length === 0 || known.length > FEW) return [];
    if (known.every(action => action.wildcardOnly))
      return [['needs_star_resource', `${value} has no resources: only Resource "*" grants it`]];
    const fits = known.some(action => action.resources.some(template => fitsSome(template, globs)));
    return fits
      ? []
      : [['resource_mismatch', `${value} is about none of these resources: ${resources.values.join(', ')}`]];
  });
}

function fitsSome(template: string, globs: readonly ReturnType<typeof plainResourceGlob>[]): boolean {
  return globs.some(glob => intersects(plainResourceGlob(template), glob));
}

function conditionLints({ operator: written, key, values }: Condition, all: readonly Condition[]): readonly Found[] {
  const operator = operatorOf(written);
  if (operator === undefined) return [['unknown_operator', `${written} is no condition operator`]];
  const found: Found[] = [];
  if (operator.set === 'ForAllValues' && !all.some(other => demandsPresence(other, key)))
    found.push(['for_all_values_absent', `${written} holds where ${key} is absent: add Null with false`]);
  if (EXACT.has(operator.test) && values.some(value => /[*?]/.test(value.replace(/\$\{[^}]*\}/g, ''))))
    found.push(['literal_wildcard', `${values.join(', ')} is compared as it is by ${written}`]);
  return found;
}

const EXACT: ReadonlySet<string> = new Set(['StringEquals', 'StringEqualsIgnoreCase']);

function demandsPresence({ operator, key, values }: Condition, wanted: string): boolean {
  return operator === 'Null' && key.toLowerCase() === wanted.toLowerCase() && values.every(value => value === 'false');
}

function allButLints({ effect, actions, resources }: Statement): readonly Found[] {
  if (effect === 'Deny') return [];
  const elements = [...(actions.negated ? ['NotAction'] : []), ...(resources?.negated === true ? ['NotResource'] : [])];
  return elements.map(
    (element): Found => ['allow_all_but', `Allow with ${element} allows all else, and what AWS adds`],
  );
}
