/** ECS fields; those without a value are not there. */
export type Fields = Readonly<Record<string, string | number | Readonly<Record<string, string | number>>>>;

/**
 * The `source.geo` of a record of a City database. Elasticsearch's geoip processor with its default properties: names in
 * English; of several regions the smallest, its code with the country's before it; a location of two coordinates or none
 * (Elasticsearch reference, "GeoIP processor"; MaxMind, "GeoIP2 City database").
 */
export function cityOf(record: unknown): Fields {
  const region = lastOf(memberOf(record, 'subdivisions'));
  const country = textAt(record, 'country', 'iso_code');
  const code = textAt(region, 'iso_code');
  return present({
    ...countryOf(record),
    region_iso_code: country && code && `${country}-${code}`,
    region_name: nameOf(region),
    city_name: nameOf(memberOf(record, 'city')),
    location: locationOf(memberOf(record, 'location')),
  });
}

/** The `source.geo` of a record of a Country database. */
export function countryOf(record: unknown): Fields {
  return present({
    continent_name: nameOf(memberOf(record, 'continent')),
    country_iso_code: textAt(record, 'country', 'iso_code'),
    country_name: nameOf(memberOf(record, 'country')),
  });
}

/** The `source.as` of a record of an ASN database, as the AWS integration's pipeline renames what the processor found. */
export function asOf(record: unknown): Fields {
  const name = textAt(record, 'autonomous_system_organization');
  return present({
    number: numberAt(record, 'autonomous_system_number'),
    organization: name === undefined ? undefined : { name },
  });
}

function locationOf(location: unknown) {
  const [lat, lon] = [numberAt(location, 'latitude'), numberAt(location, 'longitude')];
  return lat === undefined || lon === undefined ? undefined : { lat, lon };
}

function nameOf(place: unknown): string | undefined {
  return textAt(place, 'names', 'en');
}

/** An empty text is none: the pipeline's last step takes it away. */
function textAt(value: unknown, ...path: readonly string[]): string | undefined {
  const text = path.reduce(memberOf, value);
  return typeof text === 'string' && text !== '' ? text : undefined;
}

function numberAt(value: unknown, name: string): number | undefined {
  const number = memberOf(value, name);
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

function memberOf(value: unknown, name: string): unknown {
  const has = typeof value === 'object' && value !== null && Object.hasOwn(value, name);
  return has ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
}

function lastOf(value: unknown): unknown {
  return Array.isArray(value) ? value.at(-1) : undefined;
}

function present(fields: Readonly<Record<string, Fields[string] | undefined>>): Fields {
  return Object.fromEntries(
    Object.entries(fields).filter((entry): entry is [string, Fields[string]] => entry[1] !== undefined),
  );
}
