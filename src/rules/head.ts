import { readFileSync } from 'node:fs';
import { parse } from 'smol-toml';

/** What a rule file says it is. */
export interface Head {
  readonly rule_id: string | null;
  readonly name: string | null;
  readonly type: string | null;
  readonly language: string | null;
}

export const NOBODY: Head = { rule_id: null, name: null, type: null, language: null };

/** As far as the file can be read, though its rule does not load. */
export function headOf(file: string): Head {
  try {
    const { rule } = parse(readFileSync(file, 'utf8'));
    return isTable(rule)
      ? {
          rule_id: textOf(rule.rule_id),
          name: textOf(rule.name),
          type: textOf(rule.type),
          language: textOf(rule.language),
        }
      : NOBODY;
  } catch {
    return NOBODY;
  }
}

function isTable(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
