import { type Certificate, isAuthority, isSelfSigned, readCertificates } from '../pki/certificate.ts';
import type { TrustAnchorDetail } from '../snapshot/shapes.ts';
import type { RegionSnapshot } from '../snapshot/snapshot.ts';
import { accountFacts, isComplete, type Place } from './context.ts';
import type { Document } from './document.ts';
import { bodyOf, type Facts, orUnknown, partly, UNKNOWN } from './facts.ts';
import { tagFacts } from './tags.ts';

/** `creators`: who created which anchor, by the anchor's ARN, as far as the events tell. */
export function trustAnchorDocument(
  { account, region }: Place,
  anchor: TrustAnchorDetail,
  creators: ReadonlyMap<string, string>,
): Document {
  const facts: Facts = {
    ...ownFacts(anchor),
    created_by: orUnknown(creators.get(anchor.trustAnchorArn)),
    ...certificateFields(anchor),
    crls: crlFacts(region, anchor.trustAnchorArn),
    notification_settings: notificationFacts(anchor),
    ...tagFacts(region, anchor.trustAnchorArn),
  };
  const kind = 'trust_anchor';
  return {
    kind,
    resource: { kind, id: anchor.trustAnchorArn, name: anchor.name, account: account.id, region: region.name },
    body: bodyOf({ kind, account: accountFacts(account), region: region.name, trust_anchor: facts }),
  };
}

function ownFacts(anchor: TrustAnchorDetail): Facts {
  return {
    id: anchor.trustAnchorId,
    arn: anchor.trustAnchorArn,
    name: anchor.name,
    enabled: anchor.enabled,
    source_type: anchor.source.sourceType,
    acm_pca_arn: anchor.source.sourceData.acmPcaArn,
    created_at: orUnknown(anchor.createdAt),
    updated_at: orUnknown(anchor.updatedAt),
  };
}

/** An anchor over AWS Private CA names its CA and carries no certificate, and nothing here asks the CA for it. */
function certificateFields(anchor: TrustAnchorDetail): Facts {
  const pem = anchor.source.sourceData.x509CertificateData;
  if (pem === undefined) return { certificates: UNKNOWN, certificates_unparsed: UNKNOWN };
  const { certificates, unparsed } = readCertificates(pem);
  const facts = certificates.map(certificateFacts);
  return { certificates: unparsed > 0 ? partly(facts) : facts, certificates_unparsed: unparsed };
}

function certificateFacts(certificate: Certificate): Facts {
  const { subject, issuer, serial, notBefore, notAfter, key, sha256 } = certificate;
  return {
    subject: subject.text,
    issuer: issuer.text,
    serial,
    not_before: notBefore,
    not_after: notAfter,
    self_signed: orUnknown(isSelfSigned(certificate)),
    ca: isAuthority(certificate),
    key_type: key.type,
    key_bits: key.bits,
    fingerprint_sha256: sha256,
  };
}

function crlFacts(region: RegionSnapshot, arn: string): Facts | typeof UNKNOWN {
  if (!isComplete(region, 'crls')) return UNKNOWN;
  const crls = region.crls.filter(crl => crl.trustAnchorArn === arn);
  return {
    count: crls.length,
    enabled_count: crls.filter(crl => crl.enabled).length,
    name: crls.map(crl => crl.name).sort(),
  };
}

function notificationFacts({ notificationSettings }: TrustAnchorDetail): readonly Facts[] | typeof UNKNOWN {
  if (notificationSettings === undefined) return UNKNOWN;
  return notificationSettings.map(setting => ({
    event: setting.event,
    enabled: setting.enabled,
    threshold: setting.threshold,
    channel: setting.channel,
    configured_by: setting.configuredBy,
  }));
}
