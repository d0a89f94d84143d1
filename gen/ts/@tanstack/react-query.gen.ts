// Written from gen/openapi.yaml by openapi/gen-ts.mjs; do not edit.

import { type DefaultError, type InfiniteData, infiniteQueryOptions, queryOptions, type UseMutationOptions } from '@tanstack/react-query';

import { client } from '../client.gen.js';
import { addFavoriteFood, addFoodServing, addMealItems, changePassword, copyMeal, copyNutritionDay, createCustomFood, createMeal, deleteCustomFood, deleteFoodServing, deleteMe, deleteMeal, deleteMealItem, getApiInfo, getFood, getFoodByBarcode, getHealth, getLiveness, getMe, getMeal, getNutritionDay, getReadiness, getSession, listFavoriteFoods, listMeals, listNutritionDays, listRecentFoods, listSessions, login, logout, type Options, previewTargets, refreshMealItem, refreshSession, removeFavoriteFood, requestPasswordReset, resendVerification, resetPassword, restoreCustomFood, restoreMeal, revokeSession, searchFoods, signup, updateCustomFood, updateFoodServing, updateMe, updateMeal, updateMealItem, verifyEmail } from '../sdk.gen.js';
import type { AddFavoriteFoodData, AddFavoriteFoodError, AddFavoriteFoodResponse, AddFoodServingData, AddFoodServingError, AddFoodServingResponse, AddMealItemsData, AddMealItemsError, AddMealItemsResponse, ChangePasswordData, ChangePasswordError, ChangePasswordResponse, CopyMealData, CopyMealError, CopyMealResponse, CopyNutritionDayData, CopyNutritionDayError, CopyNutritionDayResponse, CreateCustomFoodData, CreateCustomFoodError, CreateCustomFoodResponse, CreateMealData, CreateMealError, CreateMealResponse, DeleteCustomFoodData, DeleteCustomFoodError, DeleteCustomFoodResponse, DeleteFoodServingData, DeleteFoodServingError, DeleteFoodServingResponse, DeleteMealData, DeleteMealError, DeleteMealItemData, DeleteMealItemError, DeleteMealItemResponse, DeleteMealResponse, DeleteMeData, DeleteMeError, DeleteMeResponse, GetApiInfoData, GetApiInfoError, GetApiInfoResponse, GetFoodByBarcodeData, GetFoodByBarcodeError, GetFoodByBarcodeResponse, GetFoodData, GetFoodError, GetFoodResponse, GetHealthData, GetHealthError, GetHealthResponse, GetLivenessData, GetLivenessResponse, GetMealData, GetMealError, GetMealResponse, GetMeData, GetMeError, GetMeResponse, GetNutritionDayData, GetNutritionDayError, GetNutritionDayResponse, GetReadinessData, GetReadinessError, GetReadinessResponse, GetSessionData, GetSessionError, GetSessionResponse, ListFavoriteFoodsData, ListFavoriteFoodsError, ListFavoriteFoodsResponse, ListMealsData, ListMealsError, ListMealsResponse, ListNutritionDaysData, ListNutritionDaysError, ListNutritionDaysResponse, ListRecentFoodsData, ListRecentFoodsError, ListRecentFoodsResponse, ListSessionsData, ListSessionsError, ListSessionsResponse, LoginData, LoginError, LoginResponse, LogoutData, LogoutError, LogoutResponse, PreviewTargetsData, PreviewTargetsError, PreviewTargetsResponse, RefreshMealItemData, RefreshMealItemError, RefreshMealItemResponse, RefreshSessionData, RefreshSessionError, RefreshSessionResponse, RemoveFavoriteFoodData, RemoveFavoriteFoodError, RemoveFavoriteFoodResponse, RequestPasswordResetData, RequestPasswordResetError, ResendVerificationData, ResendVerificationError, ResetPasswordData, ResetPasswordError, ResetPasswordResponse, RestoreCustomFoodData, RestoreCustomFoodError, RestoreCustomFoodResponse, RestoreMealData, RestoreMealError, RestoreMealResponse, RevokeSessionData, RevokeSessionError, RevokeSessionResponse, SearchFoodsData, SearchFoodsError, SearchFoodsResponse, SignupData, SignupError, SignupResponse, UpdateCustomFoodData, UpdateCustomFoodError, UpdateCustomFoodResponse, UpdateFoodServingData, UpdateFoodServingError, UpdateFoodServingResponse, UpdateMealData, UpdateMealError, UpdateMealItemData, UpdateMealItemError, UpdateMealItemResponse, UpdateMealResponse, UpdateMeData, UpdateMeError, UpdateMeResponse, VerifyEmailData, VerifyEmailError, VerifyEmailResponse } from '../types.gen.js';

export type QueryKey<TOptions extends Options> = [
    Pick<TOptions, 'baseUrl' | 'body' | 'headers' | 'path' | 'query'> & {
        _id: string;
        _infinite?: boolean;
        tags?: ReadonlyArray<string>;
    }
];

const createQueryKey = <TOptions extends Options>(id: string, options?: TOptions, infinite?: boolean, tags?: ReadonlyArray<string>): [
    QueryKey<TOptions>[0]
] => {
    const params: QueryKey<TOptions>[0] = { _id: id, baseUrl: options?.baseUrl || (options?.client ?? client).getConfig().baseUrl } as QueryKey<TOptions>[0];
    if (infinite) {
        params._infinite = infinite;
    }
    if (tags) {
        params.tags = tags;
    }
    if (options?.body) {
        params.body = options.body;
    }
    if (options?.headers) {
        params.headers = options.headers;
    }
    if (options?.path) {
        params.path = options.path;
    }
    if (options?.query) {
        params.query = options.query;
    }
    return [params];
};

export const getApiInfoQueryKey = (options?: Options<GetApiInfoData>) => createQueryKey('getApiInfo', options);

/**
 * API information
 *
 * Names the service, its version, and where its documentation and contract are. No side effects.
 */
export const getApiInfoOptions = (options?: Options<GetApiInfoData>) => queryOptions<GetApiInfoResponse, GetApiInfoError, GetApiInfoResponse, ReturnType<typeof getApiInfoQueryKey>>({
    queryFn: async ({ queryKey, signal }) => await getApiInfo({
        ...options,
        ...queryKey[0],
        signal,
        throwOnError: true
    }),
    queryKey: getApiInfoQueryKey(options)
});

