import type { Binding } from './bindings.ts';
import { pageOf } from './commands.ts';
import { labelOf } from './help.ts';
import { footerBindings } from './keys.ts';
import { fitted, type Line, say, widthOf } from './line.ts';
import { progressText } from './loading.ts';
import type { Prompt } from './prompt.ts';
import { problemLines, textLine } from './prompt-lines.ts';
import { layoutFor, listOf, type State, viewOf } from './state.ts';

/** The line above the footer: the filter while it is typed, what a key just said, how far the data are, or where the list stands. */
export function statusLine(state: State, width: number): Line {
  const { prompt } = state;
  return fitted(prompt === undefined ? [say(' '), ...statusSpans(state)] : promptLine(state, prompt, width), width);
}

function statusSpans(state: State): Line {
  const { message, loading } = state;
  if (message !== undefined) return [say(message.text, message.style)];
  if (loading.phase === 'failed')
    return [say(`${loading.failure?.message ?? ''} `, 'critical'), say('R tries again', 'dim')];
  if (loading.phase === 'loading') return [say(progressText(loading), 'accent')];
  return [...(isPage(state) ? pagePosition(state) : position(state)), ...notSaved(state)];
}

/** A page that is about no item of the list. */
function isPage({ overlay }: State): boolean {
  return overlay !== undefined && overlay.kind !== 'raw';
}

function pagePosition(state: State): Line {
  const { overlay } = state;
  if (overlay?.kind === 'leads') return [say(`${overlay.chosen + 1} of ${overlay.leads.length}`, 'dim')];
  const { length } = pageOf(state);
  const scroll = overlay?.scroll ?? 0;
  const end = scroll + layoutFor(state).body;
  // The last row says how many more there are.
  const last = end < length ? end - 1 : length;
  return [say(`lines ${scroll + 1} to ${last} of ${length}`, 'dim')];
}

function notSaved({ loading }: State): Line {
  return loading.notSaved === undefined ? [] : [say('   not saved: ', 'critical'), say(loading.notSaved.message)];
}

function position(state: State): Line {
  const list = listOf(state);
  const sort = viewOf(state).sorts[list.sort]?.name ?? '';
  const place = list.shown.length === 0 ? '0' : String(list.at + 1);
  const of =
    list.filter === undefined
      ? `${place} of ${totalText(state)}`
      : `${place} of ${list.shown.length} that match, ${totalText(state)} in all`;
  const by = list.reversed ? `${sort}, reversed` : sort;
  const filter = list.filter === undefined ? [] : [say('   filter ', 'dim'), say(list.filter.text, 'accent')];
  return [say(`${of}   by ${by}`, 'dim'), ...filter];
}

/** `19`; of a list that has only the first, `the 50 worst of 147`. */
function totalText(state: State): string {
  const { length } = listOf(state).rows;
  const inAll = state.scene === undefined ? length : (viewOf(state).inAll?.(state.scene) ?? length);
  return inAll > length ? `the ${length} worst of ${inAll}` : String(length);
}

/** While a filter is typed: how many match, what is wrong with it, or what could come next. */
function promptHelp(state: State, prompt: Prompt, width: number): readonly Line[] {
  if (prompt.problem !== undefined) return problemLines(prompt, width);
  const list = listOf(state);
  const count = say(` ${prompt.pending ? '…' : list.shown.length} of ${list.rows.length}  `, 'strong');
  return [[count, say(completions(prompt), 'dim')]];
}

function completions({ suggestions }: Prompt): string {
  return suggestions
    .slice(0, 8)
    .map(({ label }) => label)
    .join('  ');
}

/** The keys that do something here, one line; under an open filter line, what there is to say of the filter. */
export function footerLines(state: State, width: number): readonly Line[] {
  const { prompt } = state;
  const lines = prompt === undefined ? [keysLine(state, width)] : promptHelp(state, prompt, width);
  return lines.map(line => fitted(line, width));
}

function promptLine(state: State, prompt: Prompt, width: number): Line {
  const keys = keysLine(state, width);
  const line = textLine(prompt, width);
  const room = width - widthOf(line) - widthOf(keys) - 1;
  return room < 1 ? line : [...line, say(' '.repeat(room)), ...keys];
}

/** As many keys as fit, the less needed ones left out first; views are folded into `1-6` where they do not fit. */
function keysLine(state: State, width: number): Line {
  const all = footerBindings(state);
  for (const fold of [false, true]) {
    for (let rank = 9; rank >= (fold ? 0 : 7); rank--) {
      const spans = spansOf(all, fold, rank, state);
      if (widthOf(spans) <= width) return spans;
    }
  }
  return spansOf(all, true, 0, state);
}

function spansOf(bindings: readonly Binding[], fold: boolean, rank: number, state: State): Line {
  const views = bindings.filter(({ group }) => group === 'Views');
  const others = bindings.filter(({ group, footer }) => group !== 'Views' && (footer?.rank ?? 9) <= rank);
  const folded =
    views.length === 0 ? [] : [say('  1', 'accent'), say(`-${views.length} `, 'accent'), say('views', 'dim')];
  return [
    ...(fold ? folded : views.flatMap(each => keySpans(each, state, viewOf(state).name))),
    ...others.flatMap(each => keySpans(each, state, '')),
  ];
}

function keySpans({ keys, footer }: Binding, state: State, here: string): Line {
  const { word: told = '' } = footer ?? {};
  const word = typeof told === 'string' ? told : told(state);
  return [say(`  ${labelOf(keys[0] ?? '')} `, 'accent'), say(word, word === here ? 'strong' : 'dim')];
}
