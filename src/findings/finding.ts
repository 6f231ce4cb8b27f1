import type { Json, Resource } from '../documents/document.ts';

export const SEVERITIES = ['critical', 'high', 'medium', 'low', 'info'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** One rule's word on one resource. `id` is the same on every run: a fingerprint of rule and resource. */
export interface Finding {
  readonly id: string;
  readonly rule: string;
  readonly name: string;
  readonly severity: Severity;
  readonly riskScore: number;
  readonly resource: Resource;
  /** When the event happened, ISO 8601; posture findings have none. */
  readonly time?: string;
  readonly why: string;
  readonly evidence: readonly Evidence[];
  readonly fix: Fix;
  readonly references: readonly string[];
  readonly status: 'open';
}

export interface Evidence {
  readonly field: string;
  readonly value: Json;
}

/** What to do; `cli` and `terraform` are ready to paste, their values quoted. */
export interface Fix {
  readonly text: string;
  readonly cli?: string;
  readonly terraform?: string;
}

/** A rule that this version cannot run at all, and why. */
export interface NotSupported {
  readonly rule: string;
  readonly reason: string;
}

/**
 * A rule that could not answer. Either for a resource, and `missing` names the fields it lacked; or for a whole place, whose
 * resources nobody could list: then the resource's id and name are `*`, its region perhaps too (all that were not looked
 * at), and `missing` names the operation. Never a pass.
 */
export interface NotEvaluated {
  readonly rule: string;
  readonly resource: Resource;
  readonly missing: readonly string[];
}
