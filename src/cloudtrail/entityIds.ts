import type { EntityPath, Path } from './entityPaths.ts';
import { at, isObject, type Json, textAt } from './record.ts';

/** Ids found in a record, each once. */
export class Ids {
  readonly all = new Set<string>();
  isMisshapen = false;

  addAll(value: Json | undefined, paths: readonly EntityPath[]): void {
    for (const path of paths) this.#addAt(value, path);
  }

  /** One after another, up to one that is not there or is known already. */
  addWhileNew(values: readonly (Json | undefined)[]): void {
    if (values.some(isNoText)) this.isMisshapen = true;
    for (const value of values) if (!this.#add(value)) return;
  }

  #addAt(value: Json | undefined, path: EntityPath): void {
    const found = at(value, ...path.path);
    switch (path.kind) {
      case 'text':
        this.#add(found);
        return;
      case 'printed':
        this.#add(textAt(value, ...path.path));
        return;
      case 'all':
        for (const item of this.#items(found)) this.#add(item);
        return;
      case 'until':
        this.addWhileNew(this.#items(found));
        return;
      case 'each':
        for (const item of this.#items(found)) this.#addMembers(item, path.members, path.inside);
    }
  }

  #addMembers(item: Json, members: readonly Path[], inside: readonly EntityPath[]): void {
    if (!isObject(item)) this.isMisshapen = true;
    this.addWhileNew(members.map(member => at(item, ...member)));
    this.addAll(item, inside);
  }

  #items(found: Json | undefined): readonly Json[] {
    if (Array.isArray(found)) return found;
    if (found !== undefined) this.isMisshapen = true;
    return [];
  }

  /** Whether it is new. */
  #add(value: Json | undefined): boolean {
    if (isNoText(value)) this.isMisshapen = true;
    if (typeof value !== 'string') return false;
    const before = this.all.size;
    return this.all.add(value).size > before;
  }
}

/** Something that is there and should be text. */
function isNoText(value: Json | undefined): boolean {
  return value !== undefined && typeof value !== 'string';
}
