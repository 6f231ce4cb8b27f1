import { ListCrlsCommand } from '@aws-sdk/client-rolesanywhere';
import { Crl } from '../snapshot/schema.ts';
import { listCollector } from './lists.ts';
import { rolesAnywhere } from './operation.ts';

/** The list carries all that GetCrl would tell. */
export const crls = listCollector({
  operation: rolesAnywhere('ListCrls', 'CRL'),
  member: 'crls',
  schema: Crl,
  arnOf: crl => crl.crlArn,
  send: (client, page) => client.send(new ListCrlsCommand(page)),
});
