import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allowedActions } from '../../../src/iam/access/actions.ts';
import { adminOf } from '../../../src/iam/access/admin.ts';
import { covers } from '../../../src/iam/access/covers.ts';
import { placesOf } from '../../../src/iam/access/place.ts';
import { reach } from '../../../src/iam/access/reach.ts';
import { type Stack, stackOf } from '../../../src/iam/access/stack.ts';
import { actionNamed } from '../../../src/iam/catalog/action.ts';
import { has, isSubset } from '../../../src/iam/catalog/actionSet.ts';
import { decide } from '../../../src/iam/decide.ts';
import { ANYTHING, literal, matches } from '../../../src/iam/glob.ts';
import type { Layers } from '../../../src/iam/layer.ts';
import { plainResourceGlob } from '../../../src/iam/resource.ts';
import {
  ACTIONS,
  completed,
  contextOfRequest,
  FILLINGS,
  fullKnowledge,
  type Knowledge,
  knowledge,
  type LayerJson,
  layersJson,
  layersOf,
  NOW,
  policyJson,
  principalOf,
  RESOURCES,
  settled,
} from '../arbitrary.ts';
import { RUNS } from '../deep.ts';

const action = fc.constantFrom(...ACTIONS);
const PATTERNS = ['*', 'arn:aws:s3:::*', 'arn:aws:s3:::a*', 'arn:aws:iam::111122223333:role/*', 'arn:aws:s3:::*/x'];
const on = fc.oneof(
  fc.constantFrom(...PATTERNS).map(plainResourceGlob),
  fc.constantFrom(...RESOURCES.slice(1)).map(text => literal(text)),
);

function stackFor(layers: readonly LayerJson[], about: Knowledge): Stack {
  return stackOf(layersOf(layers), { principal: principalOf(about), now: NOW });
}

/** What AWS would say, however the request turns out to be in what is not known of it. */
function decisions(action: string, resource: string, { layers, about }: { layers: Layers; about: Knowledge }) {
  const context = contextOfRequest({ action, resource }, principalOf(about));
  return FILLINGS.map(filling => decide({ action, resource, context: settled(context, filling) }, layers).decision);
}

describe('what is not known', () => {
  it('never changes what decide is certain of', () => {
    fc.assert(
      fc.property(
        layersJson(),
        policyJson,
        knowledge,
        action,
        fc.constantFrom(...RESOURCES),
        (json, filler, about, name, resource) => {
          const context = contextOfRequest({ action: name, resource }, principalOf(about));
          const { decision } = decide({ action: name, resource, context }, layersOf(json));
          const all = decisions(name, resource, { layers: layersOf(completed(json, filler)), about });
          if (decision === 'allowed' || decision === 'denied')
            expect(all.filter(each => each !== decision)).toEqual([]);
          expect(all.filter(each => each !== 'allowed' && each !== 'denied')).toEqual([]);
        },
      ),
      RUNS,
    );
  });
});

describe('reach', () => {
  it('finds for certain what decide allows, and denies what decide denies', () => {
    fc.assert(
      fc.property(layersJson(), policyJson, knowledge, action, on, (json, filler, about, name, glob) => {
        const { possible, certain } = reach(stackFor(json, about), { action: name, on: glob });
        const complete = { layers: layersOf(completed(json, filler)), about };
        expect(possible.kind).not.toBe('unknown');
        expect(certain.kind).not.toBe('unknown');
        if (certain.kind === 'found') {
          expect(matches(glob, certain.text)).toBe(true);
          expect(decisions(name, certain.text, complete).filter(each => each !== 'allowed')).toEqual([]);
        }
        if (possible.kind === 'none') {
          for (const resource of RESOURCES.filter(each => matches(glob, each)))
            expect(decisions(name, resource, complete).filter(each => each !== 'denied')).toEqual([]);
        }
      }),
      RUNS,
    );
  });

  it('is exact where everything is known', () => {
    fc.assert(
      fc.property(
        layersJson({ known: true }).filter(isSettled),
        fullKnowledge,
        action,
        on,
        (json, about, name, glob) => {
          const { possible, certain } = reach(stackFor(json, about), { action: name, on: glob });
          const complete = { layers: layersOf(json), about };
          const allowed = RESOURCES.filter(
            each => matches(glob, each) && decisions(name, each, complete).every(decision => decision === 'allowed'),
          );
          expect(certain).toEqual(possible);
          if (allowed.length > 0) expect(certain.kind).toBe('found');
        },
      ),
      RUNS,
    );
  });
});

