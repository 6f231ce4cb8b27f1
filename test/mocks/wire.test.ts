import { describe, expect, test } from 'vitest';
import type { Fault } from '../../mocks/server.ts';
import { escapeXml, xmlDocument } from '../../mocks/wire/xml.ts';
import { ask, askCloudTrail, askForm, pretend } from './pretend.ts';

const ID = '0ace5b12-24b9-427e-a483-c55884852fbf';

describe('signatures', () => {
  const profiles = '/profiles';
  test.each<[string, string, RequestInit, number, string]>([
    ['rest-json', profiles, {}, 403, 'MissingAuthenticationTokenException'],
    [
      'query',
      '/',
      { method: 'POST', body: 'Action=GetCallerIdentity' },
      403,
      '<Code>MissingAuthenticationToken</Code>',
    ],
    [
      'aws-json',
      '/',
      { method: 'POST', body: '{}', headers: { 'x-amz-target': 'x' } },
      400,
      'MissingAuthenticationToken',
    ],
  ])('none: %s', async (_, path, init, status, code) => {
    const response = await fetch((await pretend()).endpoint + path, init);
    expect(response.status).toBe(status);
    expect((response.headers.get('x-amzn-errortype') ?? '') + (await response.text())).toContain(code);
  });

  const good = 'Credential=AK/20261124/eu-west-1/rolesanywhere/aws4_request, SignedHeaders=host;x-amz-date, Signature=';
  test.each([
    ['Basic Zm9vOmJhcg==', 'Unsupported signature algorithm'],
    [`AWS4-HMAC-SHA256 ${good}short`, 'Signature is not 64'],
    [
      'AWS4-HMAC-SHA256 Credential=AK/20261124/aws4_request, SignedHeaders=host, Signature=0',
      'exactly 5 slash-delimited',
    ],
    [`AWS4-HMAC-SHA256 ${good.replace('host;', '')}${'0'.repeat(64)}`, "'Host'"],
    [`AWS4-HMAC-SHA256 ${good.replace('20261124', '20250101')}${'0'.repeat(64)}`, 'X-Amz-Date'],
    ['AWS4-HMAC-SHA256 SignedHeaders=host', "requires 'Credential'"],
  ])('malformed: %s', async (authorization, message) => {
    const response = await ask(await pretend(), {
      service: 'rolesanywhere',
      path: profiles,
      headers: { authorization },
    });
    expect([response.status, response.headers.get('x-amzn-errortype')]).toEqual([403, 'IncompleteSignatureException']);
    expect(await response.json()).toEqual({ message: expect.stringContaining(message) });
  });
});

describe('Roles Anywhere checks what it is asked', () => {
  const long = '1 validation error detected: Value';
  test.each([
    ['/profiles?nextToken=nonsense', 400, 'ValidationException', 'Invalid nextToken'],
    ['/profiles?nextToken=', 400, 'ValidationException', 'greater than or equal to 1'],
    ['/profiles?pageSize=many', 400, 'SerializationException', 'pageSize'],
    ['/profile/short', 400, 'ValidationException', long],
    ['/profile/zzzzzzzz-24b9-427e-a483-c55884852fbf', 400, 'ValidationException', 'regular expression'],
    [`/profile/${ID}`, 404, 'ResourceNotFoundException', ID],
    [`/subject/${ID}`, 404, 'ResourceNotFoundException', ID],
    ['/ListTagsForResource', 400, 'ValidationException', 'resourceArn'],
    [
      `/ListTagsForResource?resourceArn=arn:aws:rolesanywhere:eu-west-1:222233334444:profile/${ID}`,
      404,
      'ResourceNotFoundException',
      ID,
    ],
    ['/nothing/here', 404, 'UnknownOperationException', ''],
    ['/profile/%E0%A4%A', 400, 'ValidationException', long],
  ])('%s', async (path, status, type, message) => {
    const response = await ask(await pretend(), { service: 'rolesanywhere', path });
    expect([response.status, response.headers.get('x-amzn-errortype')]).toEqual([status, type]);
    expect(await response.json()).toEqual({ message: expect.stringContaining(message) });
  });

  test('a token of more than 10,000 characters', async () => {
    const path = `/profiles?nextToken=${'a'.repeat(10_001)}`;
    const response = await ask(await pretend({ story: 'empty' }), { service: 'rolesanywhere', path });
    expect(await response.json()).toEqual({ message: expect.stringContaining('less than or equal to 10000') });
  });

  test('a token is for its own list and region', async () => {
    const aws = await pretend({ pageSize: 1 });
    const { nextToken } = (await (await ask(aws, { service: 'rolesanywhere', path: '/profiles' })).json()) as {
      nextToken: string;
    };
    const again = (path: string, region: string) =>
      ask(aws, { service: 'rolesanywhere', region, path: `${path}?nextToken=${encodeURIComponent(nextToken)}` });
    expect((await again('/profiles', 'eu-west-1')).status).toBe(200);
    expect((await again('/subjects', 'eu-west-1')).status).toBe(400);
    expect((await again('/profiles', 'us-east-1')).status).toBe(400);
  });
});

