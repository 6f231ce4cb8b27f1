/** A character as the texts of TOML may have any: `\u202e`, `\U000e0041`. */
export function tomlEscape(character: string): string {
  const code = character.codePointAt(0)!.toString(16);
  return code.length > 4 ? `\\U${code.padStart(8, '0')}` : `\\u${code.padStart(4, '0')}`;
}

/** A text in its quotes: nothing in it can end the text or its line, or move a cursor. */
export function tomlText(text: string): string {
  return `"${onOneLine(text.replace(/["\\]/g, '\\$&'))}"`;
}

/** A key as a file may have it: in quotes only where it needs them. */
export function tomlKey(key: string): string {
  return /^[\w-]+$/.test(key) ? key : tomlText(key);
}

/** The same text without a character that ends a line or moves a cursor. */
export function onOneLine(text: string): string {
  return text.replace(/\p{Cs}/gu, '\uFFFD').replace(/[\p{C}\p{Zl}\p{Zp}]/gu, tomlEscape);
}
