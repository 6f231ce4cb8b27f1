import { rootAuthority } from '../../mocks/pki/authority.ts';
import { judge } from '../../src/audit.ts';
import { loadRules } from '../../src/rules/load.ts';
import { largeAccount } from './account.data.ts';

/** Prints, as JSON, how many seconds it takes to judge an account: account.entry.ts RULES SHARE, a share of the full size. */

const [folder = '', share = '1'] = process.argv.slice(2);
const size = { anchors: 2_000 * Number(share), profiles: 2_000 * Number(share), roles: 5_000 * Number(share) };
const { pem } = rootAuthority({
  subject: [['CN', 'Corp Root']],
  notBefore: new Date('2025-01-01'),
  notAfter: new Date('2035-01-01'),
});
const snapshot = largeAccount({ ...size, pem });
const { rules, problems } = loadRules({ dirs: [folder], builtin: false, now: new Date(snapshot.takenAt) });
if (problems.length > 0) throw new Error(problems.map(({ message }) => message).join('\n'));
const start = performance.now();
const { findings } = judge(snapshot, rules);
const seconds = (performance.now() - start) / 1000;
console.log(JSON.stringify({ ...size, seconds, findings: findings.length }));
