import { ListCrlsCommand } from '@aws-sdk/client-rolesanywhere';
import { Crl } from '../snapshot/schema.ts';
import { rawList } from './lists.ts';
import { rolesAnywhere } from './operation.ts';
import type { Collector } from './region.ts';

const LIST = rolesAnywhere('ListCrls', 'CRL');

/** The list carries all that GetCrl would tell. */
export const crls: Collector<'crls'> = {
  operations: [LIST],
  collect: ({ place, clients }) => {
    const client = clients.rolesAnywhere(place.region);
    return rawList(place, {
      operation: LIST,
      member: 'crls',
      schema: Crl,
      arnOf: crl => crl.crlArn,
      send: input => client.send(new ListCrlsCommand(input)),
    });
  },
};
