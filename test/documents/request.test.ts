import { describe, expect, it } from 'vitest';
import { contextFrom, decider, type SessionRequest } from '../../src/documents/request/request.ts';
import { account, anchor, ENDED_CA, OPEN_TRUST, profile, region, role, snapshot, UNREAD_CA } from './snapshots.ts';

type Statement = object;

function request(rest: Partial<SessionRequest>): SessionRequest {
  return {
    profile: 'hosts',
    role: 'host',
    action: 's3:GetObject',
    resource: 'arn:aws:s3:::b/k',
    context: contextFrom({}),
    complete: false,
    ...rest,
  };
}

/** What the decider says of a role with this statement, which allows all of S3 where it says nothing else. */
function decided(statement: Statement, asked: Partial<SessionRequest> = {}, through = profile()) {
  const document = {
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Action: 's3:*', Resource: '*', ...statement },
  };
  const host = role('host', { RolePolicyList: [{ PolicyName: 'own', PolicyDocument: document }] });
  const of = account({ roles: [host], regions: [region({ profiles: [through] })] });
  const answer = decider(snapshot(of))(request(asked));
  if ('problem' in answer) throw new Error(answer.problem);
  return answer;
}

const when = (operator: string, key: string, value: string) => ({ Condition: { [operator]: { [key]: value } } });

describe('a context that is complete', () => {
  it.each([
    ['is there in every session', when('Null', 'aws:SourceIdentity', 'true'), 'denied'],
    ['is there, with a value that nobody knows', when('StringLike', 'aws:SourceIdentity', 'CN=*'), 'conditional'],
    ['the time of the request', when('DateGreaterThan', 'aws:CurrentTime', '2026-01-01'), 'allowed'],
    ['the time of the request in seconds', when('NumericGreaterThan', 'aws:EpochTime', '1'), 'allowed'],
    ['what every call has', when('Bool', 'aws:SecureTransport', 'true'), 'allowed'],
    ['the account of the resource is not known', when('Null', 'aws:ResourceAccount', 'true'), 'allowed'],
    ['nothing is known', when('Null', 'aws:SourceVpc', 'true'), 'allowed'],
  ])('%s', (_, statement, expected) => {
    expect(decided(statement, { complete: true }).decision).toBe(expected);
  });

  it('does not know better than whoever asks', () => {
    const context = contextFrom({ 'aws:SourceIdentity': null });
    expect(decided(when('Null', 'aws:SourceIdentity', 'true'), { context, complete: true }).decision).toBe('allowed');
  });
});

const BY_CLOUDFORMATION = {
  Condition: { 'ForAnyValue:StringEquals': { 'aws:CalledVia': 'cloudformation.amazonaws.com' } },
};
const named = (key: string, value: string) => ({ context: contextFrom({ [key]: value }) });

describe('a call that a service makes in the name of the session', () => {
  it.each<[string, object, Partial<SessionRequest>, string]>([
    ['allowed to one service', BY_CLOUDFORMATION, {}, 'conditional'],
    ['by that service', BY_CLOUDFORMATION, named('aws:CalledVia', 'cloudformation.amazonaws.com'), 'allowed'],
    ['by another', BY_CLOUDFORMATION, named('aws:CalledVia', 'athena.amazonaws.com'), 'denied'],
    ['by some service', BY_CLOUDFORMATION, named('aws:ViaAWSService', 'true'), 'conditional'],
    ['by none', BY_CLOUDFORMATION, named('aws:ViaAWSService', 'false'), 'denied'],
    ['nothing else is there', BY_CLOUDFORMATION, { complete: true }, 'denied'],
    ['allowed to any service', when('Bool', 'aws:ViaAWSService', 'true'), {}, 'conditional'],
    ['allowed to none', when('Bool', 'aws:ViaAWSService', 'false'), {}, 'allowed'],
    ['denied but to services', { Effect: 'Deny', ...when('Bool', 'aws:ViaAWSService', 'false') }, {}, 'denied'],
  ])('%s', (_, statement, request, expected) => {
    expect(decided(statement, request).decision).toBe(expected);
  });

  it('is said to be one', () => {
    const { conditional, assumptions } = decided(BY_CLOUDFORMATION);
    expect(conditional.map(({ key }) => key)).toEqual(['aws:CalledVia']);
    expect(assumptions.join()).toContain('The session itself may not make this call');
  });
});

