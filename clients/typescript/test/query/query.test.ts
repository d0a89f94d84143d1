import assert from 'node:assert/strict';
import { test } from 'node:test';
import { QueryClient } from '@tanstack/react-query';
import { createClient, isApiError } from '@ultimate-coach/client';
import { defaultOptions, getMeOptions, listSessionsInfiniteOptions, pages, updateMeMutation, useByDefault } from '@ultimate-coach/client/query';
import { zMePatch, zPassword, zSignupRequest } from '@ultimate-coach/client/zod';
import { json, me, problem, serve, signedIn } from '../server.js';

test('options, keys and mutations use the client that they are given', async (t) => {
  const server = await serve(t, {
    'GET /api/v1/users/me': (_, response) => json(response, 200, me),
    'PATCH /api/v1/users/me': (_, response) => problem(response, 422, 'rule_broken'),
  });
  const { client } = createClient({ baseUrl: server.url });
  const queries = new QueryClient({ defaultOptions });
  assert.equal((await queries.fetchQuery(getMeOptions({ client }))).email, me.email);
  assert.equal(queries.getQueryData(getMeOptions({ client }).queryKey)?.email, me.email);
  await assert.rejects(queries.getMutationCache().build(queries, updateMeMutation({ client })).execute({ body: { timezone: 'Mars/Olympus' } }), (error) => isApiError(error, 'rule_broken'));
});

test('useByDefault: options without a client refresh the session', async (t) => {
  let valid = false;
  const server = await serve(t, {
    'GET /api/v1/users/me': (_, response) => (valid ? json(response, 200, me) : problem(response, 401, 'expired_token')),
    'POST /api/v1/auth/refresh': (_, response) => {
      valid = true;
      json(response, 200, signedIn);
    },
  });
  useByDefault(createClient({ baseUrl: 'http://127.0.0.1:9' }));
  useByDefault(createClient({ baseUrl: server.url }));
  const data = await new QueryClient().fetchQuery(getMeOptions());
  assert.equal(data.email, me.email);
  assert.equal(server.count('/api/v1/auth/refresh'), 1);
});

test('an infinite query reads all pages and sends no empty cursor', async (t) => {
  const server = await serve(t, {
    'GET /api/v1/auth/sessions': (seen, response) => json(response, 200, seen.path.includes('cursor=') ? { data: [{ id: '2' }] } : { data: [{ id: '1' }], next_cursor: 'c' }),
  });
  const { client } = createClient({ baseUrl: server.url });
  const result = await new QueryClient().fetchInfiniteQuery({ ...listSessionsInfiniteOptions({ client, query: { limit: 1 } }), ...pages, pages: 5 });
  assert.deepEqual(result.pages.flatMap((page) => page.data.map((session) => session.id)), ['1', '2']);
  assert.deepEqual(server.seen.map((seen) => seen.path), ['/api/v1/auth/sessions?limit=1', '/api/v1/auth/sessions?limit=1&cursor=c']);
});

test('a 404 is not retried', async (t) => {
  const server = await serve(t, { 'GET /api/v1/users/me': (_, response) => problem(response, 404, 'not_found') });
  const { client } = createClient({ baseUrl: server.url });
  await assert.rejects(new QueryClient({ defaultOptions }).fetchQuery({ ...getMeOptions({ client }), retry: defaultOptions.queries.retry, retryDelay: 1 }));
  assert.equal(server.seen.length, 1);
});

test('the zod schemas have the limits of the contract', () => {
  assert.equal(zMePatch.safeParse({ height_cm: 180, fitness_notes: null }).success, true);
  assert.equal(zMePatch.safeParse({ height_cm: 301 }).success, false);
  assert.equal(zPassword.safeParse('two words are fine').success, true);
  assert.equal(zPassword.safeParse('a NUL is not\u0000').success, false);
  assert.equal(zSignupRequest.safeParse({ email: 'ann@example.com', password: 'correct-horse-9', full_name: 'Ann A' }).success, true);
});
