/** A generated parser. What `parse` returns is what the grammar's actions build: the caller says which type that is. */
declare module '*.peggy' {
  export function parse(text: string, options?: { readonly startRule?: string }): unknown;

  class PeggySyntaxError extends globalThis.SyntaxError {
    readonly expected:
      | readonly { readonly type: string; readonly description?: string; readonly text?: string }[]
      | null;
    readonly found: string | null;
    readonly location: { readonly start: { readonly offset: number } };
  }

  export { PeggySyntaxError as SyntaxError };
}
