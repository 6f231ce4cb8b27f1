import { describe, expect, it } from 'vitest';
import { ACTIONS, allow, CN, DNS, deny, gate, OU } from './build.ts';

const MANY = 10_000;
const many = <T>(make: (n: number) => T, count = MANY): T[] => Array.from({ length: count }, (_, n) => make(n));
const subject = (kind: string) => `aws:PrincipalTag/x509Subject/${kind}`;
const bomb = (star: string) => `${star.repeat(60)}*`;

/** What a policy of a megabyte may cost on a slow machine that does other things. */
const PATIENCE = 20_000;

const CASES: readonly (readonly [string, () => object | readonly object[], object])[] = [
  [
    '10,000 names',
    () => allow({ StringEquals: { [CN]: many(n => `h${n}`) } }),
    { grade: 'attribute', says: 'subject CN is h0, h1, h10, h100, h1000 or 9,995 more' },
  ],
  ['10,000 patterns', () => allow({ StringLike: { [CN]: many(n => `*x${n}*`) } }), { grade: 'wildcard', open: true }],
  [
    '10,000 names but for 10,000 patterns',
    () => allow({ StringEquals: { [CN]: many(n => `h${n}`) }, StringNotLike: { [CN]: many(n => `*x${n}*`) } }),
    { open: undefined },
  ],
  [
    '10,000 names in as many statements',
    () => many(n => allow({ StringEquals: { [CN]: `h${n}` } })),
    { grade: 'attribute', says: 'subject CN is h0, h1, h10, h100, h1000 or 9,995 more' },
  ],
  [
    '10,000 names denied in as many statements',
    () => [allow(), ...many(n => deny({ StringEquals: { [CN]: `h${n}` } }))],
    { grade: 'wildcard', open: true },
  ],
  [
    'all but each of 10,000 names denied',
    () => [allow(), ...many(n => deny({ StringNotEquals: { [CN]: `h${n}` } }))],
    { open: false },
  ],
  [
    '200 pairs of names',
    () => many(n => allow({ StringEquals: { [CN]: `h${n}`, [OU]: `o${n}` } }), 200),
    { grade: 'attribute', open: true },
  ],
  [
    'more pairs than can be told',
    () => many(n => allow({ StringEquals: { [CN]: `h${n}`, [OU]: `o${n}` } }), 300),
    { grade: undefined, open: undefined, says: 'not known: too many conditions to tell' },
  ],
  [
    'pairs of patterns for each action',
    () =>
      ACTIONS.flatMap((Action, at) =>
        many(n => allow({ StringLike: { [CN]: `h${n}*${at}`, [OU]: `o${n}*${at}` } }, { Action }), 120),
      ),
    { grade: undefined },
  ],
  [
    '2 to the power of 40 ways',
    () => [allow(), ...many(n => deny({ StringEquals: { [subject(`1.${n}`)]: 'a', [subject(`2.${n}`)]: 'b' } }), 40)],
    { grade: 'wildcard', open: true },
  ],
  [
    'star bombs',
    () =>
      many(
        n => allow({ StringLike: { [CN]: `${bomb('*a')}${n}` }, StringNotLike: { [CN]: `*${n}${bomb('b*')}` } }),
        20,
      ),
    { grade: 'wildcard' },
  ],
  [
    'star bombs against each other',
    () => allow({ StringLike: { [CN]: bomb('*a') }, StringNotLike: { [CN]: many(n => `${'*a'.repeat(n)}*b*`, 40) } }),
    { grade: 'wildcard' },
  ],
  [
    '10,000 parts',
    () => allow({ StringEquals: Object.fromEntries(many(n => [subject(`1.2.${n}`), 'x'])) }),
    { grade: 'attribute', open: true },
  ],
  [
    '10,000 keys that are not known',
    () => allow({ StringEquals: Object.fromEntries(many(n => [`aws:Unknown/${n}`, 'x'])) }),
    { open: undefined },
  ],
  ['a value without end', () => allow({ StringEquals: { [CN]: 'a'.repeat(1_000_000) } }), { open: false }],
  [
    'variables without end',
    () => allow({ StringEquals: { [CN]: [`\${`.repeat(100_000), `\${${OU}}`.repeat(10_000)] } }),
    { grade: 'wildcard' },
  ],
];

describe('a hostile policy', () => {
  it.each(CASES)('%s', (_, trust, expected) => {
    const policy = trust();
    const before = performance.now();
    const found = gate(policy);
    expect(performance.now() - before).toBeLessThan(PATIENCE);
    expect(found).toMatchObject(expected);
    expect(found.says.length).toBeLessThan(10_000);
    expect(found.reasons.length).toBeLessThanOrEqual(50);
  });

  it('has names that objects have', () => {
    const policy =
      JSON.parse(`{ "Effect": "Allow", "Principal": { "Service": "rolesanywhere.amazonaws.com" }, "Action": "sts:*",
      "Condition": { "StringEquals": { "__proto__": "x", "constructor": "y", "aws:PrincipalTag/x509Subject/__proto__": "z" } } }`);
    expect(gate(policy)).toMatchObject({ open: undefined, grade: 'attribute' });
    expect(gate(policy).says).toBe('perhaps: subject __PROTO__ is z');
  });

  it('keeps control characters for whoever prints it to disarm', () => {
    expect(gate(allow({ StringLike: { [DNS]: '\u001b[2J*' } }))).toMatchObject({ open: false });
    expect(gate(allow({ StringEquals: { [CN]: 'a\u2028b' } })).says).toBe('subject CN is "a\u2028b"');
  });
});
