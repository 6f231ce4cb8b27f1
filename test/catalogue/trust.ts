import {
  type Conditions,
  policyText,
  rolesAnywhereStatement,
  rolesAnywhereTrust,
} from '../../mocks/build/trust-policies.ts';
import type { AccountSnapshot } from '../../src/snapshot/snapshot.ts';
import {
  ANCHOR,
  CRL,
  daysAgo,
  daysAhead,
  fingerprint,
  ID,
  inRegion,
  PROFILE,
  pinned,
  ROLE,
  ROOT,
  SETTINGS,
  SUBJECT,
  withAnchor,
  withCrl,
  withProfile,
  withRole,
  withSubject,
} from './base.ts';
import type { Case } from './case.ts';

const CN = 'aws:PrincipalTag/x509Subject/CN';
const OU = 'aws:PrincipalTag/x509Subject/OU';
const ISSUER = 'aws:PrincipalTag/x509Issuer/CN';
const SOURCE_ARN = 'aws:SourceArn';
const ISSUED = { [ISSUER]: 'Example Issuing CA' };
const ONE_ANCHOR = { ArnEquals: { [SOURCE_ARN]: ANCHOR.trustAnchorArn } };
const ONE_HOST = { StringEquals: { [CN]: 'host-1', ...ISSUED } };
const ANY_ANCHOR = `arn:aws:rolesanywhere:*:${ID}:trust-anchor/*`;
const OTHER_ANCHOR = `${ANCHOR.trustAnchorArn.slice(0, -1)}9`;
const [ASSUME, TAG, SET] = ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'] as const;

const trusting =
  (...statements: readonly object[]): Case['bad'] =>
  good =>
    withRole(good, { AssumeRolePolicyDocument: policyText(statements) });
const onCondition = (conditions: Conditions): Case['bad'] => trusting(rolesAnywhereStatement(conditions));
const deny = (conditions: Conditions) => ({ ...rolesAnywhereStatement(conditions), Effect: 'Deny' });
/** Nobody may be anything but what the base account's role asks for. */
const more = (conditions: Conditions): Conditions => {
  const before: Conditions = pinned();
  return {
    ...before,
    ...Object.fromEntries(
      Object.entries(conditions).map(([operator, keys]) => [operator, { ...before[operator], ...keys }]),
    ),
  };
};
/** Nobody gets in by its only profile. */
const switchedOff = (good: AccountSnapshot) => withProfile(good, { enabled: false });
/** Its sessions may do everything: a matter of its own, next to that of the trust policy. */
const asAdministrator = (good: AccountSnapshot) =>
  withProfile(
    withRole(good, {
      RolePolicyList: [
        { PolicyName: 'all', PolicyDocument: policyText([{ Effect: 'Allow', Action: '*', Resource: '*' }]) },
      ],
    }),
    { sessionPolicy: '' },
  );
const ADMIN_FINDINGS = ['profile-privileged-role'];
/** A CA that may make other CAs, one of those, and a holder's certificate of that. */
const UPPER = ROOT.subordinate({
  subject: [
    ['O', 'Example'],
    ['CN', 'Example Policy CA'],
  ],
  notBefore: daysAgo(800),
  notAfter: daysAhead(2000),
  pathLength: 1,
});
const LOWER = UPPER.subordinate({
  subject: [
    ['O', 'Example'],
    ['CN', 'Example Issuing CA'],
  ],
  notBefore: daysAgo(400),
  notAfter: daysAhead(1400),
  pathLength: 0,
});
const HOLDER = LOWER.issue({
  subject: [
    ['O', 'Example'],
    ['CN', 'host-1'],
  ],
  notBefore: daysAgo(20),
  notAfter: daysAhead(70),
});
const HIGHER_UP = { lists: { ...SETTINGS.lists, allowed_cas: [fingerprint(UPPER)] } };

/** The trust anchor's CA is not the one that issues certificates to holders. */
function higherUp(good: AccountSnapshot): AccountSnapshot {
  const source = { sourceType: 'CERTIFICATE_BUNDLE', sourceData: { x509CertificateData: UPPER.pem } };
  const crl = UPPER.crl({ number: 7, thisUpdate: daysAgo(1), nextUpdate: daysAhead(6), revoked: [] });
  const credentials = SUBJECT.credentials?.map(each => ({
    ...each,
    serialNumber: HOLDER.serial,
    x509CertificateData: HOLDER.pem,
  }));
  return withSubject(withCrl(withAnchor(good, { source }), { crlData: crl.toString('base64') }), { credentials });
}

