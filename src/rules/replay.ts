import { ecsDocument } from '../cloudtrail/ecs.ts';
import type { RecordRead } from '../cloudtrail/read.ts';
import type { CloudTrailRecord } from '../cloudtrail/record.ts';
import type { JsonObject } from '../documents/document.ts';
import { isUnknownAt, textAt } from '../documents/path.ts';
import type { Query } from '../query/query.ts';
import type { Rule } from './rule.ts';

/**
 * A rule's word on one event; printed as one JSON line. `missing` names the fields that the rule reads and the record
 * alone cannot give: empty for a match.
 */
export interface Hit {
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
  readonly document: JsonObject;
}

/**
 * Asks every event rule that can run about every record, in the records' order and, for one record, the rules'. A record that
 * comes again (same event id: logs overlap) is not told again. Rules that cannot run say so in `Rule.run` and are passed over.
 */
export async function* replay(records: AsyncIterable<RecordRead>, rules: readonly Rule[]): AsyncGenerator<Hit> {
  const runnable = rules.flatMap(asked);
  const told = new Set<string>();
  for await (const { record } of records) {
    const hits = hitsOf(record, runnable);
    const id = hits[0]?.event_id ?? undefined;
    if (id !== undefined && told.has(id)) continue;
    if (id !== undefined) told.add(id);
    yield* hits;
  }
}

interface Asked {
  readonly rule: Rule;
  readonly query: Query;
  /** The event names that the query can match; undefined: any. */
  readonly names: ReadonlySet<string> | undefined;
}

function asked(rule: Rule): Asked[] {
  if (rule.kind !== 'event' || !('query' in rule.run)) return [];
  const { query } = rule.run;
  const names = query.pins('event.action');
  return [{ rule, query, names: names === undefined ? undefined : new Set(names) }];
}

function hitsOf(record: CloudTrailRecord, rules: readonly Asked[]): Hit[] {
  const candidates = rules.filter(({ names }) => canMatch(record, names));
  if (candidates.length === 0) return [];
  const document = ecsDocument(record);
  return candidates.flatMap(({ rule, query }) => hitOf(rule, query, document));
}

function canMatch({ eventName }: CloudTrailRecord, names: ReadonlySet<string> | undefined): boolean {
  return names === undefined || typeof eventName !== 'string' || names.has(eventName);
}

function hitOf(rule: Rule, query: Query, document: JsonObject): Hit[] {
  const answer = query.ask(document);
  if (answer === 'no') return [];
  const status = answer === 'yes' ? 'match' : 'not evaluated';
  const missing = answer === 'yes' ? [] : query.fields.filter(field => isUnknownAt(document, field));
  return [{ rule: rule.id, rule_id: rule.ruleId ?? null, status, missing, ...event(document), document }];
}

function event(document: JsonObject): Pick<Hit, 'event_id' | 'time' | 'account' | 'region' | 'actor'> {
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
