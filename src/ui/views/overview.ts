import type { Document, JsonObject } from '../../documents/document.ts';
import { isUnknownAt, textAt, valueAt } from '../../documents/path.ts';
import { SEVERITIES } from '../../findings/finding.ts';
import { distinct } from '../../lists.ts';
import { actorOf, isSession } from '../event-words.ts';
import { findingRow } from '../finding-row.ts';
import { gapLines, gapsOf, isOpen } from '../gaps.ts';
import { type Figure, gatesOf } from '../gates.ts';
import { BLANK, cut, flowed, type Line, line, say, widthOf } from '../line.ts';
import { documentsOfKind, type Scene } from '../scene.ts';
import { SYMBOLS, styleOf } from '../severity.ts';
import { span } from '../time.ts';
import type { Around, Space, View } from '../view.ts';
import { findingVocabulary } from '../vocabulary.ts';
import { activity } from './activity.ts';
import { anchors, expired, expiryOf } from './anchors.ts';
import { profiles } from './profiles.ts';
import { roles } from './roles.ts';

/** As many findings as anybody reads first; the findings view has them all. */
const WORST = 50;
const DAY = 86_400_000;

export const overview: View = {
  name: 'overview',
  help: 'Overview: what is worst, how much is open, what was not seen',
  columns: [
    { title: '', width: 11 },
    { title: '', width: 'fill', least: 28 },
    { title: '', width: 40, least: 18, shorten: 'middle' },
    { title: '', width: 14, lesser: 2 },
    { title: '', width: 6, lesser: 1, align: 'right' },
  ],
  sorts: [{ name: 'severity' }],
  vocabulary: findingVocabulary,
  rows: scene => scene.audit.findings.slice(0, WORST).map(finding => findingRow(scene, finding)),
  inAll: scene => scene.audit.findings.length,
  around,
  nothing: scene => [nothing(scene)],
  operations: [],
};

const ANCHOR_CALLS = anchors.operations;
const PROFILE_CALLS = profiles.operations;
const ROLE_CALLS = roles.operations;
/** What tells which roles are administrators. */
const POLICY_CALLS = [
  'iam:ListAttachedRolePolicies',
  'iam:ListRolePolicies',
  'iam:GetRolePolicy',
  'iam:GetPolicy',
  'iam:GetPolicyVersion',
];
const EVENT_CALLS = activity.operations;

/** Lines from which on some of them can be blank. */
const ROOMY = 16;
/** Of the list, even where what was not looked at is more than there is room for. */
const LEAST_ROWS = 2;
const LEAST_BELOW = 4;

/** The last one made for a scene: each key asks for it several times, and it counts everything there is. */
const made = new WeakMap<Scene, { readonly key: string; readonly around: Around }>();

function around(scene: Scene, now: Date, space: Space): Around {
  const key = [now.getTime(), space.columns, space.body, space.rows].join(' ');
  const known = made.get(scene);
  if (known?.key === key) return known.around;
  const fresh = { key, around: aroundIn(scene, now, space) };
  made.set(scene, fresh);
  return fresh.around;
}

function aroundIn(scene: Scene, now: Date, { columns, body, rows }: Space): Around {
  const roomy = body >= ROOMY;
  const top = above(scene, now, columns).filter(({ length }) => roomy || length > 0);
  const left = body - top.length - Math.max(LEAST_ROWS, rows);
  return { above: top, below: below(scene, roomy ? Math.max(LEAST_BELOW, left) : 1) };
}

function above(scene: Scene, now: Date, columns: number): readonly Line[] {
  const about = aboutIn(scene, columns);
  return [
    ...flowed(counts(scene), columns),
    BLANK,
    about('Gates', gatesText(scene), [...ANCHOR_CALLS, ...PROFILE_CALLS, ...ROLE_CALLS, ...POLICY_CALLS]),
    about('Anchors', anchorsText(scene, now), ANCHOR_CALLS),
    about('Profiles', profilesText(scene), [...ANCHOR_CALLS, ...PROFILE_CALLS, ...ROLE_CALLS]),
    about('Activity', activityText(scene, now), EVENT_CALLS),
    BLANK,
    line(' Worst first', 'strong'),
  ];
}

function nothing(scene: Scene): Line {
  if (scene.audit.notEvaluated.length > 0)
    return line('No findings, but not every rule could be evaluated: see 2.', 'unknown');
  return line('No findings. Every rule was evaluated, and none has anything to say.', 'good');
}

function counts(scene: Scene): readonly Line[] {
  const numbers = SEVERITIES.map(severity => ({
    severity,
    count: scene.audit.findings.filter(finding => finding.severity === severity).length,
  }));
  const open = scene.audit.notEvaluated.length;
  const notRun = scene.audit.notSupported.length;
  return [
    ...numbers.map(
      ({ severity, count }): Line => [
        say(`${SYMBOLS[severity]} ${severity} `, count === 0 ? 'dim' : styleOf(severity)),
        say(String(count).padEnd(3), count === 0 ? 'dim' : 'strong'),
      ],
    ),
    line(` ? ${open} not evaluated`, open === 0 ? 'dim' : 'unknown'),
    ...(notRun === 0 ? [] : [line(`   ? ${notRun} rules not run`, 'unknown')]),
  ];
}

