/** Signals that end the screen, by number: the exit code is 128 and the number. */
const SIGNALS = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 } as const;

export const CRASHED = 70;

export interface Exits {
  readonly signalled: (code: number) => void;
  readonly crashed: (error: unknown) => void;
  readonly suspended: () => void;
}

/** Watches every way out of the process but the keys, until the returned function is called. */
export function watchExits({ signalled, crashed, suspended }: Exits): () => void {
  const listeners = Object.entries(SIGNALS).map(([name, number]) => ({
    name,
    listener: () => signalled(128 + number),
  }));
  for (const { name, listener } of listeners) process.on(name, listener);
  process.on('uncaughtException', crashed);
  process.on('SIGTSTP', suspended);
  return () => {
    // A library that sees itself alone with a signal kills the process with it: ours goes when the signal was dealt with.
    setImmediate(() => {
      for (const { name, listener } of listeners) process.off(name, listener);
    });
    process.off('uncaughtException', crashed);
    process.off('SIGTSTP', suspended);
  };
}

/**
 * Stops this process and its group as Ctrl-Z does in a shell, and calls when it goes on. A group that no shell watches over cannot
 * be stopped: then it goes on at once.
 */
export function stop(goOn: () => void): void {
  const listener = () => {
    clearTimeout(timer);
    process.off('SIGCONT', listener);
    goOn();
  };
  const timer = setTimeout(listener, 150);
  process.on('SIGCONT', listener);
  process.kill(0, 'SIGTSTP');
}
