// Written from gen/openapi.yaml by openapi/gen-ts.mjs; do not edit.

import * as sdk from './sdk.gen.js';
import { read, readKey, readPages, write, type Read, type ReadKeyOf, type ReadPages, type Write } from '../queries.js';

/** The key of `getApiInfo`: API information. Without arguments it matches none but the query without arguments; `['getApiInfo']` matches all. */
export const getApiInfoQueryKey: ReadKeyOf<'getApiInfo'> = /* @__PURE__ */ readKey('getApiInfo');

/**
 * API information
 *
 * Names the service, its version, and where its documentation and contract are. No side effects.
 */
export const getApiInfoOptions: Read<'getApiInfo'> = /* @__PURE__ */ read('getApiInfo', sdk.getApiInfo, false);

/** The key of `getHealth`: Health check. Without arguments it matches none but the query without arguments; `['getHealth']` matches all. */
export const getHealthQueryKey: ReadKeyOf<'getHealth'> = /* @__PURE__ */ readKey('getHealth');

/**
 * Health check
 *
 * Checks the database and the identity provider, within a second. Returns 503 when the database is down. When only the identity provider is down, the service is `degraded` and returns 200, because signed-in users can go on working. No side effects.
 */
export const getHealthOptions: Read<'getHealth'> = /* @__PURE__ */ read('getHealth', sdk.getHealth, false);

/** The key of `getLiveness`: Liveness probe. Without arguments it matches none but the query without arguments; `['getLiveness']` matches all. */
export const getLivenessQueryKey: ReadKeyOf<'getLiveness'> = /* @__PURE__ */ readKey('getLiveness');

/**
 * Liveness probe
 *
 * For orchestrators. Returns 200 as long as the process runs; checks no dependency. No side effects.
 */
export const getLivenessOptions: Read<'getLiveness'> = /* @__PURE__ */ read('getLiveness', sdk.getLiveness, false);

/** The key of `getReadiness`: Readiness probe. Without arguments it matches none but the query without arguments; `['getReadiness']` matches all. */
export const getReadinessQueryKey: ReadKeyOf<'getReadiness'> = /* @__PURE__ */ readKey('getReadiness');

/**
 * Readiness probe
 *
 * For load balancers. Returns 200 when the database is reachable, the process is not shutting down, and it refused no request within the last second because it was overloaded; else 503. No side effects.
 */
export const getReadinessOptions: Read<'getReadiness'> = /* @__PURE__ */ read('getReadiness', sdk.getReadiness, false);

/**
 * Create an account
 *
 * Creates the account and its profile. When addresses need no confirmation (the default in development), the person is signed in at once: both cookies are set,
 * and an address that has an account is 409 `email_taken`. When addresses need confirmation, a mail is sent and the response has no `session`. That response is the same for a
 * new, an unconfirmed and an existing address, so that it does not reveal who has an account. The address is trimmed and lower-cased.
 */
export const signupMutation: Write<'signup'> = /* @__PURE__ */ write('signup', sdk.signup, false);

/**
 * Sign in
 *
 * Checks address and password and sets both cookies. An unknown address and a wrong password return the same response after the same time.
 * After 10 failures within 15 minutes for one account from one client address, further attempts from that address return 429; from other addresses the owner can still sign in.
 * After 100 failures within an hour for one account from all addresses together, addresses that it has no session from share 10 attempts a minute.
 * A correct password with an unconfirmed address is 403 `email_not_confirmed`.
 */
export const loginMutation: Write<'login'> = /* @__PURE__ */ write('login', sdk.login, false);

/**
 * Refresh the session
 *
 * Needs only the `refresh_token` cookie. Each refresh token works once and is replaced; tabs that refresh at the same time all succeed.
 * When a refresh token that was replaced long ago is used again, it was copied: its session ends. On 401 `invalid_refresh_token`
 * both cookies are cleared and the person must sign in. A refresh never changes the cookies of a session that the browser has opened meanwhile: it
 * returns 401 `session_ended` or 409 `session_replaced`, and the page should call `getSession` to see who is signed in.
 */
export const refreshSessionMutation: Write<'refreshSession'> = /* @__PURE__ */ write('refreshSession', sdk.refreshSession, false);

/**
 * Sign out
 *
 * Ends this session and no other, and clears both cookies. All servers refuse its access token from now on, also before it expires.
 * Signing out with cookies always works: with only the refresh cookie, with an expired or invalid access cookie, with a session that has already
 * ended, and with no cookies at all. It ends the sessions of both cookies. A bearer token must be valid.
 */
export const logoutMutation: Write<'logout'> = /* @__PURE__ */ write('logout', sdk.logout, false);

/**
 * Change your password
 *
 * Needs the current password; a wrong one is 422 `wrong_password` and counts as a failed sign-in. All your other sessions end; this one continues.
 */
export const changePasswordMutation: Write<'changePassword'> = /* @__PURE__ */ write('changePassword', sdk.changePassword, false);

/**
 * Request a password reset
 *
 * Returns 202 for every address, known or unknown. A known address gets a mail with a link and a 6-digit code, at most one a minute.
 */
export const requestPasswordResetMutation: Write<'requestPasswordReset'> = /* @__PURE__ */ write('requestPasswordReset', sdk.requestPasswordReset, false);

/**
 * Reset the password
 *
 * Takes the `token_hash` of the mail's link, or the address and the 6-digit code. Both work once, for a limited time. A code is dead after 10 wrong tries from all addresses together: then it is refused as if it were wrong, and the
 * link still works. After 10 wrong codes
 * within 15 minutes for one address from one client, further attempts from that client return 429.
 * Only the newest mail of `requestPasswordReset` sets a password. The token of a magic link, or of a recovery mail that something else asked Supabase Auth for, is refused with 403 `mail_token_invalid`.
 * Sets the password, ends all other sessions, signs the person in and sets both cookies. When the new password is refused, the mail cannot be used again: request another one.
 */
export const resetPasswordMutation: Write<'resetPassword'> = /* @__PURE__ */ write('resetPassword', sdk.resetPassword, false);

/**
 * Verify an email address
 *
 * Takes the `token_hash` of the mail's link, or the address and the 6-digit code. Confirms the address, signs the person in and sets both cookies. After 10 wrong codes
 * within 15 minutes for one address from one client, further attempts from that client return 429.
 */
export const verifyEmailMutation: Write<'verifyEmail'> = /* @__PURE__ */ write('verifyEmail', sdk.verifyEmail, false);

/**
 * Resend the verification mail
 *
 * Returns 202 for every address, known or unknown, confirmed or not. At most one mail a minute is sent.
 */
export const resendVerificationMutation: Write<'resendVerification'> = /* @__PURE__ */ write('resendVerification', sdk.resendVerification, false);

/** The key of `getSession`: Get the current session. Without arguments it matches none but the query without arguments; `['getSession']` matches all. */
export const getSessionQueryKey: ReadKeyOf<'getSession'> = /* @__PURE__ */ readKey('getSession');

/**
 * Get the current session
 *
 * Returns who is signed in, for the start of a page. It is never 401: where nobody is signed in `user` is null. Then `can_refresh` says
 * whether the browser still has a refresh cookie whose session is alive: call `refreshSession`, which signs the person in again.
 * No side effects; no cookie is changed.
 */
export const getSessionOptions: Read<'getSession'> = /* @__PURE__ */ read('getSession', sdk.getSession, false);

/** The key of `listSessions`: List your sessions. Without arguments it matches none but the query without arguments; `['listSessions']` matches all. */
export const listSessionsQueryKey: ReadKeyOf<'listSessions'> = /* @__PURE__ */ readKey('listSessions');

/**
 * List your sessions
 *
 * Your active sessions, the newest first. No side effects.
 */
export const listSessionsOptions: Read<'listSessions'> = /* @__PURE__ */ read('listSessions', sdk.listSessions, false);

/**
 * All pages: List your sessions
 *
 * Your active sessions, the newest first. No side effects.
 */
export const listSessionsInfiniteOptions: ReadPages<'listSessions'> = /* @__PURE__ */ readPages('listSessions', sdk.listSessions);

/**
 * Revoke a session
 *
 * Ends one of your sessions; its tokens are refused from now on. Revoking the session of this request is the same as signing out.
 */
export const revokeSessionMutation: Write<'revokeSession'> = /* @__PURE__ */ write('revokeSession', sdk.revokeSession, false);

