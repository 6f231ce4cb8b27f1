import {
  ANY_RUN,
  accepts,
  COLON,
  clearlyIncludes,
  codesOf,
  type Glob,
  intersects,
  isAnything,
  isLiteral,
  isRun,
  isWildcard,
  matches,
} from './glob.ts';

/** A text that was looked for: the shortest there is, the proof that there is none, or no answer within the cap. */
export type Witness =
  | { readonly kind: 'found'; readonly text: string }
  | { readonly kind: 'none' }
  | { readonly kind: 'unknown' };

const NONE: Witness = { kind: 'none' };

/** How many states of the product are looked at before the answer is `unknown`. */
export const STATE_CAP = 30_000;

/** How many positions in the patterns such a state may stand for on average: few patterns have more than one. */
const POSITIONS = 100;

/**
 * The shortest text that is in every one of `positives` and in none of `negatives`; where all texts are asked about it is
 * `*` if it can be, which is what stands for "no resource in particular" in a request.
 *
 * A breadth-first search over the product of the patterns' position sets, each determinised as far as it is walked. The
 * alphabet is symbolic: at a state only the characters that some pattern waits for can make a difference, besides the
 * colon and one character that no pattern names. Exponential at worst, hence the cap.
 */
export function witness(positives: readonly Glob[], negatives: readonly Glob[], cap = STATE_CAP): Witness {
  if (negatives.some(isAnything)) return NONE;
  const one = positives.find(isLiteral);
  if (one !== undefined) return only(textOf(one), positives, negatives);
  const all = positives.filter(glob => !isAnything(glob));
  if (all.length === 0 && !negatives.some(glob => matches(glob, '*'))) return { kind: 'found', text: '*' };
  if (negatives.some(negative => all.some(positive => clearlyIncludes(negative, positive)))) return NONE;
  if (all.some((glob, at) => all.slice(0, at).some(other => !intersects(glob, other)))) return NONE;
  const against = negatives.filter(negative => all.every(positive => intersects(positive, negative)));
  if (against.length === 0 && all.length === 1) return { kind: 'found', text: shortestIn(all[0]!) };
  return search(all.map(automaton), against.map(automaton), cap);
}

function only(text: string, positives: readonly Glob[], negatives: readonly Glob[]): Witness {
  const found = positives.every(glob => matches(glob, text)) && !negatives.some(glob => matches(glob, text));
  return found ? { kind: 'found', text } : NONE;
}

/** Every run empty, every single wildcard one character: nothing needs to be searched for. */
function shortestIn({ tokens }: Glob): string {
  const fresh = freshCharacter([tokens]);
  const spelled = tokens.filter(token => !isRun(token)).map(token => (isWildcard(token) ? fresh : token));
  return textOf({ tokens: spelled });
}

function textOf({ tokens }: Pick<Glob, 'tokens'>): string {
  let text = '';
  for (const code of tokens) text += String.fromCharCode(code);
  return text;
}

interface Node {
  readonly states: readonly State[];
  readonly from: Node | undefined;
  readonly character: number;
}

function search(positives: readonly Automaton[], negatives: readonly Automaton[], cap: number): Witness {
  const machines = [...positives, ...negatives];
  const alphabet = {
    positives: positives.length,
    fresh: freshCharacter(machines.map(machine => machine.glob.tokens)),
  };
  const goal = (states: readonly State[]) => states.every((state, at) => state.final === at < positives.length);
  const hopeless = (states: readonly State[]) =>
    states.some((state, at) => (at < positives.length ? state.dead : state.everything));
  const start = machines.map(machine => machine.start);
  if (hopeless(start)) return NONE;
  const queue: Node[] = [{ states: start, from: undefined, character: 0 }];
  const seen = new Set([keyOf(start)]);
  let positions = 0;
  for (let next = 0; next < queue.length; next++) {
    const node = queue[next]!;
    if (goal(node.states)) return { kind: 'found', text: spelled(node) };
    for (const character of charactersAt(node.states, alphabet)) {
      const states = node.states.map((state, at) => machines[at]!.step(state, character));
      const key = keyOf(states);
      if (seen.has(key) || hopeless(states)) continue;
      positions += states.reduce((sum, state) => sum + state.positions.length, 0);
      if (seen.size >= cap || positions > cap * POSITIONS) return { kind: 'unknown' };
      seen.add(key);
      queue.push({ states, from: node, character });
    }
  }
  return NONE;
}

function keyOf(states: readonly State[]): string {
  return states.map(state => state.id).join(' ');
}

