// What the tests do in every environment. It returns plain data, which the test compares outside of the environment.
import { ApiError, createClient, each, isApiError } from '@ultimate-coach/client';
import { createCoachTransport } from '@ultimate-coach/client/ai';
import { createCoach } from '@ultimate-coach/client/coach';
import { mealName } from './meal.mjs';

/**
 * @param {{ baseUrl: string, token: string, closedUrl: string, silentUrl: string, newKey?: () => string }} settings
 *   `closedUrl` refuses connections; `silentUrl` accepts them and never responds.
 */
export async function runScenario({ baseUrl, token, closedUrl, silentUrl, newKey }) {
  const keys = newKey === undefined ? {} : { newKey };
  const asked = [];
  const api = createClient({
    baseUrl,
    ...keys,
    token: ({ refresh }) => {
      asked.push(refresh);
      return asked.includes(true) ? token : 'stale-token';
    },
  });
  const me = await api.getMe();

  const body = { meal_type: 'snack', items: [{ kind: 'quick', name: mealName, calories: 250 }] };
  const meal = await api.createMeal({ body });
  const { data: read, etag } = await api.getMeal({ path: { id: meal.id } }).withResponse();
  const unchanged = await api.getMeal({ path: { id: meal.id }, ifNoneMatch: etag });
  const listed = [];
  for await (const one of each(api.listMeals, { query: { limit: 1 } })) listed.push(one.id);

  const conversation = await api.createConversation({ body: {} });
  const ways = new Set();
  const coach = createCoach(createClient({ baseUrl, ...keys, token, fetch: recorded(ways) }));
  const events = [];
  for await (const event of coach.reply(conversation.id, 'What is left today?')) events.push(event);
  const { data: messages } = await api.listMessages({ path: { id: conversation.id } });

  const invalid = await errorOf(api.updateMe({ body: { height_cm: 1 } }));
  const refused = await errorOf(createClient({ baseUrl, token: 'not-a-token' }).getMe());
  const controller = new AbortController();
  const aborted = errorOf(createClient({ baseUrl: silentUrl, token }).getMe({ signal: controller.signal }));
  controller.abort();
  const deleted = await api.deleteMeal({ path: { id: meal.id } });

  return {
    timezone: me.timezone,
    tokenAskedWithRefresh: asked.slice(0, 2),
    names: [meal.items[0].name, read.items[0].name],
    unchanged: unchanged === undefined,
    listed: listed.filter((id) => id === meal.id).length,
    deleted: deleted === undefined,
    reply: {
      types: [...new Set(events.map(({ type }) => type))].filter((type) => type.startsWith('message.')),
      complete: events.filter(({ type }) => type === 'message.delta').map(({ text }) => text).join('') === messages[0].content && messages[0].content !== '',
      way: [...ways].sort().join(),
      chat: await chat(createCoachTransport({ client: createClient({ baseUrl, ...keys, token }).client })),
    },
    invalid: [invalid instanceof ApiError, invalid.code, invalid.field?.('height_cm')?.code, invalid.requestId !== ''],
    refused: [isApiError(refused, 'invalid_token'), refused.status],
    aborted: (await aborted)?.name,
    offline: (await errorOf(createClient({ baseUrl: closedUrl, token }).getMe())).code,
    late: (await errorOf(createClient({ baseUrl: silentUrl, token, timeout: 50 }).getMe())).code,
  };
}

// Records whether a reply was streamed or polled.
function recorded(ways) {
  return (input, init) => {
    const [, way] = /coach\/(stream|messages\/.*\/events)/.exec(input.url) ?? [];
    if (way) ways.add(way === 'stream' ? 'streamed' : 'polled');
    return fetch(input, init);
  };
}

// The AI SDK needs a ReadableStream, which React Native has only with a polyfill.
async function chat(transport) {
  if (typeof ReadableStream === 'undefined') return 'no ReadableStream';
  const messages = [{ id: '1', role: 'user', parts: [{ type: 'text', text: 'What is left today?' }] }];
  const reader = (await transport.sendMessages({ trigger: 'submit-message', chatId: '1', messageId: undefined, messages, abortSignal: undefined })).getReader();
  const types = [];
  for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read()) types.push(value.type);
  return [types[0], types.includes('text-delta'), types.at(-1)].join();
}

async function errorOf(call) {
  try {
    await call;
  } catch (error) {
    return error;
  }
  throw new Error('the call succeeded');
}