/** The key of `getMe`: Get your profile. Without arguments it matches none but the query without arguments; `['getMe']` matches all. */
export const getMeQueryKey: ReadKeyOf<'getMe'> = /* @__PURE__ */ readKey('getMe');

/**
 * Get your profile
 *
 * Your profile and, when their inputs are known, your daily targets. No side effects.
 */
export const getMeOptions: Read<'getMe'> = /* @__PURE__ */ read('getMe', sdk.getMe, true);

/**
 * Update your profile
 *
 * JSON merge-patch: an absent field stays, `null` clears, a value sets. Changing an input of the targets recomputes them, unless you set them by hand, and
 * `targets_change` says what changed and why. Targets change only when you edit the profile. Changing `timezone` does not move existing entries to another day.
 */
export const updateMeMutation: Write<'updateMe'> = /* @__PURE__ */ write('updateMe', sdk.updateMe, false);

/**
 * Delete your account
 *
 * Erases the account and everything that belongs to it, at once and for good; all sessions end and both cookies are cleared. There is no undo.
 * A background job then deletes its entries in the audit log of Supabase Auth; the guide *Authentication* says what stays and for how long.
 * `If-Match` is checked before the deletion starts; a change made while it runs is deleted too.
 */
export const deleteMeMutation: Write<'deleteMe'> = /* @__PURE__ */ write('deleteMe', sdk.deleteMe, false);

/** The key of `previewTargets`: Preview daily targets. Without arguments it matches none but the query without arguments; `['previewTargets']` matches all. */
export const previewTargetsQueryKey: ReadKeyOf<'previewTargets'> = /* @__PURE__ */ readKey('previewTargets');

/**
 * Preview daily targets
 *
 * Computes daily targets from your profile; the given values replace those of the profile. Nothing is stored. `missing` names the inputs that are still needed.
 */
export const previewTargetsOptions: Read<'previewTargets'> = /* @__PURE__ */ read('previewTargets', sdk.previewTargets, false);

/**
 * Preview daily targets
 *
 * Computes daily targets from your profile; the given values replace those of the profile. Nothing is stored. `missing` names the inputs that are still needed.
 */
export const previewTargetsMutation: Write<'previewTargets'> = /* @__PURE__ */ write('previewTargets', sdk.previewTargets, false);

/** The key of `getEnergy`: Get your energy expenditure. Without arguments it matches none but the query without arguments; `['getEnergy']` matches all. */
export const getEnergyQueryKey: ReadKeyOf<'getEnergy'> = /* @__PURE__ */ readKey('getEnergy');

/**
 * Get your energy expenditure
 *
 * How much energy you use a day (TDEE), learned from your weigh-ins and what you logged, combined with the formula by how certain each is; with its interval, what it was computed from, and why it
 * is held when newer data do not suffice. Targets use it when the profile has `adaptive_targets`. The guide *Adaptive TDEE* explains it. No side effects.
 */
export const getEnergyOptions: Read<'getEnergy'> = /* @__PURE__ */ read('getEnergy', sdk.getEnergy, false);

/** The key of `searchFoods`: Search foods. Without arguments it matches none but the query without arguments; `['searchFoods']` matches all. */
export const searchFoodsQueryKey: ReadKeyOf<'searchFoods'> = /* @__PURE__ */ readKey('searchFoods');

/**
 * Search foods
 *
 * Finds foods by words of name, brand and other names, in any order; the last word may be unfinished. Accents, case, plural and punctuation do not matter, and words that
 * say nothing (of, with, the) are left out. Names in German, French, Spanish and Portuguese are known for some 300 foods. A barcode finds the food that has it.
 *
 * An amount in the query ("2 large eggs", "100g rice", "glass of milk") is not searched for: `understood` has it, and `portion` of each food is that amount of it, ready to be
 * logged. If the number or size is a part of a name ("7 up"), the food with that name comes first and nothing is understood. Empty adjectives ("organic") and words that no
 * food has are left out; `ignored` names them.
 *
 * Your own foods come first, then exact names, then what many people log before what few do. A food that you log often comes before others that match as well. When nothing
 * has all the words, the closest spelling is searched for instead and `did_you_mean` is that. Pages end after about 1 800 foods; a longer query finds the rest. No side effects.
 */
export const searchFoodsOptions: Read<'searchFoods'> = /* @__PURE__ */ read('searchFoods', sdk.searchFoods, false);

/**
 * All pages: Search foods
 *
 * Finds foods by words of name, brand and other names, in any order; the last word may be unfinished. Accents, case, plural and punctuation do not matter, and words that
 * say nothing (of, with, the) are left out. Names in German, French, Spanish and Portuguese are known for some 300 foods. A barcode finds the food that has it.
 *
 * An amount in the query ("2 large eggs", "100g rice", "glass of milk") is not searched for: `understood` has it, and `portion` of each food is that amount of it, ready to be
 * logged. If the number or size is a part of a name ("7 up"), the food with that name comes first and nothing is understood. Empty adjectives ("organic") and words that no
 * food has are left out; `ignored` names them.
 *
 * Your own foods come first, then exact names, then what many people log before what few do. A food that you log often comes before others that match as well. When nothing
 * has all the words, the closest spelling is searched for instead and `did_you_mean` is that. Pages end after about 1 800 foods; a longer query finds the rest. No side effects.
 */
export const searchFoodsInfiniteOptions: ReadPages<'searchFoods'> = /* @__PURE__ */ readPages('searchFoods', sdk.searchFoods);

/** The key of `listRecentFoods`: List recent foods. Without arguments it matches none but the query without arguments; `['listRecentFoods']` matches all. */
export const listRecentFoodsQueryKey: ReadKeyOf<'listRecentFoods'> = /* @__PURE__ */ readKey('listRecentFoods');

/**
 * List recent foods
 *
 * Foods that you logged in the last 90 days, each once, with the amount you logged last: the latest first, or with `order=frequent` the most often logged first. `meal_type`
 * selects one kind of meal. Foods that you cannot see any more and quick entries are left out. No side effects.
 */
export const listRecentFoodsOptions: Read<'listRecentFoods'> = /* @__PURE__ */ read('listRecentFoods', sdk.listRecentFoods, false);

/**
 * All pages: List recent foods
 *
 * Foods that you logged in the last 90 days, each once, with the amount you logged last: the latest first, or with `order=frequent` the most often logged first. `meal_type`
 * selects one kind of meal. Foods that you cannot see any more and quick entries are left out. No side effects.
 */
export const listRecentFoodsInfiniteOptions: ReadPages<'listRecentFoods'> = /* @__PURE__ */ readPages('listRecentFoods', sdk.listRecentFoods);

/** The key of `listFavoriteFoods`: List favourite foods. Without arguments it matches none but the query without arguments; `['listFavoriteFoods']` matches all. */
export const listFavoriteFoodsQueryKey: ReadKeyOf<'listFavoriteFoods'> = /* @__PURE__ */ readKey('listFavoriteFoods');

/**
 * List favourite foods
 *
 * Your favourites, the newest first, as pages. No side effects.
 */
export const listFavoriteFoodsOptions: Read<'listFavoriteFoods'> = /* @__PURE__ */ read('listFavoriteFoods', sdk.listFavoriteFoods, false);

/**
 * All pages: List favourite foods
 *
 * Your favourites, the newest first, as pages. No side effects.
 */
export const listFavoriteFoodsInfiniteOptions: ReadPages<'listFavoriteFoods'> = /* @__PURE__ */ readPages('listFavoriteFoods', sdk.listFavoriteFoods);

/** The key of `getFoodByBarcode`: Look up a food by barcode. Without arguments it matches none but the query without arguments; `['getFoodByBarcode']` matches all. */
export const getFoodByBarcodeQueryKey: ReadKeyOf<'getFoodByBarcode'> = /* @__PURE__ */ readKey('getFoodByBarcode');

/**
 * Look up a food by barcode
 *
 * Reads what a scanner returns: UPC-A, UPC-E, EAN-8, EAN-13, GTIN-14, GS1 element strings and GS1 Digital Link. Your own food with this barcode comes before the catalogue's. A wrong check digit is 422 `bad_check_digit`: scan
 * again. When no food has the barcode, the response is 404 `barcode_not_found`; create a custom food with the `barcode` of `prefill`, and the next lookup finds it. When the server
 * is configured to ask Open Food Facts, a product that only they have is added to the catalogue and returned, at most a second later. No other side effects.
 */
