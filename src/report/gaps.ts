import { OTHER_REGIONS } from '../documents/gaps.ts';
import type { NotEvaluated, NotSupported } from '../findings/finding.ts';
import { apart, type UnseenPlace } from '../findings/places.ts';
import { groupedBy } from '../lists.ts';
import type { Page } from './page.ts';
import { printable } from './printable.ts';
import { counted } from './summary.ts';
import { wrapped } from './wrap.ts';

/**
 * What rules could not answer: one entry for each rule and set of missing fields, with the resources it is about; then one for
 * each kind of resource that nobody could list, with the places.
 */
export function notEvaluatedLines(gaps: readonly NotEvaluated[], { width, style }: Page): string[] {
  if (gaps.length === 0) return [];
  const { resources, places } = apart(gaps);
  const accounts = new Set(places.map(({ place }) => place.account));
  return [
    style.bold('Not evaluated'),
    ...[...groupedBy(resources, keyOf).values()].flatMap(group => groupLines(group, width)),
    ...[...groupedBy(places, samePlaces).values()].flatMap(group => placeLines(group, accounts.size > 1, width)),
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

function samePlaces({ place, rules, missing }: UnseenPlace): string {
  return JSON.stringify([place.kind, place.account, rules, missing]);
}

function placeLines(group: readonly UnseenPlace[], named: boolean, width: number): string[] {
  const [{ place, rules, missing }] = group as [UnseenPlace];
  const account = named ? ` in account ${printable(place.account)}` : '';
  const where = `${account}${place.region === 'global' ? '' : ` in ${placeNames(group)}`}`;
  return [
    ...wrapped(
      `whatever ${place.kind.replace('_', ' ')}s there are${where}: ${counted(rules.length, 'rule')}`,
      width,
      ' ? ',
    ),
    ...wrapped(`not read: ${missing.map(printable).join(', ')}`, width, '     '),
  ];
}

function placeNames(group: readonly UnseenPlace[]): string {
  const regions = group.map(({ place }) => place.region);
  const named = regions.filter(region => region !== OTHER_REGIONS).map(printable);
  const names = [...named, ...(regions.includes(OTHER_REGIONS) ? ['all other regions'] : [])];
  const more = names.length - MOST_PLACES;
  return more > 0 ? `${names.slice(0, MOST_PLACES).join(', ')} and ${more} more` : names.join(', ');
}

const MOST_PLACES = 6;
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
