import { describe, expect, it } from 'vitest';
import { strangerIds } from '../../../src/iam/gate/stranger.ts';
import { ACCOUNT, ANCHOR, allow, CN, deny, gate, PINNED, trustOf } from './build.ts';

const sourceArn = (operator: string, ids: readonly string[]) => ({
  [operator]: { 'aws:SourceArn': ids.map(id => `arn:aws:rolesanywhere:*:${ACCOUNT}:trust-anchor/${id}`) },
});
const anyId = (...ids: readonly string[]) => sourceArn('ArnLike', ids);
const otherId = (...ids: readonly string[]) => sourceArn('ArnNotLike', ids);
/** All hexadecimal digits but one. */
const but = (digit: string) => [...'0123456789abcdef'].filter(each => each !== digit);
const [USUAL = ''] = strangerIds(trustOf([allow()])).some;

describe('trust anchors that do not exist yet', () => {
  it.each([
    ['no condition', [allow()], 1],
    ['a name in full', [allow(PINNED)], 1],
    ['any of a region', [allow(anyId('*'))], 1],
    ['anything at all', [allow({ StringLike: { 'aws:SourceArn': '*' } })], 1],
    ['the beginning of an id', [allow(anyId('8d4e*'))], 18],
    ['a Deny for some ids', [allow(), deny(anyId('5b*'))], 18],
    ['a variable', [allow({ ArnEquals: { 'aws:SourceArn': '${aws:PrincipalTag/anchor}' } })], 16],
    [
      'the usual one by name',
      [allow(), deny({ StringEquals: { 'aws:SourceArn': ANCHOR.replace(/[^/]+$/, USUAL) } })],
      16,
    ],
  ])('%s', (_, statements, count) => {
    const { some: ids, complete } = strangerIds(trustOf(statements));
    expect(complete).toBe(true);
    expect(new Set(ids).size).toBe(count);
    for (const id of ids) expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
  });

  it.each([
    ['any certificate, some ids apart', [allow(), deny(anyId('5b*'))], true, 'any_anchor'],
    ['any certificate, the usual id apart', [allow(), deny(anyId(`${USUAL.slice(0, 18)}*`))], true, 'any_anchor'],
    ['ids of one first digit', [allow({ ...anyId('8*') })], true, 'any_anchor'],
    ['an id but for its end', [allow({ ...anyId('8d4e5b6c-*') })], false, 'any_of_ca'],
    ['a name, some ids apart', [allow({ StringEquals: { [CN]: 'web' } }), deny(anyId('5b*'))], true, 'attribute'],
  ])('%s: whether they let somebody in, and how loosely', (_, statements, openElsewhere, grade) => {
    expect(gate(statements)).toMatchObject({ openElsewhere, grade });
  });

  it.each<readonly [string, readonly object[], boolean]>([
    ['ab*', [allow(anyId('ab*'))], true],
    ['5b1*', [allow(anyId('5b1*'))], true],
    ['*-*00', [allow(anyId('*-*00'))], true],
    ['ab*-4*', [allow(anyId('ab*-4*'))], true],
    ['*abc*', [allow(anyId('*abc*'))], true],
    ['a?c?????-????-*', [allow(anyId('a?c?????-????-*'))], true],
    ['no second digit but one', [allow(otherId(...but('f').map(each => `?${each}*`)))], true],
    ['no last digit but one', [allow(), deny(anyId(...but('0').map(each => `*${each}`)))], true],
    ['two patterns at once', [allow(anyId('ab*')), deny(otherId('*77'))], true],
    ['one pattern, none of others', [allow(anyId('ab*')), deny(anyId(...but('0').map(each => `ab${each}*`)))], true],
    ['a pattern of all of an ARN', [allow({ StringLike: { 'aws:SourceArn': '*anchor?ab*' } })], true],
    ['an account in a variable', [allow({ StringLike: { 'aws:SourceArn': '*:${aws:SourceAccount}:*/ab*' } })], true],
    ['five digits', [allow(anyId('ab123*'))], false],
    ['a UUID of the first version', [allow(anyId('????????-????-1*'))], false],
  ])('whether somebody makes one that gets in: %s', (_, statements, openElsewhere) => {
    expect(gate(statements)).toMatchObject({ openElsewhere });
  });
});
