export type { EventLookup } from '../snapshot/lookups.ts';
