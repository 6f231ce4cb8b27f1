import type { JsonObject } from '../../documents/document.ts';
import { isUnknownAt, unknownIn } from '../../documents/path.ts';

/** Events come in order: by time, and those of one time by id. */
export interface Timed {
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly id: string;
}

export function inOrder(a: Timed, b: Timed): number {
  if (a.time !== b.time) return a.time - b.time;
  return a.id === b.id ? 0 : a.id < b.id ? -1 : 1;
}

/** An event that is judged. */
export interface Judged extends Timed {
  /** All that is told of it when another has the word: to be kept in its place, and not to hold it. One object for each event. */
  readonly about: Timed;
}

export interface DetectorEvent extends Judged {
  readonly document: JsonObject;
}

/** A rule's word on an event. `missing` names what the rule reads and its documents do not know; empty for a match. */
export interface Detection<E extends Judged> {
  readonly status: 'match' | 'not evaluated';
  readonly missing: readonly string[];
  /** The one with which the rule speaks. */
  readonly event: E;
  /** All that it speaks about, in order; `event` is the last. More than one for a sequence alone. */
  readonly events: readonly E['about'][];
  readonly told: Told;
}

/** What a hit says besides, by the kind of its rule; printed as it stands. */
export interface Told {
  readonly new_terms?: { readonly fields: readonly string[]; readonly values: readonly (string | null)[] };
  /** The records do not reach back as far as the rule looks: what is new to them may be old. */
  readonly history?: 'insufficient';
  readonly threshold_result?: ThresholdResult;
  /** How many later matches are only counted here. */
  readonly suppressed?: number;
  /** What the rule tells matches apart by and the event does not know: it stands for itself. */
  readonly ungrouped?: readonly string[];
}

/** `from`: the first event's time, ISO 8601. */
export interface ThresholdResult {
  readonly terms: readonly { readonly field: string; readonly value: string | null }[];
  readonly count: number;
  readonly cardinality: readonly { readonly field: string; readonly value: number }[];
  readonly from: string;
}

/** What to do with an event when it is its turn. Holds what the rule needs of the document, and not the document. */
export type Turn<E extends Judged> = (event: E) => readonly Detection<E>[];

/**
 * How the events' turns are taken: each `alone`, and the rule speaks at once; in `any` order, and it speaks at the end; or in
 * that of `time`.
 */
export type Order = 'alone' | 'any' | 'time';

/** A rule that watches events go by. Pure: the events' times are its clock. */
export interface Judge<E extends Judged> {
  readonly order: Order;
  /** Reads an event's document, in any order; undefined when the event is none of the rule's. */
  ready(document: JsonObject): Turn<E> | undefined;
  /** What it has to say when no more events come. */
  end(): readonly Detection<E>[];
  /** The events that it may still tell, as far as it knows. */
  held(): Iterable<E>;
  /** How many times it gave something up for want of room: detections may be missing, or come again. */
  readonly forgotten: number;
}

export interface Detector<E extends Judged = DetectorEvent> extends Judge<E> {
  /** Takes the next event whole. Events that do not match are welcome: they say how far the records reach back. */
  push(event: E & { readonly document: JsonObject }): readonly Detection<E>[];
}

export function detection<E extends Judged>(
  event: E,
  missing: readonly string[] | undefined,
  told: Told = {},
): Detection<E> {
  return missing === undefined
    ? { status: 'match', missing: [], event, events: [event.about], told }
    : { status: 'not evaluated', missing, event, events: [event.about], told };
}

/** Which of the fields the document does not know. Where a field is named with a wildcard: all that it does not know. */
export function missingIn(document: JsonObject, fields: readonly string[]): readonly string[] {
  const missing = unknownAmong(document, fields);
  return missing.length > 0 ? missing : unknownIn(document);
}

export function unknownAmong(document: JsonObject, fields: readonly string[]): readonly string[] {
  return fields.filter(field => isUnknownAt(document, field));
}