export const getHealthQueryKey = (options?: Options<GetHealthData>) => createQueryKey('getHealth', options);

/**
 * Health check
 *
 * Checks the database and the identity provider, within a second. Returns 503 when the database is down. When only the identity provider is down, the service is `degraded` and returns 200, because signed-in users can go on working. No side effects.
 */
export const getHealthOptions = (options?: Options<GetHealthData>) => queryOptions<GetHealthResponse, GetHealthError, GetHealthResponse, ReturnType<typeof getHealthQueryKey>>({
    queryFn: async ({ queryKey, signal }) => await getHealth({
        ...options,
        ...queryKey[0],
        signal,
        throwOnError: true
    }),
    queryKey: getHealthQueryKey(options)
});

export const getLivenessQueryKey = (options?: Options<GetLivenessData>) => createQueryKey('getLiveness', options);

/**
 * Liveness probe
 *
 * For orchestrators. Returns 200 as long as the process runs; checks no dependency. No side effects.
 */
export const getLivenessOptions = (options?: Options<GetLivenessData>) => queryOptions<GetLivenessResponse, DefaultError, GetLivenessResponse, ReturnType<typeof getLivenessQueryKey>>({
    queryFn: async ({ queryKey, signal }) => await getLiveness({
        ...options,
        ...queryKey[0],
        signal,
        throwOnError: true
    }),
    queryKey: getLivenessQueryKey(options)
});

export const getReadinessQueryKey = (options?: Options<GetReadinessData>) => createQueryKey('getReadiness', options);

/**
 * Readiness probe
 *
 * For load balancers. Returns 200 when the database is reachable, the process is not shutting down, and it refused no request within the last second because it was overloaded; else 503. No side effects.
 */
export const getReadinessOptions = (options?: Options<GetReadinessData>) => queryOptions<GetReadinessResponse, GetReadinessError, GetReadinessResponse, ReturnType<typeof getReadinessQueryKey>>({
    queryFn: async ({ queryKey, signal }) => await getReadiness({
        ...options,
        ...queryKey[0],
        signal,
        throwOnError: true
    }),
    queryKey: getReadinessQueryKey(options)
});

/**
 * Create an account
 *
 * Creates the account and its profile. When addresses need no confirmation (the default in development), the person is signed in at once: both cookies are set,
 * and an address that has an account is 409 `email_taken`. When addresses need confirmation, a mail is sent and the response has no `session`. That response is the same for a
 * new, an unconfirmed and an existing address, so that it does not reveal who has an account. The address is trimmed and lower-cased.
 *
 */
export const signupMutation = (options?: Partial<Options<SignupData>>): UseMutationOptions<SignupResponse, SignupError, Options<SignupData>> => {
    const mutationOptions: UseMutationOptions<SignupResponse, SignupError, Options<SignupData>> = {
        mutationFn: async (fnOptions) => await signup({
            ...options,
            ...fnOptions,
            throwOnError: true
        })
    };
    return mutationOptions;
};

/**
 * Sign in
 *
 * Checks address and password and sets both cookies. An unknown address and a wrong password return the same response after the same time.
 * After 10 failures within 15 minutes for one account from one client address, further attempts from that address return 429; from other addresses the owner can still sign in.
 * After 100 failures within an hour for one account from all addresses together, addresses that it has no session from share 10 attempts a minute.
 * A correct password with an unconfirmed address is 403 `email_not_confirmed`.
 *
 */
export const loginMutation = (options?: Partial<Options<LoginData>>): UseMutationOptions<LoginResponse, LoginError, Options<LoginData>> => {
    const mutationOptions: UseMutationOptions<LoginResponse, LoginError, Options<LoginData>> = {
        mutationFn: async (fnOptions) => await login({
            ...options,
            ...fnOptions,
            throwOnError: true
        })
    };
    return mutationOptions;
};

/**
 * Refresh the session
 *
 * Needs only the `refresh_token` cookie. Each refresh token works once and is replaced; tabs that refresh at the same time all succeed.
 * When a refresh token that was replaced long ago is used again, it was copied: its session ends. On 401 `invalid_refresh_token`
 * both cookies are cleared and the person must sign in. A refresh never changes the cookies of a session that the browser has opened meanwhile: it
 * returns 401 `session_ended` or 409 `session_replaced`, and the page should call `getSession` to see who is signed in.
 *
 */
export const refreshSessionMutation = (options?: Partial<Options<RefreshSessionData>>): UseMutationOptions<RefreshSessionResponse, RefreshSessionError, Options<RefreshSessionData>> => {
    const mutationOptions: UseMutationOptions<RefreshSessionResponse, RefreshSessionError, Options<RefreshSessionData>> = {
        mutationFn: async (fnOptions) => await refreshSession({
            ...options,
            ...fnOptions,
            throwOnError: true
        })
    };
    return mutationOptions;
};

/**
 * Sign out
 *
 * Ends this session and no other, and clears both cookies. All servers refuse its access token from now on, also before it expires.
 * Signing out with cookies always works: with only the refresh cookie, with an expired or invalid access cookie, with a session that has already
 * ended, and with no cookies at all. It ends the sessions of both cookies. A bearer token must be valid.
 *
 */
export const logoutMutation = (options?: Partial<Options<LogoutData>>): UseMutationOptions<LogoutResponse, LogoutError, Options<LogoutData>> => {
    const mutationOptions: UseMutationOptions<LogoutResponse, LogoutError, Options<LogoutData>> = {
        mutationFn: async (fnOptions) => await logout({
            ...options,
            ...fnOptions,
            throwOnError: true
        })
    };
    return mutationOptions;
};

/**
 * Change your password
 *
 * Needs the current password; a wrong one is 422 `wrong_password` and counts as a failed sign-in. All your other sessions end; this one continues.
 *
 */
export const changePasswordMutation = (options?: Partial<Options<ChangePasswordData>>): UseMutationOptions<ChangePasswordResponse, ChangePasswordError, Options<ChangePasswordData>> => {
    const mutationOptions: UseMutationOptions<ChangePasswordResponse, ChangePasswordError, Options<ChangePasswordData>> = {
        mutationFn: async (fnOptions) => await changePassword({
            ...options,
            ...fnOptions,
            throwOnError: true
        })
    };
    return mutationOptions;
};

