import type { Field } from './field.ts';

/** `account.id` and `account.alias` are in every document: SHARED_FIELDS. */
export const ACCOUNT_FIELDS: readonly Field[] = [];