describe('an implicit denial', () => {
  it.each<[string, object, Partial<SessionRequest>, readonly string[]]>([
    [
      'a session never has it',
      when('Bool', 'aws:MultiFactorAuthPresent', 'true'),
      {},
      ['Roles Anywhere sessions never have aws:MultiFactorAuthPresent'],
    ],
    [
      'the session has another',
      when('StringEquals', 'aws:PrincipalType', 'User'),
      {},
      ['aws:PrincipalType of the session is AssumedRole'],
    ],
    [
      'always there',
      when('Null', 'aws:SourceIdentity', 'true'),
      {},
      ['aws:SourceIdentity of the session is always there'],
    ],
    [
      'a tag that is not mapped',
      when('StringEquals', 'aws:PrincipalTag/x509Subject/CN', 'web'),
      {},
      ['the session has no aws:PrincipalTag/x509Subject/CN'],
    ],
    ['the call has another', when('Bool', 'aws:SecureTransport', 'false'), {}, ['aws:SecureTransport is true']],
    [
      'somebody said so',
      when('IpAddress', 'aws:SourceIp', '10.0.0.0/8'),
      named('aws:SourceIp', '11.0.0.1'),
      ['aws:SourceIp is 11.0.0.1, as you say'],
    ],
    [
      'somebody said so of all others',
      when('IpAddress', 'aws:SourceIp', '10.0.0.0/8'),
      { complete: true },
      ['aws:SourceIp is absent, as you say of all other keys'],
    ],
    ['of another action', { Action: 'sqs:*', ...when('Bool', 'aws:SecureTransport', 'false') }, {}, []],
    ['a Deny', { Effect: 'Deny', ...when('Bool', 'aws:SecureTransport', 'false') }, {}, []],
  ])('names what nearly allows it: %s', (_, statement, request, expected) => {
    const { decision, denial, nearMisses } = decided(statement, request);
    expect({ decision, denial }).toEqual({ decision: 'denied', denial: 'implicit' });
    expect(nearMisses.flatMap(({ failing }) => failing.map(({ because }) => because))).toEqual(expected);
  });
});

describe('what an answer leaves out', () => {
  it.each<[string, object, Partial<SessionRequest>, RegExp | undefined]>([
    ['allowed', {}, {}, /may still deny it/],
    ['denied by a statement', { Effect: 'Deny' }, {}, undefined],
    ['allowed by none', { Action: 'sqs:*' }, {}, /names the role or its session may allow it all the same/],
    ['AWS always answers it', { Effect: 'Deny', Action: '*' }, { action: 'sts:GetCallerIdentity' }, undefined],
  ])('%s', (_, statement, request, expected) => {
    const { assumptions } = decided(statement, request);
    if (expected === undefined) expect(assumptions).toEqual([]);
    else expect(assumptions).toEqual([expect.stringMatching(expected)]);
  });
});

it('names the variable of a resource that it hangs on', () => {
  const mapped = profile({
    attributeMappings: [{ certificateField: 'x509Subject', mappingRules: [{ specifier: 'CN' }] }],
  });
  const value = 'arn:aws:s3:::b/${aws:PrincipalTag/x509Subject/CN}/*';
  const { decision, variables } = decided({ Resource: value }, { resource: 'arn:aws:s3:::b/web/x' }, mapped);
  expect(decision).toBe('conditional');
  expect(variables).toEqual([
    { key: 'aws:PrincipalTag/x509Subject/CN', value, layer: 'identity', policy: 'own', effect: 'Allow' },
  ]);
});

describe('who gets such a session', () => {
  const anchors = [anchor()];
  const FOR_EC2 = {
    Statement: { ...OPEN_TRUST.Statement, Principal: { Service: 'ec2.amazonaws.com' } },
  };
  it.each<
    [string, ReturnType<typeof profile>, readonly ReturnType<typeof anchor>[], typeof OPEN_TRUST | undefined, unknown]
  >([
    ['somebody', profile(), anchors, OPEN_TRUST, { open: true, because: undefined }],
    [
      'the profile is disabled',
      profile({ enabled: false }),
      anchors,
      OPEN_TRUST,
      { open: false, because: 'the profile hosts is disabled' },
    ],
    [
      'no trust anchor',
      profile(),
      [anchor({ enabled: false })],
      OPEN_TRUST,
      { open: false, because: 'no trust anchor is enabled in its region' },
    ],
    [
      'the gate is closed',
      profile(),
      anchors,
      FOR_EC2,
      { open: false, because: expect.stringMatching(/^the role's trust policy lets nobody in: /) },
    ],
    [
      'the CA has ended',
      profile(),
      [anchor({ source: ENDED_CA })],
      OPEN_TRUST,
      { open: false, because: 'the CA of the trust anchor plant has expired' },
    ],
    ['the CA was not read', profile(), [anchor({ source: UNREAD_CA })], OPEN_TRUST, { open: true, because: undefined }],
    [
      'the gate is not known',
      profile(),
      anchors,
      undefined,
      { open: undefined, because: "the role's trust policy is not known" },
    ],
  ])('%s', (_, of, trustAnchors, trust, expected) => {
    const host = role('host', { AssumeRolePolicyDocument: trust });
    const decideOne = decider(
      snapshot(account({ roles: [host], regions: [region({ profiles: [of], trustAnchors })] })),
    );
    expect(decideOne(request({}))).toMatchObject({ entry: expected });
  });
});
