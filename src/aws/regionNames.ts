import { UserError } from '../errors.ts';
import { compare } from '../snapshot/compare.ts';
import type { SharedConfig } from './sharedConfig.ts';

/** Regions that every account of a partition has enabled (AWS account management guide, "Regions"); the home comes first. */
export const ALWAYS_ENABLED: Readonly<Record<string, readonly [string, ...string[]]>> = {
  aws: [
    'us-east-1',
    'us-east-2',
    'us-west-1',
    'us-west-2',
    'ap-northeast-1',
    'ap-northeast-2',
    'ap-northeast-3',
    'ap-south-1',
    'ap-southeast-1',
    'ap-southeast-2',
    'ca-central-1',
    'eu-central-1',
    'eu-north-1',
    'eu-west-1',
    'eu-west-2',
    'eu-west-3',
    'sa-east-1',
  ],
  'aws-us-gov': ['us-gov-west-1', 'us-gov-east-1'],
  'aws-cn': ['cn-north-1', 'cn-northwest-1'],
};

/** Where a partition's IAM lives, and where CloudTrail writes what happens to it. */
export function homeRegion(partition: string, startRegion: string): string {
  return ALWAYS_ENABLED[partition]?.[0] ?? startRegion;
}

/** How regions of the partitions above are named (the SDK's partition table, `regionRegex`). */
const REGION_NAMES: readonly (readonly [partition: string, names: RegExp])[] = [
  ['aws', /^(us|eu|ap|sa|ca|me|af|il|mx)-[a-z]+-\d+$/],
  ['aws-us-gov', /^us-gov-[a-z]+-\d+$/],
  ['aws-cn', /^cn-[a-z]+-\d+$/],
];

/**
 * A region that answers whoever may use `region`: the first of its partition, the region itself where the partition is
 * none we know (a European Sovereign Cloud or an isolated one has no other region that would). undefined: the commercial
 * partition's first.
 */
export function alwaysEnabledNear(region: string | undefined): string {
  if (region === undefined) return homeRegion('aws', 'us-east-1');
  const [partition = ''] = REGION_NAMES.find(([, names]) => names.test(region)) ?? [];
  return homeRegion(partition, region);
}

/** The environment's before the files', as in the SDK; it would find a wrong one only when asking. */
export function configuredRegion(env: NodeJS.ProcessEnv, config: SharedConfig, profile: string): string | undefined {
  const candidates = [
    ['AWS_REGION', env.AWS_REGION],
    ['AWS_DEFAULT_REGION', env.AWS_DEFAULT_REGION],
    [`region of the AWS profile "${profile}"`, config.region(profile)],
  ] as const;
  const [where, region] = candidates.find(([, value]) => value) ?? [];
  if (where !== undefined && region !== undefined) checkRegion(region, where);
  return region;
}

/** The regions the user gave, once each, in order. Throws UserError for what is no region's name. */
export function namedRegions(regions: readonly string[]): readonly string[] {
  for (const region of regions) checkRegion(region, '--region');
  return sortedNames(regions);
}

/** Throws UserError for what is no region's name; `where` says who gave it. */
function checkRegion(region: string, where: string): void {
  if (isRegionName(region)) return;
  throw new UserError(`"${region}" is not the name of a region (${where})`, {
    where,
    hint: 'a region looks like eu-central-1',
  });
}

/** A region becomes part of a host name, so that nothing else may pass. */
export function isRegionName(name: string): boolean {
  return /^[a-z]{2,4}(-[a-z]{2,12}){1,3}-\d{1,2}$/.test(name);
}

/** Each once, in order. */
export function sortedNames(names: readonly string[]): readonly string[] {
  return [...new Set(names)].sort(compare);
}
