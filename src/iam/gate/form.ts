import { ANYTHING, type Glob, globOf, intersects, isRun, isWildcard } from '../glob.ts';
import { SESSION_NAME, SOURCE_IDENTITY } from './fact.ts';
import { hasWildcard, type LiteralTest, type Value } from './literal.ts';

/** How AWS writes a part of a certificate; whatever is written otherwise no certificate has. */
export interface Form {
  /** Patterns of which every text of this form has one. */
  readonly patterns: readonly Glob[];
  /** Whether what meets a pattern can be written so, other characters in place of its own. */
  readonly patternsSuffice: boolean;
  /** Whether a text is written so. */
  readonly has: (text: string) => boolean;
  /** Whether a value of a policy can be one, or match one. */
  readonly allows: (test: LiteralTest, value: Value) => boolean;
}

/** Session tags: any text, see isTagValue. */
const ANY_TEXT: Form = { patterns: [ANYTHING], patternsSuffice: true, has: () => true, allows: () => true };

/**
 * `CN=…`, `ID=…` and the serial number, or a bare CN of 62 to 64 characters (facts of the user guide, "Trust model"). STS takes
 * no other characters (STS API, AssumeRole).
 */
const IDENTITY: Form = {
  patterns: ['CN=?*', 'ID=??*', ...[62, 63, 64].map(length => '?'.repeat(length))].map(globOf),
  patternsSuffice: true,
  has: text => /^(CN=[\w+=,.@-]{1,61}|ID=([\da-f]{2})+|[\w+=,.@-]{62,64})$/.test(text),
  allows: (test, value) => {
    if (test === 'StringEqualsIgnoreCase')
      return IDENTITY.has(value.text.replace(/^cn=/i, 'CN=').replace(/^id=.*/i, idForm));
    if (hasWildcard(value)) return IDENTITY.patterns.some(form => intersects(form, value.glob));
    return IDENTITY.has(value.text);
  },
};

function idForm(text: string): string {
  return `ID=${text.slice(3).toLowerCase()}`;
}

/** A serial number in an even number of lower-case hex digits, as in the source identity. */
const SERIAL: Form = {
  patterns: [globOf('??*')],
  patternsSuffice: false,
  has: text => /^([\da-f]{2})+$/.test(text),
  allows: (test, value) =>
    hasWildcard(value) && test !== 'StringEqualsIgnoreCase'
      ? isHexPattern(value.glob)
      : SERIAL.has(test === 'StringEqualsIgnoreCase' ? value.text.toLowerCase() : value.text),
};

function isHexPattern({ tokens }: Glob): boolean {
  const digits = tokens.filter(token => !isWildcard(token)).every(token => /[\da-f]/.test(String.fromCharCode(token)));
  return digits && (tokens.some(isRun) || (tokens.length > 0 && tokens.length % 2 === 0));
}

const FORMS: ReadonlyMap<string, Form> = new Map([
  [SOURCE_IDENTITY, IDENTITY],
  [SESSION_NAME, SERIAL],
]);

export function formOf(fact: string): Form {
  return FORMS.get(fact) ?? ANY_TEXT;
}
