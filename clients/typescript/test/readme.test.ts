// Runs every sample of README.md against a small API that takes the place of the address in the samples.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { fixtures } from '@ultimate-coach/client/testing';
import { conversationId, eventsOf, proposal, streams } from './replies.js';
import { json, me, problem, serve, signedIn } from './server.js';

const samples = ['samples/', 'query/samples/', 'ai/samples/'].flatMap((name) => {
  const folder = new URL(name, import.meta.url);
  return readdirSync(folder).filter((file) => file.endsWith('.js')).sort().map((file) => new URL(file, folder));
});

test('there are samples', () => assert.ok(samples.length >= 8));

for (const sample of samples) {
  test(`README ${sample.pathname.replace(/.*-(line-\d+)\.js/, '$1')} runs`, async (t) => {
    const server = await serve(t, {
      'POST /api/v1/auth/login': (_, response) => json(response, 200, signedIn),
      'POST /api/v1/auth/signup': (_, response) => problem(response, 409, 'email_taken'),
      'GET /api/v1/users/me': (seen, response) => seen.headers['if-none-match'] === '"1"' ? void response.writeHead(304).end() : json(response, 200, me, { ETag: '"1"' }),
      'PATCH /api/v1/users/me': (_, response) => problem(response, 412, 'precondition_failed'),
      'POST /api/v1/coach/conversations': (_, response) => json(response, 201, fixtures.createConversation),
      [`POST /api/v1/coach/conversations/${conversationId}/messages`]: (_, response) => json(response, 202, fixtures.sendMessage),
      'GET /api/v1/coach/stream': streams(eventsOf('Two ', 'eggs.', { type: 'proposal', proposal })),
      'GET /api/v1/auth/sessions': (_, response) => json(response, 200, { data: [] }),
    });
    const real = globalThis.fetch;
    const lines = t.mock.method(console, 'log', () => {});
    t.mock.method(globalThis, 'fetch', (input: RequestInfo | URL, init?: RequestInit) => {
      const request = new Request(input, init);
      return real(new Request(request.url.replace('http://localhost:8000', server.url), request));
    });
    await import(sample.href);
    if (!sample.pathname.includes('/query/')) assert.ok(lines.mock.callCount() > 0, 'a sample prints something');
  });
}
