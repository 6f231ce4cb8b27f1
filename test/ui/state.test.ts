import { describe, expect, test } from 'vitest';
import type { Finding } from '../../src/findings/finding.ts';
import { BINDINGS } from '../../src/ui/bindings.ts';
import { pageOf } from '../../src/ui/commands.ts';
import { settled } from '../../src/ui/filtering.ts';
import { helpLines, labelsOf } from '../../src/ui/help.ts';
import { MOST_PASTED, parseKeys, parseMore, settle } from '../../src/ui/keyboard.ts';
import { footerBindings, press } from '../../src/ui/keys.ts';
import { merged, textOf } from '../../src/ui/line.ts';
import { sceneOf } from '../../src/ui/scene.ts';
import { happen, listOf, modeOf, type State, viewOf } from '../../src/ui/state.ts';
import { VIEWS } from '../../src/ui/views.ts';
import { breakIn, large, named, nothingThere, unseen } from './audits.ts';
import { pressed, screenOf, stateOf, typed } from './frames.ts';

const SIZE = { columns: 80, rows: 24 };
const open = () => stateOf(breakIn(), SIZE);
const selectedIn = (state: State) => listOf(state).selected;

describe('keys lead where they say', () => {
  const cases: readonly (readonly [
    string,
    readonly string[],
    Partial<Record<'view' | 'mode' | 'at', string | number>>,
  ])[] = [
    ['nothing', [], { view: 'overview', mode: 'list', at: 0 }],
    ...VIEWS.map((view, index) => [view.name, [String(index + 1)], { view: view.name, mode: 'list' }] as const),
    ['tab goes on', ['tab', 'tab'], { view: 'anchors' }],
    ['tab goes round', [String(VIEWS.length), 'tab'], { view: 'overview' }],
    ['shift-tab goes round', ['shift-tab'], { view: VIEWS.at(-1)!.name }],
    ['j and k', ['2', 'j', 'j', 'k'], { at: 1 }],
    ['arrows', ['2', 'down', 'down', 'up'], { at: 1 }],
    ['up at the top', ['2', 'up'], { at: 0 }],
    ['the end', ['2', 'G'], { at: 5 }],
    ['past the end', ['2', 'G', 'down'], { at: 5 }],
    ['back to the top', ['2', 'G', 'g'], { at: 0 }],
    ['a page', ['2', 'pagedown'], { at: 5 }],
    ['a detail', ['2', 'enter'], { mode: 'detail' }],
    ['out of a detail', ['2', 'enter', 'escape'], { mode: 'list' }],
    ['the next item in a detail', ['2', 'enter', 'n'], { mode: 'detail', at: 1 }],
    ['JSON', ['3', 'J'], { mode: 'raw' }],
    ['JSON closes itself', ['3', 'J', 'J'], { mode: 'list' }],
    ['help', ['?'], { mode: 'help' }],
    ['out of help', ['?', 'escape'], { mode: 'list' }],
    ['a filter line', ['2', '/'], { mode: 'filter' }],
    ['out of the filter line', ['2', '/', 'escape'], { mode: 'list' }],
  ];

  test.each(cases)('%s', (_name, keys, expected) => {
    const state = pressed(open(), ...keys);
    expect({ view: viewOf(state).name, mode: modeOf(state), at: listOf(state).at }).toMatchObject(expected);
  });
});

