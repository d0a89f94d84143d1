// Written from gen/openapi.yaml by openapi/gen-ts.mjs; do not edit.

import { client } from './client.gen.js';
import type { Client, ClientMeta, Options as Options2, RequestResult, ServerSentEventsResult, TDataShape } from './client/index.js';
import type { AddFavoriteFoodData, AddFavoriteFoodErrors, AddFavoriteFoodResponses, AddFoodServingData, AddFoodServingErrors, AddFoodServingResponses, AddMealItemsData, AddMealItemsErrors, AddMealItemsResponses, CancelMessageData, CancelMessageErrors, CancelMessageResponses, ChangePasswordData, ChangePasswordErrors, ChangePasswordResponses, ConfirmProposalData, ConfirmProposalErrors, ConfirmProposalResponses, CopyMealData, CopyMealErrors, CopyMealResponses, CopyNutritionDayData, CopyNutritionDayErrors, CopyNutritionDayResponses, CreateActivityData, CreateActivityErrors, CreateActivityResponses, CreateConversationData, CreateConversationErrors, CreateConversationResponses, CreateCustomFoodData, CreateCustomFoodErrors, CreateCustomFoodResponses, CreateExerciseData, CreateExerciseErrors, CreateExerciseResponses, CreateMealData, CreateMealErrors, CreateMealResponses, CreateMeasurementData, CreateMeasurementErrors, CreateMeasurementResponses, CreateSleepData, CreateSleepErrors, CreateSleepResponses, CreateWaterData, CreateWaterErrors, CreateWaterResponses, DeleteActivityData, DeleteActivityErrors, DeleteActivityResponses, DeleteConversationData, DeleteConversationErrors, DeleteConversationResponses, DeleteCustomFoodData, DeleteCustomFoodErrors, DeleteCustomFoodResponses, DeleteExerciseData, DeleteExerciseErrors, DeleteExerciseResponses, DeleteFoodServingData, DeleteFoodServingErrors, DeleteFoodServingResponses, DeleteMealData, DeleteMealErrors, DeleteMealItemData, DeleteMealItemErrors, DeleteMealItemResponses, DeleteMealResponses, DeleteMeasurementData, DeleteMeasurementErrors, DeleteMeasurementResponses, DeleteMeData, DeleteMeErrors, DeleteMemoriesData, DeleteMemoriesErrors, DeleteMemoriesResponses, DeleteMemoryData, DeleteMemoryErrors, DeleteMemoryResponses, DeleteMeResponses, DeleteSleepData, DeleteSleepErrors, DeleteSleepResponses, DeleteWaterData, DeleteWaterErrors, DeleteWaterResponses, GetActivityData, GetActivityErrors, GetActivityImportData, GetActivityImportErrors, GetActivityImportResponses, GetActivityResponses, GetActivityStreamsData, GetActivityStreamsErrors, GetActivityStreamsResponses, GetActivitySummaryData, GetActivitySummaryErrors, GetActivitySummaryResponses, GetActivityTrackData, GetActivityTrackErrors, GetActivityTrackResponses, GetApiInfoData, GetApiInfoErrors, GetApiInfoResponses, GetCoachSettingsData, GetCoachSettingsErrors, GetCoachSettingsResponses, GetConversationData, GetConversationErrors, GetConversationResponses, GetDayData, GetDayErrors, GetDayResponses, GetEnergyData, GetEnergyErrors, GetEnergyResponses, GetExerciseHistoryData, GetExerciseHistoryErrors, GetExerciseHistoryResponses, GetFoodByBarcodeData, GetFoodByBarcodeErrors, GetFoodByBarcodeResponses, GetFoodData, GetFoodErrors, GetFoodResponses, GetHealthData, GetHealthErrors, GetHealthResponses, GetLivenessData, GetLivenessResponses, GetMealData, GetMealErrors, GetMealResponses, GetMeasurementData, GetMeasurementErrors, GetMeasurementResponses, GetMeData, GetMeErrors, GetMeResponses, GetNutritionDayData, GetNutritionDayErrors, GetNutritionDayResponses, GetProposalData, GetProposalErrors, GetProposalResponses, GetReadinessData, GetReadinessErrors, GetReadinessResponses, GetSessionData, GetSessionErrors, GetSessionResponses, GetSleepData, GetSleepErrors, GetSleepResponses, GetWaterData, GetWaterErrors, GetWaterResponses, GetWeightTrendData, GetWeightTrendErrors, GetWeightTrendResponses, ImportActivityData, ImportActivityErrors, ImportActivityResponses, ImportMeasurementsData, ImportMeasurementsErrors, ImportMeasurementsResponses, ListActivitiesData, ListActivitiesErrors, ListActivitiesResponses, ListActivityCatalogueData, ListActivityCatalogueErrors, ListActivityCatalogueResponses, ListConversationsData, ListConversationsErrors, ListConversationsResponses, ListDaysData, ListDaysErrors, ListDaysResponses, ListExercisesData, ListExercisesErrors, ListExercisesResponses, ListFavoriteFoodsData, ListFavoriteFoodsErrors, ListFavoriteFoodsResponses, ListMealsData, ListMealsErrors, ListMealsResponses, ListMeasurementsData, ListMeasurementsErrors, ListMeasurementsResponses, ListMemoriesData, ListMemoriesErrors, ListMemoriesResponses, ListMessageEventsData, ListMessageEventsErrors, ListMessageEventsResponses, ListMessagesData, ListMessagesErrors, ListMessagesResponses, ListNutritionDaysData, ListNutritionDaysErrors, ListNutritionDaysResponses, ListProposalsData, ListProposalsErrors, ListProposalsResponses, ListRecentFoodsData, ListRecentFoodsErrors, ListRecentFoodsResponses, ListSessionsData, ListSessionsErrors, ListSessionsResponses, ListSleepData, ListSleepErrors, ListSleepResponses, ListWaterData, ListWaterErrors, ListWaterResponses, LoginData, LoginErrors, LoginResponses, LogoutData, LogoutErrors, LogoutResponses, PreviewTargetsData, PreviewTargetsErrors, PreviewTargetsResponses, RefreshMealItemData, RefreshMealItemErrors, RefreshMealItemResponses, RefreshSessionData, RefreshSessionErrors, RefreshSessionResponses, RejectProposalData, RejectProposalErrors, RejectProposalResponses, RemoveFavoriteFoodData, RemoveFavoriteFoodErrors, RemoveFavoriteFoodResponses, RequestPasswordResetData, RequestPasswordResetErrors, RequestPasswordResetResponses, ResendVerificationData, ResendVerificationErrors, ResendVerificationResponses, ResetPasswordData, ResetPasswordErrors, ResetPasswordResponses, RestoreActivityData, RestoreActivityErrors, RestoreActivityResponses, RestoreCustomFoodData, RestoreCustomFoodErrors, RestoreCustomFoodResponses, RestoreExerciseData, RestoreExerciseErrors, RestoreExerciseResponses, RestoreMealData, RestoreMealErrors, RestoreMealResponses, RestoreMeasurementData, RestoreMeasurementErrors, RestoreMeasurementResponses, RestoreSleepData, RestoreSleepErrors, RestoreSleepResponses, RestoreWaterData, RestoreWaterErrors, RestoreWaterResponses, RevokeSessionData, RevokeSessionErrors, RevokeSessionResponses, SearchFoodsData, SearchFoodsErrors, SearchFoodsResponses, SendMessageData, SendMessageErrors, SendMessageResponses, SetDayCompletionData, SetDayCompletionErrors, SetDayCompletionResponses, SignupData, SignupErrors, SignupResponses, StreamMessageData, StreamMessageErrors, StreamMessageResponse, StreamMessageResponses, UndoProposalData, UndoProposalErrors, UndoProposalResponses, UpdateActivityData, UpdateActivityErrors, UpdateActivityResponses, UpdateCoachSettingsData, UpdateCoachSettingsErrors, UpdateCoachSettingsResponses, UpdateConversationData, UpdateConversationErrors, UpdateConversationResponses, UpdateCustomFoodData, UpdateCustomFoodErrors, UpdateCustomFoodResponses, UpdateExerciseData, UpdateExerciseErrors, UpdateExerciseResponses, UpdateFoodServingData, UpdateFoodServingErrors, UpdateFoodServingResponses, UpdateMealData, UpdateMealErrors, UpdateMealItemData, UpdateMealItemErrors, UpdateMealItemResponses, UpdateMealResponses, UpdateMeasurementData, UpdateMeasurementErrors, UpdateMeasurementResponses, UpdateMeData, UpdateMeErrors, UpdateMeResponses, UpdateProposalData, UpdateProposalErrors, UpdateProposalResponses, UpdateSleepData, UpdateSleepErrors, UpdateSleepResponses, UpdateWaterData, UpdateWaterErrors, UpdateWaterResponses, VerifyEmailData, VerifyEmailErrors, VerifyEmailResponses } from './types.gen.js';

export type Options<TData extends TDataShape = TDataShape, ThrowOnError extends boolean = boolean, TResponse = unknown> = Options2<TData, ThrowOnError, TResponse> & {
    /**
     * You can provide a client instance returned by `createClient()` instead of
     * individual options. This might be also useful if you want to implement a
     * custom client.
     */
    client?: Client;
    /**
     * You can pass arbitrary values through the `meta` object. This can be
     * used to access values that aren't defined as part of the SDK function.
     */
    meta?: keyof ClientMeta extends never ? Record<string, unknown> : ClientMeta;
};

/**
 * API information
 *
 * Names the service, its version, and where its documentation and contract are. No side effects.
 */
export const getApiInfo = <ThrowOnError extends boolean = true>(options?: Options<GetApiInfoData, ThrowOnError>): RequestResult<GetApiInfoResponses, GetApiInfoErrors, ThrowOnError, 'data'> => (options?.client ?? client).get<GetApiInfoResponses, GetApiInfoErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    url: '/',
    ...options
});

/**
 * Health check
 *
 * Checks the database and the identity provider, within a second. Returns 503 when the database is down. When only the identity provider is down, the service is `degraded` and returns 200, because signed-in users can go on working. No side effects.
 */
export const getHealth = <ThrowOnError extends boolean = true>(options?: Options<GetHealthData, ThrowOnError>): RequestResult<GetHealthResponses, GetHealthErrors, ThrowOnError, 'data'> => (options?.client ?? client).get<GetHealthResponses, GetHealthErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    url: '/api/v1/health',
    ...options
});

/**
 * Liveness probe
 *
 * For orchestrators. Returns 200 as long as the process runs; checks no dependency. No side effects.
 */
export const getLiveness = <ThrowOnError extends boolean = true>(options?: Options<GetLivenessData, ThrowOnError>): RequestResult<GetLivenessResponses, unknown, ThrowOnError, 'data'> => (options?.client ?? client).get<GetLivenessResponses, unknown, ThrowOnError, 'data'>({
    responseStyle: 'data',
    url: '/api/v1/health/live',
    ...options
});

/**
 * Readiness probe
 *
 * For load balancers. Returns 200 when the database is reachable, the process is not shutting down, and it refused no request within the last second because it was overloaded; else 503. No side effects.
 */
export const getReadiness = <ThrowOnError extends boolean = true>(options?: Options<GetReadinessData, ThrowOnError>): RequestResult<GetReadinessResponses, GetReadinessErrors, ThrowOnError, 'data'> => (options?.client ?? client).get<GetReadinessResponses, GetReadinessErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    url: '/api/v1/health/ready',
    ...options
});

/**
 * Create an account
 *
 * Creates the account and its profile. When addresses need no confirmation (the default in development), the person is signed in at once: both cookies are set,
 * and an address that has an account is 409 `email_taken`. When addresses need confirmation, a mail is sent and the response has no `session`. That response is the same for a
 * new, an unconfirmed and an existing address, so that it does not reveal who has an account. The address is trimmed and lower-cased.
 *
 */
