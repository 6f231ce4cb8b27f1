/** A character as the texts of TOML may have any: `\u202e`, `\U000e0041`. */
export function tomlEscape(character: string): string {
  const code = character.codePointAt(0)!.toString(16);
  return code.length > 4 ? `\\U${code.padStart(8, '0')}` : `\\u${code.padStart(4, '0')}`;
}