export const getFoodByBarcodeOptions: Read<'getFoodByBarcode'> = /* @__PURE__ */ read('getFoodByBarcode', sdk.getFoodByBarcode, true);

/**
 * Create a custom food
 *
 * Only you can see it. Send its nutrients either per 100 g or per serving (they are converted with the weight of the serving, which becomes a serving of the food). Leave out what you
 * do not know: an unknown nutrient is not 0. Refused with 422: macros over 100 g per 100 g, more sugar than carbohydrates, a barcode with a wrong check digit. An energy that
 * does not fit the macros (4 kcal per g of protein and carbohydrates, 9 of fat, 7 of alcohol, 2 of fibre; off by more than 20 % or 10 kcal) is kept and reported in `warnings`.
 * It is safe to retry with `Idempotency-Key`, or with an `id` that you choose: an `id` that exists is 409 `conflict`.
 */
export const createCustomFoodMutation: Write<'createCustomFood'> = /* @__PURE__ */ write('createCustomFood', sdk.createCustomFood, true);

/**
 * Update a custom food
 *
 * JSON merge-patch, `per_100g` included: an absent field stays, `null` clears, a value sets. Meals that were logged with it stay as they are. The same rules as in `createCustomFood`.
 */
export const updateCustomFoodMutation: Write<'updateCustomFood'> = /* @__PURE__ */ write('updateCustomFood', sdk.updateCustomFood, false);

/**
 * Delete a custom food
 *
 * Removes it from search, lists and barcodes. Meals that were logged with it stay as they are. It can be restored for 30 days. Deleting it again is 404.
 */
export const deleteCustomFoodMutation: Write<'deleteCustomFood'> = /* @__PURE__ */ write('deleteCustomFood', sdk.deleteCustomFood, false);

/**
 * Restore a custom food
 *
 * Undoes a deletion within 30 days, servings included. Restoring a food that is not deleted changes nothing.
 */
export const restoreCustomFoodMutation: Write<'restoreCustomFood'> = /* @__PURE__ */ write('restoreCustomFood', sdk.restoreCustomFood, true);

/**
 * Add a serving to a custom food
 *
 * A food has at most 50 servings (422 `too_many_servings`), of different labels (422 `label_taken`), and one default: the first serving, until another one is made the
 * default. It is safe to retry with `Idempotency-Key`, or with an `id` that you choose: an `id` that exists is 409 `conflict`.
 */
export const addFoodServingMutation: Write<'addFoodServing'> = /* @__PURE__ */ write('addFoodServing', sdk.addFoodServing, true);

/**
 * Update a serving
 *
 * An absent field stays. `is_default: true` makes it the default instead of the current one; `false` makes the first other serving the default. Meals that were logged with it stay as they are.
 */
export const updateFoodServingMutation: Write<'updateFoodServing'> = /* @__PURE__ */ write('updateFoodServing', sdk.updateFoodServing, false);

/**
 * Delete a serving
 *
 * Meals that were logged with it stay as they are. When it was the default, the first other serving becomes the default.
 */
export const deleteFoodServingMutation: Write<'deleteFoodServing'> = /* @__PURE__ */ write('deleteFoodServing', sdk.deleteFoodServing, false);

/** The key of `getFood`: Get a food. Without arguments it matches none but the query without arguments; `['getFood']` matches all. */
export const getFoodQueryKey: ReadKeyOf<'getFood'> = /* @__PURE__ */ readKey('getFood');

/**
 * Get a food
 *
 * A food of the catalogue or one of your own, with all its servings, the most used household measure first. Another person's own food is 404. No side effects.
 */
export const getFoodOptions: Read<'getFood'> = /* @__PURE__ */ read('getFood', sdk.getFood, true);

/**
 * Add a food to your favourites
 *
 * Any food that you can see. Doing it again changes nothing.
 */
export const addFavoriteFoodMutation: Write<'addFavoriteFood'> = /* @__PURE__ */ write('addFavoriteFood', sdk.addFavoriteFood, false);

/**
 * Remove a food from your favourites
 *
 * Doing it again changes nothing; only a food that you cannot see is 404.
 */
export const removeFavoriteFoodMutation: Write<'removeFavoriteFood'> = /* @__PURE__ */ write('removeFavoriteFood', sdk.removeFavoriteFood, false);

/** The key of `listMeals`: List your meals. Without arguments it matches none but the query without arguments; `['listMeals']` matches all. */
export const listMealsQueryKey: ReadKeyOf<'listMeals'> = /* @__PURE__ */ readKey('listMeals');

/**
 * List your meals
 *
 * Your meals with their items, the newest first, as pages. `from` and `to` are local days, both included. Deleted meals are left out. No side effects.
 */
export const listMealsOptions: Read<'listMeals'> = /* @__PURE__ */ read('listMeals', sdk.listMeals, false);

/**
 * All pages: List your meals
 *
 * Your meals with their items, the newest first, as pages. `from` and `to` are local days, both included. Deleted meals are left out. No side effects.
 */
export const listMealsInfiniteOptions: ReadPages<'listMeals'> = /* @__PURE__ */ readPages('listMeals', sdk.listMeals);

/**
 * Log a meal
 *
 * Stores a meal and its items, all of it or nothing. You send which food and how much; grams and nutrients are computed here, once, and stay as they were logged whatever
 * becomes of the food. `eaten_at` is now when you leave it out, and `local_date` follows from it in `timezone`, or in your profile's zone. A food that you cannot see is 404
 * `food_not_found` and a serving of another food is 422 `serving_of_another_food`, with the item named in `errors`. A day holds at most 100 meals (422 `day_full`).
 * Repeat it safely with `Idempotency-Key`, or with an `id` of your own: an `id` that you used before is 409 `conflict`.
 */
export const createMealMutation: Write<'createMeal'> = /* @__PURE__ */ write('createMeal', sdk.createMeal, true);

/** The key of `getMeal`: Get a meal. Without arguments it matches none but the query without arguments; `['getMeal']` matches all. */
export const getMealQueryKey: ReadKeyOf<'getMeal'> = /* @__PURE__ */ readKey('getMeal');

/**
 * Get a meal
 *
 * One meal with its items and totals. No side effects.
 */
export const getMealOptions: Read<'getMeal'> = /* @__PURE__ */ read('getMeal', sdk.getMeal, true);

/**
 * Update a meal
 *
 * JSON merge-patch of the meal's own fields; its items have operations of their own. Sending `eaten_at` or `timezone` computes `local_date` again, in the zone you
 * name or else the meal's own; nothing else moves a meal to another day. The version changes, so a second device that still has the old `ETag` is refused (412).
 */
export const updateMealMutation: Write<'updateMeal'> = /* @__PURE__ */ write('updateMeal', sdk.updateMeal, false);

/**
 * Delete a meal
 *
 * The meal and its items disappear from every list, day and total. For 30 days `restoreMeal` brings them back; then they are erased.
 */
export const deleteMealMutation: Write<'deleteMeal'> = /* @__PURE__ */ write('deleteMeal', sdk.deleteMeal, false);

/**
 * Restore a deleted meal
 *
 * Undoes `deleteMeal` for 30 days, with the items that went with the meal; items deleted before stay deleted. A meal that is not deleted is returned unchanged.
 */
export const restoreMealMutation: Write<'restoreMeal'> = /* @__PURE__ */ write('restoreMeal', sdk.restoreMeal, true);

/**
 * Copy a meal
 *
 * Logs the same meal again on another day or as another kind of meal, at the same local time, with the values that it was logged with: a copy does not
 * need the foods any more, and costs no recomputation. `source` of the copy is `copy`. A local time that a clock change skips moves by the length of the change, and stays on the
 * day. 422 `day_skipped` when the zone never had that day (Apia, 30 December 2011).
 */
export const copyMealMutation: Write<'copyMeal'> = /* @__PURE__ */ write('copyMeal', sdk.copyMeal, true);

/**
 * Add items to a meal
 *
 * Adds up to 50 items at the end of the meal, all of them or none, with the same rules as `createMeal`. A meal holds at most 100 (422 `meal_full`). The version changes;
 * with `If-Match` the write is refused with 412 when the meal has changed before.
 */
export const addMealItemsMutation: Write<'addMealItems'> = /* @__PURE__ */ write('addMealItems', sdk.addMealItems, true);

/**
 * Refresh a meal item from its food
 *
 * An item keeps the values that it was logged with. This shows what the same amount would be with the food as it is now, `before` and `after`; with `apply: true` the item takes
 * the new values and the meal's version changes. Otherwise nothing is written. 404 `food_not_found` when the food was deleted; 422 `not_for_this_kind` for an item typed in by hand.
 */
