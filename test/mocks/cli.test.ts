import { execFile, execFileSync } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import type { PretendAws } from '../../mocks/server.ts';
import { pretend } from './pretend.ts';

const run = promisify(execFile);

/** The AWS CLI brings its own, newer service models: what it can parse, AWS could have sent. */
describe.skipIf(!hasCli())('the aws command (skipped where there is none)', () => {
  test('parses every operation, newer fields included', { timeout: 180_000 }, async () => {
    const aws = await pretend({ story: 'break-in' });
    const [anchors, profiles, crls, subjects] = await Promise.all([
      cli(aws, 'rolesanywhere', 'list-trust-anchors', '--page-size', '1'),
      cli(aws, 'rolesanywhere', 'list-profiles', '--page-size', '2'),
      cli(aws, 'rolesanywhere', 'list-crls'),
      cli(aws, 'rolesanywhere', 'list-subjects'),
    ]);
    const anchor = first(anchors, 'trustAnchors');
    const profile = first(profiles, 'profiles');
    expect(list(anchors, 'trustAnchors')).toHaveLength(2);
    expect(list(profiles, 'profiles')).toHaveLength(4);
    expect(anchor.notificationSettings).toHaveLength(2);
    expect(profile).toMatchObject({
      acceptRoleSessionName: false,
      attributeMappings: expect.arrayContaining([
        { certificateField: 'x509Subject', mappingRules: [{ specifier: '*' }] },
      ]),
    });

    const policy = 'arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPowerUser';
    const answers = await inTurns(4, [
      () => cli(aws, 'rolesanywhere', 'get-trust-anchor', '--trust-anchor-id', String(anchor.trustAnchorId)),
      () => cli(aws, 'rolesanywhere', 'get-profile', '--profile-id', String(profile.profileId)),
      () => cli(aws, 'rolesanywhere', 'get-crl', '--crl-id', String(first(crls, 'crls').crlId)),
      () => cli(aws, 'rolesanywhere', 'get-subject', '--subject-id', String(first(subjects, 'subjects').subjectId)),
      () => cli(aws, 'rolesanywhere', 'list-tags-for-resource', '--resource-arn', String(anchor.trustAnchorArn)),
      () => cli(aws, 'iam', 'list-roles', '--page-size', '3'),
      () => cli(aws, 'iam', 'get-role', '--role-name', 'deploy'),
      () => cli(aws, 'iam', 'list-attached-role-policies', '--role-name', 'deploy'),
      () => cli(aws, 'iam', 'list-role-policies', '--role-name', 'deploy'),
      () => cli(aws, 'iam', 'get-role-policy', '--role-name', 'deploy', '--policy-name', 'ship-it'),
      () => cli(aws, 'iam', 'get-policy', '--policy-arn', policy),
      () => cli(aws, 'iam', 'get-policy-version', '--policy-arn', policy, '--version-id', 'v1'),
      () => cli(aws, 'iam', 'get-account-authorization-details', '--filter', 'Role', 'AWSManagedPolicy'),
      () => cli(aws, 'iam', 'list-account-aliases'),
      () =>
        cli(
          aws,
          'cloudtrail',
          'lookup-events',
          '--lookup-attributes',
          'AttributeKey=EventSource,AttributeValue=rolesanywhere.amazonaws.com',
        ),
      () => cli(aws, 'sts', 'get-caller-identity'),
      () => cli(aws, 'ec2', 'describe-regions', '--all-regions'),
    ]);
    expect(answers).toMatchObject([
      { trustAnchor: anchor },
      { profile },
      { crl: { name: 'acme-servers-crl' } },
      { subject: { credentials: [{ failed: false }] } },
      { tags: [{ key: 'team' }, { key: 'managed-by' }] },
      {
        Roles: expect.arrayContaining([
          expect.objectContaining({ RoleName: 'Administrator', MaxSessionDuration: 43_200 }),
        ]),
      },
      { Role: { AssumeRolePolicyDocument: { Version: '2012-10-17' } } },
      { AttachedPolicies: [{ PolicyArn: policy }] },
      { PolicyNames: ['ship-it'] },
      { PolicyDocument: { Version: '2012-10-17' } },
      { Policy: { AttachmentCount: 1 } },
      { PolicyVersion: { Document: { Version: '2012-10-17' } } },
      { RoleDetailList: expect.any(Array), Policies: expect.any(Array) },
      { AccountAliases: ['acme-prod'] },
      { Events: expect.arrayContaining([expect.objectContaining({ EventName: 'CreateSession' })]) },
      { Account: '111122223333' },
      {
        Regions: expect.arrayContaining([
          { RegionName: 'me-south-1', OptInStatus: 'not-opted-in', Endpoint: 'ec2.me-south-1.amazonaws.com' },
        ]),
      },
    ]);
  });

  test('reads a private CA', { timeout: 60_000 }, async () => {
    const aws = await pretend({ story: 'fleet' });
    const arn =
      'arn:aws:acm-pca:ap-southeast-1:222233334444:certificate-authority/3c1f0d7e-54a2-4b86-9d7e-8b1c0a9f6e25';
    const asked = ['--certificate-authority-arn', arn, '--region', 'ap-southeast-1'];
    const [described, certified] = await Promise.all([
      cli(aws, 'acm-pca', 'describe-certificate-authority', ...asked),
      cli(aws, 'acm-pca', 'get-certificate-authority-certificate', ...asked),
    ]);
    expect(described).toMatchObject({ CertificateAuthority: { Arn: arn, Status: 'ACTIVE', Type: 'SUBORDINATE' } });
    expect(certified).toEqual({
      Certificate: expect.stringMatching(/^-----BEGIN CERTIFICATE-----/),
      CertificateChain: expect.stringMatching(/^-----BEGIN CERTIFICATE-----/),
    });
    const elsewhere = ['--certificate-authority-arn', arn, '--region', 'eu-west-1'];
    await expect(cli(aws, 'acm-pca', 'describe-certificate-authority', ...elsewhere)).rejects.toThrow(
      /\(ResourceNotFoundException\) when calling the DescribeCertificateAuthority operation/,
    );
  });

  test('tells its user what was refused', { timeout: 60_000 }, async () => {
    const aws = await pretend({ faults: [{ operation: 'rolesanywhere:ListCrls', kind: 'AccessDenied' }] });
    await expect(cli(aws, 'rolesanywhere', 'list-crls')).rejects.toThrow(
      /\(AccessDeniedException\) when calling the ListCrls operation: User: .* is not authorized to perform: rolesanywhere:ListCrls/,
    );
    await expect(cli(aws, 'iam', 'get-role', '--role-name', 'nobody')).rejects.toThrow(
      /\(NoSuchEntity\) when calling the GetRole operation/,
    );
  });
});

type Answer = Readonly<Record<string, unknown>>;

async function cli(aws: PretendAws, ...args: readonly string[]): Promise<Answer> {
  const { accessKeyId, secretAccessKey } = aws.credentials;
  const env = {
    PATH: process.env.PATH,
    HOME: '/nonexistent',
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_DEFAULT_REGION: 'eu-west-1',
    AWS_MAX_ATTEMPTS: '1',
    AWS_PAGER: '',
  };
  const { stdout } = await run('aws', [...args, '--endpoint-url', aws.endpoint, '--output', 'json'], {
    env,
    maxBuffer: 10_000_000,
  });
  return JSON.parse(stdout) as Answer;
}

/** So many at a time. */
async function inTurns<Result>(width: number, jobs: readonly (() => Promise<Result>)[]): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (let n = 0; n < jobs.length; n += width)
    results.push(...(await Promise.all(jobs.slice(n, n + width).map(job => job()))));
  return results;
}

function hasCli(): boolean {
  try {
    execFileSync('aws', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const list = (answer: Answer, member: string): readonly Answer[] => answer[member] as readonly Answer[];
const first = (answer: Answer, member: string): Answer => list(answer, member)[0]!;
