import type { AccountSnapshot } from '../snapshot/snapshot.ts';
import { accountFacts } from './context.ts';
import type { Document } from './document.ts';
import { bodyOf } from './facts.ts';

export function accountDocument(account: AccountSnapshot): Document {
  const kind = 'account';
  return {
    kind,
    resource: { kind, id: account.id, name: account.alias ?? account.id, account: account.id, region: 'global' },
    body: bodyOf({ kind, account: accountFacts(account), region: 'global' }),
  };
}
