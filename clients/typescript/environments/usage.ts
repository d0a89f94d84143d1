// What an application does with every entry of the package. The tests compile it under each compiler setting, with declarations: the types of
// all exported values must have names that a declaration file can use.
import { infiniteQueryOptions, useSuspenseInfiniteQuery, type UseSuspenseInfiniteQueryResult } from '@tanstack/react-query';
import { createClient, each, forwardCookies, isApiError, type Api, type ClientConfig, type Meal, type MealPage } from '@ultimate-coach/client';
import { createCoach, type CoachEvent, type Reply } from '@ultimate-coach/client/coach';
import { fields, labels } from '@ultimate-coach/client/meta';
import {
  createMealMutation, createQueryClient, getMeOptions, listMealsInfiniteOptions, listMealsOptions, optimisticUpdate, getMeQueryKey, updateMeMutation,
} from '@ultimate-coach/client/query';
import { createTransport, getMe } from '@ultimate-coach/client/sdk';
import { createFakeApi, fixtures, problem } from '@ultimate-coach/client/testing';
import { zMealCreate } from '@ultimate-coach/client/zod';

const settings: ClientConfig = { baseUrl: 'https://api.example.com', token: ({ refresh }) => (refresh ? 'new' : 'old') };
export const fromEnvironment = createClient({ baseUrl: '', token: ['a token'][0] }); // a string that may be missing, as from process.env
export const api: Api = createClient(settings);
export const inferred = createClient({ ...settings, fetch: forwardCookies('').fetch });
export const client = createTransport(settings);
export const me = getMe({ client });
export const coach = createCoach({ client }, { mode: 'auto' });
export const reply: Reply = createCoach(api).reply('a conversation', 'two eggs');
export const queryClient = createQueryClient();
export const options = getMeOptions();
export const meals = listMealsOptions({ query: { limit: 5 } });
export const pages = infiniteQueryOptions(listMealsInfiniteOptions({ query: { limit: 5 } }));
export const log = createMealMutation();
export const rename = optimisticUpdate(queryClient, updateMeMutation(), getMeQueryKey(), (current) => current);
export const fake = createFakeApi({ getMe: fixtures.getMe, createMeal: problem('rate_limited') });
export const labelOfSnack = labels.MealType.snack;
export const height = fields.MePatch.height_cm;
export const schema = zMealCreate;

export function useMeals(): Meal[] {
  const result = useSuspenseInfiniteQuery(pages);
  const list: MealPage[] = result.data.pages; // never undefined: it suspends
  return list.flatMap((page) => page.data);
}

export function useSuspended() {
  return useSuspenseInfiniteQuery(listMealsInfiniteOptions({ query: { limit: 5 } }));
}
export type Suspended = UseSuspenseInfiniteQueryResult;

export async function readReply(): Promise<CoachEvent | undefined> {
  for await (const event of reply) if (event.type === 'proposal' && event.proposal.draft.kind === 'meal') return event;
  return undefined;
}

export async function logSnack(): Promise<string> {
  try {
    for await (const meal of each(api.listMeals)) return meal.id;
    return (await api.createMeal({ body: { meal_type: 'snack', items: [{ kind: 'quick', name: 'Espresso', calories: 3 }] } })).id;
  } catch (error) {
    if (isApiError(error, 'barcode_not_found')) return error.prefill.barcode;
    throw error;
  }
}

// A type that has become `any` would accept these.
export async function refusedByTheCompiler(): Promise<unknown[]> {
  return [
    // @ts-expect-error: getMe takes no path
    api.getMe({ path: { id: '1' } }),
    // @ts-expect-error: the kind of an item decides which fields it has
    api.createMeal({ body: { meal_type: 'snack', items: [{ kind: 'quick', grams: 3 }] } }),
    // @ts-expect-error: an address is text
    (await api.getMe()).email.toFixed(),
    // @ts-expect-error: only some events have a text
    (await readReply())?.text,
    // @ts-expect-error: a limit is a number
    listMealsInfiniteOptions({ query: { limit: 'five' } }),
  ];
}
