import type { DocumentKind, JsonObject } from '../documents/document.ts';
import type { Severity } from '../findings/finding.ts';
import type { EqlSequence } from '../query/eql.ts';
import type { Query } from '../query/query.ts';

/**
 * A rule file: Elastic's TOML shape, plus `[postern]`. A rule that this version cannot run is loaded all the same and
 * says why (`unsupported`): it is listed, never dropped.
 */
export interface Rule {
  /** The file's name without `.toml`. */
  readonly id: string;
  readonly file: string;
  readonly name: string;
  /** What is wrong and why it matters. */
  readonly description: string;
  readonly severity: Severity;
  /** 0 to 100. */
  readonly riskScore: number;
  /** First of these whose query says yes sets severity and risk score instead. */
  readonly severityWhen: readonly SeverityWhen[];
  readonly kind: DocumentKind;
  /** Elastic's own id, where the file has one. */
  readonly ruleId: string | undefined;
  readonly type: string;
  readonly language: string;
  readonly queryText: string;
  /** All of the file that decides what the rule says of which events, as JSON. */
  readonly asked: string;
  readonly run: Run;
  /** Which matches are only counted in an earlier one. */
  readonly suppression: Suppression | undefined;
  readonly offline: Offline;
  /** Elastic's date math, `now-30m`; activity rules only. */
  readonly from: string | undefined;
  readonly interval: string | undefined;
  /** Part of other rules, not shown by itself: Elastic's `building_block_type`. */
  readonly buildingBlock: boolean;
  /** Alerts a run of Elastic's engine makes at most; Postern tells all. */
  readonly maxSignals: number | undefined;
  /** The time that Elastic's engine goes by; Postern goes by the event's own. */
  readonly timestampOverride: string | undefined;
  readonly threat: readonly Tactic[];
  readonly references: readonly string[];
  readonly falsePositives: readonly string[];
  /** Triage steps, Markdown. */
  readonly note: string | undefined;
  /** Shown as evidence; the query's own fields when the file names none. */
  readonly evidenceFields: readonly string[];
  readonly fix: FixTemplate;
  readonly blindSpots: readonly string[];
  readonly examples: readonly Example[];
  readonly upstream: { readonly project: string; readonly ruleId: string; readonly version: string } | undefined;
  readonly tags: readonly string[];
}

/** How a rule judges: one event by itself, events over time, a sequence of them; or why it does not. */
export type Run =
  | { readonly query: Query }
  | { readonly query: Query; readonly over: NewTerms | Threshold }
  | { readonly sequence: EqlSequence }
  | { readonly unsupported: string };

/** Speaks of an event whose values in these fields no event that matches had in the time before. */
export interface NewTerms {
  readonly kind: 'new_terms';
  /** One to three. */
  readonly fields: readonly string[];
  readonly historyMs: number;
}

/** Speaks when as many events as `value`, alike in these fields, lie in one window. */
export interface Threshold {
  readonly kind: 'threshold';
  /** None: all events together. */
  readonly fields: readonly string[];
  readonly value: number;
  /** How many values of one more field they must have. */
  readonly cardinality: { readonly field: string; readonly value: number } | undefined;
  readonly windowMs: number;
}

export interface Suppression {
  /** Up to three; empty for thresholds, which are grouped by their own fields. */
  readonly groupBy: readonly string[];
  readonly durationMs: number;
  /** What becomes of an event that lacks one of the fields: null is a value, or it stands for itself. */
  readonly missing: 'suppress' | 'doNotSuppress';
}

/** What a rule asks for that log files do not hold. All empty for a rule about resources. */
export interface Offline {
  /** Fields that it reads and no record can give: where one of them decides, the rule is not evaluated. Sorted. */
  readonly fieldsNotDerivable: readonly string[];
  /** Those among them that are in no vocabulary. Only a foreign rule may read such. */
  readonly unmapped: readonly string[];
  /** `history of 10d`, `data events`. */
  readonly needs: readonly string[];
  /** What its author should know. */
  readonly notes: readonly string[];
}

export interface SeverityWhen {
  readonly query: Query;
  readonly severity: Severity;
  readonly riskScore: number;
}

export interface Tactic {
  readonly framework: string;
  readonly tactic: Reference;
  readonly techniques: readonly (Reference & { readonly subtechniques: readonly Reference[] })[];
}

export interface Reference {
  readonly id: string;
  readonly name: string;
  readonly reference: string;
}

/** Text with `{{field.path}}` where the document's value goes, quoted for where it stands. */
export interface FixTemplate {
  readonly text: string;
  readonly cli: string | undefined;
  readonly terraform: string | undefined;
}

/**
 * The smallest documents that make the rule speak (`match`), keep silent (`no match`) or say it cannot know: of the last of
 * them, when the others have come before it.
 */
export interface Example {
  readonly name: string;
  readonly expect: 'match' | 'no match' | 'not evaluated';
  /** Merged under `[rule]`'s kind: a raw CloudTrail record for events, a document body otherwise. In time order; at least one. */
  readonly documents: readonly JsonObject[];
}
