import { describe, expect, it } from 'vitest';
import { type TieQuestion, tieOf } from '../../../src/iam/gate/tie.ts';
import { ACCOUNT, ACTIONS, ANCHOR, allow, CN, deny, ISSUER, NOW, OU, PINNED, trustOf } from './build.ts';

const GONE = ANCHOR.replace('8d4e5b6c', '00000000');
const ELSEWHERE = ANCHOR.replace('eu-west-1', 'eu-north-1');
const ANY = `arn:aws:rolesanywhere:*:${ACCOUNT}:trust-anchor/*`;
const HOST = { StringEquals: { [CN]: 'host-1' } };
const [ASSUME, TAG, SET] = ACTIONS as [string, string, string];
const [YESTERDAY, TOMORROW, LATER] = ['2026-09-30T12:00:00Z', '2026-10-02T12:00:00Z', '2030-01-01'];
const REGIONS = [
  'us-east-1',
  'us-east-2',
  'us-west-1',
  'us-west-2',
  'af-south-1',
  'ap-east-1',
  'ap-south-1',
  'ca-west-1',
];
const FAR_REGIONS = [...REGIONS, 'eu-north-1', 'eu-south-1', 'il-central-1', 'me-south-1'];
const MANY_DATES = Array.from({ length: 20 }, (_, at) => `2027-01-${at + 10}`);
const after = (date: string) => ({ DateGreaterThan: { 'aws:CurrentTime': date } });
const before = (date: string) => ({ DateLessThan: { 'aws:CurrentTime': date } });
const sourceArn = (operator: string, ...values: readonly string[]) => ({ [operator]: { 'aws:SourceArn': values } });

const anyId = (id: string) => ANY.replace(/\*$/, id);
const anyOf = (region: string) => ANY.replace('*', region);
const anchorsIn = (regions: readonly string[]) => regions.map(region => ANCHOR.replace('eu-west-1', region));
const beginnings = (count: number) => Array.from({ length: count }, (_, at) => anyId(`${10 + at}7*`));
const year = (at: number) => ({
  DateGreaterThan: { 'aws:CurrentTime': `${at}-01-01` },
  DateLessThan: { 'aws:CurrentTime': `${at + 1}-01-01` },
});

function tie(statements: readonly object[], rest: Partial<TieQuestion> = {}) {
  return tieOf({
    trust: trustOf(statements),
    partition: 'aws',
    account: ACCOUNT,
    regions: ['eu-west-1', 'us-east-1'],
    anchors: [ANCHOR],
    acceptsSessionName: undefined,
    now: NOW,
    ...rest,
  });
}

const seen = (statements: readonly object[], rest?: Partial<TieQuestion>) => {
  const found = tie(statements, rest);
  return found === 'nobody' ? found : [found.anchored, found.coversEveryAnchor, found.holding?.to];
};

type Case = readonly [string, readonly object[], unknown, Partial<TieQuestion>?];