/**
 * Request a password reset
 *
 * Returns 202 for every address, known or unknown. A known address gets a mail with a link and a 6-digit code, at most one a minute.
 *
 */
export const requestPasswordResetMutation = (options?: Partial<Options<RequestPasswordResetData>>): UseMutationOptions<unknown, RequestPasswordResetError, Options<RequestPasswordResetData>> => {
    const mutationOptions: UseMutationOptions<unknown, RequestPasswordResetError, Options<RequestPasswordResetData>> = {
        mutationFn: async (fnOptions) => await requestPasswordReset({
            ...options,
            ...fnOptions,
            throwOnError: true
        })
    };
    return mutationOptions;
};

/**
 * Reset the password
 *
 * Takes the `token_hash` of the mail's link, or the address and the 6-digit code. Both work once, for a limited time. A code is dead after 10 wrong tries from all addresses together: then it is refused as if it were wrong, and the
 * link still works. After 10 wrong codes
 * within 15 minutes for one address from one client, further attempts from that client return 429.
 * Sets the password, ends all other sessions, signs the person in and sets both cookies. When the new password is refused, the mail cannot be used again: request another one.
 *
 */
export const resetPasswordMutation = (options?: Partial<Options<ResetPasswordData>>): UseMutationOptions<ResetPasswordResponse, ResetPasswordError, Options<ResetPasswordData>> => {
    const mutationOptions: UseMutationOptions<ResetPasswordResponse, ResetPasswordError, Options<ResetPasswordData>> = {
        mutationFn: async (fnOptions) => await resetPassword({
            ...options,
            ...fnOptions,
            throwOnError: true
        })
    };
    return mutationOptions;
};

/**
 * Verify an email address
 *
 * Takes the `token_hash` of the mail's link, or the address and the 6-digit code. Confirms the address, signs the person in and sets both cookies. After 10 wrong codes
 * within 15 minutes for one address from one client, further attempts from that client return 429.
 *
 */
export const verifyEmailMutation = (options?: Partial<Options<VerifyEmailData>>): UseMutationOptions<VerifyEmailResponse, VerifyEmailError, Options<VerifyEmailData>> => {
    const mutationOptions: UseMutationOptions<VerifyEmailResponse, VerifyEmailError, Options<VerifyEmailData>> = {
        mutationFn: async (fnOptions) => await verifyEmail({
            ...options,
            ...fnOptions,
            throwOnError: true
        })
    };
    return mutationOptions;
};

/**
 * Resend the verification mail
 *
 * Returns 202 for every address, known or unknown, confirmed or not. At most one mail a minute is sent.
 *
 */
export const resendVerificationMutation = (options?: Partial<Options<ResendVerificationData>>): UseMutationOptions<unknown, ResendVerificationError, Options<ResendVerificationData>> => {
    const mutationOptions: UseMutationOptions<unknown, ResendVerificationError, Options<ResendVerificationData>> = {
        mutationFn: async (fnOptions) => await resendVerification({
            ...options,
            ...fnOptions,
            throwOnError: true
        })
    };
    return mutationOptions;
};

export const getSessionQueryKey = (options?: Options<GetSessionData>) => createQueryKey('getSession', options);

/**
 * Get the current session
 *
 * Returns who is signed in, for the start of a page. It is never 401: where nobody is signed in `user` is null. Then `can_refresh` says
 * whether the browser still has a refresh cookie whose session is alive: call `refreshSession`, which signs the person in again.
 * No side effects; no cookie is changed.
 *
 */
export const getSessionOptions = (options?: Options<GetSessionData>) => queryOptions<GetSessionResponse, GetSessionError, GetSessionResponse, ReturnType<typeof getSessionQueryKey>>({
    queryFn: async ({ queryKey, signal }) => await getSession({
        ...options,
        ...queryKey[0],
        signal,
        throwOnError: true
    }),
    queryKey: getSessionQueryKey(options)
});

export const listSessionsQueryKey = (options?: Options<ListSessionsData>) => createQueryKey('listSessions', options);

/**
 * List your sessions
 *
 * Your active sessions, the newest first. No side effects.
 *
 */
export const listSessionsOptions = (options?: Options<ListSessionsData>) => queryOptions<ListSessionsResponse, ListSessionsError, ListSessionsResponse, ReturnType<typeof listSessionsQueryKey>>({
    queryFn: async ({ queryKey, signal }) => await listSessions({
        ...options,
        ...queryKey[0],
        signal,
        throwOnError: true
    }),
    queryKey: listSessionsQueryKey(options)
});

const createInfiniteParams = <K extends Pick<QueryKey<Options>[0], 'body' | 'headers' | 'path' | 'query'>>(queryKey: QueryKey<Options>, page: K) => {
    const params = { ...queryKey[0] };
    if (page.body) {
        params.body = {
            ...queryKey[0].body as any,
            ...page.body as any
        };
    }
    if (page.headers) {
        params.headers = {
            ...queryKey[0].headers,
            ...page.headers
        };
    }
    if (page.path) {
        params.path = {
            ...queryKey[0].path as any,
            ...page.path as any
        };
    }
    if (page.query) {
        params.query = {
            ...queryKey[0].query as any,
            ...page.query as any
        };
    }
    return params as unknown as typeof page;
};

export const listSessionsInfiniteQueryKey = (options?: Options<ListSessionsData>): QueryKey<Options<ListSessionsData>> => createQueryKey('listSessions', options, true);

/**
 * List your sessions
 *
 * Your active sessions, the newest first. No side effects.
 *
 */
export const listSessionsInfiniteOptions = (options?: Options<ListSessionsData>) => {
    const opts = infiniteQueryOptions<ListSessionsResponse, ListSessionsError, InfiniteData<ListSessionsResponse>, QueryKey<Options<ListSessionsData>>, string | Pick<QueryKey<Options<ListSessionsData>>[0], 'body' | 'headers' | 'path' | 'query'>>(
    // @ts-ignore
    {
        queryFn: async ({ pageParam, queryKey, signal }) => {
            // @ts-ignore
            const page: Pick<QueryKey<Options<ListSessionsData>>[0], 'body' | 'headers' | 'path' | 'query'> = typeof pageParam === 'object' ? pageParam : {
                query: {
                    cursor: pageParam
                }
            };
            const params = createInfiniteParams(queryKey, page);
            return await listSessions({
                ...options,
                ...params,
                signal,
                throwOnError: true
            });
        },
        queryKey: listSessionsInfiniteQueryKey(options)
    });
    return opts as Omit<typeof opts, 'initialData'>;
};