describe('pages', () => {
  test.each([1, 2, 3, 50])('of %i give everything once', async pageSize => {
    const aws = await pretend({ pageSize });
    const names: string[] = [];
    let token: string | undefined;
    do {
      const path = `/profiles?pageSize=100${token === undefined ? '' : `&nextToken=${encodeURIComponent(token)}`}`;
      const page = (await (await ask(aws, { service: 'rolesanywhere', path })).json()) as {
        profiles: { name: string }[];
        nextToken?: string;
      };
      expect(page.profiles.length).toBeLessThanOrEqual(pageSize);
      names.push(...page.profiles.map(({ name }) => name));
      token = page.nextToken;
    } while (token !== undefined);
    expect(names).toEqual([
      'erp-export',
      'web-assets',
      'log-shipper',
      'backup-agent',
      'payroll',
      'vault-agent',
      'vault-dynamic',
    ]);
    expect(aws.requests).toHaveLength(Math.ceil(7 / pageSize));
  });
});

describe('LookupEvents', () => {
  const attribute = (AttributeKey: string, AttributeValue: string) => ({
    LookupAttributes: [{ AttributeKey, AttributeValue }],
  });
  test.each([
    [
      {
        LookupAttributes: [
          { AttributeKey: 'EventName', AttributeValue: 'x' },
          { AttributeKey: 'ReadOnly', AttributeValue: 'true' },
        ],
      },
      'InvalidLookupAttributesException',
    ],
    [attribute('Colour', 'red'), 'InvalidLookupAttributesException'],
    [attribute('EventName', ''), 'InvalidLookupAttributesException'],
    [{ LookupAttributes: [null] }, 'InvalidLookupAttributesException'],
    [{ MaxResults: 51 }, 'InvalidMaxResultsException'],
    [{ StartTime: 20, EndTime: 10 }, 'InvalidTimeRangeException'],
    [{ NextToken: 'nonsense' }, 'InvalidNextTokenException'],
    [{ EventCategory: 'data' }, 'InvalidEventCategoryException'],
    [[], 'SerializationException'],
  ])('%j', async (input, type) => {
    const response = await askCloudTrail(await pretend(), input);
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({ __type: type, message: expect.any(String) });
  });

  interface Found {
    readonly Events: { readonly EventName: string; readonly EventTime: number; readonly ReadOnly: string }[];
    readonly NextToken?: string;
  }
  const found = async (input: unknown, region = 'eu-west-1'): Promise<Found> =>
    (await (await askCloudTrail(await pretend({ story: 'break-in' }), input, region)).json()) as Found;
  const ATTACK = ['UpdateAssumeRolePolicy', 'GetRole', 'CreateUser', 'ListRoles', 'GetCallerIdentity'];
  test.each([
    ['EventName', 'UpdateAssumeRolePolicy', ['UpdateAssumeRolePolicy']],
    ['Username', 'dev-ci', ATTACK],
    ['ReadOnly', 'false', ['UpdateAssumeRolePolicy', 'CreateUser', 'CreateSession']],
    ['ResourceName', 'Administrator', ['UpdateAssumeRolePolicy', 'GetRole']],
    ['EventSource', 'iam.amazonaws.com', ['UpdateAssumeRolePolicy', 'GetRole', 'CreateUser', 'ListRoles']],
    ['EventSource', 'sts.amazonaws.com', ['GetCallerIdentity', 'AssumeRole']],
  ])('%s is %s in us-east-1', async (key, value, names) => {
    const { Events } = await found(attribute(key, value), 'us-east-1');
    expect(Events.map(({ EventName }) => EventName)).toEqual(names);
  });

  test('a token is for the same question only', async () => {
    const aws = await pretend({ pageSize: 2 });
    const source = attribute('EventSource', 'rolesanywhere.amazonaws.com');
    const { NextToken } = (await (await askCloudTrail(aws, source)).json()) as Found;
    expect((await askCloudTrail(aws, { ...source, NextToken })).status).toBe(200);
    expect((await askCloudTrail(aws, { ...attribute('EventSource', 'iam.amazonaws.com'), NextToken })).status).toBe(
      400,
    );
    expect((await askCloudTrail(aws, { ...source, EndTime: 1_790_000_000, NextToken })).status).toBe(400);
  });
});

