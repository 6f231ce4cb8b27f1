import { nameIn } from '../../iam/arn.ts';
import { distinct, groupedBy } from '../../lists.ts';
import type { ProfileDetail } from '../../snapshot/shapes.ts';
import type { AccountSnapshot, RegionSnapshot, Snapshot } from '../../snapshot/snapshot.ts';

/** Why a name means nothing: nothing has it, or several have. */
export interface Unnamed {
  readonly problem: string;
  readonly name: string;
  /** What it may have been meant for. */
  readonly candidates: readonly string[];
}

interface Candidate {
  readonly id: string;
}

export interface PlacedProfile extends Candidate {
  readonly account: AccountSnapshot;
  readonly region: RegionSnapshot;
  readonly profile: ProfileDetail;
}

/** Finds the profile with an ARN or id, or else the one of a name. */
export function profilesOf({ accounts }: Snapshot): (name: string) => PlacedProfile | Unnamed {
  const all = accounts.flatMap(account =>
    account.regions.flatMap(region =>
      region.profiles.map(profile => ({ id: profile.profileArn, account, region, profile })),
    ),
  );
  const byArn = groupedBy(all, ({ id }) => id);
  const byId = groupedBy(all, ({ profile }) => profile.profileId);
  const byName = groupedBy(all, ({ profile }) => profile.name);
  return name => {
    const exact = [...new Set([...(byArn.get(name) ?? []), ...(byId.get(name) ?? [])])];
    const found = exact.length > 0 ? exact : (byName.get(name) ?? []);
    return only(found, { name, what: `profile ${name}`, others: () => [...byName.keys()] });
  };
}

/** The ARN of the role with that ARN or name. AWS hands out no session of a role that the profile does not list. */
export function roleNamed({ name: profile, roleArns }: ProfileDetail, name: string): Candidate | Unnamed {
  const named = [...new Set(roleArns)].filter(arn => arn === name || nameIn(arn) === name);
  return only(
    named.map(id => ({ id })),
    { name, what: `role ${name} in profile ${profile}`, others: () => roleArns.map(nameIn) },
  );
}

interface Sought {
  readonly name: string;
  readonly what: string;
  readonly others: () => readonly string[];
}

function only<T extends Candidate>(found: readonly T[], { name, what, others }: Sought): T | Unnamed {
  const [one, ...more] = found;
  if (one === undefined) return { name, problem: `there is no ${what}`, candidates: distinct(others()) };
  if (more.length === 0) return one;
  return { name, problem: `there are several: ${what}`, candidates: found.map(each => each.id).sort() };
}