export const refreshMealItemMutation: Write<'refreshMealItem'> = /* @__PURE__ */ write('refreshMealItem', sdk.refreshMealItem, true);

/**
 * Update a meal item
 *
 * JSON merge-patch. `grams` makes it an item by weight, `serving_id` and `count` one by servings, of the same food. The new amount is measured with the values that the item
 * was logged with, so correcting 100 g to 120 g never brings in what the food has become; `refreshMealItem` does. An item that was typed in by hand takes `name`, `calories`,
 * `protein_g`, `carbs_g` and `fat_g`. A field that does not go with the item is 422 `not_for_this_kind`. Returns the whole meal; its version changes.
 */
export const updateMealItemMutation: Write<'updateMealItem'> = /* @__PURE__ */ write('updateMealItem', sdk.updateMealItem, false);

/**
 * Delete a meal item
 *
 * Removes the item and returns the meal without it; the meal stays, even when it was the last one. The version changes.
 */
export const deleteMealItemMutation: Write<'deleteMealItem'> = /* @__PURE__ */ write('deleteMealItem', sdk.deleteMealItem, false);

/** The key of `listNutritionDays`: Get a range of days. Without arguments it matches none but the query without arguments; `['listNutritionDays']` matches all. */
export const listNutritionDaysQueryKey: ReadKeyOf<'listNutritionDays'> = /* @__PURE__ */ readKey('listNutritionDays');

/**
 * Get a range of days
 *
 * Every local day from `from` to `to`, both included, in order, at most 366 of them (422 `range_too_long`), also days on which nothing was logged; and each week that they touch, from Monday.
 * `totals` of a week are the sums of its days within the range, and `averages` are those divided by `divisor`, the number of days on which something was logged: days on which nothing was logged are
 * not counted. No side effects.
 */
export const listNutritionDaysOptions: Read<'listNutritionDays'> = /* @__PURE__ */ read('listNutritionDays', sdk.listNutritionDays, false);

/** The key of `getNutritionDay`: Get a day. Without arguments it matches none but the query without arguments; `['getNutritionDay']` matches all. */
export const getNutritionDayQueryKey: ReadKeyOf<'getNutritionDay'> = /* @__PURE__ */ readKey('getNutritionDay');

/**
 * Get a day
 *
 * What was eaten on a local day, against your daily targets: the meals with their items in the order they were eaten, totals of all and by kind of meal, and what remains. `today` is the day in
 * your profile's zone. `targets` and `remaining` are absent as long as your targets are not known. No side effects.
 */
export const getNutritionDayOptions: Read<'getNutritionDay'> = /* @__PURE__ */ read('getNutritionDay', sdk.getNutritionDay, false);

/**
 * Copy a day
 *
 * Logs all meals of a day again on the day `to`, each like `copyMeal`, all of them or none. 422 `nothing_to_copy` when the day has no meals, `same_day` when both days are one.
 */
export const copyNutritionDayMutation: Write<'copyNutritionDay'> = /* @__PURE__ */ write('copyNutritionDay', sdk.copyNutritionDay, true);

/** The key of `listMeasurements`: List your measurements. Without arguments it matches none but the query without arguments; `['listMeasurements']` matches all. */
export const listMeasurementsQueryKey: ReadKeyOf<'listMeasurements'> = /* @__PURE__ */ readKey('listMeasurements');

/**
 * List your measurements
 *
 * Your measurements, the newest first, as pages. `from` and `to` are local days, both included. Deleted ones are left out. No side effects.
 */
export const listMeasurementsOptions: Read<'listMeasurements'> = /* @__PURE__ */ read('listMeasurements', sdk.listMeasurements, false);

/**
 * All pages: List your measurements
 *
 * Your measurements, the newest first, as pages. `from` and `to` are local days, both included. Deleted ones are left out. No side effects.
 */
export const listMeasurementsInfiniteOptions: ReadPages<'listMeasurements'> = /* @__PURE__ */ readPages('listMeasurements', sdk.listMeasurements);

/**
 * Log a measurement
 *
 * Stores weight, body fat, girths, or several of them (422 `nothing_measured` when there is none). `measured_at` is now when you leave it out, and `local_date` follows from it in
 * `timezone`, or in your profile's zone. When it is your newest weight, `current_weight_kg` of the profile becomes this weight, and `targets_change` says which computed targets changed;
 * a weight that is older than the one you typed into the profile leaves the profile alone. Repeat it safely with `Idempotency-Key`, or with an `id` of your own: an `id` that you used before
 * is 409 `conflict`. Another app's record is known by `source.kind`, `source.app` and `source.external_id`: sent again it is 200 with the stored measurement, replaced when
 * `external_version` is higher, and unchanged when it is equal or lower. When you have deleted that measurement, only a higher version brings it back; otherwise it is 409 `conflict`.
 */
export const createMeasurementMutation: Write<'createMeasurement'> = /* @__PURE__ */ write('createMeasurement', sdk.createMeasurement, true);

/** The key of `getMeasurement`: Get a measurement. Without arguments it matches none but the query without arguments; `['getMeasurement']` matches all. */
export const getMeasurementQueryKey: ReadKeyOf<'getMeasurement'> = /* @__PURE__ */ readKey('getMeasurement');

/**
 * Get a measurement
 *
 * One measurement. No side effects.
 */
export const getMeasurementOptions: Read<'getMeasurement'> = /* @__PURE__ */ read('getMeasurement', sdk.getMeasurement, true);

/**
 * Update a measurement
 *
 * JSON merge-patch. `girths` is merged as well: `{"girths": {"waist_cm": null}}` clears one of them. At least one value has to be left (422 `nothing_measured`). Sending `measured_at` or `timezone`
 * computes `local_date` again, in the zone you name or else the measurement's own. When it changes your newest weight, the profile and its computed targets follow, as for `createMeasurement`.
 */
export const updateMeasurementMutation: Write<'updateMeasurement'> = /* @__PURE__ */ write('updateMeasurement', sdk.updateMeasurement, false);

/**
 * Delete a measurement
 *
 * Deletes the measurement. When it was your newest weight and the profile has that weight, the weight before takes its place there, and the computed targets follow. For 30 days `restoreMeasurement` brings it back; then it is erased.
 */
export const deleteMeasurementMutation: Write<'deleteMeasurement'> = /* @__PURE__ */ write('deleteMeasurement', sdk.deleteMeasurement, false);

/**
 * Restore a deleted measurement
 *
 * Undoes `deleteMeasurement` for 30 days. When it is your newest weight again, the profile and its computed targets follow, as for `createMeasurement`. A measurement that is not deleted is returned unchanged.
 */
export const restoreMeasurementMutation: Write<'restoreMeasurement'> = /* @__PURE__ */ write('restoreMeasurement', sdk.restoreMeasurement, true);

/** The key of `listActivities`: List your activities. Without arguments it matches none but the query without arguments; `['listActivities']` matches all. */
export const listActivitiesQueryKey: ReadKeyOf<'listActivities'> = /* @__PURE__ */ readKey('listActivities');

/**
 * List your activities
 *
 * Your activities, the newest first, as pages. `from` and `to` are local days, both included. The legs of a multi-sport activity are in `legs` of the whole, not in the list.
 * Deleted activities are left out. No side effects.
 */
export const listActivitiesOptions: Read<'listActivities'> = /* @__PURE__ */ read('listActivities', sdk.listActivities, false);

/**
 * All pages: List your activities
 *
 * Your activities, the newest first, as pages. `from` and `to` are local days, both included. The legs of a multi-sport activity are in `legs` of the whole, not in the list.
 * Deleted activities are left out. No side effects.
 */
export const listActivitiesInfiniteOptions: ReadPages<'listActivities'> = /* @__PURE__ */ readPages('listActivities', sdk.listActivities);

