import type { Resource } from '../documents/document.ts';
import { KIND_WORDS } from './kind-words.ts';
import { say } from './line.ts';
import type { Cell } from './view.ts';

/** `role deploy`, `subject web-1.example` in a cell. What tells subjects apart is how their names begin; ARNs differ at their ends. */
export function resourceCell(resource: Resource): Cell {
  const cell = say(`${KIND_WORDS[resource.kind]} ${shortName(resource)}`);
  return resource.kind === 'subject' ? { ...cell, shorten: 'end' } : cell;
}

/** Of a subject its common name, else the name. */
export function shortName({ kind, name }: Resource): string {
  return kind === 'subject' ? commonName(name) : name;
}

/** `web-1` of `CN=web-1,OU=Web`; the whole name where it does not begin so. A comma in a value has a backslash before it. */
function commonName(name: string): string {
  return /^CN=((?:\\.|[^\\,+])+)/.exec(name)?.[1] ?? name;
}
