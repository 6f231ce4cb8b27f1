import { ecsDocument } from '../cloudtrail/ecs.ts';
import type { JsonObject } from '../documents/document.ts';
import { textAt } from '../documents/path.ts';
import type { Severity } from '../findings/finding.ts';
import type { Answer } from '../query/query.ts';
import { detectorOf, isOverTime } from './detect/detectorOf.ts';
import { headOf, NOBODY } from './head.ts';
import type { RuleProblem } from './problem.ts';
import type { Example, Rule } from './rule.ts';

/** What came of checking one rule: its examples run, and what its file lacks. Good when `problems` is empty. */
export interface RuleCheck {
  readonly rule: string;
  readonly file: string;
  readonly rule_id: string | null;
  readonly name: string | null;
  readonly type: string | null;
  readonly language: string | null;
  readonly status: 'runs' | 'not runnable offline' | 'problem';
  /** Why it does not simply run. */
  readonly reason: string | null;
  /** Fields it reads that no log file gives: where one decides, the rule is not evaluated. */
  readonly fieldsNotDerivable: readonly string[];
  /** What else it asks for: `history of 10d`, `data events`. */
  readonly needs: readonly string[];
  /** What its author should know; no fault. */
  readonly notes: readonly string[];
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

/** What a check tells of a file whose rule does not load, or of a path that could not be read: then `rule` is null. */
export type FileCheck = Omit<RuleCheck, 'rule' | 'unsupported'> & { readonly rule: string | null };

/** One for each file, in the order of their first problems. */
export function brokenFiles(problems: readonly RuleProblem[]): readonly FileCheck[] {
  const files = new Map<string, RuleProblem[]>();
  for (const problem of problems) files.set(problem.file, [...(files.get(problem.file) ?? []), problem]);
  return [...files.values()].map(brokenFile);
}

function brokenFile(problems: readonly RuleProblem[]): FileCheck {
  const { rule = null, file } = problems[0]!;
  const messages = problems.map(({ line, message }) => (line === undefined ? message : `line ${line}: ${message}`));
  return {
    rule,
    file,
    ...(rule === null ? NOBODY : headOf(file)),
    status: 'problem',
    reason: messages[0]!,
    fieldsNotDerivable: [],
    needs: [],
    notes: [],
    examples: [],
    problems: messages,
  };
}

function checkRule(rule: Rule): RuleCheck {
  const unsupported = 'unsupported' in rule.run ? rule.run.unsupported : undefined;
  const misplaced = rule.examples.flatMap(example => timeProblems(rule, example));
  const runs = unsupported === undefined && misplaced.length === 0;
  const examples = runs ? rule.examples.map(example => runExample(rule, example)) : [];
  const problems = [...misplaced, ...examples.flatMap(exampleProblem), ...(isForeign(rule) ? [] : lacking(rule))];
  return {
    rule: rule.id,
    file: rule.file,
    rule_id: rule.ruleId ?? null,
    name: rule.name,
    type: rule.type,
    language: rule.language === '' ? null : rule.language,
    status: problems.length > 0 ? 'problem' : unsupported === undefined ? 'runs' : 'not runnable offline',
    reason: problems[0] ?? unsupported ?? null,
    fieldsNotDerivable: rule.offline.fieldsNotDerivable,
    needs: rule.offline.needs,
    notes: rule.offline.notes,
    unsupported,
    examples,
    problems,
  };
}

/** Elastic's rules carry an id of their own and none of `[postern]`: there is nothing to sweep. */
function isForeign(rule: Rule): boolean {
  return rule.ruleId !== undefined;
}

function runExample(rule: Rule, { name, expect, documents }: Example): ExampleCheck {
  const got = rule.kind === 'event' ? saidOfLast(rule, documents) : saidOf(rule, documents.at(-1)!);
  return { name, expect, got };
}

const WORDS: Readonly<Record<Answer, Example['expect']>> = { yes: 'match', no: 'no match', unknown: 'not evaluated' };

function saidOf({ kind, run }: Rule, document: JsonObject): Example['expect'] {
  return 'query' in run ? WORDS[run.query.ask({ kind, ...document })] : 'no match';
}

/** The last record is judged with all that came before it. */
function saidOfLast(rule: Rule, records: readonly JsonObject[]): Example['expect'] {
  const detector = detectorOf(rule);
  const events = records.map(eventOf);
  const said = [...events.flatMap(event => detector.push(event)), ...detector.end()]
    .filter(({ event }) => event === events.at(-1))
    .map(({ status }) => status);
  return said.includes('match') ? 'match' : (said[0] ?? 'no match');
}

function eventOf(record: JsonObject, place: number) {
  const document = ecsDocument(record);
  const [time, id] = [Date.parse(textAt(document, '@timestamp') ?? ''), String(place).padStart(6, '0')];
  return { time, id, about: { time, id }, document };
}

function exampleProblem({ name, expect, got }: ExampleCheck): readonly string[] {
  return expect === got ? [] : [`example "${name}": expected ${expect}, got ${got}`];
}

/** Whoever looks at several events must know when they were. */
function timeProblems(rule: Rule, { name, documents }: Example): readonly string[] {
  if (!isOverTime(rule))
    return documents.length > 1 ? [`example "${name}": the rule looks at one document, not at several`] : [];
  const times = documents.map((record, place) => eventOf(record, place).time);
  if (times.some(Number.isNaN)) return [`example "${name}": a document has no eventTime`];
  return times.every((time, at) => at === 0 || times[at - 1]! <= time)
    ? []
    : [`example "${name}": the documents are not in the order of their times`];
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
const LEAST: Readonly<Record<Severity, number>> = { info: 0, low: 1, medium: 22, high: 48, critical: 74 };
const MOST: Readonly<Record<Severity, number>> = { info: 20, low: 21, medium: 47, high: 73, critical: 100 };

function outOfBand(severity: Severity, riskScore: number): string {
  return `risk score ${riskScore} is not ${severity}: ${LEAST[severity]} to ${MOST[severity]} is`;
}
