import { type Stack, stackOf } from '../../../src/iam/access/stack.ts';
import { type Context, layered } from '../../../src/iam/context.ts';
import { type Decision, decide } from '../../../src/iam/decide.ts';
import { type Actor, assumableBy } from '../../../src/iam/escalation/assumable.ts';
import type { Held } from '../../../src/iam/escalation/holding.ts';
import { escalationOf } from '../../../src/iam/escalation/match.ts';
import { escalationPaths } from '../../../src/iam/escalation/paths.ts';
import type { Escalation, EscalationQuestion, Self } from '../../../src/iam/escalation/question.ts';
import { boundaryIn, type KnownRole, type World, worldOf } from '../../../src/iam/escalation/world.ts';
import type { Layer, LayerName, Layers } from '../../../src/iam/layer.ts';
import { readPolicy } from '../../../src/iam/policy.ts';
import { anyCallContext, directCallContext, principalContext, resourceContext } from '../../../src/iam/session.ts';
import { adminEquivalentOf } from '../../../src/iam/summary/equivalent.ts';
import { TRUST_ACTIONS } from '../../../src/iam/trust.ts';

/** A session of a role in a small account, for tests that ask what it can make of its permissions. */

export type Json = Readonly<Record<string, unknown>>;

export const ACCOUNT = '111122223333';
export const ARN = arnOf('app');
export const NOW = new Date('2026-01-01T00:00:00Z');
export const ROOT = { AWS: `arn:aws:iam::${ACCOUNT}:root` };

export function arnOf(name: string): string {
  return `arn:aws:iam::${ACCOUNT}:role/${name}`;
}

export function policyArn(name: string): string {
  return `arn:aws:iam::${ACCOUNT}:policy/${name}`;
}

export const allow = (Action: unknown, rest: Json = {}): Json => ({ Effect: 'Allow', Action, Resource: '*', ...rest });
export const deny = (Action: unknown, rest: Json = {}): Json => ({ ...allow(Action, rest), Effect: 'Deny' });

/** A layer with a policy for each list of statements. */
export function layer(name: LayerName, ...policies: readonly (readonly Json[])[]): Layer {
  return {
    name,
    policies: policies.map((Statement, at) => ({
      name: `${name}-${at}`,
      reading: readPolicy({ Version: '2012-10-17', Statement }, 'identity'),
    })),
    complete: true,
  };
}

export const trust = (Principal: Json | string, rest: Json = {}): Json => ({
  Effect: 'Allow',
  Action: 'sts:AssumeRole',
  Principal,
  ...rest,
});

export function role(name: string, trusts: readonly Json[], rest: Partial<KnownRole> = {}): KnownRole {
  const reading = readPolicy({ Version: '2012-10-17', Statement: trusts }, 'trust');
  if (reading.kind !== 'parsed') throw new Error(reading.reason);
  return {
    arn: arnOf(name),
    name,
    trust: reading.policy,
    customerPolicies: [],
    layers: [layer('identity', [])],
    tags: [],
    ...rest,
  };
}

export function world(roles: readonly KnownRole[], complete = true): World {
  return worldOf({ account: ACCOUNT, partition: 'aws', complete }, roles);
}

const ownRole = role('app', [trust({ Service: 'rolesanywhere.amazonaws.com' })]);

/** One role for each kind of trust that a path needs, with a customer-managed policy, and one that the account may assume. */
export const fullWorld: World = world([
  ownRole,
  role('admin', [trust(ROOT)], { customerPolicies: [policyArn('of-admin')] }),
  ...servicesTrusted().map(service =>
    role(
      `of-${service}`,
      [
        service.startsWith('cognito')
          ? trust({ Federated: service }, { Action: 'sts:AssumeRoleWithWebIdentity' })
          : trust({ Service: service }, { Action: TRUST_ACTIONS }),
      ],
      { customerPolicies: [policyArn(`of-${service}`)] },
    ),
  ),
]);

export const emptyWorld: World = world([ownRole]);
export const unknownWorld: World = world([ownRole], false);

function servicesTrusted(): readonly string[] {
  return [...new Set(escalationPaths.flatMap(({ target }) => (target.kind === 'role' ? target.trusts : [])))].sort();
}

export interface Session {
  readonly layers: Layers;
  readonly world?: World;
  readonly customerPolicies?: readonly string[] | undefined;
  /** `app` unless it is given. */
  readonly arn?: string;
}

export function stackFor(layers: Layers): Stack {
  return stackOf(layers, { principal: principal(), now: NOW });
}

function principal(): Context {
  return principalContext({ roleArn: ARN, roleTags: [], mappings: [], now: NOW });
}

export function actorFor(layers: Layers): Actor {
  const stack = stackFor(layers);
  return { roleArn: ARN, stack, caged: layers.some(each => each.name === 'session') };
}

export function escalationFor(session: Session): Escalation {
  return escalationOf(questionFor(session));
}

function questionFor(session: Session): EscalationQuestion {
  const { layers, world = fullWorld } = session;
  const actor = actorFor(layers);
  return { ...actor, assumable: assumableBy(actor, world), self: selfOf(session), world };
}

export function equivalentFor(session: Session) {
  return adminEquivalentOf(questionFor(session));
}

function selfOf(given: Session): Self {
  return {
    arn: given.arn ?? ARN,
    customerPolicies: 'customerPolicies' in given ? given.customerPolicies : [policyArn('mine')],
    boundary: boundaryIn(given.layers),
  };
}

/** Ids of those that are open or dominated. */
export function idsOf({ open, dominated }: Escalation): readonly string[] {
  return [...open, ...dominated].map(({ path }) => path.id);
}

export function latentIds({ latent }: Escalation): readonly string[] {
  return latent.map(({ path }) => path.id);
}

/** What a plain evaluation says of a permission that a session is said to hold, be it only by way of a service. */
export function confirm({ permission: { action }, resource, given }: Held, layers: Layers): Decision['decision'] {
  const chosen = given === undefined ? [] : [given.context];
  const decisionBy = (call: Context) => {
    const context = layered(...chosen, resourceContext(resource), call, principal());
    return decide({ action, resource, context }, layers).decision;
  };
  const directly = decisionBy(directCallContext(action, NOW));
  return directly === 'denied' ? decisionBy(anyCallContext(action, NOW)) : directly;
}
