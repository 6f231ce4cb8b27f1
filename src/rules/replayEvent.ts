import { createHash } from 'node:crypto';
import { ecsDocument } from '../cloudtrail/ecs.ts';
import type { Locate } from '../cloudtrail/locate.ts';
import { eventIdOf, timestampOf } from '../cloudtrail/projection.ts';
import type { CloudTrailRecord } from '../cloudtrail/record.ts';
import type { JsonObject } from '../documents/document.ts';
import type { Recognise } from '../documents/known.ts';
import { type About, type EventFacts, type EventRead, factsOf, type HitEvent } from './hit.ts';

/** A record that is judged. Its document is made once, when somebody asks for it. */
export interface ReplayEvent extends HitEvent {
  whole(): JsonObject;
  /** The same event, of which only a text is held. Where there is no room for that, it is told without its document. */
  kept(hasRoom: (text: string) => boolean): KeptEvent;
}

export interface KeptEvent extends HitEvent {
  /** The record's JSON; null where there was no room. */
  readonly text: string | null;
}

export interface ReplaySetting {
  readonly locate?: Locate | undefined;
  readonly recognise?: Recognise | undefined;
}

/** `source` is the record's own JSON text, where it is at hand. */
export function replayEvent(
  record: CloudTrailRecord,
  source: string | undefined,
  { locate, recognise = asItIs }: ReplaySetting,
): ReplayEvent {
  let made: JsonObject | undefined;
  const whole = () => {
    made ??= recognise(ecsDocument(record, source, locate));
    return made;
  };
  const eventId = eventIdOf(record) ?? null;
  const about = { time: timestampOf(record), id: eventId ?? fingerprint(source ?? JSON.stringify(record)), eventId };
  return {
    time: about.time,
    id: about.id,
    about,
    whole,
    read: () => readOf(whole()),
    kept(hasRoom) {
      const text = source ?? JSON.stringify(record);
      return hasRoom(text)
        ? withText(about, { text, isSource: source !== undefined, locate, recognise })
        : withFacts(about, factsOf(whole()));
    },
  };
}

interface HeldText {
  readonly text: string;
  /** As it lay in the file. */
  readonly isSource: boolean;
  readonly locate: Locate | undefined;
  readonly recognise: Recognise;
}

// What is kept is made where no record is in sight: a function holds on to all that those beside it use. And member by member:
// objects that others are spread into have, each, a shape of its own.

function withText(about: About, { text, isSource, locate, recognise }: HeldText): KeptEvent {
  const document = () => recognise(ecsDocument(JSON.parse(text), isSource ? text : undefined, locate));
  return { time: about.time, id: about.id, about, text, read: () => readOf(document()) };
}

function withFacts(about: About, facts: EventFacts): KeptEvent {
  return { time: about.time, id: about.id, about, text: null, read: () => ({ facts, document: null }) };
}

function asItIs(body: JsonObject): JsonObject {
  return body;
}

function readOf(document: JsonObject): EventRead {
  return { facts: factsOf(document), document };
}

function fingerprint(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