describe('the selection stays on its item', () => {
  const chosen = () => pressed(open(), '2', 'j', 'j');

  test('when the list is sorted another way', () => {
    expect(selectedIn(pressed(chosen(), 's', 'S'))).toBe(selectedIn(chosen()));
  });

  test('when a filter comes and goes', () => {
    const before = selectedIn(chosen());
    const filtered = pressed(typed(pressed(chosen(), '/'), 'severity: low'), 'enter');
    expect(selectedIn(filtered)).toBe(before);
    expect(listOf(filtered).at).toBe(0);
    expect(selectedIn(pressed(filtered, 'escape'))).toBe(before);
  });

  test('when new data come before it', () => {
    const before = chosen();
    const audit = breakIn();
    const [first] = audit.findings;
    const more = { ...audit, findings: [{ ...first!, id: 'new', rule: 'new' }, ...audit.findings] };
    const after = happen(before, { kind: 'scene', scene: sceneOf(more, [], []) });
    expect(selectedIn(after)).toBe(selectedIn(before));
    expect(listOf(after).at).toBe(listOf(before).at + 1);
  });

  test('but the first item stays selected until somebody chooses', () => {
    const audit = breakIn();
    const part = stateOf({ ...audit, findings: audit.findings.slice(-1) }, SIZE, ['eu-west-1']);
    const all = happen(pressed(part, '2'), { kind: 'scene', scene: sceneOf(audit, [], []) });
    expect(listOf(all).at).toBe(0);
  });

  describe('when everything is read again, piece by piece', () => {
    const audit = breakIn();
    const reread = (before: State): State => {
      const part = { ...audit, documents: [], findings: [], notEvaluated: [] };
      const scenes = [
        sceneOf(part, [], ['eu-west-1', 'global']),
        sceneOf(part, [], ['global']),
        sceneOf(audit, [], []),
      ];
      const during = scenes.reduce(
        (state, scene) => happen(state, { kind: 'scene', scene }),
        happen(before, { kind: 'started' }),
      );
      return happen(during, { kind: 'finished' });
    };

    test.each([
      ['a profile', ['4', 'j'], 'list'],
      ['a role in another order', ['5', 's', 's', 'j', 'j'], 'list'],
      ['a finding', ['2', 'j', 'enter'], 'detail'],
      ['an event as JSON', ['6', 'j', 'J'], 'raw'],
    ])('%s', (_, keys, mode) => {
      const before = pressed(open(), ...keys);
      const after = reread(before);
      expect(selectedIn(after)).toBe(selectedIn(before));
      expect(listOf(after).at).toBe(listOf(before).at);
      expect(modeOf(after)).toBe(mode);
      expect(press(after, { name: 'y' }).effect).toEqual(press(before, { name: 'y' }).effect);
    });

    test('and what was read before is shown meanwhile, with its age', () => {
      const started = happen(pressed(open(), '4'), { kind: 'started' });
      const part = happen(started, { kind: 'scene', scene: sceneOf(nothingThere(), [], ['global']) });
      expect(screenOf(part).join('\n')).toContain('ops-break-glass');
      expect(screenOf(part)[0]).toContain('2 min old');
    });
  });

  test('and where it is gone, on its place', () => {
    const before = chosen();
    const audit = breakIn();
    const less = { ...audit, findings: audit.findings.filter((_, index) => index !== 2) };
    const after = happen(before, { kind: 'scene', scene: sceneOf(less, [], []) });
    expect(listOf(after).at).toBe(2);
  });
});

describe('a place of which nobody knows what is there', () => {
  const rowsAt = (pending: readonly string[]) => listOf(pressed(stateOf(unseen(), SIZE, pending), '2')).rows.length;

  test('stands among the findings, one row for all its rules', () => {
    expect(rowsAt([])).toBe(4);
  });

  test('is not told while its answer is still to come', () => {
    expect(rowsAt(['eu-west-1'])).toBe(1);
    expect(rowsAt(['sa-east-1'])).toBe(3);
  });

  test.each([
    ['rule: anchor-expired', 2],
    ['resource.region: eu-west-1', 2],
    ['severity: "not evaluated"', 4],
  ])('is found by %s', (text, count) => {
    expect(listOf(typed(pressed(stateOf(unseen(), SIZE), '2', '/'), text)).shown).toHaveLength(count);
  });
});

