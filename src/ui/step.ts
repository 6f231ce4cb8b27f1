import type { State } from './state.ts';

/** What a key asks of the world outside the state. */
export type Effect =
  | { readonly kind: 'copy'; readonly text: string }
  | { readonly kind: 'reload' }
  | { readonly kind: 'suspend' }
  | { readonly kind: 'quit' };

export interface Step {
  readonly state: State;
  readonly effect?: Effect;
}
