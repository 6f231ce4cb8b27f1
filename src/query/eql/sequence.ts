import { pathOf, someLeaf } from '../lookup.ts';
import type { Answer } from '../query.ts';
import type { EqlSequence, EqlStep } from './query.ts';

export interface SequenceEvent {
  readonly document: object;
  /** Milliseconds since 1970. */
  readonly time: number;
  /** The caller's own name for the event; comes back with the match. */
  readonly key?: unknown;
}

/**
 * `unknown`: these events make a sequence if what their documents do not know turns out so. One event alone: it can belong
 * to any sequence, for its join key is not known.
 */
export interface SequenceMatch {
  readonly answer: Exclude<Answer, 'no'>;
  /** In order; one for each step, but see `answer`. */
  readonly events: readonly SequenceEvent[];
}

export interface SequenceMatcher {
  /** Takes the next event and gives the sequences that it completes. Throws when the event is before the last one. */
  push(event: SequenceEvent): readonly SequenceMatch[];
  /** How many keys were given up for want of room: sequences of theirs may be missing. */
  readonly forgotten: number;
}

const MAX_KEYS = 100_000;

/**
 * Finds sequences as Elasticsearch does ("How sequence queries handle matches"): each join key has one state machine, each of
 * its stages holds one sequence that goes on, and a newer one takes the place of an older. A match uses its sequence up. All
 * events lie within maxspan of the first, both ends included. An until event ends what its key has begun.
 *
 * Events are pushed in order (`eventOrder`); of two at the same time, the one pushed first is the earlier.
 *
 * Memory: at most `maxKeys` keys (default 100,000) with one or two sequences a stage. What maxspan has ended goes; then the
 * keys that were touched longest ago, and `forgotten` counts them.
 */
export function sequenceMatcher(query: EqlSequence, limits: { readonly maxKeys?: number } = {}): SequenceMatcher {
  const { maxKeys = MAX_KEYS } = limits;
  const order = eventOrder(query);
  const machines = new Map<string, Machine>();
  const isOver = (partial: Partial, time: number) =>
    query.maxspanMs !== undefined && time - partial.start > query.maxspanMs;
  let last: SequenceEvent | undefined;
  let pushed = 0;
  let doubt = 0;
  let forgotten = 0;

  function push(event: SequenceEvent): readonly SequenceMatch[] {
    if (last !== undefined && order(last, event) > 0)
      throw new Error('An event of a sequence is pushed before an earlier one');
    last = event;
    pushed += 1;
    const matches = advanceAll(event);
    endAll(event);
    makeRoom(event.time);
    return matches;
  }

  /** Later stages first: no event follows itself. */
  function advanceAll(event: SequenceEvent): readonly SequenceMatch[] {
    const asked = asker(event.document);
    const matches: SequenceMatch[] = [];
    let isJoined = true;
    for (let stage = query.steps.length - 1; stage >= 0; stage -= 1) {
      const { answer, key } = asked(query.steps[stage]!);
      if (answer === 'no' || key.kind === 'none') continue;
      if (key.kind === 'unknown') isJoined = false;
      else matches.push(...advance({ stage, answer, event }, key.text));
    }
    return isJoined ? matches : [...matches, { answer: 'unknown', events: [event] }];
  }

  function advance(arrival: Arrival, key: string): readonly SequenceMatch[] {
    const { stage } = arrival;
    const machine = machines.get(key) ?? newMachine();
    const moved = stage === 0 ? [begun(arrival, pushed)] : take(machine, arrival);
    if (moved.length === 0) return [];
    // The last one touched stands last, so the first is the one to forget.
    machines.delete(key);
    if (stage < query.steps.length - 1) {
      put(machine, stage, moved);
      machines.set(key, machine);
      return [];
    }
    if (machine.some(slot => slot.sure !== undefined || slot.maybe !== undefined)) machines.set(key, machine);
    return [matchOf(moved)];
  }

  /** Takes what waits for this step, with the event added; what the step may have missed stays too. */
  function take(machine: Machine, { stage, answer, event }: Arrival): readonly Partial[] {
    const slot = machine[stage - 1]!;
    const waiting = [slot.sure, slot.maybe].filter(
      partial => partial !== undefined && !isOver(partial, event.time),
    ) as Partial[];
    const surest = waiting.map(partial => (partial.at <= doubt ? { ...partial, isSure: false } : partial));
    slot.sure = undefined;
    slot.maybe = answer === 'yes' ? undefined : newest(surest);
    return surest.map(partial => ({
      start: partial.start,
      event,
      before: partial,
      isSure: partial.isSure && answer === 'yes',
      at: pushed,
    }));
  }

  function endAll({ document }: SequenceEvent): void {
    if (query.until === undefined) return;
    const answer = query.until.query.ask(document);
    if (answer === 'no') return;
    const key = query.until.joinKey(document);
    if (key.kind === 'unknown') doubt = pushed;
    if (key.kind !== 'key') return;
    if (answer === 'yes') machines.delete(key.text);
    else for (const slot of machines.get(key.text) ?? []) makeUnsure(slot);
  }

  /** The first key is the one touched longest ago; what was begun before that is over when that is over. */
  function makeRoom(time: number): void {
    for (const [key, machine] of machines) {
      const isDone = machine.every(({ sure, maybe }) => isDoneWith(sure, time) && isDoneWith(maybe, time));
      if (!isDone && machines.size <= maxKeys) break;
      machines.delete(key);
      if (!isDone) forgotten += 1;
    }
  }

  function isDoneWith(partial: Partial | undefined, time: number): boolean {
    return partial === undefined || isOver(partial, time);
  }

  function newMachine(): Machine {
    return query.steps.slice(1).map(() => ({ sure: undefined, maybe: undefined }));
  }

  return {
    push,
    get forgotten() {
      return forgotten;
    },
  };
}

