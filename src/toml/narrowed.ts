const LONGEST_LINE = 1000;

/** Messages show lines of a file, which may be of any length. */
export function narrowed(message: string): string {
  return message
    .split('\n')
    .map(line => (line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE)}…` : line))
    .join('\n');
}
