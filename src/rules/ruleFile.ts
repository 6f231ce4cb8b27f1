import { parse, TomlError } from 'smol-toml';
import * as v from 'valibot';
import type { Locate } from '../cloudtrail/locate.ts';
import { onOneLine, tomlKey } from '../toml/escape.ts';
import { narrowed } from '../toml/narrowed.ts';
import { type Places, placesIn } from '../toml/places.ts';
import { fieldsOf, offlineOf } from './offline.ts';
import { type RuleProblem, ruleIdOf } from './problem.ts';
import { unwrapped } from './prose.ts';
import { queryReader } from './queries.ts';
import type { Rule, Tactic } from './rule.ts';
import { kindOf } from './ruleKind.ts';
import { languageOf, notRunnable, type RunReading, runOf } from './runOf.ts';
import { RuleFile } from './schema.ts';

/**
 * A rule file's rule, or what is wrong with it: the first things, and how many more. `now` is what `now` means in its queries; what
 * `locate` tells of an address is none of what the rule asks for in vain.
 */
export function readRule(
  { file, text }: { readonly file: string; readonly text: string },
  now: Date,
  locate?: Locate,
): RuleReading {
  const reading = wholeReading({ file, text, places: placesIn(text), now, locate });
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

interface Context {
  readonly file: string;
  readonly text: string;
  readonly places: Places;
  readonly now: Date;
  readonly locate: Locate | undefined;
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
  return { ...at(context, path), message: `${path.map(part => tomlKey(String(part))).join('.')}: ${said}` };
}

/** valibot's own words, for what the schema has none for: something missing, something too many, something else. */
function shapeMessage(issue: v.BaseIssue<unknown>): string {
  if (issue.received === 'undefined') return 'is missing';
  return issue.expected === 'never'
    ? 'is not known here'
    : `must be ${issue.expected}, is ${onOneLine(issue.received)}`;
}

function ruleOf(file: RuleFile, context: Context): RuleReading {
  const { rule, postern } = file;
  const about = kindOf(rule.index);
  if ('problem' in about) return { problems: [{ ...at(context, ['rule', 'index']), message: about.problem }] };
  const kind = 'kind' in about ? about.kind : 'event';
  const { file: path, places, now, locate } = context;
  const queries = queryReader({ kind, file: path, places, now, isForeign: kind === 'event' && isForeign(rule) });
  const unsupported = 'elsewhere' in about ? about.elsewhere : notRunnable(rule);
  const problems: RuleProblem[] = [];
  const problem = (keys: readonly string[], message: string) => {
    problems.push({ ...at(context, ['rule', ...keys]), message: `rule.${keys.join('.')}: ${message}` });
    return undefined;
  };
  const reading = unsupported === undefined ? runOf(rule, { kind, now, queries, problem }) : notRun(unsupported);
  const severityWhen = (postern.severity_when ?? []).flatMap(({ query, severity, risk_score: riskScore }) => {
    const when = queries.kql(query);
    return when === undefined ? [] : [{ query: when, severity, riskScore }];
  });
  const { run, suppression, history } = reading;
  problems.unshift(...queries.problems);
  if (run === undefined || problems.length > 0) return { problems };
  const notes = [...reading.notes, ...queries.notes];
  return {
    rule: {
      ...saidBy(file),
      id: ruleIdOf(path),
      file: path,
      kind,
      run,
      suppression,
      offline: offlineOf({ kind, run, suppression, unmapped: queries.unmapped, history, notes, locate }),
      severityWhen,
      evidenceFields: evidenceFields(file, run),
    },
  };
}

/** Elastic's rules, and those in its form, carry an id of their own. */
function isForeign({ rule_id: id }: RuleFile['rule']): boolean {
  return id !== undefined;
}

function notRun(unsupported: string): RunReading {
  return { run: { unsupported }, suppression: undefined, history: undefined, notes: [] };
}

/** What the file says in so many words. */
function saidBy({
  rule,
  postern,
  metadata,
}: RuleFile): Omit<
  Rule,
  'id' | 'file' | 'kind' | 'run' | 'suppression' | 'offline' | 'severityWhen' | 'evidenceFields'
> {
  const { fix, blind_spots: blindSpots = [], examples = [] } = postern;
  const { upstream } = metadata;
  return {
    name: rule.name,
    description: unwrapped(rule.description),
    severity: rule.severity,
    riskScore: rule.risk_score,
    ruleId: rule.rule_id,
    type: rule.type,
    language: languageOf(rule),
    queryText: rule.query.trim(),
    asked: askedBy(rule),
    from: rule.from,
    interval: rule.interval,
    buildingBlock: rule.building_block_type !== undefined,
    maxSignals: rule.max_signals,
    timestampOverride: rule.timestamp_override,
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

function askedBy(rule: RuleFile['rule']): string {
  const { type, query, from, to, interval, new_terms, threshold, alert_suppression, event_category_override } = rule;
  const inTime = { from, to, interval, new_terms, threshold, alert_suppression };
  const inEql = { event_category_override, tiebreaker_field: rule.tiebreaker_field };
  return JSON.stringify({ type, language: languageOf(rule), query: query.trim(), ...inTime, ...inEql });
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
  return named.length > 0 ? named : fieldsOf(run);
}
