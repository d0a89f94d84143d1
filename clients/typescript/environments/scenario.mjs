// What the tests do in every environment. It returns plain data, which the test compares outside of the environment.
import { ApiError, createClient, each, isApiError } from '@ultimate-coach/client';
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
    invalid: [invalid instanceof ApiError, invalid.code, invalid.field?.('height_cm')?.code, invalid.requestId !== ''],
    refused: [isApiError(refused, 'invalid_token'), refused.status],
    aborted: (await aborted)?.name,
    offline: (await errorOf(createClient({ baseUrl: closedUrl, token }).getMe())).code,
    late: (await errorOf(createClient({ baseUrl: silentUrl, token, timeout: 50 }).getMe())).code,
  };
}

async function errorOf(call) {
  try {
    await call;
  } catch (error) {
    return error;
  }
  throw new Error('the call succeeded');
}
