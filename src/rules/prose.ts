/** Prose that was wrapped in the file, with one line for each paragraph. */
export function unwrapped(text: string): string {
  return text
    .trim()
    .split(/\n[ \t]*\n/)
    .map(paragraph => paragraph.split(/\s+/).join(' ').trim())
    .join('\n\n');
}
