import { describe, expect, it } from 'vitest';
import { actionCount, actionNamed } from '../../../src/iam/catalog/action.ts';
import { has, isSubset, size, union } from '../../../src/iam/catalog/actionSet.ts';
import { actionsAtLevel } from '../../../src/iam/catalog/levels.ts';
import { CREDENTIAL_EXPOSURE, DATA_READ, RESOURCE_EXPOSURE } from '../../../src/iam/catalog/listNames.ts';
import { credentialExposure, dataRead, resourceExposure } from '../../../src/iam/catalog/lists.ts';

describe('actionsAtLevel', () => {
  it.each([
    ['Read', 5_000, 's3:GetObject', 's3:PutObject'],
    ['Write', 10_000, 's3:PutObject', 's3:GetObject'],
    ['List', 3_000, 's3:ListBucket', 's3:GetObject'],
    ['Tagging', 600, 'iam:TagRole', 'iam:UpdateRole'],
    ['Permissions management', 300, 'iam:PutRolePolicy', 'iam:PassRole'],
  ] as const)('%s', (level, atLeast, inside, outside) => {
    const actions = actionsAtLevel(level);
    expect(size(actions)).toBeGreaterThan(atLeast);
    expect(has(actions, actionNamed(inside)!)).toBe(true);
    expect(has(actions, actionNamed(outside)!)).toBe(false);
  });

  it('leaves no action without a level', () => {
    const [first, ...others] = (['Read', 'Write', 'List', 'Tagging', 'Permissions management'] as const).map(
      actionsAtLevel,
    );
    expect(size(others.reduce(union, first!))).toBe(actionCount());
  });
});

describe('the lists', () => {
  it.each([
    ['DATA_READ', DATA_READ],
    ['CREDENTIAL_EXPOSURE', CREDENTIAL_EXPOSURE],
    ['RESOURCE_EXPOSURE', RESOURCE_EXPOSURE],
  ])('%s is sorted and of known names', (_, names) => {
    const lower = names.map(name => name.toLowerCase());
    expect(names.filter(name => actionNamed(name)?.name !== name)).toEqual([]);
    expect(lower).toEqual([...new Set(lower)].sort());
  });

  it.each([
    ['data', dataRead, ['s3:GetObject', 'dynamodb:Scan', 'secretsmanager:GetSecretValue', 'ssm:GetParametersByPath']],
    ['credentials', credentialExposure, ['sts:AssumeRole', 'iam:CreateAccessKey', 'ecr:GetAuthorizationToken']],
    ['resources', resourceExposure, ['s3:PutBucketPolicy', 'lambda:AddPermission', 'rolesanywhere:UpdateTrustAnchor']],
  ] as const)('%s: what belongs there', (_, list, names) => {
    expect(names.filter(name => !has(list(), actionNamed(name)!))).toEqual([]);
  });

  it.each([
    ['data', dataRead, ['kms:Decrypt', 's3:ListBucket', 's3:GetBucketPolicy', 'cloudtrail:LookupEvents']],
    ['credentials', credentialExposure, ['waf:GetChangeToken', 'sts:GetCallerIdentity', 'iam:ListAccessKeys']],
    ['resources', resourceExposure, ['s3:PutObject', 'iam:CreateAccountAlias', 'iam:TagRole']],
  ] as const)('%s: what does not', (_, list, names) => {
    expect(names.filter(name => has(list(), actionNamed(name)!))).toEqual([]);
  });

  it('counts what manages permissions as exposure', () => {
    expect(isSubset(actionsAtLevel('Permissions management'), resourceExposure())).toBe(true);
    expect(size(resourceExposure())).toBeGreaterThan(size(actionsAtLevel('Permissions management')));
  });
});
