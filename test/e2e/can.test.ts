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
      'every key is absent',
      ['sqs:SendMessage', 'arn:aws:sqs:eu-west-1:111122223333:q', '--context-complete'],
      2,
      { decision: 'denied' },
    ],
    [
      "it depends on the certificate's name",
      ['s3:PutObject', 'arn:aws:s3:::drop/web/x'],
      3,
      { decision: 'conditional' },
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

  it('says in a few lines who says so', async () => {
    const { stdout } = await can(['hosts', 'host', 's3:GetObjectAcl', 'arn:aws:s3:::a/b']);
    expect(stdout).toBe(
      [
        "Denied by a statement of the role's policies: s3:GetObjectAcl on arn:aws:s3:::a/b",
        "  Deny by the role's policies: files, statement 4",
        '    {"Effect":"Deny","Action":"s3:GetObjectAcl","Resource":"*"}',
        '',
      ].join('\n'),
    );
  });

  it.each([
    [['nobody', 'host', 's3:GetObject', '*'], 'there is no profile nobody'],
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
      'not a request',
    ]);
    expect(code).toBe(1);
  });
});
