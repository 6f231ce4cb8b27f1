import { createHash } from 'node:crypto';
import { ecsDocument } from '../cloudtrail/ecs.ts';
import type { RecordRead } from '../cloudtrail/read.ts';
import { isoTime } from '../cloudtrail/time.ts';
import type { JsonObject } from '../documents/document.ts';
import { textAt } from '../documents/path.ts';
import { type Detection, type Detector, detection, type Timed, type Told, type Turn } from './detect/detector.ts';
import { type DetectorOptions, detectorOf, isOverTime } from './detect/detectorOf.ts';
import { pinsOf } from './lookups.ts';
import type { Rule } from './rule.ts';
import { seenIds } from './seenIds.ts';
import { inOrder, timeline } from './timeline.ts';

/**
 * A rule's word on one event; printed as one JSON line. `missing` names the fields that the rule reads and the records
 * cannot give: empty for a match. A rule over time tells more, see `Told`.
 */
export interface Hit extends Told {
  readonly rule: string;
  readonly rule_id: string | null;
  readonly status: 'match' | 'not evaluated';
  readonly missing: readonly string[];
  readonly event_id: string | null;
  /** ISO 8601, UTC. */
  readonly time: string | null;
  readonly account: string | null;
  readonly region: string | null;
  /** The principal's ARN; else the service that acted, or the user's name. */
  readonly actor: string | null;
  /** The events of a sequence, in order: the last is the hit's own. */
  readonly sequence?: { readonly event_ids: readonly (string | null)[]; readonly from: string | null };
  /** Null where there are more than `ReplayLimits` lets be kept. */
  readonly document: JsonObject | null;
}

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
  /** Event ids that some rule cared for: a record that comes again after that many others is judged again. */
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
  const watching = byEventName(watches);
  const looksBack = watches.some(({ rule }) => 'over' in rule.run && rule.run.over.kind === 'new_terms');
  const isSeen = seenIds(limits.ids);
  const documents = documentStore(limits.text);
  const line = timeline<Event>(limits.events);
  for await (const { record, source } of records) {
    if (looksBack) begins = Math.min(begins, timeOf(record.eventTime) ?? begins);
    const candidates = watching(record.eventName);
    if (candidates.length === 0) continue;
    const document = ecsDocument(record, source);
    const turns = candidates.flatMap(watch => turnOf(watch, document));
    if (turns.length === 0) continue;
    const event = { ...eventOf(document), document, turns };
    if (event.facts.event_id !== null && isSeen(event.facts.event_id)) continue;
    yield* turns.flatMap(turn => hitsAtOnce(turn, event));
    const waiting = turns.filter(turn => turn.watch.isOverTime && hasTime(event));
    if (waiting.length === 0) continue;
    const due = line.add({ ...event, document: documents.keep(document), turns: waiting });
    for (const word of due.flatMap(inTurn).sort(byTime)) yield hitOf(word);
    for (const { document: kept } of due) documents.release(kept);
  }
  const last = [...line.end().flatMap(inTurn), ...watches.flatMap(lastWords)];
  for (const word of last.sort(byTime)) yield hitOf(word);
  for (const message of limitsMet(watches, line.late, documents.refused)) onLimit(message);
}

interface Watch {
  readonly rule: Rule;
  readonly isOverTime: boolean;
  readonly detector: Detector<Event>;
  /** The event names that it cares for; undefined: any. */
  readonly names: ReadonlySet<string> | undefined;
}

interface WatchTurn {
  readonly watch: Watch;
  readonly turn: Turn<Event>;
}

interface Event extends Timed {
  readonly facts: Pick<Hit, 'event_id' | 'time' | 'account' | 'region' | 'actor'>;
  /** As text when it has to be kept: an object takes several times as much. Null when there was no room. */
  readonly document: JsonObject | string | null;
  readonly turns: readonly WatchTurn[];
}

/** What a rule says. */
interface Word {
  readonly rule: Rule;
  readonly detection: Detection<Event>;
}

function watchOf(rule: Rule, options: DetectorOptions): readonly Watch[] {
  if (rule.kind !== 'event' || 'unsupported' in rule.run) return [];
  const names = pinsOf(rule.run, 'event.action');
  return [{ rule, isOverTime: isOverTime(rule), detector: detectorOf<Event>(rule, options), names }];
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
function hitsAtOnce({ watch, turn }: WatchTurn, event: Event): readonly Hit[] {
  const { rule } = watch;
  if (!watch.isOverTime) return turn(event).map(detection => hitOf({ rule, detection }));
  if (hasTime(event)) return [];
  return [hitOf({ rule, detection: detection(event, ['@timestamp']) })];
}

function inTurn(event: Event): readonly Word[] {
  return event.turns.flatMap(({ watch: { rule }, turn }) => turn(event).map(detection => ({ rule, detection })));
}

function lastWords({ rule, detector }: Watch): readonly Word[] {
  return detector.end().map(detection => ({ rule, detection }));
}

function byTime(a: Word, b: Word): number {
  return inOrder(a.detection.event, b.detection.event) || (a.rule.id < b.rule.id ? -1 : a.rule.id > b.rule.id ? 1 : 0);
}

function hitOf({ rule, detection: { status, missing, event, events, told } }: Word): Hit {
  const isSequence = 'sequence' in rule.run;
  const { facts, document } = event;
  return {
    rule: rule.id,
    rule_id: rule.ruleId ?? null,
    status,
    missing,
    ...facts,
    ...told,
    ...(isSequence
      ? { sequence: { event_ids: events.map(each => each.facts.event_id), from: events[0]!.facts.time } }
      : {}),
    document: typeof document === 'string' ? JSON.parse(document) : document,
  };
}

function eventOf(document: JsonObject): Pick<Event, 'time' | 'id' | 'facts'> {
  const facts = factsOf(document);
  const time = timeOf(facts.time) ?? Number.NaN;
  return { time, id: facts.event_id ?? fingerprint(document), facts };
}

function hasTime({ time }: Event): boolean {
  return !Number.isNaN(time);
}

function timeOf(text: unknown): number | undefined {
  const time = typeof text === 'string' ? isoTime(text) : undefined;
  return time === undefined ? undefined : Date.parse(time);
}

function fingerprint(document: JsonObject): string {
  return createHash('sha256').update(JSON.stringify(document)).digest('hex').slice(0, 32);
}

function factsOf(document: JsonObject): Event['facts'] {
  return {
    event_id: textAt(document, 'event.id') ?? null,
    time: textAt(document, '@timestamp') ?? null,
    account: textAt(document, 'cloud.account.id') ?? null,
    region: textAt(document, 'cloud.region') ?? null,
    actor:
      textAt(document, 'aws.cloudtrail.user_identity.arn') ??
      textAt(document, 'service.name') ??
      textAt(document, 'user.name') ??
      null,
  };
}

/** Keeps documents as text, up to so many characters of them. */
function documentStore(most: number) {
  let length = 0;
  let refused = 0;
  return {
    keep(document: JsonObject): string | null {
      const text = JSON.stringify(document);
      if (length + text.length > most) {
        refused += 1;
        return null;
      }
      length += text.length;
      return text;
    },
    release(document: Event['document']): void {
      if (typeof document === 'string') length -= document.length;
    },
    get refused() {
      return refused;
    },
  };
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
