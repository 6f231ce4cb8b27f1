import { oid, printable, sequence, set, utf8 } from './der.ts';

/** A distinguished name in certificate order: `[['C', 'DE'], ['O', 'Acme'], ['CN', 'web-1']]`. */
export type Name = readonly (readonly [attribute: Attribute, value: string])[];
export type Attribute = 'C' | 'ST' | 'L' | 'O' | 'OU' | 'CN';

const OIDS: Readonly<Record<Attribute, string>> = {
  C: '2.5.4.6',
  ST: '2.5.4.8',
  L: '2.5.4.7',
  O: '2.5.4.10',
  OU: '2.5.4.11',
  CN: '2.5.4.3',
};

export function nameDer(name: Name): Buffer {
  return sequence(...name.map(([attribute, value]) => set(sequence(oid(OIDS[attribute]), valueDer(attribute, value)))));
}

/** RFC 4514, last part first: `CN=web-1,O=Acme,C=DE`. */
export function nameText(name: Name): string {
  return [...name]
    .reverse()
    .map(([attribute, value]) => `${attribute}=${escaped(value)}`)
    .join(',');
}

export function commonName(name: Name): string | undefined {
  return name.find(([attribute]) => attribute === 'CN')?.[1];
}

function valueDer(attribute: Attribute, value: string): Buffer {
  return attribute === 'C' ? printable(value) : utf8(value);
}

const escaped = (value: string): string => value.replace(/[,+"\\<>;]/g, special => `\\${special}`);
