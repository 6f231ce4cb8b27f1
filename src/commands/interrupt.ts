/** 128 + SIGINT, what a shell reports of a program that Ctrl-C has stopped. */
export const INTERRUPTED = 130;

/**
 * Does `work`, or gives what `stopped` makes of it when Ctrl-C comes first: the work is then left where it is, and the process is
 * expected to end. A second Ctrl-C ends it at once.
 */
export async function untilInterrupted<T>(work: () => Promise<T>, stopped: () => Promise<T>): Promise<T> {
  let onSignal = () => {};
  const signal = new Promise<void>(resolve => {
    onSignal = resolve;
    process.once('SIGINT', onSignal);
  });
  try {
    return await Promise.race([work(), signal.then(stopped)]);
  } finally {
    process.off('SIGINT', onSignal);
  }
}
