/**
 * Whether to colour what goes to `stream`: a terminal that is not dumb, unless NO_COLOR is set and not empty
 * (no-color.org). FORCE_COLOR other than `0` colours a pipe as well.
 */
export function colourOf(stream: { readonly isTTY?: boolean }, env: NodeJS.ProcessEnv = process.env): boolean {
  if (env.NO_COLOR !== undefined && env.NO_COLOR !== '') return false;
  if (env.FORCE_COLOR !== undefined) return env.FORCE_COLOR !== '0' && env.FORCE_COLOR !== 'false';
  return stream.isTTY === true && env.TERM !== 'dumb';
}
