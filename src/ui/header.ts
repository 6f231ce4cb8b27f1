import { groupedBy } from '../lists.ts';
import { amountRead, isFailed } from '../snapshot/coverage.ts';
import { cut, cutMiddle, fitted, type Line, type Span, say, widthOf } from './line.ts';
import { current } from './list.ts';
import { listOf, modeOf, type State, viewOf } from './state.ts';
import { span } from './time.ts';
import { VIEWS } from './views.ts';

/** Product, account, where the data are from, regions, age, `read-only`; in the longest of its forms that fits. */
export function headerLine(state: State, width: number): Line {
  const forms = FORMS.map(form => headerForm(state, form));
  return fitted(forms.find(each => widthOf(each) <= width) ?? forms.at(-1)!, width);
}

/** How much of each part there is. */
interface Form {
  readonly gap: number;
  readonly account: 'alias' | 'id' | 'none';
  /** Cells; a file's name can be any length. */
  readonly title: number;
  readonly regions: 'words' | 'short' | 'figures' | 'figures without IAM';
  readonly age: 'old' | 'bare';
}

const LONG: Form = { gap: 3, account: 'alias', title: 60, regions: 'words', age: 'old' };
const SHORT: Form = { ...LONG, gap: 2, title: 24, regions: 'short' };
const FIGURES: Form = { ...SHORT, title: 16, regions: 'figures' };

/** Each leaves out what can be missed first; that a demo is a demo, never. */
const FORMS: readonly Form[] = [
  LONG,
  SHORT,
  FIGURES,
  { ...FIGURES, account: 'id' },
  { ...FIGURES, account: 'id', age: 'bare' },
  { ...FIGURES, account: 'id', age: 'bare', regions: 'figures without IAM' },
  { ...FIGURES, account: 'none', age: 'bare', regions: 'figures without IAM' },
];

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
  if (mode === 'gaps') return ['not looked at'];
  const inside = mode === 'detail' || mode === 'raw' || mode === 'leads';
  const item = inside && row !== undefined ? [row.name] : [];
  const before = state.trail.map(({ at }) => VIEWS[at]?.name ?? '');
  return [...before, viewOf(state).name, ...item, ...(mode === 'raw' ? ['JSON'] : [])];
}

function headerForm(state: State, { gap, account, title, regions, age }: Form): Line {
  const parts: readonly Span[] = [
    say(' postern', 'accent'),
    ...(account === 'none' ? [] : [say(accountsText(state, account), 'strong')]),
    say(cutMiddle(state.title, title), 'dim'),
    say(regionsText(state, regions)),
    ageSpan(state, age),
    say('read-only', 'dim'),
  ];
  return parts
    .filter(part => part.text !== '')
    .flatMap((part, index) => (index === 0 ? [part] : [say(' '.repeat(gap)), part]));
}

function accountsText({ scene, loading }: State, account: 'alias' | 'id'): string {
  const accounts = scene?.audit.snapshot.accounts ?? [];
  if (accounts.length === 0) return loading.account === undefined ? '' : dashed(loading.account);
  const first = accounts[0]!;
  const name = first.alias === undefined || account === 'id' ? dashed(first.id) : `${first.alias} ${dashed(first.id)}`;
  return accounts.length === 1 ? name : `${name} and ${accounts.length - 1} more`;
}

/** `1111-2222-3333`, as the AWS console writes it. */
function dashed(account: string): string {
  return /^\d{12}$/.test(account) ? account.replace(/(\d{4})(?=\d)/g, '$1-') : account;
}

/** `18 regions, 1 not readable, 17 read in part, IAM read in part`; in figures `18 regions, 18 ?, IAM ?`. */
function regionsText({ scene }: State, form: Form['regions']): string {
  if (scene === undefined) return '';
  const { coverage, snapshot } = scene.audit;
  const rows = groupedBy(coverage, ({ account, region }) => `${account} ${region}`);
  const amounts = snapshot.accounts.flatMap(({ id, regions }) =>
    regions.map(({ name }) => amountRead(rows.get(`${id} ${name}`) ?? [])),
  );
  const count = (amount: string) => amounts.filter(each => each === amount).length;
  const iam = coverage.some(row => row.region === 'global' && isFailed(row));
  const gaps = GAP_WORDS[form](count('nothing'), count('part'), iam);
  return [amounts.length === 1 ? '1 region' : `${amounts.length} regions`, ...gaps.filter(Boolean)].join(', ');
}

type GapWords = (nothing: number, part: number, iam: boolean) => readonly (string | false)[];

const GAP_WORDS: Readonly<Record<Form['regions'], GapWords>> = {
  words: (nothing, part, iam) => [
    nothing > 0 && `${nothing} not readable`,
    part > 0 && `${part} read in part`,
    iam && 'IAM read in part',
  ],
  short: (nothing, part, iam) => [
    nothing > 0 && `${nothing} not read`,
    part > 0 && `${part} in part`,
    iam && 'IAM in part',
  ],
  figures: (nothing, part, iam) => [nothing + part > 0 && `${nothing + part} ?`, iam && 'IAM ?'],
  'figures without IAM': (nothing, part) => [nothing + part > 0 && `${nothing + part} ?`],
};

function ageSpan({ scene, loading, now }: State, form: Form['age']): Span {
  if (loading.phase === 'failed') return say('failed', 'critical');
  if (scene === undefined || (loading.phase === 'loading' && scene.pending.length > 0)) return say('reading', 'dim');
  const age = span(scene.audit.snapshot.takenAt, now);
  return say(form === 'old' ? `${age} old` : age);
}
