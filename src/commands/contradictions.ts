import { UserError } from '../errors.ts';
import { type CommandName, FLAGS, type FlagName, type Options } from '../options.ts';
import { asPipeline } from './commandLine.ts';

/** Of these one at most: each says where facts come from. */
const SOURCES: readonly FlagName[] = ['demo', 'from', 'profile'];

/** A flag beside which others mean nothing. */
interface Contradiction {
  readonly flag: FlagName;
  readonly idle: readonly FlagName[];
  /** Why so, and what to do instead. */
  readonly hint: string;
}

const CONTRADICTIONS: readonly Contradiction[] = [
  {
    flag: 'documents',
    idle: [
      'demo',
      'from',
      'save',
      'region',
      'profile',
      'since',
      'callBudget',
      'rules',
      'noBuiltinRules',
      'config',
      'geoip',
    ],
    hint: 'The documents of the file are queried as they are. Choose one source.',
  },
  {
    flag: 'events',
    idle: ['demo', 'from', 'save', 'region', 'profile', 'since', 'callBudget', 'rules', 'noBuiltinRules', 'now'],
    hint: 'The events of the files are printed as they are. Choose one source.',
  },
  {
    flag: 'from',
    idle: ['region', 'since', 'callBudget'],
    hint: 'A snapshot holds what was read when it was saved. Say there, beside --save, what to read.',
  },
  {
    flag: 'explainPlan',
    idle: ['demo', 'from', 'save', 'region', 'profile', 'since', 'state', 'callBudget', 'config', 'geoip', 'failOn'],
    hint: 'The plan hangs on the rules alone.',
  },
];

/** What a report needs to be told; the screen prints none. */
const OF_REPORTS: readonly FlagName[] = ['format', 'output', 'failOn', 'explainPlan'];

/** Throws UserError for flags that cannot be obeyed together: one that is ignored would read as one that was obeyed. */
export function refuseContradictions(command: CommandName, options: Options): void {
  const { given } = options;
  for (const { flag, idle, hint } of CONTRADICTIONS) {
    const ignored = given.filter(each => idle.includes(each));
    if (given.includes(flag) && ignored.length > 0)
      throw new UserError(`${named(ignored)} ${verb(ignored, 'mean')} nothing with --${FLAGS[flag].name}`, { hint });
  }
  const sources = SOURCES.filter(each => given.includes(each));
  if (sources.length > 1)
    throw new UserError(`${named(sources)} contradict each other`, { hint: 'Choose one source.' });
  refuseLast(command, options);
  const ofReports = given.filter(each => OF_REPORTS.includes(each));
  if (command === '' && !options.ci && ofReports.length > 0)
    throw new UserError(`${named(ofReports)} ${verb(ofReports, 'go')} with --ci: the screen prints no report`, {
      hint: `Use: ${asPipeline(options)}`,
    });
}

/** The screen is looked at whenever, and the other commands print documents: neither tells what is new. */
function refuseLast(command: CommandName, options: Options): void {
  const { given, since, ci } = options;
  if (since === 'last' && !(command === '' && ci))
    throw new UserError('--since last goes with postern --ci: it reports what is new', {
      hint: command === '' ? `Use: ${asPipeline(options)}` : 'Here, --since takes an age: 90d, 12h, 0.',
    });
  if (given.includes('state') && since !== 'last')
    throw new UserError('--state goes with --since last', { hint: 'Use: postern --ci --since last --state FILE' });
}

function named(flags: readonly FlagName[]): string {
  return flags.map(flag => `--${FLAGS[flag].name}`).join(' and ');
}

function verb(flags: readonly FlagName[], plural: 'mean' | 'go'): string {
  return flags.length > 1 ? plural : { mean: 'means', go: 'goes' }[plural];
}
