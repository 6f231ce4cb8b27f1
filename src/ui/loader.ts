import type { Audit } from '../audit.ts';
import type { Progress } from '../aws/progress.ts';
import { UserError } from '../errors.ts';
import type { Rule } from '../rules/rule.ts';
import type { Failure } from './loading.ts';
import { sceneOf } from './scene.ts';
import type { Store } from './store.ts';

/** What gives the data: AWS, the demo or a file. */
export interface Source {
  readonly rules: readonly Rule[];
  readonly now: () => Date;
  /** Starts the data; called again on R. Resolves when the last audit was given; a UserError is shown, anything else is a crash. */
  load(on: LoadListener, signal: AbortSignal): Promise<void>;
}

export interface LoadListener {
  progress(progress: Progress): void;
  /** What is known so far, and the regions (or `global`) still to come. */
  audit(audit: Audit, pending: readonly string[]): void;
  /** All was read, and what was to be kept of it could not be written. */
  notSaved(error: UserError): void;
}

export interface Loader {
  /** Begins, or begins again: what still runs of the time before is given up. */
  start(): void;
  stop(): void;
}

/** Audits come faster than anybody can read, and a list of thousands is not sorted for nothing: the last one counts. Milliseconds. */
const PAUSE = 100;

/** Turns what a source says into events of the store. A UserError is shown; anything else goes to `crashed`. */
export function loaderOf(source: Source, store: Store, crashed: (error: unknown) => void): Loader {
  let running: AbortController | undefined;
  const stop = () => running?.abort();
  const start = () => {
    stop();
    running = new AbortController();
    store.happen({ kind: 'started' });
    run(source, store, running.signal).catch(crashed);
  };
  return { start, stop };
}

async function run(source: Source, store: Store, signal: AbortSignal): Promise<void> {
  const latest = newest<{ audit: Audit; pending: readonly string[] }>(({ audit, pending }) => {
    store.happen({ kind: 'tick', now: source.now() });
    store.happen({ kind: 'scene', scene: sceneOf(audit, source.rules, pending) });
  }, signal);
  const progress = batched(store, signal);
  let notSaved: Failure | undefined;
  const on: LoadListener = {
    progress: progress.add,
    audit: (audit, pending) => latest.put({ audit, pending }),
    notSaved(error) {
      notSaved = failureOf(error);
    },
  };
  try {
    await source.load(on, signal);
    finish(() => store.happen({ kind: 'finished', notSaved }));
  } catch (error) {
    if (signal.aborted) return;
    if (!(error instanceof UserError)) throw error;
    finish(() => store.happen({ kind: 'failed', failure: failureOf(error) }));
  }

  function finish(last: () => void): void {
    if (signal.aborted) return;
    progress.flush();
    latest.flush();
    last();
  }
}

function failureOf({ message, where, hint }: UserError): Failure {
  return { message, where, hint };
}

interface Newest<T> {
  put(value: T): void;
  flush(): void;
}

/** Hands on the newest value, at most once in a PAUSE. */
function newest<T>(hand: (value: T) => void, signal: AbortSignal): Newest<T> {
  let held: { readonly value: T } | undefined;
  let timer: NodeJS.Timeout | undefined;
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    const given = held;
    held = undefined;
    if (given !== undefined && !signal.aborted) hand(given.value);
  };
  return {
    flush,
    put(value) {
      held = { value };
      timer ??= setTimeout(flush, PAUSE);
    },
  };
}

/** Progress is a line of text: it is brought up to date a few times a second. */
function batched(store: Store, signal: AbortSignal): { add(progress: Progress): void; flush(): void } {
  let held: Progress[] = [];
  const turn = newest<true>(() => {
    const given = held;
    held = [];
    for (const progress of given) store.happen({ kind: 'progress', progress });
  }, signal);
  return {
    add(progress) {
      held.push(progress);
      turn.put(true);
    },
    flush: turn.flush,
  };
}
