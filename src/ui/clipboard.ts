/**
 * The sequence that asks a terminal to put text on the clipboard (OSC 52, xterm control sequences). Terminals may ignore it, so
 * the text is always shown too.
 */
export function copySequence(text: string): string {
  return `\x1b]52;c;${Buffer.from(text).toString('base64')}\x07`;
}
