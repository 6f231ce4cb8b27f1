const CLOSES: Readonly<Record<string, string>> = { '{': '}', '[': ']', '(': ')' };

/** What keeps a text from being HCL at first sight: a bracket or a quote that nothing closes. Knows strings, templates, comments. */
export function hclFault(text: string): string | undefined {
  const open: string[] = [];
  for (let at = 0; at < text.length; at++) {
    const letter = text[at]!;
    const inString = open.at(-1) === '"';
    if (inString && letter === '\\') at += 1;
    else if (inString && letter === '\n') return 'a quote is not closed on its line';
    else if (inString && (letter === '$' || letter === '%') && text[at + 1] === '{') {
      open.push('}');
      at += 1;
    } else if (letter === '"') {
      if (inString) open.pop();
      else open.push('"');
    } else if (!inString && (letter === '#' || text.startsWith('//', at))) at = endOfLine(text, at);
    else if (!inString && letter in CLOSES) open.push(CLOSES[letter]!);
    else if (!inString && Object.values(CLOSES).includes(letter) && open.pop() !== letter)
      return `${letter} closes nothing`;
  }
  return open.length === 0 ? undefined : `${open.at(-1)} is missing`;
}

function endOfLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end;
}
