import text from 'iam-data:actions';
import { once } from '../../memo/once.ts';

/** One service's line of the table, its columns still text. How they are written: catalog-plugin.mjs. */
export interface Row {
  readonly prefix: string;
  /** The id of its first action; those of the others follow. */
  readonly first: number;
  readonly count: number;
  readonly templates: string;
  readonly shapes: string;
  readonly names: string;
  readonly shapeOf: string;
}

/** All services, in the order of their actions' names. */
export const rows = once((): readonly Row[] => {
  let first = 0;
  return text.split('\n').map(line => {
    const row = readRow(line, first);
    first += row.count;
    return row;
  });
});

function readRow(line: string, first: number): Row {
  const [prefix = '', count, templates = '', shapes = '', names = '', shapeOf = ''] = line.split('\t');
  return { prefix, first, count: Number(count), templates, shapes, names, shapeOf };
}
