// Written from gen/openapi.yaml by openapi/gen-ts.mjs; do not edit.

/** The writes that take an Idempotency-Key. */
export const keyed: ReadonlySet<string> = new Set([
  'POST /api/v1/activities',
  'POST /api/v1/activities/exercises',
  'POST /api/v1/activities/exercises/{id}/restore',
  'POST /api/v1/activities/import',
  'POST /api/v1/activities/{id}/restore',
  'POST /api/v1/body/import',
  'POST /api/v1/body/measurements',
  'POST /api/v1/body/measurements/{id}/restore',
  'POST /api/v1/body/sleep',
  'POST /api/v1/body/sleep/{id}/restore',
  'POST /api/v1/body/water',
  'POST /api/v1/body/water/{id}/restore',
  'POST /api/v1/coach/conversations',
  'POST /api/v1/coach/conversations/{id}/messages',
  'POST /api/v1/coach/proposals/{id}/confirm',
  'POST /api/v1/coach/proposals/{id}/reject',
  'POST /api/v1/coach/proposals/{id}/undo',
  'POST /api/v1/nutrition/days/{date}/copy',
  'POST /api/v1/nutrition/foods/custom',
  'POST /api/v1/nutrition/foods/custom/{id}/restore',
  'POST /api/v1/nutrition/foods/custom/{id}/servings',
  'POST /api/v1/nutrition/meals',
  'POST /api/v1/nutrition/meals/{id}/copy',
  'POST /api/v1/nutrition/meals/{id}/items',
  'POST /api/v1/nutrition/meals/{id}/items/{item_id}/refresh',
  'POST /api/v1/nutrition/meals/{id}/restore',
]);

/** The operations that set or clear the session cookies. */
export const changesSession: ReadonlySet<string> = new Set([
  'DELETE /api/v1/users/me',
  'POST /api/v1/auth/login',
  'POST /api/v1/auth/logout',
  'POST /api/v1/auth/password/reset',
  'POST /api/v1/auth/refresh',
  'POST /api/v1/auth/signup',
  'POST /api/v1/auth/verify',
]);

/** The reads that use a credential but do not need one. */
export const anybody: ReadonlySet<string> = new Set([
  'GET /api/v1/auth/session',
]);
