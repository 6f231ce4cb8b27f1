import type { TrustAnchorDetail } from '../snapshot/shapes.ts';
import type { Facts } from './facts.ts';

/**
 * What `--source` of `aws rolesanywhere update-trust-anchor` takes, by what has changed, for a fix to be filled with. An
 * anchor over AWS Private CA takes a renewed certificate from the same CA, and has room for one CA only; a bundle has room
 * for two, so that certificates of the old one work until they are re-issued.
 */
export function sourceUpdates({ source: { sourceType, sourceData } }: TrustAnchorDetail): Facts {
  if (sourceType === 'AWS_ACM_PCA') {
    const same = privateCa(sourceData.acmPcaArn ?? 'ARN OF THE CA');
    return { renewed: same, replaced: same, new_ca: privateCa('ARN OF THE NEW CA') };
  }
  const both = pem('PEM OF THE OLD CA AND OF THE NEW');
  return { renewed: both, replaced: pem('PEM OF THE NEW CA'), new_ca: both };

  function pem(what: string): string {
    return `sourceType=${sourceType},sourceData={x509CertificateData="${what}"}`;
  }
}

function privateCa(arn: string): string {
  return `sourceType=AWS_ACM_PCA,sourceData={acmPcaArn="${arn}"}`;
}
