import { type Audit, audit, judge } from '../audit.ts';
import type { CollectRequest } from '../aws/collect.ts';
import type { Progress } from '../aws/progress.ts';
import { UserError } from '../errors.ts';
import type { Options } from '../options.ts';
import { lookupsFor } from '../rules/lookups.ts';
import type { Rule } from '../rules/rule.ts';
import { loadSnapshot } from '../snapshot/load.ts';
import { saveSnapshot } from '../snapshot/save.ts';
import { readConfiguredRules } from './ruleSet.ts';
import { nowOf, secondsOf, wholeNumberOf } from './values.ts';

/** Where facts come from, as the flags say: an account, the demo, or a saved snapshot. Open until `close`. */
export interface Source {
  /** What it is when it is not AWS: `demo break-in`, a file's name; empty for AWS. */
  readonly title: string;
  readonly rules: readonly Rule[];
  readonly now: () => Date;
  /** Walks the street; saves the snapshot where --save says. */
  audit(on: (progress: Progress) => void, signal?: AbortSignal): Promise<Audit>;
  close(): Promise<void>;
}

/** Throws UserError for flags that contradict each other, rules that do not load, an unknown story. */
export async function openSource(options: Options): Promise<Source> {
  refuseContradictions(options);
  const fixed = options.now === undefined ? undefined : nowOf(options.now);
  const now = () => fixed ?? new Date();
  const rules = readConfiguredRules(options, now());
  if (options.from !== undefined) return fileSource(options.from, options, rules, now);
  return awsSource(options, rules, now);
}

function refuseContradictions({ demo, from, profile }: Options): void {
  const given = [demo !== undefined && '--demo', from !== undefined && '--from', profile !== undefined && '--profile'];
  const sources = given.filter(name => name !== false);
  if (sources.length > 1)
    throw new UserError(`${sources.join(' and ')} contradict each other`, { hint: 'Choose one source.' });
}

function fileSource(file: string, options: Options, rules: readonly Rule[], now: () => Date): Source {
  return {
    title: file,
    rules,
    now,
    async audit() {
      const snapshot = loadSnapshot(file);
      if (options.save !== undefined) saveSnapshot(snapshot, options.save);
      return judge(snapshot, rules);
    },
    async close() {},
  };
}

async function awsSource(options: Options, rules: readonly Rule[], now: () => Date): Promise<Source> {
  const place = await openPlace(options.demo, now());
  return {
    title: options.demo === undefined ? '' : `demo ${options.demo}`,
    rules,
    now,
    async audit(onProgress, signal) {
      const request = { ...requestOf(options, rules, now()), ...place.request, signal, onProgress, rules };
      const result = await audit(request);
      if (options.save !== undefined) saveSnapshot(result.snapshot, options.save);
      return result;
    },
    close: place.close,
  };
}

/** Which AWS is asked, and how fast it may be. Open until `close`. */
export interface Place {
  readonly request: Pick<CollectRequest, 'endpoint' | 'credentials' | 'pace'>;
  close(): Promise<void>;
}

const REAL_AWS: Place = {
  request: { endpoint: undefined, credentials: undefined, pace: 'aws' },
  async close() {},
};

/** The real AWS; or, for a story, a pretend AWS inside this process: real HTTP on loopback, asked with the real SDK. */
export async function openPlace(story: string | undefined, now: Date): Promise<Place> {
  if (story === undefined) return REAL_AWS;
  const { startPretendAws, UnknownStory } = await import('../../mocks/server.ts');
  const { endpoint, credentials, pace, close } = await startPretendAws({ story, now }).catch(cause => {
    throw cause instanceof UnknownStory ? new UserError(cause.message, { where: '--demo', cause }) : cause;
  });
  return { request: { endpoint, credentials, pace }, close };
}

function requestOf(options: Options, rules: readonly Rule[], now: Date) {
  return {
    regions: options.region,
    profile: options.profile,
    since: secondsOf(options.since, '--since'),
    lookups: lookupsFor(rules),
    callBudget: wholeNumberOf(options.callBudget, '--call-budget'),
    now,
  };
}
