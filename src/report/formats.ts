import { UserError } from '../errors.ts';
import type { FormatOptions } from './page.ts';
import type { Report } from './report.ts';

/** A report as text that ends with a line end. */
export type Format = (report: Report, options: FormatOptions) => string;

/** The one list of formats, each loaded when it is asked for. */
const FORMATS: ReadonlyMap<string, () => Promise<Format>> = new Map([
  ['text', async () => (await import('./text.ts')).renderText],
  ['json', async () => (await import('./json.ts')).renderJson],
]);

export const FORMAT_NAMES: readonly string[] = [...FORMATS.keys()];

/** Throws UserError for a name that is not in the list. */
export async function formatNamed(name: string): Promise<Format> {
  const load = FORMATS.get(name);
  if (load === undefined) {
    throw new UserError(`there is no format "${name}"`, {
      where: '--format',
      hint: `Formats: ${FORMAT_NAMES.join(', ')}`,
    });
  }
  return load();
}
