// Written from gen/openapi.yaml by openapi/gen-ts.mjs; do not edit.

/** The writes that take an Idempotency-Key. */
export const keyed: ReadonlySet<string> = new Set([
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
