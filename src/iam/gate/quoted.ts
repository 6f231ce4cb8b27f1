/** Longer values are cut. */
const SHOWN = 120;

/**
 * A value of a policy within our own words: between quotes where it could be taken for them or its end could be missed.
 * Control characters are left to whoever prints it.
 */
export function quoted(text: string, characters = SHOWN): string {
  const shown = text.length <= characters ? text : `${[...text.slice(0, characters)].slice(0, -1).join('')}…`;
  const plain = /^[^\s,;"()]+$/.test(shown) && !/^(and|or|nor|not|neither|none|like|missing|present|the)$/i.test(shown);
  return plain ? shown : `"${shown.replaceAll('"', '\\"')}"`;
}
