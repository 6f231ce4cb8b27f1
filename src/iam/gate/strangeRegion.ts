import { recalling } from '../../memo/recalling.ts';
import { budgetOf } from '../budget.ts';
import { codesOf, globOf, intersects, matches, SEGMENT_RUN } from '../glob.ts';
import type { Sample } from './kinds.ts';
import { anythingForVariables } from './stranger.ts';

export interface Territory {
  readonly partition: string;
  readonly account: string;
  /** Where trust anchors were looked for. */
  readonly regions: readonly string[];
}

/**
 * Other regions in which somebody may make a trust anchor: one for each set of the values, taken for patterns of ARNs, that
 * its trust anchors may fit. Those that AWS has come before those that the values alone name.
 */
export function strangeRegions(values: readonly string[], { partition, account, regions }: Territory): Sample {
  const key = JSON.stringify([values, partition, account, regions]);
  return forText(key, () => strangeIn(values, { partition, account, regions }));
}

/** Many trust policies have the same patterns. */
const forText = recalling<string, Sample>(100);

function strangeIn(values: readonly string[], { partition, account, regions }: Territory): Sample {
  const read = [...new Set(values.map(anythingForVariables))];
  const patterns = read.slice(0, VALUES_READ).map(globOf);
  const budget = budgetOf(STEPS);
  const fitting = (region: string) => {
    const place = `arn:${partition}:rolesanywhere:${region}:${account}:trust-anchor/`;
    const anchors = { tokens: [...codesOf(place), SEGMENT_RUN], text: place };
    return patterns
      .map(each => `${matches(each, place + NO_DIGITS, budget)} ${intersects(each, anchors, budget)}`)
      .join();
  };
  const seen = new Set(regions.map(fitting));
  const strange = new Set(
    [...(REGIONS.get(partition) ?? []), ...namedIn(values)].filter(each => !regions.includes(each)),
  );
  const told: string[] = [];
  for (const region of strange) {
    const fits = fitting(region);
    if (seen.has(fits)) continue;
    seen.add(fits);
    told.push(region);
  }
  const complete = told.length <= REGIONS_TRIED && read.length <= VALUES_READ && !budget.spent();
  return { some: told.slice(0, REGIONS_TRIED), complete };
}

/** More than AWS has. */
const REGIONS_TRIED = 50;

/** An id of which a pattern takes nothing but by a wildcard. */
const NO_DIGITS = '\u0000'.repeat(36);

/** A trust policy of AWS's greatest length has no room for more that are told apart. */
const VALUES_READ = 500;

/** Characters: no ARN of a trust anchor is as long. */
const VALUE_READ = 2048;

/** Enough for that many ARNs in full. */
const STEPS = 1_000_000;

function namedIn(values: readonly string[]): readonly string[] {
  const names = values.slice(0, VALUES_READ).flatMap(value => value.slice(0, VALUE_READ).split(/[^a-z\d-]/));
  return names.filter(name => /^[a-z]{2,4}(-[a-z]{2,12}){1,3}-\d{1,2}$/.test(name));
}

/** AWS general reference, "Service endpoints". */
const REGIONS: ReadonlyMap<string, readonly string[]> = new Map([
  [
    'aws',
    [
      'us-east-1',
      'us-east-2',
      'us-west-1',
      'us-west-2',
      'af-south-1',
      'ap-east-1',
      'ap-east-2',
      'ap-northeast-1',
      'ap-northeast-2',
      'ap-northeast-3',
      'ap-south-1',
      'ap-south-2',
      'ap-southeast-1',
      'ap-southeast-2',
      'ap-southeast-3',
      'ap-southeast-4',
      'ap-southeast-5',
      'ap-southeast-6',
      'ap-southeast-7',
      'ca-central-1',
      'ca-west-1',
      'eu-central-1',
      'eu-central-2',
      'eu-north-1',
      'eu-south-1',
      'eu-south-2',
      'eu-west-1',
      'eu-west-2',
      'eu-west-3',
      'il-central-1',
      'me-central-1',
      'me-south-1',
      'mx-central-1',
      'sa-east-1',
    ],
  ],
  ['aws-cn', ['cn-north-1', 'cn-northwest-1']],
  ['aws-us-gov', ['us-gov-west-1', 'us-gov-east-1']],
]);
