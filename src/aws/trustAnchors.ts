import { ListTrustAnchorsCommand } from '@aws-sdk/client-rolesanywhere';
import { TrustAnchor } from '../snapshot/schema.ts';
import { rawList } from './lists.ts';
import { rolesAnywhere } from './operation.ts';
import type { Collector } from './region.ts';

const LIST = rolesAnywhere('ListTrustAnchors', 'trust anchor');

/** The list carries all that GetTrustAnchor would tell. */
export const trustAnchors: Collector<'trustAnchors'> = {
  operations: [LIST],
  collect: ({ place, clients }) => {
    const client = clients.rolesAnywhere(place.region);
    return rawList(place, {
      operation: LIST,
      member: 'trustAnchors',
      schema: TrustAnchor,
      arnOf: anchor => anchor.trustAnchorArn,
      send: input => client.send(new ListTrustAnchorsCommand(input)),
    });
  },
};
