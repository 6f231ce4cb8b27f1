import { isDeepStrictEqual } from 'node:util';
import { SESSION_NAME, tagIn } from '../../iam/gate/fact.ts';
import { gatesPerAnchor } from '../../iam/gate/perAnchor.ts';
import { type Tie, tieOf } from '../../iam/gate/tie.ts';
import type { Policy } from '../../iam/policy.ts';
import { DEFAULT_MAPPINGS } from '../../iam/session.ts';
import type { TrustFacts } from '../../iam/trust.ts';
import { type TrustWording, trustWording } from '../../iam/trustWording.ts';
import { not, type Truth } from '../../iam/truth.ts';
import { distinct } from '../../lists.ts';
import { oncePer } from '../../memo/oncePer.ts';
import { sameList } from '../../memo/sameList.ts';
import { type Fact, type Facts, type Joined, joined, type Later, later, orUnknown, partly, UNKNOWN } from '../facts.ts';
import type { AnchorStanding, KnownAnchors } from '../gates/knownAnchors.ts';
import type { RoleFacts } from '../iam/iam.ts';
import type { SessionNaming } from './listings.ts';
import { sharedNames } from './sharedNames.ts';

export interface RoleTrustSetting {
  readonly anchors: KnownAnchors;
  readonly acceptsSessionName: SessionNaming;
  /** See RoleListing. */
  readonly unmapped: Later;
  /** When the snapshot was taken. */
  readonly now: Date;
}

/**
 * What the role's trust policy says of Roles Anywhere, and what it comes to: by every way in, for trust anchors that there are
 * and any that may come, and for profiles that map all there is to map.
 */
export function trustFields({ trust, trustPolicy }: RoleFacts, setting: RoleTrustSetting): Later | typeof UNKNOWN {
  if (trust === undefined || trustPolicy === undefined) return UNKNOWN;
  return later(() =>
    knownFields({ trust, trustPolicy, wording: trustWording(trustPolicy), tie: tieTo(setting, trustPolicy) }, setting),
  );
}

interface Told {
  readonly trust: TrustFacts;
  readonly trustPolicy: Policy;
  readonly wording: TrustWording;
  readonly tie: MaybeTie;
}

function knownFields({ trust, trustPolicy, wording, tie }: Told, setting: RoleTrustSetting): Joined {
  const { anchors, unmapped } = setting;
  const own: Facts = {
    rolesanywhere: orUnknown(trust.rolesAnywhere ?? (admits(tie) || undefined)),
    actions_missing: orUnknown(trust.actionsMissing ?? (admits(tie) ? [] : undefined)),
    unconditioned: orUnknown(unconditioned({ trust, trustPolicy, tie, wording })),
    unconditioned_unless: unconditionedUnless({ trust, trustPolicy, tie, wording }),
    condition_keys: trust.conditionKeys,
    statements: trust.statements,
    other_principals: trust.otherPrincipals,
    everybody: orUnknown(trust.everybody),
    source_arn: joined(namedFacts(wording, anchors), tieFacts(tie)),
    source_account_only: sourceAccountOnly({ trust, trustPolicy, tie, wording }),
    certificate: joined(
      { attributes: wording.attributes },
      holdingFacts(tie, anchors),
      isTied(tie) ? { shared_with_ca: sharedWithCa(tie, trustPolicy, setting) } : {},
    ),
    unmapped,
  };
  return joined(own, wordingFacts(wording));
}

/** `unknown`: it hangs on a profile that nobody read. */
type MaybeTie = Tie | 'nobody' | 'unknown';

/** A role that no profile lists may come into any: who it lets in is then told by its policy alone. */
function tieTo({ anchors, acceptsSessionName: naming, now }: RoleTrustSetting, trust: Policy): MaybeTie {
  const { account, partition, regions, arns } = anchors;
  const tieIf = (acceptsSessionName: Truth) =>
    tieOf({ trust, account, partition, regions, anchors: arns, acceptsSessionName, now });
  if (naming === 'unlisted') return tieIf(undefined);
  if (naming !== undefined || !asksForSessionName(trust)) return tieIf(naming);
  const [chosen, given] = [tieIf(true), tieIf(false)];
  return isDeepStrictEqual(flat(chosen), flat(given)) ? given : 'unknown';
}

/** However its trust anchors are listed. */
function flat(tie: Tie | 'nobody') {
  return tie === 'nobody' ? tie : { ...tie, through: distinct(tie.through.flat()) };
}

function asksForSessionName({ statements }: Policy): boolean {
  return statements.some(({ conditions }) => conditions.some(({ key }) => key.toLowerCase() === SESSION_NAME));
}

function isTied(tie: MaybeTie): tie is Tie {
  return tie !== 'nobody' && tie !== 'unknown';
}

/** Whoever gets in is allowed all three actions, whatever Deny there is for others. */
function admits(tie: MaybeTie): boolean {
  return isTied(tie) && tie.admits === true;
}

