// What the tests of all environments share: the addresses, and the expected result.
import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { mealName } from './meal.mjs';

export const here = import.meta.dirname;
/** API_URL and TOKEN are the address of a real server and an access token of a person. */
export const { API_URL: baseUrl = '', TOKEN: token = '' } = process.env;
export const needsServer = { skip: baseUrl === '' && 'API_URL is not set' };

/** Returns an address that refuses connections, and one that accepts them and never responds. */
export async function deadAddresses(t) {
  const listen = async () => {
    const server = createServer(() => {});
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    return { server, url: `http://127.0.0.1:${server.address().port}` };
  };
  const silent = await listen();
  silent.server.unref();
  const sockets = new Set();
  silent.server.on('connection', (socket) => sockets.add(socket.on('error', () => {})));
  t.after(() => {
    for (const socket of sockets) socket.destroy();
    silent.server.close();
  });
  const closed = await listen();
  await new Promise((resolve) => closed.server.close(resolve));
  return { silentUrl: silent.url, closedUrl: closed.url };
}

const streamed = { way: 'streamed', chat: 'start,true,finish' };
const polled = { way: 'polled', chat: 'no ReadableStream' };

/** Fails when the scenario returned anything else than it returns in Node, but for the way that a reply takes. */
export function requireResult(result, { polls = false } = {}) {
  assert.deepEqual(JSON.parse(JSON.stringify(result)), {
    timezone: 'UTC',
    tokenAskedWithRefresh: [false, true],
    names: [mealName, mealName],
    unchanged: true,
    listed: 1,
    deleted: true,
    reply: { types: ['message.started', 'message.delta', 'message.completed'], complete: true, ...(polls ? polled : streamed) },
    invalid: [true, 'validation_failed', 'too_small', true],
    refused: [true, 401],
    aborted: 'AbortError',
    offline: 'network_error',
    late: 'timeout',
  });
}