export const signup = <ThrowOnError extends boolean = true>(options: Options<SignupData, ThrowOnError>): RequestResult<SignupResponses, SignupErrors, ThrowOnError, 'data'> => (options.client ?? client).post<SignupResponses, SignupErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    url: '/api/v1/auth/signup',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Sign in
 *
 * Checks address and password and sets both cookies. An unknown address and a wrong password return the same response after the same time.
 * After 10 failures within 15 minutes for one account from one client address, further attempts from that address return 429; from other addresses the owner can still sign in.
 * After 100 failures within an hour for one account from all addresses together, addresses that it has no session from share 10 attempts a minute.
 * A correct password with an unconfirmed address is 403 `email_not_confirmed`.
 *
 */
export const login = <ThrowOnError extends boolean = true>(options: Options<LoginData, ThrowOnError>): RequestResult<LoginResponses, LoginErrors, ThrowOnError, 'data'> => (options.client ?? client).post<LoginResponses, LoginErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    url: '/api/v1/auth/login',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Refresh the session
 *
 * Needs only the `refresh_token` cookie. Each refresh token works once and is replaced; tabs that refresh at the same time all succeed.
 * When a refresh token that was replaced long ago is used again, it was copied: its session ends. On 401 `invalid_refresh_token`
 * both cookies are cleared and the person must sign in. A refresh never changes the cookies of a session that the browser has opened meanwhile: it
 * returns 401 `session_ended` or 409 `session_replaced`, and the page should call `getSession` to see who is signed in.
 *
 */
export const refreshSession = <ThrowOnError extends boolean = true>(options?: Options<RefreshSessionData, ThrowOnError>): RequestResult<RefreshSessionResponses, RefreshSessionErrors, ThrowOnError, 'data'> => (options?.client ?? client).post<RefreshSessionResponses, RefreshSessionErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    security: [{
            in: 'cookie',
            name: 'refresh_token',
            type: 'apiKey'
        }],
    url: '/api/v1/auth/refresh',
    ...options
});

/**
 * Sign out
 *
 * Ends this session and no other, and clears both cookies. All servers refuse its access token from now on, also before it expires.
 * Signing out with cookies always works: with only the refresh cookie, with an expired or invalid access cookie, with a session that has already
 * ended, and with no cookies at all. It ends the sessions of both cookies. A bearer token must be valid.
 *
 */
export const logout = <ThrowOnError extends boolean = true>(options?: Options<LogoutData, ThrowOnError>): RequestResult<LogoutResponses, LogoutErrors, ThrowOnError, 'data'> => (options?.client ?? client).post<LogoutResponses, LogoutErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    security: [
        {
            in: 'cookie',
            name: 'access_token',
            type: 'apiKey'
        },
        {
            in: 'cookie',
            name: 'refresh_token',
            type: 'apiKey'
        },
        { scheme: 'bearer', type: 'http' }
    ],
    url: '/api/v1/auth/logout',
    ...options
});

/**
 * Change your password
 *
 * Needs the current password; a wrong one is 422 `wrong_password` and counts as a failed sign-in. All your other sessions end; this one continues.
 *
 */
export const changePassword = <ThrowOnError extends boolean = true>(options: Options<ChangePasswordData, ThrowOnError>): RequestResult<ChangePasswordResponses, ChangePasswordErrors, ThrowOnError, 'data'> => (options.client ?? client).post<ChangePasswordResponses, ChangePasswordErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    security: [{ scheme: 'bearer', type: 'http' }, {
            in: 'cookie',
            name: 'access_token',
            type: 'apiKey'
        }],
    url: '/api/v1/auth/password',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Request a password reset
 *
 * Returns 202 for every address, known or unknown. A known address gets a mail with a link and a 6-digit code, at most one a minute.
 *
 */
export const requestPasswordReset = <ThrowOnError extends boolean = true>(options: Options<RequestPasswordResetData, ThrowOnError>): RequestResult<RequestPasswordResetResponses, RequestPasswordResetErrors, ThrowOnError, 'data'> => (options.client ?? client).post<RequestPasswordResetResponses, RequestPasswordResetErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    url: '/api/v1/auth/password/forgot',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Reset the password
 *
 * Takes the `token_hash` of the mail's link, or the address and the 6-digit code. Both work once, for a limited time. A code is dead after 10 wrong tries from all addresses together: then it is refused as if it were wrong, and the
 * link still works. After 10 wrong codes
 * within 15 minutes for one address from one client, further attempts from that client return 429.
 * Only the newest mail of `requestPasswordReset` sets a password. The token of a magic link, or of a recovery mail that something else asked Supabase Auth for, is refused with 403 `mail_token_invalid`.
 * Sets the password, ends all other sessions, signs the person in and sets both cookies. When the new password is refused, the mail cannot be used again: request another one.
 *
 */
export const resetPassword = <ThrowOnError extends boolean = true>(options: Options<ResetPasswordData, ThrowOnError>): RequestResult<ResetPasswordResponses, ResetPasswordErrors, ThrowOnError, 'data'> => (options.client ?? client).post<ResetPasswordResponses, ResetPasswordErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    url: '/api/v1/auth/password/reset',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Verify an email address
 *
 * Takes the `token_hash` of the mail's link, or the address and the 6-digit code. Confirms the address, signs the person in and sets both cookies. After 10 wrong codes
 * within 15 minutes for one address from one client, further attempts from that client return 429.
 *
 */
export const verifyEmail = <ThrowOnError extends boolean = true>(options: Options<VerifyEmailData, ThrowOnError>): RequestResult<VerifyEmailResponses, VerifyEmailErrors, ThrowOnError, 'data'> => (options.client ?? client).post<VerifyEmailResponses, VerifyEmailErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    url: '/api/v1/auth/verify',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Resend the verification mail
 *
 * Returns 202 for every address, known or unknown, confirmed or not. At most one mail a minute is sent.
 *
 */
export const resendVerification = <ThrowOnError extends boolean = true>(options: Options<ResendVerificationData, ThrowOnError>): RequestResult<ResendVerificationResponses, ResendVerificationErrors, ThrowOnError, 'data'> => (options.client ?? client).post<ResendVerificationResponses, ResendVerificationErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    url: '/api/v1/auth/verify/resend',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Get the current session
 *
 * Returns who is signed in, for the start of a page. It is never 401: where nobody is signed in `user` is null. Then `can_refresh` says
 * whether the browser still has a refresh cookie whose session is alive: call `refreshSession`, which signs the person in again.
 * No side effects; no cookie is changed.
 *
 */
export const getSession = <ThrowOnError extends boolean = true>(options?: Options<GetSessionData, ThrowOnError>): RequestResult<GetSessionResponses, GetSessionErrors, ThrowOnError, 'data'> => (options?.client ?? client).get<GetSessionResponses, GetSessionErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    security: [{
            in: 'cookie',
            name: 'access_token',
            type: 'apiKey'
        }, { scheme: 'bearer', type: 'http' }],
    url: '/api/v1/auth/session',
    ...options
});

/**
 * List your sessions
 *
 * Your active sessions, the newest first. No side effects.
 *
 */
export const listSessions = <ThrowOnError extends boolean = true>(options?: Options<ListSessionsData, ThrowOnError>): RequestResult<ListSessionsResponses, ListSessionsErrors, ThrowOnError, 'data'> => (options?.client ?? client).get<ListSessionsResponses, ListSessionsErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    security: [{ scheme: 'bearer', type: 'http' }, {
            in: 'cookie',
            name: 'access_token',
            type: 'apiKey'
        }],
    url: '/api/v1/auth/sessions',
    ...options
});

/**
 * Revoke a session
 *
 * Ends one of your sessions; its tokens are refused from now on. Revoking the session of this request is the same as signing out.
 *
 */
export const revokeSession = <ThrowOnError extends boolean = true>(options: Options<RevokeSessionData, ThrowOnError>): RequestResult<RevokeSessionResponses, RevokeSessionErrors, ThrowOnError, 'data'> => (options.client ?? client).delete<RevokeSessionResponses, RevokeSessionErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    security: [{ scheme: 'bearer', type: 'http' }, {
            in: 'cookie',
            name: 'access_token',
            type: 'apiKey'
        }],
    url: '/api/v1/auth/sessions/{id}',
    ...options
});

/**
 * Delete your account
 *
 * Erases the account and everything that belongs to it, at once and for good; all sessions end and both cookies are cleared. There is no undo.
 * A background job then deletes its entries in the audit log of Supabase Auth; the guide *Authentication* says what stays and for how long.
 * `If-Match` is checked before the deletion starts; a change made while it runs is deleted too.
 *
 */
export const deleteMe = <ThrowOnError extends boolean = true>(options?: Options<DeleteMeData, ThrowOnError>): RequestResult<DeleteMeResponses, DeleteMeErrors, ThrowOnError, 'data'> => (options?.client ?? client).delete<DeleteMeResponses, DeleteMeErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    security: [{ scheme: 'bearer', type: 'http' }, {
            in: 'cookie',
            name: 'access_token',
            type: 'apiKey'
        }],
    url: '/api/v1/users/me',
    ...options
});

/**
 * Get your profile
 *
 * Your profile and, when their inputs are known, your daily targets. No side effects.
 *
 */
export const getMe = <ThrowOnError extends boolean = true>(options?: Options<GetMeData, ThrowOnError>): RequestResult<GetMeResponses, GetMeErrors, ThrowOnError, 'data'> => (options?.client ?? client).get<GetMeResponses, GetMeErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    security: [{ scheme: 'bearer', type: 'http' }, {
            in: 'cookie',
            name: 'access_token',
            type: 'apiKey'
        }],
    url: '/api/v1/users/me',
    ...options
});

/**
 * Update your profile
 *
 * JSON merge-patch: an absent field stays, `null` clears, a value sets. Changing an input of the targets recomputes them, unless you set them by hand, and
 * `targets_change` says what changed and why. Targets change only when you edit the profile. Changing `timezone` does not move existing entries to another day.
 *
 */
export const updateMe = <ThrowOnError extends boolean = true>(options: Options<UpdateMeData, ThrowOnError>): RequestResult<UpdateMeResponses, UpdateMeErrors, ThrowOnError, 'data'> => (options.client ?? client).patch<UpdateMeResponses, UpdateMeErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    security: [{ scheme: 'bearer', type: 'http' }, {
            in: 'cookie',
            name: 'access_token',
            type: 'apiKey'
        }],
    url: '/api/v1/users/me',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Preview daily targets
 *
 * Computes daily targets from your profile; the given values replace those of the profile. Nothing is stored. `missing` names the inputs that are still needed.
 *
 */
export const previewTargets = <ThrowOnError extends boolean = true>(options: Options<PreviewTargetsData, ThrowOnError>): RequestResult<PreviewTargetsResponses, PreviewTargetsErrors, ThrowOnError, 'data'> => (options.client ?? client).post<PreviewTargetsResponses, PreviewTargetsErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    security: [{ scheme: 'bearer', type: 'http' }, {
            in: 'cookie',
            name: 'access_token',
            type: 'apiKey'
        }],
    url: '/api/v1/users/me/targets/preview',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Get your energy expenditure
 *
 * How much energy you use a day (TDEE), learned from your weigh-ins and what you logged, combined with the formula by how certain each is; with its interval, what it was computed from, and why it
 * is held when newer data do not suffice. Targets use it when the profile has `adaptive_targets`. The guide *Adaptive TDEE* explains it. No side effects.
 *
 */
export const getEnergy = <ThrowOnError extends boolean = true>(options?: Options<GetEnergyData, ThrowOnError>): RequestResult<GetEnergyResponses, GetEnergyErrors, ThrowOnError, 'data'> => (options?.client ?? client).get<GetEnergyResponses, GetEnergyErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    security: [{ scheme: 'bearer', type: 'http' }, {
            in: 'cookie',
            name: 'access_token',
            type: 'apiKey'
        }],
    url: '/api/v1/users/me/energy',
    ...options
});

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
 *
 */
