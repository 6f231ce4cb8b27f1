import type { Locate } from '../cloudtrail/locate.ts';
import { UserError } from '../errors.ts';
import type { Options } from '../options.ts';
import { printable } from '../report/printable.ts';
import { type LoadedRules, loadRules, type RuleProblem } from '../rules/load.ts';
import type { Rule } from '../rules/rule.ts';

type Wanted = Pick<Options, 'rules' | 'noBuiltinRules'>;

/** The rules the flags ask for. Throws one UserError with every problem of every file, and one when there are none. */
export function readConfiguredRules(wanted: Wanted, now: Date, locate?: Locate): readonly Rule[] {
  const { rules, problems } = loadConfiguredRules(wanted, now, locate);
  if (problems.length > 0) throw problemsOf(problems);
  return rules;
}

/** The same with what is wrong with some of them. Throws UserError when there is not one rule file. */
export function loadConfiguredRules({ rules: dirs, noBuiltinRules }: Wanted, now: Date, locate?: Locate): LoadedRules {
  const loaded = loadRules({ dirs, builtin: !noBuiltinRules, now, locate });
  if (loaded.rules.length + loaded.problems.length > 0) return loaded;
  const where = dirs.length === 0 ? '' : `, and there is no .toml file in ${dirs.join(', ')}`;
  throw new UserError(`there are no rules: --no-builtin-rules leaves out Postern's own${where}`, {
    hint: 'Leave out --no-builtin-rules, or name a folder of rule files with --rules DIR.',
  });
}

/** Throws UserError when not one of the rules can be run: that nothing was judged must not read as a pass. */
export function refuseNoneToRun(rules: readonly Rule[]): void {
  const reasons = rules.flatMap(({ id, run }) => ('unsupported' in run ? [`${id}: ${run.unsupported}`] : []));
  if (reasons.length < rules.length) return;
  throw new UserError(
    `there are no rules to run, for this version can run none of those given:\n${reasons.join('\n')}`,
    {
      hint: "Leave out --no-builtin-rules to judge with Postern's own as well.",
    },
  );
}

function problemsOf(problems: readonly RuleProblem[]): UserError {
  const count = problems.length === 1 ? 'a rule file has a problem' : `rule files have ${problems.length} problems`;
  return new UserError(
    `${count}:\n${problems.map(problem => `\n${printable(problem.file)}${problem.line === undefined ? '' : `:${problem.line}`}\n${problem.message}`).join('\n')}`,
    {
      hint: 'postern rules check --rules DIR says the same and runs the examples.',
    },
  );
}
