import { type PretendAws, type PretendAwsOptions, startPretendAws } from '../../mocks/server.ts';
import type { CollectRequest } from '../../src/aws/collect.ts';
import { gather } from '../../src/aws/gather.ts';
import type { Progress } from '../../src/aws/progress.ts';
import { TUNING } from '../../src/aws/tuning.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

export const NOW = new Date('2026-11-20T08:00:00Z');

/** As patient as a test can be. */
export const QUICK = {
  ...TUNING,
  attemptTimeout: 400,
  throttleDelay: 5,
  transientDelay: 2,
  longestDelay: 20,
  timePerCall: 3000,
};

export const LOOKUPS = [{ source: 'rolesanywhere.amazonaws.com', names: ['CreateProfile', 'CreateTrustAnchor'] }];

export interface Collected {
  readonly snapshot: Snapshot;
  readonly progress: readonly Progress[];
  readonly aws: PretendAws;
}

/** Collects one story, with whatever else is asked for, and closes the pretend AWS. */
export async function collected(
  aws: Partial<PretendAwsOptions> = {},
  request: Partial<CollectRequest> = {},
  tuning = QUICK,
): Promise<Collected> {
  const pretend = await startPretendAws({ story: 'break-in', now: NOW, ...aws });
  const progress: Progress[] = [];
  try {
    const snapshot = await gather(
      { ...requestFor(pretend), onProgress: step => progress.push(step), ...request },
      tuning,
    );
    return { snapshot, progress, aws: pretend };
  } finally {
    await pretend.close();
  }
}

export function requestFor(pretend: PretendAws): CollectRequest {
  return {
    regions: [],
    profile: undefined,
    endpoint: pretend.endpoint,
    credentials: pretend.credentials,
    since: 90 * 86_400,
    lookups: LOOKUPS,
    pace: pretend.pace,
    callBudget: 50,
    now: NOW,
    signal: undefined,
    onProgress: () => undefined,
  };
}
