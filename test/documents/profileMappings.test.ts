import { describe, expect, it } from 'vitest';
import { about, account, profile, region } from './snapshots.ts';

const mapped = (...fields: readonly (readonly [string, readonly string[]])[]) =>
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
