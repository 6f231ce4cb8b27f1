/**
 * What a user's `postern.toml` may set, with what holds where it says nothing. Pure data: `postern.toml` is read elsewhere,
 * documents say under `beyond.<name>` where a resource is beyond a threshold.
 */
export interface Settings {
  readonly thresholds: Thresholds;
  readonly lists: Lists;
}

/** Whole numbers, the unit in the name. */
export interface Thresholds {
  /** Sessions of a profile. */
  readonly max_session_seconds: number;
  /** Roles that one profile lists. */
  readonly max_roles: number;
  /** What a certificate, of a CA or a holder, must have left. */
  readonly min_days_left: number;
  /** How long before expiry AWS is to tell of it. */
  readonly min_notification_days: number;
  readonly max_ca_validity_days: number;
  /** Of the certificates that holders come with. */
  readonly max_leaf_validity_days: number;
  /** Certificates that live no longer need no revocation list. */
  readonly max_hours_without_crl: number;
  /** After which a profile or a subject that nobody used is stale. */
  readonly max_idle_days: number;
  /** After which a revocation list that nobody imported anew is stale. */
  readonly max_crl_age_days: number;
  /** Certificates of one subject that are valid at the same time. */
  readonly max_live_certificates: number;
  /** Failed requests for a session that are older are history. */
  readonly max_failure_age_days: number;
}

/** An empty list sets no bounds: nothing is outside it. */
export interface Lists {
  /** Where Roles Anywhere is used. */
  readonly allowed_regions: readonly string[];
  /** CAs that trust anchors may have: SHA-256 fingerprints of certificates (lower-case hex), ARNs of private CAs. */
  readonly allowed_cas: readonly string[];
  /** Tag keys that trust anchors and profiles must have. */
  readonly required_tags: readonly string[];
  /** CIDR blocks from which changes and sessions are expected. */
  readonly known_networks: readonly string[];
  /** ARNs of principals that change Roles Anywhere as part of their work; `*` stands for any characters. */
  readonly known_actors: readonly string[];
}

export const DEFAULTS: Settings = {
  thresholds: {
    max_session_seconds: 3600,
    max_roles: 10,
    min_days_left: 30,
    min_notification_days: 7,
    max_ca_validity_days: 3653,
    max_leaf_validity_days: 398,
    max_hours_without_crl: 24,
    max_idle_days: 90,
    max_crl_age_days: 30,
    max_live_certificates: 2,
    max_failure_age_days: 30,
  },
  lists: { allowed_regions: [], allowed_cas: [], required_tags: [], known_networks: [], known_actors: [] },
};
