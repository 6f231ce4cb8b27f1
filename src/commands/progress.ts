import type { Progress } from '../aws/progress.ts';
import { printable } from '../report/printable.ts';

export interface ProgressPrinter {
  show(progress: Progress): void;
  /** Takes the line that is being rewritten away; may be called twice. */
  end(): void;
}

/** Says on stderr how a collection goes: one line rewritten in place on a terminal, milestones only elsewhere. */
export function progressOnStderr(quiet: boolean): ProgressPrinter {
  if (quiet) return { show() {}, end() {} };
  return process.stderr.isTTY ? rewrittenLine() : milestones();
}

function milestones(): ProgressPrinter {
  return {
    show(progress) {
      const line = milestoneOf(progress);
      if (line !== undefined) process.stderr.write(`${line}\n`);
    },
    end() {},
  };
}

function milestoneOf(progress: Progress): string | undefined {
  switch (progress.kind) {
    case 'identity':
      return `account ${printable(progress.account)} as ${printable(progress.arn)}`;
    case 'regions':
      return `looking at ${progress.regions.length} ${progress.regions.length === 1 ? 'region' : 'regions'}`;
    case 'unread':
      return `not read: ${printable(progress.unread.operation)} in ${printable(progress.region)}: ${printable(progress.unread.error)}`;
    default:
      return undefined;
  }
}

const CLEAR_LINE = '\r\x1b[2K';

function rewrittenLine(): ProgressPrinter {
  const state = { regions: 0, arrived: 0, done: 0, planned: 0, waiting: '' };
  let shown = false;
  const draw = (text: string) => {
    const width = (process.stderr.columns ?? 80) - 1;
    process.stderr.write(`${CLEAR_LINE}${text.slice(0, width)}`);
    shown = true;
  };
  return {
    show(progress) {
      const milestone = progress.kind === 'unread' ? milestoneOf(progress) : undefined;
      if (milestone !== undefined) process.stderr.write(`${CLEAR_LINE}${milestone}\n`);
      if (progress.kind === 'regions') state.regions = progress.regions.length;
      if (progress.kind === 'arrived') state.arrived += progress.region === 'global' ? 0 : 1;
      if (progress.kind === 'request')
        Object.assign(state, { done: progress.done, planned: progress.planned, waiting: '' });
      if (progress.kind === 'waiting')
        state.waiting = ` · waiting for the ${progress.perSecond}/s limit of ${progress.region}`;
      draw(
        `${state.arrived} of ${state.regions} regions · ${state.done} of ~${state.planned} requests${state.waiting}`,
      );
    },
    end() {
      if (shown) process.stderr.write(CLEAR_LINE);
      shown = false;
    },
  };
}
