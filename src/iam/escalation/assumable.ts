import { once } from '../../memo/once.ts';
import { oncePer } from '../../memo/oncePer.ts';
import { inForce } from '../access/inForce.ts';
import { callContext, type Stack } from '../access/stack.ts';
import { asksForPrincipal } from '../access/twins.ts';
import { coversAction } from '../action.ts';
import { type Context, layered } from '../context.ts';
import type { Statement } from '../policy.ts';
import { resourceContext } from '../session.ts';
import { all, not, some, type Truth } from '../truth.ts';
import { findings, foundOnce } from './findings.ts';
import { ASSUME, allowing, type MayAssume, permissionForTwins, permissionOf, withoutIdle } from './mayAssume.ts';
import { type KnownRole, principalKey, type World } from './world.ts';

/** A role that this session can go on to. */
export interface Onward {
  readonly role: KnownRole;
  /** False: it hangs on something that is not known. */
  readonly certain: boolean;
}

/** Who asks: the session's role, all that bounds it, and whether a session policy does. */
export interface Actor {
  readonly roleArn: string;
  readonly stack: Stack;
  readonly caged: boolean;
}

/** The roles whose trust policy lets this role assume them, where this session's policies let it too. By ARN. */
export function assumableBy({ roleArn, stack: whole, caged }: Actor, world: World): readonly Onward[] {
  const names = namesOf(roleArn, world);
  // Many a role trusts its account, and few sessions have the permission that this leaves it to.
  const isPermitted = permissionForTwins(whole, world).any();
  const general = isPermitted ? [...names.account, '*'] : ['*'];
  const candidates = candidatesIn(world);
  const [toAll, toSome] = [candidates.toAll(general), candidates.toSome([names.role, names.session, ...general])];
  if (toAll.length + toSome.length === 0) return [];
  const stack = isPermitted ? withoutIdle(whole, world) : whole;
  const byAccount = permissionForTwins(stack, world);
  const asking: Asking = {
    names,
    context: callContext(stack, ASSUME),
    byAccount: () => byAccount,
    byRole: once(() => permissionOf(allowing(stack, ['identity']), world)),
    bySession: once(() => permissionOf(allowing(stack, ['identity', 'boundary', 'session']), world)),
    said: new Map(),
    saidToAll: saidToAllIn(world),
  };
  const asAll = foundOnce(onwardOfTwins(stack, world), 'all', stack, () => onwardAmong(toAll, asking));
  const asOne = onwardAmong(toSome, asking);
  const onward = asOne.length === 0 ? asAll : [...asAll, ...asOne].sort((a, b) => byArn(a.role, b.role));
  const isItself = ({ role }: Onward) => role.arn === roleArn;
  return !caged && onward.some(isItself) ? onward.filter(each => !isItself(each)) : onward;
}

const onwardOfTwins = findings<{ readonly value: readonly Onward[] }>();

function onwardAmong(roles: readonly KnownRole[], asking: Asking): readonly Onward[] {
  const onward: Onward[] = [];
  for (const role of roles) {
    const can = canAssume(role, asking);
    if (can !== false) onward.push(onwardTo(role)[can === true ? 'certain' : 'possible']);
  }
  return onward;
}

/** An account has few roles and very many sessions that can go on to one. */
const onwardTo = oncePer((role: KnownRole) => ({
  certain: { role, certain: true },
  possible: { role, certain: false },
}));

/** The roles that a principal of some name may go on to, by ARN: see World.byPrincipal. */
interface Candidates {
  /** Those whose trust policy says the same to every session of the account. */
  toAll(names: readonly string[]): readonly KnownRole[];
  toSome(names: readonly string[]): readonly KnownRole[];
}

const candidatesIn = oncePer(({ byPrincipal }: World): Candidates => {
  const toAll = new Map<string, readonly KnownRole[]>();
  const toSome = new Map<string, readonly KnownRole[]>();
  for (const [name, roles] of byPrincipal) {
    toAll.set(name, roles.filter(isForAll));
    toSome.set(
      name,
      roles.filter(role => !isForAll(role)),
    );
  }
  return { toAll: names => those(toAll, names), toSome: names => those(toSome, names) };
});

function isForAll(role: KnownRole): boolean {
  return trustOf(role).impersonal;
}

function those(byName: ReadonlyMap<string, readonly KnownRole[]>, names: readonly string[]): readonly KnownRole[] {
  const lists = names.map(name => byName.get(name) ?? []).filter(list => list.length > 0);
  const [first = [], ...more] = lists;
  return more.length === 0 ? first : [...new Set(lists.flat())].sort(byArn);
}

function byArn(a: KnownRole, b: KnownRole): number {
  return a.arn < b.arn ? -1 : 1;
}

/** What a trust policy can call the session. */
interface Names {
  readonly role: string;
  readonly session: string;
  readonly account: readonly string[];
}

function namesOf(roleArn: string, { account, partition }: World): Names {
  const name = roleArn.slice(roleArn.lastIndexOf('/') + 1);
  return {
    role: roleArn,
    session: `arn:${partition}:sts::${account}:assumed-role/${name}`,
    account: [`arn:${partition}:iam::${account}:root`, account],
  };
}

