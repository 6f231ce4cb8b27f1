import type { Glimpse } from '../cloudtrail/glimpse.ts';
import { type Head, headOf } from '../cloudtrail/head.ts';
import type { Locate } from '../cloudtrail/locate.ts';
import type { RecordRead, Wants } from '../cloudtrail/read.ts';
import type { JsonObject } from '../documents/document.ts';
import type { Recognise } from '../documents/known.ts';
import {
  type Detection,
  type Detector,
  detection,
  inOrder,
  type Order,
  type Timed,
  type Turn,
} from './detect/detector.ts';
import { type DetectorOptions, detectorOf } from './detect/detectorOf.ts';
import { earliest } from './earliest.ts';
import { type Hit, type HitEvent, hitOf } from './hit.ts';
import { type Interest, interestOf, type RecordInterest } from './interest.ts';
import { keptTexts } from './keptTexts.ts';
import { needlesFor } from './needles.ts';
import { type KeptEvent, replayEvent } from './replayEvent.ts';
import type { Rule } from './rule.ts';
import { seenIds } from './seenIds.ts';
import { type Timeline, timeline } from './timeline.ts';

export type { Hit } from './hit.ts';

export interface ReplayOptions {
  /** Called at the end for each limit that was met: which hits may be missing, or lack something. */
  readonly onLimit?: ((message: string) => void) | undefined;
  readonly limits?: Partial<ReplayLimits> | undefined;
  /** Tells where events came from. */
  readonly locate?: Locate | undefined;
  /** Tells whose work they are. */
  readonly recognise?: Recognise | undefined;
}

export interface ReplayLimits {
  /**
   * Events that are kept to be put in order, for rules that need it (all over time but those about new terms). With more, the
   * earlier half is judged; of what is read later and lies before those, no such rule is asked.
   */
  readonly events: number;
  /** Characters of the documents kept; what goes beyond is judged all the same and told without a document. */
  readonly text: number;
  /** Event ids that some rule cared for: a record that comes again after that many others may be judged again. */
  readonly ids: number;
  /** What each rule over time keeps by itself; undefined: the limits of its kind. */
  readonly state: number | undefined;
}

export const REPLAY_LIMITS: ReplayLimits = { events: 100_000, text: 2 ** 26, ids: 500_000, state: undefined };

/** Event rules that wait for records. Those that cannot run say so in `Rule.run` and are passed over. */
export interface Replay {
  /** Whether some rule may have something to say of this record. Those of which none has may be left out of `hits`. */
  readonly wants: Wants;
  /** Texts one of which every such record has in it; undefined where they would be many, or the others' times matter. */
  readonly needles: readonly string[] | undefined;
  /**
   * Asks every rule about every record. Rules that judge each event by itself speak in the records' order and, for one record, in the
   * rules'. Rules over time speak when all records are read, in the order of the events' times: records may come in any. A record
   * that comes again (same event id: logs overlap) is judged once. To be called once: what was seen is kept.
   */
  hits(records: AsyncIterable<RecordRead>): AsyncGenerator<Hit>;
}

export function replayOf(rules: readonly Rule[], options: ReplayOptions = {}): Replay {
  const { onLimit = () => {} } = options;
  const limits = { ...REPLAY_LIMITS, ...options.limits };
  const first = earliest();
  const watches = rules.flatMap(rule => watchOf(rule, { begins: () => first.time, most: limits.state }));
  const anyCares = watches.map(watch => ({ watch, interest: watch.interest }));
  const caringFor = byHead(watches);
  return { wants, hits, needles: needlesFor(watches.map(({ rule }) => rule.run)) };

  function wants(head: Head, glimpse: Glimpse): boolean {
    first.saw(head.eventTime);
    const { cares, members } = caringFor(head);
    if (cares.length === 0) return false;
    const record = members === undefined ? undefined : glimpse.members(members);
    return record === undefined || cares.some(({ interest }) => interest.inRecord(record, glimpse.length));
  }

  async function* hits(records: AsyncIterable<RecordRead>): AsyncGenerator<Hit> {
    const isSeen = seenIds(limits.ids);
    const line = timeline<Waiting>(limits.events);
    const texts = keptTexts(limits.text, () => heldTexts(line, watches));
    let bare = 0;
    for await (const read of records) {
      for (const word of wordsOn(read)) yield told(word);
    }
    const last = [...line.end().flatMap(wordsOfWaiting), ...watches.flatMap(lastWords)].sort(byTime);
    // One after the other: all their documents at once would be more than all that was kept.
    for (const word of last) yield told(word);
    for (const message of limitsMet(watches, line.late, bare)) onLimit(message);

    function wordsOn({ record, source }: RecordRead): readonly Word[] {
      first.saw(record.eventTime);
      const head = headOf(record);
      const caring = (head === undefined ? anyCares : caringFor(head).cares).filter(({ interest }) =>
        interest.inRecord(record, source?.length),
      );
      if (caring.length === 0) return [];
      const event = replayEvent(record, source, options);
      const turns = caring.flatMap(({ watch }) =>
        turnOf(watch, watch.interest.outline(record, source?.length) ?? event.whole()),
      );
      if (turns.length === 0 || (event.about.eventId !== null && isSeen(event.about.eventId))) return [];
      const alone = wordsOf(event, turnsIn(turns, 'alone'));
      const others = turns.filter(({ watch }) => watch.detector.order !== 'alone');
      if (others.length === 0) return alone;
      if (Number.isNaN(event.time)) return [...alone, ...others.map(({ watch }) => timeless(watch, event))];
      const kept = event.kept(texts.keep);
      const later = [...wordsOf(kept, turnsIn(others, 'any')), ...due(kept, turnsIn(others, 'time'), line)];
      return [...alone, ...later.sort(byTime)];
    }

    function told({ rule, detection }: Word): Hit {
      const hit = hitOf(rule, detection);
      if (hit.document === null) bare += 1;
      return hit;
    }
  }
}