/**
 * Log an activity
 *
 * Stores an activity. Its length is `ended_at` or `elapsed_s`: send one of them, and the other follows; both must agree (422 `durations_disagree`). `timer_s` is `elapsed_s` when you leave it out.
 * `local_date` is the day of `started_at` in `timezone`, or in your profile's zone.
 *
 * A record with `source.external_id` is stored once for each app: sending it again with a higher `external_version` replaces what is stored; with an equal or lower one nothing is written.
 * Both return the stored activity with 200. A record that you deleted here is 409 `activity_deleted`.
 *
 * `activity` is a key, a name in one of five languages, or a code of the catalogue (`listActivityCatalogue`); it matches as a whole. A word with several meanings is 422 `ambiguous_activity`, an
 * unknown one 422 `unknown_activity`. `category` is that of the activity when you leave it out; it is required without an activity, and with a code, which has none. The kind of `metrics` fits it: no `strength` in steady endurance; no `running`, `cycling`, `swimming` or `sport` in strength training and flexibility (422 `wrong_kind`). `energy` comes from the best source there is: your own `kcal`, `device_kcal`, power, heart rate, speed, the activity's MET, or a default for the category.
 *
 * A leg of a multi-sport activity names the whole in `parent_id` and its place in `leg_index`; there are at most 100 (422 `too_many_legs`). It lies within the whole, give or take 5 minutes at each end (422 `outside_whole`). Repeat the request safely with `Idempotency-Key`, or with an `id` of your own: an `id` that
 * you used before is 409 `conflict`.
 */
export const createActivityMutation: Write<'createActivity'> = /* @__PURE__ */ write('createActivity', sdk.createActivity, true);

/** The key of `getActivitySummary`: Sum up days. Without arguments it matches none but the query without arguments; `['getActivitySummary']` matches all. */
export const getActivitySummaryQueryKey: ReadKeyOf<'getActivitySummary'> = /* @__PURE__ */ readKey('getActivitySummary');

/**
 * Sum up days
 *
 * What counts on a local day (`date`, today when you send nothing), or on every day from `from` to `to`, both included, at most 366 of them (422 `range_too_long`), also days without activities; and each week that they touch, from Monday.
 *
 * Records of the same time are counted once. Two records are the same activity when they are of one family of sports, or one of them is of an unknown one, and share 80 % of the time of the longer one, or start
 * within 10 minutes of each other and are equally long to 80 %. Then the stronger one counts: what you prefer, then measured energy, then entered, then computed, then the longer one. Where records overlap in a part of their time,
 * the weaker one counts with the rest. `left_out` names each record that does not count in full, with the reason; `counting` of an activity decides otherwise. No side effects.
 */
export const getActivitySummaryOptions: Read<'getActivitySummary'> = /* @__PURE__ */ read('getActivitySummary', sdk.getActivitySummary, false);

/** The key of `listExercises`: Find exercises. Without arguments it matches none but the query without arguments; `['listExercises']` matches all. */
export const listExercisesQueryKey: ReadKeyOf<'listExercises'> = /* @__PURE__ */ readKey('listExercises');

/**
 * Find exercises
 *
 * Your own exercises first, then those of the catalogue, by name. With `q`, those in whose name each word of `q` begins a word; accents and case do not matter. `muscle` and `equipment` narrow the catalogue. No side effects.
 */
export const listExercisesOptions: Read<'listExercises'> = /* @__PURE__ */ read('listExercises', sdk.listExercises, false);

/**
 * Add an exercise of your own
 *
 * Adds an exercise that the catalogue does not have. Its name is unique among your own (409 `conflict`). Repeat it safely with `Idempotency-Key`, or with an `id` of your own.
 */
export const createExerciseMutation: Write<'createExercise'> = /* @__PURE__ */ write('createExercise', sdk.createExercise, true);

/**
 * Update an exercise of your own
 *
 * JSON merge-patch. Sets that are logged keep the load mode that they were logged with.
 */
export const updateExerciseMutation: Write<'updateExercise'> = /* @__PURE__ */ write('updateExercise', sdk.updateExercise, false);

/**
 * Delete an exercise of your own
 *
 * It is no longer listed and cannot be logged. What was logged with it stays, with its history and records. For 30 days `restoreExercise` brings it back; then it is erased.
 */
export const deleteExerciseMutation: Write<'deleteExercise'> = /* @__PURE__ */ write('deleteExercise', sdk.deleteExercise, false);

/**
 * Restore a deleted exercise of your own
 *
 * Undoes `deleteExercise` for 30 days. When another exercise of yours has its name by now, it stays deleted (409 `conflict`). An exercise that is not deleted is returned unchanged.
 */
export const restoreExerciseMutation: Write<'restoreExercise'> = /* @__PURE__ */ write('restoreExercise', sdk.restoreExercise, true);

/** The key of `getExerciseHistory`: History and records of an exercise. Without arguments it matches none but the query without arguments; `['getExerciseHistory']` matches all. */
export const getExerciseHistoryQueryKey: ReadKeyOf<'getExerciseHistory'> = /* @__PURE__ */ readKey('getExerciseHistory');

/**
 * History and records of an exercise
 *
 * The sessions of an exercise as pages, the newest first, and all its personal records. A record is a set that beats the best of all sessions before; the first session is the baseline (`previous` is absent).
 * Records follow from the sets: an edit or a deletion computes them again. `id` is that of an exercise, or `name:` and a name in lower case for sets that were logged by name only. No side effects.
 */
export const getExerciseHistoryOptions: Read<'getExerciseHistory'> = /* @__PURE__ */ read('getExerciseHistory', sdk.getExerciseHistory, false);

/**
 * All pages: History and records of an exercise
 *
 * The sessions of an exercise as pages, the newest first, and all its personal records. A record is a set that beats the best of all sessions before; the first session is the baseline (`previous` is absent).
 * Records follow from the sets: an edit or a deletion computes them again. `id` is that of an exercise, or `name:` and a name in lower case for sets that were logged by name only. No side effects.
 */
export const getExerciseHistoryInfiniteOptions: ReadPages<'getExerciseHistory'> = /* @__PURE__ */ readPages('getExerciseHistory', sdk.getExerciseHistory);

/** The key of `listActivityCatalogue`: Find activities and their METs. Without arguments it matches none but the query without arguments; `['listActivityCatalogue']` matches all. */
export const listActivityCatalogueQueryKey: ReadKeyOf<'listActivityCatalogue'> = /* @__PURE__ */ readKey('listActivityCatalogue');

/**
 * Find activities and their METs
 *
 * The activities that can be named, with their MET of the 2024 Compendium of Physical Activities. With `q`, the activity of exactly that name comes first, then what a word with several meanings may mean, then
 * activities with a name in which each word of `q` begins a word (those with such a `title` in `lang` first), then rows of the Compendium that have a code only. With a code of the Compendium (`12030`), the activities that have it, also at one of their speeds, and its row when it is no activity's own. Accents and case do not matter. Without `q`, all activities by key. Needs no sign-in. No side effects.
 */
export const listActivityCatalogueOptions: Read<'listActivityCatalogue'> = /* @__PURE__ */ read('listActivityCatalogue', sdk.listActivityCatalogue, false);

/**
 * Import a file
 *
 * Reads a FIT, GPX or TCX file, also one that is compressed with gzip, and stores its activities with all that was measured. Send the file itself as the body, or as the part `file` of a form, at most 25 MiB before and after
 * unpacking. Its type is found in its content. A multi-sport recording becomes one activity with legs; sessions more than 30 minutes apart become activities of their own.
 *
 * Importing again is safe: the same file, packed or not, or a recording with the same id of its device, returns the activities that exist already, with 200 and `status: exists`. What you deleted stays deleted (`status: deleted`).
 *
 * `dry_run=true` writes nothing and returns what would be stored, with activities of yours that may be the same (`possible_duplicates`). A damaged file is 422 `file_damaged`, which says how much of it can be read;
 * `allow_damaged=true` stores that much.
 *
 * A file of more than 4 MiB, or of more than 512 KiB with gzip, is worked in the background, and so is every file with `Prefer: respond-async`: the response is 202 with a task, and `getActivityImport` returns what became of it.
 * At most 20 files of yours wait at the same time (422 `too_many_imports`).
 *
 * The zone is found from the positions, else from the local time in the file, else it is your profile's.
 */
export const importActivityMutation: Write<'importActivity'> = /* @__PURE__ */ write('importActivity', sdk.importActivity, true);

/** The key of `getActivityImport`: Get an import. Without arguments it matches none but the query without arguments; `['getActivityImport']` matches all. */
export const getActivityImportQueryKey: ReadKeyOf<'getActivityImport'> = /* @__PURE__ */ readKey('getActivityImport');

/**
 * Get an import
 *
 * How far an import is, and what became of it: its `result`, which is what `importActivity` returns for a small file, or the `problem` that refused the file. With `wait`, the response comes when it is done or has failed, or after
 * that many seconds. An import in the background can be read for 7 days, and every import as long as one of its activities exists. No side effects.
 */
