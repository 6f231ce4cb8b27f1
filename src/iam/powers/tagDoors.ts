import { type Given, givenOf } from '../access/stack.ts';
import { coversAction } from '../action.ts';
import { evaluateConditions } from '../condition/evaluate.ts';
import { ABSENT, contextOf, known, layered, PRESENT } from '../context.ts';
import type { World } from '../escalation/world.ts';
import type { Statement } from '../policy.ts';
import { all, not, some, type Truth } from '../truth.ts';
import type { Asking } from './asking.ts';
import { ASSUME_ROLE, anyOf, bothOf, type Hold, NOT_HELD, TAG_SESSION } from './power.ts';
import type { Principal } from './principal.ts';

/** A role whose sessions may be given a tag by those whom its trust policy lets assume it. */
export interface TagDoor {
  readonly arn: string;
  /** Whether the account as a whole may, or everybody. */
  readonly account: Truth;
  /** Principals that it names by their ARNs. */
  readonly named: ReadonlyMap<string, Truth>;
}

/** The request carries this tag, and which others is not known. */
export function carryingTag(key: string): Given {
  return givenOf([
    ['aws:TagKeys', known(key)],
    [`aws:RequestTag/${key}`, PRESENT],
  ]);
}

/** The roles of the account that take such a tag, by what their trust policies say to principals of the account. */
export function tagDoors({ roles, account, partition }: World, key: string): readonly TagDoor[] {
  const whole = [account, `arn:${partition}:iam::${account}:root`, '*'];
  return roles.flatMap(({ arn, trust }) => {
    const statements = trust?.statements ?? [];
    const names = statements.filter(isAboutTags).flatMap(namesIn);
    if (names.length === 0) return [];
    const says = (principals: readonly string[]) => admitted(statements, principals, key);
    const named = names.filter(name => !whole.includes(name)).map(name => [name, says([name])] as const);
    const letIn = named.filter(([, truth]) => truth !== false);
    const ofAccount = says(whole);
    return ofAccount === false && letIn.length === 0 ? [] : [{ arn, account: ofAccount, named: new Map(letIn) }];
  });
}

function isAboutTags({ effect, actions }: Statement): boolean {
  return effect === 'Allow' && coversAction(actions, TAG_SESSION);
}

function namesIn({ principals }: Statement): readonly string[] {
  if (principals?.negated) return ['*'];
  return (principals?.members ?? []).filter(({ type }) => type === 'AWS').map(({ value }) => value);
}

/** Both actions must be let through, and no Deny may stand against the tag. */
function admitted(statements: readonly Statement[], names: readonly string[], key: string): Truth {
  return all(
    [ASSUME_ROLE, TAG_SESSION].map(action => {
      const about = statements.filter(each => coversAction(each.actions, action));
      const said = (effect: Statement['effect']) =>
        some(about.filter(each => each.effect === effect).map(each => saysOf(each, names, key)));
      return all([said('Allow'), not(said('Deny'))]);
    }),
  );
}

function saysOf({ principals, conditions, variables }: Statement, names: readonly string[], key: string): Truth {
  const values = (principals?.members ?? []).filter(({ type }) => type === 'AWS').map(({ value }) => value);
  const meant = principals?.negated ? undefined : values.some(value => names.includes(value));
  if (meant === false) return false;
  const context = layered(carryingTag(key).context, CALLED_BY_SOMEBODY);
  return all([meant, evaluateConditions(conditions, { context, variables }).truth]);
}

const CALLED_BY_SOMEBODY = contextOf([
  ['aws:SourceArn', ABSENT],
  ['aws:SourceAccount', ABSENT],
  ['aws:PrincipalIsAWSService', known('false')],
  ['aws:SecureTransport', known('true')],
]);

interface Knocking {
  readonly asking: Asking;
  readonly given: Given;
}

/**
 * In the same account a trust policy that names the principal is permission enough; one that names the account leaves it to the
 * principal's own policies (IAM user guide, "Policy evaluation logic").
 */
export function throughDoors(doors: readonly TagDoor[], principal: Principal, knocking: Knocking): Hold {
  let best = NOT_HELD;
  for (const door of doors) {
    if (door.arn === principal.arn) continue;
    best = anyOf([best, byName(door, principal), asOneOfAccount(door, knocking)]);
    if (best.kind === 'certain') return best;
  }
  return best;
}

function byName({ arn, named }: TagDoor, principal: Principal): Hold {
  const truth = named.get(principal.arn);
  if (truth === undefined && !named.has(principal.arn)) return NOT_HELD;
  return trusted(truth === true && !isHeldBack(principal) ? true : undefined, `named by the trust policy of ${arn}`);
}

/** Its own boundary, or a Deny of its own, may stand against what the other side grants. */
function isHeldBack({ layers }: Principal): boolean {
  return layers.some(
    ({ name, policies }) =>
      name === 'boundary' ||
      policies.some(
        ({ reading }) =>
          reading?.kind !== 'parsed' ||
          reading.policy.statements.some(
            ({ effect, actions }) =>
              effect === 'Deny' && [TAG_SESSION, ASSUME_ROLE].some(action => coversAction(actions, action)),
          ),
      ),
  );
}

function asOneOfAccount({ arn, account }: TagDoor, { asking, given }: Knocking): Hold {
  if (account === false) return NOT_HELD;
  const own = bothOf(asking.on(TAG_SESSION, arn, given), asking.on(ASSUME_ROLE, arn));
  return bothOf(own, trusted(account, 'trusted as one of the account'));
}

function trusted(truth: Truth, by: string): Hold {
  return truth === false ? NOT_HELD : { kind: truth === true ? 'certain' : 'possible', by };
}