/** Orders events by time, then by the tiebreaker: numbers before texts before none. */
export function eventOrder({ tiebreakerField }: EqlSequence): (a: SequenceEvent, b: SequenceEvent) => number {
  if (tiebreakerField === undefined) return (a, b) => a.time - b.time;
  const path = pathOf(tiebreakerField);
  return (a, b) => a.time - b.time || compareTiebreakers(firstLeaf(a.document, path), firstLeaf(b.document, path));
}

type Tiebreaker = string | number | undefined;

function firstLeaf(document: object, path: ReturnType<typeof pathOf>): Tiebreaker {
  let first: Tiebreaker;
  someLeaf(document, path, leaf => {
    first = typeof leaf === 'number' ? leaf : String(leaf);
    return true;
  });
  return first;
}

function compareTiebreakers(a: Tiebreaker, b: Tiebreaker): number {
  if (typeof a === typeof b) return a === b ? 0 : a! < b! ? -1 : 1;
  const rank = (value: Tiebreaker) => (typeof value === 'number' ? 0 : value === undefined ? 2 : 1);
  return rank(a) - rank(b);
}

/** A sequence that goes on. */
interface Partial {
  readonly start: number;
  /** The last one, and what it follows: a list of all of them for every step would be as long as the steps are many. */
  readonly event: SequenceEvent;
  readonly before: Partial | undefined;
  /** Whether every step so far is certain. */
  readonly isSure: boolean;
  /** The number of the push that it came here with. */
  readonly at: number;
}

/**
 * What waits in a stage. Next to the sequence that is certainly there can be a newer one that may be there: as it is newer, both
 * stay true of what Elasticsearch would hold, one sequence that began no earlier than the certain one.
 */
interface Slot {
  sure: Partial | undefined;
  maybe: Partial | undefined;
}

/** A slot for each step but the last. */
type Machine = readonly Slot[];

interface Arrival {
  readonly stage: number;
  readonly answer: Exclude<Answer, 'no'>;
  readonly event: SequenceEvent;
}

function begun({ answer, event }: Arrival, at: number): Partial {
  return { start: event.time, event, before: undefined, isSure: answer === 'yes', at };
}

function put(machine: Machine, stage: number, moved: readonly Partial[]): void {
  const slot = machine[stage]!;
  const sure = moved.find(partial => partial.isSure);
  const maybe = newest(moved.filter(partial => !partial.isSure));
  if (sure === undefined) slot.maybe = maybe;
  else {
    slot.sure = sure;
    slot.maybe = maybe;
  }
}

function makeUnsure(slot: Slot): void {
  slot.maybe ??= slot.sure === undefined ? undefined : { ...slot.sure, isSure: false };
  slot.sure = undefined;
}

function newest(partials: readonly Partial[]): Partial | undefined {
  const last = partials.reduce<Partial | undefined>(
    (a, b) => (a === undefined || b.start >= a.start ? b : a),
    undefined,
  );
  return last === undefined ? undefined : { ...last, isSure: false };
}

function matchOf(moved: readonly Partial[]): SequenceMatch {
  const sure = moved.find(partial => partial.isSure);
  return sure === undefined
    ? { answer: 'unknown', events: eventsOf(newest(moved)!) }
    : { answer: 'yes', events: eventsOf(sure) };
}

function eventsOf(whole: Partial): readonly SequenceEvent[] {
  const events: SequenceEvent[] = [];
  for (let partial: Partial | undefined = whole; partial !== undefined; partial = partial.before)
    events.push(partial.event);
  return events.reverse();
}

/** Each step's query is asked once for a document, however many runs the step has. */
function asker(document: object): (step: EqlStep) => { answer: Answer; key: ReturnType<EqlStep['joinKey']> } {
  const asked = new Map<EqlStep, { answer: Answer; key: ReturnType<EqlStep['joinKey']> }>();
  return step => {
    const known = asked.get(step);
    if (known !== undefined) return known;
    const answer = step.query.ask(document);
    const result = { answer, key: answer === 'no' ? ({ kind: 'none' } as const) : step.joinKey(document) };
    asked.set(step, result);
    return result;
  };
}
