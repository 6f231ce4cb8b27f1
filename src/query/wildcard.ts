/**
 * Whether the parts occur in order, the first at the beginning and the last at the end. Text moves forwards only and no
 * regular expression is made, so a hostile value costs one pass.
 */
export function matchesParts(parts: readonly string[], text: string): boolean {
  const first = parts[0] ?? '';
  const last = parts.at(-1) ?? '';
  if (parts.length < 2) return text === first;
  if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last)) return false;
  return occurInOrder(parts.slice(1, -1), text.slice(first.length, text.length - last.length));
}

/** Whether the parts occur one after the other anywhere in the text. */
export function occurInOrder(parts: readonly string[], text: string): boolean {
  let from = 0;
  for (const part of parts) {
    const at = text.indexOf(part, from);
    if (at === -1) return false;
    from = at + part.length;
  }
  return true;
}
