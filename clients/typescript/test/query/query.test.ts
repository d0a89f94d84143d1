import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dehydrate, hydrate, QueryClient, useInfiniteQuery, useMutation, useQuery, useSuspenseInfiniteQuery, useSuspenseQuery } from '@tanstack/react-query';
import { createClient, isApiError, type AuthSessionPage, type Me } from '@ultimate-coach/client';
import * as query from '@ultimate-coach/client/query';
import {
  changes, createMealMutation, createQueryClient, defaultOptions, etagOf, getMealQueryKey, getMeOptions, getMeQueryKey, listMealsOptions, listSessionsInfiniteOptions,
  optimisticUpdate, setDefaultApi, updateMeMutation, type CallError,
} from '@ultimate-coach/client/query';
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
  await assert.rejects(queries.getMutationCache().build(queries, updateMeMutation({ client })).execute({ body: { timezone: 'Mars/Olympus' } }), (error: unknown) => isApiError(error, 'rule_broken'));
});

test('setDefaultApi: options without a client refresh the session', async (t) => {
  let valid = false;
  const server = await serve(t, {
    'GET /api/v1/users/me': (_, response) => (valid ? json(response, 200, me) : problem(response, 401, 'expired_token')),
    'POST /api/v1/auth/refresh': (_, response) => {
      valid = true;
      json(response, 200, signedIn);
    },
  });
  setDefaultApi(createClient({ baseUrl: 'http://127.0.0.1:9' }));
  setDefaultApi(createClient({ baseUrl: server.url }));
  const data = await new QueryClient().fetchQuery(getMeOptions());
  assert.equal(data.email, me.email);
  assert.equal(server.count('/api/v1/auth/refresh'), 1);
});

