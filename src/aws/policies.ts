import { GetPolicyCommand, GetPolicyVersionCommand, type IAMClient } from '@aws-sdk/client-iam';
import type { ManagedPolicyDetail } from '../snapshot/shapes.ts';
import { UnreadableReply } from './failure.ts';
import { policyDetail, policyVersions } from './iamShapes.ts';
import { iam } from './operation.ts';
import type { Place } from './place.ts';

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
      return policyVersions([PolicyVersion]) ?? [];
    },
  });
  return read.kind === 'read' ? read.answer : [];
}
