import { ListTagsForResourceCommand, type RolesAnywhereClient } from '@aws-sdk/client-rolesanywhere';
import { compare } from '../snapshot/compare.ts';
import { ResourceTags as ResourceTagsSchema } from '../snapshot/schema.ts';
import type { ResourceTags } from '../snapshot/shapes.ts';
import { rawOf } from './keepRaw.ts';
import { own, validItem } from './lists.ts';
import { rolesAnywhere } from './operation.ts';
import type { Place } from './place.ts';
import type { Collector } from './region.ts';

const LIST = rolesAnywhere('ListTagsForResource', 'tagging');

/** Tags of trust anchors, then profiles, then CRLs, as far as the budget goes. */
export const tags: Collector<'tags'> = {
  operations: [LIST],
  collect: async ({ place, clients, asked }, others) => {
    const client = clients.rolesAnywhere(place.region);
    const arns = [
      ...(await others('trustAnchors')).map(anchor => anchor.trustAnchorArn),
      ...(await others('profiles')).map(profile => profile.profileArn),
      ...(await others('crls')).map(crl => crl.crlArn),
    ];
    const read = await Promise.all(arns.slice(0, asked.callBudget).map(arn => tagsOf(place, client, arn)));
    return read.flat().sort((a, b) => compare(a.resourceArn, b.resourceArn));
  },
};

async function tagsOf(
  place: Place,
  client: RolesAnywhereClient,
  resourceArn: string,
): Promise<readonly ResourceTags[]> {
  const send = async () => rawOf(await client.send(new ListTagsForResourceCommand({ resourceArn })));
  const read = await place.attempt({ operation: LIST, resource: resourceArn, send });
  if (read.kind !== 'read') return [];
  const item = { resourceArn, tags: own(read.answer, 'tags') ?? [] };
  return validItem(place, { operation: LIST, resource: resourceArn, schema: ResourceTagsSchema, item });
}
