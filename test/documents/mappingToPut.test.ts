import { expect, it } from 'vitest';
import { onlyFrom, rolesAnywhereTrust } from '../../mocks/build/trust-policies.ts';
import type { JsonObject } from '../../src/documents/document.ts';
import { about, account, anchor, profile, region, role } from './snapshots.ts';

const ANCHOR = anchor();
const mapping = (certificateField: string, ...specifiers: readonly string[]) => ({
  certificateField,
  mappingRules: specifiers.map(specifier => ({ specifier })),
});

/** What is told of a profile that maps the CN alone, by a trust policy that asks for these tags too. */
function toldOf(...tags: readonly string[]) {
  const { ArnEquals, StringEquals } = onlyFrom(ANCHOR.trustAnchorArn, 'host-1');
  const asked = Object.fromEntries(tags.map(tag => [`aws:PrincipalTag/${tag}`, 'x']));
  const trust = rolesAnywhereTrust({ ArnEquals: ArnEquals!, StringEquals: { ...StringEquals, ...asked } });
  const narrow = profile({ attributeMappings: [mapping('x509Subject', 'CN')] });
  const { facts } = about(
    'role',
    account({
      roles: [role('host', { AssumeRolePolicyDocument: trust })],
      regions: [region({ trustAnchors: [ANCHOR], profiles: [narrow] })],
    }),
  );
  const { unmapped } = facts.trust as { unmapped: JsonObject };
  return [unmapped.certificate_field, unmapped.mapping_rules, unmapped.profile_id === narrow.profileId];
}

it.each<readonly [string, readonly string[], readonly unknown[]]>([
  ['what is there stays', ['x509Subject/OU'], ['x509Subject', ['specifier=CN', 'specifier=OU'], true]],
  ['in any case', ['X509subject/ou'], ['x509Subject', ['specifier=CN', 'specifier=OU'], true]],
  ['a name in the SAN', ['x509SAN/Name/CN'], ['x509SAN', ['specifier=Name/CN'], true]],
  ['the first of two fields', ['x509Subject/OU', 'x509Issuer/CN'], ['x509Issuer', ['specifier=CN'], true]],
  ['all is mapped', [], [undefined, undefined, false]],
])('what a profile is to be told to map: %s', (_, tags, expected) => {
  expect(toldOf(...tags)).toEqual(expected);
});
