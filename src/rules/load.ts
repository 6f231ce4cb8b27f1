import { readFileSync } from 'node:fs';
import type { Locate } from '../cloudtrail/locate.ts';
import { builtinFolder, tomlFiles } from './files.ts';
import { type RuleProblem, ruleIdOf } from './problem.ts';
import type { Rule } from './rule.ts';
import { type RuleReading, readRule } from './ruleFile.ts';

export type { RuleProblem } from './problem.ts';

export interface RuleRequest {
  /** Folders, searched with everything in them, or single files. */
  readonly dirs: readonly string[];
  /** Whether Postern's own rules are wanted too. */
  readonly builtin: boolean;
  /** What `now` means in queries (`not_after < now`). */
  readonly now: Date;
  /** Where there are databases of addresses: no rule asks in vain for what they tell. */
  readonly locate?: Locate | undefined;
}

export interface LoadedRules {
  /** Sorted by id. */
  readonly rules: readonly Rule[];
  /** Of all files, in the files' order. */
  readonly problems: readonly RuleProblem[];
}

/** Reads every rule file, and says of all of them at once what is wrong. Throws only for a bug. */
export function loadRules({ dirs, builtin, now, locate }: RuleRequest): LoadedRules {
  const into: Gathered = { rules: new Map(), problems: [], read: file => readRule(file, now, locate) };
  const { rules, problems } = into;
  for (const path of builtin ? [builtinFolder(), ...dirs] : dirs) {
    for (const file of found(path, problems)) add(file, into);
  }
  const sorted = [...rules.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1));
  return { rules: withNamesakes(sorted), problems };
}

/** Elastic knows a rule by its `rule_id`, and would keep one of two that have the same; here both run, and say so. */
function withNamesakes(rules: readonly Rule[]): readonly Rule[] {
  const last = new Map(rules.map(({ id, ruleId }) => [ruleId, id]));
  const first = new Map(rules.toReversed().map(({ id, ruleId }) => [ruleId, id]));
  return rules.map(rule => {
    const { id, ruleId } = rule;
    const other = first.get(ruleId) === id ? last.get(ruleId) : first.get(ruleId);
    if (ruleId === undefined || other === undefined || other === id) return rule;
    const note = `the rule_id is that of ${other} too: Elastic would keep one of them, Postern runs each`;
    return { ...rule, offline: { ...rule.offline, notes: [...rule.offline.notes, note] } };
  });
}

interface Gathered {
  readonly rules: Map<string, Rule>;
  readonly problems: RuleProblem[];
  readonly read: (file: { readonly file: string; readonly text: string }) => RuleReading;
}

function add(file: string, into: Gathered): void {
  const text = fromDisk(() => readFileSync(file, 'utf8'), { rule: ruleIdOf(file), file }, into.problems);
  if (text === undefined) return;
  const reading = into.read({ file, text });
  if ('problems' in reading) {
    into.problems.push(...reading.problems);
    return;
  }
  const other = into.rules.get(reading.rule.id);
  if (other === undefined) into.rules.set(reading.rule.id, reading.rule);
  else if (other.file !== file)
    into.problems.push({ rule: other.id, file, line: undefined, message: alreadyThere(reading.rule.id, other) });
}

function alreadyThere(id: string, other: Rule): string {
  return `the id ${id} is taken by ${other.file}: a rule's id is its file's name`;
}

function found(path: string, problems: RuleProblem[]): readonly string[] {
  return fromDisk(() => tomlFiles(path), { rule: undefined, file: path }, problems) ?? [];
}

function fromDisk<T>(read: () => T, from: Pick<RuleProblem, 'rule' | 'file'>, problems: RuleProblem[]): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    problems.push({ ...from, line: undefined, message: `cannot be read: ${error.code}` });
    return undefined;
  }
}
