import { describe, expect, it } from 'vitest';
import { type TrustWording, trustWording } from '../../src/iam/trustWording.ts';
import { ANCHOR, allow, CN, deny, OU, PINNED, trustOf } from './gate/build.ts';

const IDENTITY = 'sts:SourceIdentity';
const WILD = 'arn:aws:rolesanywhere:*:*:trust-anchor/*';
const identities = (operator: string, ...values: readonly string[]) => allow({ [operator]: { [IDENTITY]: values } });
const LONG = 'a'.repeat(62);

describe('the wording of a trust policy', () => {
  it.each<readonly [string, readonly object[], Partial<TrustWording>]>([
    [
      'nothing to say',
      [allow({ ...PINNED, StringEquals: { [CN]: 'a' } })],
      {
        sourceArns: [ANCHOR],
        namedAnchors: [{ name: ANCHOR, anyCase: false }],
        attributes: ['x509Subject/CN'],
        unknownKeys: [],
        networkKeys: [],
        literalWildcards: [],
        malformedIdentities: [],
        joinedPatterns: [],
        broadActions: [],
        deniedBy: [],
        bareActions: [],
      },
    ],
    [
      'statements of others',
      [{ ...allow({ IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } }), Principal: { Service: 'ec2.amazonaws.com' } }],
      { networkKeys: [] },
    ],
    [
      'what a Deny leaves',
      [allow(), deny({ ArnNotEquals: { 'aws:SourceArn': ANCHOR } })],
      { namedAnchors: [{ name: ANCHOR, anyCase: false }], deniedBy: ['aws:sourcearn'] },
    ],
    [
      'what is ruled out',
      [allow({ ArnNotEquals: { 'aws:SourceArn': ANCHOR } })],
      { sourceArns: [ANCHOR], namedAnchors: [] },
    ],
    [
      'patterns and variables name none',
      [allow({ ArnLike: { 'aws:SourceArn': [WILD, '${aws:x}'] } })],
      { namedAnchors: [] },
    ],
    [
      'a name in any case',
      [allow({ 'ForAnyValue:StringEqualsIgnoreCase': { 'aws:SourceArn': ANCHOR } }), allow(PINNED)],
      { namedAnchors: [{ name: ANCHOR, anyCase: true }] },
    ],
    ['that it is there names none', [allow({ Null: { 'aws:SourceArn': 'false' } })], { namedAnchors: [] }],
    [
      'keys in any case',
      [allow({ StringEquals: { 'AWS:principaltag/X509subject/commonname': 'a' } })],
      { unknownKeys: ['AWS:principaltag/X509subject/commonname'], attributes: [] },
    ],
    [
      'a part of the SAN that is not mapped',
      [allow({ StringEquals: { 'aws:PrincipalTag/x509SAN/IP': '::1' } })],
      { unknownKeys: ['aws:PrincipalTag/x509SAN/IP'] },
    ],
    ['another tag', [allow({ StringEquals: { 'aws:PrincipalTag/team': 'a' } })], { unknownKeys: [], attributes: [] }],
    [
      'a star where it is one',
      [allow({ StringEquals: { 'aws:SourceArn': WILD } })],
      { literalWildcards: [`StringEquals aws:SourceArn: ${WILD}`], namedAnchors: [] },
    ],
    [
      'a question mark, any case',
      [allow({ StringEqualsIgnoreCase: { [CN]: 'web-?' } })],
      { literalWildcards: [`StringEqualsIgnoreCase ${CN}: web-?`] },
    ],
    [
      'a star that is meant',
      [allow({ StringEquals: { [CN]: 'web-${*}' }, StringLike: { [OU]: 'a*' } })],
      { literalWildcards: [] },
    ],
    ['a star on another key', [allow({ StringEquals: { 'aws:PrincipalTag/team': '*' } })], { literalWildcards: [] }],
    ['source identities', [identities('StringEquals', 'CN=a', 'ID=0aff', LONG)], { malformedIdentities: [] }],
    [
      'no prefix, capitals, an odd count, too long, what STS does not take',
      [identities('StringEquals', 'host', 'ID=0AFF', 'ID=abc', `CN=${LONG}`, 'CN=a b')],
      { malformedIdentities: ['CN=a b', `CN=${LONG}`, 'ID=0AFF', 'ID=abc', 'host'] },
    ],
    ['patterns of them', [identities('StringLike', 'CN=web-*', '*', 'web?')], { malformedIdentities: ['web?'] }],
    ['made of a variable', [identities('StringEquals', `CN=\${${CN}}`)], { malformedIdentities: [] }],
    [
      'a star inside an OU',
      [allow({ StringLike: { [OU]: ['a*b', '*a*', 'a*', '*'], [CN]: 'a*b' } })],
      { joinedPatterns: [`StringLike ${OU}: a*b`] },
    ],
    [
      'all of STS',
      [allow(undefined, { Action: ['sts:AssumeRole', 'STS:*', 'sts:Tag*'] })],
      { broadActions: ['STS:*'] },
    ],
    ['all but one', [allow(undefined, { Action: undefined, NotAction: 's3:*' })], { broadActions: ['NotAction s3:*'] }],
    ['no condition', [allow()], { bareActions: ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'] }],
    [
      'no condition on one',
      [allow(PINNED), allow(undefined, { Action: 'sts:TagSession' })],
      { bareActions: ['sts:TagSession'] },
    ],
    ['no condition, and a Deny', [allow(), deny(PINNED)], { bareActions: [] }],
    ['hostile keys', [allow({ StringEquals: { '__proto__/x509': 'a', constructor: 'b' } })], { unknownKeys: [] }],
  ])('%s', (_, statements, expected) => {
    expect(trustWording(trustOf(statements))).toMatchObject(expected);
  });

  it('reads a variable that never ends but once', () => {
    const started = performance.now();
    const text = '${'.repeat(200_000);
    expect(
      trustWording(trustOf([allow({ StringEquals: { [CN]: [text, `${text}*`] } })])).literalWildcards,
    ).toHaveLength(1);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
