// Written from gen/openapi.yaml by openapi/gen-ts.mjs; do not edit.

import * as z from 'zod';

export const zApiInfo = z.object({
    name: z.string().max(100),
    version: z.string().max(50),
    environment: z.enum(['development', 'production']),
    docs_url: z.string().max(200),
    openapi_url: z.string().max(200)
});

export const zFieldError = z.object({
    field: z.string().max(500),
    code: z.string().max(60).regex(/^[a-z][a-z0-9_]*$/),
    message: z.string().max(1000)
});

/**
 * Every error of this service has this shape (RFC 9457). Decide by `code`, which is stable; show `detail`, which is a sentence for people;
 * quote `request_id` when you ask for help.
 *
 */
export const zProblem = z.object({
    type: z.string().max(60),
    status: z.int().gte(400).lte(599),
    code: z.string().max(60).regex(/^[a-z][a-z0-9_]*$/),
    detail: z.string().max(2000),
    request_id: z.string().max(128),
    errors: z.array(zFieldError).max(100).optional()
});

export const zHealthCheck = z.object({
    status: z.enum(['ok', 'down']),
    latency_ms: z.number().gte(0).optional()
});

export const zHealth = z.object({
    status: z.enum(['ok', 'degraded']),
    version: z.string().max(50),
    checks: z.object({
        database: zHealthCheck,
        auth: zHealthCheck
    })
});

export const zProbe = z.object({
    status: z.literal('ok')
});

/**
 * An e-mail address. Trimmed and lower-cased before use.
 */
