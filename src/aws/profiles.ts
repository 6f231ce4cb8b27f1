import { ListProfilesCommand } from '@aws-sdk/client-rolesanywhere';
import { Profile } from '../snapshot/schema.ts';
import { rawList } from './lists.ts';
import { rolesAnywhere } from './operation.ts';
import type { Collector } from './region.ts';

const LIST = rolesAnywhere('ListProfiles', 'profile');

/** The list carries all that GetProfile would tell. */
export const profiles: Collector<'profiles'> = {
  operations: [LIST],
  collect: ({ place, clients }) => {
    const client = clients.rolesAnywhere(place.region);
    return rawList(place, {
      operation: LIST,
      member: 'profiles',
      schema: Profile,
      arnOf: profile => profile.profileArn,
      send: input => client.send(new ListProfilesCommand(input)),
    });
  },
};