describe('covers', () => {
  it('is true of what decide allows everywhere, and names an exception that decide denies', () => {
    fc.assert(
      fc.property(layersJson(), policyJson, knowledge, action, on, (json, filler, about, name, glob) => {
        const { covered, exception } = covers(stackFor(json, about), { action: name, on: glob });
        const complete = { layers: layersOf(completed(json, filler)), about };
        if (covered === true) {
          for (const resource of RESOURCES.filter(each => matches(glob, each)))
            expect(decisions(name, resource, complete).filter(each => each !== 'allowed')).toEqual([]);
        }
        if (covered === false) {
          expect(matches(glob, exception!)).toBe(true);
          expect(decisions(name, exception!, complete).filter(each => each !== 'denied')).toEqual([]);
        }
      }),
      RUNS,
    );
  });

  it('what is covered can be reached', () => {
    fc.assert(
      fc.property(layersJson(), knowledge, action, on, (json, about, name, glob) => {
        const stack = stackFor(json, about);
        if (covers(stack, { action: name, on: glob }).covered === true)
          expect(reach(stack, { action: name, on: glob }).certain.kind).toBe('found');
      }),
      RUNS,
    );
  });
});

describe('allowedActions', () => {
  const DOCUMENTED = ACTIONS.map(actionNamed).filter(each => each !== undefined);

  it('says of each action what reach says of its resources', () => {
    fc.assert(
      fc.property(layersJson(), knowledge, (json, about) => {
        const stack = stackFor(json, about);
        const { possible, certain, everywhere, byLayer } = allowedActions(stack);
        expect(isSubset(everywhere, certain)).toBe(true);
        expect(isSubset(certain, possible)).toBe(true);
        for (const layer of byLayer) expect(isSubset(possible, layer.actions)).toBe(true);
        for (const each of DOCUMENTED.filter(({ name }) => name !== 'sts:GetCallerIdentity')) {
          const questions = placesOf(each).map(place => ({ action: each.name, ...place }));
          const answers = questions.map(question => reach(stack, question));
          expect(has(possible, each)).toBe(answers.some(answer => answer.possible.kind === 'found'));
          expect(has(certain, each)).toBe(answers.some(answer => answer.certain.kind === 'found'));
          if (has(everywhere, each))
            expect(questions.every(question => covers(stack, question).covered === true)).toBe(true);
        }
      }),
      RUNS,
    );
  });
});

/** A Deny of an action on what it never is about takes nothing away: what AWS documents none for may be about anything. */
function mayMean(name: string, resource: string): boolean {
  const action = actionNamed(name);
  return action === undefined || placesOf(action).some(({ on }) => matches(on, resource));
}

describe('adminOf', () => {
  it('is true of who may do everything, and names a request that is refused', () => {
    fc.assert(
      fc.property(layersJson(), policyJson, knowledge, (json, filler, about) => {
        const { truth, exception } = adminOf(stackFor(json, about));
        const complete = { layers: layersOf(completed(json, filler)), about };
        if (truth === true) {
          for (const name of ACTIONS)
            for (const resource of RESOURCES.filter(each => mayMean(name, each)))
              expect(decisions(name, resource, complete).filter(each => each !== 'allowed')).toEqual([]);
        }
        if (truth === false) {
          const { action, resource } = exception!;
          expect(decisions(action, resource, complete).filter(each => each !== 'denied')).toEqual([]);
        }
      }),
      RUNS,
    );
  });

  it('is true only of who covers every action', () => {
    fc.assert(
      fc.property(layersJson(), knowledge, action, (json, about, name) => {
        const stack = stackFor(json, about);
        const covered = covers(stack, { action: name, on: ANYTHING }).covered;
        if (adminOf(stack).truth === true) expect(covered).toBe(true);
        if (covered === false) expect(adminOf(stack).truth).toBe(false);
      }),
      RUNS,
    );
  });
});

/** Whether no condition is on a key that stays open. */
function isSettled(layers: readonly LayerJson[]): boolean {
  return !/RequestedRegion|ResourceAccount|PassedToService/.test(JSON.stringify(layers));
}
