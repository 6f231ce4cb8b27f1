import type { JsonObject } from './record.ts';

/** What is known of where an IP address is and whose it is, as ECS has it under `source`. */
export interface Located {
  readonly geo: JsonObject | undefined;
  readonly as: JsonObject | undefined;
  /** What nobody looked up: paths under `source`, sorted, such as `source.as`. What is absent beside them is known to be. */
  readonly unknown: readonly string[];
}

/** Looks up an IPv4 or IPv6 address; the same one gives the same on every call. */
export type Locate = (address: string) => Located;

/** Without a database nothing is known of any address. */
export const locateNowhere: Locate = () => NOT_LOOKED_UP;

const NOT_LOOKED_UP: Located = { geo: undefined, as: undefined, unknown: ['source.as', 'source.geo'] };
