import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NOW, postern } from './run.ts';

/** `postern can` over a snapshot: one role, narrowed by its profile, some of it only from one network. */
const snapshot = {
  postern: 'snapshot/1',
  takenAt: NOW,
  accounts: [
    {
      id: '111122223333',
      roles: [
        {
          RoleName: 'host',
          Arn: 'arn:aws:iam::111122223333:role/host',
          RoleLastUsed: {},
          AttachedManagedPolicies: [],
          RolePolicyList: [
            {
              PolicyName: 'files',
              PolicyDocument: {
                Version: '2012-10-17',
                Statement: [
                  { Sid: 'Read', Effect: 'Allow', Action: ['s3:Get*', 's3:List*'], Resource: '*' },
                  {
                    Effect: 'Allow',
                    Action: 's3:PutObject',
                    Resource: 'arn:aws:s3:::drop/${aws:PrincipalTag/x509Subject/CN}/*',
                  },
                  {
                    Effect: 'Allow',
                    Action: 'sqs:SendMessage',
                    Resource: '*',
                    Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } },
                  },
                  { Effect: 'Deny', Action: 's3:GetObjectAcl', Resource: '*' },
                ],
              },
            },
          ],
        },
      ],
      regions: [
        {
          name: 'eu-west-1',
          trustAnchors: [],
          profiles: [
            {
              profileId: 'p1',
              profileArn: 'arn:aws:rolesanywhere:eu-west-1:111122223333:profile/p1',
              name: 'hosts',
              enabled: true,
              roleArns: ['arn:aws:iam::111122223333:role/host', 'arn:aws:iam::111122223333:role/gone'],
              attributeMappings: [{ certificateField: 'x509Subject', mappingRules: [{ specifier: 'CN' }] }],
              sessionPolicy: '{"Statement":{"Effect":"Allow","NotAction":"s3:List*","Resource":"*"}}',
            },
          ],
        },
      ],
    },
  ],
};

let folder = '';
let file = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'postern-can-'));
  file = join(folder, 'account.json');
  writeFileSync(file, JSON.stringify(snapshot));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const can = (args: readonly string[], input?: string) =>
  postern(['can', ...args, '--from', file], input === undefined ? {} : { input });

