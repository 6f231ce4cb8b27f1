import { parse, TomlError } from 'smol-toml';
import * as v from 'valibot';
import type { DocumentKind } from '../documents/document.ts';
import { vocabularyFor } from '../documents/fields.ts';
import { UserError } from '../errors.ts';
import { compileKql } from '../query/kql.ts';
import type { Query } from '../query/query.ts';
import { type Places, placesIn, type RuleProblem, ruleIdOf } from './problem.ts';
import { unwrapped } from './prose.ts';
import type { Rule, Tactic } from './rule.ts';
import { kindOf } from './ruleKind.ts';
import { RuleFile } from './schema.ts';
import { strayHint } from './strayFields.ts';

/** A rule file's rule, or what is wrong with it: the first things, and how many more. `now` is what `now` means in its queries. */
export function readRule({ file, text }: { readonly file: string; readonly text: string }, now: Date): RuleReading {
  const reading = wholeReading({ file, text, places: placesIn(text), now });
  return 'problems' in reading ? { problems: firstOf(reading.problems) } : reading;
}

export type RuleReading = { readonly rule: Rule } | { readonly problems: readonly RuleProblem[] };

function wholeReading(context: Context): RuleReading {
  const parsed = tomlOf(context);
  if ('problems' in parsed) return parsed;
  const checked = v.safeParse(RuleFile, parsed.toml);
  if (!checked.success) return { problems: checked.issues.map(issue => shapeProblem(context, issue)) };
  return ruleOf(checked.output, context);
}

/** More than anybody mends before looking again. */
const MOST_PROBLEMS = 20;

function firstOf(problems: readonly RuleProblem[]): readonly RuleProblem[] {
  const few = problems.slice(0, MOST_PROBLEMS).map(problem => ({ ...problem, message: narrowed(problem.message) }));
  const [{ rule, file } = {}] = few;
  const more = problems.length - few.length;
  if (more === 0 || file === undefined) return few;
  const message = `and ${more} more ${more === 1 ? 'problem' : 'problems'} in this file`;
  return [...few, { rule, file, line: undefined, message }];
}

const LONGEST_LINE = 1000;

