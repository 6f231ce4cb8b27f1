import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rootAuthority } from '../../mocks/pki/authority.ts';
import { compare } from '../../src/commands/compare.ts';
import { parseCommandLine } from '../../src/commands/parse.ts';

const ACCOUNT = '111122223333';
const ROLE = `arn:aws:iam::${ACCOUNT}:role/web`;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'postern-compare-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

/** What the command prints, without the folder's name, and its exit code. */
async function run(a: unknown, b: unknown, ...flags: readonly string[]): Promise<{ text: string; code: number }> {
  const output = join(folder, 'out');
  const argv = ['compare', file('a.json', a), file('b.json', b), '--output', output, ...flags];
  const invocation = parseCommandLine(argv);
  if (invocation.kind !== 'run') throw new Error('this is a run');
  const code = await compare({ arguments: invocation.arguments, options: invocation.options });
  return { text: readFileSync(output, 'utf8').replaceAll(`${folder}/`, ''), code };
}

function policy(...Statement: readonly object[]): object {
  return { Version: '2012-10-17', Statement };
}

const READ = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/*' };
const WRITE = { ...READ, Sid: 'Write', Action: 's3:PutObject' };
const AT_HOME = { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } };

describe('postern compare', () => {
  it('says that there is nothing new', async () => {
    expect(await run(policy(READ, WRITE), policy(READ))).toEqual({
      code: 0,
      text: `No new access: B allows nothing that A does not.
Assumptions:
  Resource policies are not examined.
`,
    });
  });

  it('does not know what a policy means in which a name stands twice', async () => {
    const all =
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Action":"s3:GetObject","Resource":"*"}]}';
    const { text, code } = await run(policy(READ), all);
    expect(code).toBe(3);
    expect(text).toContain('B: not known, and may allow more: b.json ("Action" is there twice at 1:69).');
    await expect(run(policy(READ), `{"PolicyDocument":${all}}`)).rejects.toThrow(
      'b.json has "Action" twice in one object',
    );
    const layers = `{"identity":[{"name":"a","document":${all}}],"identity":[]}`;
    await expect(run(policy(READ), layers)).rejects.toThrow(/has "Action" twice/);
  });

  it('shows what is new', async () => {
    expect(await run(policy(READ, { ...WRITE, Condition: AT_HOME }), policy(READ, WRITE))).toEqual({
      code: 2,
      text: `New access: B allows what A does not.
  s3:PutObject on arn:aws:s3:::b/x
    where not aws:SourceIp IpAddress 10.0.0.0/8
  B allows by identity policy b.json, statement 2 (Write):
    {"Effect":"Allow","Action":"s3:PutObject","Resource":"arn:aws:s3:::b/*","Sid":"Write"}
Assumptions:
  Resource policies are not examined.
`,
    });
  });

  it('says why it does not know', async () => {
    const odd = { ...READ, Condition: { StringIs: { k: 'v' } } };
    expect(await run(policy(odd), policy(READ))).toEqual({
      code: 3,
      text: `Not known whether B allows anything that A does not.
Assumptions:
  The condition StringIs k v could not be weighed.
  Resource policies are not examined.
`,
    });
  });

  it('answers programs', async () => {
    const { text, code } = await run(policy(WRITE, { ...WRITE, Effect: 'Deny' }), policy(WRITE), '--format', 'json');
    expect(code).toBe(2);
    expect(JSON.parse(text)).toEqual({
      newAccess: true,
      witness: { action: 's3:PutObject', resource: 'arn:aws:s3:::b/x', conditions: [] },
      statements: [
        expect.objectContaining({ layer: 'identity', at: 1, sid: 'Write', effect: 'Deny' }),
        expect.objectContaining({ layer: 'identity', at: 0, effect: 'Allow', statement: JSON.stringify(WRITE) }),
      ],
      assumptions: ['Resource policies are not examined.'],
    });
    expect(JSON.parse((await run(policy(), policy(), '--format', 'json')).text)).toMatchObject({
      newAccess: false,
      witness: null,
      statements: [],
    });
  });

  it.each<[string, unknown]>([
    ['URL-encoded text', encodeURIComponent(JSON.stringify(policy(READ)))],
    ['text after a byte order mark', `\uFEFF${JSON.stringify(policy(READ))}`],
    ['what get-policy-version prints', { PolicyVersion: { Document: policy(READ), VersionId: 'v1' } }],
    ['what get-role-policy prints', { RoleName: 'web', PolicyName: 'p', PolicyDocument: policy(READ) }],
    ['a stack of layers', { identity: [{ name: 'p', document: policy(READ) }] }],
  ])('reads %s', async (_, content) => {
    expect((await run(policy(READ), content)).code).toBe(0);
    expect((await run(policy(), content)).code).toBe(2);
  });

  it.each<[string, object, number]>([
    ['a boundary', { boundary: [{ name: 'p', document: policy(WRITE) }] }, 0],
    ['a wide session policy', { session: [{ name: 'p', document: policy(READ) }] }, 2],
    [
      'SCPs of two levels',
      { scp: [[{ name: 'p', document: policy(READ) }], [{ name: 'q', document: policy(WRITE) }]] },
      0,
    ],
    [
      'an SCP of one level',
      {
        scp: [
          [
            { name: 'p', document: policy(READ) },
            { name: 'q', document: policy(WRITE) },
          ],
        ],
      },
      2,
    ],
    ['an RCP, which has a Principal', { rcp: [[{ name: 'p', document: policy({ ...READ, Principal: '*' }) }]] }, 2],
    ['a layer that allows nothing', { boundary: [] }, 0],
    ['a policy that could not be read', { boundary: [{ name: 'p', document: null }] }, 3],
    ['a policy that cannot be parsed', { boundary: [{ name: 'p', document: 'x' }] }, 3],
  ])('adds %s', async (_, layers, expected) => {
    const identity = [{ name: 'p', document: policy(READ) }];
    expect((await run(policy(), { identity, ...layers })).code).toBe(expected);
  });

  it.each<[string, unknown, RegExp]>([
    ['text', 'not a policy', /no policy/],
    ['an empty object', {}, /no policy/],
    ['an unknown layer', { identity: [], acl: [] }, /no file of layers/],
    ['a layer of documents', { identity: [policy(READ)] }, /no file of layers/],
    ['nested without end', `${'['.repeat(2_000)}${']'.repeat(2_000)}`, /nested too deeply/],
    [
      'a snapshot and a policy',
      { postern: 'snapshot/1', takenAt: '2026-11-01T00:00:00Z', accounts: [] },
      /cannot be compared/,
    ],
  ])('refuses %s', async (_, content, message) => {
    await expect(run(policy(READ), content)).rejects.toThrow(message);
  });

  it.each<[string, unknown, RegExp]>([
    [
      'an Effect that is none',
      { Statement: { ...READ, Effect: 'allow' } },
      /Effect is neither Allow nor Deny at \/Statement\/Effect/,
    ],
    ['a Principal', policy({ ...READ, Principal: '*' }), /Principal/],
    ['half of it missing', '{"Version":"2012-10-17","Statement":[{"Effect":"Allow"', /not JSON at 1:\d+/],
  ])('does not know what a policy means that has %s', async (_, content, why) => {
    const { code, text } = await run(policy(READ), content);
    expect(code).toBe(3);
    expect(text).toMatch(why);
  });

  it('prints no control characters', async () => {
    const { text } = await run(policy(), policy({ ...READ, Sid: 'a\u001b[2Jb' }));
    expect(text).toContain('a\\x1b[2Jb');
    expect(text).not.toContain('\u001b');
  });

  describe('snapshots', () => {
    const profile = (name: string, more: object = {}) => ({
      profileId: name,
      profileArn: `arn:aws:rolesanywhere:eu-west-1:${ACCOUNT}:profile/${name}`,
      name,
      enabled: true,
      roleArns: [ROLE],
      ...more,
    });
    const trust = (Condition: object = {}) => ({
      Version: '2012-10-17',
      Statement: {
        Effect: 'Allow',
        Principal: { Service: 'rolesanywhere.amazonaws.com' },
        Action: ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'],
        Condition,
      },
    });
    const anchor = (name: string, more: object = {}) => ({
      trustAnchorId: name,
      trustAnchorArn: `arn:aws:rolesanywhere:eu-west-1:${ACCOUNT}:trust-anchor/${name}`,
      name,
      enabled: true,
      source: { sourceType: 'AWS_ACM_PCA', sourceData: { acmPcaArn: 'arn:aws:acm-pca:x' } },
      ...more,
    });
    const overCa = (...names: readonly string[]) => {
      const notAfter = new Date(names[0] === 'ended' ? '2026-01-02T00:00:00Z' : '2030-01-01T00:00:00Z');
      const dates = { notBefore: new Date('2026-01-01T00:00:00Z'), notAfter };
      const cas = names.map(name => rootAuthority({ subject: [['CN', name]], ...dates }));
      const x509CertificateData = cas.map(({ pem }) => pem).join('');
      return anchor('plant', { source: { sourceType: 'CERTIFICATE_BUNDLE', sourceData: { x509CertificateData } } });
    };
    const crl = (name: string, more: object = {}) => ({
      crlId: name,
      crlArn: `arn:aws:rolesanywhere:eu-west-1:${ACCOUNT}:crl/${name}`,
      name,
      enabled: true,
      trustAnchorArn: anchor('plant').trustAnchorArn,
      ...more,
    });
    const role = (document: unknown, more: object = {}) => ({
      RoleName: 'web',
      Arn: ROLE,
      AssumeRolePolicyDocument: trust(),
      RolePolicyList: [{ PolicyName: 'own', PolicyDocument: document }],
      AttachedManagedPolicies: [],
      RoleLastUsed: {},
      ...more,
    });
    const snapshot = (document: unknown, profiles: readonly object[] | undefined, more: object = {}) => ({
      postern: 'snapshot/1',
      takenAt: '2026-11-01T00:00:00Z',
      accounts: [
        {
          id: ACCOUNT,
          roles: [role(document)],
          policies: [],
          regions: [{ name: 'eu-west-1', profiles, trustAnchors: [anchor('plant')], crls: [] }],
          ...more,
        },
      ],
    });
    const [both, one] = [[profile('a'), profile('b')], [profile('a')]];

    it.each<[string, object, object, number]>([
      ['the same', snapshot(policy(READ), both), snapshot(policy(READ), both), 0],
      ['a role that may do more', snapshot(policy(READ), both), snapshot(policy(READ, WRITE), both), 2],
      ['a role that may do less', snapshot(policy(READ, WRITE), both), snapshot(policy(READ), both), 0],
      ['a path that is new', snapshot(policy(READ), one), snapshot(policy(READ), both), 2],
      ['a path that is new and allows nothing', snapshot(policy(), one), snapshot(policy(), both), 0],
      ['a path that is gone', snapshot(policy(READ), both), snapshot(policy(READ), one), 0],
      [
        'a profile that is enabled now',
        snapshot(policy(READ), [profile('a', { enabled: false })]),
        snapshot(policy(READ), one),
        2,
      ],
      [
        'a session policy that is gone',
        snapshot(policy(READ), [profile('a', { sessionPolicy: JSON.stringify(policy(WRITE)) })]),
        snapshot(policy(READ), one),
        2,
      ],
      ['profiles that nobody asked for before', snapshot(policy(READ), undefined), snapshot(policy(READ), one), 3],
      [
        'regions that nobody asked for before',
        snapshot(policy(READ), [], { regions: [], notAsked: ['regions'] }),
        snapshot(policy(READ), one),
        3,
      ],
      ['a role that does not exist', snapshot(policy(READ), one), snapshot(policy(READ), one, { roles: [] }), 0],
      [
        'a role that could not be read',
        snapshot(policy(READ), one),
        snapshot(policy(READ), one, {
          roles: [],
          unread: [{ operation: 'iam:GetRole', resource: ROLE, error: 'AccessDenied', message: '' }],
        }),
        3,
      ],
    ])('%s', async (_, a, b, expected) => {
      const { code, text } = await run(a, b, '--format', 'json');
      expect(code, text).toBe(expected);
    });

    it.each([
      [
        'another account',
        { id: '444455556666' },
        `They have no account in common: A holds ${ACCOUNT}, B 444455556666.`,
      ],
      ['the same account', {}, undefined],
    ])('of %s', async (_, more, expected) => {
      const [a, b] = [snapshot(policy(READ), one), snapshot(policy(READ), one, more)];
      const { text } = await run(a, b);
      expect(text.split('\n')[2]?.startsWith('They have no account in common')).toBe(expected !== undefined);
      if (expected !== undefined) expect(text).toContain(expected);
      const json: unknown = JSON.parse((await run(a, b, '--format', 'json')).text);
      const apart = expected === undefined ? null : { a: [ACCOUNT], b: ['444455556666'] };
      expect(json).toMatchObject({ apart });
    });

    it('tells the paths apart', async () => {
      const [a, b] = [snapshot(policy(READ), one), snapshot(policy(READ), both)];
      expect(await run(a, b)).toEqual({
        code: 2,
        text: `New access: B allows what A does not.
New entrants: B lets in certificates that A keeps out.

arn:aws:rolesanywhere:eu-west-1:${ACCOUNT}:profile/b -> ${ROLE}
  New access: B allows what A does not.
    s3:GetObject on arn:aws:s3:::b/x
    B allows by identity policy own, statement 1:
      ${JSON.stringify(READ)}
  New entrants: B lets in certificates that A keeps out.
    A lets nobody in by plant (arn:aws:rolesanywhere:eu-west-1:${ACCOUNT}:trust-anchor/plant); B lets in any certificate of any trust anchor
Assumptions:
  Resource policies are not examined.
`,
      });
      expect(JSON.parse((await run(a, b, '--format', 'json')).text)).toMatchObject({
        newAccess: true,
        newEntrants: true,
        witness: { action: 's3:GetObject' },
        paths: [
          { path: expect.stringContaining('profile/a -> '), newAccess: false, witness: null },
          { path: expect.stringContaining('profile/b -> '), newAccess: true, statements: [{ policy: 'own' }] },
        ],
      });
    });

    it('knows what every session of a path has', async () => {
      const condition = (type: string) => ({ ...WRITE, Condition: { StringEquals: { 'aws:PrincipalType': type } } });
      const a = snapshot(policy(READ), one);
      expect((await run(a, snapshot(policy(READ, condition('User')), one))).code).toBe(0);
      expect((await run(a, snapshot(policy(READ, condition('AssumedRole')), one))).code).toBe(2);
    });

    it('tells the tags of a role apart', async () => {
      const byTeam = { ...READ, Condition: { StringEquals: { 'aws:PrincipalTag/team': 'web' } } };
      const of = (team: string) =>
        snapshot(policy(byTeam), one, { roles: [role(policy(byTeam), { Tags: [{ Key: 'team', Value: team }] })] });
      expect((await run(of('db'), of('web'))).code).toBe(2);
      expect((await run(of('web'), of('db'))).code).toBe(0);
    });

    describe('who gets in', () => {
      const CN = 'aws:PrincipalTag/x509Subject/CN';
      const mapped = { attributeMappings: [{ certificateField: 'x509Subject', mappingRules: [{ specifier: 'CN' }] }] };
      interface Gate {
        readonly condition?: object | undefined;
        readonly anchors?: readonly object[] | undefined;
        readonly crls?: readonly object[] | undefined;
        readonly mapping?: object;
      }
      const gated = ({ condition = {}, anchors = [anchor('plant')], crls = [], mapping = mapped }: Gate) =>
        snapshot(policy(READ), undefined, {
          roles: [role(policy(READ), { AssumeRolePolicyDocument: trust(condition) })],
          regions: [{ name: 'eu-west-1', profiles: [profile('a', mapping)], trustAnchors: anchors, crls }],
        });
      const named = (operator: string, ...values: readonly string[]) => ({ [operator]: { [CN]: values } });
      const dated = (operator: string, year: number) => ({
        [operator]: { 'aws:CurrentTime': `${year}-01-01T00:00:00Z` },
      });
      const withOffice = [anchor('plant'), anchor('office', { enabled: false })];
      const byEither = { ArnLike: { 'aws:SourceArn': ['plant', 'off*'].map(name => anchor(name).trustAnchorArn) } };
      const byAnchor = { ArnEquals: { 'aws:SourceArn': anchor('plant').trustAnchorArn } };

      it.each<[string, Gate, Gate, number]>([
        ['the same', { condition: named('StringEquals', 'web') }, { condition: named('StringEquals', 'web') }, 0],
        ['a condition less', { condition: named('StringEquals', 'web') }, {}, 2],
        ['a condition more', {}, { condition: named('StringEquals', 'web') }, 0],
        [
          'one of two names',
          { condition: named('StringEquals', 'web', 'db') },
          { condition: named('StringEquals', 'web') },
          0,
        ],
        [
          'a name more',
          { condition: named('StringEquals', 'web') },
          { condition: named('StringEquals', 'web', 'db') },
          2,
        ],
        ['a wider pattern', { condition: named('StringLike', 'web-*') }, { condition: named('StringLike', '*') }, 2],
        ['held to another trust anchor', { condition: byAnchor }, { condition: byAnchor }, 0],
        [
          'held to one trust anchor of two',
          { condition: byAnchor, anchors: [anchor('plant'), anchor('office')] },
          { anchors: [anchor('plant'), anchor('office')] },
          2,
        ],
        ['a trust anchor more', {}, { anchors: [anchor('plant'), anchor('office')] }, 2],
        [
          'a trust anchor more, to which the gate is closed',
          { condition: byAnchor },
          { condition: byAnchor, anchors: [anchor('plant'), anchor('office')] },
          0,
        ],
        ['a trust anchor that is enabled now', { anchors: [anchor('plant', { enabled: false })] }, {}, 2],
        ['a trust anchor less', { anchors: [anchor('plant'), anchor('office')] }, {}, 0],
        [
          'another CA',
          {},
          {
            anchors: [
              anchor('plant', {
                source: { sourceType: 'AWS_ACM_PCA', sourceData: { acmPcaArn: 'arn:aws:acm-pca:y' } },
              }),
            ],
          },
          3,
        ],
        ['the same CA of its own', { anchors: [overCa('one')] }, { anchors: [overCa('one')] }, 0],
        ['another CA that signed itself', { anchors: [overCa('one')] }, { anchors: [overCa('two')] }, 2],
        ['one more of those in the bundle', { anchors: [overCa('one')] }, { anchors: [overCa('one', 'two')] }, 2],
        [
          'one that another trust anchor had',
          { anchors: [overCa('one'), anchor('office', { source: overCa('two').source })] },
          { anchors: [overCa('two')] },
          3,
        ],
        ['a trust anchor whose CA has ended', { anchors: [] }, { anchors: [overCa('ended')] }, 0],
        ['a trust anchor whose CA goes on', { anchors: [] }, { anchors: [overCa('one')] }, 2],
        ['one in the place of a private CA that nobody read', {}, { anchors: [overCa('two')] }, 3],
        [
          'a tag that is not mapped any more',
          { condition: named('StringNotEquals', 'web') },
          { condition: named('StringNotEquals', 'web'), mapping: { attributeMappings: [] } },
          3,
        ],
        ...(
          [
            ['any trust anchor', '*', 2],
            ['trust anchors of a pattern', `arn:aws:rolesanywhere:eu-west-1:${ACCOUNT}:trust-anchor/ab*`, 2],
            ['trust anchors of another region', `arn:aws:rolesanywhere:us-*:${ACCOUNT}:trust-anchor/*`, 0],
            ['a trust anchor that is not there', anchor('later').trustAnchorArn, 0],
            ['one of another region', anchor('plant').trustAnchorArn.replace('eu-west-1', 'us-east-1'), 0],
          ] as const
        ).flatMap(([name, arn, expected]): [string, Gate, Gate, number][] => {
          const opened = { StringLike: { 'aws:SourceArn': [anchor('plant').trustAnchorArn, arn] } };
          const anchors: object[] = [];
          return [
            [`opened to ${name}`, { condition: byAnchor }, { condition: opened }, expected],
            [
              `opened to ${name}, where there is none`,
              { condition: byAnchor, anchors },
              { condition: opened, anchors },
              expected,
            ],
            [`not open to ${name} any more`, { condition: opened }, { condition: byAnchor }, 0],
          ];
        }),
        [
          'opened to a trust anchor that is disabled',
          { condition: byAnchor, anchors: withOffice },
          { condition: byEither, anchors: withOffice },
          2,
        ],
        [
          'a trust anchor that is disabled now',
          { condition: byEither, anchors: [anchor('plant'), anchor('office')] },
          { condition: byEither, anchors: withOffice },
          0,
        ],
        ['held to no trust anchor any more', { condition: byAnchor }, {}, 2],
        [
          'held to a name by trust anchors that are not there, too',
          { condition: { ...byAnchor, ...named('StringEquals', 'web') } },
          { condition: named('StringEquals', 'web') },
          2,
        ],
        [
          'a Deny of trust anchors of a pattern less',
          { condition: { StringNotLike: { 'aws:SourceArn': '*:trust-anchor/ab*' } } },
          {},
          2,
        ],
        [
          'a trust anchor that is not there by a key that nobody knows',
          { condition: byAnchor },
          { condition: { StringEquals: { 'aws:SourceOrgID': 'o-1' } } },
          3,
        ],
        [
          'anybody, from a date on',
          { condition: named('StringEquals', 'web') },
          { condition: { ...named('StringLike', '*'), ...dated('DateGreaterThan', 2040) } },
          2,
        ],
        [
          'from an earlier date on',
          { condition: dated('DateGreaterThan', 2041) },
          { condition: dated('DateGreaterThan', 2040) },
          2,
        ],
        [
          'from a later date on',
          { condition: dated('DateGreaterThan', 2040) },
          { condition: dated('DateGreaterThan', 2041) },
          0,
        ],
        [
          'until a later date',
          { condition: dated('DateLessThan', 2040) },
          { condition: dated('DateLessThan', 2041) },
          2,
        ],
        [
          'until an earlier date',
          { condition: dated('DateLessThan', 2041) },
          { condition: dated('DateLessThan', 2040) },
          0,
        ],
        [
          'opened to any trust anchor, from a date on',
          { condition: { ...byAnchor, ...dated('DateGreaterThan', 2040) } },
          { condition: dated('DateGreaterThan', 2040) },
          2,
        ],
        [
          'at times that are told as text',
          { condition: named('StringEquals', 'web') },
          { condition: { StringLike: { 'aws:CurrentTime': '2040-*' } } },
          3,
        ],
        ['a revocation list less', { crls: [crl('old')] }, {}, 3],
        ['a revocation list that is disabled', { crls: [crl('old')] }, { crls: [crl('old', { enabled: false })] }, 3],
        ['a revocation list more', {}, { crls: [crl('new')] }, 0],
      ])('%s', async (_, a, b, expected) => {
        const { code, text } = await run(gated(a), gated(b));
        expect(code, text).toBe(expected);
      });

      it.each<[string, object]>([
        ['trust anchors', { trustAnchors: undefined, crls: [] }],
        ['revocation lists', { trustAnchors: [anchor('plant')], crls: undefined }],
      ])('%s that nobody asked for', async (_, region) => {
        const of = snapshot(policy(READ), undefined, {
          regions: [{ name: 'eu-west-1', profiles: [profile('a')], ...region }],
        });
        expect((await run(of, of)).code).toBe(3);
      });

      it('takes for granted what a revocation list that was replaced revokes', async () => {
        const [a, b] = ['b2xk', 'bmV3'].map(crlData => gated({ crls: [crl('list', { crlData })] }));
        const { code, text } = await run(a, b);
        expect(code).toBe(0);
        expect(text).toContain('list was replaced, and is taken to revoke no less of plant');
      });

      it('is said of a trust anchor that is disabled', async () => {
        const [a, b] = [byAnchor, byEither].map(condition => gated({ condition, anchors: withOffice }));
        expect((await run(a!, b!)).text).toContain(
          `by office (${anchor('office').trustAnchorArn}), once it is enabled, A lets in no`,
        );
      });

      it('is said by each trust anchor', async () => {
        const [a, b] = [gated({ condition: named('StringEquals', 'web') }), gated({})];
        const because = `by plant (${anchor('plant').trustAnchorArn}) A lets in subject CN is web; B lets in any certificate of any trust anchor`;
        expect((await run(a, b)).text).toBe(`No new access: B allows nothing that A does not.
New entrants: B lets in certificates that A keeps out.

arn:aws:rolesanywhere:eu-west-1:${ACCOUNT}:profile/a -> ${ROLE}
  New entrants: B lets in certificates that A keeps out.
    ${because}
Assumptions:
  Resource policies are not examined.
`);
        expect(JSON.parse((await run(a, b, '--format', 'json')).text)).toMatchObject({
          newAccess: false,
          newEntrants: true,
          paths: [{ newAccess: false, newEntrants: true, because: [because] }],
        });
      });
    });
  });
});
