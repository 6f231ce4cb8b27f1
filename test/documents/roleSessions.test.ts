import { describe, expect, it } from 'vitest';
import { policyText, rolesAnywhereStatement } from '../../mocks/build/trust-policies.ts';
import { rootAuthority } from '../../mocks/pki/authority.ts';
import { documentsOf } from '../../src/documents/documents.ts';
import { isUnknownAt, valueAt, valuesAt } from '../../src/documents/path.ts';
import type { ProfileDetail, TrustAnchorDetail } from '../../src/snapshot/shapes.ts';
import type { AccountSnapshot, RegionSnapshot } from '../../src/snapshot/snapshot.ts';
import { ACCOUNT, account, anchor, OPEN_TRUST, profile, region, role, snapshot, UNREAD_CA } from './snapshots.ts';

const text = (Action: unknown, Resource: unknown = '*') =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource }] });
const host = role('host', { RolePolicyList: [{ PolicyName: 'p', PolicyDocument: text('s3:*') }] });

/** Profiles `a`, `b`, … of one region. */
function sessionsOf(profiles: readonly Partial<ProfileDetail>[], rest: Partial<AccountSnapshot> = {}) {
  const all = profiles.map((each, at) => {
    const name = 'abcdef'[at]!;
    return profile({ profileArn: name, profileId: name, name, ...each });
  });
  const regions = [region({ trustAnchors: [anchor()], profiles: all })];
  const documents = documentsOf(snapshot(account({ roles: [host], regions, ...rest })));
  const { body } = documents.find(({ kind }) => kind === 'role')!;
  const undoing = documents.filter(
    ({ kind, body }) => kind === 'profile' && valuesAt(body, 'profile.session_policy.undoes').length > 0,
  );
  return {
    held: isUnknownAt(body, 'role.sessions.held_by_policy') ? 'unknown' : valueAt(body, 'role.sessions.held_by_policy'),
    standing: valuesAt(body, 'role.sessions.standing'),
    narrowed: valuesAt(body, 'role.sessions.narrowed_by'),
    undone: isUnknownAt(body, 'role.sessions.undone_by') ? 'unknown' : valuesAt(body, 'role.sessions.undone_by'),
    unnarrowed: valuesAt(body, 'role.sessions.unnarrowed_by'),
    undoing: undoing.map(({ resource }) => resource.id),
  };
}

const one = { sessionPolicy: text('s3:GetObject', 'arn:aws:s3:::one/*') };
const two = { sessionPolicy: text('s3:GetObject', 'arn:aws:s3:::two/*') };
const both = { sessionPolicy: text('s3:GetObject', ['arn:aws:s3:::one/*', 'arn:aws:s3:::two/*']) };
const more = { sessionPolicy: text('s3:Get*') };

const ANYBODY = JSON.stringify(OPEN_TRUST);
const LIFE = { notBefore: new Date(0), notAfter: new Date('2040-01-01') };
const [ONE_CA, ANOTHER_CA] = ['one', 'other'].map(name => bundled(root({ name }))) as [object, object];
const ROOT_CA = bundled(root({ name: 'root' }));
const ISSUING_CA = bundled(root({ name: 'root' }).subordinate({ subject: [['CN', 'issuing']], ...LIFE }));

function root({ name, ...rest }: { readonly name: string; readonly pathLength?: number }) {
  return rootAuthority({ subject: [['CN', name]], ...LIFE, ...rest });
}

function bundled({ pem }: { readonly pem: string }): Partial<TrustAnchorDetail> {
  return { source: { sourceType: 'CERTIFICATE_BUNDLE', sourceData: { x509CertificateData: pem } } };
}

const NEAR = `arn:aws:rolesanywhere:eu-west-1:${ACCOUNT}:trust-anchor/a`;
const FAR = `arn:aws:rolesanywhere:us-east-1:${ACCOUNT}:trust-anchor/a`;

