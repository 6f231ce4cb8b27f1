import {
  GetRoleCommand,
  GetRolePolicyCommand,
  type IAMClient,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
  ListRolesCommand,
} from '@aws-sdk/client-iam';
import { compare } from '../snapshot/compare.ts';
import type { RoleDetail } from '../snapshot/shapes.ts';
import { UnreadableReply } from './failure.ts';
import { attachedPolicies, roleDetail, withoutUndefined } from './iamShapes.ts';
import { iam } from './operation.ts';
import { allPages, marked, type Pages } from './paging.ts';
import type { Place } from './place.ts';
import { decodedPolicy } from './policyText.ts';

const LIST = iam('ListRoles');
const GET = iam('GetRole');
const LIST_ATTACHED = iam('ListAttachedRolePolicies');
const LIST_INLINE = iam('ListRolePolicies');
const GET_INLINE = iam('GetRolePolicy');

export const roleOperations = [LIST, GET, LIST_ATTACHED, LIST_INLINE, GET_INLINE];

const MOST = 1000;

/** All roles with their trust policies and longest sessions; no boundaries, tags or last use (IAM API, ListRoles). */
export function listRoles(place: Place, client: IAMClient): Promise<Pages<RoleDetail>> {
  return allPages(place, {
    operation: LIST,
    resource: '*',
    page: async token => {
      const { Roles, ...end } = await client.send(new ListRolesCommand({ MaxItems: MOST, Marker: token }));
      return { items: (Roles ?? []).map(roleDetail), next: marked(end) };
    },
  });
}

/**
 * One role by itself. `known` is what a list already told of it. undefined: there is no such role, or nothing at all
 * could be read of it.
 */
export async function readRole(place: Place, client: IAMClient, asked: AskedRole): Promise<RoleDetail | undefined> {
  const got = await getRole(place, client, asked);
  const base = got === 'unread' ? asked.known : got;
  if (base === undefined) return undefined;
  const [attached, inline] = await Promise.all([attachedTo(place, client, asked), inlineOf(place, client, asked)]);
  return withoutUndefined({ ...asked.known, ...base, AttachedManagedPolicies: attached, RolePolicyList: inline });
}

export interface AskedRole {
  readonly arn: string;
  readonly name: string;
  readonly known: RoleDetail | undefined;
}

/** What GetRole alone tells; undefined when there is no role of that ARN (another path is another ARN). */
export async function getRole(
  place: Place,
  client: IAMClient,
  { arn, name }: AskedRole,
): Promise<RoleDetail | undefined | 'unread'> {
  const read = await place.attempt({
    operation: GET,
    resource: arn,
    absentWhen: 'NoSuchEntity',
    send: async () => {
      const { Role: role } = await client.send(new GetRoleCommand({ RoleName: name }));
      if (role?.Arn === undefined) throw new UnreadableReply('it has no role');
      return roleDetail(role);
    },
  });
  if (read.kind === 'unread') return 'unread';
  return read.kind === 'read' && read.answer.Arn === arn ? read.answer : undefined;
}

async function attachedTo(
  place: Place,
  client: IAMClient,
  { arn, name }: AskedRole,
): Promise<RoleDetail['AttachedManagedPolicies']> {
  const pages = await allPages(place, {
    operation: LIST_ATTACHED,
    resource: arn,
    absentWhen: 'NoSuchEntity',
    page: async token => {
      const command = new ListAttachedRolePoliciesCommand({ RoleName: name, MaxItems: MOST, Marker: token });
      const { AttachedPolicies, ...end } = await client.send(command);
      return { items: attachedPolicies(AttachedPolicies), next: marked(end) };
    },
  });
  return partOf(pages);
}

async function inlineOf(place: Place, client: IAMClient, asked: AskedRole): Promise<RoleDetail['RolePolicyList']> {
  const pages = await allPages(place, {
    operation: LIST_INLINE,
    resource: asked.arn,
    absentWhen: 'NoSuchEntity',
    page: async token => {
      const command = new ListRolePoliciesCommand({ RoleName: asked.name, MaxItems: MOST, Marker: token });
      const { PolicyNames, ...end } = await client.send(command);
      return { items: PolicyNames ?? [], next: marked(end) };
    },
  });
  const names = partOf(pages);
  if (names === undefined) return undefined;
  const read = await Promise.all(names.map(policy => inlinePolicy(place, client, asked, policy)));
  return read.flat().sort((a, b) => compare(a.PolicyName, b.PolicyName));
}

async function inlinePolicy(place: Place, client: IAMClient, { arn, name }: AskedRole, policy: string) {
  const read = await place.attempt({
    operation: GET_INLINE,
    resource: arn,
    absentWhen: 'NoSuchEntity',
    send: async () => {
      const { PolicyDocument } = await client.send(new GetRolePolicyCommand({ RoleName: name, PolicyName: policy }));
      if (PolicyDocument === undefined) throw new UnreadableReply(`it has no document of the policy ${policy}`);
      return { PolicyName: policy, PolicyDocument: decodedPolicy(PolicyDocument) };
    },
  });
  return read.kind === 'read' ? [read.answer] : [];
}

/** What was read of a list, undefined when nothing was and there may be something. */
function partOf<T>({ items, complete }: Pages<T>): readonly T[] | undefined {
  return complete || items.length > 0 ? items : undefined;
}
