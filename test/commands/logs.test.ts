import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Fault, PretendAwsOptions } from '../../mocks/server.ts';
import type { ReadProblem } from '../../src/cloudtrail/read.ts';
import { openLogs } from '../../src/commands/logs.ts';
import { pretend } from '../mocks/pretend.ts';

const log = (...names: readonly string[]) =>
  gzipSync(JSON.stringify({ Records: names.map(eventName => ({ eventName, eventID: eventName })) }));

const DAY = 'AWSLogs/111122223333/CloudTrail/eu-west-1/2026/11/23';
const TRAIL = {
  [`${DAY}/b.json.gz`]: log('C', 'D'),
  [`${DAY}/a.json.gz`]: log('A', 'B'),
  [`${DAY}/ä b+c?.json.gz`]: log('E'),
  'AWSLogs/111122223333/CloudTrail-Digest/eu-west-1/2026/11/23/d1.json.gz': gzipSync('{"digestEndTime":"x"}'),
  'AWSLogs/111122223333/CloudTrail-Digest/eu-west-1/2026/11/23/d2.json.gz': gzipSync('{"digestEndTime":"x"}'),
  'AWSLogs/111122223333/CloudTrail-Insight/eu-west-1/2026/11/23/i.json.gz': gzipSync('{"Records":[]}'),
  'AWSLogs/folder/': '',
};

beforeEach(() => {
  for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) vi.stubEnv(name, undefined);
  vi.stubEnv('AWS_CONFIG_FILE', '/nonexistent/config');
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', '/nonexistent/credentials');
});
afterEach(() => vi.unstubAllEnvs());

describe('s3:// paths', () => {
  const skipped = (path: string) => [
    { kind: 'skipped', file: path, message: '2 digest files skipped' },
    { kind: 'skipped', file: path, message: '1 Insight file skipped' },
  ];

  test.each<[path: string, names: string, told?: boolean]>([
    ['s3://trail/AWSLogs/', 'ABCDE', true],
    ['s3://trail', 'ABCDE', true],
    [`s3://trail/${DAY}/b`, 'CD'],
    [`s3://trail/${DAY}/ä b+c?.json.gz`, 'E'],
  ])('%s: the log files in the order of keys', async (path, names, told = false) => {
    const read = await readFrom([path]);
    expect(read.names).toBe(names);
    expect(read.problems).toEqual(told ? skipped(path) : []);
  });

  test('all pages are read', async () => {
    const { names, requests } = await readFrom(['s3://trail/AWSLogs/'], { pageSize: 2 });
    expect(names).toBe('ABCDE');
    expect(requests.filter(name => name === 'ListObjectsV2').length).toBe(4);
  });

  test('one named twice is read twice', async () => {
    expect((await readFrom([`s3://trail/${DAY}/a`, `s3://trail/${DAY}/a`])).names).toBe('ABAB');
  });

  test.each<[what: string, fault: Omit<Fault, 'operation'> & { operation: string }, names: string, problem: object]>([
    [
      'a list that is refused',
      { operation: 's3:ListObjectsV2', resource: 'arn:aws:s3:::trail', kind: 'AccessDenied' },
      'Z',
      { file: 's3://trail/AWSLogs/', message: expect.stringMatching(/^not listed: AccessDenied: .* s3:ListBucket on/) },
    ],
    [
      'an object that is refused',
      { operation: 's3:GetObject', resource: `arn:aws:s3:::trail/${DAY}/a.json.gz`, kind: 'AccessDenied' },
      'CDEZ',
      { file: `s3://trail/${DAY}/a.json.gz`, message: expect.stringMatching(/^AccessDenied: .* s3:GetObject on/) },
    ],
    [
      'an object that is cut off',
      { operation: 's3:GetObject', resource: `arn:aws:s3:::trail/${DAY}/b.json.gz`, kind: 'truncated' },
      'ABEZ',
      { file: `s3://trail/${DAY}/b.json.gz`, message: expect.stringMatching(/aborted|ECONNRESET/) },
    ],
  ])('%s is told, and the rest goes on', async (_, fault, names, problem) => {
    const read = await readFrom(['s3://trail/AWSLogs/', 's3://other'], { faults: [fault] });
    expect(read.names).toBe(names);
    // Of what is cut off, the place comes first.
    expect(read.problems.filter(({ kind }) => kind === 'unreadable').at(-1)).toMatchObject(problem);
  });

  test('what AWS refuses for a moment is asked for again', async () => {
    const faults: Fault[] = [{ operation: 's3:*', kind: 'throttle', times: 1 }];
    const { names, problems } = await readFrom(['s3://other'], { faults });
    expect({ names, problems }).toEqual({ names: 'Z', problems: [] });
  });

  test.each([
    ['s3://nowhere/x', 'not listed: NoSuchBucket: The specified bucket does not exist'],
    ['s3://trail/nothing', 'no object has a key that begins so'],
  ])('%s is told: %s', async (path, message) => {
    const { problems } = await readFrom([path]);
    expect(problems).toEqual([{ kind: 'unreadable', file: path, message }]);
  });

  test('a setting that the SDK cannot use is told in plain words', async () => {
    vi.stubEnv('AWS_DEFAULTS_MODE', 'foo');
    await expect(readFrom(['s3://other'])).rejects.toThrow('the AWS SDK cannot use its configuration');
    vi.stubEnv('AWS_REGION', 'nowhere at all');
    await expect(readFrom(['s3://other'])).rejects.toThrow('"nowhere at all" is not the name of a region');
  });

  test.each([
    ['s3://', undefined, 's3:// names no bucket'],
    ['s3:///key', undefined, 's3:///key names no bucket'],
    ['s3://trail/x', 'nobody', 'there is no AWS profile "nobody"'],
  ])('%s with the profile %s is an error before anything is read: %s', async (path, profile, message) => {
    await expect(openLogs([path], { profile, onProblem() {} })).rejects.toThrow(message);
  });
});

async function readFrom(paths: readonly string[], options: Partial<PretendAwsOptions> = {}) {
  const aws = await pretend({
    story: 'empty',
    buckets: { trail: TRAIL, other: { 'z.json.gz': log('Z') } },
    ...options,
  });
  vi.stubEnv('AWS_ENDPOINT_URL', aws.endpoint);
  vi.stubEnv('AWS_ACCESS_KEY_ID', aws.credentials.accessKeyId);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', aws.credentials.secretAccessKey);
  const problems: ReadProblem[] = [];
  const names: unknown[] = [];
  for await (const { record } of await openLogs(paths, { profile: undefined, onProblem: one => problems.push(one) }))
    names.push(record.eventName);
  return { names: names.join(''), problems, requests: aws.requests.map(({ operation }) => operation) };
}