describe('rules that could not be evaluated', () => {
  const audit = () => {
    const subjects = Array.from({ length: 30 }, (_, at) => ({
      kind: 'subject' as const,
      id: `arn:s${at}`,
      name: `CN=host-${at},OU=Web`,
      account: '111122223333',
      region: at % 2 === 0 ? 'eu-west-1' : 'us-east-1',
    }));
    const open = (rule: string, missing: string) => subjects.map(resource => ({ rule, resource, missing: [missing] }));
    const { notEvaluated, ...rest } = breakIn();
    return { ...rest, notEvaluated: [...notEvaluated, ...open('weak', 'subject.a'), ...open('stale', 'subject.b')] };
  };
  const listed = () => pressed(stateOf(audit(), SIZE), '2');
  const filtering = (text: string) => typed(pressed(listed(), '/'), text);

  test('are a row each, however many resources they are about', () => {
    expect(listOf(listed()).rows).toHaveLength(breakIn().findings.length + 3);
    expect(screenOf(listed()).join('\n')).toMatch(/not evaluated: weak +30 subjects/);
  });

  test('and the detail names the resources, and the JSON all of them', () => {
    const opened = pageOf(pressed(filtering('weak'), 'enter', 'enter'))
      .map(textOf)
      .join('\n');
    expect(opened).toMatch(/subjects +host-0/);
    expect(opened).toContain('and 10 more: J shows all');
    expect(JSON.stringify(listOf(filtering('weak')).shown[0]?.raw)).toContain('host-29');
  });

  test.each([
    ['not evaluated', 3],
    ['  Not Evaluated ', 3],
    ['not evaluated and weak', 1],
    ['not evaluated and resource.kind: role', 1],
    ['host-29', 2],
    ['resource.id: "arn:s7" and rule: weak', 1],
    ['not severity: "not evaluated"', 5],
  ])('%s leaves %i', (text, count) => {
    const { shown, filter } = listOf(filtering(text));
    expect(shown).toHaveLength(count);
    expect(filter?.text).toBe(text);
  });

  test('a filter that begins so and is broken says where', () => {
    const text = 'not evaluated and severiti: high';
    expect(filtering(text).prompt?.problem?.at).toBe(text.indexOf('severiti'));
  });
});

describe('the filter line', () => {
  const filtering = (text: string) => typed(pressed(open(), '2', '/'), text);

  test.each([
    ['severity: high', 1],
    ['severity: (high or critical)', 2],
    ['not severity: low', 4],
    ['backup-ca', 2],
    ['BACKUP', 2],
    ['profile created', 1],
    ['nothing has this', 0],
    ['', 6],
  ])('%s leaves %i', (text, count) => {
    expect(listOf(filtering(text)).shown).toHaveLength(count);
  });

  test.each(['severity: (high', 'severity :: x', 'severiti: high', 'a: b and ('])(
    '%s is broken, and the list stays',
    text => {
      const [before, after] = ['', text].map(one => filtering(one));
      expect(after?.prompt?.problem).toBeDefined();
      expect(listOf(after!).shown.length).toBeLessThanOrEqual(listOf(before!).shown.length);
      expect(screenOf(after!).join('\n')).toContain('^');
    },
  );
});

describe('a broken filter', () => {
  const listing = (keys: readonly string[], text: string) => typed(pressed(open(), ...keys, '/'), text);

  test('of which the beginning matches nothing leaves the rows that there were', () => {
    const state = listing(['2'], 'severiti: high');
    expect(listOf(listing(['2'], 'severiti')).shown).toEqual([]);
    expect(state.prompt?.problem?.message).toContain('severiti');
    expect(listOf(state).shown).toHaveLength(6);
    expect(screenOf(state).join('\n')).not.toContain('Nothing matches');
  });

  test('leaves those of the filter that was on', () => {
    const kept = pressed(listing(['2'], 'severity: low'), 'enter');
    expect(listOf(typed(pressed(kept, '/'), ' and severiti: x')).shown).toHaveLength(2);
  });

  test('leaves those of what was typed before it broke', () => {
    expect(listOf(listing(['2'], 'severity: low and (')).shown).toHaveLength(2);
  });

  test('says all that is wrong, on as many lines as it takes, and the list is so much shorter', () => {
    const state = listing(['2'], 'severity: high and resource.nom: x');
    const lines = screenOf(state);
    expect(lines).toHaveLength(SIZE.rows);
    const at = lines.findIndex(text => text.startsWith(' /severity'));
    const { message } = state.prompt!.problem!;
    expect(message.length).toBeGreaterThan(80 - 22);
    expect(lines[at + 1]).toMatch(/^ {21}\^ /);
    const said = lines.slice(at + 1).map(text => text.replace('^', ' ').trim());
    expect(said.length).toBeGreaterThan(1);
    expect(said.join(' ')).toBe(message);
  });

  test('keeps the selection on the screen', () => {
    const state = typed(pressed(stateOf(large(500), SIZE), '2', 'G', '/'), 'severity: high and resource.nom: x');
    expect(screenOf(state).join('\n')).toMatch(/^> /m);
  });
});

