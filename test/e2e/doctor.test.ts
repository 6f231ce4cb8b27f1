import { expect, test } from 'vitest';
import { postern } from './run.ts';

test('a region in which nothing could be read does not answer', async () => {
  const { code, stdout } = await postern(['doctor', '--demo=tidy', '--region', 'eu-west-1,me-south-1']);
  expect(stdout).toContain('Regions       1 of 2 answer; nothing could be read in me-south-1\n');
  expect(stdout).toContain('Calls         some that were tried are not allowed, or failed:\n');
  expect(code).toBe(3);
});

test('all of it answers where all of it may be read', async () => {
  const { code, stdout } = await postern(['doctor', '--demo=tidy']);
  expect(stdout).toContain('Regions       17 of 17 answer\nCalls         all that were tried are allowed\n\n');
  expect(code).toBe(0);
});

test('the same refusal is said once for all regions, in lines that fit', async () => {
  const { code, stdout } = await postern(['doctor', '--demo=denied']);
  const [checkup = ''] = stdout.split('The IAM policy');
  expect(checkup).toContain('Regions       17 of 18 answer; nothing could be read in me-south-1\n');
  expect(checkup).toContain(
    ' ? not read: rolesanywhere:ListSubjects in ap-northeast-1, ap-northeast-2, ap-northeast-3,\n',
  );
  expect(checkup.match(/ListSubjects in /g)).toHaveLength(1);
  expect(checkup.split('\n').filter(line => line.length > 100)).toEqual([]);
  expect(code).toBe(3);
});

test('the JSON names every refusal', async () => {
  const { stdout } = await postern(['doctor', '--demo=denied', '--format', 'json']);
  const { regions, refused } = JSON.parse(stdout);
  expect(regions.filter((region: { answers: boolean }) => !region.answers)).toEqual([
    { name: 'me-south-1', answers: false },
  ]);
  expect(refused.length).toBeGreaterThan(18);
});

test('without credentials it says so beside the policy that is needed', async () => {
  const { code, stdout } = await postern(['doctor']);
  expect(stdout).toMatch(/^Credentials {3}\S/m);
  expect(stdout).toContain('"rolesanywhere:ListProfiles"');
  expect(code).toBe(1);
});
