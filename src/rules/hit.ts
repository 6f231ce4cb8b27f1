import type { JsonObject } from '../documents/document.ts';
import { readerOf } from '../documents/path.ts';
import type { Detection, Judged, Timed, Told } from './detect/detector.ts';
import type { Rule } from './rule.ts';

/**
 * A rule's word on one event; printed as one JSON line. `missing` names the fields that the rule reads and the records
 * cannot give: empty for a match. A rule over time tells more, see `Told`.
 */
export interface Hit extends EventFacts, Told {
  readonly rule: string;
  readonly rule_id: string | null;
  /** Part of other rules: Elastic does not show it by itself. */
  readonly building_block?: true;
  readonly status: 'match' | 'not evaluated';
  readonly missing: readonly string[];
  /** The events of a sequence, in order: the last is the hit's own. `from`: when the first was; null: not known. */
  readonly sequence?: { readonly event_ids: readonly (string | null)[]; readonly from: string | null };
  /** Null where there were too many to keep. */
  readonly document: JsonObject | null;
}

/** What anybody asks first. */
export interface EventFacts {
  readonly event_id: string | null;
  /** ISO 8601, UTC. */
  readonly time: string | null;
  readonly account: string | null;
  readonly region: string | null;
  /** The principal's ARN; else the service that acted, or the user's name. */
  readonly actor: string | null;
}

export interface HitEvent extends Judged {
  readonly about: About;
  /** What is told of it. Made when it is told: of most events that a rule has to keep nothing ever is. */
  read(): EventRead;
}

export interface About extends Timed {
  /** Null where the record has none. */
  readonly eventId: string | null;
}

export interface EventRead {
  readonly facts: EventFacts;
  /** Null where there was no room to keep it. */
  readonly document: JsonObject | null;
}

export function hitOf<E extends HitEvent>(rule: Rule, { status, missing, event, events, told }: Detection<E>): Hit {
  const { facts, document } = event.read();
  return {
    rule: rule.id,
    rule_id: rule.ruleId ?? null,
    ...(rule.buildingBlock ? { building_block: true as const } : {}),
    status,
    missing,
    ...facts,
    ...told,
    ...('sequence' in rule.run ? { sequence: sequenceOf(events) } : {}),
    document,
  };
}

function sequenceOf(events: readonly About[]): Hit['sequence'] {
  const { time } = events[0]!;
  return {
    event_ids: events.map(({ eventId }) => eventId),
    from: Number.isNaN(time) ? null : new Date(time).toISOString(),
  };
}

export function factsOf(document: JsonObject): EventFacts {
  return {
    event_id: eventId(document),
    time: timestamp(document),
    account: account(document),
    region: region(document),
    actor: principal(document) ?? service(document) ?? user(document),
  };
}

const eventId = textReader('event.id');
const timestamp = textReader('@timestamp');
const account = textReader('cloud.account.id');
const region = textReader('cloud.region');
const principal = textReader('aws.cloudtrail.user_identity.arn');
const service = textReader('service.name');
const user = textReader('user.name');

/** The text at a path, when there is exactly one value there and it is text. */
function textReader(path: string): (document: JsonObject) => string | null {
  const read = readerOf(path);
  return document => {
    const [value, ...more] = read(document);
    return typeof value === 'string' && more.length === 0 ? value : null;
  };
}
