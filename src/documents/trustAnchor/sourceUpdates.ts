import type { TrustAnchorDetail } from '../../snapshot/shapes.ts';
import type { Facts } from '../facts.ts';

/**
 * What `aws rolesanywhere` takes to change what a trust anchor rests on, by what has changed, for a fix to be filled with. An
 * anchor over AWS Private CA takes a renewed certificate from the same CA, and has room for one CA only: another one in its
 * place would lock out all whose certificates the old one issued, so it gets an anchor of its own. A bundle has room for
 * several, and is replaced as a whole: what is to stay in it must be said again.
 */
export function sourceUpdates({ trustAnchorId, source: { sourceType, sourceData } }: TrustAnchorDetail): Facts {
  if (sourceType === 'AWS_ACM_PCA') {
    const same = privateCa(sourceData.acmPcaArn ?? 'ARN OF THE CA');
    return {
      renewed: same,
      replaced: same,
      in_use: same,
      new_ca: privateCa('ARN OF THE NEW CA'),
      new_ca_call: ['create-trust-anchor', '--enabled', '--name', 'NAME OF THE NEW ANCHOR'],
    };
  }
  return {
    renewed: pem('PEM OF ALL THAT IS THERE AND OF THE NEW CERTIFICATE'),
    replaced: pem('PEM OF THE NEW CERTIFICATE AND OF ALL THAT STAY'),
    in_use: pem('PEM OF EACH CA THAT IS STILL IN USE'),
    new_ca: pem('PEM OF ALL THAT IS THERE AND OF THE NEW CA'),
    new_ca_call: ['update-trust-anchor', '--trust-anchor-id', trustAnchorId],
  };

  function pem(what: string): string {
    return `sourceType=${sourceType},sourceData={x509CertificateData="${what}"}`;
  }
}

function privateCa(arn: string): string {
  return `sourceType=AWS_ACM_PCA,sourceData={acmPcaArn="${arn}"}`;
}
