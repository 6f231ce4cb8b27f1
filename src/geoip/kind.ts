import type { Located } from '../cloudtrail/locate.ts';
import { asOf, cityOf, countryOf, type Fields } from './fields.ts';

/** What a kind of database tells of an address. */
export interface Kind {
  readonly member: keyof Pick<Located, 'geo' | 'as'>;
  readonly fieldsOf: (record: unknown) => Fields;
  /** Fields of `source` under the member that it cannot tell, sorted. */
  readonly untold: readonly string[];
}

const CITY: Kind = { member: 'geo', fieldsOf: cityOf, untold: [] };
const COUNTRY: Kind = {
  member: 'geo',
  fieldsOf: countryOf,
  untold: ['city_name', 'location', 'region_iso_code', 'region_name'].map(name => `source.geo.${name}`),
};
const NETWORK: Kind = { member: 'as', fieldsOf: asOf, untold: [] };

const KINDS: ReadonlyMap<string, Kind> = new Map([
  ['City', CITY],
  ['Country', COUNTRY],
  ['Enterprise', CITY],
  ['ASN', NETWORK],
  ['ISP', NETWORK],
]);

/**
 * The kind of database that its metadata names (`GeoLite2-City`), undefined for one of which Postern reads nothing. Elasticsearch
 * goes by the last word; DB-IP's free databases, which are laid out alike, have more behind it (`DBIP-City-Lite`).
 */
export function kindOf(databaseType: string): Kind | undefined {
  return KINDS.get(/-([A-Za-z]+)(-Lite)?( \(compat=[^)]*\))?$/.exec(databaseType)?.[1] ?? '');
}
