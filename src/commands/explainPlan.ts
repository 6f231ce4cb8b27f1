import type { Options } from '../options.ts';
import { safeJson } from '../report/printable.ts';
import { planOf } from '../rules/plan.ts';
import { openOutput } from './output.ts';
import { planText } from './planText.ts';
import { readConfiguredRules } from './ruleSet.ts';
import { nowOf } from './values.ts';

/** `--explain-plan`: what the activity rules need to be given; nothing is read but the rules. */
export async function explainPlan(options: Options): Promise<number> {
  const now = options.now === undefined ? new Date() : nowOf(options.now);
  const plan = planOf(readConfiguredRules(options, now));
  const output = openOutput(options.output);
  await output.write(options.format === 'json' ? `${safeJson(plan)}\n` : planText(plan));
  await output.close();
  return 0;
}