export const getActivityImportOptions: Read<'getActivityImport'> = /* @__PURE__ */ read('getActivityImport', sdk.getActivityImport, false);

/** The key of `getActivity`: Get an activity. Without arguments it matches none but the query without arguments; `['getActivity']` matches all. */
export const getActivityQueryKey: ReadKeyOf<'getActivity'> = /* @__PURE__ */ readKey('getActivity');

/**
 * Get an activity
 *
 * One activity, with its legs when it is a multi-sport activity. No side effects.
 */
export const getActivityOptions: Read<'getActivity'> = /* @__PURE__ */ read('getActivity', sdk.getActivity, true);

/**
 * Update an activity
 *
 * JSON merge-patch. `metrics` are merged member by member: what you leave out stays, `null` removes a member, lists such as `laps` are replaced. `source` and `heart_rate_zones` are replaced as a whole.
 * The kind of `metrics` changes only when you send another `kind`, and then you remove the members that it does not have with `null` (422 `wrong_kind`); a new `category` that the kind does not fit, as in `createActivity`, needs other metrics in the same request. A change of what `energy` follows from computes it again, unless you entered `kcal` yourself. A new `started_at` moves the activity and keeps its length; a new `ended_at` or `elapsed_s` changes its length, and `timer_s` follows when it was the
 * same. Sending `started_at` or `timezone` computes `local_date` again, in the zone you name or else the activity's own. The legs of a multi-sport activity move with its start; a length that leaves one of them outside, and a leg that would lie outside, are 422 `outside_whole`. The version changes, so a second device that still has the old `ETag` is refused (412).
 */
export const updateActivityMutation: Write<'updateActivity'> = /* @__PURE__ */ write('updateActivity', sdk.updateActivity, false);

/**
 * Delete an activity
 *
 * The activity and its legs disappear from every list and sum. For 30 days `restoreActivity` brings them back; then they are erased.
 */
export const deleteActivityMutation: Write<'deleteActivity'> = /* @__PURE__ */ write('deleteActivity', sdk.deleteActivity, false);

/**
 * Restore a deleted activity
 *
 * Undoes `deleteActivity` for 30 days, with the legs that were deleted with it; legs deleted before stay deleted. A leg that lies outside its whole by now is 422 `outside_whole`. An activity that is not deleted is returned unchanged.
 */
export const restoreActivityMutation: Write<'restoreActivity'> = /* @__PURE__ */ write('restoreActivity', sdk.restoreActivity, true);

/** The key of `getActivityStreams`: Get measurements over time. Without arguments it matches none but the query without arguments; `['getActivityStreams']` matches all. */
export const getActivityStreamsQueryKey: ReadKeyOf<'getActivityStreams'> = /* @__PURE__ */ readKey('getActivityStreams');

/**
 * Get measurements over time
 *
 * What the device measured at each moment, reduced to as many points as a chart needs. The first and the last point are always among them, and peaks of each channel are kept (Largest-Triangle-Three-Buckets). An activity that was not
 * imported from a file, and the whole of a multi-sport activity, have no points: ask for its legs. No side effects.
 */
export const getActivityStreamsOptions: Read<'getActivityStreams'> = /* @__PURE__ */ read('getActivityStreams', sdk.getActivityStreams, false);

/** The key of `getActivityTrack`: Get the track as GPX. Without arguments it matches none but the query without arguments; `['getActivityTrack']` matches all. */
export const getActivityTrackQueryKey: ReadKeyOf<'getActivityTrack'> = /* @__PURE__ */ readKey('getActivityTrack');

/**
 * Get the track as GPX
 *
 * The positions as a GPX 1.1 file with altitude, heart rate, cadence, speed and power. Places near both ends are left out as `privacy_radius_m` of the profile, of the import or of this request says. An activity without positions is
 * 404 `no_track`. No side effects.
 */
export const getActivityTrackOptions: Read<'getActivityTrack'> = /* @__PURE__ */ read('getActivityTrack', sdk.getActivityTrack, false);

/**
 * Import weights
 *
 * Reads weights, body fat and girths from the export of another app and returns what became of each record: Libra, openScale, Withings and other CSV files with headings, the `export.xml` of Apple Health, and
 * records of Health Connect as JSON. Send the file itself as the body, or as the part `file` of a form, at most 25 MiB before and after unpacking gzip, with at most 10 000 records of the body (422 `too_many_records`); its type is found in its content.
 *
 * Importing again is safe: a record that is stored already is `exists`, one with a higher version is `updated`, and what you deleted stays `deleted`. A record that cannot be used is `refused` with a `code`, and the
 * others are stored. With `dry_run=true` nothing is written. The newest weight becomes that of the profile, as for `createMeasurement`.
 */
export const importMeasurementsMutation: Write<'importMeasurements'> = /* @__PURE__ */ write('importMeasurements', sdk.importMeasurements, true);

/** The key of `getWeightTrend`: Get your weight trend. Without arguments it matches none but the query without arguments; `['getWeightTrend']` matches all. */
export const getWeightTrendQueryKey: ReadKeyOf<'getWeightTrend'> = /* @__PURE__ */ readKey('getWeightTrend');

/**
 * Get your weight trend
 *
 * Every local day from `from` to `to`, both included, at most 366 of them (422 `range_too_long`), with the weigh-in and the smoothed trend; the rate per week of the 28 days that end with `to`, or with
 * today when that is earlier; and when your goal weight is reached at this rate. The guide *Body and trend* explains the numbers. No side effects.
 */
export const getWeightTrendOptions: Read<'getWeightTrend'> = /* @__PURE__ */ read('getWeightTrend', sdk.getWeightTrend, false);

/** The key of `listWater`: List water by day. Without arguments it matches none but the query without arguments; `['listWater']` matches all. */
export const listWaterQueryKey: ReadKeyOf<'listWater'> = /* @__PURE__ */ readKey('listWater');

/**
 * List water by day
 *
 * Every local day from `from` to `to`, both included, at most 366 of them (422 `range_too_long`), with its entries and their sum, also days without entries. No side effects.
 */
export const listWaterOptions: Read<'listWater'> = /* @__PURE__ */ read('listWater', sdk.listWater, false);

/**
 * Log water
 *
 * Stores an amount of water. `drunk_at` is now when you leave it out; `local_date` follows from it in `timezone`, or in your profile's zone. A day holds at most 100 entries (422 `too_many_entries`).
 * Repeat it safely with `Idempotency-Key`, or with an `id` of your own: an `id` that you used before is 409 `conflict`.
 */
export const createWaterMutation: Write<'createWater'> = /* @__PURE__ */ write('createWater', sdk.createWater, true);

/** The key of `getWater`: Get water. Without arguments it matches none but the query without arguments; `['getWater']` matches all. */
export const getWaterQueryKey: ReadKeyOf<'getWater'> = /* @__PURE__ */ readKey('getWater');

/**
 * Get water
 *
 * One entry of water. No side effects.
 */
export const getWaterOptions: Read<'getWater'> = /* @__PURE__ */ read('getWater', sdk.getWater, true);

/**
 * Update water
 *
 * JSON merge-patch. Sending `drunk_at` or `timezone` computes `local_date` again, in the zone you name or else the entry's own. A day that has 100 entries takes no more (422 `too_many_entries`).
 */
export const updateWaterMutation: Write<'updateWater'> = /* @__PURE__ */ write('updateWater', sdk.updateWater, false);

/**
 * Delete water
 *
 * The entry disappears from every day and sum. For 30 days `restoreWater` brings it back; then it is erased.
 */
export const deleteWaterMutation: Write<'deleteWater'> = /* @__PURE__ */ write('deleteWater', sdk.deleteWater, false);

/**
 * Restore deleted water
 *
 * Undoes `deleteWater` for 30 days. An entry that is not deleted is returned unchanged. A day that has 100 entries by now takes no more (422 `too_many_entries`).
 */
export const restoreWaterMutation: Write<'restoreWater'> = /* @__PURE__ */ write('restoreWater', sdk.restoreWater, true);

/** The key of `listSleep`: List sleep by day. Without arguments it matches none but the query without arguments; `['listSleep']` matches all. */
export const listSleepQueryKey: ReadKeyOf<'listSleep'> = /* @__PURE__ */ readKey('listSleep');

/**
 * List sleep by day
 *
 * Every local day from `from` to `to`, both included, at most 366 of them (422 `range_too_long`), with the sleep that ended on it and its minutes, also days without. No side effects.
 */
