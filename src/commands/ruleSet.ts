import { UserError } from '../errors.ts';
import type { Options } from '../options.ts';
import { loadRules } from '../rules/load.ts';
import type { Rule } from '../rules/rule.ts';

/** The rules the flags ask for. Throws one UserError with every problem of every file. */
export function readConfiguredRules(options: Pick<Options, 'rules' | 'noBuiltinRules'>, now: Date): readonly Rule[] {
  const { rules, problems } = loadRules({ dirs: options.rules, builtin: !options.noBuiltinRules, now });
  if (problems.length === 0) return rules;
  const count = problems.length === 1 ? 'a rule file has a problem' : `rule files have ${problems.length} problems`;
  throw new UserError(
    `${count}:\n${problems.map(problem => `\n${problem.file}${problem.line === undefined ? '' : `:${problem.line}`}\n${problem.message}`).join('\n')}`,
    {
      hint: 'postern rules check --rules DIR says the same and runs the examples.',
    },
  );
}
