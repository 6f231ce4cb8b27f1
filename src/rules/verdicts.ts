import type { Document } from '../documents/document.ts';
import { textAt } from '../documents/path.ts';
import type { Evidence } from '../findings/finding.ts';
import { groupedBy } from '../lists.ts';
import { oncePer } from '../memo/oncePer.ts';
import { askerOf } from './asked.ts';
import { type Detection, type DetectorEvent, inOrder, missingIn } from './detect/detector.ts';
import { detectorOf, isOverTime } from './detect/detectorOf.ts';
import type { Rule } from './rule.ts';

/** What a rule says of one document. */
export interface Verdict {
  readonly document: Document;
  readonly status: 'match' | 'not evaluated';
  readonly missing: readonly string[];
  /** What it says besides the document's own fields. */
  readonly evidence: readonly Evidence[];
}

/**
 * A rule's word on each document of its kind, as far as it has one; on events over time with the last of them. `eventsSince`: from
 * when on all events are there, ms; undefined: from the first of them.
 */
export function verdictsOf(
  rule: Rule,
  documents: readonly Document[],
  eventsSince: number | undefined,
): readonly Verdict[] {
  const own = byKind(documents).get(rule.kind) ?? [];
  return rule.kind === 'event' ? eventVerdicts(rule, own, eventsSince) : resourceVerdicts(rule, own);
}

/** Every rule asks. */
const byKind = oncePer((documents: readonly Document[]) => groupedBy(documents, ({ kind }) => kind));

function resourceVerdicts({ run }: Rule, documents: readonly Document[]): readonly Verdict[] {
  if (!('query' in run)) return [];
  const ask = askerOf(run.query);
  const verdicts: Verdict[] = [];
  for (const document of documents) {
    const answer = ask(document.body);
    if (answer === 'no') continue;
    const missing = answer === 'yes' ? [] : missingIn(document.body, run.query.fields);
    verdicts.push({ document, status: answer === 'yes' ? 'match' : 'not evaluated', missing, evidence: [] });
  }
  return verdicts;
}

interface Event extends DetectorEvent {
  readonly of: Document;
}

function eventVerdicts(
  rule: Rule,
  documents: readonly Document[],
  eventsSince: number | undefined,
): readonly Verdict[] {
  const events = documents.map(eventOf);
  const detector = detectorOf<Event>(rule, eventsSince === undefined ? {} : { begins: () => eventsSince });
  const untimed = isOverTime(rule) ? events.filter(({ time }) => Number.isNaN(time)) : [];
  const inTime = isOverTime(rule) ? events.filter(({ time }) => !Number.isNaN(time)).sort(inOrder) : events;
  const detections = [...inTime.flatMap(event => detector.push(event)), ...detector.end()];
  return [
    ...oneEach(detections).map(verdictOf),
    ...untimed.filter(({ document }) => detector.ready(document) !== undefined).map(timeless),
  ];
}

function eventOf(document: Document): Event {
  const [time, { id }] = [Date.parse(textAt(document.body, '@timestamp') ?? ''), document.resource];
  return { time, id, about: { time, id }, document: document.body, of: document };
}

/** Of several words on one event (one for each of its new terms) the surest. */
function oneEach(detections: readonly Detection<Event>[]): readonly Detection<Event>[] {
  const best = new Map<Event, Detection<Event>>();
  for (const detection of detections) {
    if (best.get(detection.event)?.status !== 'match') best.set(detection.event, detection);
  }
  return [...best.values()];
}

function verdictOf({ status, missing, event, events, told }: Detection<Event>): Verdict {
  const result = told.threshold_result;
  const evidence: readonly (readonly [string, Evidence['value'] | undefined])[] = [
    ['history', told.history],
    ['threshold_result.count', result?.count],
    ['threshold_result.from', result?.from],
    ['sequence.event_ids', events.length > 1 ? events.map(({ id }) => id) : undefined],
    ['suppressed', told.suppressed || undefined],
    ['ungrouped', told.ungrouped],
  ];
  return {
    document: event.of,
    status,
    missing,
    evidence: evidence.flatMap(([field, value]) => (value === undefined ? [] : [{ field, value }])),
  };
}

/** An event without a time has no place among others. */
function timeless({ of }: Event): Verdict {
  return { document: of, status: 'not evaluated', missing: ['@timestamp'], evidence: [] };
}