function spelled(node: Node): string {
  const codes: number[] = [];
  for (let at: Node | undefined = node; at?.from !== undefined; at = at.from) codes.push(at.character);
  return codes
    .reverse()
    .map(code => String.fromCharCode(code))
    .join('');
}

/** What may come next, in a fixed order. */
function charactersAt(states: readonly State[], { positives, fresh }: Alphabet): readonly number[] {
  for (let at = 0; at < positives; at++) if (states[at]!.bound) return states[at]!.waitsFor;
  const waited: number[] = [];
  for (const { waitsFor } of states) {
    for (const character of waitsFor) if (character !== COLON && !waited.includes(character)) waited.push(character);
  }
  return [fresh, ...waited.sort((a, b) => a - b), COLON];
}

interface Alphabet {
  /** How many of the first states are of patterns that must match. */
  readonly positives: number;
  /** A character that stands for all that no pattern names. */
  readonly fresh: number;
}

/** A letter or digit that no pattern names, so that it reads well in evidence; else any character that none names. */
function freshCharacter(patterns: readonly (readonly number[])[]): number {
  const isFresh = (code: number) => !patterns.some(tokens => tokens.includes(code));
  const letter = READABLE.find(isFresh);
  if (letter !== undefined) return letter;
  let code = 0xa1;
  while (!isFresh(code)) code++;
  return code;
}

const READABLE = codesOf('xyzabcdefghijklmnopqrstuvwXYZABCDEFGHIJKLMNOPQRSTUVW0123456789');

/** A set of positions in a pattern. */
interface State {
  readonly id: number;
  readonly positions: readonly number[];
  /** The whole text so far is in the language. */
  readonly final: boolean;
  /** Nothing that starts so is in the language. */
  readonly dead: boolean;
  /** Everything that starts so is in the language. */
  readonly everything: boolean;
  /** Characters that are told apart here; ascending. */
  readonly waitsFor: readonly number[];
  /** Nothing else can come next. */
  readonly bound: boolean;
  readonly steps: Map<number, State>;
}

interface Automaton {
  readonly glob: Glob;
  readonly start: State;
  step(state: State, character: number): State;
}

/** Kept for each pattern as long as the pattern lives: paths of an account ask about the same ones again and again. */
const automata = new WeakMap<Glob, Automaton>();

function automaton(glob: Glob): Automaton {
  const known = automata.get(glob);
  if (known !== undefined) return known;
  const made = makeAutomaton(glob);
  automata.set(glob, made);
  return made;
}

function makeAutomaton(glob: Glob): Automaton {
  const { tokens } = glob;
  const states = new Map<string, State>();
  const intern = (positions: readonly number[]) => {
    const key = positions.join(' ');
    const known = states.get(key);
    if (known !== undefined) return known;
    const made = stateOf(states.size, positions, tokens);
    states.set(key, made);
    return made;
  };
  return {
    glob,
    start: intern(closed([0], tokens)),
    step(state, character) {
      const known = state.steps.get(character);
      if (known !== undefined) return known;
      const next = intern(moved(state.positions, character, tokens));
      state.steps.set(character, next);
      return next;
    },
  };
}

function stateOf(id: number, positions: readonly number[], tokens: readonly number[]): State {
  const last = tokens.length - 1;
  const awaited = positions.map(at => tokens[at]).filter(token => token !== undefined);
  return {
    id,
    positions,
    final: positions.at(-1) === tokens.length,
    dead: positions.length === 0,
    everything: tokens[last] === ANY_RUN && positions.includes(last),
    waitsFor: [...new Set(awaited.filter(token => !isWildcard(token)))].sort((a, b) => a - b),
    bound: !awaited.some(isWildcard),
    steps: new Map(),
  };
}

/** Where a character leads. */
function moved(positions: readonly number[], character: number, tokens: readonly number[]): readonly number[] {
  const next = new Set<number>();
  for (const at of positions) {
    const token = tokens[at];
    if (token === undefined || !accepts(token, character)) continue;
    next.add(isRun(token) ? at : at + 1);
  }
  return closed([...next], tokens);
}

/**
 * With the positions reached by leaving runs empty; ascending. A position before the last `*` that was passed is dropped:
 * whatever is accepted from there is accepted from the star too. That keeps the sets small.
 */
function closed(positions: readonly number[], tokens: readonly number[]): readonly number[] {
  const all = new Set<number>();
  for (const start of positions) {
    for (let at = start; !all.has(at); at++) {
      all.add(at);
      if (at === tokens.length || !isRun(tokens[at]!)) break;
    }
  }
  const sorted = [...all].sort((a, b) => a - b);
  const star = sorted.findLast(at => tokens[at] === ANY_RUN);
  return star === undefined ? sorted : sorted.filter(at => at >= star);
}
