// Code that must not compile. tsc checks it; running the test only proves that this file was compiled.
import { test } from 'node:test';
import { isApiError, type Activity, type Api, type ApiError, type AuthResponse, type CoachEvent, type FoodPrefill, type GetFoodByBarcodeErrors, type MealCreate, type Me, type MeUpdated } from '@ultimate-coach/client';
import { createCoach } from '@ultimate-coach/client/coach';

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends (<T>() => T extends B ? 1 : 2) ? true : false;
const yes = <T extends true>(_?: T): void => {};

// The metrics of an activity are told apart by their kind, without a cast.
export function measured({ metrics }: Activity): number | undefined {
  // @ts-expect-error: only some kinds have a distance
  void metrics?.distance_km;
  switch (metrics?.kind) {
    case 'running':
      return metrics.distance_km;
    case 'swimming':
      return metrics.pool_length_m;
    case 'strength':
      return metrics.exercises?.[0]?.sets[0]?.reps;
    default:
      return undefined;
  }
}

// The events of a reply are told apart by their type, without a cast.
export async function told(api: Api): Promise<void> {
  for await (const event of createCoach(api).stream('an id')) {
    // @ts-expect-error: only some events have a text
    void event.text;
    if (event.type === 'message.delta') yes<Same<typeof event.text, string>>();
    if (event.type === 'proposal' && event.proposal.draft.kind === 'meal') yes<Same<typeof event.proposal.draft.meal, MealCreate>>();
    if (event.type === 'message.failed') yes<Same<typeof event.problem.code, string>>();
  }
  for await (const { id, data } of await api.streamMessage({ query: { message_id: 'an id' } })) {
    yes<Same<typeof id, string>>();
    yes<Same<typeof data, CoachEvent>>();
  }
}

export async function calls(api: Api, error: ApiError): Promise<void> {
  const me = await api.getMe();
  const login = await api.login({ body: { email: 'ann@example.com', password: 'x' } });
  const updated = await api.updateMe({ body: { full_name: null }, ifMatch: undefined });
  const maybe = await api.getMe({ ifNoneMatch: '"1"' });
  await api.updateActivity({ path: { id: 'an id' }, body: { metrics: { avg_heart_rate: 150, cadence_rpm: null } } });
  // @ts-expect-error: the kind of metrics stays or is another one
  await api.updateActivity({ path: { id: 'an id' }, body: { metrics: { kind: null } } });
  const nothing = await api.logout();
  const accepted = await api.requestPasswordReset({ body: { email: 'ann@example.com' } });
  yes<Same<typeof me, Me>>();
  yes<Same<typeof login, AuthResponse>>();
  yes<Same<typeof updated, MeUpdated>>();
  yes<Same<typeof maybe, Me | undefined>>();
  yes<Same<typeof nothing, void>>();
  yes<Same<typeof accepted, void>>();

  // @ts-expect-error: a body is required
  await api.login();
  // @ts-expect-error: a path is required
  await api.revokeSession();
  // @ts-expect-error: no such field
  await api.updateMe({ body: { heigth_cm: 180 } });
  // @ts-expect-error: a value that is not one of the enum
  await api.updateMe({ body: { primary_goal: 'sleep' } });
  // @ts-expect-error: null only where it clears
  await api.updateMe({ body: { timezone: null } });
  // @ts-expect-error: logout takes no ifMatch
  await api.logout({ ifMatch: '"1"' });
  // @ts-expect-error: no such option
  await api.getMe({ timeOut: 5 });
  // @ts-expect-error: the operations are fixed
  api.getMe = api.getMe;
  // @ts-expect-error: an absent value is undefined, not null
  const name: string | null = me.full_name;
  void name;

  const prefill = (error as GetFoodByBarcodeErrors[404]).prefill; // as TanStack Query types it
  yes<Same<typeof prefill, FoodPrefill>>();
  yes<Same<typeof error.prefill, FoodPrefill | undefined>>();

  const caught: unknown = error;
  if (isApiError(caught, 'barcode_not_found')) {
    const { code, prefill } = caught;
    yes<Same<typeof code, 'barcode_not_found'>>();
    yes<Same<typeof prefill, FoodPrefill>>();
  }
  // @ts-expect-error: a typing error in a code
  isApiError(caught, 'email_takn');

  switch (error.code) {
    case 'email_taken':
    case 'some_code_of_a_newer_server':
      break;
  }
}

test('the types are those of the contract', () => {});
