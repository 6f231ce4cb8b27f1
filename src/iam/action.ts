import type { Patterns } from './policy.ts';

/** Whether `Action` or `NotAction` covers this action. Case does not matter; `*` is any run, `?` one character. */
export function coversAction(patterns: Patterns, action: string): boolean {
  const some = patterns.values.some(pattern => matchesGlob(pattern.toLowerCase(), action.toLowerCase()));
  return some !== patterns.negated;
}

/** Linear in practice and quadratic at worst, whatever the pattern: it only ever goes back to the last star. */
function matchesGlob(pattern: string, text: string): boolean {
  let [p, t, star, mark] = [0, 0, -1, 0];
  while (t < text.length) {
    if (pattern[p] === '*') {
      star = p++;
      mark = t;
    } else if (pattern[p] === '?' || pattern[p] === text[t]) {
      p++;
      t++;
    } else if (star >= 0) {
      p = star + 1;
      t = ++mark;
    } else return false;
  }
  while (pattern[p] === '*') p++;
  return p === pattern.length;
}
