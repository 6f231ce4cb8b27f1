import { once } from 'node:events';
import { writeWhole } from '../snapshot/save.ts';

/** Where a command's result goes: a file, whole or not at all, or stdout. */
export interface Output {
  write(text: string): Promise<void>;
  /** Must be called: the file appears only now. */
  close(): Promise<void>;
}

export function openOutput(file: string | undefined): Output {
  return file === undefined ? STDOUT : fileOutput(file);
}

const STDOUT: Output = {
  async write(text) {
    if (!process.stdout.write(text)) await once(process.stdout, 'drain');
  },
  async close() {},
};

function fileOutput(file: string): Output {
  const parts: string[] = [];
  return {
    async write(text) {
      parts.push(text);
    },
    async close() {
      writeWhole(file, parts.join(''), { mode: 0o666 });
    },
  };
}
