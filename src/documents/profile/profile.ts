import type { ProfileDetail } from '../../snapshot/shapes.ts';
import type { RegionSnapshot } from '../../snapshot/snapshot.ts';
import { accountFacts, isComplete, type Place } from '../context.ts';
import type { Document } from '../document.ts';
import { bodyOf, type Facts, type Joined, joined, later, orUnknown, UNKNOWN } from '../facts.ts';
import type { Iam } from '../iam/iam.ts';
import { lintFacts, sessionLayer } from '../iam/layers.ts';
import { roleOf } from '../pathFacts.ts';
import { profileNamesakes } from '../sameName.ts';
import type { RoleSessions } from '../sessions/roleSessions.ts';
import { missingTags, tagFacts } from '../tags.ts';
import { above, type Terms } from '../terms.ts';
import { mappingDrift, mappingFacts } from './profileMappings.ts';
import { isForeign, lastsAsAsked, roleListFacts } from './profileRoles.ts';
import { sessionPolicyFacts } from './profileSessionPolicy.ts';
import { factsOfUse, isIdle, type ProfileUses } from './profileUse.ts';

export interface ProfileSetting extends Terms {
  readonly iam: Iam;
  /** Those through the profile. */
  readonly paths: readonly Document[];
  readonly uses: ProfileUses;
  readonly sessions: RoleSessions;
}

export function profileDocument(place: Place, profile: ProfileDetail, setting: ProfileSetting): Document {
  const { account, region } = place;
  const { iam, paths, sessions } = setting;
  const { managed } = iam;
  const facts = joined(
    profileIdentity(region, profile),
    ownFacts(profile),
    {
      same_name_as: profileNamesakes(region, profile.profileArn),
      missing_tags: missingTags(region, profile.profileArn, setting.settings.lists.required_tags),
      session_policy: later(() =>
        joined(sessionPolicyFacts(profile, { account, managed }), {
          undoes: later(() => sessions.undoneBy(profile.profileArn)),
        }),
      ),
      policy_lints: later(() => lintFacts(sessionLayer(profile, managed))),
      attribute_mappings: mappingFacts(profile),
      mapping: mappingDrift(
        profile,
        paths.filter(path => !isForeign(roleOf(path), account.id)),
      ),
      anchors: { count: isComplete(region, 'trustAnchors') ? region.trustAnchors.length : UNKNOWN },
      roles: later(() => roleListFacts(profile, { account: account.id, iam, paths })),
    },
    factsOfUse(setting.uses(profile, region), region),
    { beyond: beyondFacts(place, profile, setting) },
  );
  const kind = 'profile';
  return {
    kind,
    resource: { kind, id: profile.profileArn, name: profile.name, account: account.id, region: region.name },
    body: bodyOf({ kind, account: accountFacts(account), region: region.name, profile: facts }),
  };
}

/** What its document and those of its paths both say of it: PROFILE_IDENTITY_FIELDS. */
export function profileIdentity(region: RegionSnapshot, profile: ProfileDetail): Joined {
  const own: Facts = {
    id: profile.profileId,
    arn: profile.profileArn,
    name: profile.name,
    enabled: profile.enabled,
    created_at: orUnknown(profile.createdAt),
    created_by: orUnknown(profile.createdBy),
    duration_seconds: orUnknown(profile.durationSeconds),
  };
  return joined(own, tagFacts(region, profile.profileArn));
}

function ownFacts(profile: ProfileDetail): Facts {
  return {
    updated_at: orUnknown(profile.updatedAt),
    accept_role_session_name: orUnknown(profile.acceptRoleSessionName),
    require_instance_properties: orUnknown(profile.requireInstanceProperties),
    role_arns: profile.roleArns,
  };
}

function beyondFacts({ account, region }: Place, profile: ProfileDetail, setting: ProfileSetting): Facts {
  const { thresholds } = setting.settings;
  const long = above(profile.durationSeconds, thresholds.max_session_seconds);
  return {
    max_session_seconds: lastsAsAsked(profile, account.id, setting.iam) ? orUnknown(long) : false,
    max_roles: above(profile.roleArns.length, thresholds.max_roles),
    max_idle_days: orUnknown(isIdle(profile, setting.uses(profile, region), setting)),
  };
}