test('an infinite query reads all pages and sends no empty cursor', async (t) => {
  const server = await serve(t, {
    'GET /api/v1/auth/sessions': (seen, response) => json(response, 200, seen.path.includes('cursor=') ? { data: [{ id: '2' }] } : { data: [{ id: '1' }], next_cursor: 'c' }),
  });
  const { client } = createClient({ baseUrl: server.url });
  const result = await new QueryClient().fetchInfiniteQuery({ ...listSessionsInfiniteOptions({ client, query: { limit: 1 } }), pages: 5 });
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

const espresso = { meal_type: 'snack' as const, items: [{ kind: 'quick' as const, name: 'Espresso', calories: 3 }] };
const mealsPath = 'POST /api/v1/nutrition/meals';

test('a mutation that TanStack Query retries logs one meal: all attempts have one key, the next mutation has another', async (t) => {
  let left = 2;
  const server = await serve(t, { [mealsPath]: (_, response) => (left-- > 0 ? void response.destroy() : json(response, 201, {})) });
  const { client } = createClient({ baseUrl: server.url });
  const queries = new QueryClient();
  const variables = { body: espresso };
  const log = (): Promise<unknown> => queries.getMutationCache().build(queries, { ...createMealMutation({ client }), retry: 2, retryDelay: 1 }).execute(variables);
  await log();
  await log();
  const keys = server.seen.map((seen) => seen.headers['idempotency-key']);
  assert.equal(keys.length, 4, 'three attempts of the first, one of the second');
  assert.equal(new Set(keys.slice(0, 3)).size, 1);
  assert.notEqual(keys[3], keys[0]);
});

test('a person who repeats a mutation whose response was lost repeats the same request', async (t) => {
  let broken = true;
  const server = await serve(t, { [mealsPath]: (_, response) => (broken ? void response.destroy() : json(response, 201, {})) });
  const { client } = createClient({ baseUrl: server.url, retries: 0 });
  const queries = new QueryClient();
  const variables = { body: espresso };
  const log = (): Promise<unknown> => queries.getMutationCache().build(queries, createMealMutation({ client })).execute(variables);
  await assert.rejects(log());
  broken = false;
  await log();
  assert.equal(new Set(server.seen.map((seen) => seen.headers['idempotency-key'])).size, 1);
});

test('retries are counted once', async (t) => {
  const server = await serve(t, { 'GET /api/v1/users/me': (_, response) => problem(response, 503, 'overloaded', {}, { 'Retry-After': '0' }) });
  const { client } = createClient({ baseUrl: server.url });
  const queries = createQueryClient();
  await assert.rejects(queries.fetchQuery({ ...getMeOptions({ client }), ...defaultOptions.queries }));
  assert.equal(server.seen.length, 3);
  await assert.rejects(new QueryClient().fetchQuery(getMeOptions({ client })), 'without retries of TanStack Query the client retries');
  assert.equal(server.seen.length, 6);
});

test('the ETag of a query is kept: for ifMatch, and for a refetch that transfers nothing', async (t) => {
  let notes = 'a';
  const server = await serve(t, {
    'GET /api/v1/users/me': (seen, response) => seen.headers['if-none-match'] === `"${notes}"`
      ? void response.writeHead(304, { ETag: `"${notes}"` }).end()
      : json(response, 200, { ...me, food_allergies: [], fitness_notes: notes }, { ETag: `"${notes}"` }),
    'PATCH /api/v1/users/me': (_, response) => json(response, 200, me, { ETag: '"b"' }),
  });
  const { client } = createClient({ baseUrl: server.url });
  const queries = new QueryClient();
  const read = (): Promise<Me> => queries.fetchQuery(getMeOptions({ client }));
  const first = await read();
  assert.equal(etagOf(first), '"a"');
  assert.equal(await read(), first, '304 keeps the data');
  assert.equal(server.seen[1]?.headers['if-none-match'], '"a"');
  notes = 'b';
  const second = await read();
  assert.equal(etagOf(second), '"b"', 'structural sharing keeps the new ETag');
  assert.equal(etagOf(queries.getQueryData(getMeQueryKey())), '"b"');
  const updated = await queries.getMutationCache().build(queries, updateMeMutation({ client })).execute({ body: {}, ifMatch: etagOf(second) });
  assert.equal(server.seen.at(-1)?.headers['if-match'], '"b"');
  assert.equal(etagOf(updated), '"b"');
});

test('keys do not depend on the address of the API: what a server has rendered is found in the browser', async (t) => {
  const server = await serve(t, { 'GET /api/v1/users/me': (_, response) => json(response, 200, me) });
  const onServer = new QueryClient();
  await onServer.fetchQuery(getMeOptions({ client: createClient({ baseUrl: server.url }).client }));
  const inBrowser = new QueryClient();
  hydrate(inBrowser, JSON.parse(JSON.stringify(dehydrate(onServer))) as ReturnType<typeof dehydrate>);
  const { client } = createClient({ baseUrl: 'https://api.example.com' });
  assert.equal(inBrowser.getQueryData(getMeOptions({ client }).queryKey)?.email, me.email);
  assert.deepEqual(getMealQueryKey({ path: { id: 'a' } }), ['getMeal', { path: { id: 'a' } }]);
});

test('interceptors that are added later are used', async (t) => {
  const server = await serve(t, { 'GET /api/v1/users/me': (_, response) => json(response, 200, me) });
  const api = createClient({ baseUrl: server.url });
  setDefaultApi(api);
  const seen: number[] = [];
  api.client.interceptors.request.use((request) => {
    request.headers.set('X-App', 'late');
    return request;
  });
  api.client.interceptors.response.use((response) => {
    seen.push(response.status);
    return response;
  });
  await new QueryClient().fetchQuery(getMeOptions());
  assert.deepEqual([server.seen[0]?.headers['x-app'], seen], ['late', [200]]);
});

test('a write invalidates the reads that it changes, and no others', async (t) => {
  const server = await serve(t, {
    [mealsPath]: (_, response) => json(response, 201, {}),
    'GET /api/v1/nutrition/meals': (_, response) => json(response, 200, { data: [] }),
    'GET /api/v1/users/me': (_, response) => json(response, 200, me),
  });
  const { client } = createClient({ baseUrl: server.url });
  const queries = createQueryClient();
  await queries.fetchQuery(listMealsOptions({ client }));
  await queries.fetchQuery(getMeOptions({ client }));
  await queries.getMutationCache().build(queries, createMealMutation({ client })).execute({ body: espresso });
  const stale = queries.getQueryCache().findAll({ predicate: (one) => one.state.isInvalidated }).map((one) => one.queryKey[0]);
  assert.deepEqual(stale, ['listMeals']);
});

test('every write says what it changes', () => {
  for (const [name, value] of Object.entries(query)) {
    if (name.endsWith('Mutation') && typeof value === 'function') assert.ok(name.replace(/Mutation$/, '') in changes, name);
  }
});

test('an optimistic update is shown at once and taken back when the write fails', async (t) => {
  const server = await serve(t, {
    'GET /api/v1/users/me': (_, response) => json(response, 200, me, { ETag: '"1"' }),
    'PATCH /api/v1/users/me': (_, response) => problem(response, 422, 'rule_broken'),
  });
  const { client } = createClient({ baseUrl: server.url });
  const queries = new QueryClient();
  await queries.fetchQuery(getMeOptions({ client }));
  const optimistic = optimisticUpdate(queries, updateMeMutation({ client }), getMeQueryKey(), (current, { body }) => ({ ...current, language: body.language ?? 'en' }));
  const shown: unknown[] = [];
  queries.getQueryCache().subscribe(() => shown.push(queries.getQueryData(getMeQueryKey())?.language));
  const call = queries.getMutationCache().build(queries, optimistic).execute({ body: { language: 'de' } });
  await assert.rejects(call);
  assert.ok(shown.includes('de'));
  assert.equal(queries.getQueryData(getMeQueryKey())?.language, 'en');
});

test('no function looks like a hook that is called outside a component', () => {
  assert.deepEqual(Object.keys(query).filter((name) => /^use[A-Z]/.test(name)), []);
});

test('without a client the error says what to do', async () => {
  const fresh = await import(new URL('../../../dist/cjs/query.js', import.meta.url).href) as typeof query;
  await assert.rejects(new QueryClient().fetchQuery(fresh.getMeOptions()), /call setDefaultApi\(api\) once/);
});

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends (<T>() => T extends B ? 1 : 2) ? true : false;
const yes = <T extends true>(_?: T): void => {};

// Never called: tsc checks the types of the hooks.
export function useTypes(): void {
  const one = useQuery(getMeOptions());
  yes<Same<typeof one.data, Me | undefined>>();
  yes<Same<typeof one.error, CallError | null>>();
  const suspended = useSuspenseQuery(getMeOptions());
  yes<Same<typeof suspended.data, Me>>();
  const list = useInfiniteQuery(listSessionsInfiniteOptions());
  yes<Same<NonNullable<typeof list.data>['pages'], AuthSessionPage[]>>();
  const suspendedList = useSuspenseInfiniteQuery(listSessionsInfiniteOptions({ query: { limit: 5 } }));
  yes<Same<typeof suspendedList.data.pages, AuthSessionPage[]>>();
  const update = useMutation(updateMeMutation());
  update.mutate({ body: { full_name: 'Ann' }, ifMatch: etagOf(one.data) });
  yes<Same<typeof update.error, CallError | null>>();
  // @ts-expect-error: a body is required
  update.mutate();
  // @ts-expect-error: no such field
  update.mutate({ body: { heigth_cm: 180 } });
  if (one.error?.name === 'ApiError') one.error.errors.map((field) => field.code);
}
export const exported = getMeOptions;
export const built = listSessionsInfiniteOptions();