export const searchFoods = <ThrowOnError extends boolean = true>(options: Options<SearchFoodsData, ThrowOnError>): RequestResult<SearchFoodsResponses, SearchFoodsErrors, ThrowOnError, 'data'> => (options.client ?? client).get<SearchFoodsResponses, SearchFoodsErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    security: [{ scheme: 'bearer', type: 'http' }, {
            in: 'cookie',
            name: 'access_token',
            type: 'apiKey'
        }],
    url: '/api/v1/nutrition/foods/search',
    ...options
});

/**
 * List recent foods
 *
 * Foods that you logged in the last 90 days, each once, with the amount you logged last: the latest first, or with `order=frequent` the most often logged first. `meal_type`
 * selects one kind of meal. Foods that you cannot see any more and quick entries are left out. No side effects.
 *
 */
export const listRecentFoods = <ThrowOnError extends boolean = true>(options?: Options<ListRecentFoodsData, ThrowOnError>): RequestResult<ListRecentFoodsResponses, ListRecentFoodsErrors, ThrowOnError, 'data'> => (options?.client ?? client).get<ListRecentFoodsResponses, ListRecentFoodsErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    security: [{ scheme: 'bearer', type: 'http' }, {
            in: 'cookie',
            name: 'access_token',
            type: 'apiKey'
        }],
    url: '/api/v1/nutrition/foods/recent',
    ...options
});

/**
 * List favourite foods
 *
 * Your favourites, the newest first, as pages. No side effects.
 *
 */
export const listFavoriteFoods = <ThrowOnError extends boolean = true>(options?: Options<ListFavoriteFoodsData, ThrowOnError>): RequestResult<ListFavoriteFoodsResponses, ListFavoriteFoodsErrors, ThrowOnError, 'data'> => (options?.client ?? client).get<ListFavoriteFoodsResponses, ListFavoriteFoodsErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    security: [{ scheme: 'bearer', type: 'http' }, {
            in: 'cookie',
            name: 'access_token',
            type: 'apiKey'
        }],
    url: '/api/v1/nutrition/foods/favorites',
    ...options
});

/**
 * Look up a food by barcode
 *
 * Reads what a scanner returns: UPC-A, UPC-E, EAN-8, EAN-13, GTIN-14, GS1 element strings and GS1 Digital Link. Your own food with this barcode comes before the catalogue's. A wrong check digit is 422 `bad_check_digit`: scan
 * again. When no food has the barcode, the response is 404 `barcode_not_found`; create a custom food with the `barcode` of `prefill`, and the next lookup finds it. When the server
 * is configured to ask Open Food Facts, a product that only they have is added to the catalogue and returned, at most a second later. No other side effects.
 *
 */
export const getFoodByBarcode = <ThrowOnError extends boolean = true>(options: Options<GetFoodByBarcodeData, ThrowOnError>): RequestResult<GetFoodByBarcodeResponses, GetFoodByBarcodeErrors, ThrowOnError, 'data'> => (options.client ?? client).get<GetFoodByBarcodeResponses, GetFoodByBarcodeErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    security: [{ scheme: 'bearer', type: 'http' }, {
            in: 'cookie',
            name: 'access_token',
            type: 'apiKey'
        }],
    url: '/api/v1/nutrition/foods/barcode/{gtin}',
    ...options
});

/**
 * Create a custom food
 *
 * Only you can see it. Send its nutrients either per 100 g or per serving (they are converted with the weight of the serving, which becomes a serving of the food). Leave out what you
 * do not know: an unknown nutrient is not 0. Refused with 422: macros over 100 g per 100 g, more sugar than carbohydrates, a barcode with a wrong check digit. An energy that
 * does not fit the macros (4 kcal per g of protein and carbohydrates, 9 of fat, 7 of alcohol, 2 of fibre; off by more than 20 % or 10 kcal) is kept and reported in `warnings`.
 * It is safe to retry with `Idempotency-Key`, or with an `id` that you choose: an `id` that exists is 409 `conflict`.
 *
 */
export const createCustomFood = <ThrowOnError extends boolean = true>(options: Options<CreateCustomFoodData, ThrowOnError>): RequestResult<CreateCustomFoodResponses, CreateCustomFoodErrors, ThrowOnError, 'data'> => (options.client ?? client).post<CreateCustomFoodResponses, CreateCustomFoodErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    security: [{ scheme: 'bearer', type: 'http' }, {
            in: 'cookie',
            name: 'access_token',
            type: 'apiKey'
        }],
    url: '/api/v1/nutrition/foods/custom',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Delete a custom food
 *
 * Removes it from search, lists and barcodes. Meals that were logged with it stay as they are. It can be restored for 30 days. Deleting it again is 404.
 *
 */
export const deleteCustomFood = <ThrowOnError extends boolean = true>(options: Options<DeleteCustomFoodData, ThrowOnError>): RequestResult<DeleteCustomFoodResponses, DeleteCustomFoodErrors, ThrowOnError, 'data'> => (options.client ?? client).delete<DeleteCustomFoodResponses, DeleteCustomFoodErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    security: [{ scheme: 'bearer', type: 'http' }, {
            in: 'cookie',
            name: 'access_token',
            type: 'apiKey'
        }],
    url: '/api/v1/nutrition/foods/custom/{id}',
    ...options
});

/**
 * Update a custom food
 *
 * JSON merge-patch, `per_100g` included: an absent field stays, `null` clears, a value sets. Meals that were logged with it stay as they are. The same rules as in `createCustomFood`.
 *
 */
export const updateCustomFood = <ThrowOnError extends boolean = true>(options: Options<UpdateCustomFoodData, ThrowOnError>): RequestResult<UpdateCustomFoodResponses, UpdateCustomFoodErrors, ThrowOnError, 'data'> => (options.client ?? client).patch<UpdateCustomFoodResponses, UpdateCustomFoodErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    security: [{ scheme: 'bearer', type: 'http' }, {
            in: 'cookie',
            name: 'access_token',
            type: 'apiKey'
        }],
    url: '/api/v1/nutrition/foods/custom/{id}',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Restore a custom food
 *
 * Undoes a deletion within 30 days, servings included. Restoring a food that is not deleted changes nothing.
 *
 */
export const restoreCustomFood = <ThrowOnError extends boolean = true>(options: Options<RestoreCustomFoodData, ThrowOnError>): RequestResult<RestoreCustomFoodResponses, RestoreCustomFoodErrors, ThrowOnError, 'data'> => (options.client ?? client).post<RestoreCustomFoodResponses, RestoreCustomFoodErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    security: [{ scheme: 'bearer', type: 'http' }, {
            in: 'cookie',
            name: 'access_token',
            type: 'apiKey'
        }],
    url: '/api/v1/nutrition/foods/custom/{id}/restore',
    ...options
});

/**
 * Add a serving to a custom food
 *
 * A food has at most 50 servings (422 `too_many_servings`), of different labels (422 `label_taken`), and one default: the first serving, until another one is made the
 * default. It is safe to retry with `Idempotency-Key`, or with an `id` that you choose: an `id` that exists is 409 `conflict`.
 *
 */
export const addFoodServing = <ThrowOnError extends boolean = true>(options: Options<AddFoodServingData, ThrowOnError>): RequestResult<AddFoodServingResponses, AddFoodServingErrors, ThrowOnError, 'data'> => (options.client ?? client).post<AddFoodServingResponses, AddFoodServingErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    security: [{ scheme: 'bearer', type: 'http' }, {
            in: 'cookie',
            name: 'access_token',
            type: 'apiKey'
        }],
    url: '/api/v1/nutrition/foods/custom/{id}/servings',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Delete a serving
 *
 * Meals that were logged with it stay as they are. When it was the default, the first other serving becomes the default.
 *
 */
export const deleteFoodServing = <ThrowOnError extends boolean = true>(options: Options<DeleteFoodServingData, ThrowOnError>): RequestResult<DeleteFoodServingResponses, DeleteFoodServingErrors, ThrowOnError, 'data'> => (options.client ?? client).delete<DeleteFoodServingResponses, DeleteFoodServingErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    security: [{ scheme: 'bearer', type: 'http' }, {
            in: 'cookie',
            name: 'access_token',
            type: 'apiKey'
        }],
    url: '/api/v1/nutrition/foods/custom/{id}/servings/{serving_id}',
    ...options
});

/**
 * Update a serving
 *
 * An absent field stays. `is_default: true` makes it the default instead of the current one; `false` makes the first other serving the default. Meals that were logged with it stay as they are.
 *
 */
export const updateFoodServing = <ThrowOnError extends boolean = true>(options: Options<UpdateFoodServingData, ThrowOnError>): RequestResult<UpdateFoodServingResponses, UpdateFoodServingErrors, ThrowOnError, 'data'> => (options.client ?? client).patch<UpdateFoodServingResponses, UpdateFoodServingErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    security: [{ scheme: 'bearer', type: 'http' }, {
            in: 'cookie',
            name: 'access_token',
            type: 'apiKey'
        }],
    url: '/api/v1/nutrition/foods/custom/{id}/servings/{serving_id}',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Get a food
 *
 * A food of the catalogue or one of your own, with all its servings, the most used household measure first. Another person's own food is 404. No side effects.
 *
 */
export const getFood = <ThrowOnError extends boolean = true>(options: Options<GetFoodData, ThrowOnError>): RequestResult<GetFoodResponses, GetFoodErrors, ThrowOnError, 'data'> => (options.client ?? client).get<GetFoodResponses, GetFoodErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    security: [{ scheme: 'bearer', type: 'http' }, {
            in: 'cookie',
            name: 'access_token',
            type: 'apiKey'
        }],
    url: '/api/v1/nutrition/foods/{id}',
    ...options
});

/**
 * Remove a food from your favourites
 *
 * Doing it again changes nothing; only a food that you cannot see is 404.
 *
 */
export const removeFavoriteFood = <ThrowOnError extends boolean = true>(options: Options<RemoveFavoriteFoodData, ThrowOnError>): RequestResult<RemoveFavoriteFoodResponses, RemoveFavoriteFoodErrors, ThrowOnError, 'data'> => (options.client ?? client).delete<RemoveFavoriteFoodResponses, RemoveFavoriteFoodErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    security: [{ scheme: 'bearer', type: 'http' }, {
            in: 'cookie',
            name: 'access_token',
            type: 'apiKey'
        }],
    url: '/api/v1/nutrition/foods/{id}/favorite',
    ...options
});

/**
 * Add a food to your favourites
 *
 * Any food that you can see. Doing it again changes nothing.
 *
 */
export const addFavoriteFood = <ThrowOnError extends boolean = true>(options: Options<AddFavoriteFoodData, ThrowOnError>): RequestResult<AddFavoriteFoodResponses, AddFavoriteFoodErrors, ThrowOnError, 'data'> => (options.client ?? client).put<AddFavoriteFoodResponses, AddFavoriteFoodErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    security: [{ scheme: 'bearer', type: 'http' }, {
            in: 'cookie',
            name: 'access_token',
            type: 'apiKey'
        }],
    url: '/api/v1/nutrition/foods/{id}/favorite',
    ...options
});

/**
 * List your meals
 *
 * Your meals with their items, the newest first, as pages. `from` and `to` are local days, both included. Deleted meals are left out. No side effects.
 *
 */
export const listMeals = <ThrowOnError extends boolean = true>(options?: Options<ListMealsData, ThrowOnError>): RequestResult<ListMealsResponses, ListMealsErrors, ThrowOnError, 'data'> => (options?.client ?? client).get<ListMealsResponses, ListMealsErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    security: [{ scheme: 'bearer', type: 'http' }, {
            in: 'cookie',
            name: 'access_token',
            type: 'apiKey'
        }],
    url: '/api/v1/nutrition/meals',
    ...options
});

/**
 * Log a meal
 *
 * Stores a meal and its items, all of it or nothing. You send which food and how much; grams and nutrients are computed here, once, and stay as they were logged whatever
 * becomes of the food. `eaten_at` is now when you leave it out, and `local_date` follows from it in `timezone`, or in your profile's zone. A food that you cannot see is 404
 * `food_not_found` and a serving of another food is 422 `serving_of_another_food`, with the item named in `errors`. A day holds at most 100 meals (422 `day_full`).
 * Repeat it safely with `Idempotency-Key`, or with an `id` of your own: an `id` that you used before is 409 `conflict`.
 *
 */
