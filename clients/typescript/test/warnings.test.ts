import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { createClient } from '@ultimate-coach/client';

// Each client is made as in a page at `hostname`.
function warningsAt(t: TestContext, hostname: string | undefined, ...addresses: string[]): string[] {
  const warn = t.mock.method(console, 'warn', () => {});
  if (hostname !== undefined) Object.defineProperty(globalThis, 'location', { value: { hostname }, configurable: true });
  try {
    for (const baseUrl of addresses) createClient({ baseUrl });
  } finally {
    Reflect.deleteProperty(globalThis, 'location');
  }
  return warn.mock.calls.map((call) => String(call.arguments[0]));
}

// The order matters: the client warns once in the life of a process.
test('no warning where the names agree, where one is not of this machine, with a token, and outside of pages', (t) => {
  assert.deepEqual(warningsAt(t, 'localhost', 'http://localhost:8000', 'https://api.example.com', ''), []);
  assert.deepEqual(warningsAt(t, '127.0.0.1', 'http://127.0.0.1:8000', '/proxy'), []);
  assert.deepEqual(warningsAt(t, 'app.example.com', 'http://127.0.0.1:8000'), []);
  assert.deepEqual(warningsAt(t, undefined, 'http://127.0.0.1:8000'), []);
  const warn = t.mock.method(console, 'warn', () => {});
  Object.defineProperty(globalThis, 'location', { value: { hostname: 'localhost' }, configurable: true });
  createClient({ baseUrl: 'http://127.0.0.1:8000', token: 'a token' });
  Reflect.deleteProperty(globalThis, 'location');
  assert.equal(warn.mock.callCount(), 0);
});

test('a page at localhost and an API at 127.0.0.1: one warning, with the address that works', (t) => {
  const warnings = warningsAt(t, 'localhost', 'http://127.0.0.1:8000', 'http://127.0.0.1:8000', 'http://[::1]:8000');
  assert.equal(warnings.length, 1);
  assert.match(warnings[0] ?? '', /The page is at localhost and the API at 127\.0\.0\.1\..*"http:\/\/localhost:8000" as baseUrl/);
});
