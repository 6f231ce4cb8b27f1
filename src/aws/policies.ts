import {
  GetPolicyCommand,
  GetPolicyVersionCommand,
  type IAMClient,
  type Policy,
  type ManagedPolicyDetail as SdkPolicyDetail,
} from '@aws-sdk/client-iam';
import { compare } from '../snapshot/compare.ts';
import type { ManagedPolicyDetail } from '../snapshot/shapes.ts';
import { UnreadableReply } from './failure.ts';
import { iam } from './operation.ts';
import type { Place } from './place.ts';
import { decodedPolicy } from './policyText.ts';
import { withoutUndefined } from './roles.ts';

const GET = iam('GetPolicy');
const GET_VERSION = iam('GetPolicyVersion');

export const policyOperations = [GET, GET_VERSION];

/** A managed policy with its default version. undefined: there is none of that ARN, or it could not be read. */
export async function readPolicy(
  place: Place,
  client: IAMClient,
  arn: string,
): Promise<ManagedPolicyDetail | undefined> {
  const read = await place.attempt({
    operation: GET,
    resource: arn,
    absentWhen: 'NoSuchEntity',
    send: async () => {
      const { Policy: policy } = await client.send(new GetPolicyCommand({ PolicyArn: arn }));
      if (policy?.Arn === undefined) throw new UnreadableReply('it has no policy');
      return policyDetail(policy);
    },
  });
  if (read.kind !== 'read') return undefined;
  const policy = read.answer;
  const version = policy.DefaultVersionId === undefined ? [] : await defaultVersion(place, client, policy);
  return version.length === 0 ? policy : { ...policy, PolicyVersionList: version };
}

type Versions = NonNullable<ManagedPolicyDetail['PolicyVersionList']>;

async function defaultVersion(
  place: Place,
  client: IAMClient,
  { Arn, DefaultVersionId }: ManagedPolicyDetail,
): Promise<Versions> {
  const read = await place.attempt({
    operation: GET_VERSION,
    resource: Arn,
    send: async () => {
      const command = new GetPolicyVersionCommand({ PolicyArn: Arn, VersionId: DefaultVersionId });
      const { PolicyVersion } = await client.send(command);
      if (PolicyVersion?.Document === undefined) throw new UnreadableReply('it has no document');
      return versionsOf([PolicyVersion]) ?? [];
    },
  });
  return read.kind === 'read' ? read.answer : [];
}

/** IAM's answer in the snapshot's shape: documents as text, times as ISO 8601, newest version first. */
export function policyDetail(policy: Policy | SdkPolicyDetail): ManagedPolicyDetail {
  if (policy.Arn === undefined) throw new UnreadableReply('a policy has no ARN');
  return withoutUndefined({
    Arn: policy.Arn,
    PolicyName: policy.PolicyName ?? policy.Arn.slice(policy.Arn.lastIndexOf('/') + 1),
    PolicyId: policy.PolicyId,
    Path: policy.Path,
    DefaultVersionId: policy.DefaultVersionId,
    AttachmentCount: policy.AttachmentCount,
    IsAttachable: policy.IsAttachable,
    CreateDate: policy.CreateDate?.toISOString(),
    UpdateDate: policy.UpdateDate?.toISOString(),
    PolicyVersionList: 'PolicyVersionList' in policy ? versionsOf(policy.PolicyVersionList) : undefined,
  });
}

function versionsOf(list: SdkPolicyDetail['PolicyVersionList']): Versions | undefined {
  return list
    ?.map(version =>
      withoutUndefined({
        VersionId: version.VersionId ?? '',
        IsDefaultVersion: version.IsDefaultVersion,
        CreateDate: version.CreateDate?.toISOString(),
        Document: version.Document === undefined ? undefined : decodedPolicy(version.Document),
      }),
    )
    .sort((a, b) => numberOf(b.VersionId) - numberOf(a.VersionId) || compare(a.VersionId, b.VersionId));
}

/** `v12` -> 12. */
function numberOf(version: string): number {
  return Number.parseInt(version.slice(1), 10) || 0;
}
