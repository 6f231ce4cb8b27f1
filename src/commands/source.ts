import { type Audit, audit, judge } from '../audit.ts';
import type { CollectRequest } from '../aws/collect.ts';
import type { Progress } from '../aws/progress.ts';
import type { Making } from '../documents/documents.ts';
import { UserError } from '../errors.ts';
import { FLAGS, type Options } from '../options.ts';
import { lookupsFor } from '../rules/lookups.ts';
import type { Rule } from '../rules/rule.ts';
import { loadSnapshot } from '../snapshot/load.ts';
import { saveSnapshot } from '../snapshot/save.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { checkWritable } from '../snapshot/write.ts';
import { type ConfigSource, configOf } from './config.ts';
import type { LastRun } from './lastRun.ts';
import { locateFor } from './locate.ts';
import { readConfiguredRules } from './ruleSet.ts';
import { nowOf, secondsOf, wholeNumberOf } from './values.ts';

/** Where facts come from, as the flags say: an account, the demo, or a saved snapshot. Open until `close`. */
export interface Source {
  /** What it is when it is not AWS: `demo break-in`, a file's name; empty for AWS. */
  readonly title: string;
  readonly rules: readonly Rule[];
  readonly now: () => Date;
  /** Which settings the facts are held against; undefined: the defaults. */
  readonly config: ConfigSource | undefined;
  /** Walks the street; saves the snapshot where --save says. Throws UserError where that fails and nobody listens for it. */
  audit(on: AuditListener, signal?: AbortSignal): Promise<Audit>;
  close(): Promise<void>;
}

export interface AuditListener {
  progress(progress: Progress): void;
  /** What can be said so far, and the regions (or `global`) still to come. Now and then, not at every arrival. */
  partly?(audit: Audit, pending: readonly string[]): void;
  /** All was read, and could not be saved. */
  notSaved?(error: UserError): void;
}

/**
 * Throws UserError for rules, settings or a database that do not load, an unknown story, and a --save that cannot be written: before
 * anything is read.
 */
export async function openSource(options: Options, last?: LastRun): Promise<Source> {
  if (options.save !== undefined) checkWritable(options.save);
  const fixed = options.now === undefined ? undefined : nowOf(options.now);
  const now = () => fixed ?? new Date();
  const config = configOf(options);
  const bench = { locate: await locateFor(options), settings: config?.settings };
  // Queries with a date in them are about the time they were compiled at: each audit loads the rules anew.
  const rules = (at = now()) => readConfiguredRules(options, at, bench.locate);
  const set = { rules: rules(), now, config: config?.source };
  if (options.from !== undefined)
    return { ...set, ...fileSource(options.from, options, { ...bench, rules, now: fixed }) };
  return { ...set, ...(await awsSource(options, { ...bench, rules, last }, now)) };
}

/** What judges the facts: the rules as of a time (now, unless it is said), and what documents are made with. */
interface Bench extends Making {
  readonly rules: (at?: Date) => readonly Rule[];
}

/** How an account is asked. */
interface Asking extends Bench {
  /** With --since last. */
  readonly last: LastRun | undefined;
}

type Origin = Pick<Source, 'title' | 'audit' | 'close'>;

/** Rules and documents go by one clock: what was kept is judged as of when it was read, or as --now says. */
function fileSource(file: string, options: Options, { rules, ...making }: Bench): Origin {
  return {
    title: file,
    async audit(on) {
      const snapshot = loadSnapshot(file);
      if (snapshot.accounts.length === 0)
        throw new UserError('the snapshot holds no account, so that there is nothing to judge', { where: file });
      keep(snapshot, options.save, on);
      return judge(snapshot, rules(asOf(snapshot, making.now)), making);
    },
    async close() {},
  };
}

export function asOf({ takenAt }: Snapshot, now: Date | undefined): Date {
  return now ?? new Date(takenAt);
}

async function awsSource(options: Options, asking: Asking, now: () => Date): Promise<Origin> {
  const place = await openPlace(options.demo, now());
  return {
    title: options.demo === undefined ? '' : `demo ${options.demo}`,
    async audit(on, signal) {
      const rules = asking.rules();
      const onProgress = listening(on, snapshot => judge(snapshot, rules, asking));
      const request = {
        ...requestOf(options, { ...asking, rules, now: now() }),
        ...(await place.request()),
        signal,
        onProgress,
      };
      const result = await audit({ ...request, rules, locate: asking.locate, settings: asking.settings });
      keep(result.snapshot, options.save, on);
      return result;
    },
    close: place.close,
  };
}

/** A disk that is full by now costs the file, not what was read. */
function keep(snapshot: Snapshot, file: string | undefined, { notSaved }: AuditListener): void {
  try {
    if (file !== undefined) saveSnapshot(snapshot, file);
  } catch (error) {
    if (notSaved === undefined || !(error instanceof UserError)) throw error;
    notSaved(error);
  }
}

/** Of the time that passes, judging what has arrived so far takes a fifth at most. */
const REST = 4;

function listening(on: AuditListener, judged: (snapshot: Snapshot) => Audit): (progress: Progress) => void {
  let nextAt = 0;
  return progress => {
    on.progress(progress);
    if (progress.kind !== 'arrived' || on.partly === undefined || performance.now() < nextAt) return;
    const start = performance.now();
    on.partly(judged(progress.snapshot), progress.pending);
    const end = performance.now();
    nextAt = end + REST * (end - start);
  };
}

/** Which AWS is asked, and how fast it may be. Open until `close`. */
export interface Place {
  request(): Promise<Pick<CollectRequest, 'endpoint' | 'credentials' | 'pace'>>;
  close(): Promise<void>;
}

const REAL_AWS: Place = {
  async request() {
    return { endpoint: undefined, credentials: undefined, pace: 'aws' };
  },
  async close() {},
};

/**
 * The real AWS; or, for a story, a pretend AWS inside this process: real HTTP on loopback, asked with the real SDK, and
 * started when it is first asked. Throws UserError for a story that there is not.
 */
export async function openPlace(story: string | undefined, now: Date): Promise<Place> {
  if (story === undefined) return REAL_AWS;
  await refuseUnknownStory(story);
  const start = async () => (await import('../../mocks/server.ts')).startPretendAws({ story, now });
  let started: ReturnType<typeof start> | undefined;
  return {
    async request() {
      started ??= start();
      const { endpoint, credentials, pace } = await started;
      return { endpoint, credentials, pace };
    },
    async close() {
      await (await started)?.close();
    },
  };
}

async function refuseUnknownStory(story: string): Promise<void> {
  const { storyNamed, UnknownStory } = await import('../../mocks/stories.ts');
  try {
    storyNamed(story);
  } catch (cause) {
    throw cause instanceof UnknownStory ? new UserError(cause.message, { where: '--demo', cause }) : cause;
  }
}

interface Asked {
  readonly rules: readonly Rule[];
  readonly now: Date;
  readonly last: LastRun | undefined;
}

function requestOf(options: Options, { rules, now, last }: Asked) {
  return {
    regions: options.region,
    profile: options.profile,
    since: secondsOf(last === undefined ? options.since : FLAGS.since.fallback, '--since'),
    sinceIn: last?.sinceIn(rules, now),
    lookups: lookupsFor(rules),
    callBudget: wholeNumberOf(options.callBudget, '--call-budget'),
    now,
  };
}
