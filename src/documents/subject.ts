import type { SubjectDetail } from '../snapshot/shapes.ts';
import { accountFacts, type Place } from './context.ts';
import type { Document } from './document.ts';
import { bodyOf, type Facts, orUnknown } from './facts.ts';
import { above, daysSince, type Terms } from './terms.ts';

export function subjectDocument(
  { account, region }: Place,
  subject: SubjectDetail,
  { now, settings }: Terms,
): Document {
  const facts: Facts = {
    id: subject.subjectId,
    arn: subject.subjectArn,
    name: subject.x509Subject,
    enabled: orUnknown(subject.enabled),
    last_seen_at: orUnknown(subject.lastSeenAt),
    created_at: orUnknown(subject.createdAt),
    updated_at: orUnknown(subject.updatedAt),
    beyond: {
      max_idle_days: orUnknown(above(daysSince(subject.lastSeenAt, now), settings.thresholds.max_idle_days)),
    },
  };
  const kind = 'subject';
  return {
    kind,
    resource: { kind, id: subject.subjectArn, name: subject.x509Subject, account: account.id, region: region.name },
    body: bodyOf({ kind, account: accountFacts(account), region: region.name, subject: facts }),
  };
}
