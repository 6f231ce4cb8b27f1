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
 * region: one page at least of each of the four lists, one call for each detail within the budget, and two for each private
 * CA. IAM: the list of roles (their longest sessions are nowhere else), and everybody with their policies at once.
 */
function fewestRequests({ accounts: [account] }) {
  const regions = account.regions.reduce((sum, region) => sum + fewestInRegion(region), 0);
  return 3 + regions + fewestForIam(account);
}

const LISTS = ['trustAnchors', 'profiles', 'crls', 'subjects'];

function fewestInRegion(region) {
  const lists = LISTS.reduce((sum, list) => sum + Math.max(1, Math.ceil(region[list].length / 1000)), 0);
  const tags = Math.min(BUDGET, region.trustAnchors.length + region.profiles.length + region.crls.length);
  const authorities = new Set(region.trustAnchors.flatMap(anchor => anchor.source.sourceData.acmPcaArn ?? []));
  return lists + Math.min(BUDGET, region.subjects.length) + tags + authorities.size * 2;
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

/** Who may do what in the account, users and groups included, only the bulk call tells in so few requests. */
function fewestForIam({ roles, otherRoles = [], users = [], groups = [], policies }) {
  const holders = [...roles, ...otherRoles, ...users, ...groups];
  const attached = new Set(
    holders.flatMap(holder => [
      ...(holder.AttachedManagedPolicies ?? []).map(policy => policy.PolicyArn),
      holder.PermissionsBoundary?.PermissionsBoundaryArn,
    ]),
  );
  const notAttached = policies.filter(policy => !attached.has(policy.Arn)).length;
  const items = holders.length + policies.length - notAttached;
  return 1 + Math.max(1, Math.ceil(items / 1000)) + notAttached * 2;
}