describe('one request', () => {
  it.each([
    ['allowed', ['s3:GetObject', 'arn:aws:s3:::a/b'], 0, { decision: 'allowed', layer: null }],
    ['whatever the case', ['S3:getobject', 'arn:aws:s3:::a/b'], 0, { decision: 'allowed' }],
    [
      'denied by a statement',
      ['s3:GetObjectAcl', 'arn:aws:s3:::a/b'],
      2,
      { decision: 'denied', denial: 'explicit', layer: 'identity', statements: [{ policy: 'files', at: 3 }] },
    ],
    [
      'not allowed',
      ['s3:DeleteObject', 'arn:aws:s3:::a/b'],
      2,
      { decision: 'denied', denial: 'implicit', layer: 'identity' },
    ],
    ['narrowed by the profile', ['s3:ListBucket', 'arn:aws:s3:::a'], 2, { decision: 'denied', layer: 'session' }],
    [
      'it depends on the network',
      ['sqs:SendMessage', 'arn:aws:sqs:eu-west-1:111122223333:q'],
      3,
      {
        decision: 'conditional',
        conditional: [{ key: 'aws:SourceIp', operator: 'IpAddress', values: ['10.0.0.0/8'] }],
      },
    ],
    [
      'the right network',
      ['sqs:SendMessage', 'arn:aws:sqs:eu-west-1:111122223333:q', '--context', 'aws:sourceip=10.1.2.3'],
      0,
      { decision: 'allowed' },
    ],
    [
      'the key is absent',
      ['sqs:SendMessage', 'arn:aws:sqs:eu-west-1:111122223333:q', '--context', 'aws:SourceIp='],
      2,
      { decision: 'denied' },
    ],
    [
      'a key that somebody has to name',
      ['sqs:SendMessage', 'arn:aws:sqs:eu-west-1:111122223333:q', '--context-complete'],
      2,
      { nearMisses: [{ policy: 'files', at: 2, failing: [{ key: 'aws:SourceIp' }] }] },
    ],
    [
      'every key is absent',
      ['sqs:SendMessage', 'arn:aws:sqs:eu-west-1:111122223333:q', '--context-complete'],
      2,
      { decision: 'denied' },
    ],
    [
      "it depends on the certificate's name",
      ['s3:PutObject', 'arn:aws:s3:::drop/web/x'],
      3,
      { decision: 'conditional', variables: [{ key: 'aws:PrincipalTag/x509Subject/CN', policy: 'files' }] },
    ],
    [
      "the certificate's name",
      ['s3:PutObject', 'arn:aws:s3:::drop/web/x', '--context', 'aws:PrincipalTag/x509Subject/CN=web'],
      0,
      { decision: 'allowed' },
    ],
    [
      'a star in a name is a star',
      ['s3:PutObject', 'arn:aws:s3:::drop/web/x', '--context', 'aws:PrincipalTag/x509Subject/CN=*'],
      2,
      { decision: 'denied' },
    ],
  ])('%s', async (_, words, code, expected) => {
    const ran = await can(['hosts', 'host', ...words, '--format', 'json']);
    expect(JSON.parse(ran.stdout)).toMatchObject(expected);
    expect(ran.code).toBe(code);
  });

  const NOBODY = 'Nobody gets such a session, though: no trust anchor is enabled in its region.';

  it.each([
    [
      's3:GetObjectAcl',
      'arn:aws:s3:::a/b',
      [
        "Denied by a statement of the role's policies: s3:GetObjectAcl on arn:aws:s3:::a/b",
        "  Deny by the role's policies: files, statement 4",
        '    {"Effect":"Deny","Action":"s3:GetObjectAcl","Resource":"*"}',
      ],
    ],
    [
      'sqs:SendMessage',
      'arn:aws:sqs:eu-west-1:111122223333:q',
      [
        "Denied: nothing in the role's policies allows it: sqs:SendMessage on arn:aws:sqs:eu-west-1:111122223333:q",
        "  Allow that does not apply, of the role's policies: files, statement 3",
        '    {"Effect":"Allow","Action":"sqs:SendMessage","Resource":"*","Condition":{"IpAddress":{"aws:SourceIp":"10.0.0.0/8"}}}',
        '    aws:SourceIp IpAddress 10.0.0.0/8 does not hold: aws:SourceIp is 11.0.0.1, as you say',
        "Resource policies are not known: one in the role's account that names the role or its session may allow it all the same.",
      ],
    ],
    [
      's3:PutObject',
      'arn:aws:s3:::drop/web/x',
      [
        "It depends on a condition in the role's policies: s3:PutObject on arn:aws:s3:::drop/web/x",
        "  Allow by the role's policies: files, statement 2",
        '    {"Effect":"Allow","Action":"s3:PutObject","Resource":"arn:aws:s3:::drop/${aws:PrincipalTag/x509Subject/CN}/*"}',
        'It hangs on:',
        '  the value of aws:PrincipalTag/x509Subject/CN in arn:aws:s3:::drop/${aws:PrincipalTag/x509Subject/CN}/* (Allow in files)',
        NOBODY,
        'Resource policies, service control policies and resource control policies are not known and may still deny it.',
      ],
    ],
  ])('says in a few lines who says so: %s', async (action, resource, lines) => {
    const { stdout } = await can(['hosts', 'host', action, resource, '--context', 'aws:SourceIp=11.0.0.1']);
    expect(stdout).toBe(`${lines.join('\n')}\n`);
  });

  it.each([
    [['s3:GetObjct', 'arn:aws:s3:::a/b'], 'AWS documents no action s3:GetObjct: did you mean s3:GetObject'],
    [['foo:Bar', 'arn:aws:foo:::a'], 'AWS documents no service foo'],
    [['s3:GetObject', 'arn:aws:sqs:x:1:q'], 'arn:aws:sqs:x:1:q is no resource of s3:GetObject'],
    [['s3:GetObject', 'arn:aws:s3:::a/*'], 'as it stands'],
    [['s3:ListAllMyBuckets', 'arn:aws:s3:::a'], 'has no resource of its own'],
    [['s3:GetObject', 'arn:aws:s3:::a/b', '--context', 'aws:SourceIpp=1'], 'did you mean aws:SourceIp'],
  ])('notes what is odd: %j', async (words, said) => {
    const { stdout, stderr } = await can(['hosts', 'host', ...words, '--format', 'json']);
    expect(stderr).toContain(said);
    expect(JSON.parse(stdout).notes.join()).toContain(said);
  });

  it.each([
    [['nobody', 'host', 's3:GetObject', '*'], 'there is no profile nobody'],
    [['nobody', 'host', 's3:GetObject', '*'], 'Name one of: hosts'],
    [['hots', 'host', 's3:GetObject', '*'], 'Did you mean hosts?'],
    [['hosts', 'host', 's3:*', '*'], 'is no action'],
    [['hosts', 'host', 's3:GetObject', 's3://a/b'], 's3://a/b is no ARN'],
    [['hosts', 'host', 's3:GetObject', 'foo'], 'foo is no ARN'],
    [['hosts', 'host', 's3:GetObject', '*', '--context', 'SourceIp=10.0.0.1'], 'Did you mean aws:SourceIp'],
    [['hosts', 'host', 's3:GetObject', '*', '--context', 'aws:SourceIp=notanip'], 'is not an IP address: notanip'],
    [['hosts', 'nobody', 's3:GetObject', '*'], 'there is no role nobody in profile hosts'],
    [['hosts', 'gone', 's3:GetObject', '*'], 'does not exist'],
    [['hosts', 'host', 'GetObject', '*'], 'is no action'],
    [['hosts', 'host', 's3:GetObject'], 'needs a profile, a role, an action and a resource'],
    [['hosts', 'host', 's3:GetObject', '*', '--context', 'x'], 'is not key=value'],
    [['hosts', '--requests', '-'], 'the requests come from there'],
  ])('refuses %j', async (words, said) => {
    const { code, stderr } = await can(words);
    expect(stderr).toContain(said);
    expect(code).toBe(1);
  });
});