function gatesText(scene: Scene): string {
  const { open, admin, anyCertificate, dead } = gatesOf(scene);
  const parts = [
    figureText(open, 'open'),
    figureText(admin, 'reach admin'),
    figureText(anyCertificate, 'for any certificate'),
    ...(dead.known === 0 ? [] : [figureText(dead, 'dead')]),
  ];
  return parts.join('   ');
}

/** `2 open`; `0 reach admin +1 ?` where of one more it is not known. */
function figureText({ known, unknown }: Figure, words: string): string {
  return `${known} ${words}${unknown === 0 ? '' : ` +${unknown} ?`}`;
}

function anchorsText(scene: Scene, now: Date): string {
  const all = documentsOfKind(scene, 'trust_anchor');
  const enabled = all.filter(({ body }) => valueAt(body, 'trust_anchor.enabled') === true);
  const ends = enabled.map(({ body }) => expiryOf(body, now)).filter(time => time !== '');
  const gone = ends.filter(time => expired(time, now)).length;
  const next = ends.filter(time => !expired(time, now)).sort()[0];
  const parts = [
    `${enabled.length} enabled`,
    ...(gone === 0 ? [] : [`${gone} of them expired`]),
    ...(next === undefined ? [] : [`first expiry in ${span(next, now)}`]),
  ];
  return `${all.length} (${parts.join(', ')})`;
}

function profilesText(scene: Scene): string {
  const all = documentsOfKind(scene, 'profile');
  const enabled = all.filter(({ body }) => valueAt(body, 'profile.enabled') === true).length;
  const listed = documentsOfKind(scene, 'role');
  const latent = figureText(unreachable(listed), 'not reachable now');
  return `${all.length} (${enabled} enabled)   Roles ${listed.length} (${latent})`;
}

function unreachable(listed: readonly Document[]): Figure {
  return {
    known: listed.filter(({ body }) => valueAt(body, 'role.reachable') === false).length,
    unknown: listed.filter(({ body }) => isUnknownAt(body, 'role.reachable')).length,
  };
}

function activityText(scene: Scene, now: Date): string {
  const events = documentsOfKind(scene, 'event').map(({ body }) => body);
  const recent = events.filter(body => now.getTime() - Date.parse(textAt(body, '@timestamp') ?? '') < DAY);
  if (recent.length === 0) return `nothing in 24 h   ${counted(events.length, 'event')} in all`;
  const parts = [sessionsText(recent.filter(isSession)), othersText(recent.filter(body => !isSession(body)))];
  return `${recent.length} in 24 h: ${parts.filter(Boolean).join('; ')}`;
}

/** Thousands come on a day: how many, and of how many subjects. */
function sessionsText(asked: readonly JsonObject[]): string {
  const given = asked.filter(body => textAt(body, 'event.outcome') !== 'failure');
  const subjects = new Set(given.map(actorOf).filter(actor => actor !== '-'));
  const of = subjects.size === 0 ? '' : ` of ${counted(subjects.size, 'subject')}`;
  const parts = [
    given.length > 0 && `${counted(given.length, 'session')}${of}`,
    given.length < asked.length && `${counted(asked.length - given.length, 'session')} refused`,
  ];
  return parts.filter(Boolean).join(', ');
}

/** What changes something before what only looks. */
function othersText(events: readonly JsonObject[]): string {
  if (events.length === 0) return '';
  const isReading = (body: JsonObject) => valueAt(body, 'aws.cloudtrail.read_only') === true;
  const named = (some: readonly JsonObject[]) => distinct(some.map(body => textAt(body, 'event.action') ?? '-'));
  const actions = [...named(events.filter(body => !isReading(body))), ...named(events.filter(isReading))];
  const actors = distinct(events.map(actorOf));
  return `${[...new Set(actions)].join(', ')} by ${actors.join(', ')}`;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

/** A count that hangs on calls that failed, were not made or are still to come may be less than the truth, and says so. */
function aboutIn(scene: Scene, columns: number) {
  return (label: string, text: string, calls: readonly string[]): Line => {
    const inPart = isOpen(gapsOf(scene, calls)) ? [say('  ? in part', 'unknown')] : [];
    const start = say(` ${label.padEnd(10)}`, 'strong');
    return [start, ...cut([say(text)], columns - widthOf([start, ...inPart])), ...inPart];
  };
}

/** As much as there is room for. */
function below(scene: Scene, room: number): readonly Line[] {
  const lines = gapLines(gapsOf(scene));
  const title = say(' Not looked at   ', 'strong');
  const gap = room > 1 ? [BLANK] : [];
  if (lines.length === 0) return [...gap, [title, say('nothing: all was asked for and answered', 'dim')]];
  const shown = lines.slice(0, Math.max(0, room - 2)).map((each): Line => [say('   '), ...each]);
  const more = lines.length - shown.length;
  return [...gap, [title, say(more > 0 ? `${more} more: u tells all` : 'u tells all of it', 'dim')], ...shown];
}
