import { allow, type Json, layer } from './escalation/session.ts';

export const all = allow('*');
export const ip = { Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } };
export const identity = (...statements: readonly Json[]) => layer('identity', statements);
export const boundary = (...statements: readonly Json[]) => layer('boundary', statements);
export const session = (...statements: readonly Json[]) => layer('session', statements);
export const notAction = (NotAction: unknown, rest: Json = {}): Json => ({
  Effect: 'Allow',
  NotAction,
  Resource: '*',
  ...rest,
});

/** What AWS's PowerUserAccess allows. */
export const powerUser = [
  notAction(['iam:*', 'organizations:*', 'account:*']),
  allow([
    'account:GetAccountInformation',
    'account:GetPrimaryEmail',
    'account:ListRegions',
    'iam:CreateServiceLinkedRole',
    'iam:DeleteServiceLinkedRole',
    'iam:ListRoles',
    'organizations:DescribeOrganization',
  ]),
];