/**
 * In the same account a trust policy that names the role (or everyone) is permission enough, as far as boundary and session
 * policy let it; one that names the account leaves it to the identity policies; one that names the session, whose name
 * nobody knows, leaves nothing to anyone. An explicit Deny counts in any case (IAM user guide, "Policy evaluation logic").
 */
interface Asking {
  readonly names: Names;
  readonly context: Context;
  readonly byAccount: () => MayAssume;
  readonly byRole: () => MayAssume;
  readonly bySession: () => MayAssume;
  /** What trust policies that say the same of every role say of this session. */
  readonly said: Map<Trust, Said>;
  /** What trust policies say that say the same to every session. */
  readonly saidToAll: Map<Trust, Said>;
}

/** Whom a trust policy admits: the session as one of the account, as its role, by its own name. */
interface Said {
  readonly denied: Truth;
  readonly account: Truth;
  readonly role: Truth;
  readonly session: Truth;
}

function canAssume(role: KnownRole, asking: Asking): Truth {
  const said = saidOf(role, asking);
  if (said.denied === true) return false;
  return all([
    not(said.denied),
    some([
      admitted(said.account, asking.byAccount, role),
      admitted(said.role, asking.byRole, role),
      admitted(said.session, asking.bySession, role),
    ]),
  ]);
}

function admitted(said: Truth, may: () => MayAssume, { arn }: KnownRole): Truth {
  return said === false ? false : all([said, may().role(arn)]);
}

function saidOf(role: KnownRole, { names, context, said, saidToAll }: Asking): Said {
  const trust = trustOf(role);
  const before = saidToAll.get(trust) ?? said.get(trust);
  if (before !== undefined) return before;
  const setting = { names, context: trust.varies ? layered(resourceContext(role.arn), context) : context };
  const speak = (statements: readonly Statement[], who: (principal: string) => Truth) =>
    some(statements.map(each => appliesTo(each, setting, who)));
  const made = {
    denied: speak(trust.denies, principal => isOneOf(principal, names)),
    account: speak(trust.allows, principal => names.account.includes(principal)),
    role: speak(trust.allows, principal => principal === names.role || principal === '*'),
    session: speak(trust.allows, principal => (isSession(principal, names) || principal === '*' ? undefined : false)),
  };
  if (trust.impersonal) saidToAll.set(trust, made);
  else if (!trust.varies) said.set(trust, made);
  return made;
}

/** What a trust policy says of sts:AssumeRole. */
interface Trust {
  readonly allows: readonly Statement[];
  readonly denies: readonly Statement[];
  /** Whether that can hang on the request. */
  readonly varies: boolean;
  /** Whether it says the same to every session of the account: it names accounts, and asks nothing of the principal. */
  readonly impersonal: boolean;
}

/** The roles of an account are all in that account: what else a request tells of the role is no matter. */
function saidToAllIn(world: World): Map<Trust, Said> {
  const known = saidInWorld.get(world) ?? new Map<Trust, Said>();
  saidInWorld.set(world, known);
  return known;
}

const saidInWorld = new WeakMap<World, Map<Trust, Said>>();

const trusts = new WeakMap<KnownRole, Trust>();

function trustOf(role: KnownRole): Trust {
  const known = trusts.get(role);
  if (known !== undefined) return known;
  const about = (role.trust?.statements ?? []).filter(({ actions }) => coversAction(actions, ASSUME));
  const text = about.map(statement => `${statement.variables} ${statement.text}`).join('\n');
  const made = trustsByText.get(text) ?? {
    allows: about.filter(({ effect }) => effect === 'Allow'),
    denies: about.filter(({ effect }) => effect === 'Deny'),
    varies: about.some(({ conditions }) => conditions.length > 0),
    impersonal: about.every(isImpersonal),
  };
  if (trustsByText.size >= REMEMBERED) trustsByText.clear();
  trustsByText.set(text, made);
  trusts.set(role, made);
  return made;
}

function isImpersonal({ principals, text }: Statement): boolean {
  const names = principals?.members.filter(({ type }) => type === 'AWS').map(({ value }) => value) ?? [];
  return !principals?.negated && !names.some(isOneRole) && !asksForPrincipal(text);
}

/** One role, or one session or user: as against an account or everybody. */
function isOneRole(principal: string): boolean {
  return /:(role|assumed-role|user|federated-user)\//.test(principal);
}

/** Many roles of an account trust the same. */
const trustsByText = new Map<string, Trust>();
const REMEMBERED = 2_000;

function isOneOf(principal: string, names: Names): Truth {
  if (principal === names.role || principal === '*' || names.account.includes(principal)) return true;
  return isSession(principal, names) ? undefined : false;
}

function isSession(principal: string, { session }: Names): boolean {
  return principal.startsWith(session) && principalKey(principal) === session;
}

/** NotPrincipal, which no trust policy should have, leaves open whom it means, save that it is not whom it names. */
function appliesTo(
  statement: Statement,
  { names, context }: Pick<Asking, 'names' | 'context'>,
  who: (principal: string) => Truth,
): Truth {
  const { principals } = statement;
  const members = (principals?.members ?? []).filter(({ type }) => type === 'AWS').map(({ value }) => value);
  if (principals?.negated && members.some(value => isOneOf(value, names) === true)) return false;
  const meant = principals?.negated ? undefined : some(members.map(who));
  return meant === false ? false : all([meant, inForce(statement, context).truth]);
}
