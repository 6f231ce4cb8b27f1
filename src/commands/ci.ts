import type { UserError } from '../errors.ts';
import { exitCode, type FailOn } from '../findings/verdict.ts';
import { formatNamed } from '../report/formats.ts';
import { reportOf } from '../report/report.ts';
import { unreadOf } from '../snapshot/coverage.ts';
import { colourOf } from './colour.ts';
import { explainPlan } from './explainPlan.ts';
import { openLastRun } from './lastRun.ts';
import { openOutput } from './output.ts';
import { progressOnStderr } from './progress.ts';
import { type CommandRequest, version } from './registry.ts';
import { refuseNoneToRun } from './ruleSet.ts';
import { openSource } from './source.ts';

/**
 * `postern --ci`: audit, print the report, exit with what terraform would; with 1 where --save failed, or what --since last leaves to
 * the next run, the report printed. A run that ends with 1 leaves nothing: the next tells its findings again.
 */
export async function ci({ options }: CommandRequest): Promise<number> {
  if (options.explainPlan) return await explainPlan(options);
  const format = await formatNamed(options.format);
  const output = openOutput(options.output);
  const last = openLastRun(options);
  const source = await openSource(options, last);
  refuseNoneToRun(source.rules);
  const progress = progressOnStderr(options.quiet);
  try {
    let notSaved: UserError | undefined;
    const whole = await source.audit({
      progress: progress.show,
      notSaved(error) {
        notSaved = error;
      },
    });
    progress.end();
    const audit = last?.news(whole, source.rules) ?? whole;
    const report = reportOf({ ...audit, now: source.now(), version: version(), config: source.config });
    const colour = options.output === undefined && colourOf(process.stdout);
    await output.write(format(report, { colour, width: process.stdout.columns ?? 100 }));
    await output.close();
    if (notSaved !== undefined) throw notSaved;
    last?.keep();
    const failedCalls = unreadOf(audit.snapshot).length;
    return exitCode({ findings: audit.findings, failedCalls }, options.failOn as FailOn);
  } finally {
    progress.end();
    await source.close();
  }
}
