import { FLAGS, type Flag, type FlagName, type Options } from '../options.ts';
import { shellQuoted } from '../rules/fix.ts';

/** `postern --ci` with the flags that were typed, ready to paste into a shell. */
export function asPipeline(options: Options): string {
  const words = options.given.filter(key => key !== 'ci' && key !== 'ascii').map(key => wordsOf(key, options[key]));
  return ['postern --ci', ...words.flat()].join(' ');
}

function wordsOf(key: FlagName, value: Options[FlagName]): readonly string[] {
  const { name, bare }: Flag = FLAGS[key];
  const values = (Array.isArray(value) ? value : [value]).map(String);
  if (value === true || value === bare) return [`--${name}`];
  return values.map(one => `--${name}${bare === undefined ? ' ' : '='}${shellQuoted(one)}`);
}
