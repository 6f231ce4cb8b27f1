/** The text under these names of a CloudTrail record, if it is text. */
export function textIn(record: unknown, ...names: readonly string[]): string | undefined {
  const value = names.reduce(memberOf, record);
  return typeof value === 'string' ? value : undefined;
}

function memberOf(value: unknown, name: string): unknown {
  const has = typeof value === 'object' && value !== null && Object.hasOwn(value, name);
  return has ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
}
