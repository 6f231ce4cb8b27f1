import { cut, endOf, type Line, say, widthOf, wrap } from './line.ts';
import type { Prompt } from './prompt.ts';

/** The filter as it is typed: of a long one the end that the caret is at. */
export function textLine(prompt: Prompt, width: number): Line {
  const { text, caret } = prompt;
  return [
    say(' /', 'accent'),
    ...beforeCaret(prompt, width),
    say(text.slice(caret, caret + 1) || ' ', 'caret'),
    say(text.slice(caret + 1)),
  ];
}

/** What is wrong with it, under the place where; as many lines as it takes, up to MOST_LINES. */
export function problemLines(prompt: Prompt, width: number): readonly Line[] {
  const { message = '', at } = prompt.problem ?? {};
  const lines = wrap([say(caretTo(prompt, at, width), 'critical'), say(message, 'high')], width, 1);
  const [last = []] = lines.slice(MOST_LINES - 1);
  const rest = lines.slice(MOST_LINES).flat();
  return [...lines.slice(0, MOST_LINES - 1), ...(lines.length < MOST_LINES ? [] : [cut([...last, ...rest], width)])];
}

const MOST_LINES = 3;

/** Spaces and `^`. The place is one in the whole text, and only the end of that may be on the screen. */
function caretTo(prompt: Prompt, at: number | undefined, width: number): string {
  if (at === undefined) return ' ';
  const { text, caret } = prompt;
  const hidden = widthOf([say(text.slice(0, caret))]) - widthOf(beforeCaret(prompt, width));
  const place = Math.max(0, widthOf([say(text.slice(0, at))]) - hidden);
  return `${' '.repeat(Math.min(width - 2, 2 + place))}^ `;
}

/** Room for ` /` before it and for the caret after it. */
function beforeCaret({ text, caret }: Prompt, width: number): Line {
  const before = say(text.slice(0, caret));
  const room = width - 4;
  return widthOf([before]) <= room ? [before] : [say('…', 'dim'), say(endOf(before.text, room - 1))];
}
