import { type Gate, type GateQuestion, gateOf } from '../../../src/iam/gate/gate.ts';
import { type Policy, readPolicy } from '../../../src/iam/policy.ts';

export const ACCOUNT = '111122223333';
export const ANCHOR = `arn:aws:rolesanywhere:eu-west-1:${ACCOUNT}:trust-anchor/8d4e5b6c-1a2b-4c3d-9e8f-001122334455`;
export const ACTIONS = ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'];
export const SERVICE = { Service: 'rolesanywhere.amazonaws.com' };
export const NOW = new Date('2026-10-01T12:00:00Z');

/** What AWS gives a new profile. */
export const DEFAULT_MAPPINGS = [
  { certificateField: 'x509Issuer', specifiers: ['*'] },
  { certificateField: 'x509SAN', specifiers: ['DNS', 'URI', 'Name/*'] },
  { certificateField: 'x509Subject', specifiers: ['*'] },
];

export const CN = 'aws:PrincipalTag/x509Subject/CN';
export const OU = 'aws:PrincipalTag/x509Subject/OU';
export const ISSUER = 'aws:PrincipalTag/x509Issuer/CN';
export const DNS = 'aws:PrincipalTag/x509SAN/DNS';

export const PINNED = { ArnEquals: { 'aws:SourceArn': ANCHOR } };

export function allow(Condition?: object, rest: object = {}): object {
  return { Effect: 'Allow', Principal: SERVICE, Action: ACTIONS, ...(Condition && { Condition }), ...rest };
}

export function deny(Condition?: object, rest: object = {}): object {
  return { ...allow(Condition, rest), Effect: 'Deny' };
}

/** An empty version: none. */
export function trustOf(statements: readonly object[] | object, Version = '2012-10-17'): Policy {
  const reading = readPolicy({ ...(Version !== '' && { Version }), Statement: statements }, 'trust');
  if (reading.kind !== 'parsed') throw new Error(`${reading.reason} at ${reading.where}`);
  return reading.policy;
}

export function gate(statements: readonly object[] | object, rest: Partial<GateQuestion> = {}): Gate {
  return gateFor({ trust: trustOf(statements), ...rest });
}

/** All that a gate tells, to compare it with another. */
export function told({ open, openElsewhere, grade, takesAnybody, holding, certificates, says, reasons }: Gate): object {
  return { open, openElsewhere, grade, takesAnybody, holding, certificates, says, reasons };
}

export function gateFor(question: Pick<GateQuestion, 'trust'> & Partial<GateQuestion>): Gate {
  return gateOf({
    anchorArn: ANCHOR,
    mappings: DEFAULT_MAPPINGS,
    acceptsSessionName: undefined,
    now: NOW,
    ...question,
  });
}