/** Those of the records that some rule has something to say of, see `Replay`. */
export function replay(
  records: AsyncIterable<RecordRead>,
  rules: readonly Rule[],
  options?: ReplayOptions,
): AsyncGenerator<Hit> {
  return replayOf(rules, options).hits(records);
}

interface Watch {
  readonly rule: Rule;
  readonly detector: Detector<HitEvent>;
  readonly interest: Interest;
}

interface WatchTurn {
  readonly watch: Watch;
  readonly turn: Turn<HitEvent>;
}

/** An event and the rules that will take it when its time comes. What they keep of it is the event alone. */
interface Waiting extends Timed {
  readonly event: KeptEvent;
  readonly turns: readonly WatchTurn[];
}

interface Word {
  readonly rule: Rule;
  readonly detection: Detection<HitEvent>;
}

function watchOf(rule: Rule, options: DetectorOptions): readonly Watch[] {
  if (rule.kind !== 'event' || 'unsupported' in rule.run) return [];
  return [{ rule, detector: detectorOf<HitEvent>(rule, options), interest: interestOf(rule) }];
}

/** A log has a few thousand kinds of records. */
const MOST_HEADS = 10_000;

/** A rule that may care for records of a head, and for which of them. */
interface Care {
  readonly watch: Watch;
  readonly interest: RecordInterest;
}

/** The rules that may care for records of a head, in their order, and the members that tell whether they do; undefined: some does. */
interface Caring {
  readonly cares: readonly Care[];
  readonly members: ReadonlySet<string> | undefined;
}

function byHead(watches: readonly Watch[]): (head: Head) => Caring {
  // Maps in maps: to put a key together for each record would take longer than all that is looked up.
  const refused: KnownHeads = new Map();
  const others: KnownHeads = new Map();
  let heads = 0;
  return head => {
    const { eventName, eventSource, identityType = '', mayHaveError } = head;
    const byType = within(within(mayHaveError ? refused : others, eventName), eventSource);
    const before = byType.get(identityType);
    if (before !== undefined) return before;
    const caring = caringOf(watches, head);
    byType.set(identityType, caring);
    heads += 1;
    if (heads % MOST_HEADS === 0) for (const known of [refused, others]) known.clear();
    return caring;
  };
}

/** By a head's event name, source and type of identity; none is empty. */
type KnownHeads = Map<string, Map<string, Map<string, Caring>>>;

function within<Inner extends Map<string, unknown>>(outer: Map<string, Inner>, key: string): Inner {
  const known = outer.get(key);
  if (known !== undefined) return known;
  const inner = new Map() as Inner;
  outer.set(key, inner);
  return inner;
}

function caringOf(watches: readonly Watch[], head: Head): Caring {
  const cares = watches.flatMap(watch => {
    const interest = watch.interest.ofHead(head);
    return interest === undefined ? [] : [{ watch, interest }];
  });
  const members = cares.map(({ interest }) => interest.members);
  const isAny = members.includes(undefined);
  return { cares, members: isAny ? undefined : new Set(members.flatMap(names => [...(names ?? [])])) };
}

function turnOf(watch: Watch, document: JsonObject): readonly WatchTurn[] {
  const turn = watch.detector.ready(document);
  return turn === undefined ? [] : [{ watch, turn }];
}

function turnsIn(turns: readonly WatchTurn[], order: Order): readonly WatchTurn[] {
  return turns.filter(({ watch }) => watch.detector.order === order);
}

function wordsOf(event: HitEvent, turns: readonly WatchTurn[]): readonly Word[] {
  return turns.flatMap(({ watch: { rule }, turn }) => turn(event).map(detection => ({ rule, detection })));
}

function wordsOfWaiting({ event, turns }: Waiting): readonly Word[] {
  return wordsOf(event, turns);
}

/** Puts the event in its place, if some rule needs it there; what is said of those whose turn has come. */
function due(event: KeptEvent, turns: readonly WatchTurn[], line: Timeline<Waiting>): readonly Word[] {
  if (turns.length === 0) return [];
  return line.add({ time: event.time, id: event.id, event, turns }).flatMap(wordsOfWaiting);
}

function lastWords({ rule, detector }: Watch): readonly Word[] {
  return detector.end().map(detection => ({ rule, detection }));
}

/** An event without a time has no place among others: a rule over time cannot judge it. */
function timeless({ rule }: Watch, event: HitEvent): Word {
  return { rule, detection: detection(event, ['@timestamp']) };
}

function byTime(a: Word, b: Word): number {
  return inOrder(a.detection.event, b.detection.event) || (a.rule.id < b.rule.id ? -1 : a.rule.id > b.rule.id ? 1 : 0);
}

function* heldTexts(line: Timeline<Waiting>, watches: readonly Watch[]): Iterable<string> {
  const held = new Set<HitEvent>(line.held().map(({ event }) => event));
  for (const { detector } of watches) for (const event of detector.held()) held.add(event);
  for (const event of held) if ('text' in event && typeof event.text === 'string') yield event.text;
}

function limitsMet(watches: readonly Watch[], late: number, bare: number): readonly string[] {
  const forgetful = watches.filter(({ detector }) => detector.forgotten > 0);
  return [
    ...(late === 0
      ? []
      : [`${late} events came too late to be put in order: rules over time were not asked about them`]),
    ...(bare === 0 ? [] : [`${bare} hits have no document: there were more than can be kept`]),
    ...forgetful.map(
      ({ rule, detector }) =>
        `${rule.id} gave up ${detector.forgotten} of what it watched for want of room: hits may be missing, or told again`,
    ),
  ];
}
