/** Whether an id came before: of the last `most` different ones for certain, and of as many again before those perhaps. */
export function seenIds(most: number): (id: string) => boolean {
  let newer = new Set<string>();
  let older = new Set<string>();
  return id => {
    if (newer.has(id)) return true;
    const isOld = older.has(id);
    newer.add(id);
    if (newer.size >= most) {
      older = newer;
      newer = new Set();
    }
    return isOld;
  };
}
