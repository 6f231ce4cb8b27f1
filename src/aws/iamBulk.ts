import { GetAccountAuthorizationDetailsCommand, type IAMClient } from '@aws-sdk/client-iam';
import type { GroupDetail, ManagedPolicyDetail, RoleDetail, UserDetail } from '../snapshot/shapes.ts';
import { groupDetail, policyDetail, roleDetail, userDetail } from './iamShapes.ts';
import { iam } from './operation.ts';
import { allPages, marked } from './paging.ts';
import type { Place } from './place.ts';

const GET_ALL = iam('GetAccountAuthorizationDetails');

export const bulkOperations = [GET_ALL];

/**
 * All users, groups, roles and policies of the account, by ARN; of AWS's own policies those that are attached. Roles without
 * `MaxSessionDuration` and description.
 */
export interface IamBulk {
  readonly complete: boolean;
  readonly pages: number;
  readonly users: ReadonlyMap<string, UserDetail>;
  readonly groups: ReadonlyMap<string, GroupDetail>;
  readonly roles: ReadonlyMap<string, RoleDetail>;
  readonly policies: ReadonlyMap<string, ManagedPolicyDetail>;
}

type Item =
  | { readonly user: UserDetail }
  | { readonly group: GroupDetail }
  | { readonly role: RoleDetail }
  | { readonly policy: ManagedPolicyDetail };

export async function readBulk(place: Place, client: IAMClient): Promise<IamBulk> {
  const { items, complete, pages } = await allPages<Item>(place, {
    operation: GET_ALL,
    resource: '*',
    page: async token => {
      const command = new GetAccountAuthorizationDetailsCommand({
        Filter: ['User', 'Group', 'Role', 'LocalManagedPolicy', 'AWSManagedPolicy'],
        MaxItems: 1000,
        Marker: token,
      });
      const { UserDetailList, GroupDetailList, RoleDetailList, Policies, ...end } = await client.send(command);
      const found = [
        ...(UserDetailList ?? []).map(user => ({ user: userDetail(user) })),
        ...(GroupDetailList ?? []).map(group => ({ group: groupDetail(group) })),
        ...(RoleDetailList ?? []).map(role => ({ role: roleDetail(role) })),
        ...(Policies ?? []).map(policy => ({ policy: policyDetail(policy) })),
      ];
      return { items: found, next: marked(end) };
    },
  });
  return {
    complete,
    pages,
    users: byArn(items.flatMap(item => ('user' in item ? [item.user] : []))),
    groups: byArn(items.flatMap(item => ('group' in item ? [item.group] : []))),
    roles: byArn(items.flatMap(item => ('role' in item ? [item.role] : []))),
    policies: byArn(items.flatMap(item => ('policy' in item ? [item.policy] : []))),
  };
}

function byArn<T extends { readonly Arn: string }>(items: readonly T[]): ReadonlyMap<string, T> {
  return new Map(items.map(item => [item.Arn, item]));
}
