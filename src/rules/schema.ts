import * as v from 'valibot';
import type { Json, JsonObject } from '../documents/document.ts';
import { SEVERITIES } from '../findings/finding.ts';
import { MAX_PARTS } from '../query/lookup.ts';

/**
 * What a rule file must look like. Elastic's tables are open: they hold much that Postern has no use for. Postern's own
 * table is closed, so that a slip of the pen is found.
 */

const text = v.pipe(v.string('must be text'), v.trim(), v.nonEmpty('must not be empty'));
const texts = v.optional(v.array(text, 'must be a list of texts'), []);
/** Looking a name up takes the longer the more parts it has. */
const field = v.pipe(
  text,
  v.check(name => name.split('.').length <= MAX_PARTS, `must have ${MAX_PARTS} parts at most`),
);
const fields = v.array(field, 'must be a list of texts');
const severity = v.picklist(SEVERITIES, `must be one of ${SEVERITIES.join(', ')}`);
const riskScore = v.pipe(
  v.number('must be a number'),
  v.integer('must be a whole number'),
  v.minValue(0, 'must be 0 to 100'),
  v.maxValue(100, 'must be 0 to 100'),
);

const Named = { id: text, name: text, reference: v.optional(text) };

const Threat = v.looseObject({
  framework: text,
  tactic: v.looseObject(Named),
  technique: v.optional(
    v.array(v.looseObject({ ...Named, subtechnique: v.optional(v.array(v.looseObject(Named)), []) })),
    [],
  ),
});

/** TOML has dates, which JSON has not. */
function isJson(value: unknown): value is Json {
  if (Array.isArray(value)) return value.every(isJson);
  if (typeof value === 'object' && value !== null)
    return !(value instanceof Date) && Object.values(value).every(isJson);
  return ['string', 'number', 'boolean'].includes(typeof value);
}

function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && isJson(value);
}

const jsonObject = v.custom<JsonObject>(isJsonObject, 'must be a table of JSON values (write a date as text)');

const wholeNumber = v.pipe(
  v.number('must be a number'),
  v.integer('must be a whole number'),
  v.minValue(1, 'must be 1 or more'),
);
const upToThree = v.pipe(fields, v.maxLength(3, 'must be three fields at most'));

const NewTerms = v.looseObject({
  value: v.pipe(upToThree, v.minLength(1, 'must name a field')),
  history_window_start: v.pipe(
    v.array(v.looseObject({ value: text }), 'must be a list of tables'),
    v.minLength(1, 'must not be empty'),
  ),
});

const Threshold = v.looseObject({
  /** One field may stand by itself. */
  field: v.optional(v.union([fields, field], 'must be a list of names of fields'), []),
  value: wholeNumber,
  cardinality: v.optional(v.array(v.looseObject({ field, value: wholeNumber }), 'must be a list of tables'), []),
});

const Suppression = v.looseObject({
  group_by: v.optional(upToThree, []),
  duration: v.optional(
    v.looseObject({ value: wholeNumber, unit: v.picklist(['s', 'm', 'h', 'd'], 'must be s, m, h or d') }),
  ),
  missing_fields_strategy: v.optional(
    v.picklist(['suppress', 'doNotSuppress'], 'must be suppress or doNotSuppress'),
    'suppress',
  ),
});

const Example = v.pipe(
  v.strictObject({
    name: text,
    expect: v.picklist(['match', 'no match', 'not evaluated'], 'must be match, no match or not evaluated'),
    document: v.optional(jsonObject),
    documents: v.optional(v.pipe(v.array(jsonObject, 'must be a list of tables'), v.minLength(1, 'must not be empty'))),
  }),
  v.check(
    ({ document, documents }) => (document === undefined) !== (documents === undefined),
    'must have a document, or documents in time order',
  ),
  v.transform(({ name, expect, document, documents }) => ({
    name,
    expect,
    documents: documents ?? (document === undefined ? [] : [document]),
  })),
);

const Postern = v.strictObject({
  blind_spots: texts,
  fix: v.optional(v.strictObject({ text, cli: v.optional(text), terraform: v.optional(text) })),
  severity_when: v.optional(v.array(v.strictObject({ query: text, severity, risk_score: riskScore })), []),
  examples: v.optional(v.array(Example), []),
});

export const RuleFile = v.looseObject({
  metadata: v.optional(
    v.looseObject({
      upstream: v.optional(v.strictObject({ project: text, rule_id: text, version: text })),
    }),
    {},
  ),
  rule: v.looseObject({
    name: text,
    description: text,
    severity,
    risk_score: riskScore,
    type: text,
    language: v.optional(text),
    query: v.optional(v.string('must be text'), ''),
    index: texts,
    rule_id: v.optional(text),
    from: v.optional(text),
    to: v.optional(text),
    interval: v.optional(text),
    filters: v.optional(v.array(v.unknown()), []),
    max_signals: v.optional(wholeNumber),
    building_block_type: v.optional(text),
    timestamp_override: v.optional(text),
    event_category_override: v.optional(text),
    tiebreaker_field: v.optional(field),
    new_terms: v.optional(NewTerms),
    threshold: v.optional(Threshold),
    alert_suppression: v.optional(Suppression),
    note: v.optional(text),
    references: texts,
    false_positives: texts,
    tags: texts,
    threat: v.optional(v.array(Threat), []),
    investigation_fields: v.optional(v.looseObject({ field_names: v.optional(fields, []) }), { field_names: [] }),
  }),
  postern: v.optional(Postern, {}),
});

export type RuleFile = v.InferOutput<typeof RuleFile>;
