/**
 * Holds back what anything writes to standard error (warnings of libraries, say), which would land in the middle of the screen.
 * The returned function writes it all and lets further text through.
 */
export function holdBack(): () => void {
  const { write } = process.stderr;
  const held: string[] = [];
  process.stderr.write = (chunk: string | Uint8Array): boolean => {
    held.push(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString());
    return true;
  };
  return () => {
    process.stderr.write = write;
    for (const text of held) process.stderr.write(text);
  };
}
