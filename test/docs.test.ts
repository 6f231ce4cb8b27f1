import { expect, test } from 'vitest';
import { helpText } from '../src/commands/help.ts';
import { FIELDS, KINDS } from '../src/documents/fields.ts';
import type { EscalationPath, Gives } from '../src/iam/escalation/path.ts';
import { escalationPaths, isOwnPath } from '../src/iam/escalation/paths.ts';
import { COMMANDS } from '../src/options.ts';

/** docs/ is generated: `npx vitest run test/docs.test.ts -u` writes it anew. */

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