/**
 * Revoke a session
 *
 * Ends one of your sessions; its tokens are refused from now on. Revoking the session of this request is the same as signing out.
 *
 */
export const revokeSessionMutation = (options?: Partial<Options<RevokeSessionData>>): UseMutationOptions<RevokeSessionResponse, RevokeSessionError, Options<RevokeSessionData>> => {
    const mutationOptions: UseMutationOptions<RevokeSessionResponse, RevokeSessionError, Options<RevokeSessionData>> = {
        mutationFn: async (fnOptions) => await revokeSession({
            ...options,
            ...fnOptions,
            throwOnError: true
        })
    };
    return mutationOptions;
};

/**
 * Delete your account
 *
 * Erases the account and everything that belongs to it, at once and for good; all sessions end and both cookies are cleared. There is no undo.
 * A background job then deletes its entries in the audit log of Supabase Auth; the guide *Authentication* says what stays and for how long.
 * `If-Match` is checked before the deletion starts; a change made while it runs is deleted too.
 *
 */
export const deleteMeMutation = (options?: Partial<Options<DeleteMeData>>): UseMutationOptions<DeleteMeResponse, DeleteMeError, Options<DeleteMeData>> => {
    const mutationOptions: UseMutationOptions<DeleteMeResponse, DeleteMeError, Options<DeleteMeData>> = {
        mutationFn: async (fnOptions) => await deleteMe({
            ...options,
            ...fnOptions,
            throwOnError: true
        })
    };
    return mutationOptions;
};

export const getMeQueryKey = (options?: Options<GetMeData>) => createQueryKey('getMe', options);

/**
 * Get your profile
 *
 * Your profile and, when their inputs are known, your daily targets. No side effects.
 *
 */
export const getMeOptions = (options?: Options<GetMeData>) => queryOptions<GetMeResponse, GetMeError, GetMeResponse, ReturnType<typeof getMeQueryKey>>({
    queryFn: async ({ queryKey, signal }) => await getMe({
        ...options,
        ...queryKey[0],
        signal,
        throwOnError: true
    }),
    queryKey: getMeQueryKey(options)
});

/**
 * Update your profile
 *
 * JSON merge-patch: an absent field stays, `null` clears, a value sets. Changing an input of the targets recomputes them, unless you set them by hand, and
 * `targets_change` says what changed and why. Targets change only when you edit the profile. Changing `timezone` does not move existing entries to another day.
 *
 */
export const updateMeMutation = (options?: Partial<Options<UpdateMeData>>): UseMutationOptions<UpdateMeResponse, UpdateMeError, Options<UpdateMeData>> => {
    const mutationOptions: UseMutationOptions<UpdateMeResponse, UpdateMeError, Options<UpdateMeData>> = {
        mutationFn: async (fnOptions) => await updateMe({
            ...options,
            ...fnOptions,
            throwOnError: true
        })
    };
    return mutationOptions;
};

/**
 * Preview daily targets
 *
 * Computes daily targets from your profile; the given values replace those of the profile. Nothing is stored. `missing` names the inputs that are still needed.
 *
 */
export const previewTargetsMutation = (options?: Partial<Options<PreviewTargetsData>>): UseMutationOptions<PreviewTargetsResponse, PreviewTargetsError, Options<PreviewTargetsData>> => {
    const mutationOptions: UseMutationOptions<PreviewTargetsResponse, PreviewTargetsError, Options<PreviewTargetsData>> = {
        mutationFn: async (fnOptions) => await previewTargets({
            ...options,
            ...fnOptions,
            throwOnError: true
        })
    };
    return mutationOptions;
};

export const searchFoodsQueryKey = (options: Options<SearchFoodsData>) => createQueryKey('searchFoods', options);

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
export const searchFoodsOptions = (options: Options<SearchFoodsData>) => queryOptions<SearchFoodsResponse, SearchFoodsError, SearchFoodsResponse, ReturnType<typeof searchFoodsQueryKey>>({
    queryFn: async ({ queryKey, signal }) => await searchFoods({
        ...options,
        ...queryKey[0],
        signal,
        throwOnError: true
    }),
    queryKey: searchFoodsQueryKey(options)
});

export const searchFoodsInfiniteQueryKey = (options: Options<SearchFoodsData>): QueryKey<Options<SearchFoodsData>> => createQueryKey('searchFoods', options, true);

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
export const searchFoodsInfiniteOptions = (options: Options<SearchFoodsData>) => {
    const opts = infiniteQueryOptions<SearchFoodsResponse, SearchFoodsError, InfiniteData<SearchFoodsResponse>, QueryKey<Options<SearchFoodsData>>, string | Pick<QueryKey<Options<SearchFoodsData>>[0], 'body' | 'headers' | 'path' | 'query'>>(
    // @ts-ignore
    {
        queryFn: async ({ pageParam, queryKey, signal }) => {
            // @ts-ignore
            const page: Pick<QueryKey<Options<SearchFoodsData>>[0], 'body' | 'headers' | 'path' | 'query'> = typeof pageParam === 'object' ? pageParam : {
                query: {
                    cursor: pageParam
                }
            };
            const params = createInfiniteParams(queryKey, page);
            return await searchFoods({
                ...options,
                ...params,
                signal,
                throwOnError: true
            });
        },
        queryKey: searchFoodsInfiniteQueryKey(options)
    });
    return opts as Omit<typeof opts, 'initialData'>;
};

export const listRecentFoodsQueryKey = (options?: Options<ListRecentFoodsData>) => createQueryKey('listRecentFoods', options);

/**
 * List recent foods
 *
 * Foods that you logged in the last 90 days, each once, with the amount you logged last: the latest first, or with `order=frequent` the most often logged first. `meal_type`
 * selects one kind of meal. Foods that you cannot see any more and quick entries are left out. No side effects.
 *
 */
