import { ListTrustAnchorsCommand } from '@aws-sdk/client-rolesanywhere';
import { TrustAnchor } from '../snapshot/schema.ts';
import { listCollector } from './lists.ts';
import { rolesAnywhere } from './operation.ts';

/** The list carries all that GetTrustAnchor would tell. */
export const trustAnchors = listCollector({
  operation: rolesAnywhere('ListTrustAnchors', 'trust anchor'),
  member: 'trustAnchors',
  schema: TrustAnchor,
  arnOf: anchor => anchor.trustAnchorArn,
  send: (client, page) => client.send(new ListTrustAnchorsCommand(page)),
});
