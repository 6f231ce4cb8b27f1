import { safeJson } from './printable.ts';
import type { Report } from './report.ts';

/** The report format `report/1`, indented by two. */
export function renderJson(report: Report): string {
  return `${safeJson(report, 2)}\n`;
}
