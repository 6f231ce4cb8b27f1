import { createHash } from 'node:crypto';
import { known } from '../context.ts';
import { SOURCE_IDENTITY, SUBJECT_CN } from './fact.ts';
import { holds, type Literal, type Reading } from './literal.ts';
import { asksForNothing } from './openPattern.ts';
import { ANY, meet, type Way } from './way.ts';

/** More ways than this are not gone through. */
const CANDIDATES_CAP = 5_000;

/**
 * One way that meets each of the needs and names nobody but whom every such way names: it takes certificates that say for the rest
 * what no value of the policy says. Where it assumes something every way that meets the needs does. Undefined: none was found,
 * which proves nothing.
 */
export function unnamedWay(needs: readonly (readonly Way[])[]): Way | undefined {
  const choices = needs.map(candidatesOf).sort((a, b) => a.length - b.length);
  if (choices.reduce((sum, each) => sum + each.length, 0) > CANDIDATES_CAP) return undefined;
  const unnamed = unnamedBy(choices.flat());
  let met: Way | undefined = ANY;
  for (const choice of choices) met = met && meetOne(met, choice, unnamed);
  return met;
}

/** Those that name nobody and assume nothing, of some that are not all there are. */
export function unnamedAmong(ways: readonly Way[]): readonly Way[] {
  return ways.filter(way => way.assumptions.length === 0 && namesNobody(way));
}

/** What is the only way, or is assumed in any case, is so for all; of others none that assumes anything, for that may be false. */
function candidatesOf(need: readonly Way[]): readonly Way[] {
  return need.length === 1 || need.every(isAssumption) ? need : unnamedAmong(need);
}

function isAssumption({ literals, assumptions }: Way): boolean {
  return assumptions.length > 0 && literals.length === 0;
}

function namesNobody({ literals }: Way): boolean {
  return literals.every(isOfNobody);
}

/** An exclusion, or what any certificate has that has the part, or that lacks it. */
function isOfNobody(literal: Literal): boolean {
  return literal.negated || literal.absent || asksForNothing(literal);
}

/** With the first of the choice that goes with what is met so far: one that takes a certificate that nobody named, and asks little more. */
function meetOne(met: Way, choice: readonly Way[], unnamed: Reading): Way | undefined {
  const asked = new Set(met.literals.map(({ fact }) => fact));
  const ranked = choice.map(way => ({
    way,
    takes: way.literals.every(literal => holds(literal, unnamed) === true),
    more: way.literals.filter(({ fact }) => !asked.has(fact)).length,
  }));
  ranked.sort((a, b) => Number(b.takes) - Number(a.takes) || a.more - b.more || (a.way.id < b.way.id ? -1 : 1));
  for (const { way } of ranked) {
    const both = meet([met, way]);
    if (both !== undefined) return both;
  }
  return undefined;
}

/** A certificate with a text of its own in every part. The texts come from the policy: nobody writes one around them. */
function unnamedBy(ways: readonly Way[]): Reading {
  const seed = sha256(ways.map(({ id }) => id).join('\n\n'));
  const textFor = (fact: string) => sha256(`${seed} ${fact}`).slice(0, 16);
  return fact => known(fact === SOURCE_IDENTITY ? `CN=${textFor(SUBJECT_CN)}` : textFor(fact));
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