export const createMeal = <ThrowOnError extends boolean = true>(options: Options<CreateMealData, ThrowOnError>): RequestResult<CreateMealResponses, CreateMealErrors, ThrowOnError, 'data'> => (options.client ?? client).post<CreateMealResponses, CreateMealErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    security: [{ scheme: 'bearer', type: 'http' }, {
            in: 'cookie',
            name: 'access_token',
            type: 'apiKey'
        }],
    url: '/api/v1/nutrition/meals',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Delete a meal
 *
 * The meal and its items disappear from every list, day and total. For 30 days `restoreMeal` brings them back; then they are erased.
 *
 */
export const deleteMeal = <ThrowOnError extends boolean = true>(options: Options<DeleteMealData, ThrowOnError>): RequestResult<DeleteMealResponses, DeleteMealErrors, ThrowOnError, 'data'> => (options.client ?? client).delete<DeleteMealResponses, DeleteMealErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    security: [{ scheme: 'bearer', type: 'http' }, {
            in: 'cookie',
            name: 'access_token',
            type: 'apiKey'
        }],
    url: '/api/v1/nutrition/meals/{id}',
    ...options
});

/**
 * Get a meal
 *
 * One meal with its items and totals. No side effects.
 *
 */
export const getMeal = <ThrowOnError extends boolean = true>(options: Options<GetMealData, ThrowOnError>): RequestResult<GetMealResponses, GetMealErrors, ThrowOnError, 'data'> => (options.client ?? client).get<GetMealResponses, GetMealErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    security: [{ scheme: 'bearer', type: 'http' }, {
            in: 'cookie',
            name: 'access_token',
            type: 'apiKey'
        }],
    url: '/api/v1/nutrition/meals/{id}',
    ...options
});

/**
 * Update a meal
 *
 * JSON merge-patch of the meal's own fields; its items have operations of their own. Sending `eaten_at` or `timezone` computes `local_date` again, in the zone you
 * name or else the meal's own; nothing else moves a meal to another day. The version changes, so a second device that still has the old `ETag` is refused (412).
 *
 */
export const updateMeal = <ThrowOnError extends boolean = true>(options: Options<UpdateMealData, ThrowOnError>): RequestResult<UpdateMealResponses, UpdateMealErrors, ThrowOnError, 'data'> => (options.client ?? client).patch<UpdateMealResponses, UpdateMealErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    security: [{ scheme: 'bearer', type: 'http' }, {
            in: 'cookie',
            name: 'access_token',
            type: 'apiKey'
        }],
    url: '/api/v1/nutrition/meals/{id}',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Restore a deleted meal
 *
 * Undoes `deleteMeal` for 30 days, with the items that went with the meal; items deleted before stay deleted. A meal that is not deleted is returned unchanged.
 *
 */
export const restoreMeal = <ThrowOnError extends boolean = true>(options: Options<RestoreMealData, ThrowOnError>): RequestResult<RestoreMealResponses, RestoreMealErrors, ThrowOnError, 'data'> => (options.client ?? client).post<RestoreMealResponses, RestoreMealErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    security: [{ scheme: 'bearer', type: 'http' }, {
            in: 'cookie',
            name: 'access_token',
            type: 'apiKey'
        }],
    url: '/api/v1/nutrition/meals/{id}/restore',
    ...options
});

/**
 * Copy a meal
 *
 * Logs the same meal again on another day or as another kind of meal, at the same local time, with the values that it was logged with: a copy does not
 * need the foods any more, and costs no recomputation. `source` of the copy is `copy`. A local time that a clock change skips moves by the length of the change, and stays on the
 * day. 422 `day_skipped` when the zone never had that day (Apia, 30 December 2011).
 *
 */
export const copyMeal = <ThrowOnError extends boolean = true>(options: Options<CopyMealData, ThrowOnError>): RequestResult<CopyMealResponses, CopyMealErrors, ThrowOnError, 'data'> => (options.client ?? client).post<CopyMealResponses, CopyMealErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    security: [{ scheme: 'bearer', type: 'http' }, {
            in: 'cookie',
            name: 'access_token',
            type: 'apiKey'
        }],
    url: '/api/v1/nutrition/meals/{id}/copy',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Add items to a meal
 *
 * Adds up to 50 items at the end of the meal, all of them or none, with the same rules as `createMeal`. A meal holds at most 100 (422 `meal_full`). The version changes;
 * with `If-Match` the write is refused with 412 when the meal has changed before.
 *
 */
export const addMealItems = <ThrowOnError extends boolean = true>(options: Options<AddMealItemsData, ThrowOnError>): RequestResult<AddMealItemsResponses, AddMealItemsErrors, ThrowOnError, 'data'> => (options.client ?? client).post<AddMealItemsResponses, AddMealItemsErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    security: [{ scheme: 'bearer', type: 'http' }, {
            in: 'cookie',
            name: 'access_token',
            type: 'apiKey'
        }],
    url: '/api/v1/nutrition/meals/{id}/items',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Refresh a meal item from its food
 *
 * An item keeps the values that it was logged with. This shows what the same amount would be with the food as it is now, `before` and `after`; with `apply: true` the item takes
 * the new values and the meal's version changes. Otherwise nothing is written. 404 `food_not_found` when the food was deleted; 422 `not_for_this_kind` for an item typed in by hand.
 *
 */
export const refreshMealItem = <ThrowOnError extends boolean = true>(options: Options<RefreshMealItemData, ThrowOnError>): RequestResult<RefreshMealItemResponses, RefreshMealItemErrors, ThrowOnError, 'data'> => (options.client ?? client).post<RefreshMealItemResponses, RefreshMealItemErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    security: [{ scheme: 'bearer', type: 'http' }, {
            in: 'cookie',
            name: 'access_token',
            type: 'apiKey'
        }],
    url: '/api/v1/nutrition/meals/{id}/items/{item_id}/refresh',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Delete a meal item
 *
 * Removes the item and returns the meal without it; the meal stays, even when it was the last one. The version changes.
 *
 */
export const deleteMealItem = <ThrowOnError extends boolean = true>(options: Options<DeleteMealItemData, ThrowOnError>): RequestResult<DeleteMealItemResponses, DeleteMealItemErrors, ThrowOnError, 'data'> => (options.client ?? client).delete<DeleteMealItemResponses, DeleteMealItemErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    security: [{ scheme: 'bearer', type: 'http' }, {
            in: 'cookie',
            name: 'access_token',
            type: 'apiKey'
        }],
    url: '/api/v1/nutrition/meals/{id}/items/{item_id}',
    ...options
});

/**
 * Update a meal item
 *
 * JSON merge-patch. `grams` makes it an item by weight, `serving_id` and `count` one by servings, of the same food. The new amount is measured with the values that the item
 * was logged with, so correcting 100 g to 120 g never brings in what the food has become; `refreshMealItem` does. An item that was typed in by hand takes `name`, `calories`,
 * `protein_g`, `carbs_g` and `fat_g`. A field that does not go with the item is 422 `not_for_this_kind`. Returns the whole meal; its version changes.
 *
 */
export const updateMealItem = <ThrowOnError extends boolean = true>(options: Options<UpdateMealItemData, ThrowOnError>): RequestResult<UpdateMealItemResponses, UpdateMealItemErrors, ThrowOnError, 'data'> => (options.client ?? client).patch<UpdateMealItemResponses, UpdateMealItemErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    security: [{ scheme: 'bearer', type: 'http' }, {
            in: 'cookie',
            name: 'access_token',
            type: 'apiKey'
        }],
    url: '/api/v1/nutrition/meals/{id}/items/{item_id}',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Get a range of days
 *
 * Every local day from `from` to `to`, both included, in order, at most 366 of them (422 `range_too_long`), also days on which nothing was logged; and each week that they touch, from Monday.
 * `totals` of a week are the sums of its days within the range, and `averages` are those divided by `divisor`, the number of days on which something was logged: days on which nothing was logged are
 * not counted. No side effects.
 *
 */
export const listNutritionDays = <ThrowOnError extends boolean = true>(options: Options<ListNutritionDaysData, ThrowOnError>): RequestResult<ListNutritionDaysResponses, ListNutritionDaysErrors, ThrowOnError, 'data'> => (options.client ?? client).get<ListNutritionDaysResponses, ListNutritionDaysErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    security: [{ scheme: 'bearer', type: 'http' }, {
            in: 'cookie',
            name: 'access_token',
            type: 'apiKey'
        }],
    url: '/api/v1/nutrition/days',
    ...options
});

/**
 * Get a day
 *
 * What was eaten on a local day, against your daily targets: the meals with their items in the order they were eaten, totals of all and by kind of meal, and what remains. `today` is the day in
 * your profile's zone. `targets` and `remaining` are absent as long as your targets are not known. No side effects.
 *
 */
export const getNutritionDay = <ThrowOnError extends boolean = true>(options: Options<GetNutritionDayData, ThrowOnError>): RequestResult<GetNutritionDayResponses, GetNutritionDayErrors, ThrowOnError, 'data'> => (options.client ?? client).get<GetNutritionDayResponses, GetNutritionDayErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    security: [{ scheme: 'bearer', type: 'http' }, {
            in: 'cookie',
            name: 'access_token',
            type: 'apiKey'
        }],
    url: '/api/v1/nutrition/days/{date}',
    ...options
});

/**
 * Copy a day
 *
 * Logs all meals of a day again on the day `to`, each like `copyMeal`, all of them or none. 422 `nothing_to_copy` when the day has no meals, `same_day` when both days are one.
 *
 */
export const copyNutritionDay = <ThrowOnError extends boolean = true>(options: Options<CopyNutritionDayData, ThrowOnError>): RequestResult<CopyNutritionDayResponses, CopyNutritionDayErrors, ThrowOnError, 'data'> => (options.client ?? client).post<CopyNutritionDayResponses, CopyNutritionDayErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    security: [{ scheme: 'bearer', type: 'http' }, {
            in: 'cookie',
            name: 'access_token',
            type: 'apiKey'
        }],
    url: '/api/v1/nutrition/days/{date}/copy',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * List your measurements
 *
 * Your measurements, the newest first, as pages. `from` and `to` are local days, both included. Deleted ones are left out. No side effects.
 *
 */
export const listMeasurements = <ThrowOnError extends boolean = true>(options?: Options<ListMeasurementsData, ThrowOnError>): RequestResult<ListMeasurementsResponses, ListMeasurementsErrors, ThrowOnError, 'data'> => (options?.client ?? client).get<ListMeasurementsResponses, ListMeasurementsErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    security: [{ scheme: 'bearer', type: 'http' }, {
            in: 'cookie',
            name: 'access_token',
            type: 'apiKey'
        }],
    url: '/api/v1/body/measurements',
    ...options
});

/**
 * Log a measurement
 *
 * Stores weight, body fat, girths, or several of them (422 `nothing_measured` when there is none). `measured_at` is now when you leave it out, and `local_date` follows from it in
 * `timezone`, or in your profile's zone. When it is your newest weight, `current_weight_kg` of the profile becomes this weight, and `targets_change` says which computed targets changed;
 * a weight that is older than the one you typed into the profile leaves the profile alone. Repeat it safely with `Idempotency-Key`, or with an `id` of your own: an `id` that you used before
 * is 409 `conflict`. Another app's record is known by `source.kind`, `source.app` and `source.external_id`: sent again it is 200 with the stored measurement, replaced when
 * `external_version` is higher, and unchanged when it is equal or lower. When you have deleted that measurement, only a higher version brings it back; otherwise it is 409 `conflict`.
 *
 */
