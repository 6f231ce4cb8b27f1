import { describe, expect, it } from 'vitest';
import { strangerIds } from '../../../src/iam/gate/stranger.ts';
import { ACCOUNT, ANCHOR, allow, CN, deny, gate, PINNED, trustOf } from './build.ts';

const anyId = (id: string) => ({
  ArnLike: { 'aws:SourceArn': `arn:aws:rolesanywhere:*:${ACCOUNT}:trust-anchor/${id}` },
});
const [USUAL = ''] = strangerIds(trustOf([allow()]));

describe('trust anchors that do not exist yet', () => {
  it.each([
    ['no condition', [allow()], 1],
    ['a name in full', [allow(PINNED)], 1],
    ['any of a region', [allow(anyId('*'))], 1],
    ['anything at all', [allow({ StringLike: { 'aws:SourceArn': '*' } })], 1],
    ['the beginning of an id', [allow(anyId('8d4e*'))], 16],
    ['a Deny for some ids', [allow(), deny(anyId('5b*'))], 16],
    ['a variable', [allow({ ArnEquals: { 'aws:SourceArn': '${aws:PrincipalTag/anchor}' } })], 16],
    [
      'the usual one by name',
      [allow(), deny({ StringEquals: { 'aws:SourceArn': ANCHOR.replace(/[^/]+$/, USUAL) } })],
      16,
    ],
  ])('%s', (_, statements, count) => {
    const ids = strangerIds(trustOf(statements));
    expect(new Set(ids).size).toBe(count);
    for (const id of ids) expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-a[\da-f]{3}-[\da-f]{12}$/);
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
});