const CASES: readonly Case[] = [
  ['no condition', [allow()], [false, false, 'nothing']],
  ['one anchor', [allow(PINNED)], [true, false, 'nothing']],
  ['one anchor, one name', [allow({ ...PINNED, ...HOST })], [true, false, 'name']],
  ['one that is not there', [allow(sourceArn('ArnEquals', GONE))], [true, false, 'nothing']],
  ...[
    ['any value', { StringLike: { [CN]: '*' } }, 'any_value'],
    ['an issuer', { StringEquals: { [ISSUER]: 'A' } }, 'issuer'],
    ['a name', HOST, undefined],
  ].map(
    ([name, condition, held]): Case => [
      `${name}, beside more dates than are looked at`,
      [
        allow({ ...PINNED, ...(condition as object) }),
        allow({
          ...PINNED,
          ...HOST,
          DateEquals: { 'aws:CurrentTime': Array.from({ length: 40 }, (_, at) => `${2030 + at}-01-01`) },
        }),
      ],
      [undefined, undefined, held],
    ],
  ),
  [
    'more trust anchors than are looked at, by a pattern and a Deny that has their ARNs in a value',
    [allow({ ...sourceArn('ArnLike', ANY), ...HOST }), deny({ StringEquals: { [CN]: '${aws:SourceArn}' } })],
    [false, true, undefined],
    { anchors: Array.from({ length: 300 }, (_, at) => ANCHOR.replace('8d4e5b6c', `${10_000_000 + at}`)) },
  ],
  ['any region', [allow(sourceArn('ArnLike', ANY))], [false, true, 'nothing']],
  [
    'another region, not read',
    [allow(sourceArn('ArnLike', ELSEWHERE.replace(/[^/]*$/, '*')))],
    [false, true, 'nothing'],
  ],
  ...[
    ['us-*', [false, true, 'nothing']],
    ['ap-south?ast-*', [false, true, 'nothing']],
    ['cn-*', 'nobody'],
    ['x*', 'nobody'],
  ].map(
    ([region, expected]): Case => [
      `regions ${region}, none of which was read`,
      [allow(sourceArn('ArnLike', ANY.replace('*', region as string)))],
      expected,
      { regions: ['eu-west-1'] },
    ],
  ),
  [
    'any region but those that were read',
    [allow(), deny(sourceArn('ArnLike', ANY.replace('*', 'eu-*')))],
    [false, false, 'nothing'],
    { regions: ['eu-west-1', 'eu-north-1'] },
  ],
  [
    'a region without the rest of the ARN',
    [allow(sourceArn('StringLike', '*us-w*'))],
    [false, true, 'nothing'],
    { regions: ['eu-west-1'] },
  ],
  [
    'a region that AWS may have one day',
    [allow({ ...HOST, ...sourceArn('StringLike', '*:ap-southeast-8:*') })],
    [false, true, 'name'],
  ],
  [
    'a region behind sixty that are made up',
    [
      allow(
        sourceArn(
          'ArnLike',
          ...Array.from({ length: 60 }, (_, at) => `arn:b:c:r${at}:*:*`),
          ELSEWHERE.replace(/[^/]*$/, '*'),
        ),
      ),
    ],
    [false, true, 'nothing'],
  ],
  ...[8, 9, 12].map(
    (count): Case => [
      `a region behind ${count} with one anchor each`,
      [
        allow({
          ...sourceArn('ArnLike', ANCHOR, ...anchorsIn(FAR_REGIONS.slice(0, count)), anyOf('sa-east-1')),
          ...HOST,
        }),
      ],
      [false, true, 'name'],
      { regions: ['eu-west-1'] },
    ],
  ),
  [
    'a region behind many others in which trust anchors are named',
    [
      allow({
        ...sourceArn(
          'ArnLike',
          ...anchorsIn(Array.from({ length: 60 }, (_, at) => `xx-made-${at}`)),
          anyOf('xx-made-99'),
        ),
        ...HOST,
      }),
    ],
    [false, true, 'name'],
    { regions: ['eu-west-1'] },
  ],
  [
    'more regions than are looked into',
    [
      deny(sourceArn('ArnLike', ...Array.from({ length: 60 }, (_, at) => anyOf(`xx-made-${at}`)))),
      allow({ ...sourceArn('ArnLike', anyOf('xx-made-99')), ...HOST }),
    ],
    [undefined, undefined, undefined],
    { regions: ['eu-west-1'] },
  ],
  ...[
    [15, [false, true, 'nothing']],
    [16, [false, true, 'nothing']],
    [70, [false, true, undefined]],
  ].map(
    ([count, expected]): Case => [
      `an id of a beginning of its own, behind ${count} others that are held to a name`,
      [
        allow({ ...sourceArn('ArnLike', ...beginnings(count as number)), ...HOST }),
        allow(sourceArn('ArnLike', anyId('fe9*'))),
      ],
      expected,
    ],
  ),
  [
    'an id that two of three patterns fit',
    [
      allow({ ArnLike: { 'aws:SourceArn': anyId('a*') }, StringLike: { 'aws:SourceArn': anyId('*b') } }),
      deny(sourceArn('ArnLike', anyId('?0*'), anyId('?1*'))),
      deny(sourceArn('ArnNotLike', anyId('*c?'), anyId('??7*'))),
    ],
    [false, true, 'nothing'],
  ],
  ['part of an id', [allow(sourceArn('ArnLike', ANCHOR.replace(/.{8}$/, '*')))], [true, false, 'nothing']],
  [
    'an id that begins with any but one digit',
    [allow(), deny(sourceArn('ArnLike', ANY.replace(/\*$/, '5*')))],
    [false, false, 'nothing'],
  ],
  ['an id of a first digit', [allow(sourceArn('ArnLike', ANY.replace(/\*$/, 'e*')))], [false, true, 'nothing']],
  [
    'any id but what a newcomer was said to have',
    [allow(), deny(sourceArn('ArnLike', ANY.replace(/\*$/, '5b1e0f3c-97d2-4c68-*')))],
    [false, false, 'nothing'],
  ],
  [
    'an id with a wildcard for its last digit',
    [allow(sourceArn('ArnLike', `${ANCHOR.slice(0, -1)}?`))],
    [true, false, 'nothing'],
  ],
  ['all but one', [allow(sourceArn('ArnNotEquals', GONE))], [false, true, 'nothing']],
  ['there must be one', [allow({ Null: { 'aws:SourceArn': 'false' } })], [false, true, 'nothing']],
  ['if there is one', [allow(sourceArn('ArnEqualsIfExists', ANCHOR))], [true, false, 'nothing']],
  ['by a Deny', [allow(), deny(sourceArn('ArnNotLike', ANCHOR))], [true, false, 'nothing']],
  [
    'by a Deny for everybody',
    [allow(), deny(sourceArn('ArnNotLike', ANCHOR), { Principal: '*' })],
    [true, false, 'nothing'],
  ],
  [
    'on one action alone',
    [allow(PINNED, { Action: TAG }), allow(undefined, { Action: [ASSUME, SET] })],
    [true, false, 'nothing'],
  ],
  ['on none of the ways in', [allow(PINNED), allow(HOST)], [false, false, 'nothing']],
  ['by a variable', [allow(sourceArn('ArnEquals', '${aws:PrincipalTag/anchor}'))], [undefined, false, 'nothing']],
  ['StringEquals with a star', [allow(sourceArn('StringEquals', ANY))], 'nobody'],
  [
    'the profile in place of the anchor',
    [allow(sourceArn('ArnEquals', ANCHOR.replace('trust-anchor', 'profile')))],
    'nobody',
  ],
  ['an anchor of another account', [allow(sourceArn('ArnLike', ANY.replace(ACCOUNT, '999988887777')))], 'nobody'],
  ['an action short', [allow(PINNED, { Action: [ASSUME, TAG] })], 'nobody'],
  ['from tomorrow on', [allow(after(TOMORROW))], [false, false, 'nothing']],
  [
    'from tomorrow on, in seconds',
    [allow({ NumericGreaterThan: { 'aws:EpochTime': String(Date.parse(TOMORROW) / 1000) } })],
    [false, false, 'nothing'],
  ],
  ['from tomorrow on, a name', [allow({ ...after(TOMORROW), ...HOST })], [false, false, 'name']],
  [
    'a name, and anybody from tomorrow on',
    [allow({ ...PINNED, ...HOST }), allow(after(TOMORROW))],
    [false, false, 'nothing'],
  ],
  [
    'anybody, and a name from tomorrow on',
    [allow({ ...PINNED, ...before(TOMORROW) }), allow(HOST)],
    [false, false, 'nothing'],
  ],
  ['until tomorrow', [allow({ ...PINNED, ...before(TOMORROW) })], [true, false, 'nothing']],
  ['until yesterday', [allow(before(YESTERDAY))], 'nobody'],
  ['denied until tomorrow', [allow(), deny(before(TOMORROW))], [false, false, 'nothing']],
  ['between two dates ahead', [allow({ ...after(TOMORROW), ...before(LATER) })], [false, false, 'nothing']],
  [
    'behind ten other dates',
    [
      allow(after(LATER)),
      ...MANY_DATES.map(date => deny(after(date), { Action: 's3:*' })),
      ...MANY_DATES.map(date => deny({ DateEquals: { 'aws:CurrentTime': date } })),
    ],
    [false, false, 'nothing'],
  ],
  ...[0, 11, 12, 13].map(
    (open): Case => [
      `fourteen years ahead, in year ${open} by any anchor`,
      Array.from({ length: 14 }, (_, at) => allow({ ...year(2027 + at), ...(at === open ? {} : PINNED), ...HOST })),
      [false, false, 'name'],
    ],
  ),
  [
    'more dates than are looked at, by one anchor at each',
    MANY_DATES.flatMap(date => [
      allow({ ...PINNED, ...after(date) }),
      allow({ ...PINNED, ...before(`${date}T03:00:00Z`) }),
    ]),
    [undefined, undefined, 'nothing'],
  ],
  [
    'a date as text',
    [allow({ ...PINNED, ...HOST }), allow({ StringLike: { 'aws:CurrentTime': '2027-*' } })],
    [false, false, 'nothing'],
  ],
  [
    'one anchor and a name, and anybody at one second of two',
    [
      allow({ ...PINNED, ...HOST }),
      allow({ DateEquals: { 'aws:CurrentTime': ['2027-01-01T00:00:00Z', '2027-01-02T00:00:00Z'] } }),
    ],
    [false, false, 'nothing'],
  ],
  [
    'one anchor until tomorrow, then a name from any',
    [allow({ ...PINNED, ...before(TOMORROW) }), allow({ ...HOST, ...after(TOMORROW) })],
    [false, false, 'nothing'],
  ],
  [
    'a name from any until tomorrow, then one anchor',
    [allow({ ...HOST, ...before(TOMORROW) }), allow({ ...PINNED, ...after(TOMORROW) })],
    [false, false, 'nothing'],
  ],
  [
    'one anchor until tomorrow, then nobody knows',
    [
      allow({ ...PINNED, ...before(TOMORROW) }),
      allow({ ...after(TOMORROW), StringEquals: { 'aws:SourceOrgID': 'o-1' } }),
    ],
    [false, false, 'nothing'],
  ],
  ['no date at all', [allow(after('tomorrow'))], [false, false, 'nothing']],
  ['after the end of time', [allow(after('9999-12-31T23:59:59Z'))], 'nobody'],
  ['no region at all', [allow()], [false, false, 'nothing'], { regions: [], anchors: [] }],
  ['a key that nobody knows', [allow({ StringEquals: { 'aws:SourceOrgID': 'o-1' } })], [false, false, 'nothing']],
  [
    'a Deny for whoever has another name',
    [allow(PINNED), deny({ StringNotEquals: { [CN]: 'host-1' } })],
    [true, false, 'name'],
  ],
  ['a Deny for one name', [allow(PINNED), deny({ StringEquals: { [CN]: 'guest' } })], [true, false, 'exclusion']],
  [
    'IfExists, and it must be there',
    [allow({ ...PINNED, StringEqualsIfExists: { [CN]: 'a' }, Null: { [CN]: 'false' } })],
    [true, false, 'name'],
  ],
  [
    'a pattern of one name, and its issuer',
    [allow({ ...PINNED, StringLike: { [CN]: 'web-*', [ISSUER]: '*' } })],
    [true, false, 'pattern'],
  ],
  [
    'an issuer, and no guests',
    [allow({ ...PINNED, StringEquals: { [ISSUER]: 'A' }, StringNotEquals: { [CN]: 'guest' } })],
    [true, false, 'issuer'],
  ],
  [
    'a name here and a pattern there',
    [allow({ ...PINNED, ...HOST }), allow({ ...PINNED, StringLike: { [OU]: '*Ops' } })],
    [true, false, 'leading_wildcard'],
  ],
  ...[
    ['CN=*', 'any_value'],
    ['CN=?*', 'any_value'],
    ['C*', 'any_value'],
    ['*=*', 'any_value'],
    ['?N=??*', 'any_value'],
    ['ID=*', 'any_value'],
    ['CN=*.example.com', 'leading_wildcard'],
    ['*N=?*.example.com', 'leading_wildcard'],
    ['CN=web-*', 'pattern'],
    ['CN=web*', 'pattern'],
    ['X*', 'pattern'],
    ['CN=???', 'leading_wildcard'],
    ['CN=web?', 'pattern'],
  ].map(
    ([value, held]): Case => [
      `the source identity ${value}`,
      [allow({ ...PINNED, StringLike: { 'sts:SourceIdentity': value } })],
      [true, false, held],
    ],
  ),
  ...[
    ['??*', 'any_value'],
    ['?*.acme.example', 'leading_wildcard'],
    ['?*.?*', 'leading_wildcard'],
    ['CN=*', 'pattern'],
    ['web-?*', 'pattern'],
    [[...'abcdefghijklmnopqrstuvwxyz0123456789'].map(letter => `${letter}*`), 'leading_wildcard'],
    [[...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'].map(letter => `${letter}?*`), 'leading_wildcard'],
    [[...'abcdefghijklmnopqrstuvwxy'].map(letter => `${letter}*`), 'pattern'],
    [[...'abcdefghijklmnopqrstuvwxyz'].map(letter => `${letter}-*`), 'pattern'],
    [['?', '??', '???'], 'leading_wildcard'],
  ].map(
    ([value, held]): Case => [
      `the CN ${value}`,
      [allow({ ...PINNED, StringLike: { [CN]: value } })],
      [true, false, held],
    ],
  ),
  ...[
    ['*', 'any_value'],
    ['s*', 'any_value'],
    ['??*', 'any_value'],
    ['spiffe:*', 'any_value'],
    ['spiffe://*', 'any_value'],
    ['spiffe://?*', 'any_value'],
    ['acme://*', 'any_value'],
    ['urn:*', 'any_value'],
    ['*://*', 'any_value'],
    ['spiffe://*/ns/prod/*', 'leading_wildcard'],
    ['s*/ns/prod/*', 'leading_wildcard'],
    ['spiffe://acme.example/*', 'pattern'],
    ['urn:acme:*', 'pattern'],
    ['web-*', 'pattern'],
    ['spiffe://acme.example/web', 'name'],
  ].map(
    ([value, held]): Case => [
      `the URI ${value}`,
      [allow({ ...PINNED, StringLike: { 'aws:PrincipalTag/x509SAN/URI': value } })],
      [true, false, held],
    ],
  ),
  [
    'any CN there is, and no guests',
    [allow({ ...PINNED, StringLike: { 'sts:SourceIdentity': 'CN=*' }, StringNotEquals: { [CN]: 'guest' } })],
    [true, false, 'any_value'],
  ],
  [
    'a pattern that says nothing next to a name',
    [allow({ ...PINNED, ...HOST, StringLike: { 'sts:SourceIdentity': 'CN=*' } })],
    [true, false, 'name'],
  ],
  ['a source identity', [allow({ StringEquals: { 'STS:sourceidentity': 'CN=a' } })], [false, false, 'name']],
  [
    "the session's name",
    [allow({ ...PINNED, StringEquals: { 'sts:RoleSessionName': `\${${CN}}` } })],
    [true, false, 'session_name'],
  ],
  [
    'the serial number',
    [allow({ ...PINNED, StringEquals: { 'sts:RoleSessionName': '0aff' } })],
    [true, false, 'name'],
    { acceptsSessionName: false },
  ],
];

describe('what a trust policy ties a role to', () => {
  it.each(CASES.map(([name, ...rest]) => ({ name, rest })))('$name', ({ rest: [statements, expected, about] }) => {
    expect(seen(statements, about)).toEqual(expected);
  });

  it('says by which of the anchors there are, and whether every way in asks for the issuer', () => {
    const both = { StringEquals: { [CN]: 'a', [ISSUER]: 'A' } };
    expect(tie([allow({ ...PINNED, ...both })])).toMatchObject({ through: [[ANCHOR]], holding: { issuer: true } });
    const one = [allow({ ...PINNED, ...both }), allow({ ...PINNED, ...HOST })];
    expect(tie(one)).toMatchObject({ through: [[ANCHOR]], holding: { issuer: false } });
    expect(tie([allow(sourceArn('ArnEquals', GONE))])).toMatchObject({ through: [] });
  });

  it('tells what looks like a restriction and is none', () => {
    const misspelt = { ...PINNED, StringNotEquals: { 'aws:PrincipalTag/x509Subject/CommonName': 'a' } };
    expect(tie([allow(misspelt)])).toMatchObject({ holding: { to: 'nothing', voids: ['misspelt'] } });
  });

  it('looks once at trust anchors that a policy does not tell apart, in whatever made-up regions', () => {
    const regions = Array.from({ length: 60 }, (_, at) => `a:b:c:r${at}:*`);
    const subject = ['CN', 'O', 'OU', 'C', 'ST', 'L'].map(kind => `aws:PrincipalTag/x509Subject/${kind}`);
    const denies = [0, 1, 2].map(n =>
      deny({ StringLike: Object.fromEntries(subject.map((key, at) => [key, `${n}${at}*`])) }),
    );
    const uid = { StringNotEquals: { 'aws:PrincipalTag/x509Subject/UID': '${aws:SourceArn}' } };
    const started = performance.now();
    expect(seen([allow({ ...sourceArn('ArnLike', ...regions, '*a*'), ...uid }), ...denies])).toBeDefined();
    expect(performance.now() - started).toBeLessThan(15_000);
  });

  it.each([
    [20, [false, false, 'nothing']],
    [40, [undefined, undefined, undefined]],
  ])('does not know what it did not look at: %i kinds of trust anchors, the last let in', (count, expected) => {
    const regions = Array.from({ length: count }, (_, at) => `eu-west-${at + 1}`);
    const denies = regions.map(region => deny(sourceArn('ArnLike', `arn:aws:rolesanywhere:${region}:*:*`)));
    const others = deny(sourceArn('ArnNotLike', 'arn:aws:rolesanywhere:eu-west-*:*:*'));
    expect(seen([allow(), ...denies.slice(0, -1), others], { regions, anchors: [] })).toEqual(expected);
  });

  it('looks at no more gates of a role than its dates, ids and regions are worth', () => {
    const dates = Array.from({ length: 12 }, (_, at) => `2027-02-${at + 10}`);
    const subject = ['CN', 'O', 'OU', 'C', 'ST', 'L', 'UID', 'DC'].map(kind => `aws:PrincipalTag/x509Subject/${kind}`);
    const denies = subject.map((_, n) =>
      deny({ StringLike: Object.fromEntries(subject.map((key, at) => [key, `\${aws:SourceArn}${n}${at}*`])) }),
    );
    const kinds = ['a', 'b', 'c', 'd'].map(digit => deny(sourceArn('ArnLike', anyId(`?${digit}*`))));
    const started = performance.now();
    const found = seen([
      allow(sourceArn('ArnLike', anyId('*'))),
      ...denies,
      ...kinds,
      ...dates.map(d => deny(before(d))),
    ]);
    expect(found).toEqual([undefined, undefined, undefined]);
    expect(performance.now() - started).toBeLessThan(30_000);
  });

  it('takes as many values as AWS takes, and patterns of stars', () => {
    const many = Array.from({ length: 1200 }, (_, at) => `${ANCHOR}${at}`);
    const started = performance.now();
    expect(seen([allow(sourceArn('ArnEquals', ...many)), deny(sourceArn('ArnLike', ANY.repeat(50)))])).toBeDefined();
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
