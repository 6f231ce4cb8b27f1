import type { FieldMapping, Vocabulary } from './query.ts';

/** The fields described. A path inside a flattened field is one too: it has the flattened field's mapping. */
export function vocabularyOf(fields: Readonly<Record<string, FieldMapping>>): Vocabulary {
  const byName = new Map(Object.entries(fields));
  return {
    names: [...byName.keys()].sort(),
    mapping: field => byName.get(field) ?? flattenedAbove(byName, field),
  };
}

function flattenedAbove(byName: ReadonlyMap<string, FieldMapping>, field: string): FieldMapping | undefined {
  for (let dot = field.indexOf('.'); dot !== -1; dot = field.indexOf('.', dot + 1)) {
    const above = byName.get(field.slice(0, dot));
    if (above?.type === 'flattened') return above;
  }
  return undefined;
}

const JSON_MAPPING: FieldMapping = { type: 'json' };

/** For documents that nobody described: every field exists, and each value is matched by its own JSON type. */
export function jsonVocabulary(): Vocabulary {
  return { names: [], mapping: () => JSON_MAPPING };
}

/** The names likeliest meant, best first, at most three: those that end alike or are a few letters away. */
export function nearest(name: string, names: readonly string[]): readonly string[] {
  const wanted = name.slice(0, 100).toLowerCase();
  const allowed = Math.max(2, Math.floor(wanted.length / 4));
  return names
    .map(candidate => ({ candidate, distance: distanceTo(wanted, candidate.toLowerCase(), allowed) }))
    .filter(({ distance }) => distance <= allowed)
    .sort((a, b) => a.distance - b.distance || (a.candidate < b.candidate ? -1 : 1))
    .slice(0, 3)
    .map(({ candidate }) => candidate);
}

/** Letters to change; a name without its first parts (`enabled` for `profile.enabled`) counts as one away. */
function distanceTo(wanted: string, candidate: string, allowed: number): number {
  if (candidate.endsWith(`.${wanted}`)) return 1;
  return Math.abs(wanted.length - candidate.length) > allowed ? Number.POSITIVE_INFINITY : edits(wanted, candidate);
}

/** Levenshtein's distance, two letters swapped counting as one. */
function edits(a: string, b: string): number {
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = previous[j - 1]! + Number(a[i - 1] !== b[j - 1]);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swap = swapped ? before[j - 2]! + 1 : Number.POSITIVE_INFINITY;
      row.push(Math.min(previous[j]! + 1, row[j - 1]! + 1, change, swap));
    }
    before = previous;
    previous = row;
  }
  return previous[b.length]!;
}
