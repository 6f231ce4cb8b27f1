import { createHash } from 'node:crypto';
import { ecsDocument } from '../../cloudtrail/ecs.ts';
import type { Locate } from '../../cloudtrail/locate.ts';
import type { CloudTrailRecord } from '../../snapshot/shapes.ts';
import type { Place } from '../context.ts';
import type { Document, JsonObject } from '../document.ts';
import type { Recognise } from '../known.ts';
import { textAt } from '../path.ts';

export interface EventSetting {
  /** Tells where it came from. */
  readonly locate?: Locate | undefined;
  /** Tells whether that is known, and who did it. */
  readonly recognise?: Recognise | undefined;
}

/**
 * One CloudTrail record as a document; the same record gives the same id on every run. Its account is the one in whose
 * trail it stands; the caller's, which is ECS's `cloud.account.id`, may be another.
 */
export function eventDocument(
  { account, region }: Place,
  record: CloudTrailRecord,
  { locate, recognise = asItIs }: EventSetting = {},
): Document {
  const body = recognise(ecsDocument(record, undefined, locate));
  return {
    kind: 'event',
    resource: {
      kind: 'event',
      id: textAt(body, 'event.id') ?? fingerprint(record),
      name: textAt(body, 'event.action') ?? '',
      account: textAt(body, 'aws.cloudtrail.recipient_account_id') ?? account.id,
      region: textAt(body, 'cloud.region') ?? region.name,
    },
    body,
  };
}

function asItIs(body: JsonObject): JsonObject {
  return body;
}

function fingerprint(record: CloudTrailRecord): string {
  return createHash('sha256').update(JSON.stringify(record)).digest('hex').slice(0, 32);
}
