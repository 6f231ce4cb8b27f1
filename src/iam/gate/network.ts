import { evaluateCondition } from '../condition/evaluate.ts';
import type { Operator } from '../condition/operator.ts';
import { VALUE_TESTS } from '../condition/test.ts';
import { PRESENT } from '../context.ts';
import { ANYTHING } from '../glob.ts';
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
  if (test === 'IpAddress') return key === 'aws:sourceip' && isPrivate(value);
  return key !== 'aws:sourceip' && key !== 'aws:vpcsourceip' && !/[*?]/.test(value);
}

/** RFC 1918 and RFC 4193, and how many bits they fix. */
const PRIVATE: readonly (readonly [string, number])[] = [
  ['10.0.0.0/8', 8],
  ['172.16.0.0/12', 12],
  ['192.168.0.0/16', 16],
  ['fc00::/7', 7],
];

/** Whether all of the range is: it is no wider than the private one that its address is in. */
function isPrivate(value: string): boolean {
  const bits = value.split('/')[1];
  return PRIVATE.some(
    ([block, fixed]) => hasAddress(block, addressOf(value)) && (bits === undefined || Number(bits) >= fixed),
  );
}

function addressOf(value: string): string {
  return value.split('/')[0] ?? '';
}

function hasAddress(range: string, address: string): boolean {
  return VALUE_TESTS.IpAddress(address, { text: range, glob: ANYTHING });
}