describe('a filter longer than the line', () => {
  const words = Array.from({ length: 20 }, (_, index) => `severity: w${index}`).join(' or ');
  const promptOf = (state: State) => screenOf(state).find(text => text.startsWith(' /')) ?? '';

  test('shows where the caret is', () => {
    const state = typed(pressed(open(), '2', '/'), words);
    expect(promptOf(state)).toMatch(/^ \/….* or severity: w19 *$/);
    expect(promptOf(pressed(state, 'home'))).toMatch(/^ \/severity: w0 or .*…$/);
  });

  test('points at what is wrong in the part that it shows', () => {
    const state = typed(pressed(open(), '2', '/'), `${words} or nobody: x`);
    const lines = screenOf(state);
    const at = lines.findIndex(text => text.startsWith(' /'));
    const place = lines[at + 1]!.indexOf('^');
    expect(lines[at]!.slice(place)).toMatch(/^nobody: x/);
  });
});

describe('the one key table', () => {
  const help = helpLines(BINDINGS).map(textOf).join('\n');

  test.each(BINDINGS.map(binding => [labelsOf(binding.keys), binding.help]))('%s (%s) is in the help', (keys, text) => {
    expect(help).toContain(keys);
    expect(help).toContain(text);
  });

  test('no key means two things in one place', () => {
    const taken = BINDINGS.flatMap(({ keys, modes }) => modes.flatMap(mode => keys.map(key => `${mode} ${key}`)));
    expect(taken.filter((one, index) => taken.indexOf(one) !== index)).toEqual([]);
  });

  test.each([[['1']], [['2']], [['2', 'enter']], [['2', 'enter', 'enter']], [['?']], [['3', 'J']], [['2', '/']]])(
    '%j: what the footer names does something',
    keys => {
      const state = pressed(open(), ...keys);
      for (const { keys: names } of footerBindings(state)) {
        const { state: after, effect } = press(state, { name: names[0]! });
        expect(
          effect !== undefined || after.message === undefined || /^(Copied|Sorted) /.test(after.message.text),
        ).toBe(true);
      }
    },
  );

  test.each([
    [['2', 'x'], 'x does nothing'],
    [['3', 'y'], 'nothing'],
    [['?', 's'], 'in the help'],
  ])('%j says why it does nothing', (keys, text) => {
    const state = pressed(stateOf(nothingThere(), SIZE), ...keys);
    expect(state.message?.text.toLowerCase()).toContain(text.toLowerCase());
  });
});

describe('what y copies', () => {
  const copied = (name: string) => {
    const audit = named(['plant']);
    const id = `arn:aws:rolesanywhere:eu-west-1:111122223333:trust-anchor/${name}`;
    const findings = audit.findings.map(finding => ({ ...finding, resource: { ...finding.resource, id } }));
    return press(pressed(stateOf({ ...audit, findings }, SIZE), '2'), { name: 'y' });
  };

  test('is the ARN as it is', () => {
    const { effect, state } = copied('plant');
    expect(effect).toEqual({ kind: 'copy', text: expect.stringMatching(/trust-anchor\/plant$/) });
    expect(state.message?.text).toMatch(/^Copied arn:/);
  });

  test('is a text of one line, whatever somebody wrote into it, and says so', () => {
    const { effect, state } = copied('a\nrm -rf ~\r\x1b[201~\u202e');
    expect(effect).toEqual({
      kind: 'copy',
      text: String.raw`arn:aws:rolesanywhere:eu-west-1:111122223333:trust-anchor/a\nrm -rf ~\r\x1b[201~\u202e`,
    });
    expect(state.message?.text).toMatch(/^Copied, its control characters written out: arn:/);
  });
});

test.each([
  ['3', 'copy ARN'],
  ['6', 'copy id'],
  ['7', 'copy ARN'],
])('the footer of view %s says what y copies: %s', (key, word) => {
  expect(screenOf(pressed(stateOf(breakIn(), { columns: 160, rows: 50 }), key)).at(-1)).toContain(` y ${word} `);
});

