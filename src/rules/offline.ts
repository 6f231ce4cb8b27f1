import { ecsDocument } from '../cloudtrail/ecs.ts';
import type { Locate } from '../cloudtrail/locate.ts';
import type { JsonObject } from '../documents/document.ts';
import { vocabularyFor } from '../documents/fields.ts';
import { isUnknownAt } from '../documents/path.ts';
import { distinct } from '../lists.ts';
import { matchesParts } from '../query/wildcard.ts';
import { readsDataEvents } from './dataEvents.ts';
import { queriesOf } from './pins.ts';
import type { Offline, Rule, Run } from './rule.ts';

export interface OfflineRequest {
  readonly kind: Rule['kind'];
  readonly run: Run;
  readonly suppression: Rule['suppression'];
  readonly unmapped: ReadonlySet<string>;
  /** How far back a rule about new terms looks, `10d`. */
  readonly history: string | undefined;
  readonly notes: readonly string[];
  /** Where there are databases of addresses. */
  readonly locate: Locate | undefined;
}

/** What a rule asks for that log files do not hold. */
export function offlineOf({ kind, run, suppression, unmapped, history, notes, locate }: OfflineRequest): Offline {
  if (kind !== 'event' || 'unsupported' in run) return { fieldsNotDerivable: [], unmapped: [], needs: [], notes };
  const read = [...fieldsOf(run), ...(suppression?.groupBy ?? [])];
  const fieldsNotDerivable = distinct([...read.flatMap(field => notDerivable(field, locate)), ...unmapped]);
  const needs = [
    ...(history === undefined ? [] : [`history of ${history}`]),
    ...NEEDED.filter(([above]) => fieldsNotDerivable.some(field => field.startsWith(above))).map(([, need]) => need),
    ...(queriesOf(run).some(readsDataEvents) ? ['data events'] : []),
  ];
  return { fieldsNotDerivable, unmapped: [...unmapped].sort(), needs: [...new Set(needs)], notes };
}

/** Everything that a rule reads, sorted; a field that is named with a wildcard as it is written. */
export function fieldsOf(run: Run): readonly string[] {
  if ('unsupported' in run) return [];
  if ('sequence' in run) return run.sequence.fields;
  if (!('over' in run)) return run.query.fields;
  const { over } = run;
  const counted = over.kind === 'threshold' && over.cardinality !== undefined ? [over.cardinality.field] : [];
  return distinct([...run.query.fields, ...over.fields, ...counted]);
}

/** What would give the fields that no record can give. */
const NEEDED: readonly (readonly [above: string, need: string])[] = [
  ['source.geo', 'geoip database'],
  ['source.as', 'geoip database'],
  ['user_agent', 'user agent parser'],
  ['event.ingested', 'ingest times'],
  ['event.created', 'ingest times'],
];

/** The field, or those that its wildcard means, as far as the mapping says of a record with everything in it that they are unknown. */
function notDerivable(field: string, locate: Locate | undefined): readonly string[] {
  const parts = field.split('*');
  const names = parts.length === 1 ? [field] : vocabularyFor('event').names.filter(name => matchesParts(parts, name));
  return names.filter(name => isUnknownAt(fullDocument(locate), name) || isOfNoEvent(name));
}

/** Fields that digests and Insights alone have, which are no events and are left out. */
function isOfNoEvent(field: string): boolean {
  return OF_NO_EVENT.some(above => field === above || field.startsWith(`${above}.`));
}

const OF_NO_EVENT = ['aws.cloudtrail.flattened.digest', 'aws.cloudtrail.flattened.insight_details'];

const full = new Map<Locate | undefined, JsonObject>();

/** Of a record with all that a database could look something up by. */
function fullDocument(locate: Locate | undefined): JsonObject {
  const known = full.get(locate);
  if (known !== undefined) return known;
  const document = ecsDocument(FULL_RECORD, undefined, locate);
  full.set(locate, document);
  return document;
}

const FULL_RECORD = {
  eventSource: 'rolesanywhere.amazonaws.com',
  eventName: 'CreateProfile',
  eventTime: '2026-01-01T00:00:00Z',
  sourceIPAddress: '192.0.2.1',
  userAgent: 'aws-cli/2.0',
};
