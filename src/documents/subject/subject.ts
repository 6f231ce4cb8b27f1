import { not } from '../../iam/truth.ts';
import type { SubjectDetail } from '../../snapshot/shapes.ts';
import type { RegionSnapshot } from '../../snapshot/snapshot.ts';
import { accountFacts, type Place } from '../context.ts';
import type { Document } from '../document.ts';
import { bodyOf, type Facts, orUnknown, UNKNOWN } from '../facts.ts';
import { type Credential, credentialOf, liveCount, newestOf } from '../pki/credential.ts';
import type { RegionPki } from '../pki/regionPki.ts';
import { above, daysSince, type Terms } from '../terms.ts';
import { credentialFacts } from './credentialFacts.ts';
import { isShortLived } from './shortLived.ts';

export function subjectDocument(
  { account, region }: Place,
  subject: SubjectDetail,
  { pki, ...terms }: Terms & { readonly pki: RegionPki },
): Document {
  const { now, settings } = terms;
  const credentials = subject.credentials?.map(detail => credentialOf(detail, pki, now));
  const facts: Facts = {
    id: subject.subjectId,
    arn: subject.subjectArn,
    name: subject.x509Subject,
    enabled: orUnknown(subject.enabled),
    last_seen_at: orUnknown(subject.lastSeenAt),
    created_at: orUnknown(subject.createdAt),
    updated_at: orUnknown(subject.updatedAt),
    ...credentialFields(credentials, terms),
    beyond: {
      max_idle_days: orUnknown(above(daysSince(subject.lastSeenAt, now), settings.thresholds.max_idle_days)),
      max_live_certificates: orUnknown(credentials && tooMany(credentials, { region, pki, settings })),
    },
  };
  const kind = 'subject';
  return {
    kind,
    resource: { kind, id: subject.subjectArn, name: subject.x509Subject, account: account.id, region: region.name },
    body: bodyOf({ kind, account: accountFacts(account), region: region.name, subject: facts }),
  };
}

/** Only GetSubject tells of certificates; Postern asks it for some subjects of a large account, not for all. */
function credentialFields(credentials: readonly Credential[] | undefined, terms: Terms): Facts {
  if (credentials === undefined) return { credentials: UNKNOWN, live_certificates: UNKNOWN, last_failure_at: UNKNOWN };
  const newest = newestOf(credentials);
  const { least, most } = liveCount(credentials);
  return {
    credentials: credentials.map(credential => credentialFacts(credential, newest, terms)),
    live_certificates: least === most ? least : UNKNOWN,
    last_failure_at: lastFailure(credentials),
  };
}

function lastFailure(credentials: readonly Credential[]): string | undefined {
  const failed = credentials.map(({ detail }) => detail).filter(detail => detail.failed === true);
  return failed
    .flatMap(({ seenAt }) => seenAt ?? [])
    .toSorted()
    .at(-1);
}

interface Counting extends Pick<Terms, 'settings'> {
  readonly region: RegionSnapshot;
  readonly pki: RegionPki;
}

/** Of one that runs out soon the next is issued early, and machines that come and go may share its name. */
function tooMany(credentials: readonly Credential[], { region, pki, settings }: Counting): boolean | undefined {
  const { max_live_certificates: allowed, max_hours_without_crl: hours } = settings.thresholds;
  const setting = { region, authorities: pki.authorities, hours };
  const { least, most } = liveCount(credentials, certificate => not(isShortLived(certificate, setting)));
  return least > allowed || (most > allowed ? undefined : false);
}
