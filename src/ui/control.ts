import { copySequence } from './clipboard.ts';
import { stop, watchExits } from './exits.ts';
import { settled } from './filtering.ts';
import type { Key } from './keyboard.ts';
import { press } from './keys.ts';
import type { Loader } from './loader.ts';
import type { Screen } from './screen.ts';
import type { Effect } from './step.ts';
import type { Store } from './store.ts';
import type { Terminal } from './terminal.ts';

export interface Controlled {
  readonly terminal: Terminal;
  readonly screen: Screen;
  readonly store: Store;
  readonly loader: Loader;
  readonly end: (code: number) => void;
  readonly crashed: (error: unknown) => void;
}

/** Takes the terminal over: keys go to the store, signals and crashes to `end`. The returned function gives it back. */
export function takeControl(about: Controlled): () => void {
  const { terminal, screen, store, end, crashed } = about;
  const later = laterOn(() => store.put(settled(store.get())));
  let unwatch = () => {};
  const take = () => {
    unwatch = watchExits({ signalled: end, crashed, suspended: suspend });
    terminal.enter(key => {
      onKey(about, key, suspend);
      if (store.get().prompt?.pending === true) later.plan();
    });
  };
  const release = () => {
    later.forget();
    terminal.leave();
    unwatch();
  };
  function suspend(): void {
    screen.pause(true);
    release();
    stop(() => {
      take();
      screen.pause(false);
      screen.repaint();
    });
  }
  take();
  return release;
}

/** Long enough for a frame to reach the terminal first, milliseconds. */
const AFTER_A_FRAME = 25;

/** Does it once, a frame after it was planned, however often it was planned. */
function laterOn(act: () => void): { plan(): void; forget(): void } {
  let timer: NodeJS.Timeout | undefined;
  const run = () => {
    timer = undefined;
    act();
  };
  return {
    plan() {
      timer ??= setTimeout(run, AFTER_A_FRAME);
    },
    forget() {
      clearTimeout(timer);
      timer = undefined;
    },
  };
}

function onKey(about: Controlled, key: Key, suspend: () => void): void {
  const { state, effect } = press(about.store.get(), key);
  about.store.put(state);
  if (effect !== undefined) act(about, effect, suspend);
}

function act({ terminal, loader, end }: Controlled, effect: Effect, suspend: () => void): void {
  if (effect.kind === 'quit') end(0);
  else if (effect.kind === 'copy') terminal.send(copySequence(effect.text));
  else if (effect.kind === 'reload') loader.start();
  else suspend();
}
