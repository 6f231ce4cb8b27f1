import { UserError } from '../errors.ts';
import { EXIT } from '../findings/verdict.ts';
import { escalationPaths } from '../iam/escalation/paths.ts';
import { nearest } from '../query/vocabulary.ts';
import { safeJson } from '../report/printable.ts';
import { checkText, explainText, rulesText } from '../report/rule.ts';
import { brokenFiles, checkRules } from '../rules/check.ts';
import type { LoadedRules } from '../rules/load.ts';
import type { Rule } from '../rules/rule.ts';
import { configOf } from './config.ts';
import { locateFor } from './locate.ts';
import { openOutput } from './output.ts';
import type { CommandRequest } from './registry.ts';
import { loadConfiguredRules, readConfiguredRules } from './ruleSet.ts';
import { nowOf } from './values.ts';

/** `postern rules [check [ID] | explain ID]`. */
export async function rules({ arguments: [action, id], options }: CommandRequest): Promise<number> {
  const now = options.now === undefined ? new Date() : nowOf(options.now);
  const locate = await locateFor(options);
  const output = openOutput(options.output);
  const json = options.format === 'json';
  const code = await run();
  await output.close();
  return code;

  async function run(): Promise<number> {
    if (action === undefined) return list();
    if (action === 'check') return check();
    if (action === 'explain') return explain();
    throw new UserError(`postern rules knows "check", "check ID" and "explain ID", not "${action}"`);
  }

  async function list(): Promise<number> {
    const all = readConfiguredRules(options, now, locate);
    await output.write(json ? `${all.map(rule => safeJson(rule)).join('\n')}\n` : rulesText(all));
    return EXIT.clean;
  }

  async function check(): Promise<number> {
    configOf(options);
    const all = loadConfiguredRules(options, now, locate);
    const { rules, problems } = id === undefined ? all : only(id, all);
    const checks = checkRules({ rules });
    const lines = [...checks, ...brokenFiles(problems)].map(one => `${safeJson(one)}\n`);
    await output.write(json ? lines.join('') : checkText(checks, problems));
    const bad = problems.length > 0 || checks.some(one => one.problems.length > 0);
    return bad ? EXIT.error : EXIT.clean;
  }

  async function explain(): Promise<number> {
    if (id === undefined)
      throw new UserError('postern rules explain needs the id of a rule', { hint: 'postern rules lists them.' });
    const all = readConfiguredRules(options, now, locate);
    const rule = ruleNamed(id, all);
    if (rule === undefined) throw noSuchRule(id, { rules: all, problems: [] });
    await output.write(json ? `${safeJson(rule, 2)}\n` : explainText(rule));
    return EXIT.clean;
  }
}

/** The rule of this name, or what is wrong with its file; and the paths that could not be read, for it may be there. */
function only(name: string, loaded: LoadedRules): LoadedRules {
  const rule = ruleNamed(name, loaded.rules);
  const id = rule?.id ?? name;
  const problems = loaded.problems.filter(problem => problem.rule === id || problem.rule === undefined);
  if (rule === undefined && problems.length === 0) throw noSuchRule(name, loaded);
  return { rules: rule === undefined ? [] : [rule], problems };
}

/** By Postern's id or by Elastic's. */
function ruleNamed(name: string, rules: readonly Rule[]): Rule | undefined {
  return rules.find(({ id, ruleId }) => id === name || ruleId === name);
}

function noSuchRule(name: string, { rules, problems }: LoadedRules): UserError {
  const path = escalationPaths.find(({ id }) => id === name);
  if (path !== undefined)
    return new UserError(`"${name}" is no rule but an escalation path`, {
      hint: `${path.says} docs/escalation.md tells of all.`,
    });
  const near = nearest(name, [...rules.map(({ id }) => id), ...problems.flatMap(({ rule }) => rule ?? [])]);
  return new UserError(`there is no rule "${name}"`, {
    hint: near.length === 0 ? 'postern rules lists them.' : `Did you mean: ${near.join(', ')}`,
  });
}
