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

function postureKind(name: string, index: readonly string[]): RuleKind {
  if (index.length > 1) return { problem: `${name} cannot be joined with other indices: a rule is about one kind` };
  const kind = KINDS.find(each => each !== 'event' && name === POSTURE + each);
  if (kind !== undefined) return { kind };
  const names = KINDS.filter(each => each !== 'event').map(each => POSTURE + each);
  return { problem: `there are no ${name} documents; index is one of ${names.join(', ')}, logs-aws.cloudtrail-*` };
}
