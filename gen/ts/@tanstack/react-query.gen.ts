// Written from gen/openapi.yaml by openapi/gen-ts.mjs; do not edit.

import { type DefaultError, type InfiniteData, infiniteQueryOptions, queryOptions, type UseMutationOptions } from '@tanstack/react-query';

import { client } from '../client.gen.js';
import { changePassword, deleteMe, getApiInfo, getHealth, getLiveness, getMe, getReadiness, listSessions, login, logout, type Options, previewTargets, refreshSession, requestPasswordReset, resendVerification, resetPassword, revokeSession, signup, updateMe, verifyEmail } from '../sdk.gen.js';
import type { ChangePasswordData, ChangePasswordError, ChangePasswordResponse, DeleteMeData, DeleteMeError, DeleteMeResponse, GetApiInfoData, GetApiInfoError, GetApiInfoResponse, GetHealthData, GetHealthError, GetHealthResponse, GetLivenessData, GetLivenessResponse, GetMeData, GetMeError, GetMeResponse, GetReadinessData, GetReadinessError, GetReadinessResponse, ListSessionsData, ListSessionsError, ListSessionsResponse, LoginData, LoginError, LoginResponse, LogoutData, LogoutError, LogoutResponse, PreviewTargetsData, PreviewTargetsError, PreviewTargetsResponse, RefreshSessionData, RefreshSessionError, RefreshSessionResponse, RequestPasswordResetData, RequestPasswordResetError, ResendVerificationData, ResendVerificationError, ResetPasswordData, ResetPasswordError, ResetPasswordResponse, RevokeSessionData, RevokeSessionError, RevokeSessionResponse, SignupData, SignupError, SignupResponse, UpdateMeData, UpdateMeError, UpdateMeResponse, VerifyEmailData, VerifyEmailError, VerifyEmailResponse } from '../types.gen.js';

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
 * Tell what this service is
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
 * Look at the service and what it depends on
 *
 * Asks the database and the identity provider, within a second. Answers 503 when the database is down; when only the identity provider is down the service is `degraded` and answers 200, because signed-in users keep working. No side effects.
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
 * Tell whether the process runs
 *
 * For orchestrators. Answers as long as the process can answer at all; asks nothing and nobody. No side effects.
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
 * Tell whether traffic should come here
 *
 * For load balancers. 200 when the database answers and the process is not shutting down, else 503. No side effects.
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
 * Creates the account and its profile. Where addresses need no confirmation (the default in development) the person is signed in at once: both cookies are set,
 * and a taken address answers 409 `email_taken`. Where they do, a mail is sent, the answer has no `session`, and it is the same for a new, an unconfirmed and a
 * taken address, so that nobody learns who has an account. The address is trimmed and lower-cased.
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
 * Checks address and password and sets both cookies. An unknown address and a wrong password get the same answer in the same time.
 * After 10 failures within 15 minutes for one account from one client address, further tries from there answer 429; the owner elsewhere is never locked out.
 * A right password with an unconfirmed address answers 403 `email_not_confirmed`.
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
 * Exchange the refresh cookie for new cookies
 *
 * Needs nothing but the `refresh_token` cookie. Each refresh token works once and is replaced; tabs that refresh at the same moment all succeed.
 * A token that was used long ago ends its session, for then somebody has a copy. On 401 both cookies are cleared and the person must sign in.
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
 * Sign out here
 *
 * Ends this session and no other, and clears both cookies. The access token is refused from now on by every server, though it has not expired.
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
 * Needs the current password; a wrong one is 422 `wrong_password` and counts as a failed sign-in. Every other session of yours ends; this one lives.
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
 * Ask for a mail to set a new password
 *
 * Answers 202 for every address, known or not. A known one gets a mail with a link and a 6-digit code, at most one a minute.
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
 * Set a new password with the mail you got
 *
 * Takes the `token_hash` of the mail's link, or the address and the 6-digit code. Both work once, for a limited time; after 10 wrong codes
 * within 15 minutes for one address from one client, further tries from there answer 429.
 * Sets the password, ends all other sessions, signs the person in and sets both cookies. When the new password is refused, the mail has been used up: ask for another.
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
 * Confirm an address with the mail you got
 *
 * Takes the `token_hash` of the mail's link, or the address and the 6-digit code. Confirms the address, signs the person in and sets both cookies. After 10 wrong codes
 * within 15 minutes for one address from one client, further tries from there answer 429.
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
 * Send the confirmation mail again
 *
 * Answers 202 for every address, known or not, confirmed or not. At most one mail a minute is sent.
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

export const listSessionsQueryKey = (options?: Options<ListSessionsData>) => createQueryKey('listSessions', options);

/**
 * List where you are signed in
 *
 * Your living sessions, the newest first. No side effects.
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
 * List where you are signed in
 *
 * Your living sessions, the newest first. No side effects.
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
 * Sign out elsewhere
 *
 * Ends one of your sessions; its tokens are refused from now on. Ending the session that asks is the same as signing out.
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
 * Read your profile
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
 * Change your profile
 *
 * JSON merge-patch: an absent field stays, `null` clears, a value sets. Changing an input of the targets recomputes them, unless you set them by hand, and
 * `targets_change` says what changed and why. Nothing but your own edits ever moves your targets. Changing `timezone` moves no entry that exists.
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
 * See what targets a change would bring
 *
 * Computes daily targets from your profile with the given values laid over it. Nothing is stored. `missing` names the inputs that are still needed.
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
