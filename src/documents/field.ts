import type { FieldType } from '../query/query.ts';

/** One queryable field. */
export interface Field {
  readonly name: string;
  readonly type: FieldType;
  /** One sentence for the field reference. */
  readonly says: string;
  /** Where the value comes from: an API's operation and member, or what Postern works it out from. */
  readonly source: string;
  /** UTF-16 units; a longer value is not indexed. */
  readonly ignoreAbove?: number;
}

export function field(name: string, type: FieldType, says: string, source: string): Field {
  return { name, type, says, source };
}
