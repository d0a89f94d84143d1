// The client against a real server: API_URL=http://localhost:8000 npm test
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, test } from 'node:test';
import { ApiError, createClient, each, isApiError, NetworkError, type Api, type FoodHit } from '@ultimate-coach/client';
import { zMe } from '@ultimate-coach/client/zod';

const baseUrl = process.env['API_URL'] ?? '';

// Node's fetch keeps no cookies. This is the part of a browser's cookie jar that the API's two cookies need.
function cookieJar(): { fetch: typeof globalThis.fetch; forget(name: string): void } {
  const jar = new Map<string, { value: string; path: string }>();
  return {
    forget: (name) => void jar.delete(name),
    fetch: async (input, init) => {
      const request = new Request(input, init);
      const path = new URL(request.url).pathname;
      const sent = [...jar].filter(([, cookie]) => path.startsWith(cookie.path)).map(([name, cookie]) => `${name}=${cookie.value}`);
      if (sent.length > 0) request.headers.set('Cookie', sent.join('; '));
      const response = await fetch(request);
      for (const line of response.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
        if (value === '' || /max-age=0/i.test(line)) jar.delete(name);
        else jar.set(name, { value, path: /path=([^;]+)/i.exec(line)?.[1] ?? '/' });
      }
      return response;
    },
  };
}

const password = 'correct-horse-9';

async function findFood(api: Api, q: string): Promise<FoodHit> {
  const { data: [food] } = await api.searchFoods({ query: { q } });
  assert.ok(food, 'this server has no starter foods; run api foods seed');
  return food;
}

type Macros = Partial<Record<'calories' | 'protein_g' | 'carbs_g' | 'fat_g', number>>;

const macros = (of: Macros): number[] => [of.calories, of.protein_g, of.carbs_g, of.fat_g].map((known = NaN) => known);

