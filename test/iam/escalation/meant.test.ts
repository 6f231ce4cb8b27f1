import { describe, expect, it } from 'vitest';
import { rolesMeant } from '../../../src/iam/escalation/meant.ts';
import type { Layers } from '../../../src/iam/layer.ts';
import { boundary, identity } from '../statements.ts';
import { ACCOUNT, allow, arnOf, deny, ROOT, role, stackFor, trust, world } from './session.ts';

const in_ = world(['app', 'app-1', 'app-2', 'build', 'zoo'].map(name => role(name, [trust(ROOT)])));
const pass = (...names: readonly string[]) => allow('iam:PassRole', { Resource: names.map(arnOf) });
const ANY = undefined;

describe('the roles that a session may pass, for all that its statements say', () => {
  it.each<[string, Layers, readonly string[] | undefined]>([
    ['any', [identity(allow('iam:*'))], ANY],
    ['any role of the account', [identity(pass('*'))], ANY],
    ['none', [identity(allow('s3:*'))], []],
    ['one', [identity(pass('app'))], ['app']],
    ['by a pattern', [identity(pass('app-*'))], ['app-1', 'app-2']],
    ['by a pattern in the middle', [identity(pass('*o*'))], ['zoo']],
    ['by two that overlap, in order', [identity(pass('app-2', 'app*'))], ['app', 'app-1', 'app-2']],
    ['in two statements', [identity(pass('zoo'), pass('app'))], ['app', 'zoo']],
    ['all but one', [identity({ Effect: 'Allow', Action: 'iam:*', NotResource: arnOf('app') })], ANY],
    ['whatever is denied', [identity(pass('app'), deny('iam:*'))], ['app']],
    ['on a condition', [identity({ ...pass('app'), Condition: { Bool: { 'aws:unheard-of': 'true' } } })], ['app']],
    ['within a boundary', [identity(pass('app*')), boundary(pass('*-1', 'zoo'))], ['app-1']],
    ['in another account', [identity(allow('iam:PassRole', { Resource: 'arn:aws:iam::999988887777:role/app' }))], []],
    ['of a policy that nobody read', [{ ...identity(pass('app')), complete: false }], ANY],
  ])('%s', (_, layers, names) => {
    const meant = rolesMeant('iam:PassRole', stackFor(layers), in_);
    expect(meant?.map(({ arn }) => arn)).toEqual(names?.map(arnOf));
  });

  it('is found out of patterns of any length', () => {
    const long = allow('iam:PassRole', { Resource: `arn:aws:iam::${ACCOUNT}:role/${'x'.repeat(200_000)}*` });
    expect(rolesMeant('iam:PassRole', stackFor([identity(long)]), in_)).toEqual([]);
  });
});
