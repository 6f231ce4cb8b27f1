import { createHash } from 'node:crypto';
import type { Document, Json, JsonObject } from '../documents/document.ts';
import type { Gap, Gaps } from '../documents/gaps.ts';
import { readerOf } from '../documents/path.ts';
import type { Evidence, Finding, NotEvaluated } from '../findings/finding.ts';
import { byRule, worstFirst } from '../findings/order.ts';
import { asked } from './asked.ts';
import { isAboutDataEvents } from './dataEvents.ts';
import { fixer } from './fix.ts';
import { lookupsOf } from './lookups.ts';
import type { Rule } from './rule.ts';
import { verdictsOf } from './verdicts.ts';

export interface Evaluation {
  /** Worst first, then by rule and resource. */
  readonly findings: readonly Finding[];
  /** By rule and resource. */
  readonly notEvaluated: readonly NotEvaluated[];
}

/** Asks every rule that can run of every document of its kind; where there may be more, it could not be asked. */
export function evaluate(rules: readonly Rule[], documents: readonly Document[], gaps: Gaps): Evaluation {
  const findings: Finding[] = [];
  const notEvaluated: NotEvaluated[] = [];
  for (const rule of rules) {
    if ('unsupported' in rule.run) continue;
    const findingFrom = findingMaker(rule);
    for (const { document, status, missing, evidence } of verdictsOf(rule, documents, gaps.eventsSince)) {
      if (status === 'match') findings.push(withEvidence(findingFrom(document), evidence));
      else notEvaluated.push({ rule: rule.id, resource: document.resource, missing });
    }
    for (const { place, operation } of gapsFor(rule, gaps))
      notEvaluated.push({ rule: rule.id, resource: place, missing: [reasonFor(rule, operation)] });
  }
  return { findings: findings.sort(worstFirst), notEvaluated: notEvaluated.sort(byRule) };
}

/** None where the rule says no whatever there may be: it asks for what nobody has declared, say. */
function gapsFor(rule: Rule, gaps: Gaps): readonly Gap[] {
  const found = gaps.of(rule.kind, lookupsOf(rule));
  return found.length > 0 && rule.kind !== 'event' && saysNo(rule, gaps.unseen(rule.kind)) ? [] : found;
}

function saysNo({ run }: Rule, body: JsonObject): boolean {
  return 'query' in run && run.query.ask(body) === 'no';
}

/** LookupEvents has no data events, whatever it is asked. */
function reasonFor({ kind, run }: Rule, operation: string): string {
  return kind === 'event' && isAboutDataEvents(run) ? 'CloudTrail data events' : operation;
}

function withEvidence(finding: Finding, more: readonly Evidence[]): Finding {
  return more.length === 0 ? finding : { ...finding, evidence: [...finding.evidence, ...more] };
}

/** What the rule says of a document that it matches. */
function findingMaker(rule: Rule): (document: Document) => Finding {
  const fixFrom = fixer(rule.fix);
  const evidenceFrom = evidenceReader(rule.evidenceFields);
  return ({ resource, body }) => {
    const graded = gradeOf(rule, body);
    const time = body['@timestamp'];
    return {
      id: findingId(rule.id, resource.id),
      rule: rule.id,
      name: rule.name,
      severity: graded.severity,
      riskScore: graded.riskScore,
      resource,
      ...(typeof time === 'string' ? { time } : {}),
      why: rule.description,
      evidence: evidenceFrom(body),
      fix: fixFrom(body),
      references: rule.references,
      status: 'open',
    };
  };
}

/** A building block is part of other rules and of no weight by itself (Elastic hides its alerts): it is told as information. */
function gradeOf(rule: Rule, body: JsonObject): Pick<Rule, 'severity' | 'riskScore'> {
  const { severity, riskScore } = rule.severityWhen.find(when => asked(when.query, body) === 'yes') ?? rule;
  return { severity: rule.buildingBlock ? 'info' : severity, riskScore };
}

/** The same for the same rule and resource on every run: 16 hex digits of a SHA-256. */
function findingId(rule: string, resource: string): string {
  return createHash('sha256').update(`${rule}\0${resource}`).digest('hex').slice(0, 16);
}

function evidenceReader(fields: readonly string[]): (body: JsonObject) => readonly Evidence[] {
  const readers = fields.map(field => ({ field, read: readerOf(field) }));
  return body =>
    readers.flatMap(({ field, read }) => {
      const value = only(read(body));
      return value === undefined ? [] : [{ field, value }];
    });
}

function only(values: readonly Json[]): Json | undefined {
  return values.length > 1 ? values : values[0];
}
