import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openLocate } from '../../src/geoip/locate.ts';
import { ASN, CITY } from './databases.ts';
import { type Mmdb, mmdb } from './mmdb.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'postern-geoip-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function fileOf(database: Mmdb): string {
  const file = join(
    folder,
    `${database.type.replace(/\W/g, '-')}-${database.ipVersion ?? 6}-${database.recordSize ?? 24}.mmdb`,
  );
  writeFileSync(file, mmdb(database));
  return file;
}

const REYKJAVIK = {
  city_name: 'Reykjavik',
  continent_name: 'Europe',
  country_iso_code: 'IS',
  country_name: 'Iceland',
  location: { lat: 64.1355, lon: -21.8954 },
  region_iso_code: 'IS-1',
  region_name: 'Capital Region',
};

describe('of an address in a City and an ASN database', () => {
  it.each([
    ['everything', '198.51.100.7', REYKJAVIK, { number: 64_500, organization: { name: 'Example Transit' } }],
    [
      'the same as of the IPv6 address that it is, too',
      '::ffff:198.51.100.7',
      REYKJAVIK,
      { number: 64_500, organization: { name: 'Example Transit' } },
    ],
    ['nothing of the country where its network is registered', '203.0.113.7', undefined, { number: 64_501 }],
    [
      'a region without its country, half a location and an empty name for none',
      '203.0.113.200',
      { city_name: 'A\u001b[2J\nB' },
      { number: 64_501 },
    ],
    ['what there is of an IPv6 address', '2001:db8::1', { country_iso_code: 'IS', country_name: 'Iceland' }, undefined],
    ['that it is nowhere', '192.0.2.1', undefined, undefined],
    ['that it is nowhere, being private', '10.0.0.1', undefined, undefined],
  ])('%s: %s', (_, address, geo, as) => {
    const locate = openLocate([fileOf(ASN), fileOf(CITY)]);
    expect(locate(address)).toEqual({ geo, as, unknown: [] });
    expect(locate(address)).toBe(locate(address));
  });
});

describe('what is not known', () => {
  const country = { ...CITY, type: 'GeoLite2-Country' };
  const ofCity = [
    'source.geo.city_name',
    'source.geo.location',
    'source.geo.region_iso_code',
    'source.geo.region_name',
  ];
  it.each<[string, readonly Mmdb[], string, readonly string[]]>([
    ['without a database', [], '198.51.100.7', ['source.as', 'source.geo']],
    ['with a City database', [CITY], '198.51.100.7', ['source.as']],
    ['with an ASN database', [ASN], '192.0.2.1', ['source.geo']],
    ['with a Country database', [country], '198.51.100.7', ['source.as', ...ofCity]],
    [
      'of an IPv6 address in a database of IPv4',
      [{ ...CITY, ipVersion: 4, networks: { '198.51.100.0/24': {} } }],
      '2001:db8::1',
      ['source.as', 'source.geo'],
    ],
  ])('%s', (_, databases, address, unknown) => {
    expect(openLocate(databases.map(fileOf))(address).unknown).toEqual(unknown);
  });

  it('a Country database tells of the country alone', () => {
    const { city_name, location, region_iso_code, region_name, ...ofCountry } = REYKJAVIK;
    expect(openLocate([fileOf(country)])('198.51.100.7').geo).toEqual(ofCountry);
  });
});

describe('databases', () => {
  const networks = { '198.51.100.0/24': { country: { iso_code: 'IS' }, autonomous_system_number: 1 } };
  it.each([24, 28, 32] as const)('with records of %i bits', recordSize => {
    for (const ipVersion of [4, 6] as const) {
      const locate = openLocate([fileOf({ ...ASN, recordSize, ipVersion })]);
      expect(locate('198.51.100.7').as).toMatchObject({ number: 64_500 });
      expect(locate('198.51.101.7').as).toBeUndefined();
    }
  });

  it.each([
    ['GeoIP2-City', 'geo'],
    ['GeoIP2-Enterprise', 'geo'],
    ['GeoLite2-Country', 'geo'],
    ['DBIP-City-Lite', 'geo'],
    ['GeoIP2-ISP', 'as'],
    ['DBIP-ASN-Lite (compat=GeoLite2-ASN)', 'as'],
  ] as const)('%s tells of %s', (type, member) => {
    expect(openLocate([fileOf({ type, networks })])('198.51.100.7')[member]).toBeDefined();
  });

  it.each(['GeoIP2-Domain', 'GeoIP2-Connection-Type', 'city', ''])('%s tells of neither, which is an error', type => {
    expect(() => openLocate([fileOf({ type, networks })])).toThrow(/database, which tells neither place nor network$/);
  });

  it('of one kind twice are an error: they need not agree', () => {
    const files = [fileOf(CITY), fileOf({ ...CITY, type: 'GeoLite2-Country' })];
    expect(() => openLocate(files)).toThrow(/-City-6-24.mmdb and .*-Country-6-24.mmdb both tell where an address is$/);
  });
});
