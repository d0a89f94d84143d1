// ./testing and ./meta, as tests and forms of apps use them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { http } from 'msw';
import { setupServer } from 'msw/node';
import { createClient, isApiError, type Api, type CoachEvent } from '@ultimate-coach/client';
import { createCoach } from '@ultimate-coach/client/coach';
import { enums, fields, labels } from '@ultimate-coach/client/meta';
import { createFakeApi, createHandlers, fakeReply, fixtures, problem } from '@ultimate-coach/client/testing';

test('a fake API returns the examples of the contract, and what a test gives', async () => {
  const { api, requests } = createFakeApi({
    getMe: { ...fixtures.getMe, language: 'de' },
    createMeal: problem('rule_broken', { errors: [{ field: 'items', code: 'day_full', message: 'the day has 100 meals already' }] }),
    getNutritionDay: (request) => ({ ...fixtures.getNutritionDay, date: new URL(request.url).pathname.split('/').at(-1) ?? '' }),
  });
  assert.equal((await api.getMe()).language, 'de');
  assert.deepEqual(await api.listMeals(), fixtures.listMeals);
  assert.equal((await api.getNutritionDay({ path: { date: '2026-02-03' } })).date, '2026-02-03');
  assert.equal(await api.deleteMeal({ path: { id: 'a' } }), undefined);
  assert.deepEqual(await api.searchFoods({ query: { q: 'egg' } }), fixtures.searchFoods, 'a fixed path is not taken for an id');
  const error = await api.createMeal({ body: { meal_type: 'snack', items: [] } }).catch((caught: unknown) => caught);
  assert.ok(isApiError(error, 'rule_broken') && error.field('items')?.code === 'day_full');
  assert.deepEqual(requests.map(({ method }) => method), ['GET', 'GET', 'GET', 'DELETE', 'GET', 'POST']);
});

test('a fake coach replies, streamed and polled, with the events that a test gives', async () => {
  const collect = async (api: Api, mode: 'stream' | 'poll', after = 0): Promise<CoachEvent[]> => {
    const events: CoachEvent[] = [];
    const coach = createCoach(api, { mode });
    const { reply_id } = await coach.send('a conversation', 'two eggs');
    for await (const event of coach.stream(reply_id, { after })) events.push(event);
    return events;
  };
  const own = createFakeApi({ streamMessage: () => fakeReply('Two ', 'eggs: ', { type: 'proposal', proposal: fixtures.getProposal }) });
  const failed = createFakeApi({ streamMessage: () => fakeReply({ type: 'message.failed', problem: { code: 'coach_failed', detail: 'No.' } }) });
  for (const mode of ['stream', 'poll'] as const) {
    const reply = await collect(createFakeApi().api, mode);
    assert.equal(reply.map((event) => (event.type === 'message.delta' ? event.text : '')).join(''), fixtures.listMessages.data[0]?.content);
    assert.ok(reply.length > 4, 'the text comes in pieces');
    assert.deepEqual((await collect(own.api, mode)).map(({ type, seq }) => `${seq} ${type}`), ['1 message.started', '2 message.delta', '3 message.delta', '4 proposal', '5 message.completed']);
    assert.deepEqual((await collect(own.api, mode, 4)).map(({ type }) => type), ['message.completed']);
    assert.deepEqual(await collect(own.api, mode, 5), []);
    assert.deepEqual((await collect(failed.api, mode)).map(({ type }) => type), ['message.started', 'message.failed']);
  }
  const refused = createFakeApi({ streamMessage: problem('message_not_found') });
  for (const mode of ['stream', 'poll'] as const) await assert.rejects(collect(refused.api, mode), (error) => isApiError(error, 'message_not_found'));
});

test('MSW serves every operation', async (t) => {
  const server = setupServer(...createHandlers(http, 'https://api.example.com', { login: problem('invalid_credentials') }));
  server.listen({ onUnhandledRequest: 'error' });
  t.after(() => server.close());
  const api = createClient({ baseUrl: 'https://api.example.com' });
  assert.deepEqual(await api.getMe(), fixtures.getMe);
  assert.deepEqual(await api.getMeal({ path: { id: 'a' } }), fixtures.getMeal);
  const error = await api.login({ body: { email: 'ann@example.com', password: 'x' } }).catch((caught: unknown) => caught);
  assert.ok(isApiError(error, 'invalid_credentials'));
});

test('./meta has enums, labels, units and limits', () => {
  const first: 'breakfast' = enums.MealType[0];
  assert.equal(first, 'breakfast');
  assert.equal(labels.ActivityLevel.lightly_active, 'Lightly active');
  assert.deepEqual(fields.MePatch.height_cm, { label: 'Height', unit: 'cm', min: 100, max: 300 });
  assert.deepEqual([fields.MealCreate.items.maxItems, fields.QuickItem.calories.unit, fields.SignupRequest.password.minLength], [50, 'kcal', 8]);
});
