/** A figure beside the most it may be. */
export function atMost(name, value, unit, limit) {
  return { name, value: Math.round(value * 100) / 100, unit, limit, ok: value <= limit };
}

/** A rate beside the least it may be. */
export function atLeast(name, value, limit) {
  return { name, value: Math.round(value), unit: '/s', atLeast: limit, ok: value >= limit };
}
