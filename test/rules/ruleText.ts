import type { Rule } from '../../src/rules/rule.ts';
import { readRule } from '../../src/rules/ruleFile.ts';

export const NOW = new Date('2026-11-24T00:00:00Z');

/** The smallest rule file, with lines put in at the end of `[rule]` and after it. */
export function ruleText(
  rest: { readonly query?: string; readonly index?: string; readonly rule?: string; readonly after?: string } = {},
): string {
  const { query = 'profile.enabled: true', index = 'postern-profile', rule = '', after = '' } = rest;
  return `[rule]
name = "A name"
description = "What and why."
severity = "low"
risk_score = 21
type = "query"
language = "kuery"
index = ["${index}"]
query = '''
${query}
'''
${rule}
${after}
`;
}

export function ruleFrom(text: string, file = 'some-rule.toml'): Rule {
  const reading = readRule({ file, text }, NOW);
  if ('problems' in reading) throw new Error(JSON.stringify(reading.problems));
  return reading.rule;
}
