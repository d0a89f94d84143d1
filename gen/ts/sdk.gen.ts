// Written from gen/openapi.yaml by openapi/gen-ts.mjs; do not edit.

import { client } from './client.gen.js';
import type { Client, ClientMeta, Options as Options2, RequestResult, TDataShape } from './client/index.js';
import type { ChangePasswordData, ChangePasswordErrors, ChangePasswordResponses, DeleteMeData, DeleteMeErrors, DeleteMeResponses, GetApiInfoData, GetApiInfoErrors, GetApiInfoResponses, GetHealthData, GetHealthErrors, GetHealthResponses, GetLivenessData, GetLivenessResponses, GetMeData, GetMeErrors, GetMeResponses, GetReadinessData, GetReadinessErrors, GetReadinessResponses, ListSessionsData, ListSessionsErrors, ListSessionsResponses, LoginData, LoginErrors, LoginResponses, LogoutData, LogoutErrors, LogoutResponses, PreviewTargetsData, PreviewTargetsErrors, PreviewTargetsResponses, RefreshSessionData, RefreshSessionErrors, RefreshSessionResponses, RequestPasswordResetData, RequestPasswordResetErrors, RequestPasswordResetResponses, ResendVerificationData, ResendVerificationErrors, ResendVerificationResponses, ResetPasswordData, ResetPasswordErrors, ResetPasswordResponses, RevokeSessionData, RevokeSessionErrors, RevokeSessionResponses, SignupData, SignupErrors, SignupResponses, UpdateMeData, UpdateMeErrors, UpdateMeResponses, VerifyEmailData, VerifyEmailErrors, VerifyEmailResponses } from './types.gen.js';

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
 * Tell what this service is
 *
 * Names the service, its version, and where its documentation and contract are. No side effects.
 */
export const getApiInfo = <ThrowOnError extends boolean = true>(options?: Options<GetApiInfoData, ThrowOnError>): RequestResult<GetApiInfoResponses, GetApiInfoErrors, ThrowOnError, 'data'> => (options?.client ?? client).get<GetApiInfoResponses, GetApiInfoErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    url: '/',
    ...options
});

/**
 * Look at the service and what it depends on
 *
 * Asks the database and the identity provider, within a second. Answers 503 when the database is down; when only the identity provider is down the service is `degraded` and answers 200, because signed-in users keep working. No side effects.
 */
export const getHealth = <ThrowOnError extends boolean = true>(options?: Options<GetHealthData, ThrowOnError>): RequestResult<GetHealthResponses, GetHealthErrors, ThrowOnError, 'data'> => (options?.client ?? client).get<GetHealthResponses, GetHealthErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    url: '/api/v1/health',
    ...options
});

/**
 * Tell whether the process runs
 *
 * For orchestrators. Answers as long as the process can answer at all; asks nothing and nobody. No side effects.
 */
export const getLiveness = <ThrowOnError extends boolean = true>(options?: Options<GetLivenessData, ThrowOnError>): RequestResult<GetLivenessResponses, unknown, ThrowOnError, 'data'> => (options?.client ?? client).get<GetLivenessResponses, unknown, ThrowOnError, 'data'>({
    responseStyle: 'data',
    url: '/api/v1/health/live',
    ...options
});

/**
 * Tell whether traffic should come here
 *
 * For load balancers. 200 when the database answers and the process is not shutting down, else 503. No side effects.
 */
export const getReadiness = <ThrowOnError extends boolean = true>(options?: Options<GetReadinessData, ThrowOnError>): RequestResult<GetReadinessResponses, GetReadinessErrors, ThrowOnError, 'data'> => (options?.client ?? client).get<GetReadinessResponses, GetReadinessErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    url: '/api/v1/health/ready',
    ...options
});

/**
 * Create an account
 *
 * Creates the account and its profile. Where addresses need no confirmation (the default in development) the person is signed in at once: both cookies are set,
 * and a taken address answers 409 `email_taken`. Where they do, a mail is sent, the answer has no `session`, and it is the same for a new, an unconfirmed and a
 * taken address, so that nobody learns who has an account. The address is trimmed and lower-cased.
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
 * Checks address and password and sets both cookies. An unknown address and a wrong password get the same answer in the same time.
 * After 10 failures within 15 minutes for one account from one client address, further tries from there answer 429; the owner elsewhere is never locked out.
 * A right password with an unconfirmed address answers 403 `email_not_confirmed`.
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
 * Exchange the refresh cookie for new cookies
 *
 * Needs nothing but the `refresh_token` cookie. Each refresh token works once and is replaced; tabs that refresh at the same moment all succeed.
 * A token that was used long ago ends its session, for then somebody has a copy. On 401 both cookies are cleared and the person must sign in.
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
 * Sign out here
 *
 * Ends this session and no other, and clears both cookies. The access token is refused from now on by every server, though it has not expired.
 *
 */
export const logout = <ThrowOnError extends boolean = true>(options?: Options<LogoutData, ThrowOnError>): RequestResult<LogoutResponses, LogoutErrors, ThrowOnError, 'data'> => (options?.client ?? client).post<LogoutResponses, LogoutErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    security: [{
            in: 'cookie',
            name: 'access_token',
            type: 'apiKey'
        }, { scheme: 'bearer', type: 'http' }],
    url: '/api/v1/auth/logout',
    ...options
});

/**
 * Change your password
 *
 * Needs the current password; a wrong one is 422 `wrong_password` and counts as a failed sign-in. Every other session of yours ends; this one lives.
 *
 */