function trusting(...pairs: readonly (readonly [string, readonly string[]])[]): string {
  const statements = pairs.map(([arn, names]) =>
    rolesAnywhereStatement({
      ArnEquals: { 'aws:SourceArn': arn },
      StringEquals: { 'sts:SourceIdentity': names.map(name => `CN=${name}`) },
    }),
  );
  return policyText(statements);
}

interface TwoRegions {
  readonly near: Partial<TrustAnchorDetail>;
  readonly far: Partial<TrustAnchorDetail>;
  readonly trust: string;
}

/** A narrow profile near, and far away one that is not. */
function undoneFrom({ near, far, trust }: TwoRegions, rest: Partial<RegionSnapshot> = {}) {
  const regions = [
    region({
      trustAnchors: [anchor({ trustAnchorArn: NEAR, ...near })],
      profiles: [profile({ profileArn: 'near', ...one })],
    }),
    region({
      name: 'us-east-1',
      trustAnchors: [anchor({ trustAnchorArn: FAR, ...far })],
      profiles: [profile({ profileArn: 'far' })],
      ...rest,
    }),
  ];
  return sessionsOf([], { regions, roles: [{ ...host, AssumeRolePolicyDocument: trust }] }).undone;
}

describe('a role in several profiles', () => {
  it.each([
    ['one alone', [one], [], [], []],
    ['the same for all', [one, { ...one, name: 'x' }], [], [], []],
    ['one without a session policy', [one, {}], ['a'], ['b'], ['b']],
    ['whichever comes first', [{}, one], ['b'], ['a'], ['a']],
    ['one whose session policy takes nothing away', [one, { sessionPolicy: text('*') }], ['a'], ['b'], ['b']],
    ['none has one', [{}, {}], [], [], []],
    ['more actions', [one, more], ['a'], ['b'], []],
    ['more resources', [one, both], ['a'], ['b'], []],
    ['the same in other words', [one, { sessionPolicy: text(['s3:getobject'], ['arn:aws:s3:::one/*']) }], [], [], []],
    ["two that are each other's more", [one, two], ['b'], ['a'], []],
    ['a disabled one', [one, { enabled: false }], [], [], []],
    ['all of three', [one, two, {}], ['a', 'b'], ['c'], ['c']],
  ])('%s', (_, profiles, narrowed, undone, unnarrowed) => {
    expect(sessionsOf(profiles)).toMatchObject({ narrowed, undone, unnarrowed, undoing: undone });
  });

  it.each<[string, TwoRegions['near'], TwoRegions['far'], TwoRegions['trust'], 'unknown' | string[]]>([
    ['over the same CA', ONE_CA, ONE_CA, ANYBODY, ['far']],
    ['over the same private CA', {}, {}, ANYBODY, ['far']],
    ['over another CA', ONE_CA, ANOTHER_CA, ANYBODY, []],
    ['over the CA above', ISSUING_CA, ROOT_CA, ANYBODY, ['far']],
    ['over the CA below', ROOT_CA, ISSUING_CA, ANYBODY, ['far']],
    ['over the CA above, for others', ISSUING_CA, ROOT_CA, trusting([NEAR, ['a']], [FAR, ['b']]), []],
    ['over a CA that may be above', ISSUING_CA, ANOTHER_CA, ANYBODY, 'unknown'],
    ['over a CA that may be above, for others', ISSUING_CA, ANOTHER_CA, trusting([NEAR, ['a']], [FAR, ['b']]), []],
    ['over a root that has no CAs below it', ISSUING_CA, bundled(root({ name: 'flat', pathLength: 0 })), ANYBODY, []],
    ['over CAs of which one is not known', ONE_CA, { source: UNREAD_CA }, ANYBODY, 'unknown'],
    ['with the trust anchor disabled', ONE_CA, { ...ONE_CA, enabled: false }, ANYBODY, []],
    ['by a trust anchor that the role does not take', ONE_CA, ONE_CA, trusting([NEAR, ['host-1']]), []],
    ['by both trust anchors', ONE_CA, ONE_CA, trusting([NEAR, ['host-1']], [FAR, ['host-1']]), ['far']],
    ['for others', ONE_CA, ONE_CA, trusting([NEAR, ['host-1']], [FAR, ['host-2']]), []],
    ['for some of them', ONE_CA, ONE_CA, trusting([NEAR, ['host-1', 'host-2']], [FAR, ['host-2']]), ['far']],
  ])('another region hands out more %s', (_, near, far, trust, expected) => {
    expect(undoneFrom({ near, far, trust })).toEqual(expected);
  });

  const beside = (more: Partial<TrustAnchorDetail>) => [
    anchor({ trustAnchorArn: FAR, ...ANOTHER_CA }),
    anchor({ trustAnchorArn: `${FAR}2`, ...ONE_CA, ...more }),
  ];
  it.each<[string, Partial<RegionSnapshot>, TwoRegions['trust'], 'unknown' | string[]]>([
    ['one of the same CA', { trustAnchors: beside({}) }, ANYBODY, ['far']],
    ['a disabled one of the same CA', { trustAnchors: beside({ enabled: false }) }, ANYBODY, []],
    [
      'one of the same CA that lets nobody in',
      { trustAnchors: beside({}) },
      trusting([NEAR, ['host-1']], [FAR, ['host-1']]),
      [],
    ],
    [
      'one of a CA that nobody read, that lets nobody in',
      { trustAnchors: beside({ source: UNREAD_CA }) },
      trusting([NEAR, ['host-1']], [FAR, ['host-1']]),
      [],
    ],
    ['others that nobody read', { trustAnchors: [], notAsked: ['trustAnchors'] }, ANYBODY, 'unknown'],
  ])('another region hands out more by a trust anchor beside %s', (_, rest, trust, expected) => {
    expect(undoneFrom({ near: ONE_CA, far: {}, trust }, rest)).toEqual(expected);
  });

  it('holds the widest of all regions against each of them', () => {
    const regions = ['eu-west-1', 'us-east-1', 'ap-south-1'].map((name, at) =>
      region({
        name,
        trustAnchors: [anchor({ ...ONE_CA, trustAnchorArn: NEAR.replace('eu-west-1', name) })],
        profiles: [profile({ profileArn: name, ...[one, two, both][at] })],
      }),
    );
    expect(sessionsOf([], { regions })).toMatchObject({
      narrowed: ['eu-west-1', 'us-east-1'],
      undone: ['ap-south-1', 'us-east-1'],
    });
  });

  it('is not known where profiles may be missing, or policies', () => {
    const cut = region({ trustAnchors: [anchor()], profiles: [profile(one)], notAsked: ['profiles'] });
    expect(sessionsOf([], { regions: [cut] }).undone).toBe('unknown');
    expect(sessionsOf([one, { managedPolicyArns: ['arn:aws:iam::aws:policy/ReadOnlyAccess'] }]).undone).toBe('unknown');
  });

  it('opens for nobody without a trust anchor', () => {
    const regions = [region({ profiles: [profile({ profileArn: 'a', ...one }), profile({ profileArn: 'b' })] })];
    expect(sessionsOf([], { regions }).undone).toEqual([]);
  });

  const boss = role('host', { RolePolicyList: [{ PolicyName: 'p', PolicyDocument: text('*') }] });
  it.each([
    ['handed out as it is', boss, [one, {}], ['admin', 'limited'], false],
    ['held by all session policies', boss, [one, two], ['limited'], true],
    ['of which one lets everything through', boss, [one, { sessionPolicy: text('*') }], ['admin', 'limited'], false],
    ['in disabled profiles alone', boss, [{ ...one, enabled: false }], [], false],
    ['that is none', host, [one, {}], ['limited'], false],
  ])('is an administrator: %s', (_, listed, profiles, standing, held) => {
    expect(sessionsOf(profiles, { roles: [listed] })).toMatchObject({ standing, held });
  });

  it('may be held in profiles that were read, and not in others', () => {
    const cut = region({ trustAnchors: [anchor()], profiles: [profile(one)], notAsked: ['profiles'] });
    expect(sessionsOf([], { regions: [cut], roles: [boss] }).held).toBe('unknown');
  });
});
