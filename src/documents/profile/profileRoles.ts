import { accountIn, nameIn } from '../../iam/arn.ts';
import { all, not, type Truth } from '../../iam/truth.ts';
import { distinct } from '../../lists.ts';
import type { ProfileDetail } from '../../snapshot/shapes.ts';
import type { Document } from '../document.ts';
import { type Fact, type Facts, partly, UNKNOWN } from '../facts.ts';
import type { Iam, NamedRole, RoleFacts } from '../iam/iam.ts';
import { letsSomebodyIn, roleOf, standingOf, wantsSerialAsName } from '../pathFacts.ts';
import { privilegedFacts } from './privileged.ts';

export interface ListedRoles {
  readonly account: string;
  readonly iam: Iam;
  /** The profile's own, one for each role that it lists. */
  readonly paths: readonly Document[];
}

/** What the roles are that a profile lists: each relation a list of their ARNs, partly known where it cannot be said of one. */
export function roleListFacts(profile: ProfileDetail, { account, iam, paths }: ListedRoles): Facts {
  const pathOf = new Map(paths.map(path => [roleOf(path), path]));
  const roles = [...new Set(profile.roleArns)].map(arn => ({
    arn,
    role: placed(arn, account, iam),
    path: pathOf.get(arn),
  }));
  const those = (is: (role: PlacedRole, path: Document | undefined) => Truth) => select(roles, is);
  const handedOut = paths.filter(path => placed(roleOf(path), account, iam).kind !== 'foreign');
  return {
    count: profile.roleArns.length,
    usable_count: usableCount(roles),
    missing: those(role => (role.kind === 'unread' ? undefined : role.kind === 'missing')),
    staying: roles
      .filter(({ role }) => role.kind !== 'missing')
      .map(({ arn }) => arn)
      .sort(),
    unread: those(role => role.kind === 'unread'),
    cross_account: those(role => role.kind === 'foreign'),
    admin: those(known(({ access }) => access.admin.truth)),
    trusting: those(known(trusts)),
    not_trusting: those(known((facts, path) => not(trusts(facts, path)))),
    unconditioned: those(known(({ trust }) => trust?.unconditioned)),
    session_name_unbound: those(known(leavesSessionName)),
    session_name_bound: those(known(asksForSessionName)),
    session_name_call: sessionNameCall(roles, profile),
    session_name_refused: those(known(refusesSessionName)),
    shorter_than_session: those(known(facts => isShorter(facts, profile))),
    standing: distinct(handedOut.map(standingOf)),
    ...privilegedFacts(handedOut),
  };
}

/** One of another account cannot be asked for, and Roles Anywhere hands out none of it (user guide, "Trust model"). */
type PlacedRole = NamedRole | { readonly kind: 'foreign' };

function placed(arn: string, account: string, iam: Iam): PlacedRole {
  return isForeign(arn, account) ? { kind: 'foreign' } : iam.named(arn);
}

export function isForeign(arn: string, account: string): boolean {
  return /^\d{12}$/.test(accountIn(arn) ?? '') && accountIn(arn) !== account;
}

interface Listed {
  readonly arn: string;
  readonly role: PlacedRole;
  readonly path: Document | undefined;
}

/** The ARNs of the roles for which it holds; partly known when for some role it cannot be said. */
function select(roles: readonly Listed[], is: (role: PlacedRole, path: Document | undefined) => Truth): Fact {
  const answers = roles.map(({ role, path }) => is(role, path));
  const arns = roles.filter((_, at) => answers[at] === true).map(({ arn }) => arn);
  return answers.includes(undefined) ? partly(arns) : arns;
}

/** Asked of a role that is there; one that does not exist is nothing of the kind. */
function known(is: Asked): (role: PlacedRole, path: Document | undefined) => Truth {
  return (role, path) => {
    if (role.kind === 'unread') return undefined;
    return role.kind === 'found' && is(role.facts, path);
  };
}

type Asked = (facts: RoleFacts, path: Document | undefined) => Truth;

/** Those that a session could be of; undefined where it was not found out of one. */
function usableCount(roles: readonly Listed[]): Fact {
  if (roles.some(({ role }) => role.kind === 'unread')) return UNKNOWN;
  return roles.filter(({ role }) => role.kind === 'found').length;
}

/** A Deny with a condition leaves it open by itself, and may be what ties the role: then the gate tells. */
function trusts({ trust }: RoleFacts, path: Document | undefined): Truth {
  return trust?.rolesAnywhere ?? ((path !== undefined && letsSomebodyIn(path)) || undefined);
}

/** Whether it lets Roles Anywhere in and its trust policy asks nothing of the session's name. */
function leavesSessionName(facts: RoleFacts, path: Document | undefined): Truth {
  return all([trusts(facts, path), not(namesSession(facts))]);
}

/** Whether it lets Roles Anywhere in and its trust policy asks something of it: what the serial number may not be. */
function asksForSessionName(facts: RoleFacts, path: Document | undefined): Truth {
  return all([trusts(facts, path), namesSession(facts)]);
}

/** Only where the trust policy speaks of the session's name at all. */
function refusesSessionName({ trust }: RoleFacts, path: Document | undefined): Truth {
  const isNamed = trust?.statements.some(statement => /sts:rolesessionname/i.test(statement));
  return isNamed === false ? false : path && wantsSerialAsName(path);
}

function namesSession({ trust }: RoleFacts): Truth {
  return trust?.conditionKeys.includes('sts:rolesessionname');
}

/**
 * The call of the AWS CLI, word by word, after which callers choose no name of a session any more, or one role takes none but the
 * certificate's: the latter where the trust policy of a listed role may want the name that they choose.
 */
function sessionNameCall(roles: readonly Listed[], { profileId }: ProfileDetail): readonly string[] | undefined {
  const answers = (is: Asked) => roles.map(({ role, path }) => known(is)(role, path));
  const first = roles[answers(leavesSessionName).indexOf(true)];
  if (first === undefined) return undefined;
  if (answers(asksForSessionName).every(bound => bound === false))
    return ['rolesanywhere', 'update-profile', '--profile-id', profileId, '--no-accept-role-session-name'];
  const policy = ['--policy-document', 'file://trust-policy.json'];
  return ['iam', 'update-assume-role-policy', '--role-name', nameIn(first.arn), ...policy];
}

/** A session that asks for longer than the role's longest is refused, not cut (user guide, "Authentication"). */
function isShorter({ role: { MaxSessionDuration: longest } }: RoleFacts, { durationSeconds }: ProfileDetail): Truth {
  return longest === undefined || durationSeconds === undefined ? undefined : longest < durationSeconds;
}

/** Whether some role may give sessions that last as long as the profile says. */
export function lastsAsAsked(profile: ProfileDetail, account: string, iam: Iam): boolean {
  return profile.roleArns.some(arn => {
    const role = placed(arn, account, iam);
    return role.kind === 'unread' || (role.kind === 'found' && isShorter(role.facts, profile) !== true);
  });
}
