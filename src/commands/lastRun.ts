import type { Audit } from '../audit.ts';
import type { CollectRequest } from '../aws/collect.ts';
import { FLAGS, type Options } from '../options.ts';
import { printable } from '../report/printable.ts';
import type { Rule } from '../rules/rule.ts';
import { checkWritable } from '../snapshot/write.ts';
import { advanced } from '../state/advance.ts';
import { gonePlaces } from '../state/gone.ts';
import { keepState } from '../state/keep.ts';
import { loadState } from '../state/load.ts';
import { newsOf } from '../state/news.ts';
import { judging, rulePrint } from '../state/rulePrint.ts';
import { secondsBack } from '../state/start.ts';
import type { State } from '../state/state.ts';
import { withWindows } from '../state/windows.ts';
import { nowOf, secondsOf } from './values.ts';

/** What `--since last` goes on from. */
export interface LastRun {
  /** How far back each region's events are read; says on stderr which rules have nothing to go on from. */
  sinceIn(rules: readonly Rule[], now: Date): NonNullable<CollectRequest['sinceIn']>;
  /** The audit without what earlier runs have told. */
  news(audit: Audit, rules: readonly Rule[]): Audit;
  /** Leaves all that to the next run: to be called when the report is out. Throws UserError where that fails. */
  keep(): void;
}

/** How far back is read what no run has read. */
const SINCE_EVER = FLAGS.since.fallback;

/** Undefined unless --since is `last`. Throws UserError for a state that is broken, or that could not be written. */
export function openLastRun({ since, state: file, now }: Options): LastRun | undefined {
  if (since !== 'last') return undefined;
  checkWritable(file);
  const loaded = loadState(file, now === undefined ? new Date() : nowOf(now));
  const { state } = loaded;
  if (loaded.text === undefined)
    say(`${file} is not there yet: this run reads as far back as --since ${SINCE_EVER}, and writes it`);
  let next = state;
  return {
    sinceIn(rules, now) {
      sayNewRules(state, rules);
      const ever = secondsOf(SINCE_EVER, '--since');
      return (account, asked) => {
        const trails = asked.map(trail => ({ ...trail, reached: state.accounts[account]?.[trail.region] }));
        return region => secondsBack(region, { rules, trails, now, since: ever });
      };
    },
    news(audit, rules) {
      const { snapshot } = audit;
      for (const gone of gonePlaces(state, snapshot)) say(gone);
      const news = newsOf({ audit, rules, state });
      next = advanced(state, { snapshot, rules, reported: news.reported });
      return { ...news.audit, coverage: withWindows(audit.coverage, snapshot) };
    },
    keep: () => keepState(loaded, next),
  };
}

const MOST_NAMED = 5;

function sayNewRules({ accounts }: State, rules: readonly Rule[]): void {
  const judged = Object.values(accounts).flatMap(regions => Object.values(regions));
  const isNew = (rule: Rule) => !judged.some(reached => reached.rules[rule.id] === rulePrint(rule));
  const ids = judging(rules)
    .filter(isNew)
    .map(({ id }) => id);
  if (judged.length === 0 || ids.length === 0) return;
  const more = ids.length > MOST_NAMED ? ` and ${ids.length - MOST_NAMED} more` : '';
  say(
    `new, or asking something else than in the last run, and so asked about ${SINCE_EVER}: ${ids.slice(0, MOST_NAMED).join(', ')}${more}`,
  );
}

function say(line: string): void {
  process.stderr.write(`${printable(line)}\n`);
}
