import { ListProfilesCommand } from '@aws-sdk/client-rolesanywhere';
import { Profile } from '../snapshot/schema.ts';
import { listCollector } from './lists.ts';
import { rolesAnywhere } from './operation.ts';

/** The list carries all that GetProfile would tell. */
export const profiles = listCollector({
  operation: rolesAnywhere('ListProfiles', 'profile'),
  member: 'profiles',
  schema: Profile,
  arnOf: profile => profile.profileArn,
  send: (client, page) => client.send(new ListProfilesCommand(page)),
});