export const zEmail = z.string().min(3).max(255).regex(/^[ \t]*[A-Za-z0-9.!#$%&'*+\/=?^_`{|}~-]+@[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*[ \t]*$/);

/**
 * At least 8 characters and at most 72 bytes in UTF-8 (the hash would ignore the rest; 422 `password_too_long`).
 */
export const zPassword = z.string().min(8).max(72).regex(/^[^\u0000]*$/);

export const zSignupRequest = z.object({
    email: zEmail,
    password: zPassword,
    full_name: z.string().min(1).max(200).regex(/^[^\u0000]*$/).optional()
});

export const zAuthUser = z.object({
    id: z.uuid(),
    email: z.string().max(255),
    full_name: z.string().max(200).optional(),
    email_confirmed: z.boolean(),
    onboarding_completed: z.boolean()
});

/**
 * Absent when no session was opened, as after a signup whose address must be confirmed.
 */
export const zAuthSessionInfo = z.object({
    expires_at: z.iso.datetime({ offset: true })
});

/**
 * Who is signed in. Tokens are in the cookies, never here.
 */
export const zAuthResponse = z.object({
    user: zAuthUser,
    session: zAuthSessionInfo.optional()
});

export const zLoginRequest = z.object({
    email: zEmail,
    password: z.string().min(1).max(1000).regex(/^[^\u0000]*$/)
});

export const zPasswordChange = z.object({
    current_password: z.string().min(1).max(1000).regex(/^[^\u0000]*$/),
    new_password: zPassword
});

export const zEmailRequest = z.object({
    email: zEmail
});

/**
 * The `token_hash` in the link of the mail; goes alone.
 */
export const zMailTokenHash = z.string().min(1).max(200).regex(/^[A-Za-z0-9_-]+$/);

/**
 * The 6-digit code of the mail; goes with `email`.
 */
export const zMailToken = z.string().min(1).max(20).regex(/^[A-Za-z0-9]+$/);

/**
 * Either `token_hash` alone, or `email` and `token`; anything else is 422 `mail_token_required`.
 */
export const zPasswordReset = z.object({
    token_hash: zMailTokenHash.optional(),
    email: zEmail.optional(),
    token: zMailToken.optional(),
    new_password: zPassword
});

/**
 * Either `token_hash` alone, or `email` and `token`; anything else is 422 `mail_token_required`.
 */
export const zEmailVerification = z.object({
    token_hash: zMailTokenHash.optional(),
    email: zEmail.optional(),
    token: zMailToken.optional()
});

export const zAuthSession = z.object({
    id: z.uuid(),
    created_at: z.iso.datetime({ offset: true }),
    last_used_at: z.iso.datetime({ offset: true }),
    user_agent: z.string().max(1000).optional(),
    ip: z.string().max(50).optional(),
    is_current: z.boolean()
});

export const zAuthSessionPage = z.object({
    data: z.array(zAuthSession).max(100),
    next_cursor: z.string().max(512).optional()
});

/**
 * Which constant the Mifflin–St Jeor equation uses.
 */
export const zBiologicalSex = z.enum(['male', 'female']);

/**
 * What the person works towards.
 */
export const zGoal = z.enum([
    'lose_weight',
    'build_muscle',
    'maintain',
    'improve_performance'
]);

/**
 * How long the person has trained.
 */
export const zExperienceLevel = z.enum([
    'beginner',
    'intermediate',
    'advanced'
]);

/**
 * How much the person moves on a usual day; multiplies BMR by 1.2, 1.375, 1.55, 1.725 or 1.9.
 */
export const zActivityLevel = z.enum([
    'sedentary',
    'lightly_active',
    'moderately_active',
    'very_active',
    'extremely_active'
]);

/**
 * What the person eats as a rule.
 */
export const zDietaryPreference = z.enum([
    'none',
    'vegetarian',
    'vegan',
    'pescatarian',
    'keto',
    'paleo'
]);

/**
 * Short words, each at most 100 characters.
 */
export const zFoodWords = z.array(z.string().min(1).max(100).regex(/^[^\u0000]*$/)).max(50);

/**
 * How stressed the person usually is.
 */
export const zStressLevel = z.enum([
    'low',
    'medium',
    'high'
]);

/**
 * For display only; every number of this service is metric.
 */
export const zUnitSystem = z.enum(['metric', 'imperial']);

export const zReason = z.object({
    code: z.string().max(60).regex(/^[a-z][a-z0-9_]*$/),
    message: z.string().max(500)
});

/**
 * Daily targets, whole numbers. BMR is Mifflin–St Jeor (1990): 10 × kg + 6.25 × cm − 5 × years + 5 (male) or − 161 (female). TDEE = BMR × activity factor.
 * Energy = TDEE − 500 (lose_weight), + 250 (build_muscle), + 100 (improve_performance) or + 0 (maintain), never below 1200 kcal or 0.9 × BMR, never more than 25 % below TDEE.
 * Protein 2.2, 2.0, 1.8 or 1.6 g per kg (lose, build, performance, maintain); fat 28 % of the energy; carbohydrates the rest. `explanation` says which bound was met.
 *
 */
export const zTargets = z.object({
    calories: z.int().gte(1200).lte(10000),
    protein_g: z.int().gte(0).lte(1000),
    carbs_g: z.int().gte(0).lte(2500),
    fat_g: z.int().gte(0).lte(1000),
    bmr: z.int().gte(0).lte(10000).optional(),
    tdee: z.int().gte(0).lte(20000).optional(),
    burn_goal: z.int().gte(0).lte(20000).optional(),
    source: z.enum(['computed', 'custom']),
    explanation: z.array(zReason).max(20)
});

export const zMe = z.object({
    id: z.uuid(),
    email: z.string().max(255),
    full_name: z.string().max(200).optional(),
    created_at: z.iso.datetime({ offset: true }),
    updated_at: z.iso.datetime({ offset: true }),
    onboarding_completed: z.boolean(),
    birth_date: z.iso.date().optional(),
    age: z.int().gte(0).lte(150).optional(),
    biological_sex: zBiologicalSex.optional(),
    height_cm: z.number().gte(100).lte(300).optional(),
    current_weight_kg: z.number().gte(30).lte(300).optional(),
    goal_weight_kg: z.number().gte(30).lte(300).optional(),
    primary_goal: zGoal.optional(),
    secondary_goal: zGoal.optional(),
    experience_level: zExperienceLevel,
    activity_level: zActivityLevel.optional(),
    workout_frequency: z.int().gte(0).lte(7).optional(),
    dietary_preference: zDietaryPreference,
    food_allergies: zFoodWords,
    foods_to_avoid: zFoodWords,
    meals_per_day: z.int().gte(1).lte(8),
    cooks_regularly: z.boolean().optional(),
    sleep_hours: z.number().gte(4).lte(12).optional(),
    stress_level: zStressLevel.optional(),
    fitness_notes: z.string().max(2000).optional(),
    unit_system: zUnitSystem,
    timezone: z.string().max(100),
    language: z.string().max(35),
    targets: zTargets.optional()
});

/**
 * Daily targets set by hand.
 */
export const zCustomTargets = z.object({
    calories: z.int().gte(1200).lte(10000),
    protein_g: z.int().gte(0).lte(1000),
    carbs_g: z.int().gte(0).lte(2500),
    fat_g: z.int().gte(0).lte(1000)
});

/**
 * JSON merge-patch: absent keeps, `null` clears, a value sets. `age`, `id`, `email` and the targets themselves cannot be written.
 */
export const zMePatch = z.object({
    full_name: z.string().min(1).max(200).regex(/^[^\u0000]*$/).nullish(),
    birth_date: z.iso.date().nullish(),
    biological_sex: zBiologicalSex.nullish(),
    height_cm: z.number().gte(100).lte(300).nullish(),
    current_weight_kg: z.number().gte(30).lte(300).nullish(),
    goal_weight_kg: z.number().gte(30).lte(300).nullish(),
    primary_goal: zGoal.nullish(),
    secondary_goal: zGoal.nullish(),
    experience_level: zExperienceLevel.optional(),
    activity_level: zActivityLevel.nullish(),
    workout_frequency: z.int().gte(0).lte(7).nullish(),
    dietary_preference: zDietaryPreference.optional(),
    food_allergies: zFoodWords.optional(),
    foods_to_avoid: zFoodWords.optional(),
    meals_per_day: z.int().gte(1).lte(8).optional(),
    cooks_regularly: z.boolean().nullish(),
    sleep_hours: z.number().gte(4).lte(12).nullish(),
    stress_level: zStressLevel.nullish(),
    fitness_notes: z.string().min(1).max(2000).regex(/^[^\u0000]*$/).nullish(),
    unit_system: zUnitSystem.optional(),
    timezone: z.string().min(1).max(100).regex(/^[^\u0000]*$/).optional(),
    language: z.string().min(2).max(35).regex(/^[A-Za-z0-9-]+$/).optional(),
    custom_targets: zCustomTargets.nullish()
});

/**
 * Present when a change of the profile moved the targets.
 */
export const zTargetsChange = z.object({
    before: zTargets.optional(),
    after: zTargets.optional(),
    reasons: z.array(zReason).max(20)
});

/**
 * Your profile and, when targets moved, what moved them.
 */
export const zMeUpdated = zMe.and(z.object({
    targets_change: zTargetsChange.optional()
}));

/**
 * Values to lay over your profile; absent ones are taken from it.
 */
export const zTargetsPreviewRequest = z.object({
    birth_date: z.iso.date().optional(),
    biological_sex: zBiologicalSex.optional(),
    height_cm: z.number().gte(100).lte(300).optional(),
    current_weight_kg: z.number().gte(30).lte(300).optional(),
    primary_goal: zGoal.optional(),
    activity_level: zActivityLevel.optional()
});

export const zTargetsPreview = z.object({
    targets: zTargets.optional(),
    missing: z.array(z.enum([
        'birth_date',
        'biological_sex',
        'height_cm',
        'current_weight_kg',
        'primary_goal',
        'activity_level'
    ])).max(10)
});

/**
 * How many entries a page holds at most.
 */
export const zLimit = z.int().gte(1).lte(100).default(20);

/**
 * The `next_cursor` of the page before. Opaque; a changed one is refused with 400 `invalid_cursor`.
 */
export const zCursor = z.string().min(1).max(512).regex(/^[A-Za-z0-9_-]+$/);

/**
 * The id of a session, as `listSessions` tells it.
 */
export const zSessionId = z.uuid();

/**
 * The `ETag` you hold (quotes included). When it is still current the answer is 304 without a body.
 */
export const zIfNoneMatch = z.string().min(1).max(500).regex(/^[^\u0000]*$/);

/**
 * The `ETag` you last saw (quotes included), a list of them, or `*`. When the resource has moved on since, nothing is written and the answer is 412.
 */
export const zIfMatch = z.string().min(1).max(500).regex(/^[^\u0000]*$/);

/**
 * The service introduces itself.
 */
export const zGetApiInfoResponse = zApiInfo;

/**
 * The service works, perhaps degraded.
 */
export const zGetHealthResponse = zHealth;

/**
 * The process runs.
 */
export const zGetLivenessResponse = zProbe;

/**
 * Send traffic.
 */
export const zGetReadinessResponse = zProbe;

export const zSignupBody = zSignupRequest;

/**
 * The account exists, or a mail says what to do next.
 */
export const zSignupResponse = zAuthResponse;

export const zLoginBody = zLoginRequest;

/**
 * Signed in; both cookies are set.
 */
export const zLoginResponse = zAuthResponse;

/**
 * Both cookies are replaced.
 */
export const zRefreshSessionResponse = zAuthResponse;

/**
 * Signed out; both cookies are cleared.
 */
export const zLogoutResponse = z.void();

export const zChangePasswordBody = zPasswordChange;

/**
 * Changed; all other sessions have ended.
 */
export const zChangePasswordResponse = z.void();

export const zRequestPasswordResetBody = zEmailRequest;

export const zResetPasswordBody = zPasswordReset;

/**
 * The password is set; both cookies are set.
 */
export const zResetPasswordResponse = zAuthResponse;

export const zVerifyEmailBody = zEmailVerification;

/**
 * The address is confirmed; both cookies are set.
 */
export const zVerifyEmailResponse = zAuthResponse;

export const zResendVerificationBody = zEmailRequest;

export const zListSessionsQuery = z.object({
    limit: z.int().gte(1).lte(100).optional().default(20),
    cursor: z.string().min(1).max(512).regex(/^[A-Za-z0-9_-]+$/).optional()
});

/**
 * A page of sessions.
 */
export const zListSessionsResponse = zAuthSessionPage;

export const zRevokeSessionPath = z.object({
    id: z.uuid()
});

/**
 * That session has ended.
 */
export const zRevokeSessionResponse = z.void();

export const zDeleteMeHeaders = z.object({
    'If-Match': z.string().min(1).max(500).regex(/^[^\u0000]*$/).optional()
});

/**
 * Everything is erased; both cookies are cleared.
 */
export const zDeleteMeResponse = z.void();

export const zGetMeHeaders = z.object({
    'If-None-Match': z.string().min(1).max(500).regex(/^[^\u0000]*$/).optional()
});

/**
 * Your profile.
 */
export const zGetMeResponse = zMe;

export const zUpdateMeBody = zMePatch;

export const zUpdateMeHeaders = z.object({
    'If-Match': z.string().min(1).max(500).regex(/^[^\u0000]*$/).optional()
});

/**
 * Your profile after the change.
 */
export const zUpdateMeResponse = zMeUpdated;

export const zPreviewTargetsBody = zTargetsPreviewRequest;

/**
 * The targets, or what is missing for them.
 */
export const zPreviewTargetsResponse = zTargetsPreview;
