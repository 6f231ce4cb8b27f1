import { describe, expect, it } from 'vitest';
import { tieOf } from '../../../src/iam/gate/tie.ts';
import { ACCOUNT, ACTIONS, ANCHOR, allow, CN, DNS, deny, gate, ISSUER, NOW, PINNED, trustOf } from './build.ts';

const subject = (kind: string) => `aws:PrincipalTag/x509Subject/${kind}`;
const KINDS = ['CN', 'O', 'OU', 'C', 'ST', 'L'];
const UNKNOWN_KEY = { Bool: { 'aws:SecureTransport': 'false' } };

/** Each keeps nobody out who is not called so: so many conditions that the ways round all of them are not told apart. */
const decoys = (rest: object = {}, count = 4, size = 5) =>
  Array.from({ length: count }, (_, at) => {
    const names = KINDS.slice(0, size).map((kind, by) => [subject(kind), `${at}${by}*`]);
    return deny({ StringLike: Object.fromEntries(names), ...rest });
  });

const ONE_BY_ONE = ACTIONS.map(Action => allow(undefined, { Action }));
const LETTERS = [...'abcdefghijklmnopqrstuvwxyz0123456789'];

/** [open here, open to a trust anchor made tomorrow, what the certificate is held to, grade] */
const EXCLUSION = [true, true, 'exclusion', 'wildcard'];
const ANY_VALUE = [true, true, 'any_value', 'wildcard'];
const NOT_TOLD = [undefined, undefined, undefined, undefined];

const CASES: readonly (readonly [string, readonly object[], readonly unknown[]])[] = [
  ['few enough to be told', [allow(), ...decoys({}, 2, 2)], EXCLUSION],
  ['patterns', [allow(), ...decoys()], EXCLUSION],
  ['many patterns', [allow(), ...decoys({}, 12, 6)], EXCLUSION],
  ['an Allow for each action', [...ONE_BY_ONE, ...decoys()], EXCLUSION],
  ['for everybody', [allow(), ...decoys().map(each => ({ ...each, Principal: '*', Action: '*' }))], EXCLUSION],
  ['an Allow that asks for a part, whatever it says', [allow({ Null: { [CN]: 'false' } }), ...decoys()], EXCLUSION],
  [
    'an Allow for any source identity',
    [allow({ StringLike: { 'sts:SourceIdentity': '*=*' } }), ...decoys()],
    ANY_VALUE,
  ],
  ['a trust anchor', [allow(PINNED), ...decoys()], [true, false, 'exclusion', 'wildcard']],
  [
    'whoever has a CN is out',
    [allow(), deny({ Null: { [CN]: 'false' } }), ...decoys()],
    [true, true, 'if_present', 'wildcard'],
  ],
  [
    'any text of one part',
    [
      allow(),
      ...decoys({}, 4, 4),
      deny({ StringLike: { [CN]: LETTERS.map(each => `*${each}*`), [subject('L')]: 'x' } }),
    ],
    EXCLUSION,
  ],
  ['a key that nobody knows, on the decoys', [allow(), ...decoys(UNKNOWN_KEY)], EXCLUSION],
  [
    'a key that nobody knows, on a Deny by itself',
    [allow(), deny(UNKNOWN_KEY), ...decoys()],
    [undefined, undefined, 'exclusion', 'wildcard'],
  ],
  [
    'keys that nobody knows, one or the other',
    [allow(), deny({ ...UNKNOWN_KEY, StringNotEquals: { 'aws:SourceOrgID': 'o-1' } }), ...decoys()],
    [undefined, undefined, 'exclusion', 'wildcard'],
  ],
  [
    'a key that nobody knows, or a name',
    [
      allow({ StringEquals: { 'aws:SourceOrgID': 'o-1' } }),
      allow({ StringEquals: { 'aws:SourceOrgID': 'o-2', [DNS]: 'host-1' } }),
      ...decoys(),
    ],
    NOT_TOLD,
  ],
  [
    'an Allow for a name',
    [allow({ StringEquals: { [DNS]: 'host-1' } }), ...decoys()],
    [true, true, 'name', 'attribute'],
  ],
  [
    'an Allow for any name with an end',
    [allow({ StringLike: { [DNS]: '*.example.com' } }), ...decoys()],
    [true, true, 'leading_wildcard', 'wildcard'],
  ],
  [
    'an Allow for an issuer',
    [allow({ StringEquals: { [ISSUER]: 'CA' } }), ...decoys()],
    [true, true, 'issuer', 'wildcard'],
  ],
  [
    'Allows for one name or another',
    [allow({ StringEquals: { [DNS]: 'host-1' } }), allow({ StringEquals: { [ISSUER]: 'CA' } }), ...decoys()],
    NOT_TOLD,
  ],
  [
    'a principal that may not be Roles Anywhere, on the decoys',
    [allow(), ...decoys().map(each => ({ ...each, Principal: { Service: 'rolesanywhere.amazonaws.com.cn' } }))],
    EXCLUSION,
  ],
  ['everybody is out', [allow(), ...decoys(), deny()], [false, false, undefined, 'impossible']],
  [
    'two Denies that leave nobody',
    [allow(), ...decoys(), deny({ Null: { [CN]: 'false' } }), deny({ Null: { [CN]: 'true' } })],
    [false, false, undefined, 'impossible'],
  ],
];

describe('where there are too many ways in to tell, a certificate that the policy does not name', () => {
  it.each(CASES.map(([name, ...rest]) => ({ name, rest })))('$name', ({ rest: [statements, expected] }) => {
    const { open, openElsewhere, holding, grade } = gate(statements);
    expect([open, openElsewhere, holding?.to, grade]).toEqual(expected);
  });

  it('is told in words, and that there may be others', () => {
    const { says, reasons } = gate([allow(PINNED), ...decoys()]);
    expect(says).toBe(
      'subject C is none of like 03*, like 13*, like 23* and like 33*; perhaps also: any certificate of this trust anchor',
    );
    expect(reasons.map(({ kind, effect }) => [kind, effect])).toEqual([
      ['too_complex', 'unknown'],
      ['exclusion', 'note'],
    ]);
  });

  it('ties the role to no trust anchor', () => {
    const question = { partition: 'aws', account: ACCOUNT, regions: ['eu-west-1'], anchors: [ANCHOR], now: NOW };
    const trust = trustOf([allow(), ...decoys()]);
    expect(tieOf({ trust, ...question, acceptsSessionName: undefined })).toMatchObject({
      anchored: false,
      admits: true,
      holding: { to: 'exclusion', issuer: false },
    });
  });
});
