import type { DocumentKind, JsonObject } from '../documents/document.ts';
import type { Severity } from '../findings/finding.ts';
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
  readonly run: { readonly query: Query } | { readonly unsupported: string };
  /** Elastic's date math, `now-30m`; activity rules only. */
  readonly from: string | undefined;
  readonly interval: string | undefined;
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

/** The smallest document that makes the rule speak (`match`), keep silent (`no match`) or say it cannot know. */
export interface Example {
  readonly name: string;
  readonly expect: 'match' | 'no match' | 'not evaluated';
  /** Merged under `[rule]`'s kind: a raw CloudTrail record for events, a document body otherwise. */
  readonly document: JsonObject;
}
