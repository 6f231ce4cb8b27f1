import { trusting } from '../../iam/escalation/trusting.ts';
import { type Hold, NOT_HELD, POWERS, type Power } from '../../iam/powers/power.ts';
import { type Powers, powersFrom } from '../../iam/powers/powers.ts';
import type { Principal } from '../../iam/powers/principal.ts';
import { ROLES_ANYWHERE } from '../../iam/principal.ts';
import { once } from '../../memo/once.ts';
import type { AccountSnapshot } from '../../snapshot/snapshot.ts';
import { accountFacts } from '../context.ts';
import type { Document } from '../document.ts';
import { bodyOf, type Fact, type Facts, later, type Partly, partly, UNKNOWN } from '../facts.ts';
import type { Everybody } from '../iam/everybody.ts';
import type { Iam } from '../iam/iam.ts';
import { x509TagFacts } from '../iam/x509Tags.ts';
import { actorTest } from '../known.ts';
import type { Terms } from '../terms.ts';
import { type Roles, unanchoredAmong } from './unanchored.ts';

export interface AccountSetting extends Terms {
  readonly iam: Iam;
  readonly everybody: Everybody | undefined;
  /** The documents of the account's roles. */
  readonly roles: readonly Document[];
}

export function accountDocument(account: AccountSnapshot, setting: AccountSetting): Document {
  const kind = 'account';
  const trusting = trustingRoles(setting.iam);
  const unanchored = once(() => unanchoredAmong(trusting, setting.roles));
  return {
    kind,
    resource: { kind, id: account.id, name: account.alias ?? account.id, account: account.id, region: 'global' },
    body: bodyOf({
      kind,
      account: {
        ...accountFacts(account),
        trusting_roles: listOf(trusting),
        unanchored_roles: later(() => listOf(unanchored())),
        ...principalFacts(account, { ...setting, unanchored }),
      },
      region: 'global',
    }),
  };
}

/** Roles that Roles Anywhere may assume, its own service-linked one aside. */
function trustingRoles({ world }: Iam): Roles {
  return { arns: trusting([ROLES_ANYWHERE], world).map(({ role }) => role.arn), complete: world.complete };
}

function listOf({ arns, complete }: Roles): readonly string[] | Partly {
  return complete ? arns : partly(arns);
}

interface PrincipalsSetting extends AccountSetting {
  readonly unanchored: () => Roles;
}

/** Everybody's policies are gone through: only where a rule, or somebody, asks. */
function principalFacts(account: AccountSnapshot, setting: PrincipalsSetting): Facts {
  const { iam, everybody, now, settings, unanchored } = setting;
  if (everybody === undefined) return { principals: UNKNOWN, x509_tags: UNKNOWN };
  const { principals, tagUse } = everybody;
  return {
    principals: later(() => {
      const powersOf = powersFrom({ world: iam.world, now, tagKeys: tagUse().keys });
      const isKnown = actorTest(settings.lists.known_actors);
      const { arns, complete } = unanchored();
      const takesNewcomers = arns.length > 0 || !complete;
      const judged = principals().flatMap(principal => judgedBy(powersOf, principal, { iam, isKnown, takesNewcomers }));
      return Object.fromEntries(POWERS.flatMap(power => powerFacts(power, judged)));
    }),
    x509_tags: later(() => x509TagFacts(account, tagUse())),
  };
}

interface Judging {
  readonly iam: Iam;
  /** Whether it is the principal's work to change Roles Anywhere, as `postern.toml` says. */
  readonly isKnown: (arn: string) => boolean;
  /** Whether some role may let in somebody by a trust anchor made tomorrow. */
  readonly takesNewcomers: boolean;
}

/** Nobody who has no power, and no administrator: of a role that Roles Anywhere can reach more is known. */
function judgedBy(
  powersOf: ReturnType<typeof powersFrom>,
  principal: Principal,
  { iam, isKnown, takesNewcomers }: Judging,
): readonly Judged[] {
  const all = powersOf(principal);
  const powers = all !== undefined && isKnown(principal.arn) ? beyondWork(all) : all;
  if (powers === undefined || POWERS.every(power => powers[power].kind === 'no')) return [];
  const role = iam.named(principal.arn);
  const isAdministrator = role.kind === 'found' && role.facts.access.adminEquivalent.truth === true;
  return isAdministrator ? [] : [{ principal, powers: folded(powers, takesNewcomers) }];
}

/** To pass for a certificate is nobody's work. */
function beyondWork(powers: Powers): Powers {
  return {
    ...powers,
    create_anchor: NOT_HELD,
    change_anchor: NOT_HELD,
    create_profile: NOT_HELD,
    edit_mapping: NOT_HELD,
    touch_crl: NOT_HELD,
    own_ca: NOT_HELD,
    replaced_ca: NOT_HELD,
  };
}

/** Whoever may bring a CA of their own to a role needs no mapping and no revoked certificate: one cause is told once. */
function folded(powers: Powers, takesNewcomers: boolean): Powers {
  const { edit_mapping: mapping, touch_crl: crl } = powers;
  const own = takesNewcomers ? powers.own_ca : powers.replaced_ca;
  const isMore = ({ kind }: Hold) => own.kind === 'certain' || (own.kind === 'possible' && kind === 'possible');
  return {
    ...powers,
    edit_mapping: isMore(mapping) ? NOT_HELD : mapping,
    touch_crl: isMore(crl) ? NOT_HELD : crl,
  };
}

interface Judged {
  readonly principal: Principal;
  readonly powers: Powers;
}

function powerFacts(power: Power, judged: readonly Judged[]): readonly (readonly [string, Fact])[] {
  const holders = judged
    .map(({ principal, powers }) => ({ arn: principal.arn, hold: powers[power] }))
    .filter(({ hold }) => hold.kind !== 'no')
    .sort((a, b) => (a.arn < b.arn ? -1 : 1));
  const isAll = holders.every(({ hold }) => hold.kind !== 'unknown');
  const those = (kind: Hold['kind']) => holders.filter(({ hold }) => hold.kind === kind);
  const list = (kind: Hold['kind']): Fact => {
    const arns = those(kind).map(({ arn }) => arn);
    return isAll ? arns : partly(arns);
  };
  const evidence = [...those('certain'), ...those('possible')].map(({ arn, hold }) => `${arn}: ${hold.by}`);
  return [
    [power, list('certain')],
    [`${power}_possible`, list('possible')],
    [`${power}_evidence`, evidenceOf(evidence)],
  ];
}

/** Where there are hundreds, some say it for all. */
const TOLD = 20;

function evidenceOf(lines: readonly string[]): readonly string[] {
  if (lines.length <= TOLD) return lines;
  return [...lines.slice(0, TOLD), `and ${lines.length - TOLD} more`];
}
