import { onlyFrom, policyText, rolesAnywhereTrust, serviceTrust } from '../../mocks/build/trust-policies.ts';
import { DEFAULTS } from '../../src/settings/settings.ts';
import type { ProfileDetail, RoleDetail } from '../../src/snapshot/shapes.ts';
import type { AccountSnapshot } from '../../src/snapshot/snapshot.ts';
import {
  ANCHOR,
  CRL,
  daysAgo,
  daysAhead,
  fingerprint,
  ID,
  ISSUING,
  inRegion,
  PROFILE,
  ROLE,
  ROOT,
  withAnchor,
  withProfile,
  withRole,
} from './base.ts';
import type { Case } from './case.ts';

const EVERYTHING = policyText([{ Effect: 'Allow', Action: '*', Resource: '*' }]);
const READS = 's3:GetObject';
const OBJECTS = 'arn:aws:s3:::example-in/*';

const does = (...statements: readonly object[]): Partial<RoleDetail> => ({
  RolePolicyList: [{ PolicyName: 'does', PolicyDocument: policyText(statements) }],
});
const ADMIN = does({ Effect: 'Allow', Action: '*', Resource: '*' });
const UNBOUND = { sessionPolicy: '' };

/** Another profile of the same region, made later. */
function andProfile(good: AccountSnapshot, rest: Partial<ProfileDetail>): AccountSnapshot {
  const other = {
    ...PROFILE,
    profileId: '6e0b4f4e-3333-4c58-8f00-000000000002',
    profileArn: PROFILE.profileArn.replace(/1$/, '2'),
    name: 'others',
    createdAt: '2026-02-01T00:00:00Z',
    ...rest,
  };
  return inRegion(good, ({ profiles }) => ({ profiles: [...profiles, other] }));
}

function andRole(good: AccountSnapshot, name: string, rest: Partial<RoleDetail> = {}): AccountSnapshot {
  const role = { ...ROLE, RoleName: name, Arn: ROLE.Arn.replace('reader', name), ...rest };
  return { ...good, roles: [...good.roles, role] };
}

