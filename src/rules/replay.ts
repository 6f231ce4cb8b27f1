import { createHash } from 'node:crypto';
import { ecsDocument } from '../cloudtrail/ecs.ts';
import type { RecordRead } from '../cloudtrail/read.ts';
import { isoTime } from '../cloudtrail/time.ts';
import type { JsonObject } from '../documents/document.ts';
import { type Detection, type Detector, detection, type Turn } from './detect/detector.ts';
import { type DetectorOptions, detectorOf, isOverTime } from './detect/detectorOf.ts';
import { factsOf, type Hit, type HitEvent, hitOf } from './hit.ts';
import { keptTexts } from './keptTexts.ts';
import { pinsOf } from './lookups.ts';
import type { Rule } from './rule.ts';
import { seenIds } from './seenIds.ts';
import { inOrder, timeline } from './timeline.ts';

export type { Hit } from './hit.ts';

export interface ReplayOptions {
  /** Called at the end for each limit that was met: which hits may be missing, or lack something. */
  readonly onLimit?: ((message: string) => void) | undefined;
  readonly limits?: Partial<ReplayLimits> | undefined;
}

export interface ReplayLimits {
  /**
   * Events that rules over time may speak of and that are kept to be put in order. With more, the earlier half is judged; of
   * what is read later and lies before those, no rule over time is asked.
   */
  readonly events: number;
  /** Characters of their documents; what goes beyond is judged all the same and told without a document. */
  readonly text: number;
  /** Event ids that some rule cared for: a record that comes again after that many others may be judged again. */
  readonly ids: number;
  /** What each rule over time keeps by itself; undefined: the limits of its kind. */
  readonly state: number | undefined;
}

export const REPLAY_LIMITS: ReplayLimits = { events: 500_000, text: 2 ** 28, ids: 500_000, state: undefined };

/**
 * Asks every event rule that can run about every record. Rules that judge each event by itself speak in the records' order and,
 * for one record, in the rules'. Rules over time speak when all records are read, in the order of the events' times: records
 * may come in any. A record that comes again (same event id: logs overlap) is judged once. Rules that cannot run say so in
 * `Rule.run` and are passed over.
 */
export async function* replay(
  records: AsyncIterable<RecordRead>,
  rules: readonly Rule[],
  { onLimit = () => {}, limits: asked = {} }: ReplayOptions = {},
): AsyncGenerator<Hit> {
  const limits = { ...REPLAY_LIMITS, ...asked };
  let begins = Number.POSITIVE_INFINITY;
  const watches = rules.flatMap(rule => watchOf(rule, { begins: () => begins, most: limits.state }));
  const caringFor = byEventName(watches);
  const looksBack = watches.some(({ rule }) => 'over' in rule.run && rule.run.over.kind === 'new_terms');
  const isSeen = seenIds(limits.ids);
  const line = timeline<Waiting>(limits.events);
  const texts = keptTexts(limits.text);
  for await (const { record, source } of records) {
    if (looksBack) begins = Math.min(begins, timeOf(record.eventTime) ?? begins);
    const caring = caringFor(record.eventName);
    if (caring.length === 0) continue;
    const document = ecsDocument(record, source);
    const turns = caring.flatMap(watch => turnOf(watch, document));
    if (turns.length === 0) continue;
    const event = eventOf(document);
    if (event.facts.event_id !== null && isSeen(event.facts.event_id)) continue;
    yield* turns.flatMap(turn => hitsAtOnce(turn, event));
    const later = turns.filter(({ watch }) => watch.isOverTime && hasTime(event));
    if (later.length === 0) continue;
    const due = line.add({ ...event, document: texts.keep(document), turns: later });
    for (const word of due.flatMap(inTurn).sort(byTime)) yield hitOf(word.rule, word.detection);
    for (const { document: text } of due) texts.release(text);
  }
  const last = [...line.end().flatMap(inTurn), ...watches.flatMap(lastWords)];
  for (const word of last.sort(byTime)) yield hitOf(word.rule, word.detection);
  for (const message of limitsMet(watches, line.late, texts.refused)) onLimit(message);
}

