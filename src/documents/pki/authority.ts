import { oncePer } from '../../memo/oncePer.ts';
import { remembering } from '../../memo/remembering.ts';
import { type Certificate, readCertificates } from '../../pki/certificate.ts';
import type { CertificateAuthorityDetail, TrustAnchorDetail } from '../../snapshot/shapes.ts';
import type { RegionSnapshot } from '../../snapshot/snapshot.ts';

/** The CA behind a trust anchor. */
export interface Authority {
  /** In the order of the bundle; that of AWS Private CA is one. */
  readonly certificates: readonly Certificate[];
  /** Certificates that were there and could not be read; undefined when nobody asked for them. */
  readonly unparsed: number | undefined;
  /** Whether these are all of its certificates. */
  readonly complete: boolean;
}

/** Read once for all documents that ask. */
export function authorityOf(region: RegionSnapshot, anchor: TrustAnchorDetail): Authority {
  return authoritiesIn(region)(anchor);
}

const authoritiesIn = oncePer((region: RegionSnapshot) =>
  oncePer((anchor: TrustAnchorDetail) => authorityIn(bundleOf(region, anchor))),
);

function authorityIn(pem: string | undefined): Authority {
  if (pem === undefined) return { certificates: [], unparsed: undefined, complete: false };
  const { certificates, unparsed } = certificatesIn(pem);
  return { certificates, unparsed, complete: unparsed === 0 };
}

/** Many a trust anchor of another region or account has the same CA. */
const certificatesIn = remembering(readCertificates, 1_000);

/** An anchor over AWS Private CA only names its CA, whose certificate is asked for elsewhere and may have been refused. */
function bundleOf(region: RegionSnapshot, { source: { sourceData } }: TrustAnchorDetail): string | undefined {
  return sourceData.x509CertificateData ?? privateCaOf(region, sourceData.acmPcaArn)?.certificate;
}

/** What was read of a private CA; undefined where nothing was. */
export function privateCaOf(region: RegionSnapshot, arn: string | undefined): CertificateAuthorityDetail | undefined {
  if (arn === undefined) return undefined;
  return privateCasIn(region).get(arn);
}

/** Every trust anchor of a region asks for its own. */
const privateCasIn = oncePer(
  ({ certificateAuthorities = [] }: RegionSnapshot) => new Map(certificateAuthorities.map(each => [each.arn, each])),
);
