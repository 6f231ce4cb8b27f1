import { describe, expect, it } from 'vitest';
import { contextFrom, decider, type SessionRequest } from '../../src/documents/request.ts';
import { account, profile, region, role, snapshot } from './snapshots.ts';

type Statement = Readonly<Record<string, unknown>>;

/** What the decider says of a role with these statements. */
function decided(statement: Statement, request: Partial<SessionRequest> = {}) {
  const document = {
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Action: 's3:*', Resource: '*', ...statement },
  };
  const host = role('host', { RolePolicyList: [{ PolicyName: 'own', PolicyDocument: document }] });
  const answer = decider(snapshot(account({ roles: [host], regions: [region({ profiles: [profile()] })] })))({
    profile: 'hosts',
    role: 'host',
    action: 's3:GetObject',
    resource: 'arn:aws:s3:::b/k',
    context: contextFrom({}),
    complete: false,
    ...request,
  });
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