export const listSleepOptions: Read<'listSleep'> = /* @__PURE__ */ read('listSleep', sdk.listSleep, false);

/**
 * Log sleep
 *
 * Stores a night or a nap. It counts for the local day on which it ends, in `timezone` or your profile's zone. `asleep_minutes` is the time between `started_at` and `ended_at` when you leave it out, and
 * never more (422 `longer_than_in_bed`). Sleep lasts from a minute (422 `sleep_too_short`) to 24 hours (422 `sleep_too_long`), and never at a time of which you logged sleep already (422 `sleep_overlaps`), since it would be counted
 * twice. Repeat it safely with `Idempotency-Key`, or with an `id` of your own: an `id` that you used before is 409 `conflict`.
 */
export const createSleepMutation: Write<'createSleep'> = /* @__PURE__ */ write('createSleep', sdk.createSleep, true);

/** The key of `getSleep`: Get sleep. Without arguments it matches none but the query without arguments; `['getSleep']` matches all. */
export const getSleepQueryKey: ReadKeyOf<'getSleep'> = /* @__PURE__ */ readKey('getSleep');

/**
 * Get sleep
 *
 * One entry of sleep. No side effects.
 */
export const getSleepOptions: Read<'getSleep'> = /* @__PURE__ */ read('getSleep', sdk.getSleep, true);

/**
 * Update sleep
 *
 * JSON merge-patch; `"asleep_minutes": null` makes it the whole time from `started_at` to `ended_at`. Sending `ended_at` or `timezone` computes `local_date` again, in the zone you name or else the entry's
 * own. The rules are those of `createSleep`, for the entry as it is after the change: minutes that no longer fit between shorter times are 422 `shorter_than_asleep`, unless you send new ones or `null`.
 */
export const updateSleepMutation: Write<'updateSleep'> = /* @__PURE__ */ write('updateSleep', sdk.updateSleep, false);

/**
 * Delete sleep
 *
 * The entry disappears from every day and sum. For 30 days `restoreSleep` brings it back; then it is erased.
 */
export const deleteSleepMutation: Write<'deleteSleep'> = /* @__PURE__ */ write('deleteSleep', sdk.deleteSleep, false);

/**
 * Restore deleted sleep
 *
 * Undoes `deleteSleep` for 30 days. An entry that is not deleted is returned unchanged. When sleep was logged at its time since, it stays deleted (422 `sleep_overlaps`).
 */
export const restoreSleepMutation: Write<'restoreSleep'> = /* @__PURE__ */ write('restoreSleep', sdk.restoreSleep, true);

/** The key of `listDays`: Get everything of a range of days. Without arguments it matches none but the query without arguments; `['listDays']` matches all. */
export const listDaysQueryKey: ReadKeyOf<'listDays'> = /* @__PURE__ */ readKey('listDays');

/**
 * Get everything of a range of days
 *
 * Every local day from `from` to `to`, both included, at most 92 of them (422 `range_too_long`), with its sums: what a chart or a calendar needs. Meals, activities and micronutrients are in `getDay`. No side effects.
 */
export const listDaysOptions: Read<'listDays'> = /* @__PURE__ */ read('listDays', sdk.listDays, false);

/** The key of `getDay`: Get everything of a day. Without arguments it matches none but the query without arguments; `['getDay']` matches all. */
export const getDayQueryKey: ReadKeyOf<'getDay'> = /* @__PURE__ */ readKey('getDay');

/**
 * Get everything of a day
 *
 * What a home screen needs of a local day, in one request: nutrition with its meals, activities, weight with its trend and rate, water, sleep, your targets, what remains of them with the energy of activities
 * as your profile wants it (`exercise_calories`), and micronutrients against reference intakes. `today` is the day in your profile's zone. The guide *The dashboard* explains the numbers. No side effects.
 */
export const getDayOptions: Read<'getDay'> = /* @__PURE__ */ read('getDay', sdk.getDay, false);

/**
 * Mark a day as complete
 *
 * Says that everything of a day is logged, or takes it back with `complete: false`. A complete day counts for `getEnergy` however little was logged: a day of fasting, or of one meal. `today` is the day in your profile's zone.
 */
export const setDayCompletionMutation: Write<'setDayCompletion'> = /* @__PURE__ */ write('setDayCompletion', sdk.setDayCompletion, false);

/** The key of `listConversations`: List your conversations. Without arguments it matches none but the query without arguments; `['listConversations']` matches all. */
export const listConversationsQueryKey: ReadKeyOf<'listConversations'> = /* @__PURE__ */ readKey('listConversations');

/**
 * List your conversations
 *
 * Your conversations, the one with the newest message first, as pages. Deleted ones are left out. No side effects.
 */
export const listConversationsOptions: Read<'listConversations'> = /* @__PURE__ */ read('listConversations', sdk.listConversations, false);

/**
 * All pages: List your conversations
 *
 * Your conversations, the one with the newest message first, as pages. Deleted ones are left out. No side effects.
 */
export const listConversationsInfiniteOptions: ReadPages<'listConversations'> = /* @__PURE__ */ readPages('listConversations', sdk.listConversations);

/**
 * Start a conversation
 *
 * Starts an empty conversation. Without a `title`, it is named after its first message. Repeat it safely with `Idempotency-Key`, or with an `id` of your own: an `id` that you used before is 409 `conflict`.
 */
export const createConversationMutation: Write<'createConversation'> = /* @__PURE__ */ write('createConversation', sdk.createConversation, true);

/** The key of `getConversation`: Get a conversation. Without arguments it matches none but the query without arguments; `['getConversation']` matches all. */
export const getConversationQueryKey: ReadKeyOf<'getConversation'> = /* @__PURE__ */ readKey('getConversation');

/**
 * Get a conversation
 *
 * One conversation, without its messages. `active_message_id` is the reply that is being made: follow it with `streamMessage`, for example after a page was loaded again. No side effects.
 */
export const getConversationOptions: Read<'getConversation'> = /* @__PURE__ */ read('getConversation', sdk.getConversation, true);

/**
 * Update a conversation
 *
 * JSON merge-patch of the title and of whether the conversation is archived. A `title` of `null` lets the coach find one again. Archiving deletes nothing.
 */
export const updateConversationMutation: Write<'updateConversation'> = /* @__PURE__ */ write('updateConversation', sdk.updateConversation, false);

/**
 * Delete a conversation
 *
 * Deletes the conversation with its messages and what the coach remembers from them. A reply that is being made is stopped. Everything is erased after 30 days.
 */
export const deleteConversationMutation: Write<'deleteConversation'> = /* @__PURE__ */ write('deleteConversation', sdk.deleteConversation, false);

/** The key of `listMessages`: List the messages of a conversation. Without arguments it matches none but the query without arguments; `['listMessages']` matches all. */
export const listMessagesQueryKey: ReadKeyOf<'listMessages'> = /* @__PURE__ */ readKey('listMessages');

/**
 * List the messages of a conversation
 *
 * The messages of a conversation, the newest first, as pages. The text of a reply is there when the reply is complete. No side effects.
 */
export const listMessagesOptions: Read<'listMessages'> = /* @__PURE__ */ read('listMessages', sdk.listMessages, false);

/**
 * All pages: List the messages of a conversation
 *
 * The messages of a conversation, the newest first, as pages. The text of a reply is there when the reply is complete. No side effects.
 */
export const listMessagesInfiniteOptions: ReadPages<'listMessages'> = /* @__PURE__ */ readPages('listMessages', sdk.listMessages);

/**
 * Send a message to the coach
 *
 * Stores your message and starts the reply, which is made on the server whether or not somebody listens. The response comes at once, with your message and the reply's id: read the reply as it arrives with
 * `streamMessage`, as pages of events with `listMessageEvents`, or whole with `listMessages` when it is complete. While a reply is being made, another message to the same conversation is 409 `reply_in_progress`.
 *
 * Where replies cost money, each person has a budget for the day (UTC); when it is used, the response is 429 `coach_budget_used`. Signs of danger are replied to all the same.
 *
 * The coach writes nothing into your diary: it makes proposals, which you confirm. Repeat it safely with `Idempotency-Key`, or with an `id` of your own: an `id` that you used before is 409 `conflict`.
 */
export const sendMessageMutation: Write<'sendMessage'> = /* @__PURE__ */ write('sendMessage', sdk.sendMessage, true);