export const changePassword = <ThrowOnError extends boolean = true>(options: Options<ChangePasswordData, ThrowOnError>): RequestResult<ChangePasswordResponses, ChangePasswordErrors, ThrowOnError, 'data'> => (options.client ?? client).post<ChangePasswordResponses, ChangePasswordErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    security: [{
            in: 'cookie',
            name: 'access_token',
            type: 'apiKey'
        }, { scheme: 'bearer', type: 'http' }],
    url: '/api/v1/auth/password',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Ask for a mail to set a new password
 *
 * Answers 202 for every address, known or not. A known one gets a mail with a link and a 6-digit code, at most one a minute.
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
 * Set a new password with the mail you got
 *
 * Takes the `token_hash` of the mail's link, or the address and the 6-digit code. Both work once, for a limited time; after 10 wrong codes
 * within 15 minutes for one address from one client, further tries from there answer 429.
 * Sets the password, ends all other sessions, signs the person in and sets both cookies. When the new password is refused, the mail has been used up: ask for another.
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
 * Confirm an address with the mail you got
 *
 * Takes the `token_hash` of the mail's link, or the address and the 6-digit code. Confirms the address, signs the person in and sets both cookies. After 10 wrong codes
 * within 15 minutes for one address from one client, further tries from there answer 429.
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
 * Send the confirmation mail again
 *
 * Answers 202 for every address, known or not, confirmed or not. At most one mail a minute is sent.
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
 * List where you are signed in
 *
 * Your living sessions, the newest first. No side effects.
 *
 */
export const listSessions = <ThrowOnError extends boolean = true>(options?: Options<ListSessionsData, ThrowOnError>): RequestResult<ListSessionsResponses, ListSessionsErrors, ThrowOnError, 'data'> => (options?.client ?? client).get<ListSessionsResponses, ListSessionsErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    security: [{
            in: 'cookie',
            name: 'access_token',
            type: 'apiKey'
        }, { scheme: 'bearer', type: 'http' }],
    url: '/api/v1/auth/sessions',
    ...options
});

/**
 * Sign out elsewhere
 *
 * Ends one of your sessions; its tokens are refused from now on. Ending the session that asks is the same as signing out.
 *
 */
export const revokeSession = <ThrowOnError extends boolean = true>(options: Options<RevokeSessionData, ThrowOnError>): RequestResult<RevokeSessionResponses, RevokeSessionErrors, ThrowOnError, 'data'> => (options.client ?? client).delete<RevokeSessionResponses, RevokeSessionErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    security: [{
            in: 'cookie',
            name: 'access_token',
            type: 'apiKey'
        }, { scheme: 'bearer', type: 'http' }],
    url: '/api/v1/auth/sessions/{id}',
    ...options
});

/**
 * Delete your account
 *
 * Erases the account and everything that belongs to it, at once and for good; all sessions end and both cookies are cleared. There is no undo.
 *
 */
export const deleteMe = <ThrowOnError extends boolean = true>(options?: Options<DeleteMeData, ThrowOnError>): RequestResult<DeleteMeResponses, DeleteMeErrors, ThrowOnError, 'data'> => (options?.client ?? client).delete<DeleteMeResponses, DeleteMeErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    security: [{
            in: 'cookie',
            name: 'access_token',
            type: 'apiKey'
        }, { scheme: 'bearer', type: 'http' }],
    url: '/api/v1/users/me',
    ...options
});

/**
 * Read your profile
 *
 * Your profile and, when their inputs are known, your daily targets. No side effects.
 *
 */
export const getMe = <ThrowOnError extends boolean = true>(options?: Options<GetMeData, ThrowOnError>): RequestResult<GetMeResponses, GetMeErrors, ThrowOnError, 'data'> => (options?.client ?? client).get<GetMeResponses, GetMeErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    security: [{
            in: 'cookie',
            name: 'access_token',
            type: 'apiKey'
        }, { scheme: 'bearer', type: 'http' }],
    url: '/api/v1/users/me',
    ...options
});

/**
 * Change your profile
 *
 * JSON merge-patch: an absent field stays, `null` clears, a value sets. Changing an input of the targets recomputes them, unless you set them by hand, and
 * `targets_change` says what changed and why. Nothing but your own edits ever moves your targets. Changing `timezone` moves no entry that exists.
 *
 */
export const updateMe = <ThrowOnError extends boolean = true>(options: Options<UpdateMeData, ThrowOnError>): RequestResult<UpdateMeResponses, UpdateMeErrors, ThrowOnError, 'data'> => (options.client ?? client).patch<UpdateMeResponses, UpdateMeErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    security: [{
            in: 'cookie',
            name: 'access_token',
            type: 'apiKey'
        }, { scheme: 'bearer', type: 'http' }],
    url: '/api/v1/users/me',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * See what targets a change would bring
 *
 * Computes daily targets from your profile with the given values laid over it. Nothing is stored. `missing` names the inputs that are still needed.
 *
 */
export const previewTargets = <ThrowOnError extends boolean = true>(options: Options<PreviewTargetsData, ThrowOnError>): RequestResult<PreviewTargetsResponses, PreviewTargetsErrors, ThrowOnError, 'data'> => (options.client ?? client).post<PreviewTargetsResponses, PreviewTargetsErrors, ThrowOnError, 'data'>({
    responseStyle: 'data',
    security: [{
            in: 'cookie',
            name: 'access_token',
            type: 'apiKey'
        }, { scheme: 'bearer', type: 'http' }],
    url: '/api/v1/users/me/targets/preview',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});
