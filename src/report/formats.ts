import { UserError } from '../errors.ts';
import { renderJson } from './json.ts';
import type { FormatOptions } from './page.ts';
import type { Report } from './report.ts';
import { renderText } from './text.ts';

/** A report as text that ends with a line end. */
export type Format = (report: Report, options: FormatOptions) => string;

/** The one list of formats. */
const FORMATS: ReadonlyMap<string, Format> = new Map<string, Format>([
  ['text', renderText],
  ['json', renderJson],
]);

export const FORMAT_NAMES: readonly string[] = [...FORMATS.keys()];

/** Throws UserError for a name that is not in the list. */
export function formatNamed(name: string): Format {
  const format = FORMATS.get(name);
  if (format === undefined) {
    throw new UserError(`there is no format "${name}"`, {
      where: '--format',
      hint: `Formats: ${FORMAT_NAMES.join(', ')}`,
    });
  }
  return format;
}
