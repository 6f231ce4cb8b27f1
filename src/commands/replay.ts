import { EXIT } from '../findings/verdict.ts';
import { printable, safeJson } from '../report/printable.ts';
import { replay } from '../rules/replay.ts';
import { openLogs } from './logs.ts';
import { openOutput } from './output.ts';
import { problemsOnStderr } from './problems.ts';
import type { CommandRequest } from './registry.ts';
import { readConfiguredRules } from './ruleSet.ts';
import { nowOf } from './values.ts';

/**
 * `postern replay PATH…`: one JSON line for each event that a rule speaks of. Hits change no exit code; unread files do, and
 * more events than can be kept.
 */
export async function replayFiles({ arguments: paths, options }: CommandRequest): Promise<number> {
  const now = options.now === undefined ? new Date() : nowOf(options.now);
  const rules = readConfiguredRules(options, now).filter(rule => rule.kind === 'event');
  const tally = { hits: 0, records: 0 };
  const problems = problemsOnStderr();
  const records = await openLogs(paths, { profile: options.profile, onProblem: problems.report });
  for (const { id, run } of rules)
    if ('unsupported' in run) process.stderr.write(`${printable(id)} is not run: ${printable(run.unsupported)}\n`);
  const output = openOutput(options.output);
  const limits: string[] = [];
  const onLimit = (message: string) => limits.push(message);
  for await (const hit of replay(counted(records, tally), rules, { onLimit })) {
    tally.hits += 1;
    await output.write(`${safeJson(hit)}\n`);
  }
  await output.close();
  for (const message of limits) process.stderr.write(`${printable(message)}\n`);
  if (!options.quiet) sayTally({ ...tally, problems: problems.count });
  return limits.length > 0 ? EXIT.notAllRead : problems.exitCode();
}

async function* counted<T>(items: AsyncIterable<T>, tally: { records: number }): AsyncIterable<T> {
  for await (const item of items) {
    tally.records += 1;
    yield item;
  }
}

function sayTally({ hits, problems, records }: { hits: number; problems: number; records: number }): void {
  const trouble = problems === 0 ? '' : `, ${problems} ${problems === 1 ? 'problem' : 'problems'} (above)`;
  process.stderr.write(`${records} records, ${hits} ${hits === 1 ? 'hit' : 'hits'}${trouble}\n`);
}
