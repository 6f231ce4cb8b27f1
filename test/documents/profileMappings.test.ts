import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/documents/document.ts';
import type { AccountSnapshot, RegionSnapshot } from '../../src/snapshot/snapshot.ts';
import { about, account, anchor, OPEN_TRUST, profile, region, role, roleArn, unread } from './snapshots.ts';

type Mapping = readonly [field: string, specifiers: readonly string[]];
const mapped = (...fields: readonly Mapping[]) =>
  fields.map(([certificateField, specifiers]) => ({
    certificateField,
    mappingRules: specifiers.map(specifier => ({ specifier })),
  }));
const of = (attributeMappings: ReturnType<typeof mapped> | undefined) =>
  about('profile', account({ regions: [region({ profiles: [profile({ attributeMappings })] })] }));

const ISSUER = ['x509Issuer', ['*']] as const;
const SUBJECT = ['x509Subject', ['*']] as const;
const SAN = ['x509SAN', ['URI', 'DNS', 'Name/*']] as const;

describe('attribute mappings against those that every profile is made with', () => {
  it.each([
    ['the same', [ISSUER, SUBJECT, SAN], { default: true, has_identity: true, removed: [], added: [] }],
    ['Name in other words', [ISSUER, SUBJECT, ['x509SAN', ['URI', 'DNS', 'Name']]], { default: true }],
    ['Name in yet others', [ISSUER, SUBJECT, ['x509SAN', ['URI', 'DNS', 'Name/']]], { default: true }],
    ['one more', [ISSUER, SUBJECT, SAN, ['x509Subject', ['UID']]], { default: false, added: ['x509Subject/UID'] }],
    ['no issuer', [SUBJECT, SAN], { default: false, has_identity: true, removed: ['x509Issuer/*'] }],
    ['names alone', [ISSUER, SAN], { default: false, has_identity: true, removed: ['x509Subject/*'] }],
    ['the issuer alone', [ISSUER], { default: false, has_identity: false }],
    ['fields without rules', [ISSUER, ['x509Subject', []], ['x509SAN', []]], { default: false, has_identity: false }],
    ['none', [], { default: false, has_identity: false }],
  ] as const)('%s', (_, mappings, expected) => {
    expect(of(mapped(...mappings)).facts.mapping).toMatchObject(expected);
  });

  it('are not known where an old answer leaves them out', () => {
    expect(of(undefined).unknown).toContain('profile.mapping');
  });
});

const CN = ['x509Subject', ['CN']] as const;
describe('what puts back the mappings that somebody took away', () => {
  it.each<readonly [string, readonly Mapping[], string | undefined, readonly string[] | undefined]>([
    ['nothing is missing', [ISSUER, SUBJECT, SAN], undefined, undefined],
    ['no alternative names', [ISSUER, SUBJECT], 'x509SAN', ['specifier=DNS', 'specifier=Name/*', 'specifier=URI']],
    ['none of it', [], 'x509Subject', ['specifier=*']],
    ['narrowed on purpose, perhaps', [ISSUER, CN], 'x509SAN', ['specifier=DNS', 'specifier=Name/*', 'specifier=URI']],
    ['narrowed alone', [ISSUER, CN, SAN], 'x509Subject', ['specifier=*']],
    [
      'one of a field, and the rest stays',
      [ISSUER, SUBJECT, ['x509SAN', ['URI', 'Name/CN', 'RFC822']]],
      'x509SAN',
      ['specifier=DNS', 'specifier=Name/*', 'specifier=RFC822', 'specifier=URI'],
    ],
    ['more than there was', [ISSUER, SUBJECT, SAN, ['x509Subject', ['UID']]], 'x509Subject', ['specifier=*']],
  ])('%s', (_, mappings, field, rules) => {
    const { put_back } = of(mapped(...mappings)).facts.mapping as { put_back: JsonObject };
    expect([put_back.certificate_field, put_back.mapping_rules]).toEqual([field, rules]);
  });
});

describe('whose trust policies miss what is not mapped', () => {
  const { Statement } = OPEN_TRUST;
  const asking = {
    Statement: { ...Statement, Condition: { StringEquals: { 'aws:PrincipalTag/x509Subject/OU': 'x' } } },
  };
  const [host, open] = [role('host', { AssumeRolePolicyDocument: asking }), role('host')];
  const denied = unread('iam:GetAccountAuthorizationDetails');
  it.each<readonly [string, Partial<AccountSnapshot>, Partial<RegionSnapshot>, readonly string[], known: boolean]>([
    ['a role that asks for it', { roles: [host] }, {}, [roleArn('host')], true],
    ['a role that does not', { roles: [open] }, {}, [], true],
    ['a role that could not be read', { unread: [denied] }, {}, [], false],
    ['trust anchors not asked for', { roles: [open] }, { trustAnchors: [], notAsked: ['trustAnchors'] }, [], false],
    ['no trust anchors', { roles: [open] }, { trustAnchors: [] }, [], true],
  ])('%s', (_, inAccount, inRegion, roles, known) => {
    const narrow = profile({ attributeMappings: mapped(ISSUER, CN) });
    const place = region({ trustAnchors: [anchor()], profiles: [narrow], ...inRegion });
    const { facts, unknown } = about('profile', account({ ...inAccount, regions: [place] }));
    expect(facts.mapping).toMatchObject({ missed_by: roles });
    expect(unknown.includes('profile.mapping.missed_by')).toBe(!known);
  });

  it('a role of another account, which is never handed out, is of no matter', () => {
    const narrow = profile({ attributeMappings: mapped(CN), roleArns: ['arn:aws:iam::444455556666:role/host'] });
    const { unknown } = about(
      'profile',
      account({ regions: [region({ trustAnchors: [anchor()], profiles: [narrow] })] }),
    );
    expect(unknown).not.toContain('profile.mapping.missed_by');
  });
});
