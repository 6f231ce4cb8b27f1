/**
 * event.category and event.type of an event that the integration sorts, by its name whatever the service; others have
 * none.
 */
export function categoryOf(eventName: string | undefined): Category | undefined {
  return eventName === undefined ? undefined : CATEGORIES.get(eventName);
}

export interface Category {
  readonly category: readonly string[];
  readonly type: readonly string[];
}

/** The 91 names that elastic/integrations sorts (packages/aws, CloudTrail pipeline of 2026-08). */
const GROUPS: readonly (readonly [category: string, types: string, names: string])[] = [
  ['api', 'info', 'Converse DescribeRegions Publish'],
  ['authentication', 'info', 'AssumeRole ConsoleLogin GetCallerIdentity'],
  ['configuration', 'change', 'Subscribe'],
  ['configuration', 'creation', 'CreateTopic'],
  ['configuration', 'deletion', 'DeleteTrail'],
  ['configuration', 'info', 'DescribeTrails'],
  ['database', 'info', 'DescribeDBInstances ListTables'],
  ['file', 'change', 'PutObject'],
  ['file', 'creation', 'CreateBucket CreateDocument'],
  ['file', 'deletion', 'DeleteBucket DeleteObject'],
  ['file', 'info', 'GetObject HeadObject ListBuckets ListObjects'],
  ['host', 'info', 'DescribeInstances DescribeVolumes ListInstanceAssociations'],
  [
    'iam',
    'admin change',
    'SetDefaultPolicyVersion SetSecurityTokenServicePreferences UpdateAccountPasswordPolicy UpdateRole',
  ],
  ['iam', 'admin creation', 'CreateKeyPair'],
  ['iam', 'change', 'AttachRolePolicy'],
  ['iam', 'creation', 'CreatePolicy'],
  [
    'iam',
    'group change',
    'AddUserToGroup AttachGroupPolicy DeleteGroupPolicy DetachGroupPolicy PutGroupPolicy RemoveUserFromGroup UpdateGroup',
  ],
  ['iam', 'group creation', 'CreateGroup'],
  ['iam', 'group deletion', 'DeleteGroup'],
  ['iam', 'group info', 'GetGroup GetGroupPolicy ListAttachedGroupPolicies ListGroupPolicies ListGroups'],
  ['iam', 'info', 'GetPolicy ListAttachedRolePolicies ListRoles'],
  [
    'iam',
    'user change',
    'AttachUserPolicy ChangePassword CreateAccessKey CreateVirtualMFADevice DeactivateMFADevice DeleteAccessKey ' +
      'DeleteSSHPublicKey DeleteUserPermissionsBoundary DeleteUserPolicy DeleteVirtualMFADevice DetachUserPolicy ' +
      'EnableMFADevice PutUserPermissionsBoundary PutUserPolicy TagUser UntagUser UpdateAccessKey UpdateLoginProfile ' +
      'UpdateSSHPublicKey UpdateUser',
  ],
  ['iam', 'user creation', 'CreateUser'],
  ['iam', 'user deletion', 'DeleteUser'],
  [
    'iam',
    'user info',
    'GetUser GetUserPolicy ListAttachedUserPolicies ListGroupsForUser ListUserPolicies ListUserTags ListUsers',
  ],
  ['network', 'access', 'AuthorizeSecurityGroupIngress'],
  [
    'network',
    'info',
    'DescribeLoadBalancers DescribeNetworkAcls DescribeNetworkInterfaces DescribeSecurityGroups DescribeVpcs',
  ],
  ['package', 'info', 'ListFunctions'],
  ['process', 'start', 'SendCommand'],
  ['session', 'end', 'TerminateSession'],
  ['session', 'start', 'CreateControlChannel CreateDataChannel OpenControlChannel OpenDataChannel StartSession'],
];

const CATEGORIES: ReadonlyMap<string, Category> = new Map(
  GROUPS.flatMap(([category, types, names]) => {
    const sorted: Category = { category: [category], type: types.split(' ') };
    return names.split(' ').map(name => [name, sorted] as const);
  }),
);
