import { describe, expect, it } from 'vitest';
import { policyText, rolesAnywhereStatement, rolesAnywhereTrust } from '../../mocks/build/trust-policies.ts';
import { valuesAt } from '../../src/documents/path.ts';
import type { AccountSnapshot, RegionSnapshot } from '../../src/snapshot/snapshot.ts';
import { ACCOUNT, about, account, anchor, profile, region, role, UNREAD_CA, unread } from './snapshots.ts';

const ARN = anchor().trustAnchorArn;
const GONE = ARN.replace('a1', 'a9');
const ELSEWHERE = ARN.replace('eu-west-1', 'us-east-1');
const FOREIGN = ARN.replace(ACCOUNT, '999988887777');
const CN = 'aws:PrincipalTag/x509Subject/CN';
const named = (...arns: readonly string[]) => rolesAnywhereTrust({ ArnEquals: { 'aws:SourceArn': arns } });
const MAPPED = profile({
  attributeMappings: [{ certificateField: 'x509Subject', mappingRules: [{ specifier: '*' }] }],
});

function trustOf(trust: string, regions: readonly Partial<RegionSnapshot>[], rest: Partial<AccountSnapshot> = {}) {
  const roles = [role('host', { AssumeRolePolicyDocument: trust })];
  return about('role', account({ roles, regions: regions.map(region), ...rest }));
}

