import { Box, Text } from 'ink';
import { memo } from 'react';
import { frameOf } from './frame.ts';
import { cells, type Line, merged, type Span } from './line.ts';
import type { State } from './state.ts';
import { ascii, look, type Theme } from './theme.ts';

/** The screen for a state. All thinking is done in `frame.ts`; this only hands lines to Ink. */
export function App({ state, theme }: { readonly state: State; readonly theme: Theme }) {
  const { top, body, bottom } = frameOf(state);
  return (
    <Box flexDirection="column" width={state.size.columns} height={state.size.rows}>
      {[...top, ...body, ...bottom].map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line of the screen is its place
        <Row key={index} line={merged(line)} theme={theme} />
      ))}
    </Box>
  );
}

const Row = memo(function Row({ line, theme }: { readonly line: Line; readonly theme: Theme }) {
  return (
    <Text wrap="truncate">
      {line.length === 0
        ? ' '
        : // biome-ignore lint/suspicious/noArrayIndexKey: a piece of a line is its place
          line.map((span, index) => <Piece key={`${index} ${span.style}`} span={span} theme={theme} />)}
    </Text>
  );
}, sameLine);

function Piece({ span, theme }: { readonly span: Span; readonly theme: Theme }) {
  return <Text {...look(span.style, theme)}>{theme.asciiOnly ? ascii(span.text, cells) : span.text}</Text>;
}

function sameLine(
  a: { readonly line: Line; readonly theme: Theme },
  b: { readonly line: Line; readonly theme: Theme },
): boolean {
  return (
    a.theme === b.theme &&
    a.line.length === b.line.length &&
    a.line.every((span, index) => sameSpan(span, b.line[index]))
  );
}

function sameSpan(a: Span, b: Span | undefined): boolean {
  return a.text === b?.text && a.style === b.style;
}