/** Everything but the parts of the subject other than the CN. */
const MAPS_CN = [
  { certificateField: 'x509Issuer', mappingRules: [{ specifier: '*' }] },
  { certificateField: 'x509SAN', mappingRules: ['DNS', 'URI', 'Name/*'].map(specifier => ({ specifier })) },
  { certificateField: 'x509Subject', mappingRules: [{ specifier: 'CN' }] },
];
const mapsCn = (good: AccountSnapshot) => withProfile(good, { attributeMappings: MAPS_CN });

/** It lets anybody in, and the profile lists it under its new name. */
const renamedRole = (good: AccountSnapshot, Arn: string) =>
  withProfile(withRole(good, { Arn, AssumeRolePolicyDocument: rolesAnywhereTrust() }), { roleArns: [Arn] });

/** Trust policies of roles. */
export const trustCases: readonly Case[] = [
  {
    check: 1,
    rule: 'role-trust-no-condition',
    name: 'any certificate of any trust anchor',
    bad: good => withRole(good, { AssumeRolePolicyDocument: rolesAnywhereTrust() }),
    severity: 'critical',
  },
  {
    check: 1,
    rule: 'role-trust-no-condition',
    name: 'one statement with conditions, and another one without',
    bad: trusting(rolesAnywhereStatement(pinned()), rolesAnywhereStatement()),
    severity: 'critical',
  },
  {
    check: 1,
    rule: 'role-trust-no-condition',
    name: 'over three statements, and a single service in a list',
    bad: trusting(
      ...[ASSUME, TAG, SET].map(Action => ({
        Effect: 'Allow',
        Principal: { Service: ['rolesanywhere.amazonaws.com'] },
        Action,
      })),
    ),
    severity: 'critical',
  },
  {
    check: 1,
    rule: 'role-trust-no-condition',
    name: 'a path that reads like that of the roles of services',
    bad: good => renamedRole(good, ROLE.Arn.replace('role/', 'role/x:role/aws-service-role/')),
    severity: 'critical',
  },
  {
    check: 1,
    rule: 'role-trust-no-condition',
    name: 'a Deny for a trust anchor that was retired',
    bad: trusting(rolesAnywhereStatement(), deny({ ArnEquals: { [SOURCE_ARN]: OTHER_ANCHOR } })),
    severity: 'critical',
  },
  {
    check: 1,
    rule: 'role-trust-no-condition',
    name: 'a Deny from a day that has not come',
    bad: trusting(rolesAnywhereStatement(), deny({ DateGreaterThan: { 'aws:CurrentTime': '2099-01-01T00:00:00Z' } })),
    severity: 'critical',
  },
  {
    check: 1,
    rule: 'role-trust-no-condition',
    name: 'a Deny that nobody can decide',
    bad: trusting(rolesAnywhereStatement(), deny({ StringNotEquals: { 'aws:SourceOrgID': 'o-1' } })),
    severity: 'medium',
  },
  {
    check: 2,
    rule: 'role-trust-no-source-arn',
    name: 'one subject of any trust anchor',
    bad: onCondition(ONE_HOST),
    severity: 'high',
  },
  {
    check: 2,
    rule: 'role-trust-no-source-arn',
    name: 'nobody gets to it today',
    bad: good => onCondition(ONE_HOST)(switchedOff(good)),
    severity: 'medium',
  },
  {
    check: 2,
    rule: 'role-trust-no-source-arn',
    name: 'by the source identity, with the account',
    bad: onCondition({ StringEquals: { 'sts:SourceIdentity': 'CN=host-1', 'AWS:SOURCEACCOUNT': ID, ...ISSUED } }),
    severity: 'high',
  },
  {
    check: 2,
    rule: 'role-trust-no-source-arn',
    name: 'one of two statements does not name the trust anchor',
    bad: trusting(rolesAnywhereStatement(pinned()), rolesAnywhereStatement(ONE_HOST)),
  },
  {
    check: 2,
    rule: 'role-trust-no-source-arn',
    name: 'a condition that always holds is all there is',
    bad: onCondition({ Bool: { 'aws:PrincipalIsAWSService': 'true' } }),
    severity: 'high',
  },
  {
    rule: 'role-trust-no-cert-attribute',
    name: 'the organisation of the CA itself',
    bad: onCondition({ ...ONE_ANCHOR, StringEquals: { 'aws:PrincipalTag/x509Subject/O': 'Example' } }),
    severity: 'low',
  },
  {
    rule: 'role-trust-no-cert-attribute',
    name: 'the organisation of the CA itself, and the issuer',
    bad: onCondition({ ...ONE_ANCHOR, StringEquals: { 'aws:PrincipalTag/x509Subject/O': 'Example', ...ISSUED } }),
    severity: 'low',
  },
  {
    check: 3,
    rule: 'role-trust-no-cert-attribute',
    name: 'the trust anchor alone',
    bad: onCondition(ONE_ANCHOR),
    severity: 'medium',
  },
  {
    check: 3,
    rule: 'role-trust-no-cert-attribute',
    name: 'the CA of the trust anchor may make others',
    bad: good => onCondition(ONE_ANCHOR)(higherUp(good)),
    settings: HIGHER_UP,
    severity: 'high',
  },
  {
    check: 3,
    rule: 'role-trust-no-cert-attribute',
    name: 'nobody gets to it today',
    bad: good => onCondition(ONE_ANCHOR)(switchedOff(good)),
    severity: 'low',
  },
  {
    check: 3,
    rule: 'role-trust-no-cert-attribute',
    name: 'a Deny for all other trust anchors',
    bad: trusting(rolesAnywhereStatement(), deny({ ArnNotEquals: { [SOURCE_ARN]: ANCHOR.trustAnchorArn } })),
    severity: 'medium',
  },
  {
    check: 4,
    rule: 'role-trust-source-account-only',
    name: 'its own account',
    bad: onCondition({ StringEquals: { 'aws:SourceAccount': ID } }),
    severity: 'high',
  },
  {
    check: 4,
    rule: 'role-trust-source-account-only',
    name: 'a Deny for all other accounts',
    bad: trusting(rolesAnywhereStatement(), deny({ StringNotEquals: { 'aws:SourceAccount': ID } })),
    severity: 'high',
  },
  {
    check: 4,
    rule: 'role-trust-source-account-only',
    name: 'its own account among others, as a pattern',
    bad: onCondition({ StringLike: { 'aws:sourceaccount': ['1111*', '999999999999'] } }),
  },
  {
    check: 5,
    rule: 'role-trust-wildcard-source-arn',
    name: 'any trust anchor of the account',
    bad: onCondition({ ArnLike: { [SOURCE_ARN]: ANY_ANCHOR } }),
    severity: 'high',
  },
  {
    check: 5,
    rule: 'role-trust-wildcard-source-arn',
    name: 'ArnEquals knows wildcards too',
    bad: onCondition({ ArnEquals: { 'AWS:sourcearn': ANY_ANCHOR } }),
  },
  {
    check: 5,
    rule: 'role-trust-wildcard-source-arn',
    name: 'a star, next to a name',
    bad: onCondition({ StringLike: { [SOURCE_ARN]: '*' }, ...ONE_HOST }),
  },
  {
    check: 5,
    rule: 'role-trust-wildcard-source-arn',
    name: 'any trust anchor of one region, next to the right one',
    bad: onCondition({
      ArnLike: { [SOURCE_ARN]: [ANCHOR.trustAnchorArn, `arn:aws:rolesanywhere:eu-west-1:${ID}:trust-anchor/*`] },
      ...ONE_HOST,
    }),
  },
  {
    check: 5,
    rule: 'role-trust-wildcard-source-arn',
    name: 'all but one',
    bad: onCondition({ ArnNotEquals: { [SOURCE_ARN]: OTHER_ANCHOR }, ...ONE_HOST }),
  },
  {
    check: 6,
    rule: 'role-trust-wildcard-attribute',
    name: 'any CN',
    bad: onCondition({ ...ONE_ANCHOR, StringLike: { [CN]: '*' } }),
    severity: 'medium',
  },
  {
    check: 6,
    rule: 'role-trust-wildcard-attribute',
    name: 'any source identity, of one issuer',
    bad: onCondition({ ...ONE_ANCHOR, StringLike: { 'sts:SourceIdentity': '**' }, StringEquals: ISSUED }),
    severity: 'medium',
  },
  {
    check: 6,
    rule: 'role-trust-wildcard-attribute',
    name: 'any CN, and nobody gets to it today',
    bad: good => onCondition({ ...ONE_ANCHOR, StringLike: { [CN]: '*' } })(switchedOff(good)),
    severity: 'low',
  },
  {
    check: 6,
    rule: 'role-trust-wildcard-attribute',
    name: 'every host of the domain',
    bad: onCondition({
      ...ONE_ANCHOR,
      StringLike: { 'aws:PrincipalTag/x509SAN/DNS': '*.example.com' },
      StringEquals: ISSUED,
    }),
    severity: 'medium',
  },
  {
    check: 6,
    rule: 'role-trust-wildcard-attribute',
    name: 'in one value of a list',
    bad: onCondition({ ...ONE_ANCHOR, StringLike: { [OU]: ['Hosts', '*Ops*'] }, StringEquals: ISSUED }),
    severity: 'medium',
  },
  {
    check: 6,
    rule: 'role-trust-wildcard-attribute',
    name: 'any source identity that is made of a CN',
    bad: onCondition({ ...ONE_ANCHOR, StringLike: { 'sts:SourceIdentity': 'CN=*' }, StringEquals: ISSUED }),
    severity: 'medium',
  },
  {
    check: 6,
    rule: 'role-trust-wildcard-attribute',
    name: 'every workload, whatever its trust domain',
    bad: onCondition({
      ...ONE_ANCHOR,
      StringLike: { 'aws:PrincipalTag/x509SAN/URI': 'spiffe://*' },
      StringEquals: ISSUED,
    }),
    severity: 'medium',
  },
  {
    check: 6,
    rule: 'role-trust-wildcard-attribute',
    name: 'a question mark before the star',
    bad: onCondition({
      ...ONE_ANCHOR,
      StringLike: { 'aws:PrincipalTag/x509SAN/DNS': '?*.example.com' },
      StringEquals: ISSUED,
    }),
    severity: 'medium',
  },
  {
    check: 7,
    rule: 'role-trust-negated-condition',
    name: 'anyone but a guest, of any trust anchor',
    bad: onCondition({ StringNotEquals: { [CN]: 'guest' } }),
    severity: 'high',
  },
  {
    check: 7,
    rule: 'role-trust-negated-condition',
    name: 'anyone but guests, of one trust anchor',
    bad: onCondition({ ...ONE_ANCHOR, StringNotLike: { [CN]: 'guest-*' } }),
    severity: 'medium',
  },
  {
    check: 7,
    rule: 'role-trust-negated-condition',
    name: 'a Deny for a guest',
    bad: trusting(rolesAnywhereStatement(ONE_ANCHOR), deny({ StringEquals: { [CN]: 'guest' } })),
    severity: 'medium',
  },
  {
    check: 7,
    rule: 'role-trust-negated-condition',
    name: 'anyone but a guest, of one trust anchor, on a role that may do everything',
    bad: good => onCondition({ ...ONE_ANCHOR, StringNotEquals: { [CN]: 'guest' } })(asAdministrator(good)),
    also: ADMIN_FINDINGS,
    severity: 'high',
  },
  {
    check: 8,
    rule: 'role-trust-ifexists',
    name: 'IfExists, of one trust anchor, on a role that may do everything',
    bad: good => onCondition({ ...ONE_ANCHOR, StringEqualsIfExists: { [CN]: 'host-1' } })(asAdministrator(good)),
    also: ADMIN_FINDINGS,
    severity: 'high',
  },
  {
    check: 8,
    rule: 'role-trust-ifexists',
    name: 'IfExists, of any trust anchor',
    bad: onCondition({ StringEqualsIfExists: { [CN]: 'host-1' } }),
    severity: 'high',
  },
  {
    check: 8,
    rule: 'role-trust-ifexists',
    name: 'ForAllValues, of one trust anchor',
    bad: onCondition({ ...ONE_ANCHOR, 'ForAllValues:StringEquals': { [CN]: ['host-1', 'host-2'] } }),
    severity: 'medium',
  },
  {
    check: 8,
    rule: 'role-trust-ifexists',
    name: 'only without an OU',
    bad: onCondition({ ...ONE_ANCHOR, Null: { [OU]: 'true' } }),
    severity: 'medium',
  },
  {
    check: 9,
    rule: 'role-trust-self-referential',
    name: 'the tag of the principal and that of the request',
    bad: onCondition({ ...ONE_ANCHOR, StringEquals: { [CN]: '${aws:RequestTag/x509Subject/CN}' } }),
    severity: 'medium',
  },
  {
    check: 9,
    rule: 'role-trust-self-referential',
    name: 'a tag and itself, of one issuer',
    bad: onCondition({ ...ONE_ANCHOR, StringEquals: { [CN]: `\${${CN}}`, ...ISSUED } }),
  },
  {
    check: 9,
    rule: 'role-trust-self-referential',
    name: 'the source identity and the CN that it is made of',
    bad: onCondition({ ...ONE_ANCHOR, StringEquals: { 'sts:SourceIdentity': `CN=\${${CN}}` } }),
  },
  {
    check: 9,
    rule: 'role-trust-self-referential',
    name: 'what one statement takes the other leaves out',
    bad: trusting(
      rolesAnywhereStatement({ ...ONE_ANCHOR, StringEquals: { [CN]: 'host-1' } }),
      rolesAnywhereStatement({ ...ONE_ANCHOR, StringNotEquals: { [CN]: 'host-1' } }),
    ),
  },
  {
    check: 10,
    rule: 'role-trust-issuer-only',
    name: 'any subject of one issuer',
    bad: onCondition({ ...ONE_ANCHOR, StringEquals: ISSUED }),
    severity: 'medium',
  },
  {
    check: 10,
    rule: 'role-trust-issuer-only',
    name: 'an issuer in one statement, a subject in the other',
    bad: trusting(rolesAnywhereStatement(pinned()), rolesAnywhereStatement({ ...ONE_ANCHOR, StringEquals: ISSUED })),
  },
  {
    check: 11,
    rule: 'role-trust-subject-without-issuer',
    name: 'a name, and a CA that may make others',
    bad: good => onCondition({ ...ONE_ANCHOR, StringEquals: { [CN]: 'host-1' } })(higherUp(good)),
    settings: HIGHER_UP,
    severity: 'low',
  },
  {
    check: 12,
    rule: 'role-trust-stale-anchor',
    name: 'one that was deleted',
    bad: onCondition({ ArnEquals: { [SOURCE_ARN]: OTHER_ANCHOR }, ...ONE_HOST }),
    severity: 'medium',
  },
  {
    check: 12,
    rule: 'role-trust-stale-anchor',
    name: 'one that was deleted, in any case',
    bad: onCondition({ StringEqualsIgnoreCase: { [SOURCE_ARN]: OTHER_ANCHOR.toUpperCase() }, ...ONE_HOST }),
    severity: 'medium',
  },
  {
    check: 12,
    rule: 'role-trust-stale-anchor',
    name: 'one of another account, next to the right one',
    bad: onCondition(
      more({ ArnEquals: { [SOURCE_ARN]: [ANCHOR.trustAnchorArn, ANCHOR.trustAnchorArn.replace(ID, '999988887777')] } }),
    ),
    severity: 'low',
  },
  {
    check: 12,
    rule: 'role-trust-stale-anchor',
    name: "the profile's ARN in place of the trust anchor's",
    bad: onCondition({ ArnEquals: { [SOURCE_ARN]: PROFILE.profileArn }, ...ONE_HOST }),
    severity: 'medium',
  },
  {
    check: 13,
    rule: 'role-trust-disabled-anchor',
    name: 'next to one that is enabled',
    bad: good =>
      onCondition(more({ ArnEquals: { [SOURCE_ARN]: [ANCHOR.trustAnchorArn, OTHER_ANCHOR] } }))(
        inRegion(good, ({ trustAnchors, crls }) => ({
          trustAnchors: [...trustAnchors, { ...ANCHOR, name: 'old', trustAnchorArn: OTHER_ANCHOR, enabled: false }],
          crls: [...crls, { ...CRL, crlArn: `${CRL.crlArn.slice(0, -1)}9`, trustAnchorArn: OTHER_ANCHOR }],
        })),
      ),
    severity: 'info',
  },
  {
    check: 13,
    rule: 'role-trust-disabled-anchor',
    name: 'all there is',
    bad: good => withAnchor(good, { enabled: false }),
    severity: 'info',
  },
  {
    check: 14,
    rule: 'role-trust-unmapped-attribute',
    name: 'a condition on what is not mapped',
    bad: good => onCondition(more({ StringEquals: { [OU]: 'Hosts' } }))(mapsCn(good)),
    severity: 'medium',
  },
  {
    check: 14,
    rule: 'role-trust-unmapped-attribute',
    name: 'an exclusion of what is not mapped',
    bad: good => onCondition(more({ StringNotEquals: { [OU]: 'Guests' } }))(mapsCn(good)),
    severity: 'high',
  },
  {
    check: 15,
    rule: 'role-trust-unknown-attribute',
    name: 'the long name of an attribute',
    bad: onCondition(more({ StringEquals: { 'aws:PrincipalTag/x509Subject/CommonName': 'host-1' } })),
    severity: 'medium',
  },
  {
    check: 15,
    rule: 'role-trust-unknown-attribute',
    name: 'an exclusion by an attribute that is never there',
    bad: onCondition({ ...ONE_ANCHOR, StringNotEquals: { 'aws:PrincipalTag/x509SAN/Email': 'guest@example.com' } }),
    severity: 'high',
  },
  {
    check: 15,
    rule: 'role-trust-unknown-attribute',
    name: 'an exclusion by an attribute that is never there, and nobody gets to it today',
    bad: good =>
      onCondition({ ...ONE_ANCHOR, StringNotEquals: { 'aws:PrincipalTag/x509SAN/Email': 'guest@example.com' } })(
        switchedOff(good),
      ),
    severity: 'low',
  },
  {
    check: 16,
    rule: 'role-trust-missing-action',
    name: 'sts:AssumeRole alone',
    bad: trusting(rolesAnywhereStatement(pinned(), [ASSUME])),
    severity: 'medium',
  },
  {
    check: 16,
    rule: 'role-trust-missing-action',
    name: 'without a condition',
    bad: trusting(rolesAnywhereStatement(undefined, [ASSUME, TAG])),
  },
  {
    check: 17,
    rule: 'role-trust-literal-wildcard',
    name: 'StringEquals with a pattern of ARNs',
    bad: onCondition({ StringEquals: { [SOURCE_ARN]: ANY_ANCHOR, [CN]: 'host-1', ...ISSUED } }),
    severity: 'medium',
  },
  {
    check: 17,
    rule: 'role-trust-literal-wildcard',
    name: 'StringEqualsIgnoreCase with a pattern of names',
    bad: onCondition(more({ StringEqualsIgnoreCase: { [CN]: 'host-?' } })),
    severity: 'medium',
  },
  {
    check: 17,
    rule: 'role-trust-literal-wildcard',
    name: 'an exclusion that leaves nobody out',
    bad: onCondition({ ...ONE_ANCHOR, StringNotEquals: { [CN]: 'guest-*' } }),
    severity: 'high',
  },
  {
    check: 17,
    rule: 'role-trust-literal-wildcard',
    name: 'an exclusion that leaves nobody out, and nobody gets to it today',
    bad: good => onCondition({ ...ONE_ANCHOR, StringNotEquals: { [CN]: 'guest-*' } })(switchedOff(good)),
    severity: 'low',
  },
  {
    check: 18,
    rule: 'role-trust-split-statement',
    name: 'one action without a condition',
    bad: trusting(rolesAnywhereStatement(pinned(), [ASSUME, SET]), rolesAnywhereStatement(undefined, [TAG])),
    severity: 'low',
  },
  {
    check: 19,
    rule: 'role-trust-mixed-principals',
    name: 'EC2 as well',
    bad: trusting(rolesAnywhereStatement(pinned()), {
      Effect: 'Allow',
      Principal: { Service: 'ec2.amazonaws.com' },
      Action: ASSUME,
    }),
    severity: 'medium',
  },
  {
    check: 19,
    rule: 'role-trust-mixed-principals',
    name: 'an identity provider, by an action of its own',
    bad: trusting(rolesAnywhereStatement(pinned()), {
      Effect: 'Allow',
      Principal: { Federated: `arn:aws:iam::${ID}:oidc-provider/token.actions.githubusercontent.com` },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: {
        StringEquals: { 'token.actions.githubusercontent.com:sub': 'repo:example/site:ref:refs/heads/main' },
      },
    }),
  },
  {
    check: 19,
    rule: 'role-trust-mixed-principals',
    name: 'everybody, and nobody says whether that is Roles Anywhere',
    bad: trusting({ Effect: 'Allow', Principal: '*', Action: [ASSUME, TAG, SET] }),
    severity: 'high',
  },
  {
    check: 19,
    rule: 'role-trust-mixed-principals',
    name: 'everybody, next to Roles Anywhere, on a role that may do everything',
    bad: good =>
      trusting(rolesAnywhereStatement(pinned()), { Effect: 'Allow', Principal: { AWS: '*' }, Action: ASSUME })(
        asAdministrator(good),
      ),
    also: ADMIN_FINDINGS,
    severity: 'critical',
  },
  {
    check: 20,
    rule: 'role-trust-network-key',
    name: "an office's addresses",
    bad: onCondition(more({ IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } })),
    severity: 'medium',
  },
  {
    check: 20,
    rule: 'role-trust-network-key',
    name: 'an endpoint',
    bad: onCondition(more({ StringEquals: { 'aws:SourceVpce': 'vpce-0123456789abcdef0' } })),
  },
  {
    check: 21,
    rule: 'role-trust-source-identity-format',
    name: 'the CN alone',
    bad: onCondition(more({ StringEquals: { 'sts:SourceIdentity': 'host-1' } })),
    severity: 'medium',
  },
  {
    check: 21,
    rule: 'role-trust-source-identity-format',
    name: 'a serial number in capitals, next to one as it should be',
    bad: onCondition(more({ StringEquals: { 'sts:SourceIdentity': ['ID=0AFF', 'CN=host-1'] } })),
  },
  {
    check: 21,
    rule: 'role-trust-source-identity-format',
    name: 'an exclusion of what nobody ever is',
    bad: onCondition({ ...ONE_ANCHOR, StringNotEquals: { 'sts:SourceIdentity': 'guest' } }),
    severity: 'high',
  },
  {
    check: 21,
    rule: 'role-trust-source-identity-format',
    name: 'an exclusion of what nobody ever is, and nobody gets to it today',
    bad: good => onCondition({ ...ONE_ANCHOR, StringNotEquals: { 'sts:SourceIdentity': 'guest' } })(switchedOff(good)),
    severity: 'low',
  },
  {
    check: 22,
    rule: 'role-trust-broad-action',
    name: 'all of STS',
    bad: trusting(rolesAnywhereStatement(pinned(), ['STS:*'])),
    severity: 'low',
  },
  {
    check: 22,
    rule: 'role-trust-broad-action',
    name: 'all but something else',
    bad: trusting({
      Effect: 'Allow',
      Principal: { Service: 'rolesanywhere.amazonaws.com' },
      NotAction: 'sts:GetCallerIdentity',
      Condition: pinned(),
    }),
  },
  {
    check: 23,
    rule: 'role-trust-multivalue-like',
    name: 'a star between two units',
    bad: onCondition({ ...ONE_ANCHOR, StringLike: { [OU]: 'Sec*ing' }, StringEquals: ISSUED }),
    severity: 'low',
  },
  {
    check: 24,
    rule: 'role-unreachable-trust',
    name: 'a role that no profile lists',
    bad: good => ({
      ...good,
      roles: [...good.roles, { ...ROLE, RoleName: 'waiting', Arn: `arn:aws:iam::${ID}:role/waiting` }],
    }),
    severity: 'low',
  },
];
