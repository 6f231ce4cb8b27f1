import { type Tie, tieOf } from '../iam/gate/tie.ts';
import type { Policy } from '../iam/policy.ts';
import type { TrustFacts } from '../iam/trust.ts';
import { type TrustWording, trustWording } from '../iam/trustWording.ts';
import type { Truth } from '../iam/truth.ts';
import { type Fact, type Facts, type Later, later, orUnknown, partly, UNKNOWN } from './facts.ts';
import type { RoleFacts } from './iam.ts';
import type { AnchorStanding, KnownAnchors } from './knownAnchors.ts';

export interface RoleTrustSetting {
  readonly anchors: KnownAnchors;
  /** Whether a profile that lists the role lets callers choose the session's name. */
  readonly acceptsSessionName: Truth;
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
    knownFields({ trust, wording: trustWording(trustPolicy), tie: tieTo(setting, trustPolicy) }, setting),
  );
}

interface Told {
  readonly trust: TrustFacts;
  readonly wording: TrustWording;
  readonly tie: MaybeTie;
}

function knownFields({ trust, wording, tie }: Told, { anchors, unmapped }: RoleTrustSetting): Facts {
  return {
    rolesanywhere: orUnknown(trust.rolesAnywhere ?? (admits(tie) || undefined)),
    actions_missing: orUnknown(trust.actionsMissing ?? (admits(tie) ? [] : undefined)),
    unconditioned: orUnknown(unconditioned(trust, tie)),
    condition_keys: trust.conditionKeys,
    statements: trust.statements,
    other_principals: trust.otherPrincipals,
    source_arn: { ...namedFacts(wording, anchors), ...tieFacts(tie) },
    source_account_only: sourceAccountOnly({ trust, tie, wording }),
    certificate: { attributes: wording.attributes, ...holdingFacts(tie, anchors) },
    unmapped,
    ...wordingFacts(wording),
  };
}

type MaybeTie = Tie | 'nobody';

function tieTo({ anchors, acceptsSessionName, now }: RoleTrustSetting, trust: Policy): MaybeTie {
  const { account, partition, regions, arns } = anchors;
  return tieOf({ trust, account, partition, regions, anchors: arns, acceptsSessionName, now });
}

/** Whoever gets in is allowed all three actions, whatever Deny there is for others. */
function admits(tie: MaybeTie): boolean {
  return tie !== 'nobody' && tie.admits === true;
}

/** A Deny with a condition leaves it open, unless it turns out to be a restriction. */
function unconditioned({ unconditioned }: TrustFacts, tie: MaybeTie): Truth {
  if (unconditioned !== undefined || tie === 'nobody') return unconditioned;
  const { anchored, holding } = tie;
  return anchored === true || (holding !== undefined && holding.to !== 'nothing') ? false : undefined;
}

function namedFacts({ sourceArns, namedArns }: TrustWording, { standing }: KnownAnchors): Facts {
  const standings = namedArns.map(arn => [arn, standing(arn)] as const);
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
  return {
    constrained: orUnknown(tie.anchored),
    takes_any_anchor: tie.anchored === false,
    covers_every_anchor: tie.coversEveryAnchor,
  };
}

function sourceAccountOnly({ trust, tie, wording }: Told): Fact {
  const asked = trust.conditionKeys.includes('aws:sourceaccount') && wording.sourceArns.length === 0;
  if (!asked || tie === 'nobody' || wording.attributes.length > 0) return false;
  return orUnknown(tie.anchored === undefined ? undefined : !tie.anchored);
}

function holdingFacts(tie: MaybeTie, { certifiesCas }: KnownAnchors): Facts {
  if (tie === 'nobody') return {};
  const { holding, through } = tie;
  if (holding === undefined) return { held_to: UNKNOWN, void: UNKNOWN, asks_for_issuer: UNKNOWN, ...subordinates([]) };
  return {
    held_to: holding.to,
    void: holding.voids,
    asks_for_issuer: holding.issuer,
    ...subordinates(through.map(arn => [arn, certifiesCas(arn)])),
  };
}

function subordinates(through: readonly (readonly [string, Truth])[]): Facts {
  const arns = through.filter(([, certifies]) => certifies === true).map(([arn]) => arn);
  const unknown = through.some(([, certifies]) => certifies === undefined);
  return { ca_makers: unknown ? partly(arns) : arns };
}

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
