import { type Locate, type Located, locateNowhere } from '../cloudtrail/locate.ts';
import { UserError } from '../errors.ts';
import { type Database, openDatabase } from './database.ts';
import type { Fields } from './fields.ts';
import { type Kind, kindOf } from './kind.ts';

/**
 * Where addresses are, from MaxMind databases: one that tells of places (City, Country) and one that tells of networks (ASN) at
 * most. Of an address that is in none, as private ones are, it is known that it is nowhere.
 *
 * Throws UserError for a file that is none or is damaged, one of another kind, and two of one kind; and so does the lookup, of a
 * file that turns out damaged.
 */
export function openLocate(files: readonly string[]): Locate {
  const sources = files.map(sourceOf);
  refuseTwoOfAKind(sources);
  const recent = new Map<string, Located>();
  return address => {
    const known = recent.get(address);
    if (known !== undefined) return known;
    if (recent.size >= MOST_KEPT) recent.clear();
    const located = sources.reduce((before, source) => withTold(before, source, address), NOTHING);
    recent.set(address, located);
    return located;
  };
}

const MOST_KEPT = 10_000;
const NOTHING = locateNowhere('');

interface Source {
  readonly database: Database;
  readonly kind: Kind;
}

function sourceOf(file: string): Source {
  const database = openDatabase(file);
  const kind = kindOf(database.type);
  if (kind !== undefined) return { database, kind };
  throw new UserError(`--geoip ${file} is a ${database.type} database, which tells neither place nor network`, {
    where: file,
    hint: 'Name a City or Country database, and an ASN database: GeoLite2-City.mmdb, GeoLite2-ASN.mmdb.',
  });
}

function refuseTwoOfAKind(sources: readonly Source[]): void {
  for (const { kind, database } of sources) {
    const other = sources.find(each => each.kind.member === kind.member && each.database !== database);
    if (other === undefined) continue;
    const what = { geo: 'where an address is', as: 'whose network an address is in' }[kind.member];
    throw new UserError(`--geoip ${database.file} and ${other.database.file} both tell ${what}`, {
      hint: 'Name one of them: they need not agree.',
    });
  }
}

/** What is known, and what one database adds to it. */
function withTold(before: Located, { database, kind }: Source, address: string): Located {
  const answer = database.lookUp(address);
  if (answer === 'unasked') return before;
  const others = before.unknown.filter(path => path !== `source.${kind.member}`);
  return {
    ...before,
    [kind.member]: objectOf(kind.fieldsOf(answer.record)),
    unknown: [...others, ...kind.untold].sort(),
  };
}

function objectOf(fields: Fields): Fields | undefined {
  return Object.keys(fields).length === 0 ? undefined : fields;
}
