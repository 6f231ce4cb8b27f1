import { open } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { vocabularyForAll } from '../documents/fields.ts';
import { UserError } from '../errors.ts';
import { compileKql } from '../query/kql.ts';
import { jsonVocabulary } from '../query/vocabulary.ts';
import { printable, safeJson } from '../report/printable.ts';
import { DEEPEST, isTooDeep } from '../snapshot/depth.ts';
import { documentBodies } from './documents.ts';
import { openOutput } from './output.ts';
import { problemsOnStderr } from './problems.ts';
import type { CommandRequest } from './registry.ts';
import { nowOf } from './values.ts';

/**
 * `postern query KQL`: the documents that match, one JSON line each; how many could not be decided, on stderr. Ends with 3 where
 * a call failed: there may be more.
 */
export async function query({ arguments: [text = ''], options }: CommandRequest): Promise<number> {
  const vocabulary = options.documents === undefined ? vocabularyForAll : jsonVocabulary();
  const problems = problemsOnStderr();
  const now = options.now === undefined ? new Date() : nowOf(options.now);
  compileKql(text, { vocabulary, now }); // What is wrong with it is told before anything is read.
  const { at, bodies } =
    options.documents === undefined
      ? await documentBodies(options, problems)
      : { at: now, bodies: ndjson(options.documents) };
  const compiled = compileKql(text, { vocabulary, now: at });
  const output = openOutput(options.output);
  let undecided = 0;
  for await (const body of bodies) {
    const answer = compiled.ask(body);
    if (answer === 'yes') await output.write(`${safeJson(body)}\n`);
    if (answer === 'unknown') undecided += 1;
  }
  await output.close();
  if (undecided > 0) process.stderr.write(`${undecided} more could not be decided: a field they need is not known\n`);
  return problems.exitCode();
}

/** Each line's object; a line that is not a JSON object, or a bottomless one, is named on stderr and left out. */
async function* ndjson(file: string): AsyncIterable<object> {
  let number = 0;
  const leaveOut = (why: string) => process.stderr.write(`${printable(file)}:${number}: ${why}, left out\n`);
  for await (const line of linesOf(file)) {
    number += 1;
    const text = number === 1 ? line.replace(/^\uFEFF/, '') : line;
    const value = objectIn(text);
    if (value === undefined) {
      if (text.trim() !== '') leaveOut('not a JSON object');
    } else if (isTooDeep(value)) leaveOut(`nested deeper than ${DEEPEST} levels`);
    else yield value;
  }
}

async function* linesOf(file: string): AsyncIterable<string> {
  if (file === '-') {
    yield* createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY });
    return;
  }
  try {
    const handle = await open(file);
    yield* handle.readLines();
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new UserError(`cannot read ${file}: ${why}`, { where: file, cause });
  }
}

function objectIn(line: string): object | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
