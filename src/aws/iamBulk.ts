import { GetAccountAuthorizationDetailsCommand, type IAMClient } from '@aws-sdk/client-iam';
import type { ManagedPolicyDetail, RoleDetail } from '../snapshot/shapes.ts';
import { policyDetail, roleDetail } from './iamShapes.ts';
import { iam } from './operation.ts';
import { allPages, marked } from './paging.ts';
import type { Place } from './place.ts';

const GET_ALL = iam('GetAccountAuthorizationDetails');

export const bulkOperations = [GET_ALL];

/** All roles and policies of the account, by ARN; roles without `MaxSessionDuration` and description. */
export interface IamBulk {
  readonly complete: boolean;
  readonly roles: ReadonlyMap<string, RoleDetail>;
  readonly policies: ReadonlyMap<string, ManagedPolicyDetail>;
}

type Item = { readonly role: RoleDetail } | { readonly policy: ManagedPolicyDetail };

export async function readBulk(place: Place, client: IAMClient): Promise<IamBulk> {
  const { items, complete } = await allPages<Item>(place, {
    operation: GET_ALL,
    resource: '*',
    page: async token => {
      const command = new GetAccountAuthorizationDetailsCommand({
        Filter: ['Role', 'LocalManagedPolicy', 'AWSManagedPolicy'],
        MaxItems: 1000,
        Marker: token,
      });
      const { RoleDetailList, Policies, ...end } = await client.send(command);
      const roles = (RoleDetailList ?? []).map(role => ({ role: roleDetail(role) }));
      const policies = (Policies ?? []).map(policy => ({ policy: policyDetail(policy) }));
      return { items: [...roles, ...policies], next: marked(end) };
    },
  });
  return {
    complete,
    roles: new Map(items.flatMap(item => ('role' in item ? [[item.role.Arn, item.role] as const] : []))),
    policies: new Map(items.flatMap(item => ('policy' in item ? [[item.policy.Arn, item.policy] as const] : []))),
  };
}
