// Two tabs of one person: the test plays the other tab with a BroadcastChannel and with the header X-User-Id.
import assert from 'node:assert/strict';
import { describe, test, type TestContext } from 'node:test';
import { createClient, isApiError, type AuthChange } from '@ultimate-coach/client';
import { json, me, problem, serve, signedIn, type Handler, type Server } from './server.js';

const mealsPath = '/api/v1/nutrition/meals';
const ann = me.id;
const bob = 'd0000000-0000-4000-8000-000000000002';
const espresso = { body: { meal_type: 'snack' as const, items: [{ kind: 'quick' as const, name: 'Espresso', calories: 3 }] } };
const delay = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const failure = (call: Promise<unknown>): Promise<unknown> => call.then(() => assert.fail('the call succeeded'), (error: unknown) => error);

// A server that knows whose cookies the browser has, as the API does.
async function serveSession(t: TestContext, more: Record<string, Handler> = {}): Promise<{ server: Server; browser: { user: string | undefined } }> {
  const browser: { user: string | undefined } = { user: undefined };
  const asUser = (status: number, value: unknown): Handler => (seen, response) => {
    if (browser.user === undefined) return problem(response, 401, 'missing_token');
    const expected = seen.headers['x-expected-user-id'];
    const headers = { 'X-User-Id': browser.user };
    if (expected !== undefined && expected !== browser.user) return problem(response, 409, 'wrong_user', {}, headers);
    json(response, status, value, headers);
  };
  const server = await serve(t, {
    'POST /api/v1/auth/login': (seen, response) => {
      browser.user = (JSON.parse(seen.body) as { email: string }).email.startsWith('bob') ? bob : ann;
      json(response, 200, { ...signedIn, user: { ...signedIn.user, id: browser.user } });
    },
    'POST /api/v1/auth/logout': (_, response) => {
      browser.user = undefined;
      response.writeHead(204).end();
    },
    'GET /api/v1/users/me': asUser(200, me),
    [`POST ${mealsPath}`]: asUser(201, {}),
    ...more,
  });
  return { server, browser };
}

// What makes globalThis look like a page to the client, for one test.
function asPage(t: TestContext): void {
  const page = globalThis as { document?: unknown };
  page.document = {};
  t.after(() => delete page.document);
}

function otherTab(t: TestContext, url: string): BroadcastChannel {
  const channel = new BroadcastChannel(`ultimate-coach:auth:${url}`);
  t.after(() => channel.close());
  return channel;
}

describe('another person signs in', () => {
  test('in another tab: writes are refused without a request until the page accepts', async (t) => {
    asPage(t);
    const { server, browser } = await serveSession(t);
    const changes: AuthChange[] = [];
    const api = createClient({ baseUrl: server.url, onAuthChange: (change) => changes.push(change) });
    await api.login({ body: { email: 'ann@example.com', password: 'x' } });
    assert.deepEqual(changes.map(({ user, previous, source }) => [user, previous, source]), [[ann, undefined, 'this_tab']]);
    await api.createMeal(espresso);
    assert.equal(server.seen.at(-1)?.headers['x-expected-user-id'], ann);

    browser.user = bob;
    otherTab(t, server.url).postMessage({ user: bob });
    await delay(50);
    assert.deepEqual([changes[1]?.user, changes[1]?.previous, changes[1]?.source], [bob, ann, 'other_tab']);
    const sent = server.count(mealsPath);
    assert.ok(isApiError(await failure(api.createMeal(espresso)), 'wrong_user'));
    assert.equal(server.count(mealsPath), sent, 'nothing was sent');

    changes[1]?.accept();
    await api.createMeal(espresso);
    assert.equal(server.seen.at(-1)?.headers['x-expected-user-id'], bob);
    assert.equal(changes.length, 2);
  });

  test('unnoticed: the server refuses the write, reads are refused by their header, the change is reported once', async (t) => {
    const { server, browser } = await serveSession(t);
    const changes: AuthChange[] = [];
    const api = createClient({ baseUrl: server.url, onAuthChange: (change) => changes.push(change) });
    browser.user = ann;
    await api.getMe();
    browser.user = bob;
    assert.ok(isApiError(await failure(api.getMe()), 'wrong_user'));
    assert.ok(isApiError(await failure(api.createMeal(espresso)), 'wrong_user'));
    assert.deepEqual(changes.map(({ user, previous, source }) => [user, previous, source]), [[bob, ann, 'response']]);
  });

  test('the first write after an unnoticed change gets 409 from the server and reports the change', async (t) => {
    const { server, browser } = await serveSession(t);
    const changes: AuthChange[] = [];
    const api = createClient({ baseUrl: server.url, onAuthChange: (change) => changes.push(change) });
    await api.login({ body: { email: 'ann@example.com', password: 'x' } });
    browser.user = bob;
    assert.ok(isApiError(await failure(api.createMeal(espresso)), 'wrong_user'));
    assert.equal(server.count(mealsPath), 1);
    assert.equal(changes.at(-1)?.user, bob);
    changes.at(-1)?.accept();
    await api.createMeal(espresso);
  });

  test('in this tab: a response for the previous person is refused', async (t) => {
    let release: () => void = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    const { server } = await serveSession(t, { 'GET /api/v1/auth/sessions': async (_, response) => {
      await held;
      json(response, 200, { data: [] }, { 'X-User-Id': ann });
    } });
    const api = createClient({ baseUrl: server.url });
    await api.login({ body: { email: 'ann@example.com', password: 'x' } });
    const slow = failure(api.listSessions());
    await delay(20);
    await api.login({ body: { email: 'bob@example.com', password: 'x' } });
    release();
    assert.ok(isApiError(await slow, 'wrong_user'));
    await api.createMeal(espresso);
    assert.equal(server.seen.at(-1)?.headers['x-expected-user-id'], bob);
  });

  test('sign-out is told to all tabs, and the next person may sign in', async (t) => {
    asPage(t);
    const { server } = await serveSession(t);
    const heard: unknown[] = [];
    const channel = otherTab(t, server.url);
    channel.onmessage = ({ data }: MessageEvent<unknown>) => heard.push(data);
    const api = createClient({ baseUrl: server.url });
    await api.login({ body: { email: 'ann@example.com', password: 'x' } });
    await api.logout();
    await api.login({ body: { email: 'bob@example.com', password: 'x' } });
    await api.createMeal(espresso);
    await delay(50);
    assert.deepEqual(heard, [{ user: ann }, { user: null }, { user: bob }]);
  });

  test('a bearer token is one person: no header is sent', async (t) => {
    const { server, browser } = await serveSession(t);
    browser.user = ann;
    const api = createClient({ baseUrl: server.url, token: 'abc' });
    await api.getMe();
    browser.user = bob;
    await api.createMeal(espresso);
    assert.equal(server.seen.at(-1)?.headers['x-expected-user-id'], undefined);
  });
});
