import { describe, expect, test } from 'vitest';
import type { FaultKind } from '../../mocks/server.ts';
import { coverageOf } from '../../src/snapshot/coverage.ts';
import type { RegionSnapshot } from '../../src/snapshot/snapshot.ts';
import { type Canned, collectedFrom } from './canned.ts';
import { collected, QUICK } from './pretend.ts';

const HOME = 'ap-southeast-1';
const ARN = `arn:aws:acm-pca:${HOME}:222233334444:certificate-authority/3c1f0d7e-54a2-4b86-9d7e-8b1c0a9f6e25`;
const DESCRIBE = 'acm-pca:DescribeCertificateAuthority';
const CERTIFICATE = 'acm-pca:GetCertificateAuthorityCertificate';

describe('the private CA behind a trust anchor', () => {
  test('is read with its certificate and chain', async () => {
    const { snapshot, aws } = await collected({ story: 'fleet' }, { regions: [HOME, 'eu-west-1'] });
    const [home, elsewhere] = snapshot.accounts[0]!.regions;
    expect(home!.certificateAuthorities).toEqual([
      {
        arn: ARN,
        status: 'ACTIVE',
        type: 'SUBORDINATE',
        usageMode: 'GENERAL_PURPOSE',
        ownerAccount: '222233334444',
        certificate: expect.stringMatching(/^-----BEGIN CERTIFICATE-----\n[^-]+-----END CERTIFICATE-----$/),
        certificateChain: expect.stringContaining('BEGIN CERTIFICATE'),
      },
    ]);
    expect(elsewhere).not.toHaveProperty('certificateAuthorities');
    const asked = aws.requests.filter(({ service }) => service === 'acm-pca');
    expect(asked.map(({ region, resource }) => [region, resource])).toEqual([
      [HOME, ARN],
      [HOME, ARN],
    ]);
    const rows = coverageOf(snapshot).filter(({ operation }) => operation.startsWith('acm-pca:'));
    expect(rows.map(({ region, operation, status, items }) => [region, operation, status, items])).toEqual([
      [HOME, DESCRIBE, 'read', 1],
      [HOME, CERTIFICATE, 'read', 1],
    ]);
  });

  test.each<[FaultKind, RegExp]>([
    ['AccessDenied', /^AccessDeniedException$/],
    ['throttle', /^ThrottlingException$/],
    ['error500', /^InternalFailure$/],
    ['unavailable503', /^ServiceUnavailable$/],
    ['reset', /^ECONNRESET$/],
    ['truncated', /^ECONNRESET$/],
    ['garbage', /^UnreadableReply$/],
    ['malformed-shape', /^UnreadableReply$/],
    ['empty', /^UnreadableReply$/],
    ['hang', /^TimeoutError$/],
    ['ExpiredToken', /^ExpiredToken/],
    ['InvalidToken', /^UnrecognizedClientException$/],
  ])('%s is told, and what the other call brought is kept', async (kind, error) => {
    const faults = [{ operation: CERTIFICATE, kind }];
    const tuning = { ...QUICK, attemptTimeout: kind === 'hang' ? 400 : 5000 };
    const { snapshot } = await collected({ story: 'fleet', faults }, { regions: [HOME] }, tuning);
    const [home] = snapshot.accounts[0]!.regions;
    const told = home!.unread.filter(({ operation }) => operation === CERTIFICATE);
    expect(told).toEqual([
      { operation: CERTIFICATE, resource: ARN, error: expect.stringMatching(error), message: expect.any(String) },
    ]);
    expect(told[0]!.message).not.toMatch(/^$|\n|undefined|\[object/);
    expect(home!.certificateAuthorities).toEqual([
      { arn: ARN, status: 'ACTIVE', type: 'SUBORDINATE', usageMode: 'GENERAL_PURPOSE', ownerAccount: '222233334444' },
    ]);
  });

  test('the certificate alone is enough', async () => {
    const faults = [{ operation: DESCRIBE, kind: 'AccessDenied' as const }];
    const { snapshot } = await collected({ story: 'fleet', faults }, { regions: [HOME] });
    const [home] = snapshot.accounts[0]!.regions;
    expect(home!.certificateAuthorities).toMatchObject([{ arn: ARN, certificate: expect.any(String) }]);
    expect(home!.unread).toMatchObject([{ operation: DESCRIBE, error: 'AccessDeniedException' }]);
  });
});

const PEM = '-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----';

async function regionWith(acmPcaArn: string, canned: Canned): Promise<RegionSnapshot> {
  const source = { sourceType: 'AWS_ACM_PCA', sourceData: { acmPcaArn } };
  const anchor = { trustAnchorId: 'a', trustAnchorArn: 'arn:a', name: 'a', enabled: true, source };
  const snapshot = await collectedFrom({ '/trustanchors': JSON.stringify({ trustAnchors: [anchor] }), ...canned });
  return snapshot.accounts[0]!.regions[0]!;
}

const described = (members: object) => JSON.stringify({ CertificateAuthority: members });
const refused = (type: string) => ({ status: 400, body: JSON.stringify({ __type: type, message: 'no' }) });

describe('answers', () => {
  const whole = { status: 'ACTIVE', type: 'ROOT', ownerAccount: '999988887777' };
  const description = described({ Arn: ARN, Status: 'ACTIVE', Type: 'ROOT', OwnerAccount: '999988887777' });

  test.each<[string, Canned, readonly object[] | undefined, readonly string[]]>([
    [
      'a root has no chain',
      {
        DescribeCertificateAuthority: description,
        GetCertificateAuthorityCertificate: JSON.stringify({ Certificate: PEM, CertificateChain: null }),
      },
      [{ arn: ARN, ...whole, certificate: PEM }],
      [],
    ],
    [
      'there is no such CA',
      { DescribeCertificateAuthority: () => refused('ResourceNotFoundException') },
      [{ arn: ARN, missing: true }],
      [],
    ],
    [
      'a CA without a certificate yet',
      {
        DescribeCertificateAuthority: description,
        GetCertificateAuthorityCertificate: () => refused('com.amazonaws.acmpca#InvalidStateException'),
      },
      [{ arn: ARN, ...whole }],
      [],
    ],
    [
      'a CA that is being made',
      {
        DescribeCertificateAuthority: description,
        GetCertificateAuthorityCertificate: () => refused('RequestInProgressException:http://x'),
      },
      [{ arn: ARN, ...whole }],
      ['RequestInProgressException: no'],
    ],
    [
      'an error without a name',
      {
        DescribeCertificateAuthority: description,
        GetCertificateAuthorityCertificate: () => ({ status: 403, body: '<html>' }),
      },
      [{ arn: ARN, ...whole }],
      ['HTTP 403: AWS answered with HTTP status 403'],
    ],
    [
      'members of other kinds',
      {
        DescribeCertificateAuthority: described({ Status: 7, ['__proto__']: { Type: 'x' } }),
        GetCertificateAuthorityCertificate: JSON.stringify({ Certificate: PEM }),
      },
      [],
      ['UnreadableReply: an item of the answer could not be read at status: expected a string, found the number 7'],
    ],
    [
      'a list for an answer',
      { DescribeCertificateAuthority: '[1]', GetCertificateAuthorityCertificate: '{"Certificate":{}}' },
      [{ arn: ARN }],
      [
        'UnreadableReply: the answer could not be read: it is not a JSON object',
        'UnreadableReply: the answer could not be read: it has no certificate',
      ],
    ],
  ])('%s', async (_, canned, authorities, unread) => {
    const region = await regionWith(ARN, canned);
    expect(region.certificateAuthorities).toEqual(authorities);
    expect(region.unread.map(({ error, message }) => `${error}: ${message}`)).toEqual(unread);
  });

  test.each([
    'arn:aws:acm-pca:x',
    'arn:aws:acm-pca:../evil:111122223333:certificate-authority/x',
    'arn:aws:acm-pca:evil.example#:111122223333:certificate-authority/x',
    'arn:aws:s3:eu-west-1:111122223333:certificate-authority/x',
    '__proto__',
  ])('%s names no CA that could be asked for', async arn => {
    const region = await regionWith(arn, {});
    expect(region.certificateAuthorities).toEqual([]);
    expect(region.unread).toMatchObject([{ operation: CERTIFICATE, resource: arn, error: 'UnreadableReply' }]);
  });
});
