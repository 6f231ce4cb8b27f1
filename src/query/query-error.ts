import { UserError } from '../errors.ts';

/** A query that cannot be used. The message holds the line of the query and a caret under the place. */
export class QueryError extends UserError {
  override readonly name = 'QueryError';
}

/** Where a query stands: its file, and the file's line that holds the query's first line. */
export interface QueryPlace {
  readonly file?: string | undefined;
  readonly line?: number | undefined;
}

interface Problem {
  readonly text: string;
  /** In UTF-16 units from the start of the query. */
  readonly at: number;
  readonly message: string;
  readonly hint?: string | undefined;
}

export function queryError(problem: Problem, place: QueryPlace = {}): QueryError {
  const { text, at, message, hint } = problem;
  const before = text.slice(0, at).split('\n');
  const column = before.at(-1)!.length;
  const line = text.split('\n', before.length).at(-1)!;
  const where = whereIs(place, { line: before.length, column: column + 1 });
  return new QueryError(`${message}\n${excerpt(line, column)}`, {
    ...(where === undefined ? {} : { where }),
    ...(hint === undefined ? {} : { hint }),
  });
}

function whereIs(place: QueryPlace, { line, column }: { line: number; column: number }): string | undefined {
  if (place.file === undefined) return undefined;
  return place.line === undefined ? place.file : `${place.file}:${place.line + line - 1}:${column}`;
}

const SIDE = 60;

/** The part of the line around the column, harmless to a terminal, and a caret below it. */
function excerpt(line: string, column: number): string {
  const from = column > SIDE + 20 ? column - SIDE : 0;
  const to = line.length > column + SIDE + 20 ? column + SIDE : line.length;
  const start = from > 0 ? '… ' : '';
  const end = to < line.length ? ' …' : '';
  const shown = line.slice(from, to).replace(/[^\P{C}\p{Cn}]|[\u2028\u2029\u200b-\u200f]/gu, ' ');
  return `  ${start}${shown}${end}\n  ${' '.repeat(start.length + column - from)}^`;
}
