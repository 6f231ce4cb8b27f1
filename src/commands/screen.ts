import { UserError } from '../errors.ts';
import { EXIT } from '../findings/verdict.ts';
import { colourOf } from './colour.ts';
import { asPipeline } from './commandLine.ts';
import { failed } from './failure.ts';
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
  const unsaved: UserError[] = [];
  try {
    const code = await openUi({
      title: source.title,
      rules: source.rules,
      now: source.now,
      asciiOnly: options.ascii,
      colour: colourOf(process.stdout),
      async load(on, signal) {
        unsaved.length = 0;
        const notSaved = (error: UserError) => {
          unsaved.push(error);
          on.notSaved(error);
        };
        const audit = await source.audit({ progress: on.progress, partly: on.audit, notSaved }, signal);
        on.audit(audit, []);
      },
    });
    const [error] = unsaved;
    return code === EXIT.clean && error !== undefined ? failed(error) : code;
  } finally {
    await source.close();
  }
}
