import type { PrivateCa } from '../account.ts';
import { commonRefusal, Refusal } from '../wire/refusal.ts';
import type { Reply } from '../wire/reply.ts';
import type { Asked, Service } from './service.ts';

const TARGET = 'ACMPrivateCA.';
const ARN = /^arn:[\w-]+:acm-pca:[\w-]*:\d*:certificate-authority\/[\w-]+$/;

/** AWS Private CA: what it tells of its certificate authorities. */
export const acmPca: Service = {
  protocol: 'aws-json',
  operationOf: ({ headers, body }) => {
    const target = String(headers['x-amz-target'] ?? '');
    if (!target.startsWith(TARGET)) return undefined;
    const resource = arnIn(body);
    const name = target.slice(TARGET.length);
    return resource === undefined ? { name } : { name, resource };
  },
  limitOf: operation => (READERS.has(operation) ? { family: operation, perSecond: 20 } : undefined),
  answer: asked => {
    const reader = READERS.get(asked.operation.name);
    if (reader === undefined) throw commonRefusal('aws-json', 'AccessDenied');
    return json(reader(authorityOf(asked)));
  },
};

const READERS: ReadonlyMap<string, (authority: PrivateCa) => object> = new Map([
  ['DescribeCertificateAuthority', describe],
  ['GetCertificateAuthorityCertificate', certificates],
]);

function describe({ arn, owner, status, type, createdAt, valid }: PrivateCa): object {
  return {
    CertificateAuthority: {
      Arn: arn,
      OwnerAccount: owner,
      Status: status,
      Type: type,
      CreatedAt: seconds(createdAt),
      ...(valid && { NotBefore: seconds(valid.from), NotAfter: seconds(valid.to) }),
      CertificateAuthorityConfiguration: { KeyAlgorithm: 'EC_prime256v1', SigningAlgorithm: 'SHA256WITHECDSA' },
      UsageMode: 'GENERAL_PURPOSE',
    },
  };
}

/** Errors as the API reference describes them for GetCertificateAuthorityCertificate. */
function certificates({ arn, status, certificate, chain }: PrivateCa): object {
  if (status === 'CREATING') throw refuse('RequestInProgressException', `The request for ${arn} is still in progress.`);
  if (certificate === undefined)
    throw refuse('InvalidStateException', `The certificate authority ${arn} is not in the correct state.`);
  return { Certificate: certificate, ...(chain !== undefined && { CertificateChain: chain }) };
}

/** A CA of another region is not there at all. */
function authorityOf({ account, operation, request }: Asked): PrivateCa {
  const { resource = '' } = operation;
  if (!ARN.test(resource)) throw refuse('InvalidArnException', `The ARN ${resource} is not valid.`);
  const authority = account.privateCas.get(resource);
  if (authority === undefined || resource.split(':')[3] !== request.region)
    throw refuse('ResourceNotFoundException', `Could not find resource: ${resource}`);
  return authority;
}

function arnIn(body: string): string | undefined {
  try {
    const { CertificateAuthorityArn: arn } = JSON.parse(body) as Readonly<Record<string, unknown>>;
    return typeof arn === 'string' ? arn : undefined;
  } catch {
    return undefined;
  }
}

const json = (body: object): Reply => ({
  status: 200,
  headers: { 'content-type': 'application/x-amz-json-1.1' },
  body: JSON.stringify(body),
});
const seconds = (at: string): number => Date.parse(at) / 1000;
const refuse = (code: string, message: string): Refusal => new Refusal(code, 400, message);
