import type { Locate } from '../cloudtrail/locate.ts';
import type { Options } from '../options.ts';

/** What the databases of --geoip tell, which are loaded only where the flag is given. Throws UserError for such a file. */
export async function locateFor({ geoip }: Pick<Options, 'geoip'>): Promise<Locate | undefined> {
  if (geoip.length === 0) return undefined;
  const { openLocate } = await import('../geoip/locate.ts');
  return openLocate(geoip);
}
