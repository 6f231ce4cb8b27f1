import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ASN, CITY } from '../geoip/databases.ts';
import { mmdb } from '../geoip/mmdb.ts';
import { NOW, postern } from './run.ts';

const RULE = `
[metadata]
[rule]
rule_id = "00000000-0000-4000-8000-000000000001"
name = "A profile made from elsewhere"
description = "x"
severity = "low"
risk_score = 21
type = "query"
language = "kuery"
index = ["logs-aws.cloudtrail-*"]
query = "event.action: CreateProfile and source.as.number: * and not source.geo.country_iso_code: DK"
`;

const record = (id: string, sourceIPAddress: string) => ({
  eventVersion: '1.10',
  eventID: id,
  eventTime: '2026-11-23T02:00:00Z',
  eventSource: 'rolesanywhere.amazonaws.com',
  eventName: 'CreateProfile',
  awsRegion: 'eu-west-1',
  recipientAccountId: '111122223333',
  sourceIPAddress,
});

let folder = '';
let city = '';
let asn = '';
let log = '';
let rules: readonly string[] = [];
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'postern-geoip-'));
  const put = (name: string, content: string | Buffer) => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  city = put('city.mmdb', mmdb(CITY));
  asn = put('asn.mmdb', mmdb(ASN));
  log = put(
    'log.json',
    JSON.stringify({ Records: [record('a', '198.51.100.7'), record('b', '203.0.113.200'), record('c', '10.0.0.1')] }),
  );
  rules = ['--rules', put('elsewhere.toml', RULE), '--no-builtin-rules'];
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const lines = (text: string) =>
  text
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line));

test('documents --events: what the databases tell is there, and nothing of the address is unknown', async () => {
  const { stdout, code } = await postern(['documents', '--events', log, '--geoip', city, '--geoip', asn]);
  expect(code).toBe(0);
  expect(stdout).not.toContain('\u001b');
  const [reykjavik, hostile, nowhere] = lines(stdout);
  expect(reykjavik.source).toMatchObject({
    as: { number: 64_500, organization: { name: 'Example Transit' } },
    geo: { country_iso_code: 'IS', region_iso_code: 'IS-1', location: { lat: 64.1355, lon: -21.8954 } },
  });
  expect(hostile.source.geo).toEqual({ city_name: 'A\u001b[2J\nB' });
  expect(nowhere.source).toEqual({ address: '10.0.0.1', ip: '10.0.0.1' });
  expect(nowhere.unknown).toEqual(['event.created', 'event.ingested']);
});

test.each([
  [
    'no database',
    [],
    [
      ['a', 'not evaluated'],
      ['b', 'not evaluated'],
      ['c', 'not evaluated'],
    ],
  ],
  [
    'both',
    ['city', 'asn'],
    [
      ['a', 'match'],
      ['b', 'match'],
    ],
  ],
  [
    'a City database',
    ['city'],
    [
      ['a', 'not evaluated'],
      ['b', 'not evaluated'],
      ['c', 'not evaluated'],
    ],
  ],
  [
    'an ASN database',
    ['asn'],
    [
      ['a', 'not evaluated'],
      ['b', 'not evaluated'],
    ],
  ],
])('replay with %s', async (_, names, expected) => {
  const given = names.flatMap(name => ['--geoip', name === 'city' ? city : asn]);
  const { stdout, stderr } = await postern(['replay', log, ...rules, ...given]);
  expect(lines(stdout).map(hit => [hit.event_id, hit.status])).toEqual(expected);
  expect(stderr.includes('for fields that no log file gives')).toBe(names.length < 2);
});

test.each([
  [[], ['source.as.number', 'source.geo.country_iso_code']],
  [['city'], ['source.as.number']],
  [['asn'], ['source.geo.country_iso_code']],
  [['city', 'asn'], []],
])('rules check with %j lists what is still asked for in vain', async (names, missing) => {
  const given = names.flatMap(name => ['--geoip', name === 'city' ? city : asn]);
  const { stdout, code } = await postern(['rules', 'check', '--format', 'json', ...rules, ...given]);
  expect(code).toBe(0);
  expect(lines(stdout)[0]).toMatchObject({
    fieldsNotDerivable: missing,
    needs: missing.length > 0 ? ['geoip database'] : [],
  });
});

test('--ci and query know it of the events of an account', async () => {
  const event = { ...record('a', '198.51.100.7') };
  const account = { id: '111122223333', regions: [{ name: 'eu-west-1', events: [event] }] };
  const from = join(folder, 'account.json');
  writeFileSync(from, JSON.stringify({ postern: 'snapshot/1', takenAt: NOW, accounts: [account] }));
  const given = ['--from', from, '--now', NOW, '--geoip', city, '--geoip', asn];
  const report = JSON.parse((await postern(['--ci', '--format', 'json', ...rules, ...given])).stdout);
  expect(report.findings.map((finding: { resource: { id: string } }) => finding.resource.id)).toEqual(['a']);
  expect(lines((await postern(['query', 'source.geo.city_name: Reykjavik', ...given])).stdout)).toHaveLength(1);
});

test('a file that is no database is an error before anything is read', async () => {
  for (const args of [
    ['--ci', '--demo'],
    ['replay', log],
    ['rules'],
    ['documents', '--demo'],
    ['query', 'region: *', '--demo'],
  ]) {
    const ran = await postern([...args, '--geoip', log]);
    expect(ran).toMatchObject({ code: 1, stdout: '' });
    expect(ran.stderr).toMatch(/^postern: --geoip .*log.json is no MaxMind database, or is cut short.*\n {2}\S.*\n$/);
  }
});
