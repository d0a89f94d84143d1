import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, test } from 'node:test';
import { createClient } from '@ultimate-coach/client';
import { browserOf, startPages } from './pages.mjs';
import { baseUrl, needsServer } from './setup.mjs';

const password = 'correct-horse-9';

async function signedIn(url, food) {
  const email = `ann.${randomUUID()}@example.com`;
  await createClient({ baseUrl }).signup({ body: { email, password } });
  const browser = browserOf(url);
  assert.equal((await browser.send('POST', '/sign-in', { email, password })).status, 200);
  const meal = await browser.send('POST', '/meals', { meal_type: 'snack', items: [{ kind: 'quick', name: food, calories: 3 }] });
  assert.equal(meal.status, 200, meal.text);
  return { email, browser, shown: `${email} ate ${food}` };
}

describe('pages that a server renders', needsServer, () => {
  test('show the person of the request, also when many ask at the same moment', async (t) => {
    const url = await startPages(t, baseUrl);
    const people = await Promise.all(['Espresso', 'Tea', 'Käse'].map((food) => signedIn(url, food)));
    const pages = await Promise.all([...people, ...people].map(({ browser }) => browser.send('GET', '/')));
    pages.forEach(({ text }, index) => assert.ok(text.includes(people[index % 3].shown), text));
  });

  test('refresh an ended access token once, and give the browser both new cookies for every page', async (t) => {
    const url = await startPages(t, baseUrl);
    const { browser, shown } = await signedIn(url, 'Espresso');
    const old = new Map(browser.cookies);
    browser.cookies.delete('access_token');
    const { text, setCookie } = await browser.send('GET', '/');
    assert.ok(text.includes(shown), text);
    assert.deepEqual(setCookie.map((line) => line.split('=')[0]).sort(), ['access_token', 'refresh_token']);
    assert.ok(setCookie.every((line) => /; Path=\/(;|$)/.test(line) && /; HttpOnly/i.test(line)), setCookie.join('\n'));
    assert.notEqual(browser.cookies.get('refresh_token'), old.get('refresh_token'));
    assert.deepEqual((await browser.send('GET', '/')).setCookie, [], 'the new cookies are good for the next page');
  });

  test('are 401 without cookies', async (t) => {
    const url = await startPages(t, baseUrl);
    assert.equal((await browserOf(url).send('GET', '/')).status, 401);
  });
});
