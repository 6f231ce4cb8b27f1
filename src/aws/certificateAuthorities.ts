import { compare } from '../snapshot/compare.ts';
import { CertificateAuthority } from '../snapshot/schema.ts';
import type { CertificateAuthorityDetail, TrustAnchorDetail } from '../snapshot/shapes.ts';
import { UnreadableReply } from './failure.ts';
import { own, validItem } from './lists.ts';
import type { Operation } from './operation.ts';
import type { PrivateCa } from './privateCa.ts';
import type { Collector, Region } from './region.ts';
import { isRegionName } from './regionNames.ts';

/** Twenty a second each (AWS Private CA quotas, API rate quotas). */
const DESCRIBE = operation('DescribeCertificateAuthority');
const GET_CERTIFICATE = operation('GetCertificateAuthorityCertificate');

function operation(name: string): Operation {
  return { name: `acm-pca:${name}`, family: name, perSecond: 20 };
}

/**
 * The private CAs behind this region's trust anchors, with their certificates; nothing at all is asked where no anchor names one.
 * A CA that does not exist (any more) is told as missing.
 */
export const certificateAuthorities: Collector<'certificateAuthorities'> = {
  operations: [DESCRIBE, GET_CERTIFICATE],
  collect: async (region, others) => {
    const arns = namedBy(await others('trustAnchors'));
    if (arns.length === 0) return undefined;
    const client = region.clients.privateCa();
    return (await Promise.all(arns.map(arn => readAuthority(region, client, arn)))).flat();
  },
};

function namedBy(anchors: readonly TrustAnchorDetail[]): readonly string[] {
  const arns = anchors.flatMap(anchor => anchor.source.sourceData.acmPcaArn ?? []);
  return [...new Set(arns)].sort(compare);
}

/** A CA may be another account's, which shares it; it is asked for where its ARN says that it is. */
async function readAuthority(
  { place }: Region,
  client: PrivateCa,
  arn: string,
): Promise<readonly CertificateAuthorityDetail[]> {
  const home = regionIn(arn);
  if (home === undefined) {
    const message = 'a trust anchor names this certificate authority, and it is none that can be asked for';
    place.record({ operation: GET_CERTIFICATE.name, resource: arn, error: 'UnreadableReply', message });
    return [];
  }
  const input = { CertificateAuthorityArn: arn };
  const described = await place.attempt({
    operation: DESCRIBE,
    resource: arn,
    absentWhen: 'ResourceNotFoundException',
    send: async () => descriptionIn(await client.call(home, 'DescribeCertificateAuthority', input)),
  });
  if (described.kind === 'absent') return [{ arn, missing: true }];
  const certified = await place.attempt({
    operation: GET_CERTIFICATE,
    resource: arn,
    // No certificate yet, or one no more: PENDING_CERTIFICATE, DELETED (API reference, InvalidStateException).
    absentWhen: 'InvalidStateException',
    send: async () => certificatesIn(await client.call(home, 'GetCertificateAuthorityCertificate', input)),
  });
  const item = { arn, ...answerOf(described), ...answerOf(certified) };
  return validItem(place, { operation: GET_CERTIFICATE, resource: arn, schema: CertificateAuthority, item });
}

function answerOf(read: { readonly kind: string; readonly answer?: object }): object {
  return read.answer ?? {};
}

/** `arn:aws:acm-pca:eu-west-1:111122223333:certificate-authority/…`; undefined for what is none. */
function regionIn(arn: string): string | undefined {
  const [prefix, , service, region = '', , resource = ''] = arn.split(':');
  const isAuthority = prefix === 'arn' && service === 'acm-pca' && resource.startsWith('certificate-authority/');
  return isAuthority && isRegionName(region) ? region : undefined;
}

function descriptionIn(answer: Readonly<Record<string, unknown>>): object {
  const authority = own(answer, 'CertificateAuthority');
  if (typeof authority !== 'object' || authority === null) throw new UnreadableReply('it has no certificate authority');
  const members = Object(authority) as Readonly<Record<string, unknown>>;
  return present({
    status: own(members, 'Status'),
    type: own(members, 'Type'),
    usageMode: own(members, 'UsageMode'),
    ownerAccount: own(members, 'OwnerAccount'),
  });
}

function certificatesIn(answer: Readonly<Record<string, unknown>>): object {
  const certificate = own(answer, 'Certificate');
  if (typeof certificate !== 'string') throw new UnreadableReply('it has no certificate');
  return present({ certificate, certificateChain: own(answer, 'CertificateChain') });
}

function present(members: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined && value !== null));
}
