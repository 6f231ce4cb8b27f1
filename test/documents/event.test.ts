import { expect, test } from 'vitest';
import { eventDocument } from '../../src/documents/event/event.ts';
import { ACCOUNT, account, region } from './snapshots.ts';

const OTHER = '999988887777';

test.each([
  ['of a caller from elsewhere', { userIdentity: { accountId: OTHER }, recipientAccountId: ACCOUNT }, ACCOUNT],
  ['that names no trail', { userIdentity: { accountId: OTHER } }, ACCOUNT],
  ["of an organisation's trail", { userIdentity: { accountId: ACCOUNT }, recipientAccountId: OTHER }, OTHER],
])('an event %s belongs to the account in whose trail it stands', (_, record, expected) => {
  const { resource } = eventDocument({ account: account(), region: region() }, { eventID: 'e', ...record });
  expect(resource.account).toBe(expected);
});
