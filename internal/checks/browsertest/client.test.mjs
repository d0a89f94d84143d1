// The TypeScript client in a real browser against a real server. Environment:
//   API_URL      the server
//   PAGE_URL     page.html at an origin that the server trusts, on the host of the API
//   SIBLING_URL  page.html at an origin that it does not trust, on the same host: cookies are sent (same site)
//   FOREIGN_URL  page.html at an origin that it does not trust, on another host: cookies are not sent (cross site)
//   CHROMIUM     the browser; default /usr/bin/chromium
// browser_test.go sets all of them. To run it by hand, add the page to the API's CORS_ORIGINS: node --test client.test.mjs
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { chromium } from 'playwright-core';

const { API_URL, PAGE_URL, SIBLING_URL, FOREIGN_URL, CHROMIUM = '/usr/bin/chromium' } = process.env;
for (const [name, value] of Object.entries({ API_URL, PAGE_URL, SIBLING_URL, FOREIGN_URL })) assert.ok(value, `${name} is not set`);

const password = 'correct-horse-9';
let browser;
before(async () => {
  // Chromium's sandbox does not work as root, and containers run tests as root.
  browser = await chromium.launch({ executablePath: CHROMIUM, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
});
after(() => browser?.close());

// Opens a browser context with its own cookies and storage.
async function visit(t, url = PAGE_URL) {
  const context = await browser.newContext();
  t.after(() => context.close());
  const requests = [];
  context.on('request', (request) => requests.push(request));
  return { context, requests, open: () => open(context, url), page: await open(context, url) };
}

async function open(context, url) {
  const page = await context.newPage();
  const errors = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  await page.goto(`${url}?api=${encodeURIComponent(API_URL)}`);
  await page.waitForFunction(() => document.title === 'ready').catch(() => assert.fail(`the page did not start: ${errors}`));
  return page;
}

async function signUp(page) {
  const email = `ann.${randomUUID()}@example.com`;
  const signup = await page.evaluate(([email, password]) => api.signup({ body: { email, password, full_name: 'Ann A' } }), [email, password]);
  assert.ok(signup.session, 'signed in at once');
  return email;
}

const refreshes = (requests) => requests.filter((request) => request.method() === 'POST' && request.url().endsWith('/auth/refresh'));

// Removes the access token, as if it had expired.
const expire = (context) => context.clearCookies({ name: 'access_token' });

test('a person signs up, reads, changes, refreshes, signs out and in again', async (t) => {
  const { page, context, requests } = await visit(t);
  const email = await signUp(page);

  const { data: me, etag, requestId } = await page.evaluate(() => api.getMe().withResponse().then(({ data, etag, requestId }) => ({ data, etag, requestId })));
  assert.equal(me.email, email);
  assert.ok(etag, 'CORS exposes ETag');
  assert.ok(requestId, 'CORS exposes X-Request-ID');
  assert.equal(await page.evaluate((etag) => api.getMe({ ifNoneMatch: etag }).then((fresh) => fresh === undefined), etag), true, '304 is undefined');

  const updated = await page.evaluate((etag) => api.updateMe({ body: { full_name: 'Zoë', height_cm: 171.5, timezone: 'Asia/Kolkata' }, ifMatch: etag }), etag);
  assert.deepEqual([updated.full_name, updated.height_cm, updated.timezone], ['Zoë', 171.5, 'Asia/Kolkata']);
  assert.deepEqual(await page.evaluate((etag) => failure(api.updateMe({ body: { full_name: 'Late' }, ifMatch: etag })).then(({ code }) => code), etag), 'precondition_failed');
  const refused = await page.evaluate(() => failure(api.updateMe({ body: { height_cm: 400 } })));
  assert.deepEqual([refused.name, refused.status, refused.code, refused.fields], ['ApiError', 400, 'validation_failed', ['height_cm']]);
  assert.ok(refused.requestId);

  const refreshed = await page.evaluate(() => api.refreshSession());
  assert.equal(refreshed.user.email, email);
  const names = (await context.cookies(`${API_URL}/api/v1/auth/refresh`)).map(({ name, httpOnly, sameSite }) => `${name} ${httpOnly} ${sameSite}`).sort();
  assert.deepEqual(names, ['access_token true Lax', 'refresh_token true Lax']);

  assert.equal(await page.evaluate(() => api.logout()), undefined);
  assert.deepEqual(await context.cookies(`${API_URL}/api/v1/auth/refresh`), [], 'both cookies are cleared');
  assert.equal((await page.evaluate(() => failure(api.getMe()))).status, 401);
  assert.equal((await page.evaluate((email) => failure(api.login({ body: { email, password: 'wrong-horse' } })), email)).code, 'invalid_credentials');
  const before = refreshes(requests).length;
  await page.evaluate(([email, password]) => api.login({ body: { email, password } }), [email, password]);
  assert.equal((await page.evaluate(() => api.getMe())).full_name, 'Zoë');
  assert.equal(refreshes(requests).length, before, 'a sign-in needs no refresh');
});

test('no script sees a token', async (t) => {
  const { page, context } = await visit(t);
  await signUp(page);
  await expire(context);
  await page.evaluate(() => api.getMe()); // refreshes

  // Cookies ignore ports: on the host of the API and under the path of the cookies, only httpOnly hides them.
  assert.match(new URL(page.url()).pathname, /^\/api\/v1\/auth\//);
  assert.equal(new URL(page.url()).hostname, new URL(API_URL).hostname);
  await context.addCookies([{ name: 'seen', value: '1', url: `${API_URL}/api/v1/auth/x`.replace(/x$/, '') }]);
  assert.equal(await page.evaluate(() => document.cookie), 'seen=1', 'a cookie without httpOnly is visible there');
  assert.deepEqual(await page.evaluate(() => [localStorage.length, sessionStorage.length]), [0, 0], 'nothing is stored');
  const bodies = await page.evaluate(async () => JSON.stringify([await api.refreshSession(), await api.getMe()]));
  assert.doesNotMatch(bodies, /eyJ|token/);
});

test('an expired session is refreshed once for all calls of a page', async (t) => {
  const { page, context, requests } = await visit(t);
  const email = await signUp(page);
  await expire(context);
  const emails = await page.evaluate(() => Promise.all(Array.from({ length: 20 }, (_, i) => (i % 2 ? api.getMe() : api.updateMe({ body: { workout_frequency: i % 8 } })))).then((all) => all.map((me) => me.email)));
  assert.deepEqual([...new Set(emails)], [email]);
  assert.equal(refreshes(requests).length, 1);
});

test('two tabs with an expired session refresh once, and both continue', async (t) => {
  const { page, open, context, requests } = await visit(t);
  const email = await signUp(page);
  const other = await open();
  for (let round = 1; round <= 10; round++) {
    await expire(context);
    const ask = () => Promise.all([api.getMe(), api.listSessions(), api.getMe()]).then(([me]) => me.email);
    assert.deepEqual(await Promise.all([page.evaluate(ask), other.evaluate(ask)]), [email, email]);
    assert.equal(refreshes(requests).length, round, 'one refresh for both tabs');
  }
});

test('two tabs that call refreshSession at the same time both stay signed in', async (t) => {
  const { page, open, context } = await visit(t);
  await signUp(page);
  const other = await open();
  for (let round = 0; round < 5; round++) {
    await Promise.all([page, other].map((tab) => tab.evaluate(() => Promise.all([api.refreshSession(), api.refreshSession()]))));
  }
  await expire(context);
  for (const tab of [page, other]) assert.ok(await tab.evaluate(() => api.getMe()));
  assert.deepEqual(await page.evaluate(() => signedOut), []);
});

test('a session revoked elsewhere calls onSignedOut once', async (t) => {
  const { page } = await visit(t);
  const elsewhere = await visit(t);
  const email = await signUp(page);
  await elsewhere.page.evaluate(([email, password]) => api.login({ body: { email, password } }), [email, password]);
  await elsewhere.page.evaluate(async () => {
    for await (const session of each(api.listSessions)) if (!session.is_current) await api.revokeSession({ path: { id: session.id } });
  });
  const codes = await page.evaluate(() => Promise.all([1, 2, 3].map(() => failure(api.getMe()).then(({ status }) => status))));
  assert.deepEqual(codes, [401, 401, 401]);
  assert.equal((await page.evaluate(() => signedOut)).length, 1);
  assert.ok(await elsewhere.page.evaluate(() => api.getMe()), 'the other session continues');
});

test('a tab that shows one person writes nothing after another tab has signed in somebody else', async (t) => {
  const { page, open } = await visit(t);
  await signUp(page);
  const other = await open();
  await other.evaluate(() => api.refreshSession());
  await page.evaluate(() => api.logout());
  const bob = await signUp(page);
  await other.waitForFunction(() => changes.length >= 2);

  const meal = { body: { meal_type: 'snack', items: [{ kind: 'quick', name: 'Espresso', calories: 3 }] } };
  assert.equal((await other.evaluate((meal) => failure(api.createMeal(meal)), meal)).code, 'wrong_user');
  assert.deepEqual((await page.evaluate(() => api.listMeals())).data, [], 'the diary of the second person is untouched');
  await other.evaluate(() => changes.at(-1).accept());
  assert.equal((await other.evaluate(() => api.getMe())).email, bob);
  await other.evaluate((meal) => api.createMeal(meal), meal);
  assert.equal((await page.evaluate(() => api.listMeals())).data.length, 1);
});

test('two tabs that sign in different people at the same time agree on the last one', async (t) => {
  const { page, open } = await visit(t);
  const [ann, bob] = [await signUp(page), await signUp(page)];
  const other = await open();
  const signIn = (tab, email) => tab.evaluate(([email, password]) => api.login({ body: { email, password } }).then(({ user }) => user.id), [email, password]);
  await Promise.all([signIn(page, ann), signIn(other, bob)]);
  const expected = await page.evaluate(() => api.refreshSession().then(({ user }) => user.email, ({ code }) => code));
  const seen = await other.evaluate(() => api.refreshSession().then(({ user }) => user.email, ({ code }) => code));
  assert.deepEqual([expected, seen].sort(), [expected === 'wrong_user' ? bob : ann, 'wrong_user'].sort(), 'one tab works for the signed-in person, the other knows that it does not');
});

// Sends a request without CORS, as a form or an image does. The page cannot read the response; the test can.
async function sendWithoutCORS(page, method, path) {
  const [response] = await Promise.all([
    page.waitForResponse((candidate) => candidate.url() === `${API_URL}${path}` && candidate.request().method() === method),
    page.evaluate(([url, method]) => fetch(url, { method, mode: 'no-cors', credentials: 'include' }).then(({ type }) => type), [`${API_URL}${path}`, method]),
  ]);
  return response.status();
}

test('an untrusted origin on the same site can neither read nor write, although the browser sends cookies', async (t) => {
  const { page, context } = await visit(t);
  await signUp(page);
  const sibling = await open(context, SIBLING_URL);
  for (const call of ['getMe', 'logout']) {
    const error = await sibling.evaluate((call) => failure(api[call]()), call);
    assert.deepEqual([error.name, error.code], ['NetworkError', 'network_error'], call);
  }
  assert.equal(await sendWithoutCORS(sibling, 'GET', '/api/v1/users/me'), 200, 'the cookies were sent: this is one site');
  assert.equal(await sendWithoutCORS(sibling, 'POST', '/api/v1/auth/logout'), 403);
  assert.ok(await page.evaluate(() => api.getMe()), 'still signed in');
});

test('a foreign site can neither read nor write, and the browser sends no cookies', async (t) => {
  const { page, context } = await visit(t);
  await signUp(page);
  const foreign = await open(context, FOREIGN_URL);
  for (const call of ['getMe', 'logout']) {
    const error = await foreign.evaluate((call) => failure(api[call]()), call);
    assert.deepEqual([error.name, error.code], ['NetworkError', 'network_error'], call);
  }
  assert.equal(await sendWithoutCORS(foreign, 'GET', '/api/v1/users/me'), 401, 'no cookies: this is another site');
  assert.equal(await sendWithoutCORS(foreign, 'POST', '/api/v1/auth/logout'), 403);
  assert.ok(await page.evaluate(() => api.getMe()), 'still signed in');
});
