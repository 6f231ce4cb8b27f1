import type { Clients } from './clients.ts';
import { UnreadableReply } from './failure.ts';
import type { Operation } from './operation.ts';
import type { Place } from './place.ts';
import { ALWAYS_ENABLED, homeRegion, isRegionName, sortedNames } from './regionNames.ts';

const DESCRIBE: Operation = { name: 'ec2:DescribeRegions', family: 'EC2', perSecond: undefined };

export const regionOperations = [DESCRIBE];

export interface RegionsRequest {
  readonly place: Place;
  readonly clients: Clients;
  readonly partition: string;
}

/** Every region that is enabled for the account; those that always are, and the configured one, when AWS will not say. */
export async function enabledRegions({ place, clients, partition }: RegionsRequest): Promise<readonly string[]> {
  const { DescribeRegionsCommand } = await import('./ec2.ts');
  const client = await clients.ec2(regionToAsk(clients, partition));
  const send = async () => {
    const { Regions = [] } = await client.send(new DescribeRegionsCommand({}));
    const names = Regions.map(({ RegionName = '(no name)' }) => RegionName);
    if (!names.some(isRegionName)) throw new UnreadableReply('it names no region');
    return names;
  };
  const read = await place.attempt({ operation: DESCRIBE, resource: '*', send });
  return sortedNames(read.kind === 'read' ? usable(place, read.answer) : fallback(clients, partition));
}

/** The names that are region names; the others are recorded as unread. */
function usable(place: Place, names: readonly string[]): readonly string[] {
  const message = 'AWS lists this region, and its name is none that can be asked';
  for (const resource of names.filter(name => !isRegionName(name)))
    place.record({ operation: DESCRIBE.name, resource, error: 'UnreadableReply', message });
  return names.filter(isRegionName);
}

function regionToAsk({ startRegion, regionConfigured }: Clients, partition: string): string {
  return regionConfigured ? startRegion : homeRegion(partition, startRegion);
}

function fallback({ startRegion }: Clients, partition: string): readonly string[] {
  return [...(ALWAYS_ENABLED[partition] ?? []), startRegion];
}