/** A Deny with a condition is no condition where anybody gets in for all that; the account asked for has a name of its own. */
function unconditioned(told: Told): Truth {
  const { trust, tie } = told;
  if (trust.unconditioned !== undefined || !isTied(tie)) return trust.unconditioned;
  const { anchored, anybody, holding } = tie;
  if (anchored === true || (holding !== undefined && holding.to !== 'nothing')) return false;
  if (anybody) return sourceAccountOnly(told) !== true;
  return admits(tie) && anchored === false && isVoid(tie) ? false : undefined;
}

/**
 * Keys of a Deny that nobody can decide, and principals of one that may or may not be Roles Anywhere, where nothing else stands
 * between any certificate and the role.
 */
function unconditionedUnless({ trust, tie, wording }: Told): Fact {
  if (trust.unconditioned !== undefined || !isTied(tie) || tie.anchored !== false) return undefined;
  const hangsOn = (each: string) => [each.toLowerCase(), tagIn(each)].some(name => tie.hangsOn.includes(name ?? ''));
  if (tie.holding === undefined || isVoid(tie) || wording.unsureAllows.some(hangsOn)) return undefined;
  const unless = [...wording.unsureDenies, ...wording.deniedBy].filter(hangsOn);
  return unless.length === 0 ? undefined : unless;
}

function isVoid({ holding }: Tie): boolean {
  return holding !== undefined && holding.voids.length > 0;
}

function namedFacts({ sourceArns, namedAnchors }: TrustWording, { standing }: KnownAnchors): Facts {
  const standings = namedAnchors.map(named => [named.name, standing(named)] as const);
  const unknown = standings.some(([, each]) => each === 'unknown');
  const those = (wanted: AnchorStanding): Fact => {
    const arns = standings.filter(([, each]) => each === wanted).map(([arn]) => arn);
    return unknown ? partly(arns) : arns;
  };
  return {
    patterns: sourceArns,
    names_enabled: those('enabled'),
    names_disabled: those('disabled'),
    names_missing: those('missing'),
  };
}

/** Nothing where nobody gets in anyway. */
function tieFacts(tie: MaybeTie): Facts {
  if (tie === 'nobody') return {};
  if (tie === 'unknown') return { constrained: UNKNOWN, takes_any_anchor: UNKNOWN, covers_every_anchor: UNKNOWN };
  return {
    constrained: orUnknown(tie.anchored),
    takes_any_anchor: orUnknown(takesAnyAnchor(tie)),
    covers_every_anchor: orUnknown(tie.coversEveryAnchor),
  };
}

/** Who gets in for certain, where a new trust anchor does not, comes by one that the role names. */
function takesAnyAnchor({ anchored, admits }: Tie): Truth {
  return anchored === undefined && admits === true ? false : not(anchored);
}

function sourceAccountOnly({ trust, tie, wording }: Told): Fact {
  const asked = trust.conditionKeys.includes('aws:sourceaccount') && wording.sourceArns.length === 0;
  if (!asked || tie === 'nobody' || wording.attributes.length > 0) return false;
  return orUnknown(tie === 'unknown' ? undefined : not(tie.anchored));
}

function holdingFacts(tie: MaybeTie, { certifiesCas }: KnownAnchors): Facts {
  if (tie === 'nobody') return {};
  if (tie === 'unknown' || tie.holding === undefined)
    return { held_to: UNKNOWN, void: UNKNOWN, asks_for_issuer: UNKNOWN, ca_makers: UNKNOWN };
  const { holding, through } = tie;
  return {
    held_to: holding.to,
    void: holding.voids,
    asks_for_issuer: orUnknown(holding.issuer),
    ca_makers: caMakersBy(certifiesCas)(sameAnchors(through)),
  };
}

/** By profiles that map all there is to map, as the holding is told. */
function sharedWithCa({ through }: Tie, trust: Policy, { anchors, acceptsSessionName, now }: RoleTrustSetting): Fact {
  const chooses = acceptsSessionName === 'unlisted' ? undefined : acceptsSessionName;
  const gates = gatesPerAnchor({ trust, mappings: DEFAULT_MAPPINGS, acceptsSessionName: chooses, now });
  return sharedNames({ gates, through, authorityOf: anchors.authorityOf });
}

const sameAnchors = sameList<readonly string[]>();

/** Sorted. Many roles let in by the same trust anchors. */
const caMakersBy = oncePer((certifiesCas: KnownAnchors['certifiesCas']) =>
  oncePer((through: Tie['through']): Fact => {
    const arns = distinct(through.flat());
    const certain = arns.filter(arn => certifiesCas(arn) === true);
    return arns.some(arn => certifiesCas(arn) === undefined) ? partly(certain) : certain;
  }),
);

function wordingFacts(wording: TrustWording): Facts {
  return {
    unknown_keys: wording.unknownKeys,
    network_keys: wording.networkKeys,
    literal_wildcards: wording.literalWildcards,
    malformed_identities: wording.malformedIdentities,
    joined_patterns: wording.joinedPatterns,
    broad_actions: wording.broadActions,
    bare_actions: wording.bareActions,
  };
}