/** Privileged roles. */
const privileged: readonly Case[] = [
  {
    check: 25,
    rule: 'profile-privileged-role',
    name: 'everything on everything',
    bad: good => withProfile(withRole(good, ADMIN), UNBOUND),
    severity: 'high',
  },
  {
    check: 25,
    rule: 'profile-privileged-role',
    name: 'AdministratorAccess',
    bad: good =>
      withProfile(
        withRole(good, {
          RolePolicyList: [],
          AttachedManagedPolicies: [
            { PolicyName: 'AdministratorAccess', PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' },
          ],
        }),
        UNBOUND,
      ),
    severity: 'high',
  },
  {
    check: 25,
    rule: 'profile-privileged-role',
    name: 'all of IAM, which is as good',
    bad: good => withProfile(withRole(good, does({ Effect: 'Allow', Action: 'iam:*', Resource: '*' })), UNBOUND),
    severity: 'high',
  },
  {
    check: 25,
    rule: 'profile-privileged-role',
    name: 'a session policy that takes nothing away',
    bad: good => withProfile(withRole(good, ADMIN), { sessionPolicy: EVERYTHING }),
    severity: 'high',
  },
  {
    check: 25,
    rule: 'profile-privileged-role',
    name: 'one that takes away too little',
    bad: good =>
      withProfile(withRole(good, ADMIN), {
        sessionPolicy: policyText([{ Effect: 'Allow', Action: ['iam:*', 's3:*'], Resource: '*' }]),
      }),
    severity: 'high',
  },
  {
    check: 25,
    rule: 'profile-privileged-role',
    name: 'no trust anchor is enabled, so nobody gets there today',
    bad: good => withAnchor(withProfile(withRole(good, ADMIN), UNBOUND), { enabled: false }),
    severity: 'low',
    // The trust policy names the trust anchor, whoever the role is.
    also: ['role-trust-disabled-anchor'],
  },
  {
    check: 25,
    rule: 'path-escalation',
    name: 'a way up that is not known to end at an administrator',
    bad: good =>
      withProfile(withRole(good, does({ Effect: 'Allow', Action: 'iam:CreateAccessKey', Resource: '*' })), UNBOUND),
  },
  {
    check: 44,
    rule: 'profile-disabled-privileged',
    name: 'an administrator behind a disabled profile',
    bad: good => withProfile(withRole(good, ADMIN), { ...UNBOUND, enabled: false }),
    severity: 'low',
  },
  {
    check: 86,
    rule: 'role-no-boundary-privileged',
    name: 'only the session policy holds the administrator',
    bad: good => withRole(good, ADMIN),
    severity: 'low',
  },
];

const missing = `arn:aws:iam::${ID}:policy/gone`;
const deny = policyText([{ Effect: 'Deny', Action: 'iam:*', Resource: '*' }]);

const sessionPolicies: readonly Case[] = [
  {
    check: 26,
    rule: 'profile-no-session-policy',
    name: 'neither inline nor managed',
    bad: good => withProfile(good, UNBOUND),
    severity: 'low',
  },
  {
    check: 26,
    rule: 'profile-no-session-policy',
    name: 'and two roles',
    bad: good =>
      withProfile(andRole(good, 'writer'), { ...UNBOUND, roleArns: [ROLE.Arn, ROLE.Arn.replace('reader', 'writer')] }),
    severity: 'medium',
  },
  {
    check: 27,
    rule: 'profile-session-policy-full-access',
    name: 'everything on everything',
    bad: good => withProfile(good, { sessionPolicy: EVERYTHING }),
    severity: 'low',
  },
  {
    check: 27,
    rule: 'profile-session-policy-full-access',
    name: 'AdministratorAccess beside a narrow one: session policies are a union',
    bad: good => withProfile(good, { managedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'] }),
    severity: 'low',
  },
  {
    check: 28,
    rule: 'profile-session-policy-deny-only',
    name: 'a Deny and nothing else',
    bad: good => withProfile(good, { sessionPolicy: deny }),
    severity: 'medium',
  },
  {
    check: 28,
    rule: 'profile-session-policy-deny-only',
    name: 'before an administrator',
    bad: good => withProfile(withRole(good, { ...ADMIN, ...bounded() }), { sessionPolicy: deny }),
  },
  {
    check: 29,
    rule: 'profile-session-policy-invalid',
    name: 'text that is no JSON',
    bad: good => withProfile(good, { sessionPolicy: 'file://policy.json' }),
    severity: 'medium',
  },
  {
    check: 29,
    rule: 'profile-session-policy-invalid',
    name: 'a Principal in it',
    bad: good =>
      withProfile(good, {
        sessionPolicy: policyText([{ Effect: 'Allow', Principal: '*', Action: READS, Resource: OBJECTS }]),
      }),
  },
  {
    check: 29,
    rule: 'profile-session-policy-invalid',
    name: 'a Version that there is not',
    bad: good => withProfile(good, { sessionPolicy: PROFILE.sessionPolicy!.replace('2012-10-17', '2024-01-01') }),
  },
  {
    check: 30,
    rule: 'profile-session-policy-too-large',
    name: 'three thousand characters',
    bad: good =>
      withProfile(good, {
        sessionPolicy: policyText([{ Sid: 'x'.repeat(3000), Effect: 'Allow', Action: READS, Resource: OBJECTS }]),
      }),
    severity: 'medium',
  },
  {
    check: 30,
    rule: 'profile-session-policy-too-large',
    name: 'eleven managed ones',
    bad: good => {
      const arns = Array.from({ length: 11 }, (_, n) => `arn:aws:iam::${ID}:policy/p${n}`);
      const policies = arns.map(arn => managed(arn, PROFILE.sessionPolicy!));
      return withProfile({ ...good, policies }, { managedPolicyArns: arns });
    },
  },
  {
    check: 30,
    rule: 'profile-session-policy-too-large',
    name: 'three thousand characters that only deny',
    bad: good =>
      withProfile(good, {
        sessionPolicy: policyText([{ Sid: 'x'.repeat(3000), Effect: 'Deny', Action: 'iam:*', Resource: '*' }]),
      }),
  },
  {
    check: 29,
    rule: 'profile-session-policy-invalid',
    name: 'three thousand characters of nothing',
    bad: good => withProfile(good, { sessionPolicy: 'x'.repeat(3000) }),
  },
  {
    check: 31,
    rule: 'profile-managed-policy-missing',
    name: 'one that does not exist',
    bad: good => withProfile(good, { managedPolicyArns: [missing] }),
    severity: 'medium',
  },
  {
    check: 31,
    rule: 'profile-managed-policy-missing',
    name: "another account's",
    bad: good => withProfile(good, { managedPolicyArns: ['arn:aws:iam::999999999999:policy/theirs'] }),
  },
  {
    check: 32,
    rule: 'profile-session-policy-bypass',
    name: 'a second profile without one',
    bad: good => andProfile(good, UNBOUND),
    severity: 'high',
  },
  {
    check: 32,
    rule: 'profile-session-policy-bypass',
    name: 'a second profile with a wider one',
    bad: good =>
      andProfile(withRole(good, does({ Effect: 'Allow', Action: 's3:Get*', Resource: '*' })), {
        sessionPolicy: policyText([{ Effect: 'Allow', Action: READS, Resource: 'arn:aws:s3:::*' }]),
      }),
    severity: 'medium',
  },
];

function managed(arn: string, document: string) {
  return {
    Arn: arn,
    PolicyName: arn.slice(arn.lastIndexOf('/') + 1),
    DefaultVersionId: 'v1',
    PolicyVersionList: [{ VersionId: 'v1', IsDefaultVersion: true, Document: document }],
  };
}

/** With a boundary of which nothing is known. */
function bounded(): Partial<RoleDetail> {
  return {
    PermissionsBoundary: {
      PermissionsBoundaryType: 'Policy',
      PermissionsBoundaryArn: `arn:aws:iam::${ID}:policy/boundary`,
    },
  };
}

const MANY = Array.from({ length: 11 }, (_, n) => `reader-${n}`);

const roles: readonly Case[] = [
  {
    check: 33,
    rule: 'profile-many-roles',
    name: 'eleven roles',
    bad: good =>
      withProfile(
        MANY.reduce((account, name) => andRole(account, name), { ...good, roles: [] as AccountSnapshot['roles'] }),
        { roleArns: MANY.map(name => ROLE.Arn.replace('reader', name)) },
      ),
    severity: 'low',
  },
  {
    check: 34,
    rule: 'profile-role-missing',
    name: 'a role that is not there',
    bad: good => withProfile(good, { roleArns: [ROLE.Arn, ROLE.Arn.replace('reader', 'gone')] }),
    severity: 'medium',
  },
  {
    check: 35,
    rule: 'profile-role-not-trusting',
    name: 'a role of EC2',
    bad: good => withRole(good, { AssumeRolePolicyDocument: serviceTrust('ec2.amazonaws.com') }),
    severity: 'low',
  },
  {
    check: 36,
    rule: 'profile-role-cross-account',
    name: 'a role of another account',
    bad: good => withProfile(good, { roleArns: [ROLE.Arn, 'arn:aws:iam::999999999999:role/reader'] }),
    severity: 'medium',
  },
  {
    check: 37,
    rule: 'profile-no-roles',
    name: 'an empty list',
    bad: good => andProfile(good, { roleArns: [] }),
    severity: 'info',
  },
];

const sessions: readonly Case[] = [
  {
    check: 38,
    rule: 'profile-long-duration',
    name: 'two hours',
    bad: good => withProfile(withRole(good, { MaxSessionDuration: 7200 }), { durationSeconds: 7200 }),
    severity: 'medium',
  },
  {
    check: 38,
    rule: 'profile-long-duration',
    name: 'twelve hours of an administrator',
    bad: good =>
      withProfile(withRole(good, { ...ADMIN, MaxSessionDuration: 43_200 }), { ...UNBOUND, durationSeconds: 43_200 }),
    severity: 'high',
    // What its sessions may do is another matter than how long they last.
    also: ['profile-privileged-role'],
  },
  {
    check: 39,
    rule: 'profile-duration-exceeds-role',
    name: 'two hours, and the role allows one',
    bad: good => withProfile(good, { durationSeconds: 7200 }),
    severity: 'medium',
  },
  {
    check: 40,
    rule: 'profile-accepts-session-name',
    name: 'any name',
    bad: good => withProfile(good, { acceptRoleSessionName: true }),
    severity: 'low',
  },
  {
    check: 43,
    rule: 'profile-require-instance-properties',
    name: 'it says so',
    bad: good => withProfile(good, { requireInstanceProperties: true }),
    severity: 'info',
  },
  {
    check: 40,
    rule: 'profile-accepts-session-name',
    name: 'any name of an administrator',
    bad: good => withProfile(withRole(good, ADMIN), { ...UNBOUND, acceptRoleSessionName: true }),
    severity: 'medium',
    // Who it was is another matter than what it may do.
    also: ['profile-privileged-role'],
  },
  {
    check: 45,
    rule: 'profile-stale',
    name: 'its role was last used half a year ago',
    bad: good => withRole(good, { RoleLastUsed: { LastUsedDate: daysAgo(180).toISOString(), Region: 'eu-west-1' } }),
    severity: 'low',
  },
];

const ISSUER = { certificateField: 'x509Issuer', mappingRules: [{ specifier: '*' }] };
const SUBJECT = { certificateField: 'x509Subject', mappingRules: [{ specifier: '*' }] };

const mappings: readonly Case[] = [
  {
    check: 41,
    rule: 'profile-mapping-removed-identity',
    name: 'only the issuer is mapped',
    bad: good =>
      withProfile(
        withRole(good, {
          AssumeRolePolicyDocument: rolesAnywhereTrust({
            ArnEquals: onlyFrom(ANCHOR.trustAnchorArn, 'host-1').ArnEquals!,
            StringEquals: {
              'sts:SourceIdentity': 'CN=host-1',
              'aws:PrincipalTag/x509Issuer/CN': 'Example Issuing CA',
            },
          }),
        }),
        { attributeMappings: [ISSUER] },
      ),
    severity: 'medium',
  },
  {
    check: 14,
    rule: 'role-trust-unmapped-attribute',
    name: 'only the issuer is mapped, and the role asks for the subject',
    bad: good => withProfile(good, { attributeMappings: [ISSUER] }),
  },
  {
    check: 42,
    rule: 'profile-mapping-nondefault',
    name: 'no alternative names',
    bad: good => withProfile(good, { attributeMappings: [ISSUER, SUBJECT] }),
    severity: 'info',
  },
];

const OTHER = ROOT.subordinate({
  subject: [
    ['O', 'Example'],
    ['CN', 'Example Other CA'],
  ],
  notBefore: daysAgo(400),
  notAfter: daysAhead(1400),
  pathLength: 0,
});

/** Another trust anchor of the same name, which the role lets in as well. */
function andAnchor(good: AccountSnapshot): AccountSnapshot {
  const trustAnchorArn = ANCHOR.trustAnchorArn.replace(/1$/, '2');
  const source = { ...ANCHOR.source, sourceData: { x509CertificateData: OTHER.pem } };
  const anchor = { ...ANCHOR, trustAnchorArn, trustAnchorId: ANCHOR.trustAnchorId.replace(/1$/, '2'), source };
  const crlData = OTHER.crl({ number: 7, thisUpdate: daysAgo(1), nextUpdate: daysAhead(6), revoked: [] });
  const crl = { ...CRL, crlArn: CRL.crlArn.replace(/1$/, '2'), trustAnchorArn, crlData: crlData.toString('base64') };
  const trust = rolesAnywhereTrust({
    ArnEquals: { 'aws:SourceArn': [ANCHOR.trustAnchorArn, trustAnchorArn] },
    StringEquals: {
      'aws:PrincipalTag/x509Subject/CN': 'host-1',
      'aws:PrincipalTag/x509Issuer/CN': ['Example Issuing CA', 'Example Other CA'],
    },
  });
  return inRegion(withRole(good, { AssumeRolePolicyDocument: trust }), ({ trustAnchors, crls }) => ({
    trustAnchors: [...trustAnchors, anchor],
    crls: [...crls, crl],
  }));
}

const names: readonly Case[] = [
  {
    check: 46,
    rule: 'profile-duplicate-name',
    name: 'two profiles',
    bad: good => andProfile(good, { name: PROFILE.name }),
    severity: 'info',
  },
  {
    check: 46,
    rule: 'anchor-duplicate-name',
    name: 'two trust anchors',
    bad: andAnchor,
    settings: { lists: { ...DEFAULTS.lists, allowed_cas: [ISSUING, OTHER].map(fingerprint) } },
    severity: 'info',
  },
];

/** Profiles, and what comes of the roles that they list. */
/** A second region, in which there is a profile and nothing else. */
const elsewhere = (good: AccountSnapshot): AccountSnapshot => ({
  ...good,
  regions: [
    ...good.regions,
    {
      ...good.regions[0]!,
      name: 'eu-north-1',
      trustAnchors: [],
      crls: [],
      subjects: [],
      profiles: [{ ...PROFILE, profileArn: PROFILE.profileArn.replace('eu-west-1', 'eu-north-1') }],
    },
  ],
});
/** As AWS has it for EKS hybrid nodes. */
const namedByCn = rolesAnywhereTrust({
  ArnEquals: { 'aws:SourceArn': ANCHOR.trustAnchorArn },
  StringEquals: { 'sts:RoleSessionName': '${aws:PrincipalTag/x509Subject/CN}' },
});

const closed: readonly Case[] = [
  {
    rule: 'profile-session-name-refused',
    name: 'the session is to be named after the CN, and is named by the serial number',
    bad: good => withRole(good, { AssumeRolePolicyDocument: namedByCn }),
    severity: 'medium',
  },
  { rule: 'profile-no-anchor', name: 'the trust anchor is in another region', bad: elsewhere, severity: 'low' },
  {
    check: 26,
    rule: 'profile-no-session-policy',
    name: 'of two roles one does not exist',
    bad: good => withProfile(good, { sessionPolicy: '', roleArns: [ROLE.Arn, ROLE.Arn.replace('reader', 'gone')] }),
    severity: 'low',
    // What is not there is another matter than what is not taken away.
    also: ['profile-role-missing'],
  },
];

export const profileCases: readonly Case[] = [
  ...closed,
  ...privileged,
  ...sessionPolicies,
  ...roles,
  ...sessions,
  ...mappings,
  ...names,
  {
    rule: 'profile-required-tags',
    name: 'no owner',
    bad: good => inRegion(good, () => ({ tags: [{ resourceArn: PROFILE.profileArn, tags: [] }] })),
    settings: { lists: { ...DEFAULTS.lists, required_tags: ['owner'] } },
    severity: 'low',
  },
];
