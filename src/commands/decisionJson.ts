import type { SessionAnswer } from '../documents/request/request.ts';
import { statementJson } from './statementText.ts';

/** What a program reads; nothing is left out, so that a member that is absent is a mistake. */
export function decisionJson(answer: SessionAnswer, notes: readonly string[]) {
  const { decision, layer, denial, statements, conditional, variables, missing, nearMisses, entry, assumptions } =
    answer;
  return {
    decision,
    layer: layer ?? null,
    denial: denial ?? null,
    statements: statements.map(statementJson),
    conditional,
    variables,
    missing,
    nearMisses: nearMisses.map(({ placed, failing }) => ({ ...statementJson(placed), failing })),
    entry: { open: entry.open ?? null, because: entry.because ?? null },
    assumptions,
    notes,
  };
}
