import type { Crl } from '../../pki/crl.ts';
import { accountFacts, isComplete, type Place } from '../context.ts';
import type { Document } from '../document.ts';
import { bodyOf, type Fact, type Facts, orUnknown, UNKNOWN } from '../facts.ts';
import type { CrlIssuer } from '../pki/crlIssuer.ts';
import type { RevocationList } from '../pki/revocationLists.ts';
import { above, daysSince, type Terms } from '../terms.ts';
import { crlCalls } from './crlCalls.ts';
import type { NewerLists } from './newerLists.ts';
import type { RevokedComers } from './revokedComers.ts';

export interface CrlSetting extends Terms {
  readonly newer: NewerLists;
  readonly cameBack: RevokedComers;
}

export function crlDocument({ account, region }: Place, list: RevocationList, setting: CrlSetting): Document {
  const { now, settings } = setting;
  const { detail } = list;
  const newer = isComplete(region, 'crls') ? setting.newer(list) : 'unsure';
  const facts: Facts = {
    id: detail.crlId,
    arn: detail.crlArn,
    name: detail.name,
    enabled: detail.enabled,
    trust_anchor: anchorFacts(list),
    readable: readableFact(list),
    ...(list.crl === undefined ? UNREAD : listFacts(list.crl, setting.cameBack(list))),
    superseded_by: newer === 'unsure' ? UNKNOWN : newer?.detail.name,
    calls: crlCalls(list, newer === 'unsure' ? undefined : newer),
    ...issuerFacts(list),
    created_at: orUnknown(detail.createdAt),
    updated_at: orUnknown(detail.updatedAt),
    beyond: {
      max_crl_age_days: orUnknown(above(daysSince(detail.updatedAt, now), settings.thresholds.max_crl_age_days)),
    },
  };
  const kind = 'crl';
  return {
    kind,
    resource: { kind, id: detail.crlArn, name: detail.name, account: account.id, region: region.name },
    body: bodyOf({ kind, account: accountFacts(account), region: region.name, crl: facts }),
  };
}

/** Of several lists in one text the first is read; whether AWS goes by the others is not documented. */
function readableFact({ detail, crl }: RevocationList): boolean | typeof UNKNOWN {
  return detail.crlData === undefined || crl?.only === false ? UNKNOWN : crl !== undefined;
}

function anchorFacts({ detail, authority }: RevocationList): Facts {
  const arn = orUnknown(detail.trustAnchorArn);
  if (authority === undefined) return { arn, exists: UNKNOWN, name: UNKNOWN, enabled: UNKNOWN };
  if (authority === 'missing') return { arn, exists: false };
  return { arn, exists: true, name: authority.anchor.name, enabled: authority.anchor.enabled };
}

/** How many serials, or extensions, stand in a document: enough to recognise a list by. */
const FEW = 5;

function listFacts({ revocations, signed, ...crl }: Crl, cameBack: Fact): Facts {
  return {
    issuer: crl.issuer.text,
    this_update: crl.thisUpdate,
    next_update: crl.nextUpdate,
    number: crl.number,
    authority_key_id: crl.authorityKeyId,
    signature_algorithm: signed.algorithm.text,
    signature_hash: orUnknown(signed.algorithm.hash),
    delta: crl.delta,
    indirect: crl.indirect,
    unknown_critical: crl.unknownCritical.slice(0, FEW),
    revoked: { count: revocations.count, serial: revocations.first(FEW), seen_since: cameBack },
  };
}

const UNREAD: Facts = Object.fromEntries(
  [
    'issuer',
    'this_update',
    'next_update',
    'number',
    'authority_key_id',
    'signature_algorithm',
    'signature_hash',
    'delta',
    'indirect',
    'unknown_critical',
    'revoked',
  ].map(name => [name, UNKNOWN]),
);

/** Of a list without a trust anchor there is nothing to compare it with, and no field that says so twice. */
function issuerFacts({ authority, issuer }: RevocationList): Facts {
  if (authority === 'missing') return {};
  return {
    issuer_matches: orUnknown(issuer?.issuerMatches),
    key_matches: keyFact(issuer),
    signature_valid: orUnknown(issuer?.signatureValid),
    issued_by_anchor: orUnknown(issuer?.issued),
  };
}

function keyFact(issuer: CrlIssuer | undefined): boolean | undefined | typeof UNKNOWN {
  return issuer?.keyMatches === 'none' ? undefined : orUnknown(issuer?.keyMatches);
}
