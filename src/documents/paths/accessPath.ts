import { nameIn } from '../../iam/arn.ts';
import { trustWording } from '../../iam/trustWording.ts';
import type { Truth } from '../../iam/truth.ts';
import type { ProfileDetail } from '../../snapshot/shapes.ts';
import type { RegionSnapshot } from '../../snapshot/snapshot.ts';
import { accountFacts, isComplete, type Place } from '../context.ts';
import type { Document } from '../document.ts';
import { bodyOf, type Facts, type Joined, joined, later, orUnknown, UNKNOWN } from '../facts.ts';
import { sharedGates, untold } from '../gates/gates.ts';
import type { KnownAnchors } from '../gates/knownAnchors.ts';
import { accessFacts, escalationFacts } from '../iam/access.ts';
import type { Iam, RoleFacts } from '../iam/iam.ts';
import { knowsBoundary } from '../iam/layers.ts';
import { hasSessionPolicy } from '../iam/sessionPolicy.ts';
import { goesOn, wayOnFacts } from '../iam/wayOn.ts';
import { profileIdentity } from '../profile/profile.ts';
import { boundFacts, unreadSessionPolicy } from './bounds.ts';
import { type Entrants, entrantFacts, entrantsOfNoRole } from './entrants.ts';
import { PATH_FIELDS } from './pathFields.ts';

export interface PathSetting {
  readonly iam: Iam;
  readonly anchors: KnownAnchors;
  /** When the snapshot was taken. */
  readonly now: Date;
}

/**
 * One document for each role that the profile lists: who may enter by which trust anchors of the profile's account and
 * region, and what the session can then do. A role that does not exist, or could not be read, is a path all the same.
 */
export function pathDocuments(place: Place, profile: ProfileDetail, setting: PathSetting): readonly Document[] {
  return [...new Set(profile.roleArns)].map(arn => pathDocument(place, { profile, roleArn: arn }, setting));
}

interface Pair {
  readonly profile: ProfileDetail;
  readonly roleArn: string;
}

function pathDocument(place: Place, { profile, roleArn }: Pair, setting: PathSetting): Document {
  const { account, region } = place;
  const role = setting.iam.named(roleArn);
  const kind = 'path';
  const name = nameIn(roleArn);
  return {
    kind,
    resource: {
      kind,
      id: `${profile.profileArn} -> ${roleArn}`,
      name: `${profile.name} -> ${name}`,
      account: account.id,
      region: region.name,
    },
    body: bodyOf({
      kind,
      account: accountFacts(account),
      region: region.name,
      profile: profileIdentity(region, profile),
      role: { arn: roleArn, name, missing: role.kind === 'unread' ? UNKNOWN : role.kind === 'missing' },
      path:
        role.kind === 'found'
          ? pathFacts(place, { profile, facts: role.facts, setting })
          : factsWithout(role.kind, place, { profile, setting }),
    }),
  };
}

/** What is known of a path where its role is not before us. */
function factsWithout(
  role: 'missing' | 'unread',
  { region }: Place,
  { profile, setting }: Pick<Known, 'profile' | 'setting'>,
): Facts {
  const anchors = anchorsOf(region, setting);
  if (role === 'missing') return entrantsOfNoRole(anchors);
  return {
    ...Object.fromEntries(PARTS.map(part => [part, UNKNOWN])),
    ...entrantFacts({ ...anchors, gates: untold(region.trustAnchors, setting.anchors.takes), profile }),
    session_policy: unreadSessionPolicy(hasSessionPolicy(profile)),
  };
}

/** The members of `path`, as the vocabulary has them. */
const PARTS: readonly string[] = [
  ...new Set(PATH_FIELDS.flatMap(({ name }) => (name.startsWith('path.') ? [name.split('.')[1]!] : []))),
];

interface Known {
  readonly profile: ProfileDetail;
  readonly facts: RoleFacts;
  readonly setting: PathSetting;
}

function pathFacts({ region }: Place, { profile, facts, setting: { iam, anchors, now } }: Known): Joined {
  const access = iam.access(profile, facts);
  const session = hasSessionPolicy(profile);
  return joined(
    entrantFacts({
      ...anchorsOf(region, { anchors }),
      gates: sharedGates(region.trustAnchors, { profile, facts, now, takes: anchors.takes }),
      profile,
      idle: facts.trustPolicy && anchors.idleness(trustWording(facts.trustPolicy).namedAnchors),
    }),
    { access: later(() => accessFacts(access)) },
    boundFacts({
      access,
      layers: iam.layers(profile, facts),
      present: { session, boundary: hasBoundary(facts) },
    }),
    {
      escalation: later(() => escalationFacts(access)),
      lateral: later(() =>
        joined(wayOnFacts(access, iam), {
          escapes_session_policy: session ? orUnknown(goesOn(access, iam)) : false,
        }),
      ),
    },
  );
}

function anchorsOf(
  region: RegionSnapshot,
  { anchors: { authority } }: Pick<PathSetting, 'anchors'>,
): Pick<Entrants, 'anchors' | 'all' | 'authority'> {
  return { anchors: region.trustAnchors, all: isComplete(region, 'trustAnchors'), authority };
}

function hasBoundary({ role, unread }: RoleFacts): Truth {
  return knowsBoundary(role, unread) ? role.PermissionsBoundary !== undefined : undefined;
}
