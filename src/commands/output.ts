import { once } from 'node:events';
import { wholeWriter } from '../snapshot/write.ts';

/** Where a command's result goes: a file, whole or not at all, or stdout. */
export interface Output {
  write(text: string): Promise<void>;
  /** Must be called: the file appears only now, and what went to stdout has left. */
  close(): Promise<void>;
}

/** Throws UserError for a file that cannot be written: to be called before the work whose result is to go there. */
export function openOutput(file: string | undefined): Output {
  if (file === undefined || file === '/dev/stdout') return STDOUT;
  return fileOutput(file);
}

const STDOUT: Output = {
  async write(text) {
    if (!process.stdout.write(text)) await once(process.stdout, 'drain');
  },
  // What is in the pipe is not yet out: when the reader has gone, the program ends where `error` is listened to.
  close: () =>
    new Promise(out => {
      process.stdout.write('', error => {
        if (!error) out();
      });
    }),
};

function fileOutput(file: string): Output {
  const writer = wholeWriter(file, { mode: 0o666 });
  return {
    async write(text) {
      writer.write(text);
    },
    async close() {
      writer.finish();
    },
  };
}
