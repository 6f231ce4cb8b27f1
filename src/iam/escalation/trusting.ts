import { coversAction } from '../action.ts';
import { evaluateConditions } from '../condition/evaluate.ts';
import { type Context, contextOf, known } from '../context.ts';
import type { Statement } from '../policy.ts';
import { ROLES_ANYWHERE } from '../principal.ts';
import { TRUST_ACTIONS } from '../trust.ts';
import { all, not, some, type Truth } from '../truth.ts';
import type { Onward } from './assumable.ts';
import { type KnownRole, principalKey, type World } from './world.ts';

/** The roles that one of these services may assume, sorted by ARN: for certain, or if a condition of the trust policy holds. */
export function trusting(services: readonly string[], world: World): readonly Onward[] {
  const key = services.join(' ');
  const known = remembered.get(world) ?? new Map<string, readonly Onward[]>();
  remembered.set(world, known);
  const before = known.get(key);
  if (before !== undefined) return before;
  const found = new Set(services.flatMap(service => world.byPrincipal.get(service) ?? []));
  const made = [...found]
    .sort((a, b) => (a.arn < b.arn ? -1 : 1))
    .flatMap(role => {
      const truth = some(services.map(service => trustsService(role, service, world)));
      return truth === false ? [] : [{ role, certain: truth === true }];
    });
  known.set(key, made);
  return made;
}

const remembered = new WeakMap<World, Map<string, readonly Onward[]>>();

/** Roles Anywhere needs three actions; any other service one of two, as it is a service or a federated principal. */
function trustsService({ trust }: KnownRole, service: string, world: World): Truth {
  const statements = trust?.statements ?? [];
  const context = onBehalfOf(world);
  const admitted = (action: string) => {
    const about = statements.filter(({ actions }) => coversAction(actions, action));
    const said = (effect: Statement['effect']) =>
      some(about.filter(each => each.effect === effect).map(each => speaksOf(each, service, context)));
    return all([said('Allow'), not(said('Deny'))]);
  };
  if (service === ROLES_ANYWHERE) return all(TRUST_ACTIONS.map(admitted));
  return some(['sts:AssumeRole', 'sts:AssumeRoleWithWebIdentity'].map(admitted));
}

function speaksOf({ effect, principals, conditions, variables }: Statement, service: string, context: Context): Truth {
  const values = principals?.members.map(({ value }) => principalKey(value)) ?? [];
  const everyone = values.includes('*') && effect === 'Deny' ? undefined : false;
  const meant = principals?.negated ? undefined : values.includes(service) || everyone;
  return meant === false ? false : all([meant, evaluateConditions(conditions, { context, variables }).truth]);
}

/** What a service tells of a role that it was given in this account: not for which of its resources. */
function onBehalfOf({ account }: World): Context {
  return contextOf([
    ['aws:SourceAccount', known(account)],
    ['aws:PrincipalIsAWSService', known('true')],
    ['aws:SecureTransport', known('true')],
  ]);
}
