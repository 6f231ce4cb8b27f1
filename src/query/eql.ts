import { planOf } from './eql/condition.ts';
import { type EqlContext, type Field, fieldOf, refusal } from './eql/context.ts';
import { joinKeyOf, type KeyField } from './eql/join-key.ts';
import { parseEql } from './eql/parse.ts';
import { every, type Plan } from './eql/plan.ts';
import { categoryPlan } from './eql/predicate.ts';
import type { EqlQuery, EqlSequence, EqlStep } from './eql/query.ts';
import type { EventFilter, FieldName, SequenceStep, Statement } from './eql/tree.ts';
import { type Type, typeOfField } from './eql/values.ts';
import type { Query, Vocabulary } from './query.ts';
import { unknownOf } from './unknown.ts';

export type { EqlQuery, EqlSequence, EqlStep } from './eql/query.ts';
export {
  eventOrder,
  type SequenceEvent,
  type SequenceMatch,
  type SequenceMatcher,
  sequenceMatcher,
} from './eql/sequence.ts';

export interface EqlOptions {
  readonly vocabulary: Vocabulary;
  /** What `now` means in date math. */
  readonly now: Date;
  readonly file?: string | undefined;
  /** The file's line that holds the query's first line, from 1. */
  readonly line?: number | undefined;
  /** `ignore`: a field that does not exist, and a value that its field cannot hold, match nothing. Default `error`. */
  readonly unknownFields?: 'error' | 'ignore' | undefined;
  /** The field that `category where …` asks (a rule's event_category_override). Default event.category. */
  readonly categoryField?: string | undefined;
  /** Default @timestamp. Events are handed to `sequenceMatcher` with their time; here it is only named. */
  readonly timestampField?: string | undefined;
  /** Orders the events of one time in a sequence. */
  readonly tiebreakerField?: string | undefined;
  /**
   * Which Elasticsearch's division of work to follow. The index takes `*`, `?` and `\` in the text of stringContains and endsWith
   * as wildcards, and `not` of what it answers is yes where the field is missing; a script takes text as it is.
   * `7.10` (default): startsWith and stringContains of a field and a constant go to the index, and `not` of a script is no
   * where a field is missing. `7.15` and later: endsWith, and all three without case, go there too, and `not` of a script is
   * yes where a field is missing.
   */
  readonly translation?: '7.10' | '7.15' | undefined;
}

/**
 * An EQL query, ready to ask, with Elasticsearch's meaning for each field's type. Throws QueryError: the message holds the
 * line and a caret, the hint the nearest field names.
 */
export function compileEql(text: string, options: EqlOptions): EqlQuery {
  const { vocabulary, now, file, line, unknownFields = 'error', translation = '7.10' } = options;
  const place = { file, line };
  const statement = parseEql(text, place);
  const compiler: Compiler = {
    context: { text, place, vocabulary, now, unknownFields, translation },
    categoryField: options.categoryField ?? 'event.category',
  };
  if (statement.kind === 'event') return { kind: 'event', query: queryOf(text, statement.filter, compiler) };
  return sequenceOf(statement, options, compiler);
}

interface Compiler {
  readonly context: EqlContext;
  readonly categoryField: string;
}

function queryOf(text: string, filter: EventFilter, compiler: Compiler): Query {
  const { ask, fields, pins } = filterPlan(filter, compiler);
  return {
    text,
    fields: [...fields].sort(),
    pins(field) {
      const values = pins(field);
      return values === undefined ? undefined : [...values].sort();
    },
    ask: (document, unknown = unknownOf(document)) => ask({ value: document, unknown }),
  };
}

function filterPlan({ category, condition }: EventFilter, { context, categoryField }: Compiler): Plan {
  const asked = planOf(condition, context);
  if (category === null) return asked;
  const field = { kind: 'field', name: categoryField, optional: false, at: category.at } as const;
  return every([categoryPlan(category.name, field, context), asked]);
}

/** Steps are kept in memory per sequence that goes on. */
const MAX_STEPS = 256;

type SequenceStatement = Extract<Statement, { kind: 'sequence' }>;

function sequenceOf(statement: SequenceStatement, options: EqlOptions, compiler: Compiler): EqlSequence {
  refuseBadSequence(statement, compiler.context);
  const { timestampField = '@timestamp', tiebreakerField } = options;
  const steps = statement.steps.map(step => ({ ...stepOf(step, statement.by, compiler), runs: step.runs }));
  const until = statement.until === null ? undefined : stepOf(statement.until, statement.by, compiler);
  const all = until === undefined ? steps : [...steps, until];
  refuseUnlikeKeys(
    all.map(step => step.keys),
    compiler.context,
  );
  const joined = all.flatMap(step => step.keys).flatMap(({ field }) => (field === undefined ? [] : [field.name]));
  const asked = all.flatMap(step => step.step.query.fields);
  const fields = new Set([...asked, ...joined, ...(tiebreakerField === undefined ? [] : [tiebreakerField])]);
  return {
    kind: 'sequence',
    by: statement.by.map(field => field.name),
    maxspanMs: statement.maxspanMs ?? undefined,
    steps: steps.flatMap(({ step, runs }) => Array<EqlStep>(runs).fill(step)),
    until: until?.step,
    fields: [...fields].sort(),
    timestampField,
    tiebreakerField,
  };
}

function refuseBadSequence({ steps, until, at }: SequenceStatement, context: EqlContext): void {
  const count = steps.reduce((sum, step) => sum + step.runs, 0);
  if (count < 2) throw refusal(context, at, 'A sequence has two steps or more');
  if (count > MAX_STEPS)
    throw refusal(context, at, `A sequence has at most ${MAX_STEPS} steps, each of its runs counted`);
  const [first, ...rest] = until === null ? steps : [...steps, until];
  const odd = rest.find(step => step.by.length !== first!.by.length);
  if (odd !== undefined) {
    const message = `Every step is joined by as many fields: the first by ${first!.by.length}, this one by ${odd.by.length}`;
    throw refusal(context, odd.by[0]?.at ?? odd.at, message);
  }
}

/** Values of two types are never the same: the sequence would match nothing. */
function refuseUnlikeKeys([first = [], ...rest]: readonly (readonly KeyField[])[], context: EqlContext): void {
  for (const { field, at } of rest.flatMap(keys => keys.map((key, index) => ({ field: key.field, at: index })))) {
    const expected = typeOf(first[at]?.field);
    const type = typeOf(field);
    if (type === 'any' || expected === 'any' || type === expected || context.unknownFields === 'ignore') continue;
    throw refusal(
      context,
      field!.at,
      `${field!.name} is of another type than what it is joined to, ${first[at]!.field!.name}`,
    );
  }
}

function typeOf(field: Field | undefined): Type {
  return field?.mapping === undefined ? 'any' : typeOfField(field.mapping);
}

function stepOf(
  step: SequenceStep,
  by: readonly FieldName[],
  compiler: Compiler,
): { readonly step: EqlStep; readonly keys: readonly KeyField[] } {
  const { context } = compiler;
  const keys = [...by, ...step.by].map(name => ({ field: fieldOf(name, context), optional: name.optional }));
  const query = queryOf(step.filter.text, step.filter, compiler);
  return { step: { query, by: step.by.map(field => field.name), joinKey: joinKeyOf(keys) }, keys };
}
