import { describe, expect, it } from 'vitest';
import { ecsDocument } from '../../src/cloudtrail/ecs.ts';
import { recogniserOf } from '../../src/documents/known.ts';
import { DEFAULTS } from '../../src/settings/settings.ts';

const recordOf = (arn: string | undefined, sourceIPAddress: string, issuer?: string) => ({
  eventName: 'CreateProfile',
  sourceIPAddress,
  userIdentity: {
    type: 'AssumedRole',
    ...(arn === undefined ? {} : { arn }),
    ...(issuer === undefined ? {} : { sessionContext: { sessionIssuer: { arn: issuer } } }),
  },
});

function said(lists: Partial<typeof DEFAULTS.lists>, record: Parameters<typeof ecsDocument>[0]) {
  const body = ecsDocument(record);
  return (recogniserOf({ ...DEFAULTS.lists, ...lists })?.(body) ?? body).postern;
}

const ANN = 'arn:aws:iam::111122223333:user/ann';
const SESSION = 'arn:aws:sts::111122223333:assumed-role/deploy-prod/run-7';
const ROLE = 'arn:aws:iam::111122223333:role/ci/deploy-prod';

describe('whose work an event is', () => {
  it.each<[name: string, actors: readonly string[], arn: string | undefined, issuer: string | undefined, boolean]>([
    ['the very one', [ANN], ANN, undefined, true],
    ['another', [ANN], 'arn:aws:iam::111122223333:user/anne', undefined, false],
    ['by a pattern', ['arn:aws:iam::*:user/a*'], ANN, undefined, true],
    ["a session by its role's ARN", ['arn:aws:iam::111122223333:role/ci/deploy-*'], SESSION, ROLE, true],
    ['a session by its own', ['arn:aws:sts::111122223333:assumed-role/deploy-prod/*'], SESSION, ROLE, true],
    ['a pattern is no regular expression', ['arn:aws:iam::111122223333:user/(a+)+'], ANN, undefined, false],
    ['nobody named', [ANN], undefined, undefined, false],
  ])('%s', (_, known_actors, arn, issuer, known) => {
    expect(said({ known_actors }, recordOf(arn, '192.0.2.1', issuer))).toEqual({ known_actor: known });
  });
});

describe('where it comes from', () => {
  it.each<[address: string, known: boolean]>([
    ['192.0.2.1', true],
    ['192.0.3.1', false],
    ['2001:db8::7', true],
    ['2001:db9::7', false],
    ['::ffff:192.0.2.9', true],
    ['rolesanywhere.amazonaws.com', false],
    ['AWS Internal', false],
    ['fe80::1%eth0', false],
    ['', false],
  ])('%j: %s', (address, known) => {
    const known_networks = ['192.0.2.0/24', '2001:db8::/32'];
    expect(said({ known_networks }, recordOf(ANN, address))).toEqual({ known_network: known });
  });
});

it('nothing is said by empty lists', () => {
  expect(said({}, recordOf(ANN, '192.0.2.1'))).toBeUndefined();
});
