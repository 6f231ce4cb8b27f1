import type { Resource } from '../documents/document.ts';
import { compare } from '../snapshot/compare.ts';
import { type Finding, type NotEvaluated, SEVERITIES } from './finding.ts';

/** The order of every report: severity, then rule and resource. */
export function worstFirst(a: Finding, b: Finding): number {
  return SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) || byRule(a, b);
}

export function byRule(a: Finding | NotEvaluated, b: Finding | NotEvaluated): number {
  return compare(a.rule, b.rule) || compare(a.resource.id, b.resource.id) || byPlace(a.resource, b.resource);
}

function byPlace(a: Resource, b: Resource): number {
  return compare(a.account, b.account) || compare(a.region, b.region);
}
