import type { JsonObject } from '../../documents/document.ts';
import { valuesAt } from '../../documents/path.ts';
import {
  type EqlSequence,
  type EqlStep,
  eventOrder,
  type SequenceEvent,
  type SequenceMatch,
  sequenceMatcher,
} from '../../query/eql.ts';
import type { Answer } from '../../query/query.ts';
import { type Detection, type Judge, type Judged, unknownAmong } from './detector.ts';

/**
 * Events that follow each other, as `sequenceMatcher` finds them; told with the last of them. Its memory is the matcher's: of the
 * events that have begun a sequence, what is told about them there.
 */
export function sequence<E extends Judged>(rule: EqlSequence, most?: number): Judge<E> {
  const steps = [...new Set(rule.until === undefined ? rule.steps : [...rule.steps, rule.until])];
  const matcher = sequenceMatcher(answeredBefore(rule, steps), most === undefined ? {} : { maxKeys: most });
  const order = eventOrder(rule);
  /** The events of one time, until the next: their order hangs on the tiebreaker. */
  let together: Arrival<E>[] = [];

  function take(): readonly Detection<E>[] {
    const arrivals = together.sort((a, b) => order(a.tie, b.tie));
    together = [];
    return arrivals.flatMap(({ event, reading }) =>
      matcher.push({ document: reading, time: event.time, key: event.about }).map(match => detectionOf(match, event)),
    );
  }

  function read(document: JsonObject): Reading {
    const answers = steps.map(step => step.query.ask(document));
    const keys = steps.map((step, at) => (answers[at] === 'no' ? NO_KEY : step.joinKey(document)));
    const { tiebreakerField: tie } = rule;
    const tied = tie === undefined ? {} : { [tie]: valuesAt(document, tie)[0] ?? null };
    return { answers, keys, missing: unknownAmong(document, rule.fields), tied };
  }

  return {
    order: 'time',
    ready(document) {
      const reading = read(document);
      if (reading.answers.every((answer, at) => answer === 'no' || reading.keys[at]!.kind === 'none')) return undefined;
      return event => {
        const told = together.length > 0 && together[0]!.event.time < event.time ? take() : [];
        together.push({ event, reading, tie: { document: reading.tied, time: event.time } });
        return told;
      };
    },
    end: take,
    held: () => together.map(({ event }) => event),
    get forgotten() {
      return matcher.forgotten;
    },
  };
}

const NO_KEY = { kind: 'none' } as const;

/** What a sequence needs of a document: what each step says of it. Stands for the document from there on. */
interface Reading {
  readonly answers: readonly Answer[];
  readonly keys: readonly ReturnType<EqlStep['joinKey']>[];
  readonly missing: readonly string[];
  /** The tiebreaker alone. */
  readonly tied: JsonObject;
}

interface Arrival<E extends Judged> {
  readonly event: E;
  readonly reading: Reading;
  readonly tie: SequenceEvent;
}

/** The sequence over `Reading`s instead of documents. Events are pushed in the tiebreaker's order already. */
function answeredBefore(rule: EqlSequence, steps: readonly EqlStep[]): EqlSequence {
  const answered = new Map(
    steps.map((step, at): [EqlStep, EqlStep] => [
      step,
      {
        query: { ...step.query, ask: read => (read as Reading).answers[at]! },
        by: step.by,
        joinKey: read => (read as Reading).keys[at]!,
      },
    ]),
  );
  return {
    ...rule,
    steps: rule.steps.map(step => answered.get(step)!),
    until: rule.until && answered.get(rule.until),
    tiebreakerField: undefined,
  };
}

/** `event` is the one that the matcher was given last. */
function detectionOf<E extends Judged>({ answer, events }: SequenceMatch, event: E): Detection<E> {
  const missing = new Set(events.flatMap(({ document }) => (document as Reading).missing));
  return {
    status: answer === 'yes' ? 'match' : 'not evaluated',
    missing: answer === 'yes' ? [] : [...missing].sort(),
    event,
    // What was pushed as the key comes back as such.
    events: events.map(({ key }) => key as E['about']),
    told: {},
  };
}