export const createMeasurement = <ThrowOnError extends boolean = true>(options: Options<CreateMeasurementData, ThrowOnError>): RequestResult<CreateMeasurementResponses, CreateMeasurementErrors, ThrowOnError, 'data'> => (options.client ?? client).post<CreateMeasurementResponses, CreateMeasurementErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    security: [{ scheme: 'bearer', type: 'http' }, {
            in: 'cookie',
            name: 'access_token',
            type: 'apiKey'
        }],
    url: '/api/v1/body/measurements',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Delete a measurement
 *
 * Deletes the measurement. When it was your newest weight and the profile has that weight, the weight before takes its place there, and the computed targets follow. For 30 days `restoreMeasurement` brings it back; then it is erased.
 *
 */
export const deleteMeasurement = <ThrowOnError extends boolean = true>(options: Options<DeleteMeasurementData, ThrowOnError>): RequestResult<DeleteMeasurementResponses, DeleteMeasurementErrors, ThrowOnError, 'data'> => (options.client ?? client).delete<DeleteMeasurementResponses, DeleteMeasurementErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    security: [{ scheme: 'bearer', type: 'http' }, {
            in: 'cookie',
            name: 'access_token',
            type: 'apiKey'
        }],
    url: '/api/v1/body/measurements/{id}',
    ...options
});

/**
 * Get a measurement
 *
 * One measurement. No side effects.
 */
export const getMeasurement = <ThrowOnError extends boolean = true>(options: Options<GetMeasurementData, ThrowOnError>): RequestResult<GetMeasurementResponses, GetMeasurementErrors, ThrowOnError, 'data'> => (options.client ?? client).get<GetMeasurementResponses, GetMeasurementErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    security: [{ scheme: 'bearer', type: 'http' }, {
            in: 'cookie',
            name: 'access_token',
            type: 'apiKey'
        }],
    url: '/api/v1/body/measurements/{id}',
    ...options
});

/**
 * Update a measurement
 *
 * JSON merge-patch. `girths` is merged as well: `{"girths": {"waist_cm": null}}` clears one of them. At least one value has to be left (422 `nothing_measured`). Sending `measured_at` or `timezone`
 * computes `local_date` again, in the zone you name or else the measurement's own. When it changes your newest weight, the profile and its computed targets follow, as for `createMeasurement`.
 *
 */
export const updateMeasurement = <ThrowOnError extends boolean = true>(options: Options<UpdateMeasurementData, ThrowOnError>): RequestResult<UpdateMeasurementResponses, UpdateMeasurementErrors, ThrowOnError, 'data'> => (options.client ?? client).patch<UpdateMeasurementResponses, UpdateMeasurementErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    security: [{ scheme: 'bearer', type: 'http' }, {
            in: 'cookie',
            name: 'access_token',
            type: 'apiKey'
        }],
    url: '/api/v1/body/measurements/{id}',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Restore a deleted measurement
 *
 * Undoes `deleteMeasurement` for 30 days. When it is your newest weight again, the profile and its computed targets follow, as for `createMeasurement`. A measurement that is not deleted is returned unchanged.
 *
 */
export const restoreMeasurement = <ThrowOnError extends boolean = true>(options: Options<RestoreMeasurementData, ThrowOnError>): RequestResult<RestoreMeasurementResponses, RestoreMeasurementErrors, ThrowOnError, 'data'> => (options.client ?? client).post<RestoreMeasurementResponses, RestoreMeasurementErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    security: [{ scheme: 'bearer', type: 'http' }, {
            in: 'cookie',
            name: 'access_token',
            type: 'apiKey'
        }],
    url: '/api/v1/body/measurements/{id}/restore',
    ...options
});

/**
 * List your activities
 *
 * Your activities, the newest first, as pages. `from` and `to` are local days, both included. The legs of a multi-sport activity are in `legs` of the whole, not in the list.
 * Deleted activities are left out. No side effects.
 *
 */
export const listActivities = <ThrowOnError extends boolean = true>(options?: Options<ListActivitiesData, ThrowOnError>): RequestResult<ListActivitiesResponses, ListActivitiesErrors, ThrowOnError, 'data'> => (options?.client ?? client).get<ListActivitiesResponses, ListActivitiesErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    security: [{ scheme: 'bearer', type: 'http' }, {
            in: 'cookie',
            name: 'access_token',
            type: 'apiKey'
        }],
    url: '/api/v1/activities',
    ...options
});

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
 *
 */
export const createActivity = <ThrowOnError extends boolean = true>(options: Options<CreateActivityData, ThrowOnError>): RequestResult<CreateActivityResponses, CreateActivityErrors, ThrowOnError, 'data'> => (options.client ?? client).post<CreateActivityResponses, CreateActivityErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    security: [{ scheme: 'bearer', type: 'http' }, {
            in: 'cookie',
            name: 'access_token',
            type: 'apiKey'
        }],
    url: '/api/v1/activities',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Sum up days
 *
 * What counts on a local day (`date`, today when you send nothing), or on every day from `from` to `to`, both included, at most 366 of them (422 `range_too_long`), also days without activities; and each week that they touch, from Monday.
 *
 * Records of the same time are counted once. Two records are the same activity when they are of one family of sports, or one of them is of an unknown one, and share 80 % of the time of the longer one, or start
 * within 10 minutes of each other and are equally long to 80 %. Then the stronger one counts: what you prefer, then measured energy, then entered, then computed, then the longer one. Where records overlap in a part of their time,
 * the weaker one counts with the rest. `left_out` names each record that does not count in full, with the reason; `counting` of an activity decides otherwise. No side effects.
 *
 */
export const getActivitySummary = <ThrowOnError extends boolean = true>(options?: Options<GetActivitySummaryData, ThrowOnError>): RequestResult<GetActivitySummaryResponses, GetActivitySummaryErrors, ThrowOnError, 'data'> => (options?.client ?? client).get<GetActivitySummaryResponses, GetActivitySummaryErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    security: [{ scheme: 'bearer', type: 'http' }, {
            in: 'cookie',
            name: 'access_token',
            type: 'apiKey'
        }],
    url: '/api/v1/activities/summary',
    ...options
});

/**
 * Find exercises
 *
 * Your own exercises first, then those of the catalogue, by name. With `q`, those in whose name each word of `q` begins a word; accents and case do not matter. `muscle` and `equipment` narrow the catalogue. No side effects.
 *
 */
export const listExercises = <ThrowOnError extends boolean = true>(options?: Options<ListExercisesData, ThrowOnError>): RequestResult<ListExercisesResponses, ListExercisesErrors, ThrowOnError, 'data'> => (options?.client ?? client).get<ListExercisesResponses, ListExercisesErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    security: [{ scheme: 'bearer', type: 'http' }, {
            in: 'cookie',
            name: 'access_token',
            type: 'apiKey'
        }],
    url: '/api/v1/activities/exercises',
    ...options
});

/**
 * Add an exercise of your own
 *
 * Adds an exercise that the catalogue does not have. Its name is unique among your own (409 `conflict`). Repeat it safely with `Idempotency-Key`, or with an `id` of your own.
 *
 */
export const createExercise = <ThrowOnError extends boolean = true>(options: Options<CreateExerciseData, ThrowOnError>): RequestResult<CreateExerciseResponses, CreateExerciseErrors, ThrowOnError, 'data'> => (options.client ?? client).post<CreateExerciseResponses, CreateExerciseErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    security: [{ scheme: 'bearer', type: 'http' }, {
            in: 'cookie',
            name: 'access_token',
            type: 'apiKey'
        }],
    url: '/api/v1/activities/exercises',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Delete an exercise of your own
 *
 * It is no longer listed and cannot be logged. What was logged with it stays, with its history and records. For 30 days `restoreExercise` brings it back; then it is erased.
 *
 */
export const deleteExercise = <ThrowOnError extends boolean = true>(options: Options<DeleteExerciseData, ThrowOnError>): RequestResult<DeleteExerciseResponses, DeleteExerciseErrors, ThrowOnError, 'data'> => (options.client ?? client).delete<DeleteExerciseResponses, DeleteExerciseErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    security: [{ scheme: 'bearer', type: 'http' }, {
            in: 'cookie',
            name: 'access_token',
            type: 'apiKey'
        }],
    url: '/api/v1/activities/exercises/{id}',
    ...options
});

/**
 * Update an exercise of your own
 *
 * JSON merge-patch. Sets that are logged keep the load mode that they were logged with.
 *
 */
export const updateExercise = <ThrowOnError extends boolean = true>(options: Options<UpdateExerciseData, ThrowOnError>): RequestResult<UpdateExerciseResponses, UpdateExerciseErrors, ThrowOnError, 'data'> => (options.client ?? client).patch<UpdateExerciseResponses, UpdateExerciseErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    security: [{ scheme: 'bearer', type: 'http' }, {
            in: 'cookie',
            name: 'access_token',
            type: 'apiKey'
        }],
    url: '/api/v1/activities/exercises/{id}',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Restore a deleted exercise of your own
 *
 * Undoes `deleteExercise` for 30 days. When another exercise of yours has its name by now, it stays deleted (409 `conflict`). An exercise that is not deleted is returned unchanged.
 *
 */
export const restoreExercise = <ThrowOnError extends boolean = true>(options: Options<RestoreExerciseData, ThrowOnError>): RequestResult<RestoreExerciseResponses, RestoreExerciseErrors, ThrowOnError, 'data'> => (options.client ?? client).post<RestoreExerciseResponses, RestoreExerciseErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    security: [{ scheme: 'bearer', type: 'http' }, {
            in: 'cookie',
            name: 'access_token',
            type: 'apiKey'
        }],
    url: '/api/v1/activities/exercises/{id}/restore',
    ...options
});

/**
 * History and records of an exercise
 *
 * The sessions of an exercise as pages, the newest first, and all its personal records. A record is a set that beats the best of all sessions before; the first session is the baseline (`previous` is absent).
 * Records follow from the sets: an edit or a deletion computes them again. `id` is that of an exercise, or `name:` and a name in lower case for sets that were logged by name only. No side effects.
 *
 */
export const getExerciseHistory = <ThrowOnError extends boolean = true>(options: Options<GetExerciseHistoryData, ThrowOnError>): RequestResult<GetExerciseHistoryResponses, GetExerciseHistoryErrors, ThrowOnError, 'data'> => (options.client ?? client).get<GetExerciseHistoryResponses, GetExerciseHistoryErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    security: [{ scheme: 'bearer', type: 'http' }, {
            in: 'cookie',
            name: 'access_token',
            type: 'apiKey'
        }],
    url: '/api/v1/activities/exercises/{id}/history',
    ...options
});

/**
 * Find activities and their METs
 *
 * The activities that can be named, with their MET of the 2024 Compendium of Physical Activities. With `q`, the activity of exactly that name comes first, then what a word with several meanings may mean, then
 * activities with a name in which each word of `q` begins a word (those with such a `title` in `lang` first), then rows of the Compendium that have a code only. With a code of the Compendium (`12030`), the activities that have it, also at one of their speeds, and its row when it is no activity's own. Accents and case do not matter. Without `q`, all activities by key. Needs no sign-in. No side effects.
 *
 */
export const listActivityCatalogue = <ThrowOnError extends boolean = true>(options?: Options<ListActivityCatalogueData, ThrowOnError>): RequestResult<ListActivityCatalogueResponses, ListActivityCatalogueErrors, ThrowOnError, 'data'> => (options?.client ?? client).get<ListActivityCatalogueResponses, ListActivityCatalogueErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    url: '/api/v1/activities/catalogue',
    ...options
});

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
 *
 */
export const importActivity = <ThrowOnError extends boolean = true>(options: Options<ImportActivityData, ThrowOnError>): RequestResult<ImportActivityResponses, ImportActivityErrors, ThrowOnError, 'data'> => (options.client ?? client).post<ImportActivityResponses, ImportActivityErrors, ThrowOnError, 'data'>({
    bodySerializer: null,
    responseStyle: 'data',
    security: [{ scheme: 'bearer', type: 'http' }, {
            in: 'cookie',
            name: 'access_token',
            type: 'apiKey'
        }],
    url: '/api/v1/activities/import',
    ...options,
    headers: {
        'Content-Type': 'application/octet-stream',
        ...options.headers
    }
});

