import type { NotEvaluated, NotSupported } from '../findings/finding.ts';
import { groupedBy } from './group.ts';
import type { Page } from './page.ts';
import { printable } from './printable.ts';
import { counted } from './summary.ts';
import { wrapped } from './wrap.ts';

/** What rules could not answer, one entry for each rule and set of missing fields, with the resources it is about. */
export function notEvaluatedLines(gaps: readonly NotEvaluated[], { width, style }: Page): string[] {
  if (gaps.length === 0) return [];
  return [
    style.bold('Not evaluated'),
    ...[...groupedBy(gaps, keyOf).values()].flatMap(group => groupLines(group, width)),
  ];
}

/** Rules that were asked for and did not run: said, for silence would read as a pass. */
export function notSupportedLines(rules: readonly NotSupported[], { width, style }: Page): string[] {
  if (rules.length === 0) return [];
  return [
    style.bold('Rules that cannot be run'),
    ...rules.flatMap(({ rule, reason }) => [` ? ${printable(rule)}`, ...wrapped(printable(reason), width, '     ')]),
  ];
}

function keyOf({ rule, missing, resource }: NotEvaluated): string {
  return JSON.stringify([rule, missing, resource.kind]);
}

const MOST_NAMES = 5;

function groupLines(group: readonly NotEvaluated[], width: number): string[] {
  const [{ rule, missing, resource } = group[0]!] = group;
  const names = group.slice(0, MOST_NAMES).map(gap => printable(gap.resource.name));
  const more = group.length - names.length;
  const about = `${counted(group.length, resource.kind.replace('_', ' '))}: ${names.join(', ')}`;
  return [
    ` ? ${printable(rule)}`,
    ...wrapped(`${about}${more > 0 ? ` and ${more} more` : ''}`, width, '     '),
    ...(missing.length === 0 ? [] : wrapped(`not known: ${missing.map(printable).join(', ')}`, width, '     ')),
  ];
}
