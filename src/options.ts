import { SEVERITIES } from './findings/finding.ts';
import { FORMAT_NAMES } from './report/formats.ts';

/**
 * Every command and flag, once. Parsing, `--help` and docs/cli.md come from here.
 */

export interface Flag {
  readonly name: string;
  /** What stands after the flag (`REGION`); none: a switch. */
  readonly value?: string;
  /** `--flag` alone means this value. */
  readonly bare?: string;
  /** May be given several times, or as a list with commas. */
  readonly many?: boolean;
  /** A comma in it is a part of the value. */
  readonly whole?: boolean;
  readonly choices?: readonly string[];
  readonly fallback?: string;
  /** What is taken where it is there and the flag is not given. */
  readonly standard?: string;
  readonly help: string;
}

export interface Command {
  /** Empty: `postern` alone. */
  readonly name: string;
  readonly arguments: readonly {
    readonly name: string;
    readonly help: string;
    readonly many?: boolean;
    readonly optional?: boolean;
  }[];
  readonly flags: readonly FlagName[];
  /** In place of a flag's own help, where the command means more by it. */
  readonly flagHelp?: Readonly<Partial<Record<FlagName, string>>>;
  readonly help: string;
}

export const FLAGS = {
  ci: { name: 'ci', help: 'Audit, print the report, exit with 0, 1, 2 or 3; never opens the screen' },
  demo: {
    name: 'demo',
    value: 'STORY',
    bare: 'break-in',
    help: 'Use a pretend AWS inside this process instead of an account: break-in, tidy, fleet, denied, empty, large=N',
  },
  from: { name: 'from', value: 'FILE', help: 'Use a saved snapshot instead of an account' },
  save: { name: 'save', value: 'FILE', help: 'Keep what was read as a snapshot' },
  region: {
    name: 'region',
    value: 'REGION',
    many: true,
    help: 'Look only here, and at IAM with its events; may be repeated (default: every region enabled for the account)',
  },
  profile: { name: 'profile', value: 'NAME', help: "AWS profile of your configuration to use (as the AWS CLI's)" },
  since: {
    name: 'since',
    value: 'AGE',
    fallback: '90d',
    help: 'How far back to read CloudTrail: 90d, 12h, 30m; 0 for not at all; with --ci, last: from where the last run ended',
  },
  state: {
    name: 'state',
    value: 'FILE',
    fallback: '.postern-state.json',
    help: 'With --since last: what one run leaves to the next',
  },
  callBudget: {
    name: 'call-budget',
    value: 'N',
    fallback: '30',
    help: 'How many calls a region may cost for the details of subjects, and as many for tags',
  },
  rules: { name: 'rules', value: 'DIR', many: true, help: 'Load the rule files in this folder too; may be repeated' },
  config: {
    name: 'config',
    value: 'FILE',
    standard: 'postern.toml',
    help: 'Settings: thresholds, lists, what is expected (default: postern.toml, where there is one); none for none',
  },
  geoip: {
    name: 'geoip',
    value: 'FILE',
    many: true,
    help: 'Take places and networks of addresses from this MaxMind database (City or Country, and ASN); may be repeated',
  },
  noBuiltinRules: { name: 'no-builtin-rules', help: "Leave out Postern's own rules" },
  format: { name: 'format', value: 'FORMAT', choices: FORMAT_NAMES, fallback: 'text', help: 'How to print' },
  output: { name: 'output', value: 'FILE', help: 'Print into this file instead' },
  failOn: {
    name: 'fail-on',
    value: 'SEVERITY',
    choices: [...SEVERITIES, 'none'],
    fallback: 'low',
    help: 'With --ci: exit with 2 when a finding is at least this severe',
  },
  documents: {
    name: 'documents',
    value: 'FILE',
    help: 'Query this NDJSON file (- for stdin) instead; its fields are typed by their JSON',
  },
  events: {
    name: 'events',
    value: 'PATH',
    many: true,
    help: 'Print the events of these CloudTrail files instead; exit 3 when something could not be read; may be repeated',
  },
  context: {
    name: 'context',
    value: 'KEY=VALUE',
    many: true,
    whole: true,
    help: 'What is known of the request (aws:SourceIp=10.0.0.1); KEY= alone: the key is absent; may be repeated',
  },
  contextComplete: {
    name: 'context-complete',
    help: 'Every condition key that is neither named nor known of the session or the call is absent',
  },
  requests: {
    name: 'requests',
    value: 'FILE',
    help: 'Answer these requests instead, one JSON object a line (- for stdin): profile, role, action, resource, context',
  },
  explainPlan: {
    name: 'explain-plan',
    help: 'Print what the activity rules are given to judge: lookups, what is passed over, a filter for SQL; read nothing',
  },
  now: {
    name: 'now',
    value: 'TIME',
    help: 'Judge as if it were this time (ISO 8601); a snapshot is judged as of when it was taken unless this says otherwise',
  },
  quiet: { name: 'quiet', help: 'No progress on stderr' },
  ascii: { name: 'ascii', help: 'Draw the screen with ASCII only' },
} as const satisfies Readonly<Record<string, Flag>>;

export type FlagName = keyof typeof FLAGS;

