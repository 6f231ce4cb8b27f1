import { documentsOf } from '../../src/documents/documents.ts';
import { stackOf } from '../../src/iam/access/stack.ts';
import { ABSENT } from '../../src/iam/context.ts';
import { questionOf } from '../../src/iam/escalation/question.ts';
import { worldOf } from '../../src/iam/escalation/world.ts';
import type { Layers } from '../../src/iam/layer.ts';
import { readPolicy } from '../../src/iam/policy.ts';
import { principalContext } from '../../src/iam/session.ts';
import { summaryOf } from '../../src/iam/summary/summary.ts';
import { accountWithPaths, policiesOfEveryKind } from './policies.data.ts';

/** Prints milliseconds as JSON: what `npm run bench` holds against its limits. */

const now = new Date('2026-11-24T00:00:00Z');
const self = { arn: 'arn:aws:iam::111122223333:role/host', customerPolicies: [], boundary: ABSENT };
const principal = principalContext({ roleArn: self.arn, roleTags: [], mappings: [], now });
const world = worldOf({ account: '111122223333', partition: 'aws', complete: false }, []);

/** Parts are worked out when they are first read: here all of them count. */
function everyPart(whole: object): string {
  return JSON.stringify(whole, (_, value) => (typeof value === 'bigint' ? String(value) : value));
}

function millisecondsOf(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

function analyse(document: unknown): void {
  const policy = { name: 'policy', reading: readPolicy(document, 'identity') };
  const layers: Layers = [{ name: 'identity', policies: [policy], complete: true }];
  const summary = summaryOf({
    layers,
    question: questionOf({ stack: stackOf(layers, { principal, now }), self, world }),
  });
  const { admin, adminEquivalent, actions, byLayer, services, removes } = summary;
  const { dataRead, credentials, exposure, escalation, lateral, missing } = summary;
  everyPart([admin, adminEquivalent, actions, byLayer, services, removes]);
  everyPart([dataRead, credentials, exposure, escalation, lateral, missing]);
}

const policies = policiesOfEveryKind(1_000);
analyse(policies[0]);
const each = policies.map(document => millisecondsOf(() => analyse(document)));
const [fewer, more] = [5_000, 10_000].map(count => {
  const snapshot = accountWithPaths(count);
  return millisecondsOf(() => documentsOf(snapshot).map(({ body }) => everyPart(body)));
});
console.log(
  JSON.stringify({
    policies: each.length,
    all: each.reduce((sum, time) => sum + time, 0),
    worst: Math.max(...each),
    paths5000: fewer,
    paths10000: more,
  }),
);
