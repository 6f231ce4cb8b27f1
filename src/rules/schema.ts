import * as v from 'valibot';
import type { Json, JsonObject } from '../documents/document.ts';
import { SEVERITIES } from '../findings/finding.ts';

/**
 * What a rule file must look like. Elastic's tables are open: they hold much that Postern has no use for. Postern's own
 * table is closed, so that a slip of the pen is found.
 */

const text = v.pipe(v.string('must be text'), v.trim(), v.nonEmpty('must not be empty'));
const texts = v.optional(v.array(text, 'must be a list of texts'), []);
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

const Postern = v.strictObject({
  blind_spots: texts,
  fix: v.optional(v.strictObject({ text, cli: v.optional(text), terraform: v.optional(text) })),
  severity_when: v.optional(v.array(v.strictObject({ query: text, severity, risk_score: riskScore })), []),
  examples: v.optional(
    v.array(
      v.strictObject({
        name: text,
        expect: v.picklist(['match', 'no match', 'not evaluated'], 'must be match, no match or not evaluated'),
        document: jsonObject,
      }),
    ),
    [],
  ),
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
    interval: v.optional(text),
    note: v.optional(text),
    references: texts,
    false_positives: texts,
    tags: texts,
    threat: v.optional(v.array(Threat), []),
    investigation_fields: v.optional(v.looseObject({ field_names: texts }), { field_names: [] }),
  }),
  postern: v.optional(Postern, {}),
});

export type RuleFile = v.InferOutput<typeof RuleFile>;
