import { type Event, happen, type State } from './state.ts';

/** The one place where the state is kept and where it changes. */
export interface Store {
  get(): State;
  happen(event: Event): void;
  /** Puts a state that a key made. */
  put(state: State): void;
  /** Nothing is drawn from here on. */
  close(): void;
}

/** Draws after what happened, once for everything that happened at the same time. */
export function storeOf(first: State, draw: (state: State) => void): Store {
  let state = first;
  let planned = false;
  let open = true;
  const change = (next: State) => {
    if (next === state) return;
    state = next;
    if (planned) return;
    planned = true;
    setImmediate(() => {
      planned = false;
      if (open) draw(state);
    });
  };
  return {
    get: () => state,
    happen: event => change(happen(state, event)),
    put: change,
    close() {
      open = false;
    },
  };
}
