import type { Region } from '../account.ts';

/** On in every account. */
const DEFAULT = [
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-northeast-3',
  'ap-south-1',
  'ap-southeast-1',
  'ap-southeast-2',
  'ca-central-1',
  'eu-central-1',
  'eu-north-1',
  'eu-west-1',
  'eu-west-2',
  'eu-west-3',
  'sa-east-1',
  'us-east-1',
  'us-east-2',
  'us-west-1',
  'us-west-2',
];

/** Off until an account opts in. */
const OPT_IN = [
  'af-south-1',
  'ap-east-1',
  'ap-southeast-3',
  'eu-central-2',
  'eu-south-1',
  'il-central-1',
  'me-central-1',
  'me-south-1',
];

export function regionsOf(optedIn: readonly string[] = []): readonly Region[] {
  return [
    ...DEFAULT.map((name): Region => ({ name, optIn: 'opt-in-not-required' })),
    ...OPT_IN.map((name): Region => ({ name, optIn: optedIn.includes(name) ? 'opted-in' : 'not-opted-in' })),
  ].sort((a, b) => (a.name < b.name ? -1 : 1));
}
