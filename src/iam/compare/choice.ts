import type { Operator } from '../condition/operator.ts';
import type { Wanted } from '../condition/test.ts';
import {
  ANY_RUN,
  COLON,
  type Glob,
  isAnything,
  isRun,
  isWildcard,
  literal,
  SEGMENT_ONE,
  SEGMENT_RUN,
} from '../glob.ts';
import { globFrom, hasDefault, hasVariables, piecesBy, textFrom } from '../variable.ts';
import { standInPiece } from './standIn.ts';

/** One value of a condition, stand-ins in place of its variables. */
export interface Choice extends Wanted {
  /** Whether it has variables. */
  readonly variable: boolean;
  /** Equal keys pass the same values by the same test. */
  readonly key: string;
  /** The texts that pass, where a pattern says it. Undefined: none passes. */
  readonly language: Glob | undefined;
}

export function choiceOf(written: string, variables: boolean, operator: Operator | undefined): Choice {
  const pieces = piecesBy(written, variables, standInPiece);
  const wanted = { text: textFrom(pieces), glob: globFrom(pieces) };
  const variable = variables && hasVariables(written);
  return { ...wanted, variable, key: keyFor(operator, written, wanted), language: languageOf(operator, wanted) };
}

/** A default makes another value of a variable, and a literal star is none where stars count. */
function keyFor(operator: Operator | undefined, written: string, { text, glob }: Wanted): string {
  if (hasDefault(written)) return `default ${written}`;
  switch (operator?.test) {
    case 'StringLike':
    case 'ArnLike':
      return glob.text;
    case 'StringEqualsIgnoreCase':
    case 'Bool':
    case 'Null':
      return text.toLowerCase();
    default:
      return text;
  }
}

function languageOf(operator: Operator | undefined, { text, glob }: Wanted): Glob | undefined {
  if (operator?.test === 'StringLike') return glob;
  return operator?.test === 'ArnLike' ? arnLanguage(glob) : literal(text);
}

const ARN_COLONS = 5;

/** The wildcards of an ARN operator stop at the first five colons, see `isLikeArn` (condition/test.ts). */
function arnLanguage(glob: Glob): Glob | undefined {
  const { tokens } = isAnything(glob) ? ANY_ARN : glob;
  let colons = 0;
  const bounded = tokens.map(token => {
    if (token === COLON) colons++;
    if (colons >= ARN_COLONS || !isWildcard(token)) return token;
    return isRun(token) ? SEGMENT_RUN : SEGMENT_ONE;
  });
  return colons < ARN_COLONS ? undefined : { tokens: bounded, text: `arn ${glob.text}` };
}

const ANY_ARN: Glob = { tokens: [...Array(ARN_COLONS).fill([ANY_RUN, COLON]), ANY_RUN].flat(), text: '*' };
