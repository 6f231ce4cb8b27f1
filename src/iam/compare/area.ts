import type { Budget } from '../budget.ts';
import { ANY_ONE, ANY_RUN, COLON, codesOf, type Glob, isAnything, literal, SEGMENT_ONE, SEGMENT_RUN } from '../glob.ts';
import { type Witness, witness } from '../witness.ts';
import { areTooLong, longestOf, mayOverlap } from './overlap.ts';
import type { Pattern, Resources } from './resources.ts';

/** The resources that are in all of some patterns and in none of others. */
export interface Area {
  readonly within: readonly Pattern[];
  readonly without: readonly Pattern[];
}

export const EVERYWHERE: Area = { within: [], without: [] };

/** What resources an action can be about: those of a language, or none at all. */
export type Ground = Glob | 'no resource';

/** The ways to be where a statement applies. */
export function inside({ negated, patterns, everything, withoutResource }: Resources, ground: Ground): readonly Area[] {
  if (ground === 'no resource') return withoutResource ? [EVERYWHERE] : [];
  if (everything) return [EVERYWHERE];
  return negated ? [{ within: [], without: patterns }] : patterns.map(each => ({ within: [each], without: [] }));
}

/** The ways to be where it does not. */
export function outside(resources: Resources, ground: Ground): readonly Area[] {
  const { negated, patterns, everything, withoutResource } = resources;
  if (ground === 'no resource') return withoutResource ? [] : [EVERYWHERE];
  if (everything) return [];
  return negated ? patterns.map(each => ({ within: [each], without: [] })) : [{ within: [], without: patterns }];
}

/** What is in both; undefined when a glance shows that nothing is. */
export function meet(area: Area, more: Area, setting: AreaSetting): Area | undefined {
  if (!more.within.every(each => mayMeet(each, area, setting))) return undefined;
  const within = [...area.within, ...more.within.filter(({ key }) => !area.within.some(each => each.key === key))];
  const keys = new Set(within.map(({ key }) => key));
  if (more.without.some(({ key }) => keys.has(key))) return undefined;
  if (more.within.length > 0 && area.without.some(({ key }) => keys.has(key))) return undefined;
  const without = more.without.filter(each => mayMeet(each, area, setting));
  return { within, without: without.length === 0 ? area.without : [...area.without, ...without] };
}

export interface AreaSetting {
  readonly ground: Ground;
  readonly budget: Budget;
}

/** Whether a statement may apply to some of it. False is a proof. */
export function touches(resources: Resources, area: Area, setting: AreaSetting): boolean {
  const { negated, patterns, everything, withoutResource } = resources;
  if (setting.ground === 'no resource') return withoutResource;
  return negated || everything || patterns.some(each => mayMeet(each, area, setting));
}

function mayMeet({ wide }: Pattern, { within }: Area, { ground, budget }: AreaSetting): boolean {
  if (!within.every(each => mayOverlap(wide, each.wide, budget))) return false;
  return ground === 'no resource' || mayOverlap(wide, ground, budget);
}

/** The shortest resource in an area: `none` is a proof. */
export function resourceIn(area: Area, { ground, budget }: AreaSetting): Witness {
  if (ground === 'no resource') return { kind: 'found', text: '*' };
  const { within, without } = area;
  const found = ask(
    [ground, ...within.map(each => each.narrow)],
    without.map(each => each.narrow),
    budget,
  );
  if (found.kind !== 'none' || !within.some(each => each.variables)) return found;
  return isEmptyForAll(area, ground, budget) ? found : { kind: 'unknown' };
}

/**
 * Whether there is nothing in it whatever the values of the variables. Proven when one pattern alone is covered: any value
 * may stand where the stand-in does, on both sides. Or when nothing is left with any text for each variable, even though
 * none of the excluded patterns with variables excludes anything.
 */
function isEmptyForAll({ within, without }: Area, ground: Glob, budget: Budget): boolean {
  const sure = without.filter(each => !each.defaults && !each.single).map(each => each.narrow);
  const alone = within.filter(each => each.variables && !each.defaults);
  if (alone.some(each => ask([each.narrow], sure, budget).kind === 'none')) return true;
  const plain = without.filter(each => !each.variables).map(each => each.narrow);
  return ask([ground, ...within.map(each => each.wide)], plain, budget).kind === 'none';
}

/** How many states of the product of the patterns are looked at, and what each pattern costs in that. */
const TRIES = [
  { states: 64, cost: 50 },
  { states: 512, cost: 3_000 },
  { states: 4_096, cost: 30_000 },
] as const;

function ask(positives: readonly Glob[], negatives: readonly Glob[], budget: Budget): Witness {
  const globs = [...positives, ...negatives];
  if (areTooLong(positives, globs)) return { kind: 'unknown' };
  budget.spend((longestOf(positives) * globs.reduce((sum, { tokens }) => sum + tokens.length, 0)) >> 1);
  for (const { states, cost } of TRIES) {
    if (!budget.spend(cost * globs.length)) break;
    const answer = witness(positives, negatives, { cap: states });
    if (answer.kind !== 'unknown') return answer;
  }
  return { kind: 'unknown' };
}

export interface ReadableResource {
  readonly resource: string;
  /** 0 reads best. */
  readonly oddity: number;
}

/** The shortest resource that reads well, or else the shortest. */
export function readableResourceIn(area: Area, shortest: string, { ground, budget }: AreaSetting): ReadableResource {
  if (ground === 'no resource') return { resource: shortest, oddity: 0 };
  const grounds = readable(ground);
  for (const [oddity, narrower] of grounds.entries()) {
    const found = resourceIn(area, { ground: narrower, budget });
    if (found.kind === 'found') return { resource: found.text, oddity };
  }
  return { resource: shortest, oddity: grounds.length };
}

/**
 * Narrower grounds in which to look for evidence that reads well: nothing empty, the partition `aws`. An action that has no
 * ARNs that anyone knows of is asked about `*` first.
 */
function readable(ground: Glob): readonly Glob[] {
  if (isAnything(ground)) return [literal('*'), ANY_ARN];
  const filled = ground.tokens.flatMap(token =>
    token === SEGMENT_RUN ? [SEGMENT_ONE, token] : token === ANY_RUN ? [ANY_ONE, token] : [token],
  );
  const text = ground.text;
  return [
    { tokens: inAws(filled), text: `aws ${text}` },
    { tokens: filled, text: `filled ${text}` },
  ];
}

const ARN = codesOf('arn:');

/** `arn:*:` becomes `arn:aws:`. */
function inAws(tokens: readonly number[]): readonly number[] {
  const partition = [SEGMENT_ONE, SEGMENT_RUN];
  const starts = [...ARN, ...partition].every((token, at) => tokens[at] === token);
  return starts ? [...ARN, ...codesOf('aws'), ...tokens.slice(ARN.length + partition.length)] : tokens;
}

const ANY_ARN: Glob = {
  tokens: [
    ...codesOf('arn:aws:'),
    ...[SEGMENT_ONE, SEGMENT_RUN, COLON, SEGMENT_RUN, COLON, SEGMENT_RUN, COLON, ANY_ONE, ANY_RUN],
  ],
  text: 'any arn',
};
