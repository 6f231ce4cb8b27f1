import { collect } from '../aws/collect.ts';
import { readPolicy } from '../aws/permissions.ts';
import type { Progress } from '../aws/progress.ts';
import { UserError } from '../errors.ts';
import { EXIT } from '../findings/verdict.ts';
import type { Options } from '../options.ts';
import { failedLines } from '../report/coverage.ts';
import { printableBlock, safeJson } from '../report/printable.ts';
import { wrapped } from '../report/wrap.ts';
import { type Coverage, coverageOf, isAnswer } from '../snapshot/coverage.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { openOutput } from './output.ts';
import { type CommandRequest, version } from './registry.ts';
import { openPlace } from './source.ts';

/** What the doctor found. `account` is undefined when AWS did not let us in, and `trouble` says why. */
interface Checkup {
  readonly postern: string;
  readonly node: string;
  readonly account: string | undefined;
  readonly identity: string | undefined;
  readonly trouble: string | undefined;
  readonly regions: readonly { readonly name: string; readonly answers: boolean }[];
  readonly refused: readonly Coverage[];
  readonly policy: object;
}

/** `postern doctor`: tries every kind of call once, cheaply, and says what works and what Postern needs. */
export async function doctor({ options }: CommandRequest): Promise<number> {
  const checkup = await examine(options);
  const output = openOutput(options.output);
  const width = process.stdout.columns ?? 100;
  await output.write(options.format === 'json' ? `${safeJson(checkup, 2)}\n` : checkupText(checkup, width));
  await output.close();
  if (checkup.trouble !== undefined) return EXIT.error;
  return checkup.refused.length > 0 ? EXIT.notAllRead : EXIT.clean;
}

async function examine(options: Options): Promise<Checkup> {
  const now = new Date();
  const about = { postern: version(), node: process.versions.node, policy: readPolicy() };
  const place = await openPlace(options.demo, now);
  let identity: string | undefined;
  const onProgress = (progress: Progress) => {
    if (progress.kind === 'identity') identity = progress.arn;
  };
  try {
    const snapshot = await collect({
      ...(await place.request()),
      ...CHEAPLY,
      regions: options.region,
      profile: options.profile,
      now,
      onProgress,
    });
    return { ...about, ...whatAnswered(snapshot), identity, trouble: undefined };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const trouble = error.hint === undefined ? error.message : `${error.message}\n${error.hint}`;
    return { ...about, account: undefined, identity, trouble, regions: [], refused: [] };
  } finally {
    await place.close();
  }
}

/** An hour of one event source and one detail of each kind: every operation is tried, none often. */
const CHEAPLY = {
  since: 3600,
  lookups: [{ source: 'rolesanywhere.amazonaws.com', names: ['CreateProfile'] }],
  callBudget: 1,
  signal: undefined,
} as const;

function whatAnswered(snapshot: Snapshot): Pick<Checkup, 'account' | 'regions' | 'refused'> {
  const [account] = snapshot.accounts;
  const coverage = coverageOf(snapshot);
  const regions = (account?.regions ?? []).map(({ name }) => ({
    name,
    answers: coverage.some(row => row.region === name && isAnswer(row)),
  }));
  const refused = coverage.filter(({ status }) => status === 'not read' || status === 'partly read');
  return { account: account?.id, regions, refused };
}

function checkupText({ postern, node, policy, ...found }: Checkup, width: number): string {
  const advice = node.startsWith('20.') ? ' (AWS SDK releases from January 2027 on need Node 22)' : '';
  const lines = [
    ...row('Postern', postern, width),
    ...row('Node', `${node}${advice}`, width),
    ...(found.trouble === undefined ? foundLines(found, width) : row('Credentials', found.trouble, width)),
    '',
    'The IAM policy Postern needs (read-only; the AWS managed policy SecurityAudit lacks one of its actions,',
    'acm-pca:GetCertificateAuthorityCertificate, which is asked where a trust anchor is an AWS Private CA):',
    safeJson(policy, 2),
  ];
  return `${lines.join('\n')}\n`;
}

function foundLines(
  { account, identity, regions, refused }: Pick<Checkup, 'account' | 'identity' | 'regions' | 'refused'>,
  width: number,
): string[] {
  const silent = regions.filter(({ answers }) => !answers).map(({ name }) => name);
  const nothing = silent.length === 0 ? '' : `; nothing could be read in ${silent.join(', ')}`;
  return [
    ...row('Account', account ?? '', width),
    ...row('Identity', identity ?? '', width),
    ...row('Regions', `${regions.length - silent.length} of ${regions.length} answer${nothing}`, width),
    ...row(
      'Calls',
      refused.length === 0 ? 'all that were tried are allowed' : 'some that were tried are not allowed, or failed:',
      width,
    ),
    ...failedLines(refused, width),
  ];
}

/** A label, and beside it text of one line or several. */
function row(label: string, text: string, width: number): string[] {
  const [first = '', ...rest] = printableBlock(text)
    .split('\n')
    .flatMap(line => wrapped(line, width, LABEL));
  return [`${label.padEnd(LABEL.length)}${first.trimStart()}`.trimEnd(), ...rest];
}

const LABEL = ' '.repeat(14);
