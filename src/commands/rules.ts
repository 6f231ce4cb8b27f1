import { UserError } from '../errors.ts';
import { EXIT } from '../findings/verdict.ts';
import { nearest } from '../query/vocabulary.ts';
import { safeJson } from '../report/printable.ts';
import { checkText, explainText, rulesText } from '../report/rule.ts';
import { checkRules } from '../rules/check.ts';
import { openOutput } from './output.ts';
import type { CommandRequest } from './registry.ts';
import { loadConfiguredRules, readConfiguredRules } from './ruleSet.ts';
import { nowOf } from './values.ts';

/** `postern rules [check | explain ID]`. */
export async function rules({ arguments: [action, id], options }: CommandRequest): Promise<number> {
  const now = options.now === undefined ? new Date() : nowOf(options.now);
  const output = openOutput(options.output);
  const json = options.format === 'json';
  const code = await run();
  await output.close();
  return code;

  async function run(): Promise<number> {
    if (action === undefined) return list();
    if (action === 'check') return check();
    if (action === 'explain') return explain();
    throw new UserError(`postern rules knows "check" and "explain ID", not "${action}"`);
  }

  async function list(): Promise<number> {
    const all = readConfiguredRules(options, now);
    await output.write(json ? `${all.map(rule => safeJson(rule)).join('\n')}\n` : rulesText(all));
    return EXIT.clean;
  }

  async function check(): Promise<number> {
    const loaded = loadConfiguredRules(options, now);
    const checks = checkRules(loaded);
    const lines = [...checks, ...loaded.problems].map(one => `${safeJson(one)}\n`);
    await output.write(json ? lines.join('') : checkText(checks, loaded.problems));
    const bad = loaded.problems.length > 0 || checks.some(one => one.problems.length > 0);
    return bad ? EXIT.error : EXIT.clean;
  }

  async function explain(): Promise<number> {
    if (id === undefined)
      throw new UserError('postern rules explain needs the id of a rule', { hint: 'postern rules lists them.' });
    const all = readConfiguredRules(options, now);
    const rule = all.find(one => one.id === id || one.ruleId === id);
    if (rule === undefined) {
      const [near] = nearest(
        id,
        all.map(one => one.id),
      );
      throw new UserError(`there is no rule "${id}"`, {
        hint: near === undefined ? 'postern rules lists them.' : `Did you mean: ${near}`,
      });
    }
    await output.write(json ? `${safeJson(rule, 2)}\n` : explainText(rule));
    return EXIT.clean;
  }
}