describe("what a role's document says of its trust policy", () => {
  const one = [{ trustAnchors: [anchor()] }];
  it.each<readonly [string, readonly Partial<RegionSnapshot>[], Partial<AccountSnapshot>, readonly string[], boolean]>([
    [ARN, one, {}, [], true],
    [GONE, one, {}, [GONE], true],
    [FOREIGN, one, {}, [FOREIGN], true],
    [profile().profileArn, one, {}, [profile().profileArn], true],
    ['anything', one, {}, ['anything'], true],
    [ELSEWHERE, one, {}, [ELSEWHERE], true],
    [ELSEWHERE, one, { notAsked: ['regions'] }, [], false],
    [GONE, [{ trustAnchors: [anchor()], unread: [unread('rolesanywhere:ListTrustAnchors')] }], {}, [], false],
  ])('which trust anchors it names that are not there: %s', (arn, regions, rest, missing, known) => {
    const { facts, unknown } = trustOf(named(arn), regions, rest);
    expect(valuesAt(facts, 'trust.source_arn.names_missing')).toEqual(missing);
    expect(unknown.includes('role.trust.source_arn.names_missing')).toBe(!known);
  });

  it('which are disabled, and which are in use', () => {
    const trustAnchors = [anchor(), anchor({ trustAnchorArn: GONE, enabled: false })];
    const { facts } = trustOf(named(ARN, GONE), [{ trustAnchors }]);
    expect(facts.trust).toMatchObject({
      source_arn: { names_enabled: [ARN], names_disabled: [GONE], names_missing: [] },
    });
  });

  it('the same where it does not matter whether callers choose the name, though one way in has other days', () => {
    const inTime = (operator: string, more: object) =>
      rolesAnywhereStatement({
        ArnLike: { 'aws:SourceArn': ARN.replace('a1', '*') },
        StringEquals: { [CN]: 'host1', ...more },
        [operator]: { 'aws:CurrentTime': '2027-06-01T00:00:00Z' },
      });
    const trust = policyText([inTime('DateGreaterThan', {}), inTime('DateLessThan', { 'sts:RoleSessionName': 'a!' })]);
    const trustAnchors = [anchor(), anchor({ trustAnchorId: 'b1', trustAnchorArn: ARN.replace('a1', 'b1') })];
    const profiles = [profile({ acceptRoleSessionName: false })];
    const cut = { trustAnchors, profiles, unread: [unread('rolesanywhere:ListProfiles')] };
    const { facts } = trustOf(trust, [cut]);
    expect(facts.trust).toMatchObject({
      source_arn: { constrained: false, takes_any_anchor: true },
      certificate: { held_to: 'name' },
    });
  });

  it('nothing of trust anchors and certificates where nobody gets in', () => {
    const { facts, unknown } = trustOf(named('arn:aws:rolesanywhere:eu-west-1:999988887777:trust-anchor/x'), one);
    expect(facts.trust).toMatchObject({ certificate: { attributes: [] } });
    expect(valuesAt(facts, 'trust.certificate.held_to')).toEqual([]);
    expect(valuesAt(facts, 'trust.source_arn.constrained')).toEqual([]);
    expect(unknown).toEqual([]);
  });

  it('whether its CA may make others is not known of a private CA that nobody read', () => {
    const { unknown } = trustOf(named(ARN), [{ trustAnchors: [anchor({ source: UNREAD_CA })] }]);
    expect(unknown).toEqual(['role.trust.certificate.ca_makers']);
  });

  it('the loosest of what may let somebody in', () => {
    const where = (...keys: readonly string[]) =>
      rolesAnywhereStatement({
        ArnEquals: { 'aws:SourceArn': ARN },
        StringEquals: Object.fromEntries(keys.map(key => [key, 'x'])),
      });
    const trust = policyText([where('aws:one', CN), where('aws:other', 'aws:PrincipalTag/x509Issuer/CN')]);
    const { facts, unknown } = trustOf(trust, one);
    expect(valuesAt(facts, 'trust.certificate.held_to')).toEqual(['issuer']);
    expect(unknown).not.toContain('role.trust.certificate.held_to');
  });

  it.each<[string, Partial<RegionSnapshot>, readonly string[]]>([
    ['all profiles were read', {}, []],
    [
      'those of a region with a trust anchor were not',
      { unread: [unread('rolesanywhere:ListProfiles')] },
      [
        'role.trust.certificate.asks_for_issuer',
        'role.trust.certificate.ca_makers',
        'role.trust.certificate.held_to',
        'role.trust.certificate.void',
        'role.trust.source_arn.constrained',
        'role.trust.source_arn.covers_every_anchor',
        'role.trust.source_arn.takes_any_anchor',
      ],
    ],
    [
      'those of a region without one were not',
      { trustAnchors: [], unread: [unread('rolesanywhere:ListProfiles')] },
      [],
    ],
  ])('whether a session name that no profile seen lets anybody choose lets nobody in: %s', (_, other, expected) => {
    const trust = rolesAnywhereTrust({ StringEquals: { 'sts:RoleSessionName': 'host-1' } });
    const regions = [
      { trustAnchors: [anchor()], profiles: [{ ...MAPPED, acceptRoleSessionName: false }] },
      { name: 'us-east-1', trustAnchors: [anchor({ trustAnchorArn: ELSEWHERE })], ...other },
    ];
    const { unknown } = trustOf(trust, regions);
    const told = ['role.trust.certificate.', 'role.trust.source_arn.'];
    expect(unknown.filter(path => told.some(start => path.startsWith(start)))).toEqual(expected);
  });

  it('the profiles that do not map what it asks for', () => {
    const asking = (operator: string) =>
      rolesAnywhereTrust({ ArnEquals: { 'aws:SourceArn': ARN }, [operator]: { [CN]: 'host-1' } });
    const of = (trust: string, of = profile()) =>
      trustOf(trust, [{ trustAnchors: [anchor()], profiles: [of] }]).facts.trust;
    const [none, arns] = [[], [profile().profileArn]];
    expect(of(asking('StringEquals'))).toMatchObject({ unmapped: { shut: arns, open: none } });
    expect(of(asking('StringNotEquals'))).toMatchObject({ unmapped: { shut: none, open: arns } });
    expect(of(asking('StringEquals'), MAPPED)).toMatchObject({ unmapped: { shut: none, open: none } });
    expect(of(asking('StringEquals'), profile({ enabled: false }))).toMatchObject({
      unmapped: { shut: none, open: none },
    });
  });

  it('is no way in where the trust anchor of the region is not the one that it names', () => {
    const regions = [{ trustAnchors: [anchor()], profiles: [MAPPED] }];
    expect(trustOf(named(ARN), regions).facts).toMatchObject({
      reachable: true,
      paths: ['hosts (eu-west-1): any certificate of the trust anchor plant'],
    });
    expect(trustOf(named(ELSEWHERE), regions).facts).toMatchObject({ reachable: false, paths: [] });
  });

  it('the first of very many paths', () => {
    const profiles = Array.from({ length: 30 }, (_, at) => ({ ...MAPPED, profileArn: `${MAPPED.profileArn}${at}` }));
    const { facts } = trustOf(rolesAnywhereTrust(), [{ trustAnchors: [anchor()], profiles }]);
    const paths = valuesAt(facts, 'paths');
    expect([paths.length, paths.at(-1)]).toEqual([21, '… and 10 more']);
  });

  it('that a Deny which is the restriction leaves nothing open', () => {
    const Effect = 'Deny';
    const deny = { ...rolesAnywhereStatement({ ArnNotEquals: { 'aws:SourceArn': ARN } }), Effect };
    const { facts } = trustOf(policyText([rolesAnywhereStatement(), deny]), one);
    expect(facts.trust).toMatchObject({ rolesanywhere: true, actions_missing: [], unconditioned: false });
  });

  it.each<readonly [string, object, boolean | undefined, readonly string[]]>([
    ['a trust anchor that was retired', { ArnEquals: { 'aws:SourceArn': GONE } }, true, []],
    ['a day to come', { DateGreaterThan: { 'aws:CurrentTime': '2099-01-01T00:00:00Z' } }, true, []],
    ['an external id', { Null: { 'sts:ExternalId': 'false' } }, undefined, ['sts:externalid']],
    ['a guest', { StringEquals: { [CN]: 'guest' } }, false, []],
    ['a misspelt part', { StringEquals: { 'aws:PrincipalTag/x509Subject/CommonName': 'guest' } }, false, []],
    [
      'a part of which AWS may make no tag',
      { StringEquals: { 'aws:PrincipalTag/x509Subject/Name': 'guest' } },
      undefined,
      ['aws:principaltag/x509subject/name'],
    ],
    ['other accounts', { StringNotEquals: { 'aws:SourceAccount': ACCOUNT } }, false, []],
    ['other organisations', { StringNotEquals: { 'aws:SourceOrgID': 'o-1' } }, undefined, ['aws:sourceorgid']],
    ['an open line', { Bool: { 'aws:SecureTransport': 'false' } }, undefined, ['aws:securetransport']],
    ['a caller', { ArnEquals: { 'aws:PrincipalArn': 'arn:aws:iam::1:role/x' } }, undefined, ['aws:principalarn']],
  ])('what a Deny takes back from an Allow without a condition: %s', (_, Condition, expected, unless) => {
    const deny = { ...rolesAnywhereStatement(), Condition, Effect: 'Deny' };
    const { facts, unknown } = trustOf(policyText([rolesAnywhereStatement(), deny]), one);
    expect(valuesAt(facts, 'trust.unconditioned')).toEqual(expected === undefined ? [] : [expected]);
    expect(unknown.includes('role.trust.unconditioned')).toBe(expected === undefined);
    expect(valuesAt(facts, 'trust.unconditioned_unless')).toEqual(unless);
  });

  const REGIONAL = 'rolesanywhere.eu-west-9.amazonaws.com';
  const CHINESE = 'rolesanywhere.amazonaws.com.cn';
  const LINE = { Bool: { 'aws:SecureTransport': 'false' } };
  it.each<readonly [string, readonly object[], readonly string[]]>([
    ['of a region', [{ Principal: { Service: REGIONAL } }], [`Principal Service ${REGIONAL}`]],
    ['of another partition', [{ Principal: { Service: CHINESE } }], [`Principal Service ${CHINESE}`]],
    [
      'in another case',
      [{ Principal: { Service: 'RolesAnywhere.amazonaws.com' } }],
      ['Principal Service RolesAnywhere.amazonaws.com'],
    ],
    ['any service', [{ Principal: { Service: '*' } }], ['Principal Service *']],
    ['all but one', [{ Principal: undefined, NotPrincipal: { AWS: ACCOUNT } }], ['NotPrincipal']],
    [
      'of a region, by an open line: either keeps it from being decided',
      [{ Principal: { Service: REGIONAL }, Condition: LINE }],
      ['aws:securetransport'],
    ],
    ['everybody, by an open line', [{ Principal: '*', Condition: LINE }], ['aws:securetransport']],
    [
      'one of two, by an open line each',
      [
        { Principal: { Service: REGIONAL }, Condition: { StringEquals: { 'aws:SourceAccount': '999988887777' } } },
        { Principal: '*', Condition: LINE },
      ],
      ['aws:securetransport'],
    ],
    [
      'by a name',
      [{ Principal: { Service: REGIONAL }, Condition: { StringEquals: { [CN]: 'guest' } } }],
      [`Principal Service ${REGIONAL}`],
    ],
    ['another service', [{ Principal: { Service: 'ec2.amazonaws.com' } }], []],
  ])('whom a Deny may mean beside an Allow without a condition: %s', (_, denies, unless) => {
    const deny = denies.map(each => ({ ...rolesAnywhereStatement(), ...each, Effect: 'Deny' }));
    const { facts } = trustOf(policyText([rolesAnywhereStatement(), ...deny]), one);
    expect(valuesAt(facts, 'trust.unconditioned_unless')).toEqual(unless);
  });

  it.each<readonly [string, object, object]>([
    ['everybody', { Principal: '*' }, { Principal: '*', Condition: LINE }],
    ['everybody, and a service', { Principal: '*' }, { Principal: { Service: REGIONAL } }],
    [
      'all but one',
      { Principal: undefined, NotPrincipal: { AWS: '1' } },
      { Principal: undefined, NotPrincipal: { AWS: ACCOUNT } },
    ],
  ])('nothing of that where it is not known whom the Allow means: %s', (_, allowed, denied) => {
    const statements = [
      { ...rolesAnywhereStatement(), ...allowed },
      { ...rolesAnywhereStatement(), ...denied, Effect: 'Deny' },
    ];
    const { facts, unknown } = trustOf(policyText(statements), one);
    expect(valuesAt(facts, 'trust.unconditioned_unless')).toEqual([]);
    expect(unknown).toContain('role.trust.unconditioned');
  });
});
