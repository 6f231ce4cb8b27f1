import { CloudTrailClient, LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import { DescribeRegionsCommand, EC2Client } from '@aws-sdk/client-ec2';
import * as iam from '@aws-sdk/client-iam';
import * as ra from '@aws-sdk/client-rolesanywhere';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { describe, expect, test } from 'vitest';
import type { PretendAws } from '../../mocks/server.ts';
import { NOW, pretend } from './pretend.ts';

const config = (aws: PretendAws, region = 'eu-west-1') => ({
  endpoint: aws.endpoint,
  credentials: aws.credentials,
  region,
  maxAttempts: 1,
});

describe('the real SDK reads', () => {
  test('every list and get of Roles Anywhere', async () => {
    const client = new ra.RolesAnywhereClient(config(await pretend()));
    const { trustAnchors = [] } = await client.send(new ra.ListTrustAnchorsCommand({}));
    const { profiles = [] } = await client.send(new ra.ListProfilesCommand({ pageSize: 100 }));
    const { crls = [] } = await client.send(new ra.ListCrlsCommand({}));
    const { subjects = [] } = await client.send(new ra.ListSubjectsCommand({}));
    expect(trustAnchors.map(({ name }) => name)).toEqual(['globex-dublin', 'vault-pki']);
    expect(profiles.map(({ name }) => name)).toContain('backup-agent');
    expect(crls[0]?.crlData?.at(0)).toBe(0x30);
    expect(subjects.length).toBeGreaterThan(50);

    const { trustAnchorId, trustAnchorArn } = trustAnchors[0]!;
    expect((await client.send(new ra.GetTrustAnchorCommand({ trustAnchorId }))).trustAnchor).toEqual(trustAnchors[0]);
    const { profileId } = profiles[0]!;
    expect((await client.send(new ra.GetProfileCommand({ profileId }))).profile).toEqual(profiles[0]);
    const { crlId } = crls[0]!;
    expect((await client.send(new ra.GetCrlCommand({ crlId }))).crl).toEqual(crls[0]);
    const { subject } = await client.send(new ra.GetSubjectCommand({ subjectId: subjects[0]!.subjectId }));
    expect(subject).toMatchObject(subjects[0]!);
    expect(subject?.credentials?.[0]?.x509CertificateData).toContain('BEGIN CERTIFICATE');
    const { tags } = await client.send(new ra.ListTagsForResourceCommand({ resourceArn: trustAnchorArn }));
    expect(tags).toEqual([
      { key: 'team', value: 'platform' },
      { key: 'managed-by', value: 'terraform' },
    ]);
  });

  test('every operation of IAM that Postern needs', async () => {
    const client = new iam.IAMClient(config(await pretend()));
    const roles: iam.Role[] = [];
    for await (const page of iam.paginateListRoles({ client, pageSize: 10 }, {})) roles.push(...(page.Roles ?? []));
    const RoleName = 'backup-agent';
    const listed = roles.find(role => role.RoleName === RoleName);
    expect(listed).toMatchObject({ MaxSessionDuration: 43_200, Path: '/' });
    expect(listed).not.toHaveProperty('Tags');

    const { Role } = await client.send(new iam.GetRoleCommand({ RoleName }));
    expect(Role?.PermissionsBoundary?.PermissionsBoundaryArn).toMatch(/policy\/onprem-boundary$/);
    expect(Role?.RoleLastUsed?.LastUsedDate).toBeInstanceOf(Date);
    expect(Role?.Tags).toEqual([{ Key: 'team', Value: 'Platform' }]);
    expect(JSON.parse(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? ''))).toHaveProperty(
      'Version',
      '2012-10-17',
    );

    const { AttachedPolicies } = await client.send(new iam.ListAttachedRolePoliciesCommand({ RoleName }));
    expect(AttachedPolicies).toEqual([
      { PolicyName: 'AmazonS3FullAccess', PolicyArn: 'arn:aws:iam::aws:policy/AmazonS3FullAccess' },
    ]);
    const { PolicyNames } = await client.send(new iam.ListRolePoliciesCommand({ RoleName: 'erp-export' }));
    expect(PolicyNames).toEqual(['erp-export']);
    const inline = await client.send(
      new iam.GetRolePolicyCommand({ RoleName: 'erp-export', PolicyName: 'erp-export' }),
    );
    expect(JSON.parse(decodeURIComponent(inline.PolicyDocument ?? ''))).toHaveProperty('Statement');

    const PolicyArn = 'arn:aws:iam::aws:policy/AdministratorAccess';
    const { Policy } = await client.send(new iam.GetPolicyCommand({ PolicyArn }));
    expect(Policy).toMatchObject({ DefaultVersionId: 'v1', AttachmentCount: 3, IsAttachable: true });
    const { PolicyVersion } = await client.send(new iam.GetPolicyVersionCommand({ PolicyArn, VersionId: 'v1' }));
    expect(PolicyVersion).toMatchObject({ IsDefaultVersion: true });
    expect((await client.send(new iam.ListAccountAliasesCommand({}))).AccountAliases).toEqual(['globex-hybrid']);
  });

  test('the account in bulk, page by page, each thing once', async () => {
    const aws = await pretend({ pageSize: 7 });
    const client = new iam.IAMClient(config(aws));
    const Filter: iam.EntityType[] = ['Role', 'LocalManagedPolicy', 'AWSManagedPolicy'];
    const pages: iam.GetAccountAuthorizationDetailsCommandOutput[] = [];
    for await (const page of iam.paginateGetAccountAuthorizationDetails({ client }, { Filter })) pages.push(page);
    const roles = pages.flatMap(({ RoleDetailList = [] }) => RoleDetailList);
    const policies = pages.flatMap(({ Policies = [] }) => Policies);
    expect(new Set(roles.map(({ Arn }) => Arn)).size).toBe(roles.length);
    expect(roles).toHaveLength(31);
    expect(roles[0]).not.toHaveProperty('MaxSessionDuration');
    expect(policies.map(({ PolicyName }) => PolicyName)).toContain('onprem-boundary');
    expect(policies.map(({ PolicyName }) => PolicyName)).not.toContain('AWSLambdaBasicExecution');
    expect(pages).toHaveLength(Math.ceil((roles.length + policies.length) / 7));
  });

  test('users and groups in bulk, over several pages', async () => {
    const client = new iam.IAMClient(config(await pretend({ pageSize: 3 })));
    const users: iam.UserDetail[] = [];
    const groups: iam.GroupDetail[] = [];
    const Filter: iam.EntityType[] = ['User', 'Group'];
    for await (const page of iam.paginateGetAccountAuthorizationDetails({ client }, { Filter })) {
      users.push(...(page.UserDetailList ?? []));
      groups.push(...(page.GroupDetailList ?? []));
      expect(page.RoleDetailList).toEqual([]);
    }
    expect(users.map(({ UserName, GroupList }) => [UserName, GroupList])).toEqual([
      ['break-glass-1', ['break-glass']],
      ['break-glass-2', ['break-glass']],
      ['jenkins', ['ci']],
      ['crl-upload', []],
    ]);
    expect(users[2]).toMatchObject({ Tags: [{ Key: 'team', Value: 'build' }] });
    expect(users[2]).not.toHaveProperty('UserPolicyList');
    expect(groups.map(({ GroupName, AttachedManagedPolicies = [] }) => [GroupName, AttachedManagedPolicies])).toEqual([
      [
        'break-glass',
        [{ PolicyName: 'AdministratorAccess', PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' }],
      ],
      ['ci', []],
    ]);
    expect(decodeURIComponent(groups[1]?.GroupPolicyList?.[0]?.PolicyDocument ?? '')).toContain('iam:PassRole');
  });

  test('CloudTrail, newest first, the last 90 days', async () => {
    const client = new CloudTrailClient(config(await pretend({ story: 'break-in' }), 'ap-south-1'));
    const { Events = [] } = await client.send(
      new LookupEventsCommand({
        LookupAttributes: [{ AttributeKey: 'EventSource', AttributeValue: 'rolesanywhere.amazonaws.com' }],
      }),
    );
    expect(Events.map(({ EventName }) => EventName)).toEqual([
      'CreateSession',
      'CreateSession',
      'CreateProfile',
      'CreateTrustAnchor',
    ]);
    expect(Events[3]).toMatchObject({
      ReadOnly: 'false',
      Username: 'dev-ci',
      EventTime: new Date(NOW.getTime() - 9 * 3_600_000),
    });
    expect(JSON.parse(Events[3]?.CloudTrailEvent ?? '')).toHaveProperty('requestParameters.name', 'backup-ca');
  });

  test('STS and EC2', async () => {
    const aws = await pretend();
    const identity = await new STSClient(config(aws)).send(new GetCallerIdentityCommand({}));
    expect(identity).toMatchObject({
      Account: '222233334444',
      Arn: expect.stringContaining('assumed-role/SecurityAudit'),
    });
    const ec2 = new EC2Client(config(aws));
    const names = (output: { Regions?: { RegionName?: string | undefined }[] | undefined }) =>
      output.Regions?.map(({ RegionName }) => RegionName) ?? [];
    expect(names(await ec2.send(new DescribeRegionsCommand({})))).toHaveLength(19);
    expect(names(await ec2.send(new DescribeRegionsCommand({ AllRegions: true })))).toHaveLength(25);
    const Filters = [{ Name: 'opt-in-status', Values: ['opted-in'] }];
    expect(names(await ec2.send(new DescribeRegionsCommand({ Filters })))).toEqual(['eu-central-2', 'me-central-1']);
  });
});

describe('the real SDK is refused', () => {
  const refused = async (send: (aws: PretendAws) => Promise<unknown>, aws: PretendAws): Promise<unknown> =>
    send(aws).then(
      () => 'no error',
      (problem: { name: string; $metadata?: { httpStatusCode?: number } }) => [
        problem.name,
        problem.$metadata?.httpStatusCode,
      ],
    );
  const listProfiles = (aws: PretendAws) =>
    new ra.RolesAnywhereClient(config(aws)).send(new ra.ListProfilesCommand({}));
  const lookup = (aws: PretendAws) => new CloudTrailClient(config(aws)).send(new LookupEventsCommand({}));
  const getRole = (aws: PretendAws) =>
    new iam.IAMClient(config(aws)).send(new iam.GetRoleCommand({ RoleName: 'payroll' }));
  const identity = (aws: PretendAws) => new STSClient(config(aws)).send(new GetCallerIdentityCommand({}));
  const regions = (aws: PretendAws) => new EC2Client(config(aws)).send(new DescribeRegionsCommand({}));

  test.each([
    ['AccessDenied', listProfiles, 'AccessDeniedException', 403],
    ['AccessDenied', lookup, 'AccessDeniedException', 400],
    ['AccessDenied', getRole, 'AccessDenied', 403],
    ['AccessDenied', identity, 'AccessDenied', 403],
    ['AccessDenied', regions, 'UnauthorizedOperation', 403],
    ['throttle', listProfiles, 'ThrottlingException', 429],
    ['throttle', lookup, 'ThrottlingException', 400],
    ['throttle', getRole, 'Throttling', 400],
    ['throttle', regions, 'RequestLimitExceeded', 503],
    ['error500', listProfiles, 'InternalServerException', 500],
    ['error500', lookup, 'InternalFailure', 500],
    ['error500', getRole, 'ServiceFailureException', 500],
    ['error500', regions, 'InternalError', 500],
    ['ExpiredToken', listProfiles, 'ExpiredTokenException', 403],
    ['ExpiredToken', lookup, 'ExpiredTokenException', 400],
    ['ExpiredToken', identity, 'ExpiredToken', 403],
    ['InvalidToken', listProfiles, 'UnrecognizedClientException', 403],
    ['InvalidToken', identity, 'InvalidClientTokenId', 403],
  ] as const)('%s: %#', async (kind, send, name, status) => {
    expect(await refused(send, await pretend({ faults: [{ operation: '*', kind }] }))).toEqual([name, status]);
  });

  test('to change anything, which is seen', async () => {
    const aws = await pretend();
    const remove = () =>
      new ra.RolesAnywhereClient(config(aws)).send(
        new ra.DeleteProfileCommand({ profileId: '0ace5b12-24b9-427e-a483-c55884852fbf' }),
      );
    expect(await refused(remove, aws)).toEqual(['AccessDeniedException', 403]);
    expect(aws.requests).toMatchObject([
      { service: 'rolesanywhere', operation: 'DeleteProfile', region: 'eu-west-1', status: 403 },
    ]);
  });

  test('in a region that the account has not opted in to', async () => {
    const aws = await pretend();
    const there = () => new ra.RolesAnywhereClient(config(aws, 'af-south-1')).send(new ra.ListProfilesCommand({}));
    expect(await refused(there, aws)).toEqual(['UnrecognizedClientException', 403]);
  });
});
