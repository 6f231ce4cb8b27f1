import { accountIn } from '../arn.ts';
import type { Policy } from '../policy.ts';
import { isAboutRolesAnywhere } from '../trust.ts';
import { type Asked, askedOfAnchors, isAnchorInValue, type Meeting, representatives, type Sample } from './kinds.ts';
import { strangeRegions, type Territory } from './strangeRegion.ts';
import { strangersAt } from './stranger.ts';

/** ARNs of trust anchors that somebody may make in a region: one of each kind that the trust policy tells apart. */
export function newcomersTo(place: Place, meeting: Meeting): Sample {
  return representatives(strangersAt(arnsOf(place), meeting.trust), meeting);
}

/** Where a trust anchor may be made. */
export interface Place {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}

function arnsOf({ partition, region, account }: Place): string {
  return `arn:${partition}:rolesanywhere:${region}:${account}:trust-anchor/`;
}

export function conditionsOnAnchor({ statements }: Policy): readonly Asked[] {
  return askedOfAnchors(statements.filter(isAboutRolesAnywhere));
}

/** Trust anchors that do not exist, in each region that may matter: all are alike where nobody asks which one it is. */
export function strangersTo(
  { trust, ...territory }: Territory & { readonly trust: Policy },
  asked: readonly Asked[],
): Sample {
  const regions = regionsOfStrangers(territory, trust, asked);
  const places = regions.some.map(region => strangersAt(arnsOf({ ...territory, region }), trust));
  return {
    some: places.flatMap(({ some }) => some),
    complete: regions.complete && places.every(({ complete }) => complete),
  };
}

/** Where trust anchors are named in full, a stranger is one wherever it is. */
function regionsOfStrangers(territory: Territory, trust: Policy, asked: readonly Asked[]): Sample {
  const [known = 'us-east-1'] = territory.regions;
  const patterns = asked.flatMap(({ condition }) => condition.values.filter(isPattern));
  if (patterns.length === 0 && !(asked.length > 0 && isAnchorInValue(trust))) return { some: [known], complete: true };
  const { some, complete } = strangeRegions(patterns, territory);
  const all = [...territory.regions, ...some];
  return { some: all.length > 0 ? all : [known], complete };
}

/** More than a trust policy has room for (IAM quotas: 8,192 characters at most). */
const NAMES_TRIED = 100;

/** Trust anchors of the account by the names that the policy has for them, be they there or not. */
export function absentees({ account }: Territory, asked: readonly Asked[]): readonly string[] {
  const values = asked.flatMap(({ condition }) => condition.values);
  const own = values.filter(value => !isPattern(value) && isAnchorArn(value) && accountIn(value) === account);
  return [...new Set(own)].slice(0, NAMES_TRIED);
}

export function isPattern(value: string): boolean {
  return /[*?]|\$\{/.test(value);
}

export function isAnchorArn(value: string): boolean {
  return /^arn:[^:]*:rolesanywhere:[^:]*:[^:]*:trust-anchor\/./.test(value);
}
