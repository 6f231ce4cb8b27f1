import stringWidth, { type Options } from 'string-width';

/**
 * How many cells of a terminal a text takes: string-width's answer, which for the characters that fill our lines is their
 * number. string-width itself takes a text apart into graphemes as soon as one character is not ASCII, and a screen is measured
 * several times for each key: that was more than a third of the time from a key to the changed screen. The build gives this to
 * all packages that ask for string-width (width-plugin.mjs).
 */
export default function widthOf(text: string, options?: Options): number {
  if (options !== undefined) return stringWidth(text, options);
  const bare = text.includes('\x1b') ? text.replace(COLOURS, '') : text;
  return NARROW.test(bare) ? bare.length : stringWidth(text);
}

/** SGR, which takes no room. */
const COLOURS = /\x1b\[[\d;]*m/g;

/** One cell each, and joined with nothing beside them: ASCII, Latin-1, dashes, quotes and dots, arrows, lines and blocks. */
const NARROW = /^[\x20-\x7e\xa1-\xac\xae-\xff\u2010-\u2027\u2190-\u2193\u2500-\u259f]*$/;
