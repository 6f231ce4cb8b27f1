import { gapsOf } from './gaps.ts';
import { cut, fitted, type Line, type Span, say, widthOf } from './line.ts';
import { current } from './list.ts';
import { listOf, modeOf, type State, viewOf } from './state.ts';
import { span } from './time.ts';

/** Product, account, regions, age, `read-only`; in the longest of its forms that fits. */
export function headerLine(state: State, width: number): Line {
  const forms = [0, 1, 2, 3, 4].map(short => headerForm(state, short));
  return fitted(forms.find(form => widthOf(form) <= width) ?? forms.at(-1)!, width);
}

/** The rule line, with the breadcrumb in it. */
export function ruleLine(state: State, width: number): Line {
  const crumb = cut([say(crumbs(state).join(' › '), 'dim')], width - 8);
  const spans = [say('── ', 'dim'), ...crumb, say(' ', 'dim')];
  return [...spans, say('─'.repeat(Math.max(0, width - widthOf(spans))), 'dim')];
}

function crumbs(state: State): readonly string[] {
  const mode = modeOf(state);
  const row = current(listOf(state));
  if (mode === 'help') return ['help'];
  const inside = mode === 'detail' || mode === 'raw';
  const item = inside && row !== undefined ? [row.name] : [];
  return [viewOf(state).name, ...item, ...(mode === 'raw' ? ['JSON'] : [])];
}

/** 0 says everything; each further one leaves out what can be missed first. */
function headerForm(state: State, short: number): Line {
  const parts: readonly (Span | undefined)[] = [
    say(' postern', 'accent'),
    say(accountsText(state, short > 2), 'strong'),
    state.title === '' || short > 1 ? undefined : say(state.title, 'dim'),
    say(regionsText(state, short)),
    ageSpan(state),
    say('read-only', 'dim'),
  ];
  const gap: Span = { text: short === 0 ? '   ' : '  ', style: 'plain' };
  return parts
    .filter(part => part !== undefined && part.text !== '')
    .flatMap((part, index) => (index === 0 ? [part!] : [gap, part!]));
}

function accountsText({ scene, loading }: State, short: boolean): string {
  const accounts = scene?.audit.snapshot.accounts ?? [];
  if (accounts.length === 0) return loading.account === undefined ? '' : dashed(loading.account);
  const first = accounts[0]!;
  const name = first.alias === undefined || short ? dashed(first.id) : `${first.alias} ${dashed(first.id)}`;
  return accounts.length === 1 ? name : `${name} and ${accounts.length - 1} more`;
}

/** `1111-2222-3333`, as the AWS console writes it. */
function dashed(account: string): string {
  return /^\d{12}$/.test(account) ? account.replace(/(\d{4})(?=\d)/g, '$1-') : account;
}

function regionsText({ scene }: State, short: number): string {
  if (scene === undefined) return '';
  const regions = scene.audit.snapshot.accounts.flatMap(account => account.regions);
  const failed = new Set(gapsOf(scene).failed.map(({ account, region }) => `${account} ${region}`));
  const unread = [...failed].filter(place => !place.endsWith(' global')).length;
  const parts = [
    regions.length === 1 ? '1 region' : `${regions.length} regions`,
    ...(unread === 0 ? [] : [`${unread} not ${short > 0 ? 'read' : 'readable'}`]),
    ...(unread === failed.size || short > 3 ? [] : [short > 0 ? 'IAM in part' : 'IAM read in part']),
  ];
  return parts.join(', ');
}

function ageSpan({ scene, loading, now }: State): Span {
  if (loading.phase === 'failed') return say('failed', 'critical');
  if (scene === undefined || (loading.phase === 'loading' && scene.pending.length > 0)) return say('reading', 'dim');
  return say(`${span(scene.audit.snapshot.takenAt, now)} old`);
}
