import type { DocumentKind } from '../documents/document.ts';
import { KINDS } from '../documents/fields.ts';

const CLOUDTRAIL = ['filebeat-*', 'logs-aws.cloudtrail-*', 'logs-aws.cloudtrail*', 'logs-aws*', 'logs-*'];
const POSTURE = 'postern-';

export type RuleKind =
  | { readonly kind: DocumentKind }
  /** A rule about data that Postern does not read. */
  | { readonly elsewhere: string }
  | { readonly problem: string };

/** What a rule is about, from its `index`. Elastic's rules that have none (ES|QL, machine learning) are about events. */
export function kindOf(index: readonly string[]): RuleKind {
  const posture = index.find(each => each.startsWith(POSTURE));
  if (posture !== undefined) return postureKind(posture, index);
  if (index.length === 0 || index.some(each => CLOUDTRAIL.includes(each))) return { kind: 'event' };
  return { elsewhere: `reads ${index.join(', ')}, which Postern does not` };
}

/** What a rule about this kind writes as its `index`. */
export function indexFor(kind: DocumentKind): string {
  return kind === 'event' ? 'logs-aws.cloudtrail-*' : POSTURE + kind;
}

function postureKind(name: string, index: readonly string[]): RuleKind {
  if (index.length > 1) return { problem: `${name} cannot be joined with other indices: a rule is about one kind` };
  const kind = KINDS.find(each => name === indexFor(each));
  if (kind !== undefined) return { kind };
  return { problem: `there are no ${name} documents; index is one of ${KINDS.map(indexFor).join(', ')}` };
}
