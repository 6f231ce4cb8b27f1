import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { CollectRequest } from '../../src/aws/collect.ts';
import { gather } from '../../src/aws/gather.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import { NOW, QUICK } from './pretend.ts';

/** What a service says, word for word, to an operation: for answers that no story would give. */
export type Canned = Readonly<Record<string, string | ((ask: Ask) => string | Said)>>;

export interface Said {
  readonly status: number;
  readonly body: string;
}

export interface Ask {
  readonly url: URL;
  readonly body: string;
}

const xml = (operation: string, result: string) =>
  `<${operation}Response><${operation}Result>${result}</${operation}Result></${operation}Response>`;

const EMPTY: Canned = {
  GetCallerIdentity: xml(
    'GetCallerIdentity',
    '<Account>111122223333</Account><Arn>arn:aws:iam::111122223333:user/a</Arn>',
  ),
  ListAccountAliases: xml('ListAccountAliases', '<AccountAliases/>'),
  ListRoles: xml('ListRoles', '<Roles/><IsTruncated>false</IsTruncated>'),
  GetAccountAuthorizationDetails: xml(
    'GetAccountAuthorizationDetails',
    '<UserDetailList/><GroupDetailList/><RoleDetailList/><Policies/><IsTruncated>false</IsTruncated>',
  ),
  '/trustanchors': '{"trustAnchors":[]}',
  '/profiles': '{"profiles":[]}',
  '/crls': '{"crls":[]}',
  '/subjects': '{"subjects":[]}',
  '/ListTagsForResource': '{"tags":[]}',
  LookupEvents: '{"Events":[]}',
};

/** Collects one region of an account that is empty but for what is given. */
export async function collectedFrom(canned: Canned, request: Partial<CollectRequest> = {}): Promise<Snapshot> {
  const answers = new Map(Object.entries({ ...EMPTY, ...canned }));
  const server = createServer(async (incoming, response) => {
    const ask = { url: new URL(incoming.url ?? '', 'http://local'), body: await bodyOf(incoming) };
    const answer = answers.get(operationOf(incoming, ask));
    const said = typeof answer === 'function' ? answer(ask) : (answer ?? { status: 404, body: '' });
    const { status, body } = typeof said === 'string' ? { status: 200, body: said } : said;
    response.statusCode = status;
    response.end(body);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  try {
    const settings = {
      endpoint: `http://127.0.0.1:${port}`,
      credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'x' },
    };
    return await gather({ ...DEFAULTS, ...settings, ...request }, QUICK);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

const DEFAULTS: Omit<CollectRequest, 'endpoint' | 'credentials'> = {
  regions: ['eu-west-1'],
  profile: undefined,
  since: 3600,
  lookups: [{ source: 'rolesanywhere.amazonaws.com', names: ['CreateProfile'] }],
  pace: 'none',
  callBudget: 5,
  now: NOW,
  signal: undefined,
  onProgress: () => undefined,
};

function operationOf(incoming: IncomingMessage, { url, body }: Ask): string {
  const target = String(incoming.headers['x-amz-target'] ?? '');
  if (target !== '') return target.slice(target.lastIndexOf('.') + 1);
  return new URLSearchParams(body).get('Action') ?? url.pathname.replace(/^(\/subject)\/.*/, '$1');
}

async function bodyOf(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}