/**
 * Get an import
 *
 * How far an import is, and what became of it: its `result`, which is what `importActivity` returns for a small file, or the `problem` that refused the file. With `wait`, the response comes when it is done or has failed, or after
 * that many seconds. An import in the background can be read for 7 days, and every import as long as one of its activities exists. No side effects.
 *
 */
export const getActivityImport = <ThrowOnError extends boolean = true>(options: Options<GetActivityImportData, ThrowOnError>): RequestResult<GetActivityImportResponses, GetActivityImportErrors, ThrowOnError, 'data'> => (options.client ?? client).get<GetActivityImportResponses, GetActivityImportErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    security: [{ scheme: 'bearer', type: 'http' }, {
            in: 'cookie',
            name: 'access_token',
            type: 'apiKey'
        }],
    url: '/api/v1/activities/imports/{id}',
    ...options
});

/**
 * Delete an activity
 *
 * The activity and its legs disappear from every list and sum. For 30 days `restoreActivity` brings them back; then they are erased.
 *
 */
export const deleteActivity = <ThrowOnError extends boolean = true>(options: Options<DeleteActivityData, ThrowOnError>): RequestResult<DeleteActivityResponses, DeleteActivityErrors, ThrowOnError, 'data'> => (options.client ?? client).delete<DeleteActivityResponses, DeleteActivityErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    security: [{ scheme: 'bearer', type: 'http' }, {
            in: 'cookie',
            name: 'access_token',
            type: 'apiKey'
        }],
    url: '/api/v1/activities/{id}',
    ...options
});

/**
 * Get an activity
 *
 * One activity, with its legs when it is a multi-sport activity. No side effects.
 *
 */
export const getActivity = <ThrowOnError extends boolean = true>(options: Options<GetActivityData, ThrowOnError>): RequestResult<GetActivityResponses, GetActivityErrors, ThrowOnError, 'data'> => (options.client ?? client).get<GetActivityResponses, GetActivityErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    security: [{ scheme: 'bearer', type: 'http' }, {
            in: 'cookie',
            name: 'access_token',
            type: 'apiKey'
        }],
    url: '/api/v1/activities/{id}',
    ...options
});

/**
 * Update an activity
 *
 * JSON merge-patch. `metrics` are merged member by member: what you leave out stays, `null` removes a member, lists such as `laps` are replaced. `source` and `heart_rate_zones` are replaced as a whole.
 * The kind of `metrics` changes only when you send another `kind`, and then you remove the members that it does not have with `null` (422 `wrong_kind`); a new `category` that the kind does not fit, as in `createActivity`, needs other metrics in the same request. A change of what `energy` follows from computes it again, unless you entered `kcal` yourself. A new `started_at` moves the activity and keeps its length; a new `ended_at` or `elapsed_s` changes its length, and `timer_s` follows when it was the
 * same. Sending `started_at` or `timezone` computes `local_date` again, in the zone you name or else the activity's own. The legs of a multi-sport activity move with its start; a length that leaves one of them outside, and a leg that would lie outside, are 422 `outside_whole`. The version changes, so a second device that still has the old `ETag` is refused (412).
 *
 */
export const updateActivity = <ThrowOnError extends boolean = true>(options: Options<UpdateActivityData, ThrowOnError>): RequestResult<UpdateActivityResponses, UpdateActivityErrors, ThrowOnError, 'data'> => (options.client ?? client).patch<UpdateActivityResponses, UpdateActivityErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    security: [{ scheme: 'bearer', type: 'http' }, {
            in: 'cookie',
            name: 'access_token',
            type: 'apiKey'
        }],
    url: '/api/v1/activities/{id}',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Restore a deleted activity
 *
 * Undoes `deleteActivity` for 30 days, with the legs that were deleted with it; legs deleted before stay deleted. A leg that lies outside its whole by now is 422 `outside_whole`. An activity that is not deleted is returned unchanged.
 *
 */
export const restoreActivity = <ThrowOnError extends boolean = true>(options: Options<RestoreActivityData, ThrowOnError>): RequestResult<RestoreActivityResponses, RestoreActivityErrors, ThrowOnError, 'data'> => (options.client ?? client).post<RestoreActivityResponses, RestoreActivityErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    security: [{ scheme: 'bearer', type: 'http' }, {
            in: 'cookie',
            name: 'access_token',
            type: 'apiKey'
        }],
    url: '/api/v1/activities/{id}/restore',
    ...options
});

/**
 * Get measurements over time
 *
 * What the device measured at each moment, reduced to as many points as a chart needs. The first and the last point are always among them, and peaks of each channel are kept (Largest-Triangle-Three-Buckets). An activity that was not
 * imported from a file, and the whole of a multi-sport activity, have no points: ask for its legs. No side effects.
 *
 */
export const getActivityStreams = <ThrowOnError extends boolean = true>(options: Options<GetActivityStreamsData, ThrowOnError>): RequestResult<GetActivityStreamsResponses, GetActivityStreamsErrors, ThrowOnError, 'data'> => (options.client ?? client).get<GetActivityStreamsResponses, GetActivityStreamsErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    security: [{ scheme: 'bearer', type: 'http' }, {
            in: 'cookie',
            name: 'access_token',
            type: 'apiKey'
        }],
    url: '/api/v1/activities/{id}/streams',
    ...options
});

/**
 * Get the track as GPX
 *
 * The positions as a GPX 1.1 file with altitude, heart rate, cadence, speed and power. Places near both ends are left out as `privacy_radius_m` of the profile, of the import or of this request says. An activity without positions is
 * 404 `no_track`. No side effects.
 *
 */
export const getActivityTrack = <ThrowOnError extends boolean = true>(options: Options<GetActivityTrackData, ThrowOnError>): RequestResult<GetActivityTrackResponses, GetActivityTrackErrors, ThrowOnError, 'data'> => (options.client ?? client).get<GetActivityTrackResponses, GetActivityTrackErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    security: [{ scheme: 'bearer', type: 'http' }, {
            in: 'cookie',
            name: 'access_token',
            type: 'apiKey'
        }],
    url: '/api/v1/activities/{id}/track',
    ...options
});

/**
 * Import weights
 *
 * Reads weights, body fat and girths from the export of another app and returns what became of each record: Libra, openScale, Withings and other CSV files with headings, the `export.xml` of Apple Health, and
 * records of Health Connect as JSON. Send the file itself as the body, or as the part `file` of a form, at most 25 MiB before and after unpacking gzip, with at most 10 000 records of the body (422 `too_many_records`); its type is found in its content.
 *
 * Importing again is safe: a record that is stored already is `exists`, one with a higher version is `updated`, and what you deleted stays `deleted`. A record that cannot be used is `refused` with a `code`, and the
 * others are stored. With `dry_run=true` nothing is written. The newest weight becomes that of the profile, as for `createMeasurement`.
 *
 */
export const importMeasurements = <ThrowOnError extends boolean = true>(options: Options<ImportMeasurementsData, ThrowOnError>): RequestResult<ImportMeasurementsResponses, ImportMeasurementsErrors, ThrowOnError, 'data'> => (options.client ?? client).post<ImportMeasurementsResponses, ImportMeasurementsErrors, ThrowOnError, 'data'>({
    bodySerializer: null,
    responseStyle: 'data',
    security: [{ scheme: 'bearer', type: 'http' }, {
            in: 'cookie',
            name: 'access_token',
            type: 'apiKey'
        }],
    url: '/api/v1/body/import',
    ...options,
    headers: {
        'Content-Type': 'application/octet-stream',
        ...options.headers
    }
});

/**
 * Get your weight trend
 *
 * Every local day from `from` to `to`, both included, at most 366 of them (422 `range_too_long`), with the weigh-in and the smoothed trend; the rate per week of the 28 days that end with `to`, or with
 * today when that is earlier; and when your goal weight is reached at this rate. The guide *Body and trend* explains the numbers. No side effects.
 *
 */
export const getWeightTrend = <ThrowOnError extends boolean = true>(options: Options<GetWeightTrendData, ThrowOnError>): RequestResult<GetWeightTrendResponses, GetWeightTrendErrors, ThrowOnError, 'data'> => (options.client ?? client).get<GetWeightTrendResponses, GetWeightTrendErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    security: [{ scheme: 'bearer', type: 'http' }, {
            in: 'cookie',
            name: 'access_token',
            type: 'apiKey'
        }],
    url: '/api/v1/body/trend',
    ...options
});

/**
 * List water by day
 *
 * Every local day from `from` to `to`, both included, at most 366 of them (422 `range_too_long`), with its entries and their sum, also days without entries. No side effects.
 *
 */
export const listWater = <ThrowOnError extends boolean = true>(options: Options<ListWaterData, ThrowOnError>): RequestResult<ListWaterResponses, ListWaterErrors, ThrowOnError, 'data'> => (options.client ?? client).get<ListWaterResponses, ListWaterErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    security: [{ scheme: 'bearer', type: 'http' }, {
            in: 'cookie',
            name: 'access_token',
            type: 'apiKey'
        }],
    url: '/api/v1/body/water',
    ...options
});

/**
 * Log water
 *
 * Stores an amount of water. `drunk_at` is now when you leave it out; `local_date` follows from it in `timezone`, or in your profile's zone. A day holds at most 100 entries (422 `too_many_entries`).
 * Repeat it safely with `Idempotency-Key`, or with an `id` of your own: an `id` that you used before is 409 `conflict`.
 *
 */
export const createWater = <ThrowOnError extends boolean = true>(options: Options<CreateWaterData, ThrowOnError>): RequestResult<CreateWaterResponses, CreateWaterErrors, ThrowOnError, 'data'> => (options.client ?? client).post<CreateWaterResponses, CreateWaterErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    security: [{ scheme: 'bearer', type: 'http' }, {
            in: 'cookie',
            name: 'access_token',
            type: 'apiKey'
        }],
    url: '/api/v1/body/water',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Delete water
 *
 * The entry disappears from every day and sum. For 30 days `restoreWater` brings it back; then it is erased.
 */
export const deleteWater = <ThrowOnError extends boolean = true>(options: Options<DeleteWaterData, ThrowOnError>): RequestResult<DeleteWaterResponses, DeleteWaterErrors, ThrowOnError, 'data'> => (options.client ?? client).delete<DeleteWaterResponses, DeleteWaterErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    security: [{ scheme: 'bearer', type: 'http' }, {
            in: 'cookie',
            name: 'access_token',
            type: 'apiKey'
        }],
    url: '/api/v1/body/water/{id}',
    ...options
});

/**
 * Get water
 *
 * One entry of water. No side effects.
 */
export const getWater = <ThrowOnError extends boolean = true>(options: Options<GetWaterData, ThrowOnError>): RequestResult<GetWaterResponses, GetWaterErrors, ThrowOnError, 'data'> => (options.client ?? client).get<GetWaterResponses, GetWaterErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    security: [{ scheme: 'bearer', type: 'http' }, {
            in: 'cookie',
            name: 'access_token',
            type: 'apiKey'
        }],
    url: '/api/v1/body/water/{id}',
    ...options
});

/**
 * Update water
 *
 * JSON merge-patch. Sending `drunk_at` or `timezone` computes `local_date` again, in the zone you name or else the entry's own. A day that has 100 entries takes no more (422 `too_many_entries`).
 *
 */
export const updateWater = <ThrowOnError extends boolean = true>(options: Options<UpdateWaterData, ThrowOnError>): RequestResult<UpdateWaterResponses, UpdateWaterErrors, ThrowOnError, 'data'> => (options.client ?? client).patch<UpdateWaterResponses, UpdateWaterErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    security: [{ scheme: 'bearer', type: 'http' }, {
            in: 'cookie',
            name: 'access_token',
            type: 'apiKey'
        }],
    url: '/api/v1/body/water/{id}',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Restore deleted water
 *
 * Undoes `deleteWater` for 30 days. An entry that is not deleted is returned unchanged. A day that has 100 entries by now takes no more (422 `too_many_entries`).
 *
 */