/** Messages show lines of the file, which may be of any length. */
function narrowed(message: string): string {
  return message
    .split('\n')
    .map(line => (line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE)}…` : line))
    .join('\n');
}

interface Context {
  readonly file: string;
  readonly text: string;
  readonly places: Places;
  readonly now: Date;
}

function tomlOf({ file, text }: Context): { readonly toml: unknown } | { readonly problems: readonly RuleProblem[] } {
  try {
    return { toml: parse(text) };
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    return { problems: [{ rule: ruleIdOf(file), file, line: error.line, message: error.message.trimEnd() }] };
  }
}

function shapeProblem(context: Context, issue: v.BaseIssue<unknown>): RuleProblem {
  const path = (issue.path ?? [])
    .map(part => part.key)
    .filter(key => typeof key === 'string' || typeof key === 'number');
  const said = issue.message.startsWith('Invalid') ? shapeMessage(issue) : issue.message;
  return { ...at(context, path), message: `${path.join('.')}: ${said}` };
}

/** valibot's own words, for what the schema has none for: something missing, something too many, something else. */
function shapeMessage(issue: v.BaseIssue<unknown>): string {
  if (issue.received === 'undefined') return 'is missing';
  return issue.expected === 'never' ? 'is not known here' : `must be ${issue.expected}, is ${issue.received}`;
}

function ruleOf(file: RuleFile, context: Context): RuleReading {
  const { rule, postern } = file;
  const about = kindOf(rule.index);
  if ('problem' in about) return { problems: [{ ...at(context, ['rule', 'index']), message: about.problem }] };
  const kind = 'kind' in about ? about.kind : 'event';
  const problems: RuleProblem[] = [];
  const compile = (text: string) => compiled(text, kind, context, problems);
  const unsupported = 'elsewhere' in about ? about.elsewhere : notSupported(rule);
  const run = unsupported === undefined ? compile(rule.query) : { unsupported };
  const severityWhen = (postern.severity_when ?? []).flatMap(({ query, severity, risk_score: riskScore }) => {
    const when = compile(query);
    return when === undefined ? [] : [{ query: when.query, severity, riskScore }];
  });
  if (run === undefined || problems.length > 0) return { problems };
  return {
    rule: {
      ...saidBy(file),
      id: ruleIdOf(context.file),
      file: context.file,
      kind,
      run,
      severityWhen,
      evidenceFields: evidenceFields(file, run),
    },
  };
}

/** What the file says in so many words. */
function saidBy({
  rule,
  postern,
  metadata,
}: RuleFile): Omit<Rule, 'id' | 'file' | 'kind' | 'run' | 'severityWhen' | 'evidenceFields'> {
  const { fix, blind_spots: blindSpots = [], examples = [] } = postern;
  const { upstream } = metadata;
  return {
    name: rule.name,
    description: unwrapped(rule.description),
    severity: rule.severity,
    riskScore: rule.risk_score,
    ruleId: rule.rule_id,
    type: rule.type,
    language: rule.language ?? '',
    queryText: rule.query.trim(),
    from: rule.from,
    interval: rule.interval,
    threat: rule.threat.map(tacticOf),
    references: rule.references,
    falsePositives: rule.false_positives.map(unwrapped),
    note: rule.note && unwrapped(rule.note),
    fix: { text: unwrapped(fix?.text ?? ''), cli: fix?.cli, terraform: fix?.terraform },
    blindSpots: blindSpots.map(unwrapped),
    examples,
    upstream: upstream && { project: upstream.project, ruleId: upstream.rule_id, version: upstream.version },
    tags: rule.tags,
  };
}

/** Elastic's kinds of rules that this version cannot run. */
function notSupported({ type, language = type }: RuleFile['rule']): string | undefined {
  if (type !== 'query' && type !== 'eql' && type !== 'esql') return `not supported yet: rules of type ${type}`;
  return language === 'kuery' ? undefined : `not supported yet: ${language}`;
}

/** Undefined when the query has a problem, which is then in `problems`. KQL's empty query would match everything. */
function compiled(
  written: string,
  kind: DocumentKind,
  context: Context,
  problems: RuleProblem[],
): { readonly query: Query } | undefined {
  const text = written.trim();
  if (text === '') {
    problems.push({ ...at(context, ['rule', 'query']), message: 'rule.query: is missing or empty' });
    return undefined;
  }
  const { file, places, now } = context;
  const line = places.lineOfText(text);
  try {
    return {
      query: compileKql(text, { vocabulary: vocabularyFor(kind), now, file, ...(line === undefined ? {} : { line }) }),
    };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const hint = strayHint(text, kind, now) ?? error.hint;
    const message = hint === undefined ? error.message : `${error.message}\n${hint}`;
    problems.push({ rule: ruleIdOf(file), file, line: lineWithin(error.where, file) ?? line, message });
    return undefined;
  }
}

/** From `file:line:column`. */
function lineWithin(where: string | undefined, file: string): number | undefined {
  const line = Number.parseInt(where?.slice(file.length + 1) ?? '', 10);
  return Number.isNaN(line) ? undefined : line;
}

function at({ file, places }: Context, path: readonly (string | number)[]): Omit<RuleProblem, 'message'> {
  return { rule: ruleIdOf(file), file, line: places.lineOfKey(path) };
}

function tacticOf(threat: RuleFile['rule']['threat'][number]): Tactic {
  return {
    framework: threat.framework,
    tactic: referenceOf(threat.tactic),
    techniques: threat.technique.map(technique => ({
      ...referenceOf(technique),
      subtechniques: technique.subtechnique.map(referenceOf),
    })),
  };
}

function referenceOf({ id, name, reference = '' }: { id: string; name: string; reference?: string | undefined }) {
  return { id, name, reference };
}

function evidenceFields({ rule }: RuleFile, run: Rule['run']): readonly string[] {
  const named = rule.investigation_fields.field_names;
  if (named.length > 0) return named;
  return 'query' in run ? run.query.fields : [];
}
