import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { failureOf } from '../../src/aws/failure.ts';
import { httpHandler } from '../../src/aws/http.ts';

test('an answer that is larger than any may be is one that could not be read', async () => {
  const server = createServer((_, response) => response.end('x'.repeat(11)));
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const request = { protocol: 'http:', hostname: '127.0.0.1', port, method: 'GET', path: '/', headers: {} };
  const ask = (largestBody: number) => {
    const handler = httpHandler({ timeout: 2000, signal: undefined, largestBody });
    return handler.handle(request).finally(() => handler.destroy());
  };
  expect((await ask(11)).response.body).toHaveLength(11);
  const error = await ask(10).catch(failureOf);
  expect(error).toMatchObject({
    code: 'UnreadableReply',
    retry: 'no',
    message: 'the answer could not be read: it is larger than 10 bytes',
  });
  server.close();
});
