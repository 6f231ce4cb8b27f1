import { expect, it } from 'vitest';
import { type Conditions, rolesAnywhereTrust } from '../../mocks/build/trust-policies.ts';
import { rootAuthority } from '../../mocks/pki/authority.ts';
import type { TrustAnchorDetail } from '../../src/snapshot/shapes.ts';
import { about, account, anchor, profile, region, role, UNREAD_CA } from './snapshots.ts';

const { pem } = rootAuthority({
  subject: [
    ['C', 'DE'],
    ['O', 'Globex'],
    ['OU', 'PKI'],
    ['CN', 'Globex CA'],
  ],
  notBefore: new Date('2025-01-01T00:00:00Z'),
  notAfter: new Date('2030-01-01T00:00:00Z'),
});
const source = { sourceType: 'CERTIFICATE_BUNDLE', sourceData: { x509CertificateData: pem } };
const THIS = { ArnEquals: { 'aws:SourceArn': anchor().trustAnchorArn } };
const asking = (parts: Readonly<Record<string, string | readonly string[]>>, test = 'StringEquals'): Conditions => ({
  ...THIS,
  [test]: Object.fromEntries(Object.entries(parts).map(([part, value]) => [`aws:PrincipalTag/${part}`, value])),
});

function sharedBy(conditions: Conditions, rest: Partial<TrustAnchorDetail>) {
  const host = role('host', { AssumeRolePolicyDocument: rolesAnywhereTrust(conditions) });
  const regions = [region({ trustAnchors: [anchor({ source, ...rest })], profiles: [profile()] })];
  const { facts, unknown } = about('role', account({ roles: [host], regions }));
  const { certificate } = facts.trust as { readonly certificate: { readonly shared_with_ca?: readonly string[] } };
  return { shared: certificate.shared_with_ca, known: !unknown.includes('role.trust.certificate.shared_with_ca') };
}

it.each<[what: string, conditions: Conditions, shared: readonly string[]]>([
  ['nothing', THIS, []],
  ['its organisation', asking({ 'x509Subject/O': 'Globex' }), ['x509Subject/O']],
  [
    'its organisation and country',
    asking({ 'x509Subject/O': 'Globex', 'x509Subject/C': 'DE' }),
    ['x509Subject/C', 'x509Subject/O'],
  ],
  ['one of several countries', asking({ 'x509Subject/C': ['CH', 'DE'] }), ['x509Subject/C']],
  ['a pattern of it', asking({ 'x509Subject/O': 'Glob*' }, 'StringLike'), ['x509Subject/O']],
  ['another organisation', asking({ 'x509Subject/O': 'Initech' }), []],
  ['its country and a unit of its own', asking({ 'x509Subject/C': 'DE', 'x509Subject/OU': 'Finance' }), []],
  ['a name besides', asking({ 'x509Subject/O': 'Globex', 'x509Subject/CN': 'host' }), []],
  ['the issuer besides', asking({ 'x509Subject/O': 'Globex', 'x509Issuer/CN': 'Globex CA' }), ['x509Subject/O']],
])('what is asked for is what the CA has as well: %s', (_, conditions, shared) => {
  expect(sharedBy(conditions, {})).toEqual({ shared, known: true });
});

it.each<[what: string, conditions: Conditions, known: boolean]>([
  ['where it may be all', asking({ 'x509Subject/O': 'Globex' }), false],
  ['and need not be, where a name is asked for', asking({ 'x509Subject/CN': 'host' }), true],
])('of a CA that was not read it is not known %s', (_, conditions, known) => {
  expect(sharedBy(conditions, { source: UNREAD_CA })).toEqual({ shared: [], known });
});