/** The key of `listMemories`: List what the coach remembers. Without arguments it matches none but the query without arguments; `['listMemories']` matches all. */
export const listMemoriesQueryKey: ReadKeyOf<'listMemories'> = /* @__PURE__ */ readKey('listMemories');

/**
 * List what the coach remembers
 *
 * What you have told the coach about yourself and it keeps in mind, the newest first, as pages. Each entry is a sentence of yours with the message that it is from. A message is remembered only
 * when `memory_enabled` of the settings is true, and only when it states an allergy, an injury, a dislike, a goal, a habit or a schedule. No side effects.
 */
export const listMemoriesOptions: Read<'listMemories'> = /* @__PURE__ */ read('listMemories', sdk.listMemories, false);

/**
 * All pages: List what the coach remembers
 *
 * What you have told the coach about yourself and it keeps in mind, the newest first, as pages. Each entry is a sentence of yours with the message that it is from. A message is remembered only
 * when `memory_enabled` of the settings is true, and only when it states an allergy, an injury, a dislike, a goal, a habit or a schedule. No side effects.
 */
export const listMemoriesInfiniteOptions: ReadPages<'listMemories'> = /* @__PURE__ */ readPages('listMemories', sdk.listMemories);

/**
 * Forget everything you told the coach
 *
 * Erases all memories at once, for good. The messages that they are from stay in their conversations, but the coach no longer searches them. To stop it from remembering, set `memory_enabled`
 * to false with `updateCoachSettings`.
 */
export const deleteMemoriesMutation: Write<'deleteMemories'> = /* @__PURE__ */ write('deleteMemories', sdk.deleteMemories, false);

/**
 * Forget a memory
 *
 * Erases one memory at once, for good. The message that it is from stays in its conversation, but the coach no longer searches it.
 */
export const deleteMemoryMutation: Write<'deleteMemory'> = /* @__PURE__ */ write('deleteMemory', sdk.deleteMemory, false);

/** The key of `getCoachSettings`: Get the settings of your coach. Without arguments it matches none but the query without arguments; `['getCoachSettings']` matches all. */
export const getCoachSettingsQueryKey: ReadKeyOf<'getCoachSettings'> = /* @__PURE__ */ readKey('getCoachSettings');

/**
 * Get the settings of your coach
 *
 * Whether the coach may remember, and, after you have switched that off, what will be erased and when. No side effects.
 */
export const getCoachSettingsOptions: Read<'getCoachSettings'> = /* @__PURE__ */ read('getCoachSettings', sdk.getCoachSettings, false);

/**
 * Change the settings of your coach
 *
 * JSON merge-patch. `memory_enabled` is false until you set it: the coach then sees the conversation itself and your diary, and keeps nothing else.
 *
 * - `true`: the coach keeps facts that you state, and searches your earlier messages, meals and activities for what a question is about. What you wrote and logged before becomes searchable within minutes.
 * - `false`: nothing is used or stored from this moment. `erasure` says what is left and until when it is erased, at most an hour later. Setting it to true before that keeps it. Your conversations and
 *   your diary stay; they are deleted where they are.
 */
export const updateCoachSettingsMutation: Write<'updateCoachSettings'> = /* @__PURE__ */ write('updateCoachSettings', sdk.updateCoachSettings, false);

/** The key of `streamMessage`: Stream a reply. Without arguments it matches none but the query without arguments; `['streamMessage']` matches all. */
export const streamMessageQueryKey: ReadKeyOf<'streamMessage'> = /* @__PURE__ */ readKey('streamMessage');

/**
 * Stream a reply
 *
 * The events of a reply as server-sent events: those that exist at once, and the others as they happen. Each has its `seq` as `id:` and a `CoachEvent` as `data:`; there is no `event:` line, so `EventSource.onmessage` sees all.
 * The stream ends after `message.completed` or `message.failed`. After a lost connection, go on behind the last event that you have: a browser's EventSource sends `Last-Event-ID` by itself, and `after` does the same; the larger of both
 * counts. Behind the last event the response is 204, which ends an EventSource. A comment arrives at least every 15 seconds. When you sign out, the stream ends. Works on every replica, and as often as you like. No side effects.
 */
export const streamMessageOptions: Read<'streamMessage'> = /* @__PURE__ */ read('streamMessage', sdk.streamMessage, false);

/** The key of `listProposals`: List the coach's proposals. Without arguments it matches none but the query without arguments; `['listProposals']` matches all. */
export const listProposalsQueryKey: ReadKeyOf<'listProposals'> = /* @__PURE__ */ readKey('listProposals');

/**
 * List the coach's proposals
 *
 * What the coach proposed, the newest first, as pages. No side effects.
 */
export const listProposalsOptions: Read<'listProposals'> = /* @__PURE__ */ read('listProposals', sdk.listProposals, false);

/**
 * All pages: List the coach's proposals
 *
 * What the coach proposed, the newest first, as pages. No side effects.
 */
export const listProposalsInfiniteOptions: ReadPages<'listProposals'> = /* @__PURE__ */ readPages('listProposals', sdk.listProposals);

/** The key of `getProposal`: Get a proposal. Without arguments it matches none but the query without arguments; `['getProposal']` matches all. */
export const getProposalQueryKey: ReadKeyOf<'getProposal'> = /* @__PURE__ */ readKey('getProposal');

/**
 * Get a proposal
 *
 * One proposal. No side effects.
 */
export const getProposalOptions: Read<'getProposal'> = /* @__PURE__ */ read('getProposal', sdk.getProposal, true);

/**
 * Edit a proposal
 *
 * Replaces the draft of an open proposal, for example to correct an amount before it counts. The kind stays (422 `kind_fixed`), and so do a time and a zone that the new draft leaves out. The draft is checked as it will be
 * when you confirm it, and nothing is written; `errors` names fields of the draft, such as `draft.meal.items[0].food_id`. `id` and `source` cannot be given (422 `not_in_draft`).
 */
export const updateProposalMutation: Write<'updateProposal'> = /* @__PURE__ */ write('updateProposal', sdk.updateProposal, false);

/**
 * Confirm a proposal
 *
 * Writes what the proposal says, once: a meal, an activity or a measurement with the id of the proposal, or the change of targets or profile. The rules are those of the operation that you would use yourself.
 * An entry counts on the day of the message, also when you confirm it on the next one. Send the `ETag` that you showed as `If-Match`, so that an edit on another device is not confirmed unseen (412).
 * Confirming again changes nothing and returns the proposal. A proposal that has expired or was rejected is 409.
 */
export const confirmProposalMutation: Write<'confirmProposal'> = /* @__PURE__ */ write('confirmProposal', sdk.confirmProposal, true);

/**
 * Reject a proposal
 *
 * Rejects an open proposal, so that it can no longer be confirmed. Rejecting again changes nothing. A confirmed one is 409; undo it instead.
 */
export const rejectProposalMutation: Write<'rejectProposal'> = /* @__PURE__ */ write('rejectProposal', sdk.rejectProposal, true);

/**
 * Undo a confirmed proposal
 *
 * Takes back what confirming wrote, within 24 hours: the meal, activity or measurement is deleted, and fields of the profile get back the values that they had. When it was changed since, nothing happens and the response is
 * 409 `changed_since`: what you typed yourself is never overwritten. Undoing again changes nothing.
 */
export const undoProposalMutation: Write<'undoProposal'> = /* @__PURE__ */ write('undoProposal', sdk.undoProposal, true);

/** The key of `listMessageEvents`: List the events of a reply. Without arguments it matches none but the query without arguments; `['listMessageEvents']` matches all. */
export const listMessageEventsQueryKey: ReadKeyOf<'listMessageEvents'> = /* @__PURE__ */ readKey('listMessageEvents');

/**
 * List the events of a reply
 *
 * The same events as `streamMessage`, as JSON, for platforms where streams do not arrive. With `wait`, the response comes with the next event, or after that many seconds. Ask again with `after=next_after` until `done` is true.
 * No side effects.
 */
export const listMessageEventsOptions: Read<'listMessageEvents'> = /* @__PURE__ */ read('listMessageEvents', sdk.listMessageEvents, false);

/**
 * Stop a reply
 *
 * Stops a reply within a second; what was said so far stays, and the reply ends with `finish_reason` `cancelled`. Stopping a reply that is complete changes nothing. Closing a stream does not stop a reply.
 */
export const cancelMessageMutation: Write<'cancelMessage'> = /* @__PURE__ */ write('cancelMessage', sdk.cancelMessage, false);
