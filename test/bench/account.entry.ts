import { rootAuthority } from '../../mocks/pki/authority.ts';
import { judge } from '../../src/audit.ts';
import { loadRules } from '../../src/rules/load.ts';
import { largeAccount } from './account.data.ts';

/** Prints, as JSON, how many seconds it takes to judge an account: account.entry.ts RULES SHARE HELD, a share of the full size. */

const [folder = '', share = '1', held = 'by name'] = process.argv.slice(2);
const size = { anchors: 2_000 * Number(share), profiles: 2_000 * Number(share), roles: 5_000 * Number(share) };
const authorities = Array.from({ length: size.anchors / 4 }, (_, at) => authority(`Plant ${at} Root`));
const snapshot = largeAccount({ ...size, authorities, held: held === 'by pattern' ? held : 'by name' });
const { rules, problems } = loadRules({ dirs: [folder], builtin: false, now: new Date(snapshot.takenAt) });
if (problems.length > 0) throw new Error(problems.map(({ message }) => message).join('\n'));
const start = performance.now();
const { findings } = judge(snapshot, rules);
const seconds = (performance.now() - start) / 1000;
console.log(JSON.stringify({ ...size, seconds, findings: findings.length }));

/** The certificate of a CA, PEM. */
function authority(name: string): string {
  const [notBefore, notAfter] = [new Date('2025-01-01'), new Date('2035-01-01')];
  return rootAuthority({ subject: [['CN', name]], notBefore, notAfter }).pem;
}
