import { isServiceLinked } from '../../iam/arn.ts';
import { operatorOf, type Test } from '../../iam/condition/operator.ts';
import { type Glob, globOf, matches } from '../../iam/glob.ts';
import type { Condition, Policy, Statement } from '../../iam/policy.ts';
import { isAboutRolesAnywhere, isOnAnchor } from '../../iam/trust.ts';
import { distinct } from '../../lists.ts';
import type { AccountSnapshot } from '../../snapshot/snapshot.ts';
import { isCompleteEverywhere, rolesKnown } from '../context.ts';
import { type Facts, orUnknown, partly } from '../facts.ts';
import type { Iam, RoleFacts } from '../iam/iam.ts';

/** Which roles of the account name a trust anchor in the `aws:SourceArn` of their trust policy; by the anchor's ARN. */
export type AnchorPins = (anchorArn: string) => Facts;

/** Every trust anchor asks: the roles are gone through once. */
export function anchorPins(account: AccountSnapshot, iam: Iam): AnchorPins {
  const roles = iam.roles.filter(({ role, trust }) => trust?.rolesAnywhere !== false && !isServiceLinked(role.Arn));
  const complete = rolesKnown(account) === 'all' && roles.every(({ trustPolicy }) => trustPolicy !== undefined);
  const pins = pinsOf(roles);
  const named = rolesByAnchor(account, pins);
  const there = new Set([...named.values()].flat());
  const strays = pins.pinned.size - there.size + pins.unclear;
  const allAnchors = isCompleteEverywhere(account, 'trustAnchors');
  const count = (value: number) => orUnknown(complete ? value : undefined);
  return anchorArn => {
    const naming = distinct(named.get(anchorArn) ?? []);
    return {
      naming: complete && !pins.mayName(anchorArn) ? naming : partly(naming),
      naming_others: count(there.size - naming.length),
      naming_none_there: strays > 0 && !allAnchors ? orUnknown(undefined) : count(strays),
      naming_no_anchor: count(pins.open),
    };
  };
}

interface Pins {
  /** By the ARN, and in lower case by those that are compared without case. */
  readonly literals: Readonly<Record<Literal, ReadonlyMap<string, readonly string[]>>>;
  readonly patterns: ReadonlyMap<string, { readonly glob: Glob; readonly roles: readonly string[] }>;
  /** The roles that name anchors. */
  readonly pinned: ReadonlySet<string>;
  /** How many roles name none, or all by one pattern. */
  readonly open: number;
  /** How many name some in a way that is not read. */
  readonly unclear: number;
  /** Whether one of those may mean this anchor. */
  mayName(anchorArn: string): boolean;
}

/** Each is tried on every anchor. */
const MOST_PATTERNS = 200;

function pinsOf(roles: readonly RoleFacts[]): Pins {
  const literals: Record<Literal, Map<string, string[]>> = { exact: new Map(), anyCase: new Map() };
  const patterns = new Map<string, { readonly glob: Glob; readonly roles: string[] }>();
  const pinned = new Set<string>();
  const unread: Wanted[] = [];
  let [open, unclear] = [0, 0];
  for (const { role, trustPolicy } of roles) {
    const wanted = trustPolicy === undefined ? [] : wantedAnchors(trustPolicy);
    const isHard = wanted.some(each => each.text.includes('${')) || patterns.size > MOST_PATTERNS;
    if (wanted.length === 0) open++;
    else if (isHard) {
      unclear++;
      unread.push(...wanted);
    } else {
      pinned.add(role.Arn);
      for (const { text, kind } of wanted) {
        const names = kind === 'pattern' ? patterns.get(text)?.roles : literals[kind].get(text);
        if (names !== undefined) names.push(role.Arn);
        else if (kind === 'pattern') patterns.set(text, { glob: globOf(text), roles: [role.Arn] });
        else literals[kind].set(text, [role.Arn]);
      }
    }
  }
  return { literals, patterns, pinned, open, unclear, mayName: mayNameBy(unread) };
}

/** A policy variable may stand for anything. Of very many patterns none is tried, and each may mean any anchor. */
function mayNameBy(unread: readonly Wanted[]): Pins['mayName'] {
  if (unread.length > MOST_PATTERNS) return () => true;
  const globs = [...new Set(unread.map(({ text }) => text.replace(/\$\{[^}]*\}?/g, '*')))].map(globOf);
  return anchorArn => globs.some(glob => matches(glob, anchorArn));
}

type Literal = 'exact' | 'anyCase';

interface Wanted {
  /** In lower case where case does not count. */
  readonly text: string;
  readonly kind: Literal | 'pattern';
}

/** A pattern that says nothing of the anchor's own id names none: `*`, `…:trust-anchor/*`, `…:111122223333:*`. */
function isAny({ text, kind }: Wanted): boolean {
  if (kind !== 'pattern') return false;
  const resource = text.slice(text.lastIndexOf(':') + 1);
  const said = resource.slice(resource.lastIndexOf('/') + 1);
  const start = said.slice(0, said.search(/[*?]/));
  const isKind = start === '' || (said === resource && 'trust-anchor'.startsWith(start));
  return isKind && /^[*?]+$/.test(said.slice(start.length));
}

function wantedAnchors({ statements }: Policy): readonly Wanted[] {
  return statements.filter(isAboutRolesAnywhere).flatMap(wantedBy);
}

/** What an Allow asks for, and what a Deny leaves. */
function wantedBy({ effect, conditions }: Statement): readonly Wanted[] {
  return conditions.filter(isOnAnchor).flatMap(condition => wantedIn(condition, effect === 'Deny'));
}

/** One of whose values any anchor is asks for none; others beside it still do. */
function wantedIn({ operator: written, values }: Condition, negated: boolean): readonly Wanted[] {
  const operator = operatorOf(written);
  if (operator === undefined || operator.negated !== negated || operator.test === 'Null') return [];
  const wanted = values.map(text => wantedAs(text, operator.test));
  return wanted.some(isAny) ? [] : wanted;
}

function wantedAs(text: string, test: Test): Wanted {
  if (test === 'StringEqualsIgnoreCase') return { text: text.toLowerCase(), kind: 'anyCase' };
  const hasPatterns = test === 'StringLike' || test === 'ArnLike';
  return { text, kind: hasPatterns && /[*?]/.test(text) ? 'pattern' : 'exact' };
}

function rolesByAnchor(account: AccountSnapshot, { literals, patterns }: Pins): ReadonlyMap<string, readonly string[]> {
  const arns = account.regions.flatMap(region => region.trustAnchors.map(each => each.trustAnchorArn));
  const byPattern = (arn: string) =>
    [...patterns.values()].filter(({ glob }) => matches(glob, arn)).flatMap(({ roles }) => roles);
  const byName = (arn: string) => [
    ...(literals.exact.get(arn) ?? []),
    ...(literals.anyCase.get(arn.toLowerCase()) ?? []),
  ];
  return new Map(arns.map(arn => [arn, [...byName(arn), ...byPattern(arn)]]));
}
