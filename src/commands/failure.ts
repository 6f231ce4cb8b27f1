import { UserError } from '../errors.ts';
import { EXIT } from '../findings/verdict.ts';
import { printable, printableBlock } from '../report/printable.ts';

/** Says on stderr what went wrong, disarmed, and gives the exit code. */
export function failed(error: unknown): number {
  process.stderr.write(`${error instanceof UserError ? userText(error) : bugText(error)}\n`);
  return EXIT.error;
}

function userText({ message, hint }: UserError): string {
  const lines = [`postern: ${printableBlock(message)}`, ...(hint === undefined ? [] : [`  ${printableBlock(hint)}`])];
  return lines.join('\n');
}

function bugText(error: unknown): string {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `postern: this is a bug in Postern, please report it:\n${printableBlock(text)}\n  ${printable(`Node ${process.version}, ${process.platform}`)}`;
}
