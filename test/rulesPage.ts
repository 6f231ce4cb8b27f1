import type { DocumentKind } from '../src/documents/document.ts';
import { printable, printableBlock } from '../src/report/printable.ts';
import type { Rule } from '../src/rules/rule.ts';

/** Along the street: from the CA to what was done. */
const PARTS: readonly (readonly [DocumentKind, string])[] = [
  ['trust_anchor', 'Trust anchors'],
  ['crl', 'Revocation lists'],
  ['subject', 'Subjects'],
  ['profile', 'Profiles'],
  ['role', 'Roles'],
  ['path', 'Access paths'],
  ['account', 'Accounts'],
  ['event', 'Activity'],
];

const INTRODUCTION = `Every rule that Postern brings, along the street from the CA to what was done with a session: what is wrong and why it matters, how
it decides, what to do, and what it cannot see. \`postern rules explain ID\` says the same, with the rule's examples. A severity
may hang on circumstances: the first one that holds decides. Where a fact is missing that a rule hangs on, it answers *not
evaluated*. \`{{field}}\` stands for what the document has there ([fields.md](fields.md)); thresholds and lists come from
\`postern.toml\` ([settings.md](settings.md)). How rules over events run, Elastic's among them, is told in [elastic.md](elastic.md).

This page is generated from the rule files.`;

/** docs/rules.md: an index, then one section for each rule, in the order of `postern rules explain`. */
export function rulesPage(rules: readonly Rule[]): string {
  const parts = PARTS.map(([kind, title]) => ({ title, own: rules.filter(rule => rule.kind === kind) })).filter(
    ({ own }) => own.length > 0,
  );
  const index = parts.flatMap(({ title, own }) => [`| **${title}** | | |`, ...own.map(indexRow)]);
  return [
    '# Rules',
    INTRODUCTION,
    ['| rule | severity | what is wrong |', '|---|---|---|', ...index].join('\n'),
    ...parts.flatMap(({ title, own }) => [`## ${title}`, ...own.map(sectionOf)]),
  ]
    .join('\n\n')
    .concat('\n');
}

function indexRow(rule: Rule): string {
  return `| [${rule.id}](#${rule.id}) | ${severitiesOf(rule)} | ${inCell(rule.name)} |`;
}

/** What it is where no circumstance holds, and what it may be. */
function severitiesOf({ severity, severityWhen }: Rule): string {
  const others = [...new Set(severityWhen.map(when => when.severity))].filter(each => each !== severity);
  return others.length === 0 ? severity : `${severity} (or ${others.join(', ')})`;
}

function sectionOf(rule: Rule): string {
  const { fix } = rule;
  return [
    `### ${rule.id}`,
    `**${printable(rule.name)}**`,
    prose(rule.description),
    titled('Query', fenced(rule.language === 'eql' ? 'eql' : 'kql', rule.queryText)),
    titled('Severity', severityLines(rule)),
    titled('MITRE ATT&CK', listed(rule.threat.flatMap(tacticLines))),
    titled(
      'Fix',
      [prose(fix.text), fenced('sh', fix.cli ?? ''), fenced('hcl', fix.terraform ?? '')].filter(isThere).join('\n\n'),
    ),
    titled('What it cannot see', listed(rule.blindSpots)),
    titled('False positives', listed(rule.falsePositives)),
    prose(rule.note ?? '').replace(/^## (.*)$/gm, '#### $1'),
    titled('References', listed(rule.references.map(url => `<${url}>`))),
  ]
    .filter(isThere)
    .join('\n\n');
}

function severityLines({ severityWhen, severity, riskScore }: Rule): string {
  if (severityWhen.length === 0) return `${severity} (${riskScore})`;
  const when = severityWhen.map(each => `${each.severity} (${each.riskScore}) when ${code(each.query.text)}`);
  return [...when, `${severity} (${riskScore}) otherwise`].map((line, at) => `${at + 1}. ${line}`).join('\n');
}

function tacticLines({ tactic, techniques }: Rule['threat'][number]): readonly string[] {
  const named = techniques.map(({ id, name, subtechniques }) =>
    [`${id} ${name}`, ...subtechniques.map(sub => `${sub.id} ${sub.name}`)].join(', '),
  );
  return [[`${tactic.id} ${tactic.name}`, ...named].join(': ')];
}

function titled(title: string, text: string): string {
  return text === '' ? '' : `#### ${title}\n\n${text}`;
}

function fenced(language: string, text: string): string {
  return text.trim() === '' ? '' : `\`\`\`${language}\n${printableBlock(text.trim())}\n\`\`\``;
}

function listed(items: readonly string[]): string {
  return items.map(item => `- ${printableBlock(item).replaceAll('\n', '\n  ')}`).join('\n');
}

function prose(text: string): string {
  return printableBlock(text.trim());
}

/** On one line. */
function code(text: string): string {
  return `\`${printable(text.trim().replace(/\s+/g, ' '))}\``;
}

function inCell(text: string): string {
  return printable(text).replaceAll('|', '\\|');
}

function isThere(text: string): boolean {
  return text !== '';
}
