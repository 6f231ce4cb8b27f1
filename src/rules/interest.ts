import { type Head, recordOf } from '../cloudtrail/head.ts';
import { type Projection, projectionOf, unknown } from '../cloudtrail/projection.ts';
import type { CloudTrailRecord, Json } from '../cloudtrail/record.ts';
import type { JsonObject } from '../documents/document.ts';
import type { Asked, Query } from '../query/query.ts';
import { fieldsOf } from './offline.ts';
import { pinsOf, queriesOf } from './pins.ts';
import type { Rule } from './rule.ts';

/**
 * Whether a record can be any of a rule's business, decided from less than its document: the rule's own queries are asked, with
 * all fields that are not at hand unknown. A no is certain, for what is not known can only turn an unknown into something else.
 */
export interface Interest extends RecordInterest {
  /** What is left to be asked of the records of a head; undefined where none of them is any business of the rule's. */
  ofHead(head: Head): RecordInterest | undefined;
  /**
   * A document of nothing but what the rule reads, where all of that is known without the whole document: it is as good for the
   * rule. Undefined otherwise.
   */
  outline(record: CloudTrailRecord, length: number | undefined): JsonObject | undefined;
}

export interface RecordInterest {
  /** `length` is that of the record's JSON text, in bytes or in characters, where it is at hand. */
  inRecord(record: CloudTrailRecord, length: number | undefined): boolean;
  /** The members of a record that `inRecord` looks at; undefined: it is interested in any record. */
  readonly members: ReadonlySet<string> | undefined;
}

const IN_ANY: RecordInterest = { inRecord: () => true, members: undefined };

export function interestOf({ run, suppression }: Pick<Rule, 'run' | 'suppression'>): Interest {
  const queries = queriesOf(run);
  const fields = [...new Set(queries.flatMap(query => query.fields))].map(projected);
  if (fields.some(({ name }) => isAnything(name))) return { ...IN_ANY, ofHead: () => IN_ANY, outline: () => undefined };
  const names = pinsOf(run, 'event.action');
  const read = [...new Set([...fieldsOf(run), ...(suppression?.groupBy ?? [])])].map(projected);
  return {
    ...inRecords(
      queries.map(query => [query]),
      fields,
    ),
    ofHead(head) {
      if (names?.has(head.eventName) === false) return undefined;
      const { record, fields: decided } = recordOf(head);
      const known = fields.map(field => (decided.has(field.name) ? fixed(field, record) : field));
      const atHand = known.map(field => (decided.has(field.name) ? field : { ...field, projection: undefined }));
      const open = openIn(queries, outlineOf(atHand, record, undefined));
      if (open.length === 0) return undefined;
      return open.some(parts => parts.length === 0) ? IN_ANY : inRecords(open, known);
    },
    outline(record, length) {
      const outline = outlineOf(read, record, length);
      return outline.unknown.length === 0 ? outline : undefined;
    },
  };
}

/** Of each query that an outline does not say no to, what it does not say yes to. */
function openIn(queries: readonly Query[], outline: Outline): readonly (readonly Asked[])[] {
  return queries
    .map(({ parts, ...query }) =>
      (parts ?? [query])
        .map(part => ({ part, answer: part.ask(outline, outline.unknown) }))
        .filter(({ answer }) => answer !== 'yes'),
    )
    .filter(parts => parts.every(({ answer }) => answer !== 'no'))
    .map(parts => parts.map(({ part }) => part));
}

/** The records in which some list of questions has no answer that is no. */
function inRecords(questions: readonly (readonly Asked[])[], fields: readonly Projected[]): RecordInterest {
  const read = new Set(questions.flat().flatMap(question => question.fields));
  const needed = fields.filter(({ name }) => read.has(name));
  return {
    inRecord(record, length) {
      const outline = outlineOf(needed, record, length);
      return questions.some(parts => parts.every(part => part.ask(outline, outline.unknown) !== 'no'));
    },
    members: new Set(needed.flatMap(({ projection }) => projection?.members ?? [])),
  };
}

/** The field of all records that say the same of it. */
function fixed({ name, projection }: Projected, record: CloudTrailRecord): Projected {
  const value = projection?.of(record, undefined);
  return { name, projection: { members: [], of: () => value } };
}

/** A field that is named with a wildcard can be any; `unknown` is what a document says of itself. */
function isAnything(name: string): boolean {
  return name.includes('*') || name === 'unknown' || name.startsWith('unknown.');
}

interface Projected {
  readonly name: string;
  readonly projection: Projection | undefined;
}

function projected(name: string): Projected {
  return { name, projection: projectionOf(name) };
}

type Outline = JsonObject & { readonly unknown: readonly string[] };

/** A document of these fields alone. No field that has a projection is called `__proto__`. */
function outlineOf(fields: readonly Projected[], record: CloudTrailRecord, length: number | undefined): Outline {
  const outline: Record<string, Json> & { readonly unknown: string[] } = { unknown: [] };
  for (const { name, projection } of fields) {
    const value = projection === undefined ? unknown : projection.of(record, length);
    if (value === unknown) outline.unknown.push(name);
    else if (value !== undefined) outline[name] = value;
  }
  return outline;
}
