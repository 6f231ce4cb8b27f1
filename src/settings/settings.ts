import { type Expectations, NO_EXPECTATIONS } from './expectations.ts';

/**
 * What a user's `postern.toml` may set, with what holds where it says nothing. Pure data: documents say under
 * `beyond.<name>` where a resource is beyond a threshold, under `outside.<name>` where it is on no list.
 */
export interface Settings {
  readonly thresholds: Thresholds;
  readonly lists: Lists;
  readonly expect: Expectations;
}

export type ThresholdName = keyof typeof THRESHOLDS;
export type ListName = keyof typeof LISTS;
export type Thresholds = Readonly<Record<ThresholdName, number>>;
export type Lists = Readonly<Record<ListName, readonly string[]>>;

/** A whole number. */
export interface Threshold {
  readonly unit: string;
  readonly fallback: number;
  readonly least: number;
  readonly most: number;
  /** One sentence for the reference. */
  readonly says: string;
}

export const THRESHOLDS = {
  max_session_seconds: {
    unit: 'seconds',
    fallback: 3600,
    least: 900,
    most: 43_200,
    says: 'How long sessions of a profile may last.',
  },
  max_roles: { unit: 'roles', fallback: 10, least: 1, most: 250, says: 'How many roles one profile may list.' },
  min_days_left: {
    unit: 'days',
    fallback: 30,
    least: 1,
    most: 3653,
    says: "What a certificate, a CA's or a subject's, must have left.",
  },
  min_notification_days: {
    unit: 'days',
    fallback: 7,
    least: 1,
    most: 360,
    says: 'How long before expiry AWS is to tell of it.',
  },
  max_ca_validity_days: {
    unit: 'days',
    fallback: 3653,
    least: 1,
    most: 36_525,
    says: "How long a CA's certificate may be valid.",
  },
  max_rotation_days: {
    unit: 'days',
    fallback: 90,
    least: 1,
    most: 3653,
    says: 'How long a trust anchor may hold two certificates of one CA that moves to another key, or two CAs side by side.',
  },
  max_leaf_validity_days: {
    unit: 'days',
    fallback: 398,
    least: 1,
    most: 36_525,
    says: 'How long the certificates that subjects come with may be valid.',
  },
  max_hours_without_crl: {
    unit: 'hours',
    fallback: 24,
    least: 0,
    most: 8760,
    says: 'Certificates that live no longer need no revocation list.',
  },
  max_idle_days: {
    unit: 'days',
    fallback: 90,
    least: 1,
    most: 3653,
    says: 'After how long a profile or a subject that nobody used is stale.',
  },
  max_crl_age_days: {
    unit: 'days',
    fallback: 30,
    least: 1,
    most: 3653,
    says: 'After how long a revocation list that nobody imported anew is stale.',
  },
  max_live_certificates: {
    unit: 'certificates',
    fallback: 2,
    least: 1,
    most: 1000,
    says: 'How many certificates of one subject, short-lived ones aside, may be valid at the same time.',
  },
  max_failure_age_days: {
    unit: 'days',
    fallback: 30,
    least: 1,
    most: 3653,
    says: 'Failed requests for a session that are older are history.',
  },
} as const satisfies Readonly<Record<string, Threshold>>;

/** What each entry of a list must be. */
export type ListItem = 'region' | 'ca' | 'key type' | 'tag key' | 'network' | 'ARN pattern';

export interface List {
  readonly item: ListItem;
  readonly says: string;
}

/** All are empty until a user fills them. An empty list sets no bounds: nothing is outside it, and nobody is known. */
export const LISTS = {
  allowed_regions: { item: 'region', says: 'Where Roles Anywhere may be used.' },
  allowed_cas: { item: 'ca', says: 'The CAs that trust anchors may have.' },
  allowed_key_types: {
    item: 'key type',
    says: 'The types of key that CAs may have: ml-dsa-44, ml-dsa-65 and ml-dsa-87 ask for post-quantum ones.',
  },
  required_tags: { item: 'tag key', says: 'The keys of tags that trust anchors and profiles must have.' },
  known_networks: { item: 'network', says: 'Where changes and sessions are expected from.' },
  known_actors: {
    item: 'ARN pattern',
    says: 'The principals that change Roles Anywhere as part of their work: what they may change is not told, and what they do is told as info (from known_networks, where those are set).',
  },
} as const satisfies Readonly<Record<string, List>>;

export const DEFAULTS: Settings = {
  thresholds: mapped(THRESHOLDS, ({ fallback }) => fallback),
  lists: mapped(LISTS, () => []),
  expect: NO_EXPECTATIONS,
};

function mapped<Name extends string, From, To>(table: Readonly<Record<Name, From>>, make: (of: From) => To) {
  return Object.fromEntries(Object.entries<From>(table).map(([name, of]) => [name, make(of)])) as Record<Name, To>;
}
