import { UserError } from '../errors.ts';
import { colourOf } from './colour.ts';
import { asPipeline } from './commandLine.ts';
import type { CommandRequest } from './registry.ts';
import { refuseNoneToRun } from './ruleSet.ts';
import { openSource } from './source.ts';

/** `postern`: the screen. Throws UserError where there is no terminal to draw on. */
export async function screen({ options }: CommandRequest): Promise<number> {
  if (!process.stdout.isTTY)
    throw new UserError('there is no terminal to draw the screen on', { hint: `Use: ${asPipeline(options)}` });
  const { openUi } = await import('../ui/main.tsx');
  const source = await openSource(options);
  refuseNoneToRun(source.rules);
  try {
    return await openUi({
      title: source.title,
      rules: source.rules,
      now: source.now,
      asciiOnly: options.ascii,
      colour: colourOf(process.stdout),
      async load(on, signal) {
        const audit = await source.audit({ progress: on.progress, partly: on.audit }, signal);
        on.audit(audit, []);
      },
    });
  } finally {
    await source.close();
  }
}
