import { createHash } from 'node:crypto';
import type { Rule } from '../rules/rule.ts';

/** The activity rules that can run. */
export function judging(rules: readonly Rule[]): readonly Rule[] {
  return rules.filter(({ kind, run }) => kind === 'event' && !('unsupported' in run));
}

/** A fingerprint of what a rule asks: another query under the same id is another rule. 16 hex digits of a SHA-256. */
export function rulePrint({ asked }: Rule): string {
  return createHash('sha256').update(asked).digest('hex').slice(0, 16);
}
