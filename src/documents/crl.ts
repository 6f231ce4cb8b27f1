import type { CrlDetail } from '../snapshot/shapes.ts';
import { accountFacts, type Place } from './context.ts';
import type { Document } from './document.ts';
import { bodyOf, type Facts, orUnknown } from './facts.ts';
import { above, daysSince, type Terms } from './terms.ts';

export function crlDocument({ account, region }: Place, crl: CrlDetail, { now, settings }: Terms): Document {
  const facts: Facts = {
    id: crl.crlId,
    arn: crl.crlArn,
    name: crl.name,
    enabled: crl.enabled,
    trust_anchor: { arn: orUnknown(crl.trustAnchorArn) },
    created_at: orUnknown(crl.createdAt),
    updated_at: orUnknown(crl.updatedAt),
    beyond: {
      max_crl_age_days: orUnknown(above(daysSince(crl.updatedAt, now), settings.thresholds.max_crl_age_days)),
    },
  };
  const kind = 'crl';
  return {
    kind,
    resource: { kind, id: crl.crlArn, name: crl.name, account: account.id, region: region.name },
    body: bodyOf({ kind, account: accountFacts(account), region: region.name, crl: facts }),
  };
}
