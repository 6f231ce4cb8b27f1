import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const STORIES = ['break-in', 'tidy', 'fleet', 'empty', 'large=100'];
const BUDGET = 30;

/** Requests that reached AWS against the fewest that can read the story; one figure a story. */
export async function requestFigures({ cli, limit }) {
  const { startPretendAws } = await import('../../dist/pretend-aws.js');
  const figures = [];
  for (const story of STORIES) {
    const aws = await startPretendAws({ story, now: new Date(), limits: 'none' });
    const snapshot = await snapshotOf({ cli, aws });
    const issued = aws.requests.length;
    const lookups = await fewestLookups(aws, snapshot);
    await aws.close();
    const fewest = fewestRequests(snapshot) + lookups;
    const value = issued / fewest;
    figures.push({
      name: `requests for ${story} against the fewest`,
      value: Math.round(value * 100) / 100,
      unit: '×',
      issued,
      fewest,
      limit,
      ok: value <= limit,
    });
  }
  return figures;
}

async function snapshotOf({ cli, aws }) {
  const folder = mkdtempSync(join(tmpdir(), 'postern-requests-'));
  const file = join(folder, 'snapshot.json');
  const env = {
    ...process.env,
    AWS_ENDPOINT_URL: aws.endpoint,
    AWS_ACCESS_KEY_ID: aws.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: aws.credentials.secretAccessKey,
  };
  const child = spawn(
    process.execPath,
    [cli, '--ci', '--quiet', '--since', '90d', '--call-budget', String(BUDGET), '--save', file],
    { env, stdio: ['ignore', 'ignore', 'inherit'] },
  );
  await new Promise(done => child.on('close', done));
  const snapshot = JSON.parse(readFileSync(file, 'utf8'));
  rmSync(folder, { recursive: true });
  return snapshot;
}

/**
 * The fewest requests that can give this snapshot, its events aside. Once: who am I, the alias, the regions. In each
 * region: one page at least of each of the four lists, and one call for each detail within the budget. IAM: the list
 * of roles (its trust policies and session durations are nowhere else), then all at once or role by role.
 */
function fewestRequests({ accounts: [account] }) {
  const regions = account.regions.reduce((sum, region) => sum + fewestInRegion(region), 0);
  return 3 + regions + fewestForIam(account);
}

const LISTS = ['trustAnchors', 'profiles', 'crls', 'subjects'];

function fewestInRegion(region) {
  const lists = LISTS.reduce((sum, list) => sum + Math.max(1, Math.ceil(region[list].length / 1000)), 0);
  const tags = Math.min(BUDGET, region.trustAnchors.length + region.profiles.length + region.crls.length);
  return lists + Math.min(BUDGET, region.subjects.length) + tags;
}

/** In each region, for each source that the rules ask for: the pages of all its events, or those of each name, if fewer. */
async function fewestLookups(aws, { accounts: [account] }) {
  let sum = 0;
  for (const { name: region, lookups = [] } of account.regions) {
    for (const { source, names } of lookups) {
      const bySource = await pagesOf(aws, region, { AttributeKey: 'EventSource', AttributeValue: source });
      let byName = names.length === 0 ? Number.POSITIVE_INFINITY : 0;
      for (const name of names)
        byName += await pagesOf(aws, region, { AttributeKey: 'EventName', AttributeValue: name });
      sum += Math.min(bySource, byName);
    }
  }
  return sum;
}

async function pagesOf(aws, region, attribute) {
  const authorization = `AWS4-HMAC-SHA256 Credential=${aws.credentials.accessKeyId}/20260101/${region}/cloudtrail/aws4_request, SignedHeaders=host;x-amz-date, Signature=${'0'.repeat(64)}`;
  const headers = {
    authorization,
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-date': '20260101T000000Z',
    'x-amz-target': 'com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.LookupEvents',
  };
  let pages = 0;
  let next;
  do {
    const body = JSON.stringify({ LookupAttributes: [attribute], NextToken: next });
    const answer = await fetch(aws.endpoint, { method: 'POST', headers, body });
    if (!answer.ok) throw new Error(`LookupEvents: ${answer.status} ${await answer.text()}`);
    next = (await answer.json()).NextToken;
    pages += 1;
  } while (next !== undefined);
  return pages;
}

function fewestForIam({ roles, policies }) {
  if (roles.length === 0) return 1 + policies.length * 2;
  const inline = roles.reduce((sum, role) => sum + (role.RolePolicyList ?? []).length, 0);
  const oneByOne = roles.length * 3 + inline + policies.length * 2;
  const attached = new Set(
    roles.flatMap(role => [
      ...(role.AttachedManagedPolicies ?? []).map(policy => policy.PolicyArn),
      role.PermissionsBoundary?.PermissionsBoundaryArn,
    ]),
  );
  const notAttached = policies.filter(policy => !attached.has(policy.Arn)).length;
  const pages = Math.ceil((roles.length + policies.length - notAttached) / 1000);
  return 1 + Math.min(oneByOne, pages + notAttached * 2);
}
