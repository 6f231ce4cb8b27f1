import type { Progress } from '../aws/progress.ts';

/** How far the data have come. */
export interface Loading {
  readonly phase: 'loading' | 'ready' | 'failed';
  readonly account: string | undefined;
  /** Region by region: whether it has arrived. */
  readonly regions: ReadonlyMap<string, boolean>;
  readonly done: number;
  readonly planned: number;
  readonly waiting: { readonly region: string; readonly perSecond: number } | undefined;
  readonly unread: number;
  readonly failure: Failure | undefined;
  /** All is there, and could not be saved. */
  readonly notSaved: Failure | undefined;
}

export interface Failure {
  readonly message: string;
  readonly where: string | undefined;
  readonly hint: string | undefined;
}

export const LOADING: Loading = {
  phase: 'loading',
  account: undefined,
  regions: new Map(),
  done: 0,
  planned: 0,
  waiting: undefined,
  unread: 0,
  failure: undefined,
  notSaved: undefined,
};

export function progressed(loading: Loading, progress: Progress): Loading {
  switch (progress.kind) {
    case 'identity':
      return { ...loading, account: progress.account };
    case 'regions':
      return { ...loading, regions: new Map(progress.regions.map(name => [name, false])) };
    case 'request':
      return requested(loading, progress);
    case 'waiting':
      return { ...loading, waiting: { region: progress.region, perSecond: progress.perSecond } };
    case 'unread':
      return { ...loading, unread: loading.unread + 1 };
    case 'arrived':
      return arrived(loading, progress.region);
  }
}

/** `11 of 17 regions · 43 of ~60 requests · waiting for the 1/s limit of eu-west-1`. */
export function progressText(loading: Loading): string {
  const parts = [regionsText(loading), requestsText(loading), unreadText(loading), waitingText(loading)];
  return parts.filter(part => part !== '').join(' · ');
}

function requested(loading: Loading, { region, done, planned }: Extract<Progress, { kind: 'request' }>): Loading {
  const waiting = loading.waiting?.region === region ? undefined : loading.waiting;
  return { ...loading, done: Math.max(done, loading.done), planned: Math.max(planned, loading.planned), waiting };
}

function arrived(loading: Loading, region: string): Loading {
  const waiting = loading.waiting?.region === region ? undefined : loading.waiting;
  if (!loading.regions.has(region)) return { ...loading, waiting };
  return { ...loading, waiting, regions: new Map(loading.regions).set(region, true) };
}

function regionsText({ regions, account }: Loading): string {
  if (regions.size === 0) return account === undefined ? 'asking AWS who this is' : 'asking which regions there are';
  const here = [...regions.values()].filter(Boolean).length;
  return `${here} of ${regions.size} regions`;
}

function requestsText({ done, planned }: Loading): string {
  return planned === 0 ? '' : `${done} of ~${planned} requests`;
}

function unreadText({ unread }: Loading): string {
  return unread === 0 ? '' : `${unread} could not be read`;
}

function waitingText({ waiting }: Loading): string {
  return waiting === undefined ? '' : `waiting for the ${waiting.perSecond}/s limit of ${waiting.region}`;
}
