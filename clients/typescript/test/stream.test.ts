// Streams: the generated reader yields only data and ends without an error when the connection is lost; ours yields whole events and throws.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ApiError, NetworkError } from '@ultimate-coach/client';
import { createTransport, type Client } from '@ultimate-coach/client/sdk';
import { json, problem, serve, signedIn } from './server.js';

// The contract has no stream yet: this operation is written as the generator writes them.
type Invoke = (operation: unknown, client: Client, args?: Record<string, unknown>) => Promise<AsyncIterable<{ event?: string; id?: string; data: unknown }>>;
const { invoke } = await import(new URL('../../dist/esm/client.js', import.meta.url).href) as { invoke: Invoke };
const operation = (options: { client: Client }) => options.client.sse.get({ security: [{ scheme: 'bearer', type: 'http' }], url: '/api/v1/stream', ...options });

async function collect(client: Client, args?: Record<string, unknown>): Promise<unknown[]> {
  const events: unknown[] = [];
  for await (const { event, id, data } of await invoke(operation, client, args)) events.push([event, id, data]);
  return events;
}

describe('streams', () => {
  test('yield events with their id, after a refresh and beyond the deadline', async (t) => {
    let valid = false;
    const server = await serve(t, {
      'GET /api/v1/stream': (_, response) => {
        if (!valid) return problem(response, 401, 'expired_token');
        response.writeHead(200, { 'Content-Type': 'text/event-stream' });
        response.write('id: 1\nevent: message.delta\ndata: {"text":"Hel"}\n\n: heartbeat\n\n');
        setTimeout(() => response.end('id: 2\nevent: message.delta\ndata: {"text":"lo"}\n\n'), 4100);
      },
      'POST /api/v1/auth/refresh': (_, response) => {
        valid = true;
        json(response, 200, signedIn);
      },
    });
    assert.deepEqual(await collect(createTransport({ baseUrl: server.url, timeout: 4000 })), [
      ['message.delta', '1', { text: 'Hel' }],
      ['message.delta', '2', { text: 'lo' }],
    ]);
    assert.equal(server.count('/api/v1/stream'), 2);
  });

  test('a refused stream throws the problem and is not retried', async (t) => {
    const server = await serve(t, { 'GET /api/v1/stream': (_, response) => problem(response, 404, 'not_found') });
    await assert.rejects(collect(createTransport({ baseUrl: server.url })), (error) => error instanceof ApiError && error.code === 'not_found');
    assert.equal(server.seen.length, 1);
  });

  test('a lost connection throws a NetworkError', async (t) => {
    const server = await serve(t, { 'GET /api/v1/stream': (_, response) => {
      response.writeHead(200, { 'Content-Type': 'text/event-stream' }).write('data: 1\n\n');
      setTimeout(() => response.destroy(), 30);
    } });
    await assert.rejects(collect(createTransport({ baseUrl: server.url })), NetworkError);
  });

  test('an aborted stream ends', async (t) => {
    const server = await serve(t, { 'GET /api/v1/stream': (_, response) => void response.writeHead(200, { 'Content-Type': 'text/event-stream' }).write('data: 1\n\n') });
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 50);
    await collect(createTransport({ baseUrl: server.url }), { signal: controller.signal }).catch((error: unknown) => assert.equal((error as Error).name, 'AbortError'));
  });
});
