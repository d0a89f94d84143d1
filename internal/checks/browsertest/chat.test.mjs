// The chat page of the docs, and an app with the AI SDK, in a real browser. Environment:
//   LOCAL_URL     a server whose coach has no language model
//   SCRIPTED_URL  a server with the model of chat_test.go
//   APP_URL       the app of clients/typescript/test/ai/page.tsx
//   CHROMIUM      the browser; default /usr/bin/chromium
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { chromium } from 'playwright-core';

const { LOCAL_URL, SCRIPTED_URL, APP_URL, CHROMIUM = '/usr/bin/chromium' } = process.env;
for (const [name, value] of Object.entries({ LOCAL_URL, SCRIPTED_URL, APP_URL })) assert.ok(value, `${name} is not set`);

const password = 'correct-horse-9';
let browser;
before(async () => {
  browser = await chromium.launch({ executablePath: CHROMIUM, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
});
after(() => browser?.close());

/** Opens a page, or else the chat page, in a browser of its own, in which a new person has signed in. */
async function visit(t, url, address = `${url}/docs/chat`) {
  const context = await browser.newContext();
  t.after(() => context.close());
  const signup = await context.request.post(`${url}/api/v1/auth/signup`, { data: { email: `ann.${randomUUID()}@example.com`, password, full_name: 'Ann A' }, headers: { Origin: url } });
  assert.equal(signup.status(), 201, await signup.text());
  const page = await context.newPage();
  const errors = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  t.after(() => assert.deepEqual(errors, []));
  await page.goto(address);
  return page;
}

/** Collects the texts that the newest reply has, one after the other; `grown` returns how often it grew. */
async function watch(page, parent, reply) {
  await page.evaluate(([parent, reply]) => {
    window.texts = [''];
    new MutationObserver(() => {
      const text = [...document.querySelectorAll(reply)].at(-1)?.textContent ?? '';
      if (text.length > window.texts.at(-1).length) window.texts.push(text);
    }).observe(document.querySelector(parent), { childList: true, characterData: true, subtree: true });
  }, [parent, reply]);
}
const grown = (page) => page.evaluate(() => window.texts.filter((text, index) => index > 0 && text.startsWith(window.texts[index - 1].trimEnd())).length);

async function ask(page, text) {
  await page.getByLabel('Message').fill(text);
  await page.getByRole('button', { name: 'Send' }).click();
}

const replies = (page) => page.locator('[data-log] .reply');
const complete = (page, count) => page.waitForFunction((count) => document.querySelectorAll('[data-log] .reply:not([aria-busy])').length === count, count);
const get = (page, path) => page.evaluate((path) => fetch(path).then((response) => response.json()), path);

describe('without a language model', () => {
  test('five messages in five languages have a reply, which is stored as it is shown', async (t) => {
    const page = await visit(t, LOCAL_URL);
    const said = ['What can you do?', 'Was kannst du?', 'Que sais-tu faire ?', '¿Qué puedes hacer?', 'O que sabes fazer?'];
    for (const [index, text] of said.entries()) {
      await ask(page, text);
      await complete(page, index + 1);
    }
    const shown = await replies(page).locator('.text').allInnerTexts();
    assert.ok(shown.length >= 5 && shown.every((text) => text.trim() !== ''), JSON.stringify(shown));
    const { data } = await get(page, `/api/v1/coach/conversations/${new URL(page.url()).hash.slice(1)}/messages`);
    assert.deepEqual(data.filter(({ role }) => role === 'user').map(({ content }) => content).reverse(), said);
    const trimmed = (texts) => texts.join(' ').replace(/\s+/g, ' ').trim();
    assert.equal(trimmed(data.filter(({ role }) => role === 'assistant').map(({ content }) => content).reverse()), trimmed(shown));
    await page.reload();
    await complete(page, 5);
    assert.equal(trimmed(await replies(page).locator('.text').allInnerTexts()), trimmed(shown), 'the same after a reload');
  });

  test('what was eaten becomes a proposal, and a meal when it is confirmed', async (t) => {
    const page = await visit(t, LOCAL_URL);
    await ask(page, '2 eggs and 100 g oats for breakfast');
    await complete(page, 1);
    assert.deepEqual((await get(page, '/api/v1/nutrition/meals')).data, []);
    await page.getByRole('button', { name: 'Confirm' }).click();
    await page.getByText('Written into the diary.').waitFor();
    const { data } = await get(page, '/api/v1/nutrition/meals');
    assert.deepEqual(data.map(({ meal_type, items }) => [meal_type, items.length]), [['breakfast', 2]]);
  });

  test('five conversations stand beside each other, and each is read again', async (t) => {
    const page = await visit(t, LOCAL_URL);
    const said = ['2 eggs for breakfast', 'How much protein do I have left today?', 'Ich wiege heute 79,5 kg', 'Why is my target so high?', 'a snack with 20 g protein'];
    const shown = new Map();
    for (const [index, text] of said.entries()) {
      if (index > 0) await page.getByRole('link', { name: 'New conversation' }).click();
      await page.waitForFunction(() => location.hash === '' && !document.querySelector('[data-log] li'));
      await ask(page, text);
      await complete(page, 1);
      shown.set(new URL(page.url()).hash, await replies(page).locator('.text').innerText());
    }
    assert.equal(shown.size, 5);
    await page.reload();
    await page.getByText('Earlier conversations').click();
    const links = page.locator('[data-earlier] li a');
    assert.deepEqual(new Set(await links.evaluateAll((all) => all.map((link) => link.hash))), new Set(shown.keys()));
    for (const [hash, text] of shown) {
      await page.goto(`${LOCAL_URL}/docs/chat${hash}`);
      await complete(page, 1);
      await page.waitForFunction((text) => document.querySelector('[data-log] .reply .text')?.innerText === text, text);
    }
  });

  test('a correction marks what it replaces, and another tab sees what became of it', async (t) => {
    const page = await visit(t, LOCAL_URL);
    await ask(page, '2 eggs for breakfast');
    await complete(page, 1);
    const other = await page.context().newPage();
    await other.goto(page.url());
    await complete(other, 1);

    await ask(page, 'no, three');
    await complete(page, 2);
    assert.deepEqual(await replies(page).locator('.proposal').evaluateAll((all) => all.map(({ dataset }) => dataset.status)), ['rejected', 'open']);
    await page.getByText('Replaced by a correction.').waitFor();
    await other.getByRole('button', { name: 'Confirm' }).click();
    await other.getByText('Replaced by a correction.').waitFor();

    await other.reload();
    await complete(other, 2);
    await page.getByRole('button', { name: 'Confirm' }).click();
    await page.getByText('Written into the diary.').waitFor();
    await other.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await other.getByText('Written into the diary.').waitFor();
  });

  test('the text of five conversations at once arrives in pieces', async (t) => {
    const first = await visit(t, LOCAL_URL);
    const pages = [first];
    while (pages.length < 5) pages.push(await first.context().newPage());
    await Promise.all(pages.slice(1).map((page) => page.goto(`${LOCAL_URL}/docs/chat`)));
    const steps = await Promise.all(pages.map(async (page) => {
      await page.getByLabel('Message').waitFor();
      await watch(page, '[data-log]', '[data-log] .reply .text');
      await ask(page, 'What can you do?');
      await complete(page, 1);
      return grown(page);
    }));
    const conversations = new Set(pages.map((page) => new URL(page.url()).hash));
    assert.equal(conversations.size, 5);
    assert.ok(steps.every((count) => count >= 3), String(steps));
    t.diagnostic(`texts grew ${steps.join(', ')} times`);
  });

  test('what the coach remembers is shown, and forgotten on request', async (t) => {
    const page = await visit(t, LOCAL_URL);
    await page.evaluate(() => fetch('/api/v1/coach/settings', { method: 'PATCH', headers: { 'Content-Type': 'application/json' }, body: '{"memory_enabled":true}' }));
    await ask(page, "I'm allergic to peanuts");
    await complete(page, 1);
    const memories = () => get(page, '/api/v1/coach/memories').then(({ data }) => data.length);
    assert.equal(await memories(), 1);
    await page.getByRole('button', { name: 'Forget it' }).click();
    await page.getByText('Forgotten.').waitFor();
    assert.equal(await memories(), 0);
  });

  test('signs of danger show who helps', async (t) => {
    const page = await visit(t, LOCAL_URL);
    await page.evaluate(() => fetch('/api/v1/users/me', { method: 'PATCH', headers: { 'Content-Type': 'application/json' }, body: '{"timezone":"Europe/Berlin"}' }));
    await ask(page, 'I want to kill myself');
    await page.locator('.help li').first().waitFor();
    assert.ok(await page.locator('.help a[href^="tel:"]').count() > 0);
  });
});

describe('with a language model', () => {
  test('text arrives in pieces, a page that is loaded again goes on, and Stop ends the reply', async (t) => {
    const page = await visit(t, SCRIPTED_URL);
    await ask(page, 'Answer slowly');
    await page.getByText('This is the first sentence.').waitFor();
    assert.equal(await replies(page).getAttribute('aria-busy'), 'true', 'the reply is not complete');

    await page.reload();
    await page.getByText('This is the first sentence.').waitFor();
    assert.equal(await replies(page).count(), 1);
    await page.getByRole('button', { name: 'Stop' }).click();
    await complete(page, 1);
    assert.match(await replies(page).innerText(), /first sentence[^]*Stopped\./);
    assert.equal(await page.getByRole('button', { name: 'Stop' }).isVisible(), false);
    const { data } = await get(page, `/api/v1/coach/conversations/${new URL(page.url()).hash.slice(1)}/messages`);
    assert.equal(data[0].finish_reason, 'cancelled');
  });

  test('a proposal is edited, confirmed and undone', async (t) => {
    const page = await visit(t, SCRIPTED_URL);
    const meals = () => get(page, '/api/v1/nutrition/meals').then(({ data }) => data.map(({ items, totals }) => `${items[0].name} ${totals.calories}`));
    await ask(page, 'I had toast');
    await complete(page, 1);
    assert.match(await replies(page).innerText(), /Please confirm it\./);
    assert.deepEqual(await meals(), [], 'nothing is written');

    await page.getByLabel('Toast').fill('200');
    assert.equal(await page.getByRole('button', { name: 'Confirm' }).isEnabled(), false, 'what is confirmed is what was shown');
    await page.getByRole('button', { name: 'Save the amounts' }).click();
    await page.getByText('200 kcal').waitFor();
    assert.deepEqual(await meals(), []);
    await page.getByRole('button', { name: 'Confirm' }).click();
    await page.getByText('Written into the diary.').waitFor();
    assert.deepEqual(await meals(), ['Toast 200']);
    assert.match(await page.getByRole('link', { name: 'Show it' }).getAttribute('href'), /^\/api\/v1\/nutrition\/meals\//);

    await page.reload();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Taken back.').waitFor();
    assert.deepEqual(await meals(), []);
  });

  test('what the coach looks up is shown, and the records are links', async (t) => {
    const page = await visit(t, SCRIPTED_URL);
    await ask(page, 'What did I eat today?');
    await complete(page, 1);
    assert.match(await replies(page).innerText(), /… done[^]*Nothing yet\./);
    const path = await page.locator('.sources a').first().getAttribute('href');
    assert.match(path, /^\/api\/v1\//);
    assert.equal(await page.evaluate((path) => fetch(path).then(({ status }) => status), path), 200);
  });

  test('a proposal is rejected', async (t) => {
    const page = await visit(t, SCRIPTED_URL);
    await ask(page, 'I had toast');
    await page.getByRole('button', { name: 'Reject' }).click();
    await page.getByText('Rejected.').waitFor();
    assert.deepEqual((await get(page, '/api/v1/nutrition/meals')).data, []);
  });

  test('a message that was refused is not lost', async (t) => {
    const page = await visit(t, SCRIPTED_URL);
    const refusal = { type: 'UnavailableError', status: 503, code: 'unavailable', detail: 'Come back later.', request_id: 'test' };
    await page.route('**/messages', (route) => route.fulfill({ status: 503, contentType: 'application/problem+json', headers: { 'Retry-After': '3600' }, body: JSON.stringify(refusal) }));
    await ask(page, 'I had toast');
    await page.getByText('Come back later.').waitFor();
    assert.equal(await page.getByLabel('Message').inputValue(), 'I had toast');
    assert.equal(await page.locator('[data-log] li').count(), 0);
    await page.unroute('**/messages');
    await page.getByRole('button', { name: 'Send' }).click();
    await complete(page, 1);
    assert.equal(await page.locator('[data-error]').isVisible(), false);
  });

  test('a visitor signs in on the page, and reads why it was refused', async (t) => {
    const page = await visit(t, SCRIPTED_URL);
    const { email } = await get(page, '/api/v1/users/me');
    await page.context().clearCookies();
    await page.reload();
    await page.getByLabel('Email').fill(email);
    await page.getByLabel('Password').fill('wrong-horse-9');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.locator('[data-error]').filter({ hasText: /\w/ }).waitFor();
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByLabel('Message').waitFor();
    assert.equal(await page.locator('[data-error]').isVisible(), false);
  });
});

describe('an app with the AI SDK', () => {
  const openApp = async (t, url, more = '') => {
    const page = await visit(t, url, `${APP_URL}/?api=${encodeURIComponent(url)}${more}`);
    await page.getByRole('button', { name: 'Open' }).click();
    return page;
  };
  const shows = (page, status) => page.locator('output', { hasText: new RegExp(`^${status}$`) }).waitFor();
  const spoken = (page) => page.locator('[data-role=assistant]').last();
  const conversation = (page, url) => page.evaluate((url) => fetch(`${url}/api/v1/coach/conversations/${location.hash.slice(1)}`, { credentials: 'include' }).then((response) => response.json()), url);
  const newest = (page, url) => page.evaluate((url) => fetch(`${url}/api/v1/coach/conversations/${location.hash.slice(1)}/messages`, { credentials: 'include' }).then((response) => response.json()).then(({ data }) => data[0]), url);
  const isMade = async (page) => (await conversation(page, SCRIPTED_URL)).active_message_id !== undefined;

  for (const [name, more] of [['useChat', ''], ['assistant-ui', '&assistant-ui']]) {
    test(`${name}: a page that is closed or loaded again goes on, and cancel() stops the reply`, async (t) => {
      const page = await openApp(t, SCRIPTED_URL, more);
      await ask(page, 'Answer slowly');
      await page.getByText('This is the first sentence.').waitFor();
      await page.getByRole('button', { name: 'Close' }).click();
      await page.getByRole('button', { name: 'Open' }).waitFor();
      assert.ok(await isMade(page), 'closing cancels nothing');

      await page.getByRole('button', { name: 'Open' }).click();
      await page.getByText('This is the first sentence.').waitFor();
      await shows(page, 'streaming');
      await page.reload();
      await page.getByRole('button', { name: 'Open' }).click();
      await page.getByText('This is the first sentence.').waitFor();
      assert.equal(await page.locator('[data-role=assistant]').count(), 1);

      const asked = Date.now();
      await page.getByRole('button', { name: 'cancel()' }).click();
      await shows(page, 'ready');
      t.diagnostic(`cancel() took ${Date.now() - asked} ms`);
      const { finish_reason, content } = await newest(page, SCRIPTED_URL);
      assert.deepEqual([finish_reason, content.trim()], ['cancelled', (await spoken(page).innerText()).trim()]);
    });

    test(`${name}: text arrives in pieces`, async (t) => {
      const page = await openApp(t, LOCAL_URL, more);
      await page.getByLabel('Message').waitFor();
      await watch(page, 'main', '[data-role=assistant]');
      await ask(page, 'What can you do?');
      await spoken(page).waitFor();
      await shows(page, 'ready');
      const steps = await grown(page);
      t.diagnostic(`the text grew ${steps} times`);
      assert.ok(steps >= 3, String(steps));
      const { content } = await newest(page, LOCAL_URL); // assistant-ui shows the last letters a moment later
      await page.waitForFunction((text) => [...document.querySelectorAll('[data-role=assistant]')].at(-1).innerText.trim() === text, content.trim());
    });

    test(`${name}: a proposal is a card, and a correction marks the one that it replaces`, async (t) => {
      const page = await openApp(t, LOCAL_URL, more);
      await ask(page, '2 eggs for breakfast');
      await page.locator('[data-proposal=open]').filter({ hasText: /^Egg[^]* kcal/ }).waitFor(); // the text of the reply says the same
      await shows(page, 'ready');
      await ask(page, 'no, three');
      await page.locator('[data-proposal=rejected]').waitFor();
      await shows(page, 'ready');
      assert.deepEqual(await page.locator('[data-proposal]').evaluateAll((all) => all.map(({ dataset }) => dataset.proposal)), ['rejected', 'open']);
    });
  }

  test('useChat: stop() closes the connection only', async (t) => {
    const page = await openApp(t, SCRIPTED_URL);
    await ask(page, 'Answer slowly');
    await page.getByText('This is the first sentence.').waitFor();
    await page.getByRole('button', { name: 'stop()' }).click();
    await shows(page, 'ready');
    assert.ok(await isMade(page));
    await page.getByRole('button', { name: 'cancel()' }).click();
    await page.waitForFunction((url) => fetch(`${url}/api/v1/coach/conversations/${location.hash.slice(1)}`, { credentials: 'include' }).then((response) => response.json()).then(({ active_message_id }) => active_message_id === undefined), SCRIPTED_URL);
  });

  test('useChat: a proposal is confirmed, and a reply that fails is an error', async (t) => {
    const page = await openApp(t, SCRIPTED_URL);
    await ask(page, 'I had toast');
    await page.getByText('Toast 250 kcal').waitFor();
    await shows(page, 'ready');
    await page.getByRole('button', { name: 'Confirm' }).click();
    await page.locator('[data-proposal=confirmed]').waitFor();

    await ask(page, 'Break');
    await page.getByRole('alert').waitFor();
    await shows(page, 'error');
    assert.equal(await page.getByRole('alert').innerText(), (await newest(page, SCRIPTED_URL)).problem.detail);
  });
});
