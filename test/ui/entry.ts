import { UserError } from '../../src/errors.ts';
import { type LoadListener, openUi } from '../../src/ui/main.tsx';
import { breakIn, denied, hostile, large, NOW, nothingThere } from './audits.ts';

/** A program that opens the screen on a constructed audit: `node entry.js STORY`. */
const [story = 'break-in'] = process.argv.slice(2);
let loads = 0;

const code = await openUi({
  rules: [],
  now: () => NOW,
  title: `demo ${story}`,
  load: on => load(story, on),
  asciiOnly: process.env.ASCII === '1',
  colour: process.env.NO_COLOR === undefined,
}).catch(error => {
  if (!(error instanceof UserError)) throw error;
  process.stderr.write(`${error.message}\n${error.hint ?? ''}\n`);
  return 1;
});
process.exit(code);

async function load(name: string, on: LoadListener): Promise<void> {
  if (name === 'failed') throw new UserError('No credentials were found.', { hint: 'Run aws configure.' });
  if (name === 'crash') throw new Error('boom');
  if (name === 'late-crash')
    setTimeout(() => {
      throw new Error('boom');
    }, 300);
  if (name === 'loading') return new Promise(() => partly(on));
  if (name === 'again') await againPartly(on);
  on.audit(name === 'crash-drawing' ? undrawable() : auditOf(name), []);
  if (name === 'disk-full') on.notSaved(new UserError('cannot write account.json: the disk is full'));
}

/** From the second time on, an account that comes piece by piece. */
async function againPartly(on: LoadListener): Promise<void> {
  loads += 1;
  if (loads === 1) return;
  partly(on);
  on.audit(nothingThere(), ['eu-west-1', 'us-east-1', 'global']);
  await new Promise(resolve => setTimeout(resolve, 400));
}

function partly(on: LoadListener): void {
  on.progress({ kind: 'identity', account: '111122223333', arn: 'arn:aws:iam::111122223333:user/me' });
  on.progress({ kind: 'regions', regions: ['eu-west-1', 'us-east-1'] });
  on.progress({ kind: 'request', region: 'eu-west-1', operation: 'rolesanywhere:ListProfiles', done: 4, planned: 12 });
  on.progress({ kind: 'waiting', region: 'us-east-1', family: 'rolesanywhere', perSecond: 1 });
}

function auditOf(name: string) {
  if (name === 'empty') return nothingThere();
  if (name === 'denied') return denied();
  if (name === 'hostile') return hostile();
  if (name.startsWith('large=')) return large(Number(name.slice('large='.length)));
  return breakIn();
}

/** An audit that only a bug could make: drawing it throws. */
function undrawable() {
  const audit = breakIn();
  const unreadable = new Proxy(audit.snapshot.accounts[0]!, {
    get() {
      throw new Error('boom');
    },
  });
  return { ...audit, snapshot: { ...audit.snapshot, accounts: [unreadable] } };
}