describe('many requests', () => {
  it('answers each line in its place', async () => {
    const request = {
      profile: 'hosts',
      role: 'host',
      action: 'sqs:SendMessage',
      resource: 'arn:aws:sqs:eu-west-1:1:q',
    };
    const lines = [
      request,
      { ...request, context: { 'aws:SourceIp': ['10.0.0.1'] } },
      { ...request, context: { 'aws:SourceIp': null } },
      { ...request, complete: true },
    ];
    const hostile = JSON.stringify(request).replace('}', ',"context":{"__proto__":"x"}}');
    const input = `${lines.map(line => JSON.stringify(line)).join('\n')}\n${hostile}\nnot json\n`;
    const { stdout, code } = await can(['--requests', '-'], input);
    const answers = stdout
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line));
    expect(answers.map(answer => answer.decision ?? answer.error.slice(0, 13))).toEqual([
      'conditional',
      'allowed',
      'denied',
      'denied',
      'conditional',
      'not JSON',
    ]);
    expect(answers.at(-1)).toEqual({ error: 'not JSON', line: 6, member: null });
    expect(code).toBe(1);
  });

  it('says which member of a request means nothing', async () => {
    const request = { profile: 'hosts', role: 'nobody', action: 's3:GetObject', resource: 'arn:aws:s3:::a/b' };
    const { stdout } = await can(['--requests', '-'], JSON.stringify(request));
    expect(JSON.parse(stdout)).toEqual({ error: 'there is no role nobody in profile hosts', line: 1, member: 'role' });
  });

  it('says which member of a request means nothing', async () => {
    const request = { profile: 'hosts', role: 'nobody', action: 's3:GetObject', resource: 'arn:aws:s3:::a/b' };
    const { stdout } = await can(['--requests', '-'], JSON.stringify(request));
    expect(JSON.parse(stdout)).toEqual({ error: 'there is no role nobody in profile hosts', line: 1, member: 'role' });
  });
});
