import { type Head, recordOf } from '../cloudtrail/head.ts';
import { type Projection, projectionOf, unknown } from '../cloudtrail/projection.ts';
import type { CloudTrailRecord } from '../cloudtrail/record.ts';
import type { JsonObject } from '../documents/document.ts';
import { fieldsOf } from './offline.ts';
import { pinsOf, queriesOf } from './pins.ts';
import type { Rule } from './rule.ts';

/**
 * Whether a record can be any of a rule's business, decided from less than its document: the rule's own queries are asked, with
 * all fields that are not at hand unknown. A no is certain, for what is not known can only turn an unknown into something else.
 */
export interface Interest {
  inHead(head: Head): boolean;
  /** `length` is that of the record's JSON text, in bytes or in characters, where it is at hand. */
  inRecord(record: CloudTrailRecord, length: number | undefined): boolean;
  /**
   * A document of nothing but what the rule reads, where all of that is known without the whole document: it is as good for the
   * rule. Undefined otherwise.
   */
  outline(record: CloudTrailRecord, length: number | undefined): JsonObject | undefined;
  /** The members of a record that `inRecord` looks at; undefined: any. */
  readonly members: ReadonlySet<string> | undefined;
}

export function interestOf({ run, suppression }: Pick<Rule, 'run' | 'suppression'>): Interest {
  const queries = queriesOf(run);
  const fields = [...new Set(queries.flatMap(query => query.fields))].map(projected);
  if (fields.some(({ name }) => isAnything(name)))
    return { inHead: () => true, inRecord: () => true, outline: () => undefined, members: undefined };
  const names = pinsOf(run, 'event.action');
  const read = [...new Set([...fieldsOf(run), ...(suppression?.groupBy ?? [])])].map(projected);
  const mayBe = (document: object) => queries.some(query => query.ask(document) !== 'no');
  return {
    inHead(head) {
      if (names?.has(head.eventName) === false) return false;
      const { record, fields: decided } = recordOf(head);
      const atHand = fields.map(field => (decided.has(field.name) ? field : { ...field, projection: undefined }));
      return mayBe(outlineOf(atHand, record, undefined));
    },
    inRecord: (record, length) => mayBe(outlineOf(fields, record, length)),
    outline(record, length) {
      const outline = outlineOf(read, record, length);
      return outline.unknown.length === 0 ? outline : undefined;
    },
    members: new Set(fields.flatMap(({ projection }) => projection?.members ?? [])),
  };
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

/** A document of these fields alone. */
function outlineOf(fields: readonly Projected[], record: CloudTrailRecord, length: number | undefined): Outline {
  const outline = Object.create(null);
  const unknowns: string[] = [];
  for (const { name, projection } of fields) {
    const value = projection === undefined ? unknown : projection.of(record, length);
    if (value === unknown) unknowns.push(name);
    else if (value !== undefined) outline[name] = value;
  }
  outline.unknown = unknowns;
  return outline;
}
