/** A number on each of those, between each two, and beyond: none other passes other comparisons. Whole ones first. */
export function numbersBetween(texts: readonly string[]): readonly string[] {
  const points = sorted(texts.map(Number).filter(Number.isFinite));
  const samples = [0, ...points, ...between(points).flatMap(middle => [Math.floor(middle), Math.ceil(middle), middle])];
  return [...samples, ...points.flatMap(beyond)].map(String);
}

/** Next to it, and far off where numbers are so large that one more is nothing. */
function beyond(point: number): readonly number[] {
  const far = 2 * Math.abs(point) + 1;
  return [Math.floor(point) - 1, Math.ceil(point) + 1, -far, far];
}

/** The same for times: ISO 8601, in milliseconds. */
export function timesBetween(texts: readonly string[]): readonly string[] {
  const points = sorted(texts.map(timeIn).filter(Number.isFinite));
  const ends = points.length === 0 ? [0] : [points[0]! - DAY, points.at(-1)! + DAY];
  return [...points, ...between(points).map(Math.floor), ...ends].map(timeText);
}

const DAY = 86_400_000;

/** Seconds since 1970 or ISO 8601, more freely than the operators read it: a sample too many does no harm. */
function timeIn(text: string): number {
  if (/^-?\d+$/.test(text) && text.length !== 4) return Number(text) * 1000;
  return Date.parse(/T.*(Z|[+-]\d\d:?\d\d)$/.test(text) || !text.includes('T') ? text : `${text}Z`);
}

/** The operators read four digits of a year. */
function timeText(time: number): string {
  const isReadable = time >= 0 && time < Date.UTC(10_000);
  return isReadable ? new Date(time).toISOString() : String(Math.floor(time / 1000));
}

function sorted(numbers: readonly number[]): readonly number[] {
  return [...new Set(numbers)].sort((a, b) => a - b);
}

function between(points: readonly number[]): readonly number[] {
  return points.slice(1).map((point, at) => (points[at]! + point) / 2);
}