const SOURCE = ['demo', 'from', 'save', 'region', 'profile', 'since', 'callBudget', 'now', 'quiet'] as const;
const RULES = ['rules', 'noBuiltinRules'] as const;

export const COMMANDS = [
  {
    name: '',
    arguments: [],
    flags: [
      'ci',
      ...SOURCE,
      'state',
      ...RULES,
      'config',
      'geoip',
      'explainPlan',
      'format',
      'output',
      'failOn',
      'ascii',
    ],
    flagHelp: {
      format: 'With --ci: how to print the report (json: one document)',
      output: 'With --ci: print into this file instead',
      explainPlan:
        'With --ci: print what the activity rules are given to judge (lookups, a filter for SQL); read nothing',
    },
    help: 'Open the screen; with --ci, print a report',
  },
  {
    name: 'replay',
    arguments: [
      {
        name: 'path',
        help: 'CloudTrail files (.json, .json.gz, NDJSON, LookupEvents output), folders, quoted globs, s3://bucket/prefix, - for stdin',
        many: true,
      },
    ],
    flags: ['profile', ...RULES, 'config', 'geoip', 'explainPlan', 'output', 'now', 'quiet'],
    flagHelp: { profile: 'AWS profile of your configuration to read s3:// paths with' },
    help: 'Run the activity rules over CloudTrail files; one JSON line for each hit',
  },
  {
    name: 'query',
    arguments: [
      { name: 'kql', help: 'For example: profile.enabled: true and not profile.session_policy.present: true' },
    ],
    flags: [...SOURCE, ...RULES, 'config', 'geoip', 'documents', 'output'],
    help: 'Print the documents that match, one JSON line each',
  },
  {
    name: 'documents',
    arguments: [],
    flags: [...SOURCE, ...RULES, 'config', 'geoip', 'events', 'output'],
    help: 'Print every document that rules are asked about, one JSON line each',
  },
  {
    name: 'can',
    arguments: [
      { name: 'profile', help: 'Name, id or ARN of a profile', optional: true },
      { name: 'role', help: 'Name or ARN of a role that it lists', optional: true },
      { name: 'action', help: 'For example s3:GetObject', optional: true },
      { name: 'resource', help: 'The ARN of what it is done to; * where it has none', optional: true },
    ],
    flags: [...SOURCE, 'context', 'contextComplete', 'requests', 'format', 'output'],
    help: 'Say whether a session may do something: exit 0 allowed, 2 denied, 3 it depends',
  },
  {
    name: 'compare',
    arguments: [
      {
        name: 'a',
        help: 'A file: a policy, a snapshot, or layers as JSON: {"identity": [{"name", "document"}], "boundary": […], "session": […], "scp": [[…]], "rcp": [[…]]}, a layer left out bounds nothing',
      },
      { name: 'b', help: 'Another of the same kind' },
    ],
    flags: ['format', 'output'],
    flagHelp: { format: 'How to print (json: one document)' },
    help: 'Say whether B allows or lets in more than A: exit 0 no, 2 yes, 3 not known',
  },
  {
    name: 'expect',
    arguments: [],
    flags: [...SOURCE, 'output'],
    help: 'Print what the account holds as [[expect]] tables for postern.toml',
  },
  {
    name: 'rules',
    arguments: [
      {
        name: 'action',
        help: 'check: validate the rules, or the one named, and run their examples; explain: all about one',
        optional: true,
      },
      { name: 'id', help: 'The rule to check or to explain', optional: true },
    ],
    flags: [...RULES, 'config', 'geoip', 'format', 'output', 'now'],
    flagHelp: {
      config: 'With check: check these settings too (default: postern.toml, where there is one); none for none',
      geoip: 'Say what rules ask for in vain where events are read with this MaxMind database; may be repeated',
      format: 'How to print (json: one line for each rule; for explain one document)',
    },
    help: 'List the rules, check them, or explain one',
  },
  {
    name: 'doctor',
    arguments: [],
    flags: ['demo', 'region', 'profile', 'format', 'output'],
    flagHelp: { format: 'How to print (json: one document)' },
    help: 'Node, credentials, which regions answer, and the IAM policy Postern needs',
  },
] as const satisfies readonly Command[];

export type CommandName = (typeof COMMANDS)[number]['name'];

/** What the user typed, after the fallbacks. A flag that the command does not have keeps its fallback. */
export interface Options {
  /** The flags that were typed, in that order. */
  readonly given: readonly FlagName[];
  readonly ci: boolean;
  readonly demo: string | undefined;
  readonly from: string | undefined;
  readonly save: string | undefined;
  readonly region: readonly string[];
  readonly profile: string | undefined;
  readonly since: string;
  readonly state: string;
  readonly callBudget: string;
  readonly rules: readonly string[];
  readonly noBuiltinRules: boolean;
  readonly config: string | undefined;
  readonly geoip: readonly string[];
  readonly format: string;
  readonly output: string | undefined;
  readonly failOn: string;
  readonly documents: string | undefined;
  readonly events: readonly string[];
  readonly context: readonly string[];
  readonly contextComplete: boolean;
  readonly requests: string | undefined;
  readonly explainPlan: boolean;
  readonly now: string | undefined;
  readonly quiet: boolean;
  readonly ascii: boolean;
}