export const listRecentFoodsOptions = (options?: Options<ListRecentFoodsData>) => queryOptions<ListRecentFoodsResponse, ListRecentFoodsError, ListRecentFoodsResponse, ReturnType<typeof listRecentFoodsQueryKey>>({
    queryFn: async ({ queryKey, signal }) => await listRecentFoods({
        ...options,
        ...queryKey[0],
        signal,
        throwOnError: true
    }),
    queryKey: listRecentFoodsQueryKey(options)
});

export const listRecentFoodsInfiniteQueryKey = (options?: Options<ListRecentFoodsData>): QueryKey<Options<ListRecentFoodsData>> => createQueryKey('listRecentFoods', options, true);

/**
 * List recent foods
 *
 * Foods that you logged in the last 90 days, each once, with the amount you logged last: the latest first, or with `order=frequent` the most often logged first. `meal_type`
 * selects one kind of meal. Foods that you cannot see any more and quick entries are left out. No side effects.
 *
 */
export const listRecentFoodsInfiniteOptions = (options?: Options<ListRecentFoodsData>) => {
    const opts = infiniteQueryOptions<ListRecentFoodsResponse, ListRecentFoodsError, InfiniteData<ListRecentFoodsResponse>, QueryKey<Options<ListRecentFoodsData>>, string | Pick<QueryKey<Options<ListRecentFoodsData>>[0], 'body' | 'headers' | 'path' | 'query'>>(
    // @ts-ignore
    {
        queryFn: async ({ pageParam, queryKey, signal }) => {
            // @ts-ignore
            const page: Pick<QueryKey<Options<ListRecentFoodsData>>[0], 'body' | 'headers' | 'path' | 'query'> = typeof pageParam === 'object' ? pageParam : {
                query: {
                    cursor: pageParam
                }
            };
            const params = createInfiniteParams(queryKey, page);
            return await listRecentFoods({
                ...options,
                ...params,
                signal,
                throwOnError: true
            });
        },
        queryKey: listRecentFoodsInfiniteQueryKey(options)
    });
    return opts as Omit<typeof opts, 'initialData'>;
};

export const listFavoriteFoodsQueryKey = (options?: Options<ListFavoriteFoodsData>) => createQueryKey('listFavoriteFoods', options);

/**
 * List favourite foods
 *
 * Your favourites, the newest first, as pages. No side effects.
 *
 */
export const listFavoriteFoodsOptions = (options?: Options<ListFavoriteFoodsData>) => queryOptions<ListFavoriteFoodsResponse, ListFavoriteFoodsError, ListFavoriteFoodsResponse, ReturnType<typeof listFavoriteFoodsQueryKey>>({
    queryFn: async ({ queryKey, signal }) => await listFavoriteFoods({
        ...options,
        ...queryKey[0],
        signal,
        throwOnError: true
    }),
    queryKey: listFavoriteFoodsQueryKey(options)
});

export const listFavoriteFoodsInfiniteQueryKey = (options?: Options<ListFavoriteFoodsData>): QueryKey<Options<ListFavoriteFoodsData>> => createQueryKey('listFavoriteFoods', options, true);

/**
 * List favourite foods
 *
 * Your favourites, the newest first, as pages. No side effects.
 *
 */
export const listFavoriteFoodsInfiniteOptions = (options?: Options<ListFavoriteFoodsData>) => {
    const opts = infiniteQueryOptions<ListFavoriteFoodsResponse, ListFavoriteFoodsError, InfiniteData<ListFavoriteFoodsResponse>, QueryKey<Options<ListFavoriteFoodsData>>, string | Pick<QueryKey<Options<ListFavoriteFoodsData>>[0], 'body' | 'headers' | 'path' | 'query'>>(
    // @ts-ignore
    {
        queryFn: async ({ pageParam, queryKey, signal }) => {
            // @ts-ignore
            const page: Pick<QueryKey<Options<ListFavoriteFoodsData>>[0], 'body' | 'headers' | 'path' | 'query'> = typeof pageParam === 'object' ? pageParam : {
                query: {
                    cursor: pageParam
                }
            };
            const params = createInfiniteParams(queryKey, page);
            return await listFavoriteFoods({
                ...options,
                ...params,
                signal,
                throwOnError: true
            });
        },
        queryKey: listFavoriteFoodsInfiniteQueryKey(options)
    });
    return opts as Omit<typeof opts, 'initialData'>;
};

export const getFoodByBarcodeQueryKey = (options: Options<GetFoodByBarcodeData>) => createQueryKey('getFoodByBarcode', options);

/**
 * Look up a food by barcode
 *
 * Reads UPC-A, UPC-E, EAN-8, EAN-13 and GTIN-14; digits only. Your own food with this barcode comes before the catalogue's. A wrong check digit is 422 `bad_check_digit`: scan
 * again. When no food has the barcode, the response is 404 `barcode_not_found`; create a custom food with the `barcode` of `prefill`, and the next lookup finds it. When the server
 * is configured to ask Open Food Facts, a product that only they have is added to the catalogue and returned, at most a second later. No other side effects.
 *
 */
