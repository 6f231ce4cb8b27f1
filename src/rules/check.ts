import { ecsDocument } from '../cloudtrail/ecs.ts';
import type { JsonObject } from '../documents/document.ts';
import type { Severity } from '../findings/finding.ts';
import type { Answer, Query } from '../query/query.ts';
import type { Example, Rule } from './rule.ts';

/** What came of checking one rule: its examples run, and what its file lacks. Good when `problems` is empty. */
export interface RuleCheck {
  readonly rule: string;
  readonly file: string;
  /** Why this version cannot run it; its examples are then not run. */
  readonly unsupported: string | undefined;
  readonly examples: readonly ExampleCheck[];
  readonly problems: readonly string[];
}

export interface ExampleCheck {
  readonly name: string;
  readonly expect: Example['expect'];
  readonly got: Example['expect'];
}

/** Runs every rule's examples and looks for what a good rule has. In the rules' order. */
export function checkRules({ rules }: { readonly rules: readonly Rule[] }): readonly RuleCheck[] {
  return rules.map(checkRule);
}

function checkRule(rule: Rule): RuleCheck {
  const examples = 'query' in rule.run ? runExamples(rule, rule.run.query) : [];
  return {
    rule: rule.id,
    file: rule.file,
    unsupported: 'unsupported' in rule.run ? rule.run.unsupported : undefined,
    examples,
    problems: [...examples.flatMap(exampleProblem), ...(isForeign(rule) ? [] : [...lacking(rule)])],
  };
}

/** Elastic's rules carry an id of their own and none of `[postern]`: there is nothing to sweep. */
function isForeign(rule: Rule): boolean {
  return rule.ruleId !== undefined;
}

function runExamples(rule: Rule, query: Query): readonly ExampleCheck[] {
  return rule.examples.map(({ name, expect, document }) => ({
    name,
    expect,
    got: WORDS[query.ask(exampleBody(rule, document))],
  }));
}

const WORDS: Readonly<Record<Answer, Example['expect']>> = { yes: 'match', no: 'no match', unknown: 'not evaluated' };

function exampleBody(rule: Rule, document: JsonObject): JsonObject {
  return rule.kind === 'event' ? ecsDocument(document) : { kind: rule.kind, ...document };
}

function exampleProblem({ name, expect, got }: ExampleCheck): readonly string[] {
  return expect === got ? [] : [`example "${name}": expected ${expect}, got ${got}`];
}

function* lacking(rule: Rule): Iterable<string> {
  if (rule.fix.text === '') yield 'postern.fix.text is missing: what is to be done?';
  if (rule.blindSpots.length === 0) yield 'postern.blind_spots is missing: what can the rule not see?';
  if (rule.references.length === 0) yield 'rule.references is missing';
  for (const url of rule.references.filter(each => !isHttps(each)))
    yield `rule.references: ${url} is not an https address`;
  for (const expect of ['match', 'no match'] as const) {
    if (!rule.examples.some(each => each.expect === expect))
      yield `postern.examples has none with expect = "${expect}"`;
  }
  for (const { severity, riskScore } of [rule, ...rule.severityWhen]) {
    if (riskScore < LEAST[severity] || riskScore > MOST[severity]) yield outOfBand(severity, riskScore);
  }
}

function isHttps(text: string): boolean {
  return URL.canParse(text) && new URL(text).protocol === 'https:';
}

/** Elastic's bands: low 21, medium 47, high 73, critical 99, and what lies up to each. */
const LEAST: Readonly<Record<Severity, number>> = { info: 0, low: 21, medium: 47, high: 73, critical: 99 };
const MOST: Readonly<Record<Severity, number>> = { info: 20, low: 46, medium: 72, high: 98, critical: 100 };

function outOfBand(severity: Severity, riskScore: number): string {
  return `risk score ${riskScore} is not ${severity}: ${LEAST[severity]} to ${MOST[severity]} is`;
}
