import type { Json, JsonObject } from '../../../src/documents/document.ts';
import type { Detection, DetectorEvent } from '../../../src/rules/detect/detector.ts';
import { type DetectorOptions, detectorOf } from '../../../src/rules/detect/detectorOf.ts';
import type { Rule } from '../../../src/rules/rule.ts';
import { ruleFrom } from '../ruleText.ts';

/** A rule about events that match `event.action: A`, of a type and with that type's tables. */
export function eventRule({
  type,
  tables = '',
  query = 'event.action: A',
  settings = '',
}: {
  readonly type: string;
  readonly tables?: string;
  readonly query?: string;
  readonly settings?: string;
}): Rule {
  return ruleFrom(`[rule]
name = "A name"
description = "What and why."
severity = "low"
risk_score = 21
type = "${type}"
index = ["logs-aws.cloudtrail-*"]
query = '''${query}'''
rule_id = "x"
${settings}
${tables}
`);
}

/** When (`90s`, `5m`, `2h`, `3d` after midnight), which, and what it holds by dotted names; a member `unknown` lists what it does not know. */
export type Step = readonly [when: string, id: string, fields?: Readonly<Record<string, Json>>];

export const START = Date.parse('2026-11-01T00:00:00Z');
const UNITS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

export function timeOf(when: string): number {
  const [, amount, unit] = /^(-?[\d.]+)([smhd])$/.exec(when)!;
  return START + Number(amount) * UNITS[unit!]!;
}

export function eventOf([when, id, fields = {}]: Step): DetectorEvent {
  const time = timeOf(when);
  return {
    time,
    id,
    about: { time, id },
    document: {
      '@timestamp': new Date(time).toISOString(),
      'event.action': 'A',
      'event.id': id,
      ...fields,
    } as JsonObject,
  };
}

/** What the rule says, in the order in which it says it. */
export function detections(
  rule: Rule,
  steps: readonly Step[],
  options?: DetectorOptions,
): readonly Detection<DetectorEvent>[] {
  const detector = detectorOf(rule, options);
  return [...steps.map(eventOf).flatMap(event => detector.push(event)), ...detector.end()];
}

/** One line each: which event, how, and what is told. */
export function said(rule: Rule, steps: readonly Step[], options?: DetectorOptions): readonly string[] {
  return detections(rule, steps, options).map(({ status, missing, events, told }) => {
    const { new_terms: terms, history, threshold_result: result, suppressed, ungrouped } = told;
    return [
      events.map(({ id }) => id).join('>'),
      ...(status === 'match' ? [] : [`not evaluated (${missing.join()})`]),
      ...(terms === undefined ? [] : [terms.values.join('|')]),
      ...(history === undefined ? [] : [history]),
      ...(result === undefined ? [] : [resultText(result)]),
      ...(suppressed === undefined ? [] : [`+${suppressed}`]),
      ...(ungrouped === undefined ? [] : [`(${ungrouped.join()} not known)`]),
    ].join(' ');
  });
}

function resultText({
  terms,
  count,
  cardinality,
  from,
}: NonNullable<Detection<DetectorEvent>['told']['threshold_result']>) {
  const seconds = (Date.parse(from) - START) / 1000;
  return `${terms.map(term => term.value).join('|')}: ${count} from ${seconds}s${cardinality.map(each => `, ${each.value} ${each.field}`)}`;
}