describe('what copies a finding', () => {
  const fixed = (fix: Finding['fix']) => {
    const audit = breakIn();
    const findings = audit.findings.map(finding => ({ ...finding, fix }));
    return pressed(stateOf({ ...audit, findings }, SIZE), '2');
  };
  const text = 'Disable it.';

  test.each<[string, Finding['fix'], string, string]>([
    ['c', { text, cli: 'aws a\naws b\n', terraform: 'x {}' }, 'aws a\naws b', 'Copied 2 lines of AWS CLI: aws a …'],
    ['c', { text, cli: 'aws a' }, 'aws a', 'Copied aws a'],
    ['C', { text, cli: 'aws a', terraform: 'x {\n}\n' }, 'x {\n}', 'Copied 2 lines of Terraform: x { …'],
    ['c', { text }, text, 'Copied the fix in words: it has no AWS CLI'],
    ['C', { text, cli: 'aws a' }, text, 'Copied the fix in words: it has no Terraform'],
  ])('%s of %j', (key, fix, copied, said) => {
    const { state, effect } = press(fixed(fix), { name: key });
    expect(effect).toEqual({ kind: 'copy', text: copied });
    expect(state.message?.text).toBe(said);
  });

  test('Y: the finding with its fix, and the document behind it', () => {
    const { effect } = press(fixed({ text, cli: 'aws a' }), { name: 'Y' });
    const json = JSON.parse(effect?.kind === 'copy' ? effect.text : '');
    expect(json).toMatchObject({ severity: 'critical', fix: { text, cli: 'aws a' }, document: { profile: {} } });
  });

  test('Y: the finding alone where the document is more than a terminal takes', () => {
    const audit = breakIn();
    const documents = audit.documents.map(each => ({ ...each, body: { ...each.body, long: 'x'.repeat(60_000) } }));
    const { effect, state } = press(pressed(stateOf({ ...audit, documents }, SIZE), '2'), { name: 'Y' });
    expect(JSON.parse(effect?.kind === 'copy' ? effect.text : '')).not.toHaveProperty('document');
    expect(state.message?.text).toMatch(/without the document, which is too long$/);
  });

  test('c: not what is no finding', () => {
    const { state, effect } = press(pressed(open(), '4'), { name: 'c' });
    expect(effect).toBeUndefined();
    expect(state.message?.text).toBe('This is no finding: it has no fix.');
  });
});

test('keys that arrive together are taken one by one', () => {
  const { keys, rest } = parseKeys('jj\x1b[Bj\x1bOA\x1b[5~');
  const names = keys.map(key => ('name' in key ? key.name : key.paste));
  expect(names).toEqual(['j', 'j', 'down', 'j', 'up', 'pageup']);
  expect(rest).toBe('');
});

describe('a paste whose end does not come', () => {
  const START = '\x1b[200~';
  const END = '\x1b[201~';
  const inPieces = (...pieces: readonly string[]) =>
    pieces.reduce<{ keys: readonly object[]; rest: string }>(
      ({ keys, rest }, piece) => {
        const parsed = parseMore(rest, piece);
        return { keys: [...keys, ...parsed.keys], rest: parsed.rest };
      },
      { keys: [], rest: '' },
    );

  test.each<[string, readonly string[], readonly object[]]>([
    ['an end in pieces', [`${START}a`, 'b\x1b[20', '1~j'], [{ paste: 'ab' }, { name: 'j' }]],
    ['Ctrl-C by itself', [`${START}a`, 'q', '\x03'], [{ name: 'ctrl-c' }]],
    ['Ctrl-C in the text', [`${START}a\x03b${END}`], [{ paste: 'a\x03b' }]],
  ])('%s', (_, pieces, keys) => {
    expect(inPieces(...pieces)).toEqual({ keys, rest: '' });
  });

  test('is what there is of it when nothing follows', () => {
    expect(settle(inPieces(`${START}ab`, 'c').rest)).toEqual([{ paste: 'abc' }]);
    expect(settle(inPieces(`${START}ab\x03`).rest)).toEqual([{ name: 'ctrl-c' }]);
  });

  test('is not kept beyond what a paste may be, and its end is found all the same', () => {
    const piece = 'x'.repeat(65_536);
    const open = inPieces(START, ...Array.from({ length: 40 }, () => piece), END.slice(0, 3));
    expect(open.rest.length).toBeLessThan(5000);
    const { keys } = parseMore(open.rest, `${END.slice(3)}j`);
    expect(keys).toEqual([{ paste: 'x'.repeat(MOST_PASTED + 1) }, { name: 'j' }]);
  });

  test('that is too long is not typed, and says so', () => {
    const filtering = pressed(open(), '2', '/', 'a');
    const { state } = press(filtering, { paste: 'x'.repeat(MOST_PASTED + 1) });
    expect(state.prompt).toMatchObject({ text: 'a', problem: { message: expect.stringContaining('left out') } });
    expect(pressed(state, 'b').prompt).toMatchObject({ text: 'ab', problem: undefined });
  });
});

