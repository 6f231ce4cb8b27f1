import { describe, expect, it } from 'vitest';
import type { AccountSnapshot } from '../../src/snapshot/snapshot.ts';
import { about, account, anchor, OPEN_TRUST, region, role, unread } from './snapshots.ts';

const ARN = anchor().trustAnchorArn;
const OTHER = anchor({ trustAnchorId: 'b2', trustAnchorArn: ARN.replace(/a1$/, 'b2'), name: 'other' });
const GONE = ARN.replace(/a1$/, 'c3');

type Block = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

const asking = (Condition: Block, more: readonly object[] = []) => ({
  Version: '2012-10-17',
  Statement: [{ ...OPEN_TRUST.Statement, Condition }, ...more],
});
const from = (operator: string, value: string | readonly string[]) =>
  asking({ [operator]: { 'aws:SourceArn': value } });
const denying = (operator: string, value: string) => ({
  Statement: [
    OPEN_TRUST.Statement,
    { ...OPEN_TRUST.Statement, Effect: 'Deny', Condition: { [operator]: { 'AWS:sourceARN': value } } },
  ],
});

/** What the document of the first of two anchors says of a role with this trust policy, and of nobody else. */
function rolesSaid(trust: object | undefined, rest: Partial<AccountSnapshot> = {}) {
  const host = role('host', { AssumeRolePolicyDocument: trust as never });
  const regions = [region({ trustAnchors: [anchor(), OTHER] })];
  const { facts, unknown } = about('trust_anchor', account({ roles: [host], regions, ...rest }));
  return { roles: facts.roles as Record<string, unknown>, unknown };
}

const NAMES = {
  naming: ['arn:aws:iam::111122223333:role/host'],
  naming_others: 0,
  naming_none_there: 0,
  naming_no_anchor: 0,
};
const OTHERS = { ...NAMES, naming: [], naming_others: 1 };
const STRAY = { ...NAMES, naming: [], naming_none_there: 1 };
const OPEN = { ...NAMES, naming: [], naming_no_anchor: 1 };
const NOBODY = { ...NAMES, naming: [] };

describe('which roles name a trust anchor', () => {
  it.each([
    ['by its ARN', from('ArnEquals', ARN), NAMES],
    ['by its ARN as text', from('StringEquals', ARN), NAMES],
    ['by its ARN in another case', from('StringEqualsIgnoreCase', ARN.toUpperCase()), NAMES],
    ['by its ARN in another case, where that counts', from('StringEquals', ARN.toUpperCase()), STRAY],
    ['among others', from('ArnEquals', [GONE, OTHER.trustAnchorArn, ARN]), NAMES],
    ['by a pattern of its id', from('ArnLike', 'arn:aws:rolesanywhere:*:*:trust-anchor/a*'), NAMES],
    ['only where the key is there', from('ArnEqualsIfExists', ARN), NAMES],
    ['by a Deny for all others', denying('ArnNotEquals', ARN), NAMES],
    ['another one', from('ArnEquals', OTHER.trustAnchorArn), OTHERS],
    ['one that is not there', from('ArnEquals', GONE), STRAY],
    ['by a pattern where none is read', from('StringEquals', `${ARN.slice(0, -1)}*`), STRAY],
    ['none', OPEN_TRUST, OPEN],
    ['all by a star', from('StringLike', '*'), OPEN],
    ['all of an account', from('ArnLike', 'arn:aws:rolesanywhere:eu-west-1:111122223333:*'), OPEN],
    ['all of that type', from('ArnLike', 'arn:aws:rolesanywhere:*:*:trust-anchor*'), OPEN],
    ['all of Roles Anywhere', from('ArnLike', 'arn:aws:rolesanywhere:*'), OPEN],
    ['nothing of that type', from('ArnLike', 'arn:aws:rolesanywhere:*:*:profile*'), STRAY],
    ['all of a region', from('ArnLike', 'arn:aws:rolesanywhere:eu-west-1:*:trust-anchor/*'), OPEN],
    ['what it must not be', from('ArnNotEquals', ARN), OPEN],
    ['only that there be one', from('Null', 'false'), OPEN],
    [
      'all by a pattern, and one of them by its ARN',
      asking({ ArnLike: { 'aws:SourceArn': 'arn:*:trust-anchor/*' }, ArnEquals: { 'aws:SourceArn': ARN } }),
      NAMES,
    ],
    ['it or any', from('ArnLike', [ARN, '*']), OPEN],
    [
      'nothing, being no role for certificates',
      { Statement: { ...OPEN_TRUST.Statement, Principal: { Service: 'ec2.amazonaws.com' } } },
      NOBODY,
    ],
    [
      'in a statement for another service',
      asking({ StringEquals: { 'aws:SourceAccount': '1' } }, [
        {
          ...OPEN_TRUST.Statement,
          Principal: { Service: 'x.amazonaws.com' },
          Condition: { ArnEquals: { 'aws:SourceArn': ARN } },
        },
      ]),
      OPEN,
    ],
  ])('%s', (_, trust, said) => {
    const { roles, unknown } = rolesSaid(trust);
    expect(roles).toEqual(said);
    expect(unknown.filter(each => each.startsWith('trust_anchor.roles'))).toEqual([]);
  });

  it.each([
    ['its account by a variable', ARN.replace('111122223333', '${aws:PrincipalAccount}'), true],
    ['all by a variable', '${aws:PrincipalTag/anchor}', true],
    ['another, its account by a variable', GONE.replace('111122223333', '${aws:PrincipalAccount}'), false],
    ['by a variable that does not end', `${ARN.slice(0, -2)}${'${'.repeat(1000)}`, true],
  ])('%s: it may mean this one', (_, text, maybe) => {
    const { roles, unknown } = rolesSaid(from('ArnLike', text));
    expect(roles).toEqual(STRAY);
    expect(unknown.includes('trust_anchor.roles.naming')).toBe(maybe);
  });

  it("the service's own role does not count", () => {
    const own = role('own', { Arn: 'arn:aws:iam::111122223333:role/aws-service-role/rolesanywhere.amazonaws.com/own' });
    expect(rolesSaid(from('ArnEquals', ARN), { roles: [own] }).roles).toEqual(NOBODY);
  });

  it.each([
    ['roles were not asked for', from('ArnEquals', ARN), { notAsked: ['roles'] }],
    ['roles could not be listed', from('ArnEquals', ARN), { unread: [unread('iam:ListRoles')] }],
    ['a trust policy was not read', undefined, {}],
  ] as const)('%s: not known', (_, trust, rest) => {
    const { roles, unknown } = rolesSaid(trust, rest);
    expect(roles).toEqual({ naming: trust === undefined ? [] : NAMES.naming });
    expect(unknown).toEqual(
      expect.arrayContaining(['naming', 'naming_others', 'naming_no_anchor'].map(each => `trust_anchor.roles.${each}`)),
    );
  });

  it('what names an anchor of a region that was not read is not known to name none', () => {
    expect(rolesSaid(from('ArnEquals', GONE), { notAsked: ['regions'] }).unknown).toContain(
      'trust_anchor.roles.naming_none_there',
    );
  });

  it('a thousand roles with a pattern each are counted, not all tried', () => {
    const roles = Array.from({ length: 1000 }, (_, at) =>
      role(`r${at}`, {
        AssumeRolePolicyDocument: from('ArnLike', `arn:*:trust-anchor/*${'a*'.repeat(20)}${at}`) as never,
      }),
    );
    expect(rolesSaid(undefined, { roles }).roles).toMatchObject({ naming: [], naming_none_there: 1000 });
  });
});
