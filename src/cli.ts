import { parseCommandLine } from './commands/parse.ts';
import { loadCommand } from './commands/registry.ts';

// The SDK warns on stderr about the Node version, over the screen; `postern doctor` says it instead.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

/** 128 + SIGPIPE, what a shell reports of a program whose reader has gone. */
const READER_GONE = 141;

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(READER_GONE);
  throw error;
});

const code = await main(process.argv.slice(2));
process.stdout.write('', () => process.exit(code));

async function main(argv: readonly string[]): Promise<number> {
  try {
    const run = await loadCommand(parseCommandLine(argv));
    return await run();
  } catch (error) {
    const { failed } = await import('./commands/failure.ts');
    return failed(error);
  }
}