interface Watch {
  readonly rule: Rule;
  readonly isOverTime: boolean;
  readonly detector: Detector<HitEvent>;
  /** The event names that it cares for; undefined: any. */
  readonly names: ReadonlySet<string> | undefined;
}

interface WatchTurn {
  readonly watch: Watch;
  readonly turn: Turn<HitEvent>;
}

/** An event that waits for its turn with rules over time. */
interface Waiting extends HitEvent {
  readonly document: string | null;
  readonly turns: readonly WatchTurn[];
}

interface Word {
  readonly rule: Rule;
  readonly detection: Detection<HitEvent>;
}

function watchOf(rule: Rule, options: DetectorOptions): readonly Watch[] {
  if (rule.kind !== 'event' || 'unsupported' in rule.run) return [];
  const names = pinsOf(rule.run, 'event.action');
  return [{ rule, isOverTime: isOverTime(rule), detector: detectorOf<HitEvent>(rule, options), names }];
}

/** A log has a few thousand different names. */
const MOST_NAMES = 10_000;

/** The rules that care for events of a name, in their order. */
function byEventName(watches: readonly Watch[]): (name: unknown) => readonly Watch[] {
  const known = new Map<string, readonly Watch[]>();
  return name => {
    if (typeof name !== 'string') return watches;
    const before = known.get(name);
    if (before !== undefined) return before;
    const caring = watches.filter(({ names }) => names === undefined || names.has(name));
    if (known.size < MOST_NAMES) known.set(name, caring);
    return caring;
  };
}

function turnOf(watch: Watch, document: JsonObject): readonly WatchTurn[] {
  const turn = watch.detector.ready(document);
  return turn === undefined ? [] : [{ watch, turn }];
}

/** An event without a time has no place among others: a rule over time cannot judge it. */
function hitsAtOnce({ watch, turn }: WatchTurn, event: HitEvent): readonly Hit[] {
  if (!watch.isOverTime) return turn(event).map(each => hitOf(watch.rule, each));
  return hasTime(event) ? [] : [hitOf(watch.rule, detection(event, ['@timestamp']))];
}

function inTurn(event: Waiting): readonly Word[] {
  return event.turns.flatMap(({ watch: { rule }, turn }) => turn(event).map(each => ({ rule, detection: each })));
}

function lastWords({ rule, detector }: Watch): readonly Word[] {
  return detector.end().map(each => ({ rule, detection: each }));
}

function byTime(a: Word, b: Word): number {
  return inOrder(a.detection.event, b.detection.event) || (a.rule.id < b.rule.id ? -1 : a.rule.id > b.rule.id ? 1 : 0);
}

function eventOf(document: JsonObject): HitEvent & { readonly document: JsonObject } {
  const facts = factsOf(document);
  const time = timeOf(facts.time) ?? Number.NaN;
  return { time, id: facts.event_id ?? fingerprint(document), facts, document };
}

function hasTime({ time }: HitEvent): boolean {
  return !Number.isNaN(time);
}

function timeOf(text: unknown): number | undefined {
  const time = typeof text === 'string' ? isoTime(text) : undefined;
  return time === undefined ? undefined : Date.parse(time);
}

function fingerprint(document: JsonObject): string {
  return createHash('sha256').update(JSON.stringify(document)).digest('hex').slice(0, 32);
}

function limitsMet(watches: readonly Watch[], late: number, refused: number): readonly string[] {
  const forgetful = watches.filter(({ detector }) => detector.forgotten > 0);
  return [
    ...(late === 0
      ? []
      : [`${late} events came too late to be put in order: rules over time were not asked about them`]),
    ...(refused === 0 ? [] : [`${refused} events were too many to keep: hits of theirs have no document`]),
    ...forgetful.map(
      ({ rule, detector }) =>
        `${rule.id} gave up ${detector.forgotten} of what it watched for want of room: hits may be missing, or told again`,
    ),
  ];
}