export const restoreWater = <ThrowOnError extends boolean = true>(options: Options<RestoreWaterData, ThrowOnError>): RequestResult<RestoreWaterResponses, RestoreWaterErrors, ThrowOnError, 'data'> => (options.client ?? client).post<RestoreWaterResponses, RestoreWaterErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    security: [{ scheme: 'bearer', type: 'http' }, {
            in: 'cookie',
            name: 'access_token',
            type: 'apiKey'
        }],
    url: '/api/v1/body/water/{id}/restore',
    ...options
});

/**
 * List sleep by day
 *
 * Every local day from `from` to `to`, both included, at most 366 of them (422 `range_too_long`), with the sleep that ended on it and its minutes, also days without. No side effects.
 *
 */
export const listSleep = <ThrowOnError extends boolean = true>(options: Options<ListSleepData, ThrowOnError>): RequestResult<ListSleepResponses, ListSleepErrors, ThrowOnError, 'data'> => (options.client ?? client).get<ListSleepResponses, ListSleepErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    security: [{ scheme: 'bearer', type: 'http' }, {
            in: 'cookie',
            name: 'access_token',
            type: 'apiKey'
        }],
    url: '/api/v1/body/sleep',
    ...options
});

/**
 * Log sleep
 *
 * Stores a night or a nap. It counts for the local day on which it ends, in `timezone` or your profile's zone. `asleep_minutes` is the time between `started_at` and `ended_at` when you leave it out, and
 * never more (422 `longer_than_in_bed`). Sleep lasts from a minute (422 `sleep_too_short`) to 24 hours (422 `sleep_too_long`), and never at a time of which you logged sleep already (422 `sleep_overlaps`), since it would be counted
 * twice. Repeat it safely with `Idempotency-Key`, or with an `id` of your own: an `id` that you used before is 409 `conflict`.
 *
 */
export const createSleep = <ThrowOnError extends boolean = true>(options: Options<CreateSleepData, ThrowOnError>): RequestResult<CreateSleepResponses, CreateSleepErrors, ThrowOnError, 'data'> => (options.client ?? client).post<CreateSleepResponses, CreateSleepErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    security: [{ scheme: 'bearer', type: 'http' }, {
            in: 'cookie',
            name: 'access_token',
            type: 'apiKey'
        }],
    url: '/api/v1/body/sleep',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Delete sleep
 *
 * The entry disappears from every day and sum. For 30 days `restoreSleep` brings it back; then it is erased.
 */
export const deleteSleep = <ThrowOnError extends boolean = true>(options: Options<DeleteSleepData, ThrowOnError>): RequestResult<DeleteSleepResponses, DeleteSleepErrors, ThrowOnError, 'data'> => (options.client ?? client).delete<DeleteSleepResponses, DeleteSleepErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    security: [{ scheme: 'bearer', type: 'http' }, {
            in: 'cookie',
            name: 'access_token',
            type: 'apiKey'
        }],
    url: '/api/v1/body/sleep/{id}',
    ...options
});

/**
 * Get sleep
 *
 * One entry of sleep. No side effects.
 */
export const getSleep = <ThrowOnError extends boolean = true>(options: Options<GetSleepData, ThrowOnError>): RequestResult<GetSleepResponses, GetSleepErrors, ThrowOnError, 'data'> => (options.client ?? client).get<GetSleepResponses, GetSleepErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    security: [{ scheme: 'bearer', type: 'http' }, {
            in: 'cookie',
            name: 'access_token',
            type: 'apiKey'
        }],
    url: '/api/v1/body/sleep/{id}',
    ...options
});

/**
 * Update sleep
 *
 * JSON merge-patch; `"asleep_minutes": null` makes it the whole time from `started_at` to `ended_at`. Sending `ended_at` or `timezone` computes `local_date` again, in the zone you name or else the entry's
 * own. The rules are those of `createSleep`, for the entry as it is after the change: minutes that no longer fit between shorter times are 422 `shorter_than_asleep`, unless you send new ones or `null`.
 *
 */
export const updateSleep = <ThrowOnError extends boolean = true>(options: Options<UpdateSleepData, ThrowOnError>): RequestResult<UpdateSleepResponses, UpdateSleepErrors, ThrowOnError, 'data'> => (options.client ?? client).patch<UpdateSleepResponses, UpdateSleepErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    security: [{ scheme: 'bearer', type: 'http' }, {
            in: 'cookie',
            name: 'access_token',
            type: 'apiKey'
        }],
    url: '/api/v1/body/sleep/{id}',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Restore deleted sleep
 *
 * Undoes `deleteSleep` for 30 days. An entry that is not deleted is returned unchanged. When sleep was logged at its time since, it stays deleted (422 `sleep_overlaps`).
 *
 */
export const restoreSleep = <ThrowOnError extends boolean = true>(options: Options<RestoreSleepData, ThrowOnError>): RequestResult<RestoreSleepResponses, RestoreSleepErrors, ThrowOnError, 'data'> => (options.client ?? client).post<RestoreSleepResponses, RestoreSleepErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    security: [{ scheme: 'bearer', type: 'http' }, {
            in: 'cookie',
            name: 'access_token',
            type: 'apiKey'
        }],
    url: '/api/v1/body/sleep/{id}/restore',
    ...options
});

/**
 * Get everything of a range of days
 *
 * Every local day from `from` to `to`, both included, at most 92 of them (422 `range_too_long`), with its sums: what a chart or a calendar needs. Meals, activities and micronutrients are in `getDay`. No side effects.
 *
 */
export const listDays = <ThrowOnError extends boolean = true>(options: Options<ListDaysData, ThrowOnError>): RequestResult<ListDaysResponses, ListDaysErrors, ThrowOnError, 'data'> => (options.client ?? client).get<ListDaysResponses, ListDaysErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    security: [{ scheme: 'bearer', type: 'http' }, {
            in: 'cookie',
            name: 'access_token',
            type: 'apiKey'
        }],
    url: '/api/v1/days',
    ...options
});

/**
 * Get everything of a day
 *
 * What a home screen needs of a local day, in one request: nutrition with its meals, activities, weight with its trend and rate, water, sleep, your targets, what remains of them with the energy of activities
 * as your profile wants it (`exercise_calories`), and micronutrients against reference intakes. `today` is the day in your profile's zone. The guide *The dashboard* explains the numbers. No side effects.
 *
 */
export const getDay = <ThrowOnError extends boolean = true>(options: Options<GetDayData, ThrowOnError>): RequestResult<GetDayResponses, GetDayErrors, ThrowOnError, 'data'> => (options.client ?? client).get<GetDayResponses, GetDayErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    security: [{ scheme: 'bearer', type: 'http' }, {
            in: 'cookie',
            name: 'access_token',
            type: 'apiKey'
        }],
    url: '/api/v1/days/{date}',
    ...options
});

/**
 * Mark a day as complete
 *
 * Says that everything of a day is logged, or takes it back with `complete: false`. A complete day counts for `getEnergy` however little was logged: a day of fasting, or of one meal. `today` is the day in your profile's zone.
 *
 */
export const setDayCompletion = <ThrowOnError extends boolean = true>(options: Options<SetDayCompletionData, ThrowOnError>): RequestResult<SetDayCompletionResponses, SetDayCompletionErrors, ThrowOnError, 'data'> => (options.client ?? client).put<SetDayCompletionResponses, SetDayCompletionErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    security: [{ scheme: 'bearer', type: 'http' }, {
            in: 'cookie',
            name: 'access_token',
            type: 'apiKey'
        }],
    url: '/api/v1/days/{date}/completion',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * List your conversations
 *
 * Your conversations, the one with the newest message first, as pages. Deleted ones are left out. No side effects.
 */
export const listConversations = <ThrowOnError extends boolean = true>(options?: Options<ListConversationsData, ThrowOnError>): RequestResult<ListConversationsResponses, ListConversationsErrors, ThrowOnError, 'data'> => (options?.client ?? client).get<ListConversationsResponses, ListConversationsErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    security: [{ scheme: 'bearer', type: 'http' }, {
            in: 'cookie',
            name: 'access_token',
            type: 'apiKey'
        }],
    url: '/api/v1/coach/conversations',
    ...options
});

/**
 * Start a conversation
 *
 * Starts an empty conversation. Without a `title`, it is named after its first message. Repeat it safely with `Idempotency-Key`, or with an `id` of your own: an `id` that you used before is 409 `conflict`.
 *
 */
export const createConversation = <ThrowOnError extends boolean = true>(options: Options<CreateConversationData, ThrowOnError>): RequestResult<CreateConversationResponses, CreateConversationErrors, ThrowOnError, 'data'> => (options.client ?? client).post<CreateConversationResponses, CreateConversationErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    security: [{ scheme: 'bearer', type: 'http' }, {
            in: 'cookie',
            name: 'access_token',
            type: 'apiKey'
        }],
    url: '/api/v1/coach/conversations',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Delete a conversation
 *
 * Deletes the conversation with its messages and what the coach remembers from them. A reply that is being made is stopped. Everything is erased after 30 days.
 *
 */
export const deleteConversation = <ThrowOnError extends boolean = true>(options: Options<DeleteConversationData, ThrowOnError>): RequestResult<DeleteConversationResponses, DeleteConversationErrors, ThrowOnError, 'data'> => (options.client ?? client).delete<DeleteConversationResponses, DeleteConversationErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    security: [{ scheme: 'bearer', type: 'http' }, {
            in: 'cookie',
            name: 'access_token',
            type: 'apiKey'
        }],
    url: '/api/v1/coach/conversations/{id}',
    ...options
});

/**
 * Get a conversation
 *
 * One conversation, without its messages. `active_message_id` is the reply that is being made: follow it with `streamMessage`, for example after a page was loaded again. No side effects.
 *
 */
export const getConversation = <ThrowOnError extends boolean = true>(options: Options<GetConversationData, ThrowOnError>): RequestResult<GetConversationResponses, GetConversationErrors, ThrowOnError, 'data'> => (options.client ?? client).get<GetConversationResponses, GetConversationErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    security: [{ scheme: 'bearer', type: 'http' }, {
            in: 'cookie',
            name: 'access_token',
            type: 'apiKey'
        }],
    url: '/api/v1/coach/conversations/{id}',
    ...options
});

/**
 * Update a conversation
 *
 * JSON merge-patch of the title and of whether the conversation is archived. A `title` of `null` lets the coach find one again. Archiving deletes nothing.
 */
export const updateConversation = <ThrowOnError extends boolean = true>(options: Options<UpdateConversationData, ThrowOnError>): RequestResult<UpdateConversationResponses, UpdateConversationErrors, ThrowOnError, 'data'> => (options.client ?? client).patch<UpdateConversationResponses, UpdateConversationErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    security: [{ scheme: 'bearer', type: 'http' }, {
            in: 'cookie',
            name: 'access_token',
            type: 'apiKey'
        }],
    url: '/api/v1/coach/conversations/{id}',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * List the messages of a conversation
 *
 * The messages of a conversation, the newest first, as pages. The text of a reply is there when the reply is complete. No side effects.
 */
export const listMessages = <ThrowOnError extends boolean = true>(options: Options<ListMessagesData, ThrowOnError>): RequestResult<ListMessagesResponses, ListMessagesErrors, ThrowOnError, 'data'> => (options.client ?? client).get<ListMessagesResponses, ListMessagesErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    security: [{ scheme: 'bearer', type: 'http' }, {
            in: 'cookie',
            name: 'access_token',
            type: 'apiKey'
        }],
    url: '/api/v1/coach/conversations/{id}/messages',
    ...options
});

/**
 * Send a message to the coach
 *
 * Stores your message and starts the reply, which is made on the server whether or not somebody listens. The response comes at once, with your message and the reply's id: read the reply as it arrives with
 * `streamMessage`, as pages of events with `listMessageEvents`, or whole with `listMessages` when it is complete. While a reply is being made, another message to the same conversation is 409 `reply_in_progress`.
 *
 * Where replies cost money, each person has a budget for the day (UTC); when it is used, the response is 429 `coach_budget_used`. Signs of danger are replied to all the same.
 *
 * The coach writes nothing into your diary: it makes proposals, which you confirm. Repeat it safely with `Idempotency-Key`, or with an `id` of your own: an `id` that you used before is 409 `conflict`.
 *
 */
