import type { Gates, Listed } from '../../iam/escalation/gates.ts';
import type { Surroundings } from '../../iam/escalation/world.ts';
import type { NamedPolicy } from '../../iam/layer.ts';
import { readPolicy } from '../../iam/policy.ts';
import { remembering } from '../../memo/remembering.ts';
import type { ManagedPolicyDetail } from '../../snapshot/shapes.ts';
import type { AccountSnapshot, RegionMember, RegionSnapshot } from '../../snapshot/snapshot.ts';
import { isCompleteEverywhere } from '../context.ts';

/** What a session may find in the account besides roles. */
export function surroundingsOf(account: AccountSnapshot): Surroundings {
  return { gates: gatesRead(account), otherVersions: remembering(otherVersionsIn(account)) };
}

function gatesRead(account: AccountSnapshot): Gates {
  const listed = <T>(
    member: Exclude<RegionMember, 'tags'>,
    of: (region: RegionSnapshot) => readonly T[],
  ): Listed<T> => ({
    all: account.regions.flatMap(of),
    complete: isCompleteEverywhere(account, member),
  });
  return {
    anchors: listed('trustAnchors', ({ trustAnchors }) =>
      trustAnchors.map(({ trustAnchorArn, enabled, source }) => ({
        arn: trustAnchorArn,
        enabled,
        authority: source.sourceData?.acmPcaArn,
      })),
    ),
    profiles: listed('profiles', ({ profiles }) =>
      profiles.map(({ profileArn, enabled, roleArns }) => ({ arn: profileArn, enabled, roleArns })),
    ),
    crls: listed('crls', ({ crls }) => crls.map(({ crlArn, enabled }) => ({ arn: crlArn, enabled }))),
  };
}

/** Only the call that brings all of IAM at once brings every version; else the default one alone is read. */
function otherVersionsIn({ policies, iamReadBy }: AccountSnapshot): Surroundings['otherVersions'] {
  const byArn = new Map(policies.map(policy => [policy.Arn, policy]));
  return arn => {
    const policy = byArn.get(arn);
    if (policy?.PolicyVersionList === undefined) return undefined;
    const others = policy.PolicyVersionList.filter(version => !isDefault(version, policy));
    return iamReadBy?.strategy === 'bulk' || others.length > 0 ? others.map(each => namedPolicy(arn, each)) : undefined;
  };
}

type Version = NonNullable<ManagedPolicyDetail['PolicyVersionList']>[number];

function isDefault({ VersionId, IsDefaultVersion }: Version, { DefaultVersionId }: ManagedPolicyDetail): boolean {
  return IsDefaultVersion === true || VersionId === DefaultVersionId;
}

function namedPolicy(name: string, { Document }: Version): NamedPolicy {
  return { name, reading: Document === undefined ? undefined : readPolicy(Document, 'identity') };
}
