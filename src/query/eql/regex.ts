import { MAX_TERM, type TextTest } from './pattern.ts';
import { type Node, Parser, type Reads, Refused } from './regex-syntax.ts';

/** Why a regular expression is refused; `at` counts UTF-16 units in it. */
export interface RegexProblem {
  readonly problem: string;
  readonly at: number;
}

/** When all counted repetitions are written out; Lucene has a limit of its own kind. */
const MAX_STATES = 1000;

/**
 * A test for the whole text, in Lucene's syntax: `.`, `[a-z]`, `[^…]`, `*`, `+`, `?`, `{n,m}`, `|`, brackets, `\` before a
 * character, `\d \s \w` and their opposites. `^` and `$` are ordinary characters there; Lucene's own operators `~ # @ & < "`
 * are refused. Without case, ranges keep theirs, as in Lucene (its issue 14378). All ways through the expression
 * are followed at once, so a hostile one costs no more than text × MAX_STATES.
 */
export function regexTest(pattern: string, insensitive: boolean): TextTest | RegexProblem {
  try {
    const program = programOf(new Parser(pattern, insensitive).parse());
    return text => text.length <= MAX_TERM && runs(program, text);
  } catch (error) {
    if (error instanceof Refused) return { problem: error.message, at: error.at };
    throw error;
  }
}

/** One step: a character to read, or two places to go on at without reading. The end of the list is the match. */
type Step = { readonly reads: Reads } | { readonly either: number; readonly or: number };

function programOf(node: Node): readonly Step[] {
  if (sizeOf(node) > MAX_STATES)
    throw new Refused(`takes more than ${MAX_STATES} steps with its repetitions written out`, 0);
  const steps: Step[] = [];
  emit(node, steps);
  return steps;
}

/** An upper bound for the steps, known before any is made. */
function sizeOf(node: Node): number {
  switch (node.kind) {
    case 'one':
      return 1;
    case 'sequence':
    case 'choice':
      return node.parts.reduce((sum, part) => sum + sizeOf(part) + (node.kind === 'choice' ? 2 : 0), 0);
    case 'repeat':
      return (sizeOf(node.part) + 1) * Math.max(1, node.most === Number.POSITIVE_INFINITY ? node.least + 1 : node.most);
  }
}

function emit(node: Node, steps: Step[]): void {
  switch (node.kind) {
    case 'one':
      steps.push({ reads: node.reads });
      break;
    case 'sequence':
      for (const part of node.parts) emit(part, steps);
      break;
    case 'choice':
      emitChoice(node.parts, steps);
      break;
    case 'repeat':
      for (let time = 0; time < node.least; time += 1) emit(node.part, steps);
      if (node.most === Number.POSITIVE_INFINITY) emitLoop(node.part, steps);
      else emitOptional(node.part, node.most - node.least, steps);
      break;
  }
}

function emitChoice(parts: readonly Node[], steps: Step[]): void {
  const [first, ...rest] = parts;
  if (first === undefined) return;
  if (rest.length === 0) {
    emit(first, steps);
    return;
  }
  const fork = steps.push({ either: 0, or: 0 }) - 1;
  emit(first, steps);
  const leap = steps.push({ either: 0, or: 0 }) - 1;
  steps[fork] = { either: fork + 1, or: steps.length };
  emitChoice(rest, steps);
  steps[leap] = { either: steps.length, or: steps.length };
}

function emitLoop(part: Node, steps: Step[]): void {
  const fork = steps.push({ either: 0, or: 0 }) - 1;
  emit(part, steps);
  steps.push({ either: fork, or: fork });
  steps[fork] = { either: fork + 1, or: steps.length };
}

function emitOptional(part: Node, times: number, steps: Step[]): void {
  const forks: number[] = [];
  for (let time = 0; time < times; time += 1) {
    forks.push(steps.push({ either: 0, or: 0 }) - 1);
    emit(part, steps);
  }
  for (const fork of forks) steps[fork] = { either: fork + 1, or: steps.length };
}

/** Keeps the set of steps that the text so far can have led to. */
function runs(program: readonly Step[], text: string): boolean {
  const seenAt = new Int32Array(program.length + 1);
  let round = 1;
  let current = reachable(program, [0], seenAt, round);
  for (const character of text) {
    if (current.length === 0) return false;
    const code = character.codePointAt(0)!;
    const next: number[] = [];
    for (const step of current) {
      if ((program[step] as { reads: Reads }).reads(code)) next.push(step + 1);
    }
    round += 1;
    current = reachable(program, next, seenAt, round);
  }
  return seenAt[program.length] === round;
}

/** The reading steps that can be come to without reading; `seenAt` remembers the round in which a step was come to. */
function reachable(program: readonly Step[], from: readonly number[], seenAt: Int32Array, round: number): number[] {
  const reading: number[] = [];
  const open = [...from];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (seenAt[at] === round) continue;
    seenAt[at] = round;
    const step = program[at];
    if (step === undefined) continue;
    if ('reads' in step) reading.push(at);
    else open.push(step.either, step.or);
  }
  return reading;
}
