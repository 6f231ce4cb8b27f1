import type { Comparison, NewRequest } from '../iam/compare/compare.ts';
import type { PlacedStatement } from '../iam/layer.ts';
import type { Truth } from '../iam/truth.ts';
import { printable } from '../report/printable.ts';
import type { Apart, PathResult, Result } from './comparison.ts';
import { conditionText, statementJson, statementName } from './statementText.ts';

/** A comparison in a few lines: the answer, the first request that is new, who is new, and what is taken for granted. */
export function comparisonText({ paths, apart, ...whole }: Result): string {
  const lines =
    paths === undefined
      ? comparisonLines(whole)
      : [
          verdictOf(whole.newAccess),
          entrantsVerdict(whole.newEntrants),
          ...(apart === undefined ? [] : [apartText(apart)]),
          ...paths.flatMap(pathLines),
        ];
  const assumptions = whole.assumptions.map(each => `  ${printable(each)}`);
  return `${[...lines, ...(assumptions.length > 0 ? ['Assumptions:', ...assumptions] : [])].join('\n')}\n`;
}

function apartText({ a, b }: Apart): string {
  const [ours, theirs] = [a, b].map(ids => (ids.length === 0 ? 'no account' : ids.map(printable).join(' and ')));
  return `They have no account in common: A holds ${ours}, B ${theirs}. Of an account that it does not hold a snapshot knows nothing.`;
}

function pathLines(result: PathResult): readonly string[] {
  const { path, newAccess, newEntrants, because } = result;
  if (newAccess === false && newEntrants === false) return [];
  const why = newAccess === undefined ? result.assumptions.map(printable) : [];
  const access = newAccess === false ? [] : [...comparisonLines(result), ...why.map(line => `  ${line}`)];
  const entrants =
    newEntrants === false ? [] : [entrantsVerdict(newEntrants), ...because.map(each => `  ${printable(each)}`)];
  return ['', printable(path), ...[...access, ...entrants].map(line => `  ${line}`)];
}

function comparisonLines({ newAccess, witness, statements }: Comparison): readonly string[] {
  return [
    verdictOf(newAccess),
    ...(witness === undefined ? [] : requestLines(witness)),
    ...statements.flatMap(statementLines),
  ];
}

function verdictOf(newAccess: Truth): string {
  if (newAccess === undefined) return 'Not known whether B allows anything that A does not.';
  return newAccess ? 'New access: B allows what A does not.' : 'No new access: B allows nothing that A does not.';
}

function entrantsVerdict(newEntrants: Truth): string {
  if (newEntrants === undefined) return 'Not known whether B lets in certificates that A keeps out.';
  return newEntrants
    ? 'New entrants: B lets in certificates that A keeps out.'
    : 'No new entrants: B lets in no certificate that A keeps out.';
}

function requestLines({ action, resource, conditions }: NewRequest): readonly string[] {
  return [
    `  ${printable(action)} on ${printable(resource)}`,
    ...conditions.map(({ condition, holds }) => `    ${holds ? 'where' : 'where not'} ${conditionText(condition)}`),
  ];
}

function statementLines(placed: PlacedStatement): readonly string[] {
  const side = placed.statement.effect === 'Deny' ? 'A denies' : 'B allows';
  return [`  ${side} by ${placed.layer} policy ${statementName(placed)}:`, `    ${printable(placed.statement.text)}`];
}

/** What a program reads; nothing is left out. */
export function comparisonJson({ paths, newEntrants, apart, ...whole }: Result) {
  if (paths === undefined) return accessJson(whole);
  const each = paths.map(path => ({
    path: path.path,
    ...accessJson(path),
    newEntrants: path.newEntrants ?? null,
    because: path.because,
    granted: path.granted,
  }));
  return { ...accessJson(whole), newEntrants: newEntrants ?? null, apart: apart ?? null, paths: each };
}

function accessJson({ newAccess, witness, statements, assumptions }: Comparison) {
  return {
    newAccess: newAccess ?? null,
    witness: witness ?? null,
    statements: statements.map(statementJson),
    assumptions,
  };
}
