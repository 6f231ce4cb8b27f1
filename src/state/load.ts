import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { UserError } from '../errors.ts';
import { DELAY_MS } from './reached.ts';
import { NO_STATE, STATE_VERSION, type State } from './state.ts';

/** A state file as it was when it was read. */
export interface LoadedState {
  readonly file: string;
  readonly state: State;
  /** Undefined: there is no such file yet. */
  readonly text: string | undefined;
}

/** Reads what the last run left. Throws UserError for a file that is broken, of another version or from the future. */
export function loadState(file: string, now: Date): LoadedState {
  const text = stateText(file);
  return { file, text, state: text === undefined ? NO_STATE : parseState(text, file, now) };
}

/** The file's text; undefined where there is none. Throws UserError where it cannot be read. */
export function stateText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    if (code === 'ENOENT') return undefined;
    const why = code === 'EISDIR' ? 'it is a folder' : code === 'EACCES' ? 'permission denied' : code;
    throw new UserError(`cannot read the state ${file}: ${why}`, {
      where: file,
      hint: 'Name a file: --state FILE',
      cause,
    });
  }
}

function parseState(text: string, file: string, now: Date): State {
  const result = v.safeParse(StateSchema, jsonOf(text, file));
  if (!result.success) throw broken(file, result.issues.slice(0, MOST_LISTED).map(lineOf).join('\n'));
  refuseFuture(result.output, file, now);
  return result.output;
}

function jsonOf(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw broken(file, `  not JSON: ${cause instanceof Error ? cause.message : String(cause)}`, cause);
  }
}

const MOST_LISTED = 5;

const time = v.pipe(
  v.string(),
  v.check(text => !Number.isNaN(Date.parse(text)), 'is no time in ISO 8601'),
);
const Lookup = v.object({ source: v.string(), names: v.array(v.string()) });
const Reached = v.object({
  until: time,
  chainedUntil: v.optional(time),
  lookups: v.array(Lookup),
  rules: v.record(v.string(), v.string()),
});
const Reported = v.object({
  rule: v.string(),
  event_id: v.string(),
  time,
  status: v.picklist(['match', 'not evaluated']),
});
const StateSchema = v.object({
  postern: v.literal(STATE_VERSION),
  accounts: v.record(v.string(), v.record(v.string(), Reached)),
  reported: v.array(Reported),
});

function lineOf({ path, message, received }: v.BaseIssue<unknown>): string {
  const where = (path ?? []).map(({ key }) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');
  return `  $${where}: ${received === 'undefined' ? 'is missing' : message}`;
}

function broken(file: string, why: string, cause?: unknown): UserError {
  return new UserError(`${file} is not a state that this Postern can go on from:\n${why}`, {
    where: file,
    hint: BEGIN_ANEW,
    cause,
  });
}

const BEGIN_ANEW =
  'Put back a copy, or delete it: the next run then reads as without "last", and tells all of that anew.';

/** From a time to come on there would be nothing to read, and what happens until then would be missed. */
function refuseFuture({ accounts }: State, file: string, now: Date): void {
  for (const [account, regions] of Object.entries(accounts)) {
    for (const [region, { until }] of Object.entries(regions)) {
      if (Date.parse(until) <= now.getTime() + DELAY_MS) continue;
      throw new UserError(`${file} says that ${region} of ${account} was read up to ${until}, which is yet to come`, {
        where: file,
        hint: `Is a clock wrong, or --now? ${BEGIN_ANEW}`,
      });
    }
  }
}
