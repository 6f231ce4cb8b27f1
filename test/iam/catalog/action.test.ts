import { describe, expect, it } from 'vitest';
import { actionAt, actionCount, actionNamed, isService, servicesInCatalog } from '../../../src/iam/catalog/action.ts';

const all = Array.from({ length: actionCount() }, (_, id) => actionAt(id));

describe('the catalogue', () => {
  it('holds what AWS documents', () => {
    expect(actionCount()).toBeGreaterThan(20_000);
    expect(servicesInCatalog().length).toBeGreaterThan(400);
    expect(new Set(all.map(action => action.name.split(':')[0]))).toEqual(new Set(servicesInCatalog()));
  });

  it('numbers the actions by their lower-case names', () => {
    const names = all.map(action => action.name.toLowerCase());
    expect(all.map(action => action.id)).toEqual([...all.keys()]);
    expect(names).toEqual([...new Set(names)].sort());
  });

  it('finds each by its name', () => {
    expect(all.filter(action => actionNamed(action.name) !== action)).toEqual([]);
  });

  it('has names and ARNs that are well formed', () => {
    const odd = all.filter(
      ({ name, resources }) =>
        !/^[a-z0-9-]+:[A-Za-z0-9-]+$/.test(name) ||
        resources.some(arn => !/^arn:\*(:[a-z0-9*-]*){3}:[^?${}]+$/.test(arn) || arn.includes('**')),
    );
    expect(odd).toEqual([]);
  });

  it('splits the access levels that AWS names together', () => {
    const combinations = new Set(all.map(action => action.levels.join(' + ')));
    expect([...combinations].sort()).toEqual([
      'List',
      'Read',
      'Write',
      'Write + Permissions management',
      'Write + Tagging',
    ]);
  });

  it.each([-1, 1.5, Number.NaN, actionCount()])('has no action %d', id => {
    expect(() => actionAt(id)).toThrow(RangeError);
  });
});

describe('actionNamed', () => {
  it.each([
    ['s3:GetObject', ['Read'], ['arn:*:s3:*:*:accesspoint/*/object/*', 'arn:*:s3:::*/*']],
    ['s3:ListAllMyBuckets', ['List'], []],
    ['s3:PutBucketPolicy', ['Write', 'Permissions management'], ['arn:*:s3:::*']],
    ['iam:PassRole', ['Write'], ['arn:*:iam::*:role/*']],
    ['iam:TagRole', ['Write', 'Tagging'], ['arn:*:iam::*:role/*']],
    ['sts:AssumeRole', ['Write'], ['arn:*:iam::*:role/*']],
    ['sts:GetCallerIdentity', ['Read'], []],
    ['lambda:InvokeFunction', ['Write'], ['arn:*:lambda:*:*:function:*']],
    ['rolesanywhere:UpdateProfile', ['Write'], ['arn:*:rolesanywhere:*:*:profile/*']],
    ['neptune-db:connect', ['Write'], ['arn:*:neptune-db:*:*:*/*']],
  ])('%s', (name, levels, resources) => {
    const found = actionNamed(name);
    expect(found).toMatchObject({ name, levels, resources, wildcardOnly: resources.length === 0 });
    expect(actionNamed(name.toUpperCase())).toBe(found);
    expect(actionNamed(name.toLowerCase())).toBe(found);
  });

  it.each([
    '',
    ':',
    's3',
    's3:',
    ':GetObject',
    's3:GetObjects',
    's3:Get*',
    's3:GetObject ',
    ' s3:GetObject',
    's3::GetObject',
    's4:GetObject',
    '__proto__:x',
    'constructor:y',
    's3:__proto__',
    's3:constructor',
    'toString:',
    '\u212Ams:Decrypt',
  ])('knows no %j', name => {
    expect(actionNamed(name)).toBeUndefined();
  });
});

describe('isService', () => {
  it.each(['s3', 'S3', 'acm-pca', 'execute-api'])('%s is one', prefix => {
    expect(isService(prefix)).toBe(true);
  });

  it.each(['', 's4', 's*', '__proto__', 'constructor', '\u212Ams'])('%j is none', prefix => {
    expect(isService(prefix)).toBe(false);
  });
});
