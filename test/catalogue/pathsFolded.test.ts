import { expect, test } from 'vitest';
import { policyText, rolesAnywhereStatement } from '../../mocks/build/trust-policies.ts';
import { judge } from '../../src/audit.ts';
import { documentsOf } from '../../src/documents/documents.ts';
import { textAt, truthAt } from '../../src/documents/path.ts';
import { loadRules } from '../../src/rules/load.ts';
import { ANCHOR, GOOD, ID, inRegion, NOW, PROFILE, ROLE, SETTINGS, snapshotOf } from './base.ts';

const CN = 'aws:PrincipalTag/x509Subject/CN';
const ISSUER = 'aws:PrincipalTag/x509Issuer/CN';
const ARN = 'aws:SourceArn';
const WILD = `arn:aws:rolesanywhere:*:${ID}:trust-anchor/*`;

type Block = readonly [operator: string, key: string, value: string];
/** Each way to ask for something that the rules know of, and ways to ask for nothing. */
const BLOCKS: readonly Block[] = [
  ['ArnEquals', ARN, ANCHOR.trustAnchorArn],
  ['ArnNotEquals', ARN, `${ANCHOR.trustAnchorArn}9`],
  ['ArnLike', ARN, WILD],
  ['StringEquals', ARN, WILD],
  ['StringNotEquals', ARN, WILD],
  ['Null', ARN, 'false'],
  ['ArnEqualsIfExists', ARN, ANCHOR.trustAnchorArn],
  ['StringEquals', 'aws:SourceAccount', ID],
  ['Bool', 'aws:PrincipalIsAWSService', 'true'],
  ['StringEquals', 'aws:SourceOrgID', 'o-1'],
  ['NotIpAddress', 'aws:SourceIp', '10.0.0.0/8'],
  ['StringEquals', CN, 'host-1'],
  ['StringLike', CN, '*'],
  ['StringLike', CN, '?*'],
  ['StringLike', CN, '*Ops*'],
  ['StringNotEquals', CN, 'guest'],
  ['StringNotLike', CN, '*'],
  ['StringNotEquals', CN, 'guest-*'],
  ['StringNotEquals', CN, 'what no tag has: %'],
  ['StringEqualsIfExists', CN, 'host-1'],
  ['ForAllValues:StringLike', CN, 'host-*'],
  ['ForAnyValue:StringLike', CN, '*'],
  ['Null', CN, 'true'],
  ['Null', CN, 'false'],
  ['StringEquals', CN, '${aws:RequestTag/x509Subject/CN}'],
  ['StringEquals', CN, `\${${ISSUER}}`],
  ['StringEquals', ISSUER, 'Example Issuing CA'],
  ['StringNotEquals', 'aws:PrincipalTag/x509Subject/CommonName', 'guest'],
  ['StringEqualsIfExists', 'aws:PrincipalTag/x509SAN/Email', 'a@example.com'],
  ['StringNotEquals', 'sts:SourceIdentity', 'guest'],
  ['StringNotEquals', 'sts:SourceIdentity', 'CN=guest'],
  ['StringLike', 'sts:SourceIdentity', 'CN=*'],
  ['StringEquals', 'sts:SourceIdentity', `CN=\${${CN}}`],
  ['StringEquals', 'sts:RoleSessionName', `\${${CN}}`],
];

const allow = (...blocks: readonly Block[]) => {
  const conditions: Record<string, Record<string, string>> = {};
  for (const [operator, key, value] of blocks) conditions[operator] = { ...conditions[operator], [key]: value };
  return rolesAnywhereStatement(conditions);
};
const deny = (block: Block) => ({ ...allow(block), Effect: 'Deny' });

const POLICIES = BLOCKS.flatMap((one, at) => [
  policyText([allow(one)]),
  policyText([rolesAnywhereStatement(), deny(one)]),
  ...BLOCKS.map(other => policyText([allow(one), deny(other)])),
  ...BLOCKS.slice(at + 1).flatMap(other => [policyText([allow(one, other)]), policyText([allow(one), allow(other)])]),
]);

/** Each policy is the trust policy of a role of its own. */
function accountOf(policies: readonly string[]) {
  const roles = policies.map((AssumeRolePolicyDocument, at) => ({
    ...ROLE,
    RoleName: `r${at}`,
    Arn: `arn:aws:iam::${ID}:role/r${at}`,
    AssumeRolePolicyDocument,
  }));
  const profiles = Array.from({ length: Math.ceil(roles.length / 200) }, (_, at) => ({
    ...PROFILE,
    profileId: `p${at}`,
    profileArn: `${PROFILE.profileArn}-${at}`,
    name: `p${at}`,
    roleArns: roles.slice(at * 200, at * 200 + 200).map(({ Arn }) => Arn),
  }));
  return { ...inRegion(GOOD, () => ({ profiles })), roles };
}

test('a path that any certificate takes is told of by a rule about its role', () => {
  const snapshot = snapshotOf(accountOf(POLICIES));
  const { rules } = loadRules({ dirs: [], builtin: true, now: NOW });
  const { findings } = judge(snapshot, rules, { settings: SETTINGS });
  const told = new Set(
    findings.filter(({ rule }) => rule.startsWith('role-trust-')).map(({ resource }) => resource.id),
  );
  const untold = documentsOf(snapshot, { settings: SETTINGS })
    .filter(({ kind, body }) => kind === 'path' && truthAt(body, 'path.open') === true)
    .filter(({ body }) => ['any_anchor', 'any_of_ca', 'ineffective'].includes(textAt(body, 'path.gate.grade') ?? ''))
    .map(({ body }) => textAt(body, 'role.arn') ?? '')
    .filter(arn => !told.has(arn));
  expect(untold.map(arn => POLICIES[Number(arn.split('/r')[1])])).toEqual([]);
}, 120_000);
