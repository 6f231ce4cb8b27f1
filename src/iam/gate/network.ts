import ipaddr from 'ipaddr.js';
import { evaluateCondition } from '../condition/evaluate.ts';
import type { Operator } from '../condition/operator.ts';
import { rangeIn } from '../condition/test.ts';
import { PRESENT } from '../context.ts';
import type { Condition } from '../policy.ts';
import { not, some, type Truth } from '../truth.ts';

/** Whose address they are of: STS is called by the service (CloudTrail shows its name there), never by the client. */
export const NETWORK_KEYS: ReadonlySet<string> = new Set([
  'aws:sourceip',
  'aws:sourcevpc',
  'aws:sourcevpcarn',
  'aws:sourcevpce',
  'aws:vpcsourceip',
  'aws:vpceaccount',
  'aws:vpceorgid',
  'aws:vpceorgpaths',
]);

/**
 * Whether the condition holds for the address or VPC of the service, if the request has one. Which it is nobody knows, so only
 * what it is not can be certain.
 */
export function holdsForService(condition: Condition, { test, negated }: Operator): Truth {
  if (test === 'Null') return evaluateCondition(condition, { context: () => PRESENT, variables: false });
  if (condition.values.length === 0) return undefined;
  const key = condition.key.toLowerCase();
  const matched = some(condition.values.map(value => (isSurelyAnother(key, test, value) ? false : undefined)));
  return negated ? not(matched) : matched;
}

/**
 * aws:SourceIp never is a private address (IAM user guide, "Global condition keys"). A VPC or an endpoint named in full is
 * somebody's own.
 */
function isSurelyAnother(key: string, test: Operator['test'], value: string): boolean {
  if (test === 'IpAddress') {
    const range = rangeIn(value);
    return range === undefined || (key === 'aws:sourceip' && PRIVATE.some(block => isWithin(range, block)));
  }
  return key !== 'aws:sourceip' && key !== 'aws:vpcsourceip' && !/[*?]/.test(value);
}

type Range = [ipaddr.IPv4 | ipaddr.IPv6, number];

/** RFC 1918 and RFC 4193. */
const PRIVATE: readonly Range[] = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'].map(text =>
  ipaddr.parseCIDR(text),
);

function isWithin([address, bits]: Range, [block, blockBits]: Range): boolean {
  return address.kind() === block.kind() && bits >= blockBits && address.match(block, blockBits);
}
