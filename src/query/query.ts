/** Three-valued: `unknown` when the answer hangs on a field that the document names in its `unknown` list. */
export type Answer = 'yes' | 'no' | 'unknown';

/**
 * `json` is for documents nobody described: each value is matched by its own JSON type.
 * `constant_keyword`, `flattened`, `ip`, `date`, `long`, … are Elasticsearch's field types.
 */
export type FieldType =
  | 'keyword'
  | 'constant_keyword'
  | 'text'
  | 'boolean'
  | 'long'
  | 'double'
  | 'date'
  | 'ip'
  | 'flattened'
  | 'nested'
  | 'json';

export interface FieldMapping {
  readonly type: FieldType;
  /** Strings longer than this (in UTF-16 units) are not indexed: they match nothing, not even `exists`. */
  readonly ignoreAbove?: number;
}

/** What fields there are. `mapping` also answers for paths inside a flattened field. */
export interface Vocabulary {
  mapping(field: string): FieldMapping | undefined;
  /** Every field by name, for wildcards in field names, completion and "did you mean". */
  readonly names: readonly string[];
}

/** The dotted paths that a document does not know: a list of them, or something that looks for them when it is asked. */
export interface Unknowns {
  /** Whether one of them touches. Whoever looks for them need not look inside an object whose own path does not. */
  some(touches: (path: string) => boolean): boolean;
}

/** Something that a document can be asked. */
export interface Asked {
  /** The fields it reads, sorted; a wildcard field name stands as written, and `*` for a word that is looked for anywhere. */
  readonly fields: readonly string[];
  /** `unknown`: what the document does not know; its own list unless given. No more is looked for than the answer hangs on. */
  ask(document: object, unknown?: Unknowns): Answer;
}

/** A query made ready to ask. */
export interface Query extends Asked {
  readonly text: string;
  /**
   * The values one of which `field` must hold for the answer to be yes, sorted; undefined when the query does not pin
   * the field down (a wildcard, a negation, an `or` with a side that leaves it free). Lets a reader fetch or skip
   * without asking.
   */
  pins(field: string): readonly string[] | undefined;
  /**
   * What must all be so, each by itself: the query says yes where each of them does, no where one does. So a reader who knows some of
   * them to be so asks for the others only. Absent: it is not taken apart.
   */
  readonly parts?: readonly Asked[];
}
