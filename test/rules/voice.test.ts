import { basename } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { vocabularyFor } from '../../src/documents/fields.ts';
import { printableBlock } from '../../src/report/printable.ts';
import { explainText } from '../../src/report/rule.ts';
import { checkRules } from '../../src/rules/check.ts';
import { loadRules } from '../../src/rules/load.ts';
import type { Rule } from '../../src/rules/rule.ts';
import { hclFault } from './hcl.ts';

/** Every rule that Postern brings is told in the same voice, and keeps the same promises. */

const { rules, problems } = loadRules({ dirs: [], builtin: true, now: new Date('2026-11-24T00:00:00Z') });

test('all of them load, each under its own id', () => {
  expect(problems).toEqual([]);
  expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
  expect(rules.map(({ id, file }) => [id, basename(file)])).toEqual(rules.map(({ id }) => [id, `${id}.toml`]));
});

test('no two have one name', () => {
  expect(new Set(rules.map(({ name }) => name)).size).toBe(rules.length);
});

describe.each(rules.map(rule => [rule.id, rule] as const))('%s', (_, rule) => {
  it('has an id of words, and a name that is a heading', () => {
    expect(rule.id).toMatch(/^[a-z]+(-[a-z0-9]+)+$/);
    expect(rule.name).toMatch(/^[A-Z][^\t\n]*[^.\s]$/);
    expect(rule.name.length).toBeLessThanOrEqual(80);
  });

  it('keeps its word: its examples come out as they say, and nothing is lacking', () => {
    const [check] = checkRules({ rules: [rule] });
    expect(check?.problems).toEqual([]);
    expect(check?.examples.length).toBe(rule.examples.length);
    expect(rule.examples.map(each => each.expect)).toEqual(expect.arrayContaining(['match', 'no match']));
  });

  it('speaks in sentences', () => {
    const said = [rule.description, rule.fix.text, ...rule.blindSpots, ...rule.falsePositives];
    expect(said.filter(text => !isSentences(text))).toEqual([]);
    expect(rule.blindSpots).not.toEqual([]);
  });

  it('has text that nothing need be done to before it is printed', () => {
    expect(textsOf(rule).filter(text => printableBlock(text) !== text || text.includes('\t'))).toEqual([]);
  });

  it('has references that are addresses, each once', () => {
    expect(rule.references.filter(url => !isAddress(url))).toEqual([]);
    expect(new Set(rule.references).size).toBe(rule.references.length);
    expect(rule.references).not.toEqual([]);
  });

  it('shows and fills in nothing but fields that there are', () => {
    const { cli = '', terraform = '' } = rule.fix;
    const filled = [rule.fix.text, cli, terraform].flatMap(text =>
      [...text.matchAll(/\{\{([^}]*)\}\}/g)].map(([, field = '']) => field.trim()),
    );
    const isKnown = (field: string) => vocabularyFor(rule.kind).mapping(field) !== undefined;
    expect([...filled, ...rule.evidenceFields].filter(field => !isKnown(field))).toEqual([]);
  });

  it('has commands that are of the AWS CLI, and Terraform whose braces and quotes are closed', () => {
    expect(commandsIn(rule.fix.cli ?? '').filter(command => !command.startsWith('aws '))).toEqual([]);
    expect(hclFault(rule.fix.terraform ?? '')).toBeUndefined();
  });

  it('has commands that say in which region, and Terraform that says what of a resource changes', () => {
    const regional = commandsIn(rule.fix.cli ?? '').filter(command => /^aws (rolesanywhere|acm-pca) /.test(command));
    expect(regional.filter(command => !command.includes(' --region '))).toEqual([]);
    const { terraform = '' } = rule.fix;
    expect(terraform).not.toMatch(/resource "(aws_rolesanywhere_profile|aws_iam_role)" "\w+" \{\n(?! {2}# Only )/);
    expect(terraform).not.toMatch(
      /resource "aws_rolesanywhere_trust_anchor" "this" \{\n(?! {2}# Only )[^}]* source \{/,
    );
    expect(terraform.includes('"aws_organizations_policy"')).toBe(
      terraform.includes('"aws_organizations_policy_attachment"'),
    );
  });

  it('is explained with all of this', () => {
    const text = squeezed(explainText(rule));
    const { fix, queryText, severityWhen } = rule;
    const told = [rule.id, rule.name, rule.description, queryText, fix.text, fix.cli ?? '', fix.terraform ?? ''];
    const more = [
      ...rule.blindSpots,
      ...rule.falsePositives,
      ...rule.references,
      ...severityWhen.map(when => when.query.text),
    ];
    expect([...told, rule.note ?? '', ...more].filter(each => !text.includes(squeezed(each)))).toEqual([]);
    expect(text).toContain(`${rule.severity}, risk score ${rule.riskScore}`);
    for (const { name, expect: expected } of rule.examples) expect(text).toContain(squeezed(`${expected}: ${name}`));
  });
});

function textsOf(rule: Rule): readonly string[] {
  const { fix, examples } = rule;
  return [
    rule.name,
    rule.description,
    rule.queryText,
    rule.note ?? '',
    fix.text,
    fix.cli ?? '',
    fix.terraform ?? '',
    ...rule.blindSpots,
    ...rule.falsePositives,
    ...rule.references,
    ...rule.tags,
    ...examples.map(({ name }) => name),
  ];
}

/** Begins as one, or with a condition key, and ends as one; a list or a quotation may come in between. */
function isSentences(text: string): boolean {
  return /^(?:[A-Z`"'{]|[a-z]+:[A-Z])[\s\S]*[.?!)`]$/.test(text.trim()) && !/\.\.|\s[.,;]|[^\S\n]{2,}\S/.test(text);
}

function isAddress(url: string): boolean {
  if (!URL.canParse(url) || /[.,;]$/.test(url)) return false;
  const { href, protocol } = new URL(url);
  return protocol === 'https:' && (href === url || href === `${url}/`);
}

/** A line that ends in a backslash goes on. */
function commandsIn(cli: string): readonly string[] {
  return cli
    .trim()
    .replace(/\\\n\s*/g, '')
    .split('\n')
    .filter(line => line.trim() !== '' && !line.startsWith('#'));
}

/** However lines are broken, and without the marks of lists and the space before them. */
function squeezed(text: string): string {
  return text.split(/\s+/).join(' ').trim();
}