export const getFoodByBarcodeOptions = (options: Options<GetFoodByBarcodeData>) => queryOptions<GetFoodByBarcodeResponse, GetFoodByBarcodeError, GetFoodByBarcodeResponse, ReturnType<typeof getFoodByBarcodeQueryKey>>({
    queryFn: async ({ queryKey, signal }) => await getFoodByBarcode({
        ...options,
        ...queryKey[0],
        signal,
        throwOnError: true
    }),
    queryKey: getFoodByBarcodeQueryKey(options)
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
export const createCustomFoodMutation = (options?: Partial<Options<CreateCustomFoodData>>): UseMutationOptions<CreateCustomFoodResponse, CreateCustomFoodError, Options<CreateCustomFoodData>> => {
    const mutationOptions: UseMutationOptions<CreateCustomFoodResponse, CreateCustomFoodError, Options<CreateCustomFoodData>> = {
        mutationFn: async (fnOptions) => await createCustomFood({
            ...options,
            ...fnOptions,
            throwOnError: true
        })
    };
    return mutationOptions;
};

/**
 * Delete a custom food
 *
 * Removes it from search, lists and barcodes. Meals that were logged with it stay as they are. It can be restored for 30 days. Deleting it again is 404.
 *
 */
export const deleteCustomFoodMutation = (options?: Partial<Options<DeleteCustomFoodData>>): UseMutationOptions<DeleteCustomFoodResponse, DeleteCustomFoodError, Options<DeleteCustomFoodData>> => {
    const mutationOptions: UseMutationOptions<DeleteCustomFoodResponse, DeleteCustomFoodError, Options<DeleteCustomFoodData>> = {
        mutationFn: async (fnOptions) => await deleteCustomFood({
            ...options,
            ...fnOptions,
            throwOnError: true
        })
    };
    return mutationOptions;
};

/**
 * Update a custom food
 *
 * JSON merge-patch, `per_100g` included: an absent field stays, `null` clears, a value sets. Meals that were logged with it stay as they are. The same rules as in `createCustomFood`.
 *
 */
export const updateCustomFoodMutation = (options?: Partial<Options<UpdateCustomFoodData>>): UseMutationOptions<UpdateCustomFoodResponse, UpdateCustomFoodError, Options<UpdateCustomFoodData>> => {
    const mutationOptions: UseMutationOptions<UpdateCustomFoodResponse, UpdateCustomFoodError, Options<UpdateCustomFoodData>> = {
        mutationFn: async (fnOptions) => await updateCustomFood({
            ...options,
            ...fnOptions,
            throwOnError: true
        })
    };
    return mutationOptions;
};

/**
 * Restore a custom food
 *
 * Undoes a deletion within 30 days, servings included. Restoring a food that is not deleted changes nothing.
 *
 */
export const restoreCustomFoodMutation = (options?: Partial<Options<RestoreCustomFoodData>>): UseMutationOptions<RestoreCustomFoodResponse, RestoreCustomFoodError, Options<RestoreCustomFoodData>> => {
    const mutationOptions: UseMutationOptions<RestoreCustomFoodResponse, RestoreCustomFoodError, Options<RestoreCustomFoodData>> = {
        mutationFn: async (fnOptions) => await restoreCustomFood({
            ...options,
            ...fnOptions,
            throwOnError: true
        })
    };
    return mutationOptions;
};

/**
 * Add a serving to a custom food
 *
 * A food has at most 50 servings (422 `too_many_servings`), of different labels (422 `label_taken`), and one default: the first serving, until another one is made the
 * default. It is safe to retry with `Idempotency-Key`, or with an `id` that you choose: an `id` that exists is 409 `conflict`.
 *
 */
export const addFoodServingMutation = (options?: Partial<Options<AddFoodServingData>>): UseMutationOptions<AddFoodServingResponse, AddFoodServingError, Options<AddFoodServingData>> => {
    const mutationOptions: UseMutationOptions<AddFoodServingResponse, AddFoodServingError, Options<AddFoodServingData>> = {
        mutationFn: async (fnOptions) => await addFoodServing({
            ...options,
            ...fnOptions,
            throwOnError: true
        })
    };
    return mutationOptions;
};

/**
 * Delete a serving
 *
 * Meals that were logged with it stay as they are. When it was the default, the first other serving becomes the default.
 *
 */
export const deleteFoodServingMutation = (options?: Partial<Options<DeleteFoodServingData>>): UseMutationOptions<DeleteFoodServingResponse, DeleteFoodServingError, Options<DeleteFoodServingData>> => {
    const mutationOptions: UseMutationOptions<DeleteFoodServingResponse, DeleteFoodServingError, Options<DeleteFoodServingData>> = {
        mutationFn: async (fnOptions) => await deleteFoodServing({
            ...options,
            ...fnOptions,
            throwOnError: true
        })
    };
    return mutationOptions;
};

/**
 * Update a serving
 *
 * An absent field stays. `is_default: true` makes it the default instead of the current one; `false` makes the first other serving the default. Meals that were logged with it stay as they are.
 *
 */
export const updateFoodServingMutation = (options?: Partial<Options<UpdateFoodServingData>>): UseMutationOptions<UpdateFoodServingResponse, UpdateFoodServingError, Options<UpdateFoodServingData>> => {
    const mutationOptions: UseMutationOptions<UpdateFoodServingResponse, UpdateFoodServingError, Options<UpdateFoodServingData>> = {
        mutationFn: async (fnOptions) => await updateFoodServing({
            ...options,
            ...fnOptions,
            throwOnError: true
        })
    };
    return mutationOptions;
};

export const getFoodQueryKey = (options: Options<GetFoodData>) => createQueryKey('getFood', options);

/**
 * Get a food
 *
 * A food of the catalogue or one of your own, with all its servings, the most used household measure first. Another person's own food is 404. No side effects.
 *
 */
export const getFoodOptions = (options: Options<GetFoodData>) => queryOptions<GetFoodResponse, GetFoodError, GetFoodResponse, ReturnType<typeof getFoodQueryKey>>({
    queryFn: async ({ queryKey, signal }) => await getFood({
        ...options,
        ...queryKey[0],
        signal,
        throwOnError: true
    }),
    queryKey: getFoodQueryKey(options)
});

/**
 * Remove a food from your favourites
 *
 * Doing it again changes nothing; only a food that you cannot see is 404.
 *
 */
export const removeFavoriteFoodMutation = (options?: Partial<Options<RemoveFavoriteFoodData>>): UseMutationOptions<RemoveFavoriteFoodResponse, RemoveFavoriteFoodError, Options<RemoveFavoriteFoodData>> => {
    const mutationOptions: UseMutationOptions<RemoveFavoriteFoodResponse, RemoveFavoriteFoodError, Options<RemoveFavoriteFoodData>> = {
        mutationFn: async (fnOptions) => await removeFavoriteFood({
            ...options,
            ...fnOptions,
            throwOnError: true
        })
    };
    return mutationOptions;
};

/**
 * Add a food to your favourites
 *
 * Any food that you can see. Doing it again changes nothing.
 *
 */
export const addFavoriteFoodMutation = (options?: Partial<Options<AddFavoriteFoodData>>): UseMutationOptions<AddFavoriteFoodResponse, AddFavoriteFoodError, Options<AddFavoriteFoodData>> => {
    const mutationOptions: UseMutationOptions<AddFavoriteFoodResponse, AddFavoriteFoodError, Options<AddFavoriteFoodData>> = {
        mutationFn: async (fnOptions) => await addFavoriteFood({
            ...options,
            ...fnOptions,
            throwOnError: true
        })
    };
    return mutationOptions;
};

export const listMealsQueryKey = (options?: Options<ListMealsData>) => createQueryKey('listMeals', options);

/**
 * List your meals
 *
 * Your meals with their items, the newest first, as pages. `from` and `to` are local days, both included. Deleted meals are left out. No side effects.
 *
 */
export const listMealsOptions = (options?: Options<ListMealsData>) => queryOptions<ListMealsResponse, ListMealsError, ListMealsResponse, ReturnType<typeof listMealsQueryKey>>({
    queryFn: async ({ queryKey, signal }) => await listMeals({
        ...options,
        ...queryKey[0],
        signal,
        throwOnError: true
    }),
    queryKey: listMealsQueryKey(options)
});

export const listMealsInfiniteQueryKey = (options?: Options<ListMealsData>): QueryKey<Options<ListMealsData>> => createQueryKey('listMeals', options, true);

/**
 * List your meals
 *
 * Your meals with their items, the newest first, as pages. `from` and `to` are local days, both included. Deleted meals are left out. No side effects.
 *
 */
export const listMealsInfiniteOptions = (options?: Options<ListMealsData>) => {
    const opts = infiniteQueryOptions<ListMealsResponse, ListMealsError, InfiniteData<ListMealsResponse>, QueryKey<Options<ListMealsData>>, string | Pick<QueryKey<Options<ListMealsData>>[0], 'body' | 'headers' | 'path' | 'query'>>(
    // @ts-ignore
    {
        queryFn: async ({ pageParam, queryKey, signal }) => {
            // @ts-ignore
            const page: Pick<QueryKey<Options<ListMealsData>>[0], 'body' | 'headers' | 'path' | 'query'> = typeof pageParam === 'object' ? pageParam : {
                query: {
                    cursor: pageParam
                }
            };
            const params = createInfiniteParams(queryKey, page);
            return await listMeals({
                ...options,
                ...params,
                signal,
                throwOnError: true
            });
        },
        queryKey: listMealsInfiniteQueryKey(options)
    });
    return opts as Omit<typeof opts, 'initialData'>;
};

/**
 * Log a meal
 *
 * Stores a meal and its items, all of it or nothing. You send which food and how much; grams and nutrients are computed here, once, and stay as they were logged whatever
 * becomes of the food. `eaten_at` is now when you leave it out, and `local_date` follows from it in `timezone`, or in your profile's zone. A food that you cannot see is 404
 * `food_not_found` and a serving of another food is 422 `serving_of_another_food`, with the item named in `errors`. A day holds at most 100 meals (422 `day_full`).
 * Repeat it safely with `Idempotency-Key`, or with an `id` of your own: an `id` that you used before is 409 `conflict`.
 *
 */
export const createMealMutation = (options?: Partial<Options<CreateMealData>>): UseMutationOptions<CreateMealResponse, CreateMealError, Options<CreateMealData>> => {
    const mutationOptions: UseMutationOptions<CreateMealResponse, CreateMealError, Options<CreateMealData>> = {
        mutationFn: async (fnOptions) => await createMeal({
            ...options,
            ...fnOptions,
            throwOnError: true
        })
    };
    return mutationOptions;
};

/**
 * Delete a meal
 *
 * The meal and its items disappear from every list, day and total. For 30 days `restoreMeal` brings them back; then they are erased.
 *
 */
export const deleteMealMutation = (options?: Partial<Options<DeleteMealData>>): UseMutationOptions<DeleteMealResponse, DeleteMealError, Options<DeleteMealData>> => {
    const mutationOptions: UseMutationOptions<DeleteMealResponse, DeleteMealError, Options<DeleteMealData>> = {
        mutationFn: async (fnOptions) => await deleteMeal({
            ...options,
            ...fnOptions,
            throwOnError: true
        })
    };
    return mutationOptions;
};

export const getMealQueryKey = (options: Options<GetMealData>) => createQueryKey('getMeal', options);

/**
 * Get a meal
 *
 * One meal with its items and totals. No side effects.
 *
 */
export const getMealOptions = (options: Options<GetMealData>) => queryOptions<GetMealResponse, GetMealError, GetMealResponse, ReturnType<typeof getMealQueryKey>>({
    queryFn: async ({ queryKey, signal }) => await getMeal({
        ...options,
        ...queryKey[0],
        signal,
        throwOnError: true
    }),
    queryKey: getMealQueryKey(options)
});

/**
 * Update a meal
 *
 * JSON merge-patch of the meal's own fields; its items have operations of their own. Sending `eaten_at` or `timezone` computes `local_date` again, in the zone you
 * name or else your profile's; nothing else moves a meal to another day. The version changes, so a second device that still has the old `ETag` is refused (412).
 *
 */
export const updateMealMutation = (options?: Partial<Options<UpdateMealData>>): UseMutationOptions<UpdateMealResponse, UpdateMealError, Options<UpdateMealData>> => {
    const mutationOptions: UseMutationOptions<UpdateMealResponse, UpdateMealError, Options<UpdateMealData>> = {
        mutationFn: async (fnOptions) => await updateMeal({
            ...options,
            ...fnOptions,
            throwOnError: true
        })
    };
    return mutationOptions;
};

/**
 * Restore a deleted meal
 *
 * Undoes `deleteMeal` for 30 days, with the items that went with the meal; items deleted before stay deleted. A meal that is not deleted is returned unchanged.
 *
 */
export const restoreMealMutation = (options?: Partial<Options<RestoreMealData>>): UseMutationOptions<RestoreMealResponse, RestoreMealError, Options<RestoreMealData>> => {
    const mutationOptions: UseMutationOptions<RestoreMealResponse, RestoreMealError, Options<RestoreMealData>> = {
        mutationFn: async (fnOptions) => await restoreMeal({
            ...options,
            ...fnOptions,
            throwOnError: true
        })
    };
    return mutationOptions;
};

/**
 * Copy a meal
 *
 * Logs the same meal again on another day or as another kind of meal, at the same local time, with the values that it was logged with: a copy does not
 * need the foods any more, and costs no recomputation. `source` of the copy is `copy`. A local time that a clock change skips moves by the length of the change, and stays on the
 * day. 422 `day_skipped` when the zone never had that day (Apia, 30 December 2011).
 *
 */
export const copyMealMutation = (options?: Partial<Options<CopyMealData>>): UseMutationOptions<CopyMealResponse, CopyMealError, Options<CopyMealData>> => {
    const mutationOptions: UseMutationOptions<CopyMealResponse, CopyMealError, Options<CopyMealData>> = {
        mutationFn: async (fnOptions) => await copyMeal({
            ...options,
            ...fnOptions,
            throwOnError: true
        })
    };
    return mutationOptions;
};

/**
 * Add items to a meal
 *
 * Adds up to 50 items at the end of the meal, all of them or none, with the same rules as `createMeal`. A meal holds at most 100 (422 `meal_full`). The version changes;
 * with `If-Match` the write is refused with 412 when the meal has changed before.
 *
 */
export const addMealItemsMutation = (options?: Partial<Options<AddMealItemsData>>): UseMutationOptions<AddMealItemsResponse, AddMealItemsError, Options<AddMealItemsData>> => {
    const mutationOptions: UseMutationOptions<AddMealItemsResponse, AddMealItemsError, Options<AddMealItemsData>> = {
        mutationFn: async (fnOptions) => await addMealItems({
            ...options,
            ...fnOptions,
            throwOnError: true
        })
    };
    return mutationOptions;
};

/**
 * Refresh a meal item from its food
 *
 * An item keeps the values that it was logged with. This shows what the same amount would be with the food as it is now, `before` and `after`; with `apply: true` the item takes
 * the new values and the meal's version changes. Otherwise nothing is written. 404 `food_not_found` when the food was deleted; 422 `not_for_this_kind` for an item typed in by hand.
 *
 */
export const refreshMealItemMutation = (options?: Partial<Options<RefreshMealItemData>>): UseMutationOptions<RefreshMealItemResponse, RefreshMealItemError, Options<RefreshMealItemData>> => {
    const mutationOptions: UseMutationOptions<RefreshMealItemResponse, RefreshMealItemError, Options<RefreshMealItemData>> = {
        mutationFn: async (fnOptions) => await refreshMealItem({
            ...options,
            ...fnOptions,
            throwOnError: true
        })
    };
    return mutationOptions;
};

/**
 * Delete a meal item
 *
 * Removes the item and returns the meal without it; the meal stays, even when it was the last one. The version changes.
 *
 */
export const deleteMealItemMutation = (options?: Partial<Options<DeleteMealItemData>>): UseMutationOptions<DeleteMealItemResponse, DeleteMealItemError, Options<DeleteMealItemData>> => {
    const mutationOptions: UseMutationOptions<DeleteMealItemResponse, DeleteMealItemError, Options<DeleteMealItemData>> = {
        mutationFn: async (fnOptions) => await deleteMealItem({
            ...options,
            ...fnOptions,
            throwOnError: true
        })
    };
    return mutationOptions;
};

/**
 * Update a meal item
 *
 * JSON merge-patch. `grams` makes it an item by weight, `serving_id` and `count` one by servings, of the same food. The new amount is measured with the values that the item
 * was logged with, so correcting 100 g to 120 g never brings in what the food has become; `refreshMealItem` does. An item that was typed in by hand takes `name`, `calories`,
 * `protein_g`, `carbs_g` and `fat_g`. A field that does not go with the item is 422 `not_for_this_kind`. Returns the whole meal; its version changes.
 *
 */
export const updateMealItemMutation = (options?: Partial<Options<UpdateMealItemData>>): UseMutationOptions<UpdateMealItemResponse, UpdateMealItemError, Options<UpdateMealItemData>> => {
    const mutationOptions: UseMutationOptions<UpdateMealItemResponse, UpdateMealItemError, Options<UpdateMealItemData>> = {
        mutationFn: async (fnOptions) => await updateMealItem({
            ...options,
            ...fnOptions,
            throwOnError: true
        })
    };
    return mutationOptions;
};

export const listNutritionDaysQueryKey = (options: Options<ListNutritionDaysData>) => createQueryKey('listNutritionDays', options);

/**
 * Get a range of days
 *
 * Every local day from `from` to `to`, both included, in order, at most 366 of them (422 `range_too_long`), also days on which nothing was logged; and each week that they touch, from Monday.
 * `totals` of a week are the sums of its days within the range, and `averages` are those divided by `divisor`, the number of days on which something was logged: days on which nothing was logged are
 * not counted. No side effects.
 *
 */
export const listNutritionDaysOptions = (options: Options<ListNutritionDaysData>) => queryOptions<ListNutritionDaysResponse, ListNutritionDaysError, ListNutritionDaysResponse, ReturnType<typeof listNutritionDaysQueryKey>>({
    queryFn: async ({ queryKey, signal }) => await listNutritionDays({
        ...options,
        ...queryKey[0],
        signal,
        throwOnError: true
    }),
    queryKey: listNutritionDaysQueryKey(options)
});

export const getNutritionDayQueryKey = (options: Options<GetNutritionDayData>) => createQueryKey('getNutritionDay', options);

/**
 * Get a day
 *
 * What was eaten on a local day, against your daily targets: the meals with their items in the order they were eaten, totals of all and by kind of meal, and what remains. `today` is the day in
 * your profile's zone. `targets` and `remaining` are absent as long as your targets are not known. No side effects.
 *
 */
export const getNutritionDayOptions = (options: Options<GetNutritionDayData>) => queryOptions<GetNutritionDayResponse, GetNutritionDayError, GetNutritionDayResponse, ReturnType<typeof getNutritionDayQueryKey>>({
    queryFn: async ({ queryKey, signal }) => await getNutritionDay({
        ...options,
        ...queryKey[0],
        signal,
        throwOnError: true
    }),
    queryKey: getNutritionDayQueryKey(options)
});

/**
 * Copy a day
 *
 * Logs all meals of a day again on the day `to`, each like `copyMeal`, all of them or none. 422 `nothing_to_copy` when the day has no meals, `same_day` when both days are one.
 *
 */
export const copyNutritionDayMutation = (options?: Partial<Options<CopyNutritionDayData>>): UseMutationOptions<CopyNutritionDayResponse, CopyNutritionDayError, Options<CopyNutritionDayData>> => {
    const mutationOptions: UseMutationOptions<CopyNutritionDayResponse, CopyNutritionDayError, Options<CopyNutritionDayData>> = {
        mutationFn: async (fnOptions) => await copyNutritionDay({
            ...options,
            ...fnOptions,
            throwOnError: true
        })
    };
    return mutationOptions;
};
