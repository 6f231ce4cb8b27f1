import { printable } from '../report/printable.ts';
import type { Plan, RulePlan } from '../rules/plan.ts';

/** What `--explain-plan` prints: what is asked for, what is passed over, and what each rule holds events to. */
export function planText(plan: Plan): string {
  return `${[lookups(plan), logs(plan), partition(plan), rules(plan)].map(part => part.join('\n')).join('\n\n')}\n`;
}

function lookups({ lookups: asked, notLookedUp }: Plan): readonly string[] {
  const lines = asked.map(lookupLine);
  const left = notLookedUp.map(({ rule, why }) => `  not looked up: ${printable(rule)}: ${printable(why)}`);
  return ['CloudTrail LookupEvents, in each region', ...(lines.length === 0 ? ['  nothing'] : lines), ...left];
}

function lookupLine({ source, names }: Plan['lookups'][number]): string {
  return source === '*' ? `  any source: name by name: ${list(names)}` : `  ${printable(source)}${namesLeft(names)}`;
}

function namesLeft(names: readonly string[]): string {
  if (names.length === 0) return ': all its events';
  return `: by source; name by name once its events promise more than ${names.length} ${names.length === 1 ? 'page' : 'pages'}: ${list(names)}`;
}

function logs({ logs: { needles } }: Plan): readonly string[] {
  const line =
    needles === null
      ? 'each record is looked at; those are parsed whose name, source and other members leave a rule a chance'
      : `those without any of these texts are passed over unread: ${list(needles)}`;
  return ['Log files', `  ${line}`];
}

function partition({ partition: { eventSource, eventName } }: Plan): readonly string[] {
  const parts = [within('eventsource', eventSource), within('eventname', eventName)].filter(part => part !== undefined);
  return [
    'Filter for a store of events (SQL)',
    `  ${parts.length === 0 ? 'none: some rule may match any event' : parts.join(' AND ')}`,
  ];
}

function within(column: string, values: readonly string[] | null): string | undefined {
  if (values === null) return undefined;
  return `${column} IN (${values.map(value => `'${printable(value).replaceAll("'", "''")}'`).join(', ')})`;
}

function rules({ rules: all }: Plan): readonly string[] {
  return ['Rules', ...all.map(rule => `  ${printable(rule.rule)}: ${heldTo(rule)}`)];
}

function heldTo({ eventSource, eventName }: RulePlan): string {
  const source = eventSource === null ? 'any source' : list(eventSource);
  return `${source}: ${eventName === null ? 'any event' : list(eventName)}`;
}

function list(texts: readonly string[]): string {
  return texts.length === 0 ? 'nothing' : texts.map(text => printable(text)).join(', ');
}
