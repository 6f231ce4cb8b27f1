/**
 * The DER of each block of a PEM text, in its order; text between the blocks is skipped, a block that does not end is
 * undefined. Clients hand certificates to AWS in base64 once more, or the bare DER in base64: both are read as well.
 * A text that holds nothing of the kind is one block that cannot be read; an empty one holds none.
 */
export function derBlocks(text: string, label: string): readonly (Buffer | undefined)[] {
  if (text.trim() === '') return [];
  const begin = `-----BEGIN ${label}-----`;
  if (text.includes(begin)) return blocksIn(text, label);
  const [der, ...others] = decoded(text);
  const inner = der!.toString('latin1');
  const blocks = inner.includes(begin) ? blocksIn(inner, label) : [der![0] === SEQUENCE_TAG ? der : undefined];
  return [...blocks, ...others];
}

const SEQUENCE_TAG = 0x30;

/** Each block from its BEGIN to the END before the next BEGIN; one of another kind cannot be read. */
function blocksIn(text: string, label: string): readonly (Buffer | undefined)[] {
  const [, ...pieces] = text.split(BEGIN);
  return pieces.flatMap(piece => blockIn(piece, label));
}

/** Of any kind, and in letters of either case: some readers take them too. */
const BEGIN = /-----BEGIN /i;

function blockIn(piece: string, label: string): readonly (Buffer | undefined)[] {
  const at = piece.indexOf(`-----END ${label}-----`);
  const begin = `${label}-----`;
  return at === -1 || !piece.startsWith(begin) ? [undefined] : decoded(piece.slice(begin.length, at));
}

/** Base64 ends with its padding: what comes after that is something else, which cannot be read. */
function decoded(base64: string): readonly (Buffer | undefined)[] {
  const padding = base64.indexOf('=');
  if (padding === -1) return [Buffer.from(base64, 'base64')];
  const rest = base64.slice(padding).replaceAll('=', '').trim();
  const bytes = Buffer.from(base64.slice(0, padding), 'base64');
  return rest === '' ? [bytes] : [bytes, undefined];
}
