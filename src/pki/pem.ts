/**
 * The DER of each block of a PEM text, in its order; text between the blocks is skipped, a block that does not end is
 * undefined. Clients hand certificates to AWS in base64 once more, or the bare DER in base64: both are read as well.
 * A text that holds nothing of the kind is one block that cannot be read; an empty one holds none.
 */
export function derBlocks(text: string, label: string): readonly (Buffer | undefined)[] {
  if (text.trim() === '') return [];
  const begin = `-----BEGIN ${label}-----`;
  if (text.includes(begin)) return blocksIn(text, label);
  const decoded = Buffer.from(text, 'base64');
  const inner = decoded.toString('latin1');
  if (inner.includes(begin)) return blocksIn(inner, label);
  return [decoded[0] === SEQUENCE_TAG ? decoded : undefined];
}

const SEQUENCE_TAG = 0x30;

/** Each block from its BEGIN to the END before the next BEGIN. */
function blocksIn(text: string, label: string): readonly (Buffer | undefined)[] {
  const [, ...pieces] = text.split(`-----BEGIN ${label}-----`);
  const end = `-----END ${label}-----`;
  return pieces.map(piece => {
    const at = piece.indexOf(end);
    return at === -1 ? undefined : Buffer.from(piece.slice(0, at), 'base64');
  });
}
