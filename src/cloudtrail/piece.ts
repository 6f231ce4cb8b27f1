/** `line` counts from 1; `offset` is bytes of UTF-8 from where that line starts. */
export interface Place {
  readonly line: number;
  readonly offset: number;
}

/**
 * What a file is made of. `value`: a JSON text, or one element of a list of records, of which nothing but the brackets' balance
 * has been looked at. `passed`: so many values, one after another, that nobody wants. `frame`: what stood round a list of records.
 * `loose`: what stands on a line outside any bracket. `broken`: a place that belongs to no value. `line` is where the outermost
 * bracket stands.
 */
export type Piece = Place &
  (
    | { readonly kind: 'value' | 'frame' | 'loose'; readonly text: string }
    | { readonly kind: 'passed'; readonly count: number }
    | { readonly kind: 'broken'; readonly message: string }
  );
