import { expect, it } from 'vitest';
import { hclFault } from './hcl.ts';

it.each<[text: string, fault: string | undefined]>([
  ['', undefined],
  ['resource "a" "b" {\n  c = ["x", "y"]\n}', undefined],
  ['a = "${b["c"]} }"', undefined],
  ['a = "\\"" # }', undefined],
  ['a = 1 // "\n', undefined],
  ['a {', '} is missing'],
  ['a }', '} closes nothing'],
  ['a = [1)', ') closes nothing'],
  ['a = "x\n"', 'a quote is not closed on its line'],
  ['a = "x', '" is missing'],
  ['a = "${b"', '" is missing'],
])('%j: %s', (text, fault) => {
  expect(hclFault(text)).toBe(fault);
});
