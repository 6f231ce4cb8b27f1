import { describe, expect, it } from 'vitest';
import { CREATE_PROFILE, fieldsOf } from './records.ts';

/**
 * Name by name as the integration lists them (elastic/integrations, packages/aws/data_stream/cloudtrail/elasticsearch/
 * ingest_pipeline/default.yml of 2026-08): event name, event.category, event.type.
 */
const LISTED = `
AddUserToGroup iam group,change
AssumeRole authentication info
AttachGroupPolicy iam group,change
AttachUserPolicy iam user,change
ChangePassword iam user,change
ConsoleLogin authentication info
CreateAccessKey iam user,change
CreateBucket file creation
CreateGroup iam group,creation
CreateKeyPair iam admin,creation
CreateUser iam user,creation
CreateVirtualMFADevice iam user,change
DeactivateMFADevice iam user,change
DeleteAccessKey iam user,change
DeleteBucket file deletion
DeleteGroup iam group,deletion
DeleteGroupPolicy iam group,change
DeleteSSHPublicKey iam user,change
DeleteUser iam user,deletion
DeleteUserPermissionsBoundary iam user,change
DeleteUserPolicy iam user,change
DeleteVirtualMFADevice iam user,change
DetachGroupPolicy iam group,change
DetachUserPolicy iam user,change
EnableMFADevice iam user,change
GetGroup iam group,info
GetGroupPolicy iam group,info
GetUser iam user,info
GetUserPolicy iam user,info
ListAttachedGroupPolicies iam group,info
ListAttachedUserPolicies iam user,info
ListGroupPolicies iam group,info
ListGroups iam group,info
ListGroupsForUser iam user,info
ListUserPolicies iam user,info
ListUsers iam user,info
ListUserTags iam user,info
PutGroupPolicy iam group,change
PutUserPermissionsBoundary iam user,change
PutUserPolicy iam user,change
RemoveUserFromGroup iam group,change
SetDefaultPolicyVersion iam admin,change
SetSecurityTokenServicePreferences iam admin,change
TagUser iam user,change
UntagUser iam user,change
UpdateAccessKey iam user,change
UpdateAccountPasswordPolicy iam admin,change
UpdateGroup iam group,change
UpdateLoginProfile iam user,change
UpdateRole iam admin,change
UpdateSSHPublicKey iam user,change
UpdateUser iam user,change
GetCallerIdentity authentication info
DescribeInstances host info
DescribeSecurityGroups network info
ListBuckets file info
DescribeNetworkInterfaces network info
DescribeRegions api info
ListRoles iam info
DescribeVpcs network info
DescribeNetworkAcls network info
DescribeLoadBalancers network info
DescribeVolumes host info
DescribeTrails configuration info
ListFunctions package info
ListTables database info
ListInstanceAssociations host info
DescribeDBInstances database info
AuthorizeSecurityGroupIngress network access
CreateTopic configuration creation
Subscribe configuration change
Publish api info
SendCommand process start
GetPolicy iam info
CreatePolicy iam creation
ListAttachedRolePolicies iam info
AttachRolePolicy iam change
Converse api info
CreateDocument file creation
StartSession session start
CreateControlChannel session start
OpenControlChannel session start
CreateDataChannel session start
OpenDataChannel session start
TerminateSession session end
ListObjects file info
HeadObject file info
GetObject file info
PutObject file change
DeleteTrail configuration deletion
DeleteObject file deletion
`;

const ROWS = LISTED.trim()
  .split('\n')
  .map(line => line.split(' ') as [string, string, string]);

describe('names that are listed', () => {
  it('are 91', () => {
    expect(new Set(ROWS.map(([name]) => name)).size).toBe(91);
  });

  it.each(ROWS)('%s: %s, %s', (eventName, category, types) => {
    expect(fieldsOf({ eventName }, ['event.category', 'event.type'])).toEqual({
      'event.category': [category],
      'event.type': types.split(','),
    });
  });

  it('are so whatever the service', () => {
    const record = { ...CREATE_PROFILE, eventName: 'CreateUser', eventSource: 'workmail.amazonaws.com' };
    expect(fieldsOf(record, ['event.category'])).toEqual({ 'event.category': ['iam'] });
  });
});

it.each([
  'CreateProfile',
  'CreateTrustAnchor',
  'PutBucketPolicy',
  'ModifySnapshotAttribute',
  'ListFunctions20150331',
  'createuser',
  'constructor',
  '__proto__',
  undefined,
])('%s has no category, is info, and that is known', eventName => {
  const fields = fieldsOf({ ...CREATE_PROFILE, eventName }, ['event.category', 'event.type', 'unknown']);
  expect(fields['event.category']).toBeUndefined();
  expect(fields['event.type']).toEqual(['info']);
  expect(fields.unknown).not.toContain('event.category');
});