describe('a filter over ten thousand findings', () => {
  const typing = () => typed(pressed(stateOf(large(10_000), SIZE), '2', '/'), 'severity: high');

  test('is asked after the text was shown', () => {
    expect(typing().prompt).toMatchObject({ text: 'severity: high', pending: true });
    expect(listOf(typing()).shown).toHaveLength(10_000);
    expect(listOf(settled(typing())).shown).toHaveLength(2000);
  });

  test('is asked before it is kept', () => {
    const kept = pressed(typing(), 'enter');
    expect(modeOf(kept)).toBe('list');
    expect(listOf(kept).shown).toHaveLength(2000);
  });

  test('is not kept when it is broken', () => {
    expect(pressed(typed(typing(), ' and ('), 'enter').prompt?.problem).toBeDefined();
  });
});

describe('lines in few pieces', () => {
  const dim = (text: string) => ({ text, style: 'dim' }) as const;
  const plain = (text: string) => ({ text, style: 'plain' }) as const;
  const caret = (text: string) => ({ text, style: 'caret' }) as const;

  test.each([
    [[plain('a'), plain('b')], [plain('ab')]],
    [[dim('a'), plain('  '), dim('b')], [dim('a  b')]],
    [[plain('  '), dim('a'), plain(' ')], [dim('  a')]],
    [
      [plain('a'), caret(' ')],
      [plain('a'), caret(' ')],
    ],
    [
      [caret('a'), plain(' '), plain('b')],
      [caret('a'), plain(' b')],
    ],
    [[plain('   ')], []],
    [[], []],
  ])('%j', (line, pieces) => {
    expect(merged(line)).toEqual(pieces);
  });
});

test.each([[['?']], [['3', 'enter']], [['3', 'J']]])('paging through %j leaves out no line', keys => {
  const first = pressed(open(), ...keys);
  const pages = [first, pressed(first, ' '), pressed(first, ' ', ' '), pressed(first, ' ', ' ', ' ')].map(screenOf);
  const seen = pages.flatMap(lines => lines.slice(2, -2).filter(text => !text.includes('more lines')));
  for (const text of pageOf(first).map(textOf)) expect(seen.map(each => each.trim())).toContain(text.trim());
});

describe('the last line but one', () => {
  test.each([
    [50, [], '1 of 50   by severity'],
    [147, [], '1 of the 50 worst of 147   by severity'],
    [147, ['2'], '1 of 147   by severity'],
  ])('of %i findings, after %j', (count, keys, expected) => {
    expect(
      screenOf(pressed(stateOf(large(count), SIZE), ...keys))
        .at(-2)
        ?.trim(),
    ).toBe(expected);
  });

  test('of a filter over the worst', () => {
    const state = pressed(typed(pressed(stateOf(large(147), SIZE), '/'), 'severity: high'), 'enter');
    expect(screenOf(state).at(-2)).toContain('1 of 20 that match, the 50 worst of 147 in all');
  });
});

describe('the way out is in the footer of the smallest screen', () => {
  const places = VIEWS.flatMap((_, at) =>
    [[], ['enter'], ['J'], ['?'], ['u']].map(keys => [[String(at + 1), ...keys]] as const),
  );

  test.each(places)('%j', keys => {
    for (const audit of [breakIn(), large(147), nothingThere()])
      expect(screenOf(pressed(stateOf(audit, { columns: 60, rows: 15 }), ...keys)).at(-1)).toMatch(/ q quit *$/);
  });
});

test('moving through ten thousand findings draws only what is on the screen', () => {
  const state = pressed(stateOf(large(10_000), SIZE), '2', 'G');
  expect(listOf(state).at).toBe(9999);
  expect(screenOf(state)).toHaveLength(24);
});