describe('against a real server', { skip: baseUrl === '' && 'API_URL is not set' }, () => {
  test('a person signs up, edits the profile, refreshes, changes the password and deletes the account', async () => {
    const browser = cookieJar();
    const api = createClient({ baseUrl, fetch: browser.fetch });
    const email = `ann.${randomUUID()}@example.com`;
    const signup = await api.signup({ body: { email, password } });
    assert.ok(signup.session, 'this server asks for confirmed addresses; run it with automatic confirmation');
    assert.ok(isApiError(await api.signup({ body: { email, password } }).catch((error: unknown) => error), 'email_taken'));

    const { data: me, etag } = await api.getMe().withResponse();
    assert.equal(me.email, email);
    zMe.parse(me);
    assert.equal(await api.getMe({ ifNoneMatch: etag }), undefined);
    assert.equal((await api.updateMe({ body: { full_name: 'Zoë' }, ifMatch: etag })).full_name, 'Zoë');
    assert.ok(isApiError(await api.updateMe({ body: { full_name: 'x' }, ifMatch: etag }).catch((error: unknown) => error), 'precondition_failed'));
    assert.equal((await api.updateMe({ body: { full_name: null } })).full_name, undefined);

    const invalid = await api.updateMe({ body: { height_cm: 1 } }).catch((error: unknown) => error);
    assert.ok(invalid instanceof ApiError && invalid.field('height_cm') && invalid.requestId !== '');
    const ruleBroken = await api.updateMe({ body: { timezone: 'Mars/Olympus' } }).catch((error: unknown) => error);
    assert.ok(isApiError(ruleBroken, 'rule_broken') && ruleBroken.field('timezone')?.code === 'unknown_timezone');

    browser.forget('access_token');
    const all = await Promise.all(Array.from({ length: 10 }, () => api.getMe()));
    assert.ok(all.every((one) => one.id === me.id));

    const sessions = [];
    for await (const session of each(api.listSessions, { query: { limit: 1 } })) sessions.push(session);
    assert.equal(sessions.filter((session) => session.is_current).length, 1);

    assert.equal(await api.changePassword({ body: { current_password: password, new_password: `${password}0` } }), undefined);
    await api.logout();
    const codes: string[] = [];
    const after = createClient({ baseUrl, fetch: browser.fetch, onSignedOut: (error) => codes.push(error.code) });
    assert.ok(isApiError(await after.getMe().catch((error: unknown) => error), 'missing_token'));
    assert.deepEqual(codes, ['missing_token']);
    await after.login({ body: { email, password: `${password}0` } });
    assert.equal(await after.deleteMe(), undefined);
    assert.ok(isApiError(await after.login({ body: { email, password: `${password}0` } }).catch((error: unknown) => error), 'invalid_credentials'));
  });

  test('a new person logs a day, copies it, deletes a meal and restores it', async () => {
    const api = createClient({ baseUrl, fetch: cookieJar().fetch });
    await api.signup({ body: { email: `ann.${randomUUID()}@example.com`, password } });
    const { targets } = await api.updateMe({ body: {
      birth_date: '1996-05-17', biological_sex: 'female', height_cm: 168, current_weight_kg: 64,
      primary_goal: 'maintain', activity_level: 'lightly_active', timezone: 'Europe/Berlin',
    } });
    assert.ok(targets, 'a complete profile has targets');
    const goals = macros(targets);
    // Fixed days: around midnight the meals of `now` would be on two days.
    const [yesterday, today] = ['2026-02-11', '2026-02-12'];
    const eatenAt = (clock: string): string => `${yesterday}T${clock}:00+01:00`;

    const banana = await findFood(api, 'banana');
    const medium = (await api.getFood({ path: { id: banana.id } })).servings.find((serving) => serving.label.startsWith('1 medium'));
    assert.deepEqual([banana.name, medium?.grams, medium?.id], ['Bananas, raw', 118, banana.default_serving?.id]);
    assert.ok(medium);
    const snack = await api.createMeal({ body: {
      meal_type: 'snack', eaten_at: eatenAt('07:00'), items: [{ kind: 'serving', food_id: banana.id, serving_id: medium.id, count: 1 }],
    } });
    assert.deepEqual([snack.local_date, snack.items[0]?.grams, macros(snack.totals)], [yesterday, 118, [105.02, 1.286, 26.951, 0.389]]);
    await requireDay(yesterday, [105.02, 1.286, 26.951, 0.389], [snack.id]);

    const [egg, oats] = [await findFood(api, 'egg'), await findFood(api, 'oats')];
    assert.ok(egg.default_serving?.label === '1 large');
    const breakfast = await api.createMeal({ body: { meal_type: 'breakfast', eaten_at: eatenAt('08:00'), items: [
      { kind: 'serving', food_id: egg.id, serving_id: egg.default_serving.id, count: 2 },
      { kind: 'grams', food_id: oats.id, grams: 100 },
      { kind: 'quick', name: 'Coffee with everything', calories: 250 },
    ] } });
    assert.deepEqual(breakfast.items.map((item) => item.nutrients.calories), [143, 379, 250]);
    assert.deepEqual([macros(breakfast.totals), breakfast.totals.coverage.protein_g], [[772, 25.71, 68.42, 16.03], 0.667]);
    const whole = [877.02, 26.996, 95.371, 16.419];
    await requireDay(yesterday, whole, [snack.id, breakfast.id]);

    const copies = (await api.copyNutritionDay({ path: { date: yesterday }, body: { to: today } })).data;
    assert.deepEqual(copies.map((meal) => [meal.local_date, meal.source, macros(meal.totals)]),
      [snack, breakfast].map((meal) => [today, 'copy', macros(meal.totals)]));
    const [snackCopy, breakfastCopy] = copies.map((meal) => meal.id);
    assert.ok(snackCopy !== undefined && breakfastCopy !== undefined);
    await requireDay(today, whole, [snackCopy, breakfastCopy]);

    await api.deleteMeal({ path: { id: breakfastCopy } });
    await requireDay(today, [105.02, 1.286, 26.951, 0.389], [snackCopy]);
    assert.deepEqual((await api.restoreMeal({ path: { id: breakfastCopy } })).items, copies[1]?.items);
    await requireDay(today, whole, [snackCopy, breakfastCopy]);
    await requireDay(yesterday, whole, [snack.id, breakfast.id]);

    async function requireDay(date: string, sums: number[], meals: string[]): Promise<void> {
      const day = await api.getNutritionDay({ path: { date } });
      assert.deepEqual([day.date, day.meals.map((meal) => meal.id), macros(day.totals)], [date, meals, sums]);
      assert.deepEqual(macros(day.targets ?? {}), goals);
      assert.deepEqual(macros(day.remaining ?? {}), goals.map((goal, i) => Number((goal - (sums[i] ?? NaN)).toFixed(3))));
    }
  });

  test('an unknown barcode returns the fields for a custom food', async () => {
    const api = createClient({ baseUrl, fetch: cookieJar().fetch });
    await api.signup({ body: { email: `ann.${randomUUID()}@example.com`, password } });
    const scanned = { path: { gtin: '96385074' } };
    const unknown = await api.getFoodByBarcode(scanned).catch((error: unknown) => error);
    assert.ok(isApiError(unknown, 'barcode_not_found'));
    assert.deepEqual(unknown.prefill, { barcode: '00000096385074' });
    const made = await api.createCustomFood({ body: { ...unknown.prefill, name: 'Granola', per_100g: { calories: 450, protein_g: 10, carbs_g: 60, fat_g: 18 } } });
    assert.deepEqual(await api.getFoodByBarcode(scanned), made);
  });

  test('a write whose response is lost happens once', async () => {
    const browser = cookieJar();
    let lost = 0;
    const api = createClient({
      baseUrl,
      fetch: async (input, init) => {
        const response = await browser.fetch(input, init);
        if (new URL(response.url).pathname !== '/api/v1/nutrition/meals' || response.status !== 201 || lost > 0) return response;
        lost++;
        throw new TypeError('connection lost');
      },
    });
    await api.signup({ body: { email: `ann.${randomUUID()}@example.com`, password } });
    const meal = { meal_type: 'snack' as const, items: [{ kind: 'quick' as const, name: 'Espresso', calories: 3 }] };
    const { data, headers } = await api.createMeal({ body: meal }).withResponse();
    assert.equal(headers.get('Idempotent-Replayed'), 'true');
    assert.deepEqual((await api.listMeals()).data, [data]);

    const idempotencyKey = randomUUID(); // a form keeps one for all its attempts
    const [one, two] = await Promise.all([api.createMeal({ body: meal, idempotencyKey }), api.createMeal({ body: meal, idempotencyKey })]);
    assert.deepEqual(one, two);
    assert.equal((await api.listMeals()).data.length, 2);
    const other = await api.createMeal({ body: { ...meal, meal_type: 'lunch' }, idempotencyKey }).catch((error: unknown) => error);
    assert.ok(isApiError(other, 'idempotency_mismatch'));
  });

  test('a bad bearer token is a 401 after one attempt with a refreshed token', async () => {
    const asked: boolean[] = [];
    const api = createClient({ baseUrl, token: ({ refresh }) => {
      asked.push(refresh);
      return 'not-a-token';
    } });
    assert.ok(isApiError(await api.getMe().catch((error: unknown) => error), 'invalid_token'));
    assert.deepEqual(asked, [false, true]);
  });

  test('202 returns undefined, health is typed', async () => {
    const api = createClient({ baseUrl });
    assert.equal(await api.requestPasswordReset({ body: { email: `nobody.${randomUUID()}@example.com` } }), undefined);
    const health = await api.getHealth();
    assert.ok(health.status === 'ok' || health.status === 'degraded');
    assert.ok(!((await api.getMe().catch((error: unknown) => error)) instanceof NetworkError));
  });

  test('the demo account can sign in, if it exists', async (t) => {
    const api = createClient({ baseUrl, fetch: cookieJar().fetch });
    try {
      await api.login({ body: { email: 'demo@ultimate-coach.example', password: 'demo-Coach-2026' } });
    } catch (error) {
      if (!isApiError(error, 'invalid_credentials')) throw error;
      t.diagnostic('this server has no demo account');
      return;
    }
    assert.equal((await api.getMe()).email, 'demo@ultimate-coach.example');
    await api.logout();
  });
});
