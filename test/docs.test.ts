import { expect, test } from 'vitest';
import { helpText } from '../src/commands/help.ts';
import { FIELDS, KINDS } from '../src/documents/fields.ts';
import type { EscalationPath, Gives } from '../src/iam/escalation/path.ts';
import { escalationPaths, isOwnPath } from '../src/iam/escalation/paths.ts';
import { GRADES } from '../src/iam/gate/grade.ts';
import { COMMANDS } from '../src/options.ts';
import { loadRules } from '../src/rules/load.ts';
import { EXPECT_TABLES, EXPECTED_KINDS, type ValueType } from '../src/settings/expectTables.ts';
import { readSettings } from '../src/settings/read.ts';
import { LISTS, type List, type ListItem, THRESHOLDS, type Threshold } from '../src/settings/settings.ts';
import { rulesPage } from './rulesPage.ts';

/** docs/ is generated: `npx vitest run test/docs.test.ts -u` writes it anew. */

const ITEM_WORDS: Readonly<Record<ListItem, string>> = {
  region: 'regions',
  ca: 'SHA-256 fingerprints of certificates, with or without colons, and ARNs of private CAs',
  'key type': 'types of key: rsa, rsa-pss, ec, ed25519, ed448, ml-dsa-44, ml-dsa-65, ml-dsa-87',
  'tag key': 'keys of tags',
  network: 'CIDR blocks or single addresses, IPv4 and IPv6',
  'ARN pattern': "ARNs of users, roles or sessions (a role's stands for its sessions), in which `*` is any characters",
};

const KEY_WORDS: Readonly<Record<ValueType, readonly [type: string, unit: string]>> = {
  text: ['text', ''],
  region: ['text', 'region'],
  account: ['text', 'twelve digits'],
  boolean: ['boolean', ''],
  seconds: ['whole number', 'seconds'],
  sha256: ['text', '64 hex digits'],
  grade: ['text', 'grade'],
  cas: ['list of texts', ITEM_WORDS.ca],
  'role ARNs': ['list of texts', 'ARNs of roles'],
  'anchor ARNs': ['list of texts', 'ARNs of trust anchors'],
  texts: ['list of texts', ''],
};

const KEY_BOUNDS: Readonly<Partial<Record<ValueType, string>>> = {
  seconds: '900 to 43200',
  grade: GRADES.join(', '),
  cas: 'each once',
  'role ARNs': 'each once',
  'anchor ARNs': 'each once',
  texts: 'each once',
};

const SETTINGS_INTRODUCTION = `What \`postern.toml\` may set: thresholds and lists that rules go by, and what an account is expected to hold. Postern reads
it from the working directory where there is one, or the file that \`--config FILE\` names; \`--config none\` leaves it out. A key
that is not known, a number out of bounds, an entry that is none is an error: all are told at once, with their lines. The report
says which file it went by, and the SHA-256 of it.

An empty list sets no bounds: nothing is outside it. With \`known_actors\` set, a change by a known actor is told as info, from
wherever it comes unless \`known_networks\` is set too; without \`known_actors\` nobody is known. What a resource does with regard to a setting is a field of its document
([fields.md](fields.md)): \`profile.beyond.max_session_seconds\`, \`postern.known_actor\`, \`profile.expected.differs\`.

This page is generated from the tables by which the file is checked.`;

const EXPECT_EXAMPLE = `## What is expected

\`[[expect.trust_anchor]]\`, \`[[expect.profile]]\` and \`[[expect.role]]\` declare what is meant to be there, one table for each.
\`postern expect\` prints the account as it is now in such tables, sorted: commit them, and from then on \`postern --ci\` tells what
has come, gone or changed, by rules like any other (\`expected-…\`, [rules.md](rules.md)). A kind of which nothing is declared is
not compared; neither is a key that a table leaves out. What could not be read is *not evaluated*, never missing.

\`\`\`toml
[thresholds]
max_session_seconds = 7200

[lists]
allowed_regions = ["eu-west-1"]
known_actors = ["arn:aws:iam::111122223333:role/terraform-*"]
known_networks = ["192.0.2.0/24", "2001:db8::/32"]

[[expect.trust_anchor]]
name = "build-farm"
region = "eu-west-1"
cas = ["e90089f1555b7e6d3ed70997ae7ea47e0810584f3cf41413095803af0b00981e"]

[[expect.profile]]
name = "ci"
region = "eu-west-1"
roles = ["arn:aws:iam::111122223333:role/deploy"]
session_policy = true
max_session_seconds = 3600

[[expect.role]]
name = "deploy"
anchors = ["arn:aws:rolesanywhere:eu-west-1:111122223333:trust-anchor/2d26ea33-8f86-4207-a11d-f9750c2ccb53"]
grade = "attribute"
\`\`\``;

test('docs/cli.md is what --help says', async () => {
  const sections = COMMANDS.map(({ name }) => `## ${`postern ${name}`.trim()}\n\n\`\`\`\n${helpText(name)}\`\`\``);
  const text = `# Commands and flags\n\nGenerated from the program's own table.\n\n${sections.join('\n\n')}\n`;
  await expect(text).toMatchFileSnapshot('../docs/cli.md');
});

