import { type CollectRequest, collect } from './aws/collect.ts';
import type { Document } from './documents/document.ts';
import { documentsOf, type Making } from './documents/documents.ts';
import { gapsIn } from './documents/gaps.ts';
import type { Finding, NotEvaluated, NotSupported } from './findings/finding.ts';
import { evaluate } from './rules/evaluate.ts';
import type { Rule } from './rules/rule.ts';
import { type Coverage, coverageOf } from './snapshot/coverage.ts';
import type { Snapshot } from './snapshot/snapshot.ts';

/** The whole street walked once: what was read, the documents made of it, and what the rules say. */
export interface Audit {
  readonly snapshot: Snapshot;
  readonly documents: readonly Document[];
  readonly findings: readonly Finding[];
  readonly notEvaluated: readonly NotEvaluated[];
  /** Rules that were asked for and cannot be run. */
  readonly notSupported: readonly NotSupported[];
  readonly coverage: readonly Coverage[];
}

export interface AuditRequest extends CollectRequest, Omit<Making, 'now'> {
  readonly rules: readonly Rule[];
}

/** Collects from AWS, then judges. Throws UserError where nothing at all can be read (no credentials, say). */
export async function audit(request: AuditRequest): Promise<Audit> {
  return judge(await collect(request), request.rules, request);
}

/** The same from facts already there: a saved snapshot, or what has arrived so far. */
export function judge(snapshot: Snapshot, rules: readonly Rule[], making: Making = {}): Audit {
  const documents = documentsOf(snapshot, making);
  const { findings, notEvaluated } = evaluate(rules, documents, gapsIn(snapshot, making.settings));
  const coverage = coverageOf(snapshot);
  return { snapshot, documents, findings, notEvaluated, notSupported: notSupported(rules), coverage };
}

function notSupported(rules: readonly Rule[]): readonly NotSupported[] {
  return rules.flatMap(({ id, run }) => ('unsupported' in run ? [{ rule: id, reason: run.unsupported }] : []));
}
