import { groupedBy } from '../lists.ts';
import { type Coverage, isFailed, isNotAsked } from '../snapshot/coverage.ts';
import type { Page } from './page.ts';
import { printable } from './printable.ts';
import { counted } from './summary.ts';
import { columns, wrapped } from './wrap.ts';

/** What was read and what was not and why, each operation once for all the regions where it went the same way. */
export function coverageLines(coverage: readonly Coverage[], { width, style }: Page): string[] {
  if (coverage.length === 0) return [];
  const accounts = [...new Set(coverage.map(row => row.account))];
  return [
    style.bold('Coverage'),
    ...accounts.flatMap(account => {
      const rows = coverage.filter(row => row.account === account);
      const heading = accounts.length === 1 ? [] : [`   account ${printable(account)}`];
      return [...heading, ...readLines(rows), ...failedLines(rows, width), ...notAskedLines(rows, width)];
    }),
  ];
}

function readLines(rows: readonly Coverage[]): string[] {
  const groups = groupedBy(
    rows.filter(row => row.status === 'read'),
    row => JSON.stringify([row.operation, row.message]),
  );
  return columns(
    [...groups.values()].map(group => {
      const [{ operation, message } = group[0]!] = group;
      const items = group.reduce((total, row) => total + row.items, 0);
      return [
        '   read',
        printable(operation),
        counted(items, 'item'),
        `${placesOf(group)}${message === '' ? '' : `, ${printable(message)}`}`,
      ];
    }),
  );
}

/** What was not read and why, the same refusal once for all the regions where it was met. */
export function failedLines(rows: readonly Coverage[], width: number): string[] {
  return groupedRefusals(rows).flatMap(group => {
    const [{ status, operation, message } = group[0]!] = group;
    return [
      ...wrapped(`${status}: ${printable(operation)}${inPlaces(group)}`, width, ' ? '),
      ...wrapped(printable(message), width, '     '),
    ];
  });
}

/** The rows that failed; those of one operation that failed in the same way are one group. */
export function groupedRefusals(rows: readonly Coverage[]): readonly (readonly Coverage[])[] {
  return [
    ...groupedBy(rows.filter(isFailed), row =>
      JSON.stringify([row.status, row.operation, sameEverywhere(row)]),
    ).values(),
  ];
}

/** AWS names the region in what it refuses: but for that, the refusals of one operation are one. */
function sameEverywhere({ message, region }: Coverage): string {
  return message.replaceAll(region, '*');
}

function notAskedLines(rows: readonly Coverage[], width: number): string[] {
  const groups = groupedBy(rows.filter(isNotAsked), row => JSON.stringify([row.status, row.operation, row.message]));
  return [...groups.values()].flatMap(group => {
    const [{ status, operation, message } = group[0]!] = group;
    const why = message === '' ? '' : `: ${printable(message)}`;
    return wrapped(`${status}: ${printable(operation)}${inPlaces(group)}${why}`, width, '   ');
  });
}

function placesOf(rows: readonly Coverage[]): string {
  return rows.length === 1 ? namesOf(rows) : counted(rows.length, 'region');
}

/** What has no region needs no word on where. */
function inPlaces(rows: readonly Coverage[]): string {
  return rows.every(row => row.region === 'global') ? '' : ` in ${namesOf(rows)}`;
}

const MOST_REGIONS = 6;

function namesOf(rows: readonly Coverage[]): string {
  const names = rows.slice(0, MOST_REGIONS).map(row => printable(row.region));
  const more = rows.length - names.length;
  return `${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
