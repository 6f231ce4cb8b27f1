import type { ProfileDetail } from '../snapshot/shapes.ts';
import type { RegionSnapshot } from '../snapshot/snapshot.ts';
import { accountFacts, type Place } from './context.ts';
import type { Document } from './document.ts';
import { bodyOf, type Fact, type Facts, orUnknown, partly, UNKNOWN } from './facts.ts';
import type { Iam, NamedRole, RoleFacts } from './iam.ts';
import { lintFacts, sessionLayer } from './layers.ts';
import { hasSessionPolicy, inlineSessionPolicy } from './sessionPolicy.ts';
import { tagFacts } from './tags.ts';

export function profileDocument({ account, region }: Place, profile: ProfileDetail, iam: Iam): Document {
  const facts: Facts = {
    ...profileIdentity(region, profile),
    ...ownFacts(profile),
    session_policy: sessionPolicyFacts(profile),
    policy_lints: lintFacts(sessionLayer(profile, iam.managed)),
    attribute_mappings: mappingFacts(profile),
    roles: roleListFacts(profile, iam),
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

function roleListFacts({ roleArns }: ProfileDetail, iam: Iam): Facts {
  const named: readonly Named[] = roleArns.map(arn => ({ arn, role: iam.named(arn) }));
  const those = (is: (role: NamedRole) => boolean | undefined) => select(named, is);
  return {
    count: roleArns.length,
    missing: those(role => (role.kind === 'unread' ? undefined : role.kind === 'missing')),
    unread: those(role => role.kind === 'unread'),
    admin: those(known(({ access }) => access.admin.truth)),
    trusting: those(known(({ trust }) => trust?.rolesAnywhere)),
    unconditioned: those(known(({ trust }) => trust?.unconditioned)),
    admin_unconditioned: those(known(({ access, trust }) => both(access.admin.truth, trust?.unconditioned))),
  };
}

interface Named {
  readonly arn: string;
  readonly role: NamedRole;
}

/** The ARNs of the roles for which it holds; partly known when for some role it cannot be said. */
function select(named: readonly Named[], is: (role: NamedRole) => boolean | undefined): Fact {
  const answers = named.map(({ role }) => is(role));
  const arns = named.filter((_, at) => answers[at] === true).map(({ arn }) => arn);
  return answers.includes(undefined) ? partly(arns) : arns;
}

/** Asked of a role that is there; one that does not exist is nothing of the kind. */
function known(is: (facts: RoleFacts) => boolean | undefined): (role: NamedRole) => boolean | undefined {
  return role => {
    if (role.kind === 'unread') return undefined;
    return role.kind === 'found' && is(role.facts);
  };
}

function both(a: boolean | undefined, b: boolean | undefined): boolean | undefined {
  if (a === false || b === false) return false;
  return a === undefined || b === undefined ? undefined : true;
}
