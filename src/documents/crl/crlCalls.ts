import type { Facts } from '../facts.ts';
import type { RevocationList } from '../pki/revocationLists.ts';

/**
 * What two calls of `aws rolesanywhere` mend a list, word by word, for a fix to be filled with: to delete it once it is sure that
 * the newer one is at work; else to import the CA's newest over it, before it is enabled or looked at again.
 */
export function crlCalls({ detail: { crlId, enabled } }: RevocationList, newer: RevocationList | undefined): Facts {
  const of = (operation: string, id: string, ...rest: readonly string[]) => [operation, '--crl-id', id, ...rest];
  if (newer !== undefined)
    return { first: of('get-crl', newer.detail.crlId, '--query', 'crl.enabled'), last: of('delete-crl', crlId) };
  return {
    first: of('update-crl', crlId, '--crl-data', 'fileb://ca.crl.pem'),
    last: enabled ? of('get-crl', crlId, '--query', 'crl.updatedAt') : of('enable-crl', crlId),
  };
}
