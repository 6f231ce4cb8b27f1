import type { Path } from '../toml/places.ts';
import type { Expectations, ExpectedKind } from './expectations.ts';

export interface Twin {
  readonly path: Path;
  readonly message: string;
}

/** Declarations of what is declared further up already. */
export function twins(expect: Expectations): readonly Twin[] {
  return (Object.keys(expect) as ExpectedKind[]).flatMap(kind => {
    const seen = new Map<string, number>();
    return expect[kind].flatMap((each, at) => {
      const key = JSON.stringify([each.name, 'region' in each ? each.region : null, each.account ?? null]);
      const before = seen.get(key);
      if (before === undefined) seen.set(key, at);
      const path = ['expect', kind, at];
      return before === undefined ? [] : [{ path, message: `expect.${kind}[${at + 1}]: ${sameAs(kind, before)}` }];
    });
  });
}

function sameAs(kind: ExpectedKind, before: number): string {
  return `declares what expect.${kind}[${before + 1}] has declared: one name, region and account is one ${kind.replace('_', ' ')}`;
}
