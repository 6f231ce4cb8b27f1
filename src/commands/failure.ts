import { UserError } from '../errors.ts';
import { EXIT } from '../findings/verdict.ts';
import { printable, printableBlock } from '../report/printable.ts';

/** Says on stderr what went wrong, disarmed, and gives the exit code. */
export function failed(error: unknown): number {
  process.stderr.write(`${error instanceof UserError ? userText(error) : bugText(error)}\n`);
  return EXIT.error;
}

export function userText({ message, where, hint }: UserError): string {
  // A message may have lines of its own; the path in it stands on one, whatever its name holds.
  const onOneLine = where === undefined ? message : message.replaceAll(where, printable(where));
  const lines = [`postern: ${printableBlock(onOneLine)}`, ...(hint === undefined ? [] : [`  ${printableBlock(hint)}`])];
  return lines.join('\n');
}

function bugText(error: unknown): string {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `postern: this is a bug in Postern, please report it:\n${printableBlock(text)}\n  ${printable(`Node ${process.version}, ${process.platform}`)}`;
}
