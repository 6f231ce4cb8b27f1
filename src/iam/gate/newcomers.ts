import { accountIn } from '../arn.ts';
import type { Policy } from '../policy.ts';
import { isAboutRolesAnywhere } from './gate.ts';
import { type Asked, askedOfAnchors, type Meeting, representatives, type Sample } from './kinds.ts';
import { strangeRegions, type Territory } from './strangeRegion.ts';
import { strangerIds } from './stranger.ts';

/** ARNs of trust anchors that somebody may make: one of each kind that the trust policy tells apart, and those that it names. */
export function newcomersTo(territory: Territory, meeting: Meeting): Sample {
  const asked = conditionsOnAnchor(meeting.trust);
  const { some, complete } = representatives(strangersTo({ ...territory, trust: meeting.trust }, asked), meeting);
  return { some: [...some, ...absentees(territory, asked)], complete };
}

export function conditionsOnAnchor({ statements }: Policy): readonly Asked[] {
  return askedOfAnchors(statements.filter(isAboutRolesAnywhere));
}

/** Trust anchors that do not exist, in each region that may matter: all are alike where nobody asks which one it is. */
export function strangersTo(
  { trust, ...territory }: Territory & { readonly trust: Policy },
  asked: readonly Asked[],
): Sample {
  const { partition, account } = territory;
  const [regions, ids] = [regionsOfStrangers(territory, asked), strangerIds(trust)];
  const arns = regions.some.flatMap(region =>
    ids.some.map(id => `arn:${partition}:rolesanywhere:${region}:${account}:trust-anchor/${id}`),
  );
  return { some: arns, complete: regions.complete && ids.complete };
}

function regionsOfStrangers(territory: Territory, asked: readonly Asked[]): Sample {
  const [known = 'us-east-1'] = territory.regions;
  if (asked.length === 0) return { some: [known], complete: true };
  const values = asked.flatMap(({ condition }) => condition.values);
  const { some, complete } = strangeRegions(values, territory);
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
