import type { DocumentKind } from '../documents/document.ts';
import { DEFAULT_FROM, DEFAULT_INTERVAL_MS, DEFAULT_TO, intervalMs, lookbackMs } from './lookback.ts';
import type { QueryReader } from './queries.ts';
import type { NewTerms, Run, Suppression, Threshold } from './rule.ts';
import type { RuleFile } from './schema.ts';

type FileRule = RuleFile['rule'];

/** What a rule asks, and of how many events. Undefined members are problems that have been told. */
export interface RunReading {
  readonly run: Run | undefined;
  readonly suppression: Suppression | undefined;
  /** How far back it looks for what is new: `10d`. */
  readonly history: string | undefined;
  readonly notes: readonly string[];
}

export interface RunContext {
  readonly kind: DocumentKind;
  readonly now: Date;
  readonly queries: QueryReader;
  /** Tells a problem with a key of `[rule]`. */
  readonly problem: (path: readonly string[], message: string) => undefined;
}

const NOT_RUNNABLE = 'not runnable offline:';

const LANGUAGES: ReadonlyMap<string, string> = new Map([
  ['query', 'kuery'],
  ['new_terms', 'kuery'],
  ['threshold', 'kuery'],
  ['eql', 'eql'],
  ['esql', 'esql'],
]);

/** The language that a rule is in; that of its type when it does not say. */
export function languageOf({ type, language }: Pick<FileRule, 'type' | 'language'>): string {
  return language ?? LANGUAGES.get(type) ?? '';
}

/** Why Postern cannot run a rule of this type and language; undefined when it can. */
export function notRunnable(rule: Pick<FileRule, 'type' | 'language' | 'filters'>): string | undefined {
  const { type } = rule;
  const language = languageOf(rule);
  if (language === 'esql') return `${NOT_RUNNABLE} ES|QL`;
  if (type === 'machine_learning') return `${NOT_RUNNABLE} machine learning`;
  if (!LANGUAGES.has(type)) return `${NOT_RUNNABLE} rules of type ${type}`;
  if (language !== LANGUAGES.get(type)) return `${NOT_RUNNABLE} ${type} rules in ${language}`;
  return rule.filters.length === 0 ? undefined : `${NOT_RUNNABLE} rules with filters beside the query`;
}

/** How a rule runs, from what its file says. Its problems go to `context`, those of its queries to their reader. */
export function runOf(rule: FileRule, context: RunContext): RunReading {
  const run = RUNS.get(rule.type)!(rule, context);
  const suppression = suppressionOf(rule, context);
  const isOverTime = run !== undefined && ('over' in run || 'sequence' in run || suppression !== undefined);
  if (isOverTime && context.kind !== 'event')
    context.problem(['type'], 'only a rule about events can look at several of them');
  return { run, suppression, history: historyOf(rule), notes: spanNotes(rule, run, context) };
}

const RUNS: ReadonlyMap<string, (rule: FileRule, context: RunContext) => Run | undefined> = new Map([
  ['query', queryRun],
  ['eql', eqlRun],
  ['new_terms', newTermsRun],
  ['threshold', thresholdRun],
]);

function queryRun(rule: FileRule, { queries }: RunContext): Run | undefined {
  const query = queries.kql(rule.query);
  return query && { query };
}

/** Elastic's engine sees a sequence inside one run's window alone: without a maxspan, that bounds it. */
function eqlRun(rule: FileRule, context: RunContext): Run | undefined {
  const eql = context.queries.eql(rule.query, {
    categoryField: rule.event_category_override,
    tiebreakerField: rule.tiebreaker_field,
  });
  if (eql === undefined) return undefined;
  if (eql.kind === 'event') return { query: eql.query };
  if (eql.maxspanMs !== undefined) return { sequence: eql };
  const maxspanMs = windowOf(rule, context);
  return maxspanMs === undefined ? undefined : { sequence: { ...eql, maxspanMs } };
}

function newTermsRun(rule: FileRule, context: RunContext): Run | undefined {
  const { queries, now, problem } = context;
  const query = queries.kql(rule.query);
  const { new_terms: table } = rule;
  if (table === undefined) return problem(['new_terms'], 'is missing');
  queries.fields(table.value, ['rule', 'new_terms', 'value']);
  const history = table.history_window_start[0]!.value;
  const historyMs = lookbackMs(history, 'now', now);
  if (historyMs === undefined) return problem(['new_terms', 'history_window_start'], noTime(history));
  const over: NewTerms = { kind: 'new_terms', fields: table.value, historyMs };
  return query && { query, over };
}

function historyOf({ type, new_terms: table }: FileRule): string | undefined {
  return type === 'new_terms' ? table?.history_window_start[0]?.value.replace(/^now-/, '') : undefined;
}

function thresholdRun(rule: FileRule, context: RunContext): Run | undefined {
  const { queries, problem } = context;
  const query = queries.kql(rule.query);
  const { threshold: table } = rule;
  if (table === undefined) return problem(['threshold'], 'is missing');
  const fields = [table.field].flat();
  const [cardinality] = table.cardinality;
  queries.fields(fields, ['rule', 'threshold', 'field']);
  queries.fields(cardinality === undefined ? [] : [cardinality.field], ['rule', 'threshold', 'cardinality', 'field']);
  const windowMs = windowOf(rule, context);
  if (windowMs === undefined) return undefined;
  const over: Threshold = {
    kind: 'threshold',
    fields,
    value: table.value,
    cardinality: cardinality && { field: cardinality.field, value: cardinality.value },
    windowMs,
  };
  return query && { query, over };
}

/** How far one run of Elastic's engine looks back. */
function windowOf(
  { from = DEFAULT_FROM, to = DEFAULT_TO }: FileRule,
  { now, problem }: RunContext,
): number | undefined {
  return lookbackMs(from, to, now) ?? problem(['from'], noTime(from));
}

function noTime(text: string): string {
  return `${JSON.stringify(text)} is no time before now: write now-10d, without rounding`;
}

function suppressionOf(rule: FileRule, { queries, now, problem }: RunContext): Suppression | undefined {
  const { alert_suppression: table } = rule;
  if (table === undefined) return undefined;
  if (table.group_by.length === 0 && rule.type !== 'threshold')
    return problem(['alert_suppression'], 'must say with group_by which matches are alike');
  queries.fields(table.group_by, ['rule', 'alert_suppression', 'group_by']);
  const { duration, missing_fields_strategy: missing } = table;
  const durationMs =
    duration === undefined ? everyRun(rule, now) : intervalMs(`${duration.value}${duration.unit}`, now);
  if (durationMs === undefined)
    return problem(['interval'], `${JSON.stringify(rule.interval)} is no interval: write 5m`);
  return { groupBy: table.group_by, durationMs, missing };
}

/** Without a duration Elastic tells one match of a group in each run: here, in each time from run to run. */
function everyRun({ interval }: FileRule, now: Date): number | undefined {
  return interval === undefined ? DEFAULT_INTERVAL_MS : intervalMs(interval, now);
}

function spanNotes({ from = DEFAULT_FROM, to = DEFAULT_TO }: FileRule, run: Run | undefined, { now }: RunContext) {
  if (run === undefined || !('sequence' in run)) return [];
  const windowMs = lookbackMs(from, to, now);
  if (windowMs === undefined || windowMs >= run.sequence.maxspanMs!) return [];
  return [`the sequence may take longer than Elastic looks back (from = "${from}"): Postern finds those too`];
}