export const sendMessage = <ThrowOnError extends boolean = true>(options: Options<SendMessageData, ThrowOnError>): RequestResult<SendMessageResponses, SendMessageErrors, ThrowOnError, 'data'> => (options.client ?? client).post<SendMessageResponses, SendMessageErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    security: [{ scheme: 'bearer', type: 'http' }, {
            in: 'cookie',
            name: 'access_token',
            type: 'apiKey'
        }],
    url: '/api/v1/coach/conversations/{id}/messages',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Forget everything you told the coach
 *
 * Erases all memories at once, for good. The messages that they are from stay in their conversations, but the coach no longer searches them. To stop it from remembering, set `memory_enabled`
 * to false with `updateCoachSettings`.
 *
 */
export const deleteMemories = <ThrowOnError extends boolean = true>(options?: Options<DeleteMemoriesData, ThrowOnError>): RequestResult<DeleteMemoriesResponses, DeleteMemoriesErrors, ThrowOnError, 'data'> => (options?.client ?? client).delete<DeleteMemoriesResponses, DeleteMemoriesErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    security: [{ scheme: 'bearer', type: 'http' }, {
            in: 'cookie',
            name: 'access_token',
            type: 'apiKey'
        }],
    url: '/api/v1/coach/memories',
    ...options
});

/**
 * List what the coach remembers
 *
 * What you have told the coach about yourself and it keeps in mind, the newest first, as pages. Each entry is a sentence of yours with the message that it is from. A message is remembered only
 * when `memory_enabled` of the settings is true, and only when it states an allergy, an injury, a dislike, a goal, a habit or a schedule. No side effects.
 *
 */
export const listMemories = <ThrowOnError extends boolean = true>(options?: Options<ListMemoriesData, ThrowOnError>): RequestResult<ListMemoriesResponses, ListMemoriesErrors, ThrowOnError, 'data'> => (options?.client ?? client).get<ListMemoriesResponses, ListMemoriesErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    security: [{ scheme: 'bearer', type: 'http' }, {
            in: 'cookie',
            name: 'access_token',
            type: 'apiKey'
        }],
    url: '/api/v1/coach/memories',
    ...options
});

/**
 * Forget a memory
 *
 * Erases one memory at once, for good. The message that it is from stays in its conversation, but the coach no longer searches it.
 */
export const deleteMemory = <ThrowOnError extends boolean = true>(options: Options<DeleteMemoryData, ThrowOnError>): RequestResult<DeleteMemoryResponses, DeleteMemoryErrors, ThrowOnError, 'data'> => (options.client ?? client).delete<DeleteMemoryResponses, DeleteMemoryErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    security: [{ scheme: 'bearer', type: 'http' }, {
            in: 'cookie',
            name: 'access_token',
            type: 'apiKey'
        }],
    url: '/api/v1/coach/memories/{id}',
    ...options
});

/**
 * Get the settings of your coach
 *
 * Whether the coach may remember, and, after you have switched that off, what will be erased and when. No side effects.
 */
export const getCoachSettings = <ThrowOnError extends boolean = true>(options?: Options<GetCoachSettingsData, ThrowOnError>): RequestResult<GetCoachSettingsResponses, GetCoachSettingsErrors, ThrowOnError, 'data'> => (options?.client ?? client).get<GetCoachSettingsResponses, GetCoachSettingsErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    security: [{ scheme: 'bearer', type: 'http' }, {
            in: 'cookie',
            name: 'access_token',
            type: 'apiKey'
        }],
    url: '/api/v1/coach/settings',
    ...options
});

/**
 * Change the settings of your coach
 *
 * JSON merge-patch. `memory_enabled` is false until you set it: the coach then sees the conversation itself and your diary, and keeps nothing else.
 *
 * - `true`: the coach keeps facts that you state, and searches your earlier messages, meals and activities for what a question is about. What you wrote and logged before becomes searchable within minutes.
 * - `false`: nothing is used or stored from this moment. `erasure` says what is left and until when it is erased, at most an hour later. Setting it to true before that keeps it. Your conversations and
 * your diary stay; they are deleted where they are.
 *
 */
export const updateCoachSettings = <ThrowOnError extends boolean = true>(options: Options<UpdateCoachSettingsData, ThrowOnError>): RequestResult<UpdateCoachSettingsResponses, UpdateCoachSettingsErrors, ThrowOnError, 'data'> => (options.client ?? client).patch<UpdateCoachSettingsResponses, UpdateCoachSettingsErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    security: [{ scheme: 'bearer', type: 'http' }, {
            in: 'cookie',
            name: 'access_token',
            type: 'apiKey'
        }],
    url: '/api/v1/coach/settings',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Stream a reply
 *
 * The events of a reply as server-sent events: those that exist at once, and the others as they happen. Each has its `seq` as `id:` and a `CoachEvent` as `data:`; there is no `event:` line, so `EventSource.onmessage` sees all.
 * The stream ends after `message.completed` or `message.failed`. After a lost connection, go on behind the last event that you have: a browser's EventSource sends `Last-Event-ID` by itself, and `after` does the same; the larger of both
 * counts. Behind the last event the response is 204, which ends an EventSource. A comment arrives at least every 15 seconds. When you sign out, the stream ends. Works on every replica, and as often as you like. No side effects.
 *
 */
export const streamMessage = <ThrowOnError extends boolean = true>(options: Options<StreamMessageData, ThrowOnError, StreamMessageResponse>): Promise<ServerSentEventsResult<StreamMessageResponses>> => (options.client ?? client).sse.get<StreamMessageResponses, StreamMessageErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    security: [{ scheme: 'bearer', type: 'http' }, {
            in: 'cookie',
            name: 'access_token',
            type: 'apiKey'
        }],
    url: '/api/v1/coach/stream',
    ...options
});

/**
 * List the coach's proposals
 *
 * What the coach proposed, the newest first, as pages. No side effects.
 */
export const listProposals = <ThrowOnError extends boolean = true>(options?: Options<ListProposalsData, ThrowOnError>): RequestResult<ListProposalsResponses, ListProposalsErrors, ThrowOnError, 'data'> => (options?.client ?? client).get<ListProposalsResponses, ListProposalsErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    security: [{ scheme: 'bearer', type: 'http' }, {
            in: 'cookie',
            name: 'access_token',
            type: 'apiKey'
        }],
    url: '/api/v1/coach/proposals',
    ...options
});

/**
 * Get a proposal
 *
 * One proposal. No side effects.
 */
export const getProposal = <ThrowOnError extends boolean = true>(options: Options<GetProposalData, ThrowOnError>): RequestResult<GetProposalResponses, GetProposalErrors, ThrowOnError, 'data'> => (options.client ?? client).get<GetProposalResponses, GetProposalErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    security: [{ scheme: 'bearer', type: 'http' }, {
            in: 'cookie',
            name: 'access_token',
            type: 'apiKey'
        }],
    url: '/api/v1/coach/proposals/{id}',
    ...options
});

/**
 * Edit a proposal
 *
 * Replaces the draft of an open proposal, for example to correct an amount before it counts. The kind stays (422 `kind_fixed`), and so do a time and a zone that the new draft leaves out. The draft is checked as it will be
 * when you confirm it, and nothing is written; `errors` names fields of the draft, such as `draft.meal.items[0].food_id`. `id` and `source` cannot be given (422 `not_in_draft`).
 *
 */
export const updateProposal = <ThrowOnError extends boolean = true>(options: Options<UpdateProposalData, ThrowOnError>): RequestResult<UpdateProposalResponses, UpdateProposalErrors, ThrowOnError, 'data'> => (options.client ?? client).patch<UpdateProposalResponses, UpdateProposalErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    security: [{ scheme: 'bearer', type: 'http' }, {
            in: 'cookie',
            name: 'access_token',
            type: 'apiKey'
        }],
    url: '/api/v1/coach/proposals/{id}',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Confirm a proposal
 *
 * Writes what the proposal says, once: a meal, an activity or a measurement with the id of the proposal, or the change of targets or profile. The rules are those of the operation that you would use yourself.
 * An entry counts on the day of the message, also when you confirm it on the next one. Send the `ETag` that you showed as `If-Match`, so that an edit on another device is not confirmed unseen (412).
 * Confirming again changes nothing and returns the proposal. A proposal that has expired or was rejected is 409.
 *
 */
export const confirmProposal = <ThrowOnError extends boolean = true>(options: Options<ConfirmProposalData, ThrowOnError>): RequestResult<ConfirmProposalResponses, ConfirmProposalErrors, ThrowOnError, 'data'> => (options.client ?? client).post<ConfirmProposalResponses, ConfirmProposalErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    security: [{ scheme: 'bearer', type: 'http' }, {
            in: 'cookie',
            name: 'access_token',
            type: 'apiKey'
        }],
    url: '/api/v1/coach/proposals/{id}/confirm',
    ...options
});

/**
 * Reject a proposal
 *
 * Rejects an open proposal, so that it can no longer be confirmed. Rejecting again changes nothing. A confirmed one is 409; undo it instead.
 */
export const rejectProposal = <ThrowOnError extends boolean = true>(options: Options<RejectProposalData, ThrowOnError>): RequestResult<RejectProposalResponses, RejectProposalErrors, ThrowOnError, 'data'> => (options.client ?? client).post<RejectProposalResponses, RejectProposalErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    security: [{ scheme: 'bearer', type: 'http' }, {
            in: 'cookie',
            name: 'access_token',
            type: 'apiKey'
        }],
    url: '/api/v1/coach/proposals/{id}/reject',
    ...options
});

/**
 * Undo a confirmed proposal
 *
 * Takes back what confirming wrote, within 24 hours: the meal, activity or measurement is deleted, and fields of the profile get back the values that they had. When it was changed since, nothing happens and the response is
 * 409 `changed_since`: what you typed yourself is never overwritten. Undoing again changes nothing.
 *
 */
export const undoProposal = <ThrowOnError extends boolean = true>(options: Options<UndoProposalData, ThrowOnError>): RequestResult<UndoProposalResponses, UndoProposalErrors, ThrowOnError, 'data'> => (options.client ?? client).post<UndoProposalResponses, UndoProposalErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    security: [{ scheme: 'bearer', type: 'http' }, {
            in: 'cookie',
            name: 'access_token',
            type: 'apiKey'
        }],
    url: '/api/v1/coach/proposals/{id}/undo',
    ...options
});

/**
 * List the events of a reply
 *
 * The same events as `streamMessage`, as JSON, for platforms where streams do not arrive. With `wait`, the response comes with the next event, or after that many seconds. Ask again with `after=next_after` until `done` is true.
 * No side effects.
 *
 */
export const listMessageEvents = <ThrowOnError extends boolean = true>(options: Options<ListMessageEventsData, ThrowOnError>): RequestResult<ListMessageEventsResponses, ListMessageEventsErrors, ThrowOnError, 'data'> => (options.client ?? client).get<ListMessageEventsResponses, ListMessageEventsErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    security: [{ scheme: 'bearer', type: 'http' }, {
            in: 'cookie',
            name: 'access_token',
            type: 'apiKey'
        }],
    url: '/api/v1/coach/messages/{id}/events',
    ...options
});

/**
 * Stop a reply
 *
 * Stops a reply within a second; what was said so far stays, and the reply ends with `finish_reason` `cancelled`. Stopping a reply that is complete changes nothing. Closing a stream does not stop a reply.
 *
 */
export const cancelMessage = <ThrowOnError extends boolean = true>(options: Options<CancelMessageData, ThrowOnError>): RequestResult<CancelMessageResponses, CancelMessageErrors, ThrowOnError, 'data'> => (options.client ?? client).post<CancelMessageResponses, CancelMessageErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    security: [{ scheme: 'bearer', type: 'http' }, {
            in: 'cookie',
            name: 'access_token',
            type: 'apiKey'
        }],
    url: '/api/v1/coach/messages/{id}/cancel',
    ...options
});
