import type { Expectations } from '../../settings/expectations.ts';
import type { AccountSnapshot, RegionSnapshot } from '../../snapshot/snapshot.ts';
import { hasAllRegions, isComplete, rolesKnown } from '../context.ts';
import type { Differences } from './differs.ts';

/** What is declared for the account and not there, in words. Where a list could not be read nothing is missing for certain. */
export function missingIn(account: AccountSnapshot, { trust_anchor, profile, role }: Expectations): Differences {
  const anchors = listedIn(account, 'trustAnchors');
  const profiles = listedIn(account, 'profiles');
  const roles = { names: roleNames(account), complete: rolesKnown(account) === 'all' };
  const answers = [
    ...trust_anchor.map(each => answer(each.name, anchors(each.region), `trust anchor ${each.name} in ${each.region}`)),
    ...profile.map(each => answer(each.name, profiles(each.region), `profile ${each.name} in ${each.region}`)),
    ...role.map(each => answer(each.name, roles, `role ${each.name}`)),
  ];
  return {
    certain: answers.flatMap(each => (each === 'there' || each === 'unsure' ? [] : each.missing)).sort(),
    complete: !answers.includes('unsure'),
  };
}

/** The names in one place, and whether there can be no others. */
interface Listed {
  readonly names: ReadonlySet<string>;
  readonly complete: boolean;
}

type Answer = { readonly missing: string } | 'there' | 'unsure';

function answer(name: string, { names, complete }: Listed, missing: string): Answer {
  if (names.has(name)) return 'there';
  return complete ? { missing } : 'unsure';
}

/** By region. One that is not there is not enabled for the account, if all are known that are. */
function listedIn(account: AccountSnapshot, member: 'trustAnchors' | 'profiles'): (region: string) => Listed {
  const byRegion = new Map(account.regions.map(region => [region.name, listed(region, member)]));
  const elsewhere = { names: new Set<string>(), complete: hasAllRegions(account) };
  return region => byRegion.get(region) ?? elsewhere;
}

function listed(region: RegionSnapshot, member: 'trustAnchors' | 'profiles'): Listed {
  return { names: new Set(region[member].map(({ name }) => name)), complete: isComplete(region, member) };
}

function roleNames({ roles, otherRoles = [] }: AccountSnapshot): ReadonlySet<string> {
  return new Set([...roles, ...otherRoles].map(({ RoleName }) => RoleName));
}
