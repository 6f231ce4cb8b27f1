import { describe, expect, it } from 'vitest';
import { documentsOf } from '../../src/documents/documents.ts';
import { isUnknownAt, valueAt, valuesAt } from '../../src/documents/path.ts';
import type { ProfileDetail } from '../../src/snapshot/shapes.ts';
import type { AccountSnapshot } from '../../src/snapshot/snapshot.ts';
import { account, anchor, profile, region, role, snapshot } from './snapshots.ts';

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

  it('is held together within a region alone', () => {
    const elsewhere = region({
      name: 'us-east-1',
      trustAnchors: [anchor()],
      profiles: [profile({ profileArn: 'far' })],
    });
    const here = region({ trustAnchors: [anchor()], profiles: [profile({ profileArn: 'near', ...one })] });
    expect(sessionsOf([], { regions: [here, elsewhere] })).toMatchObject({ undone: [], standing: ['limited'] });
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
