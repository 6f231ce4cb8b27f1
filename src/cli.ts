import { parseCommandLine } from './commands/parse.ts';
import { loadCommand } from './commands/registry.ts';

// The SDK warns on stderr about the Node version, over the screen; `postern doctor` says it instead.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

/** 128 + SIGPIPE, what a shell reports of a program whose reader has gone. */
const READER_GONE = 141;

process.stdout.on('error', stdoutFailed);
// What stderr does not take nobody hears; the report and the exit code stay what they are.
process.stderr.on('error', () => {});

const code = await main(process.argv.slice(2));
process.stdout.write('', error => (error ? stdoutFailed(process.stdout.errored ?? error) : process.exit(code)));

async function main(argv: readonly string[]): Promise<number> {
  try {
    const run = await loadCommand(parseCommandLine(argv));
    return await run();
  } catch (error) {
    const { failed } = await import('./commands/failure.ts');
    return failed(error);
  }
}

function stdoutFailed(error: NodeJS.ErrnoException): never {
  if (error.code === 'EPIPE') process.exit(READER_GONE);
  process.stderr.write(`postern: cannot write to stdout: ${error.message}\n`);
  process.exit(1);
}