test('docs/fields.md is the vocabulary', async () => {
  const sections = KINDS.map(kind => {
    const rows = FIELDS[kind].map(({ name, type, says, source }) => `| \`${name}\` | ${type} | ${says} | ${source} |`);
    return `## ${kind}\n\n| field | type | what it says | source |\n|---|---|---|---|\n${rows.join('\n')}`;
  });
  const text = `# Fields\n\nWhat rules and filters may ask of each kind of document. Generated from the vocabulary.\n\n${sections.join('\n\n')}\n`;
  await expect(text).toMatchFileSnapshot('../docs/fields.md');
});

test('docs/rules.md tells every rule', async () => {
  const { rules } = loadRules({ dirs: [], builtin: true, now: new Date('2026-11-24T00:00:00Z') });
  await expect(rulesPage(rules)).toMatchFileSnapshot('../docs/rules.md');
});

test('docs/settings.md is the tables that postern.toml is checked by', async () => {
  const rows = settingRows.map(row => `| ${row.map(cell => cell.replaceAll('|', '\\|')).join(' | ')} |`);
  const table = ['| setting | type | unit | default | bounds | what it says |', '|---|---|---|---|---|---|', ...rows];
  const text = `# Settings\n\n${SETTINGS_INTRODUCTION}\n\n${table.join('\n')}\n\n${EXPECT_EXAMPLE}\n`;
  await expect(text).toMatchFileSnapshot('../docs/settings.md');
});

test('the example of docs/settings.md keeps its word', () => {
  const example = EXPECT_EXAMPLE.slice(EXPECT_EXAMPLE.indexOf('```toml\n') + 8, EXPECT_EXAMPLE.lastIndexOf('```'));
  expect(readSettings(example)).toHaveProperty('settings');
});

const settingRows: readonly (readonly string[])[] = [
  ...Object.entries<Threshold>(THRESHOLDS).map(([name, { unit, fallback, least, most, says }]) => [
    `\`thresholds.${name}\``,
    'whole number',
    unit,
    String(fallback),
    `${least} to ${most}`,
    says,
  ]),
  ...Object.entries<List>(LISTS).map(([name, { item, says }]) => [
    `\`lists.${name}\``,
    'list of texts',
    ITEM_WORDS[item],
    'empty',
    'each once',
    says,
  ]),
  ...EXPECTED_KINDS.flatMap(kind =>
    EXPECT_TABLES[kind].map(({ name, type, required, says }) => [
      `\`expect.${kind}.${name}\``,
      ...KEY_WORDS[type],
      required ? 'must be there' : type === 'account' ? 'any account' : 'not compared',
      KEY_BOUNDS[type] ?? '',
      says,
    ]),
  ),
];

test('docs/escalation.md tells every path', async () => {
  const families = [...new Set(escalationPaths.map(familyOf))];
  const sections = families.map(family => {
    const rows = escalationPaths.filter(path => familyOf(path) === family).map(rowOf);
    return `## ${family}\n\n| id | from | what the session does | with | gives |\n|---|---|---|---|---|\n${rows.join('\n')}`;
  });
  const text = `# Escalation paths\n\n${INTRODUCTION}\n\n${sections.join('\n\n')}\n`;
  await expect(text).toMatchFileSnapshot('../docs/escalation.md');
});

const INTRODUCTION = `The ways from a session to more than it was given that Postern knows: what \`path.escalation.id\` and \`path.access.admin_by\`
name. Generated from the program's own table. The permission sets with pathfinding.cloud's ids are its facts (DataDog,
Apache-2.0); what each permission must reach, what a path gives a session and the paths marked as Postern's own (\`rolesanywhere-…\`
and numbers from 901) are our reading of AWS.`;

function familyOf({ id }: EscalationPath): string {
  return id.replace(/-\d+$/, '');
}

function rowOf(path: EscalationPath): string {
  const permissions = path.permissions.map(({ action, on }) => `\`${action}\` on ${ON[on] ?? on}`).join(', ');
  const from = isOwnPath(path) ? "Postern's own" : 'pathfinding.cloud';
  return `| \`${path.id}\` | ${from} | ${path.says} | ${permissions} | ${GIVES[path.gives]} |`;
}

const ON: Readonly<Record<string, string>> = {
  any: 'any resource',
  'new-role': 'the new role',
  'new-user': 'the new user',
  'own-role': 'its own role',
  'own-policy': 'a policy of its own role',
  'own-boundary': "its own role's boundary policy",
  'target-role': 'the role',
  'target-policy': 'a policy of the role',
  'target-user': 'the user',
  'target-group': 'the group',
  'target-resource': 'the resource',
};

const GIVES: Readonly<Record<Gives, string>> = {
  admin: 'anything, within what bounds what it writes into',
  own: "what its own role's policies say, without what held them back",
  target: 'what the target has',
  'target-admin': "anything that the target's own boundary lets through",
  'target-freed': "what the target's policies say, without its boundary",
  others: 'nothing yet: a user or a group gets it',
  entry: 'a certificate of its own that gets in through Roles Anywhere',
  gate: "a way in, for somebody's certificate",
};
