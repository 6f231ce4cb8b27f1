import type { RuleCheck } from '../rules/check.ts';
import type { RuleProblem } from '../rules/problem.ts';
import type { Example, Rule, Run, Suppression, Tactic } from '../rules/rule.ts';
import { printable, printableBlock, safeJson } from './printable.ts';
import { SEVERITY_LABELS } from './severity.ts';
import { counted } from './summary.ts';
import { columns, wrapped, wrappedBlock } from './wrap.ts';

const WIDTH = 100;

/** `postern rules`: one line a rule, then those that this version cannot run, and why. */
export function rulesText(rules: readonly Rule[]): string {
  const rows = rules.map(rule => [
    printable(rule.id),
    SEVERITY_LABELS[rule.severity],
    about(rule),
    typeOf(rule),
    printable(rule.name),
  ]);
  return text([
    ...columns([['rule', '   severity', 'about', 'type', 'name'], ...rows]),
    ...notRunLines(rules),
    '',
    rules.length === 1 ? '1 rule' : `${rules.length} rules`,
  ]);
}

/** `postern rules check`: each rule with how its examples went, then those that do not load; a count at the end. */
export function checkText(checks: readonly RuleCheck[], unreadable: readonly RuleProblem[] = []): string {
  const files = new Set(unreadable.flatMap(({ rule, file }) => (rule === undefined ? [] : [file]))).size;
  const paths = unreadable.filter(({ rule }) => rule === undefined).length;
  const bad = files + checks.filter(check => check.problems.length > 0).length;
  const notRun = checks.filter(check => check.unsupported !== undefined).length;
  return text([
    ...checks.flatMap(checkLines),
    ...unreadable.flatMap(problemLines),
    '',
    `Rules: ${checks.length + files} checked, ${bad} with problems, ${notRun} not run.${paths === 0 ? '' : ` ${counted(paths, 'path')} could not be read.`}`,
  ]);
}

type Offline = Pick<RuleCheck, 'needs' | 'fieldsNotDerivable' | 'notes'>;

function checkLines({ rule, file, unsupported, examples, problems, ...about }: RuleCheck): string[] {
  const id = printable(rule);
  if (problems.length > 0) return [`! ${id}  ${printable(file)}`, ...problems.flatMap(bullet)];
  if (unsupported !== undefined) return [`? ${id}  not run: ${printable(unsupported)}`];
  return [`  ${id}  ${counted(examples.length, 'example')} as expected`, ...offlineBullets(about)];
}

/** What running the rule over log files lacks, and what is odd about it. */
function offlineBullets({ needs, fieldsNotDerivable, notes }: Offline): string[] {
  const facts = [
    ...(needs.length === 0 ? [] : [`needs ${needs.join(', ')}`]),
    ...(fieldsNotDerivable.length === 0 ? [] : [`no log file gives ${fieldsNotDerivable.join(', ')}`]),
    ...notes,
  ];
  return facts.flatMap(bullet);
}

function problemLines({ file, line, message }: RuleProblem): string[] {
  const where = printable(line === undefined ? file : `${file}:${line}`);
  return [
    `! ${where}`,
    ...printableBlock(message)
      .split('\n')
      .map(part => `    ${part}`),
  ];
}

/** `postern rules explain ID`: the whole rule, in the order what, why, how it decides, how to fix, what it cannot see. */
export function explainText(rule: Rule): string {
  return text([
    printable(rule.name),
    ...section('Rule', factLines(rule)),
    ...section('What is wrong, and why it matters', paragraphs(rule.description)),
    ...section(`Query (${printable(rule.language)})`, indented(rule.queryText)),
    ...section('Severity by circumstance: the first that holds', severityLines(rule)),
    ...section('MITRE ATT&CK', rule.threat.flatMap(tacticLines)),
    ...section('Fix', paragraphs(rule.fix.text)),
    ...section('Fix with the AWS CLI', indented(rule.fix.cli ?? '')),
    ...section('Fix in Terraform', indented(rule.fix.terraform ?? '')),
    ...section('What it cannot see', rule.blindSpots.flatMap(bullet)),
    ...section('False positives', rule.falsePositives.flatMap(bullet)),
    ...section('Triage', paragraphs(rule.note ?? '')),
    ...section('References', rule.references.flatMap(bullet)),
    ...section('Over log files', offlineBullets(rule.offline)),
    ...section('Examples', rule.examples.flatMap(exampleLines)),
  ]);
}

function text(lines: readonly string[]): string {
  return `${lines.map(line => line.trimEnd()).join('\n')}\n`;
}

function about({ kind }: Rule): string {
  return kind.replace('_', ' ');
}

