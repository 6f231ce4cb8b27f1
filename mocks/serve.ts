import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { STORIES, startPretendAws } from './server.ts';

export { startPretendAws } from './server.ts';

const USAGE = `Usage: pretend-aws [STORY] [--port N] [--page-size N] [--latency MS] [--limits aws|none] [--now ISO-TIME]

Answers as AWS would on http://127.0.0.1:PORT until it is stopped. Stories:

${STORIES.map(({ name, says }) => `  ${(name === 'large' ? 'large=N' : name).padEnd(10)} ${says}`).join('\n')}
`;

/** Answers the exit code when there is nothing to serve, and undefined while it serves. */
export async function main(argv: readonly string[]): Promise<number | undefined> {
  try {
    const options = optionsFrom(argv);
    if (options === 'help') {
      process.stdout.write(USAGE);
      return 0;
    }
    process.stdout.write(howToUse(await startPretendAws(options)));
    return undefined;
  } catch (problem) {
    process.stderr.write(`${problem instanceof Error ? problem.message : String(problem)}\n\n${USAGE}`);
    return 1;
  }
}

function optionsFrom(argv: readonly string[]): Parameters<typeof startPretendAws>[0] | 'help' {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      help: { type: 'boolean' },
      port: { type: 'string' },
      'page-size': { type: 'string' },
      latency: { type: 'string' },
      limits: { type: 'string' },
      now: { type: 'string' },
    },
  });
  if (values.help === true) return 'help';
  return {
    story: positionals[0] ?? STORIES[0]!.name,
    now: timeFrom(values.now),
    ...(values.port !== undefined && { port: numberFrom('--port', values.port) }),
    ...(values['page-size'] !== undefined && { pageSize: numberFrom('--page-size', values['page-size']) }),
    ...(values.latency !== undefined && { latencyMs: numberFrom('--latency', values.latency) }),
    ...(values.limits !== undefined && { limits: limitsFrom(values.limits) }),
  };
}

function timeFrom(text: string | undefined): Date {
  const now = text === undefined ? new Date() : new Date(text);
  if (Number.isNaN(now.getTime())) throw new Error(`--now is not a time: ${text}`);
  return now;
}

function numberFrom(flag: string, text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new Error(`${flag} is not a number: ${text}`);
  return Number(text);
}

function limitsFrom(text: string): 'aws' | 'none' {
  if (text === 'aws' || text === 'none') return text;
  throw new Error(`--limits is aws or none, not ${text}`);
}

function howToUse({
  endpoint,
  credentials,
}: {
  endpoint: string;
  credentials: { accessKeyId: string; secretAccessKey: string };
}): string {
  return `A pretend AWS answers at ${endpoint}

  export AWS_ENDPOINT_URL=${endpoint}
  export AWS_ACCESS_KEY_ID=${credentials.accessKeyId}
  export AWS_SECRET_ACCESS_KEY=${credentials.secretAccessKey}
  export AWS_REGION=us-east-1
`;
}

/** Bundled, this file is a command, and a module for those who start a pretend AWS of their own. */
if (isTheProgram()) process.exitCode = await main(process.argv.slice(2));

function isTheProgram(): boolean {
  const program = process.argv[1];
  return program !== undefined && realpathSync(program) === fileURLToPath(import.meta.url);
}
