import type { Limit } from './services/service.ts';

/**
 * A token bucket for each family and region that holds one second's requests. A twentieth of a request may be
 * missing, so that a client which waits exactly as long as it must is not refused for the network's jitter.
 */
export function rateLimiter(clock: () => number): (region: string, limit: Limit) => boolean {
  const buckets = new Map<string, { tokens: number; at: number }>();
  return (region, { family, perSecond }) => {
    const key = `${region} ${family}`;
    const at = clock();
    const bucket = buckets.get(key) ?? { tokens: perSecond, at };
    const tokens = Math.min(perSecond, bucket.tokens + ((at - bucket.at) / 1000) * perSecond);
    const isAllowed = tokens >= 0.95;
    buckets.set(key, { tokens: isAllowed ? Math.max(0, tokens - 1) : tokens, at });
    return isAllowed;
  };
}