function typeOf({ type, language, run }: Rule): string {
  const kind = printable(type === language || language === '' ? type : `${type} ${language}`);
  return 'unsupported' in run ? `${kind}, not run` : kind;
}

function notRunLines(rules: readonly Rule[]): string[] {
  const lines = rules.flatMap(({ id, run }) =>
    'unsupported' in run ? wrapped(`${printable(id)}: ${printable(run.unsupported)}`, WIDTH, '   ') : [],
  );
  return lines.length === 0 ? [] : ['', 'Not run', ...lines];
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', title, ...lines];
}

function factLines(rule: Rule): string[] {
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['id', rule.id],
    ['file', rule.file],
    ['severity', `${rule.severity}, risk score ${rule.riskScore}`],
    ['about', about(rule)],
    ['type', typeOf(rule)],
    ['not run', 'unsupported' in rule.run ? rule.run.unsupported : undefined],
    ['speaks of', overTimeOf(rule.run)],
    ['suppressed', rule.suppression && suppressionOf(rule.suppression)],
    ['tier', rule.buildingBlock ? 'building block: part of other rules, of little weight by itself' : undefined],
    ['rule id', rule.ruleId],
    ['upstream', rule.upstream && `${rule.upstream.project} ${rule.upstream.ruleId}, version ${rule.upstream.version}`],
    ['schedule', scheduleOf(rule)],
    ['tags', rule.tags.length === 0 ? undefined : rule.tags.join(', ')],
  ];
  return columns(facts.flatMap(([name, value]) => (value === undefined ? [] : [[`  ${name}`, printable(value)]])));
}

function overTimeOf(run: Run): string | undefined {
  if ('sequence' in run) return `${counted(run.sequence.steps.length, 'event')} in a row`;
  if (!('over' in run)) return undefined;
  const { over } = run;
  const fields = over.fields.join(', ');
  if (over.kind === 'new_terms') return `values of ${fields} not seen for ${spanOf(over.historyMs)}`;
  const alike = fields === '' ? '' : ` alike in ${fields}`;
  const { cardinality } = over;
  const different =
    cardinality === undefined ? '' : `, with ${cardinality.value} values of ${cardinality.field} or more`;
  return `${over.value} events or more${alike} in ${spanOf(over.windowMs)}${different}`;
}

function suppressionOf({ groupBy, durationMs }: Suppression): string {
  const alike = groupBy.length === 0 ? '' : `of the same ${groupBy.join(', ')} `;
  return `matches ${alike}within ${spanOf(durationMs)} of the first are counted there`;
}

/** In the largest unit that it is a whole number of: `10d`, `6m`, `90s`. */
function spanOf(ms: number): string {
  const [unit, length] = SPANS.find(([, each]) => ms % each === 0) ?? ['ms', 1];
  return `${ms / length}${unit}`;
}

const SPANS: readonly (readonly [string, number])[] = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
];

function scheduleOf({ from, interval }: Rule): string | undefined {
  const parts = [from && `events from ${from}`, interval && `every ${interval}`].filter(part => part !== undefined);
  return parts.length === 0 ? undefined : parts.join(', ');
}

function severityLines({ severityWhen, severity, riskScore }: Rule): string[] {
  if (severityWhen.length === 0) return [];
  return [
    ...severityWhen.flatMap((when, i) => [
      `  ${i + 1}. ${when.severity}, risk score ${when.riskScore}, when`,
      ...indented(when.query.text).map(line => `     ${line}`),
    ]),
    `  ${severityWhen.length + 1}. ${severity}, risk score ${riskScore}, otherwise`,
  ];
}

function tacticLines({ tactic, techniques }: Tactic): string[] {
  return [
    `  ${printable(`${tactic.id} ${tactic.name}`)}`,
    ...techniques.flatMap(technique => [
      `    ${printable(`${technique.id} ${technique.name}`)}`,
      ...technique.subtechniques.map(sub => `      ${printable(`${sub.id} ${sub.name}`)}`),
    ]),
  ];
}

function exampleLines({ name, expect, documents }: Example): string[] {
  return [
    `  ${expect}: ${printable(name)}`,
    ...documents.flatMap(document => safeJson(document, 2).split('\n')).map(line => `    ${line}`),
  ];
}

function bullet(item: string): string[] {
  const [first = '', ...rest] = wrappedBlock(printableBlock(item), WIDTH, '    ');
  return [`  - ${first.trimStart()}`, ...rest];
}

function paragraphs(block: string): string[] {
  return block.trim() === '' ? [] : wrappedBlock(printableBlock(block.trim()), WIDTH, '  ');
}

function indented(block: string): string[] {
  return block.trim() === ''
    ? []
    : printableBlock(block.trim())
        .split('\n')
        .map(line => `  ${line}`);
}
