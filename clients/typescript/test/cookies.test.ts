import assert from 'node:assert/strict';
import { describe, test, type TestContext } from 'node:test';
import { createClient, forwardCookies, isApiError } from '@ultimate-coach/client';
import { json, me, problem, serve, signedIn, type Handler, type Server } from './server.js';

const mePath = 'GET /api/v1/users/me';
const refreshPath = 'POST /api/v1/auth/refresh';
const newCookies = { 'Set-Cookie': ['access_token=a2; Path=/api/v1; HttpOnly; SameSite=Lax', 'refresh_token=r2; Path=/api/v1/auth; HttpOnly; Max-Age=60', 'lang=de; Path=/'] };

// An API whose access token `a1` has expired; the refresh sets both cookies.
function serveExpired(t: TestContext, refresh: Handler): Promise<Server> {
  return serve(t, {
    [mePath]: (seen, response) => (seen.headers.cookie?.includes('access_token=a2') ? json(response, 200, me) : problem(response, 401, 'expired_token')),
    [refreshPath]: refresh,
  });
}

const refreshed: Handler = (_, response) => void response.writeHead(200, { 'Content-Type': 'application/json', ...newCookies }).end(JSON.stringify(signedIn));

describe('forwardCookies', () => {
  test('sends the two session cookies of the page and no other', async (t) => {
    const server = await serve(t, { [mePath]: (_, response) => json(response, 200, me) });
    for (const source of ['theme=dark; access_token=a=1==; refresh_token=r1; sid', new Headers({ Cookie: 'theme=dark; access_token=a=1==; refresh_token=r1; sid' })]) {
      await createClient({ baseUrl: server.url, fetch: forwardCookies(source).fetch }).getMe();
      assert.equal(server.seen.at(-1)?.headers.cookie, 'access_token=a=1==; refresh_token=r1');
    }
  });

  test('sends no Cookie header for a page without session cookies', async (t) => {
    const server = await serve(t, { [mePath]: (_, response) => problem(response, 401, 'missing_token'), [refreshPath]: (_, response) => problem(response, 401, 'missing_token') });
    for (const source of [undefined, null, '', 'theme=dark', new Headers()]) {
      const { fetch, setCookie } = forwardCookies(source);
      const error = await createClient({ baseUrl: server.url, fetch }).getMe().catch((error: unknown) => error);
      assert.ok(isApiError(error, 'missing_token'));
      assert.deepEqual(setCookie, []);
    }
    assert.ok(server.seen.length > 0 && server.seen.every((one) => one.headers.cookie === undefined));
  });

  test('a refresh: later calls send the new cookies, and the page gets both with Path=/', async (t) => {
    const server = await serveExpired(t, refreshed);
    const { fetch, setCookie } = forwardCookies('access_token=a1; refresh_token=r1');
    const api = createClient({ baseUrl: server.url, fetch });
    assert.equal((await api.getMe()).email, me.email);
    await api.getMe();
    assert.deepEqual(server.seen.map((one) => `${one.path.split('/').at(-1)} ${one.headers.cookie}`), [
      'me access_token=a1; refresh_token=r1', 'refresh access_token=a1; refresh_token=r1', 'me access_token=a2; refresh_token=r2', 'me access_token=a2; refresh_token=r2',
    ]);
    assert.deepEqual(setCookie, ['access_token=a2; Path=/; HttpOnly; SameSite=Lax', 'refresh_token=r2; Path=/; HttpOnly; Max-Age=60']);
  });

  test('calls at the same moment share one refresh', async (t) => {
    const server = await serveExpired(t, refreshed);
    const { fetch, setCookie } = forwardCookies('access_token=a1; refresh_token=r1');
    const api = createClient({ baseUrl: server.url, fetch });
    await Promise.all([api.getMe(), api.getMe(), api.getMe()]);
    assert.equal(server.count('/api/v1/auth/refresh'), 1);
    assert.equal(setCookie.length, 2);
  });

  test('cookies that the API clears are sent no more, and the page clears them too', async (t) => {
    const cleared = ['access_token=; Path=/api/v1; Max-Age=0', 'refresh_token=gone; path=/api/v1/auth; max-age=0; HttpOnly'];
    const server = await serve(t, {
      'POST /api/v1/auth/logout': (_, response) => void response.writeHead(204, { 'Set-Cookie': cleared }).end(),
      [mePath]: (_, response) => problem(response, 401, 'missing_token'),
      [refreshPath]: (_, response) => problem(response, 401, 'missing_token'),
    });
    const { fetch, setCookie } = forwardCookies('access_token=a1; refresh_token=r1');
    const api = createClient({ baseUrl: server.url, fetch });
    await api.logout();
    await assert.rejects(api.getMe());
    assert.equal(server.seen.at(-1)?.headers.cookie, undefined);
    assert.deepEqual(setCookie, ['access_token=; Path=/; Max-Age=0', 'refresh_token=gone; Path=/; max-age=0; HttpOnly']);
  });

  test('two pages keep their cookies apart, and each uses the fetch that it was given', async () => {
    const sent: string[] = [];
    const send: typeof fetch = (input, init) => {
      sent.push(new Request(input, init).headers.get('Cookie') ?? '');
      return Promise.resolve(new Response(JSON.stringify(me), { headers: { 'Content-Type': 'application/json' } }));
    };
    const [ann, bob] = ['a', 'b'].map((name) => createClient({ baseUrl: 'https://api.example.com', fetch: forwardCookies(`access_token=${name}`, send).fetch }));
    await Promise.all([ann?.getMe(), bob?.getMe(), ann?.getMe()]);
    assert.deepEqual(sent.sort(), ['access_token=a', 'access_token=a', 'access_token=b']);
  });
});
