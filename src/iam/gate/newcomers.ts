import { accountIn } from '../arn.ts';
import type { Policy } from '../policy.ts';
import { isAboutRolesAnywhere } from './gate.ts';
import { type Asked, askedOfAnchors, type Meeting, representatives, type Sample } from './kinds.ts';
import { strangeRegions, type Territory } from './strangeRegion.ts';
import { strangerIds } from './stranger.ts';

/** ARNs of trust anchors that somebody may make: one of each kind that the trust policy tells apart, and those that it names. */
export function newcomersTo(territory: Territory, meeting: Meeting): Sample {
  const asked = conditionsOnAnchor(meeting.trust);
  const { arns, complete } = representatives(strangersTo({ ...territory, trust: meeting.trust }, asked), meeting);
  return { arns: [...arns, ...absentees(territory, asked)], complete };
}

export function conditionsOnAnchor({ statements }: Policy): readonly Asked[] {
  return askedOfAnchors(statements.filter(isAboutRolesAnywhere));
}

/** Trust anchors that do not exist, in each region that may matter: all are alike where nobody asks which one it is. */
export function strangersTo(
  { trust, ...territory }: Territory & { readonly trust: Policy },
  asked: readonly Asked[],
): readonly string[] {
  const { partition, account, regions } = territory;
  const values = asked.flatMap(({ condition }) => condition.values);
  const all = asked.length > 0 ? [...regions, ...strangeRegions(values, territory)] : regions.slice(0, 1);
  const ids = strangerIds(trust);
  return (all.length > 0 ? all : ['us-east-1']).flatMap(region =>
    ids.map(id => `arn:${partition}:rolesanywhere:${region}:${account}:trust-anchor/${id}`),
  );
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