describe('IAM', () => {
  test.each([
    [{ Action: 'GetRole', RoleName: 'nobody' }, 404, 'NoSuchEntity'],
    [{ Action: 'GetRole' }, 400, 'ValidationError'],
    [{ Action: 'GetPolicy', PolicyArn: 'not an arn, and long enough' }, 400, 'InvalidInput'],
    [
      { Action: 'GetPolicyVersion', PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess', VersionId: 'v9' },
      404,
      'NoSuchEntity',
    ],
    [{ Action: 'GetRolePolicy', RoleName: 'payroll', PolicyName: 'x' }, 404, 'NoSuchEntity'],
    [{ Action: 'ListRoles', MaxItems: '1001' }, 400, 'ValidationError'],
    [{ Action: 'ListRoles', Marker: 'nonsense' }, 400, 'ValidationError'],
    [{ Action: 'GetAccountAuthorizationDetails', 'Filter.member.1': 'Roles' }, 400, 'ValidationError'],
    [{ Action: 'CreateUser', UserName: 'eve' }, 403, 'AccessDenied'],
  ])('%j', async (parameters, status, code) => {
    const response = await askForm(await pretend(), 'iam', parameters);
    expect(response.status).toBe(status);
    expect(await response.text()).toContain(`<Code>${code}</Code>`);
  });

  test('policy documents are URL-encoded after RFC 3986', async () => {
    const body = await (
      await askForm(await pretend(), 'iam', {
        Action: 'GetRolePolicy',
        RoleName: 'web-assets',
        PolicyName: 'web-assets',
      })
    ).text();
    const document = /<PolicyDocument>(.*?)<\/PolicyDocument>/.exec(body)?.[1] ?? '';
    expect(document).toMatch(/^[A-Za-z0-9%._~-]+$/);
    expect(document).toContain('globex-web-assets%2F%2A');
  });
});

describe('faults', () => {
  const listWith = async (...faults: readonly Fault[]) =>
    ask(await pretend({ faults }), { service: 'rolesanywhere', path: '/profiles' });
  const operation = 'rolesanywhere:ListProfiles';

  test.each(['reset', 'truncated'] as const)('%s: the client has no answer', async kind => {
    await expect(listWith({ operation, kind }).then(response => response.text())).rejects.toThrow();
  });
  test('hang: no answer, and the server closes all the same', async () => {
    const aws = await pretend({ faults: [{ operation, kind: 'hang' }] });
    const answer = ask(aws, { service: 'rolesanywhere', path: '/profiles' });
    const state = await Promise.race([answer, new Promise(resolve => setTimeout(resolve, 100, 'silence'))]);
    expect(state).toBe('silence');
    await aws.close();
    await expect(answer).rejects.toThrow();
    expect(aws.requests).toMatchObject([{ operation: 'ListProfiles', status: 0 }]);
  });
  test.each([
    ['garbage', '<!DOCTYPE html>'],
    ['malformed-shape', '{"profiles":[7'],
    ['empty', ''],
  ] as const)('%s: 200, and not what was asked for', async (kind, start) => {
    const response = await listWith({ operation, kind });
    expect(response.status).toBe(200);
    expect((await response.text()).slice(0, start.length || 1)).toBe(start);
  });
  test.each<[string, Fault, number[]]>([
    ['always', { operation, kind: 'throttle' }, [429, 429, 429]],
    ['the first two', { operation, kind: 'throttle', times: 2 }, [429, 429, 200]],
    ['the second', { operation, kind: 'error500', skip: 1, times: 1 }, [200, 500, 200]],
    ['another operation', { operation: 'rolesanywhere:ListCrls', kind: 'throttle' }, [200, 200, 200]],
    ['a pattern', { operation: 'rolesanywhere:List*', kind: 'throttle' }, [429, 429, 429]],
    ['another service', { operation: 'iam:*', kind: 'throttle' }, [200, 200, 200]],
    ['another region', { operation: '*', region: 'us-east-1', kind: 'throttle' }, [200, 200, 200]],
  ])('%s', async (_, fault, statuses) => {
    const aws = await pretend({ faults: [fault] });
    for (let n = 0; n < 3; n++) await ask(aws, { service: 'rolesanywhere', path: '/profiles' });
    expect(aws.requests.map(({ status }) => status)).toEqual(statuses);
  });
  test('only about one thing', async () => {
    const aws = await pretend({ faults: [{ operation: 'iam:GetRole', resource: 'payroll', kind: 'AccessDenied' }] });
    for (const RoleName of ['payroll', 'erp-export']) await askForm(aws, 'iam', { Action: 'GetRole', RoleName });
    expect(aws.requests.map(({ resource, status }) => [resource, status])).toEqual([
      ['payroll', 403],
      ['erp-export', 200],
    ]);
  });
});

describe("AWS's limits", () => {
  test('one request a second for each family and region, two for LookupEvents', async () => {
    const aws = await pretend({ limits: 'aws' });
    expect(aws.pace).toBe('aws');
    const get = (path: string, region = 'eu-west-1') => ask(aws, { service: 'rolesanywhere', path, region });
    for (const path of ['/profiles', '/profiles', '/trustanchors', '/crls', '/subjects']) await get(path);
    await get('/profiles', 'us-east-1');
    for (let n = 0; n < 3; n++) await askCloudTrail(aws, {});
    expect(aws.requests.map(({ status }) => status)).toEqual([200, 429, 200, 200, 200, 200, 200, 200, 400]);
    await new Promise(resolve => setTimeout(resolve, 1000));
    expect((await get('/profiles')).status).toBe(200);
  });
});

describe('latency', () => {
  test('every answer takes that long', async () => {
    const aws = await pretend({ latencyMs: 120 });
    const start = performance.now();
    await ask(aws, { service: 'rolesanywhere', path: '/profiles' });
    expect(performance.now() - start).toBeGreaterThan(115);
  });
});

describe('XML', () => {
  test.each([
    ['a<b>&"\'', 'a&#x3C;b&#x3E;&#x26;&#x22;&#x27;'],
    ['line\r\n\ttab', 'line&#xD;&#xA;&#x9;tab'],
    ['\u0000\u0007\u001b[31mred\ufffe', '[31mred'],
    ['\ud800 half', '\ufffd half'],
    ['üñ😀', 'üñ😀'],
  ])('%j', (text, escaped) => expect(escapeXml(text)).toBe(escaped));

  test('lists, nothing, and a namespace', () => {
    const text = xmlDocument('R', { A: ['x', 1], B: undefined, C: [], D: true }, { namespace: 'urn:x' });
    expect(text).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n<R xmlns="urn:x"><A><member>x</member><member>1</member></A><C></C><D>true</D></R>\n',
    );
  });
});
