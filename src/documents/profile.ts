import { all, type Truth } from '../iam/truth.ts';
import type { ProfileDetail } from '../snapshot/shapes.ts';
import type { RegionSnapshot } from '../snapshot/snapshot.ts';
import { accountFacts, type Place } from './context.ts';
import type { Document } from './document.ts';
import { bodyOf, type Fact, type Facts, orUnknown, partly, UNKNOWN } from './facts.ts';
import type { Iam, NamedRole, RoleFacts } from './iam.ts';
import { lintFacts, sessionLayer } from './layers.ts';
import { textAt, truthAt } from './path.ts';
import { hasSessionPolicy, inlineSessionPolicy } from './sessionPolicy.ts';
import { tagFacts } from './tags.ts';
import { above, type Terms } from './terms.ts';

export interface ProfileSetting extends Terms {
  readonly iam: Iam;
  /** Those through the profile. */
  readonly paths: readonly Document[];
}

export function profileDocument({ account, region }: Place, profile: ProfileDetail, setting: ProfileSetting): Document {
  const { iam } = setting;
  const facts: Facts = {
    ...profileIdentity(region, profile),
    ...ownFacts(profile),
    session_policy: sessionPolicyFacts(profile),
    policy_lints: lintFacts(sessionLayer(profile, iam.managed)),
    attribute_mappings: mappingFacts(profile),
    roles: roleListFacts(profile, setting),
    beyond: beyondFacts(profile, setting),
  };
  const kind = 'profile';
  return {
    kind,
    resource: { kind, id: profile.profileArn, name: profile.name, account: account.id, region: region.name },
    body: bodyOf({ kind, account: accountFacts(account), region: region.name, profile: facts }),
  };
}

/** What its document and those of its paths both say of it: PROFILE_IDENTITY_FIELDS. */
export function profileIdentity(region: RegionSnapshot, profile: ProfileDetail): Facts {
  return {
    id: profile.profileId,
    arn: profile.profileArn,
    name: profile.name,
    enabled: profile.enabled,
    created_at: orUnknown(profile.createdAt),
    created_by: orUnknown(profile.createdBy),
    duration_seconds: orUnknown(profile.durationSeconds),
    ...tagFacts(region, profile.profileArn),
  };
}

function ownFacts(profile: ProfileDetail): Facts {
  return {
    updated_at: orUnknown(profile.updatedAt),
    accept_role_session_name: orUnknown(profile.acceptRoleSessionName),
    require_instance_properties: orUnknown(profile.requireInstanceProperties),
    role_arns: profile.roleArns,
  };
}

function beyondFacts({ durationSeconds, roleArns }: ProfileDetail, { settings: { thresholds } }: Terms): Facts {
  return {
    max_session_seconds: orUnknown(above(durationSeconds, thresholds.max_session_seconds)),
    max_roles: above(roleArns.length, thresholds.max_roles),
  };
}

function sessionPolicyFacts(profile: ProfileDetail): Facts {
  return {
    present: hasSessionPolicy(profile),
    inline: inlineSessionPolicy(profile) !== undefined,
    managed_arns: profile.managedPolicyArns ?? [],
  };
}

function mappingFacts({ attributeMappings }: ProfileDetail): readonly Facts[] | typeof UNKNOWN {
  if (attributeMappings === undefined) return UNKNOWN;
  return attributeMappings.map(({ certificateField, mappingRules }) => ({
    certificate_field: certificateField,
    specifiers: mappingRules.map(rule => rule.specifier),
  }));
}

function roleListFacts({ roleArns }: ProfileDetail, { iam, paths }: ProfileSetting): Facts {
  const named: readonly Named[] = roleArns.map(arn => ({ arn, role: iam.named(arn) }));
  const those = (is: (role: NamedRole) => Truth) => select(named, ({ role }) => is(role));
  const admin = known(({ access }) => access.admin.truth);
  const open = openings(paths);
  return {
    count: roleArns.length,
    missing: those(role => (role.kind === 'unread' ? undefined : role.kind === 'missing')),
    unread: those(role => role.kind === 'unread'),
    admin: those(admin),
    admin_open: select(named, ({ arn, role }) => all([admin(role), open.get(arn)])),
    trusting: those(known(({ trust }) => trust?.rolesAnywhere)),
    unconditioned: those(known(({ trust }) => trust?.unconditioned)),
    admin_unconditioned: those(known(({ access, trust }) => all([access.admin.truth, trust?.unconditioned]))),
  };
}

interface Named {
  readonly arn: string;
  readonly role: NamedRole;
}

/** The ARNs of the roles for which it holds; partly known when for some role it cannot be said. */
function select(named: readonly Named[], is: (named: Named) => Truth): Fact {
  const answers = named.map(is);
  const arns = named.filter((_, at) => answers[at] === true).map(({ arn }) => arn);
  return answers.includes(undefined) ? partly(arns) : arns;
}

/** Asked of a role that is there; one that does not exist is nothing of the kind. */
function known(is: (facts: RoleFacts) => Truth): (role: NamedRole) => Truth {
  return role => {
    if (role.kind === 'unread') return undefined;
    return role.kind === 'found' && is(role.facts);
  };
}

/** Whether each role, by its ARN, can be had by its path today. */
function openings(paths: readonly Document[]): ReadonlyMap<string, Truth> {
  return new Map(paths.map(({ body }) => [textAt(body, 'role.arn') ?? '', truthAt(body, 'path.open')]));
}
