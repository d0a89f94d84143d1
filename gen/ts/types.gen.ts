// Written from gen/openapi.yaml by openapi/gen-ts.mjs; do not edit.

export type ClientOptions = {
    baseUrl: `${string}://${string}` | (string & {});
};

export type ApiInfo = {
    /**
     * The name of the service.
     */
    name: string;
    /**
     * The version of the running binary.
     */
    version: string;
    /**
     * Which rules it runs by.
     */
    environment: 'development' | 'production';
    /**
     * Where people read.
     */
    docs_url: string;
    /**
     * Where programs read.
     */
    openapi_url: string;
};

export type FieldError = {
    /**
     * Where, as a dotted path into the body (`servings[0].grams`) or the name of a parameter or header. Empty means the body as a whole.
     */
    field: string;
    /**
     * Why, stable across releases.
     */
    code: string;
    /**
     * Why, in a sentence for people.
     */
    message: string;
};

/**
 * Every error of this service has this shape (RFC 9457). Decide by `code`, which is stable; show `detail`, which is a sentence for people;
 * quote `request_id` when you ask for help.
 *
 */
export type Problem = {
    /**
     * The kind of error, a relative URI reference.
     */
    type: string;
    /**
     * The HTTP status, repeated.
     */
    status: number;
    /**
     * The exact cause, stable across releases. The guide *Errors* lists all of them.
     */
    code: string;
    /**
     * One or two sentences for people, in English.
     */
    detail: string;
    /**
     * The same as the header `X-Request-ID`.
     */
    request_id: string;
    /**
     * What is wrong, field by field; present on 400 and 422 when fields can be named.
     */
    errors?: Array<FieldError>;
};

export type HealthCheck = {
    /**
     * Whether it answered within a second.
     */
    status: 'ok' | 'down';
    /**
     * How long it took, in milliseconds; absent when it did not answer.
     */
    latency_ms?: number;
};

export type Health = {
    /**
     * `degraded` when something other than the database is down.
     */
    status: 'ok' | 'degraded';
    /**
     * The version of the running binary.
     */
    version: string;
    /**
     * One entry per dependency.
     */
    checks: {
        database: HealthCheck;
        auth: HealthCheck;
    };
};

export type Probe = {
    /**
     * Always `ok`; anything else is a 503 problem.
     */
    status: 'ok';
};

/**
 * An e-mail address. Trimmed and lower-cased before use.
 */
export type Email = string;

/**
 * At least 8 characters and at most 72 bytes in UTF-8 (the hash would ignore the rest; 422 `password_too_long`).
 */
export type Password = string;

export type SignupRequest = {
    email: Email;
    password: Password;
    /**
     * What to call the person. Can be changed later.
     */
    full_name?: string;
};

export type AuthUser = {
    /**
     * The person's id in every room. A placeholder while there is no session, since a real one would tell whether the address was known.
     */
    id: string;
    /**
     * The address, lower-case.
     */
    email: string;
    /**
     * Absent until it is told.
     */
    full_name?: string;
    /**
     * Whether the address was confirmed.
     */
    email_confirmed: boolean;
    /**
     * Whether the profile has what daily targets need.
     */
    onboarding_completed: boolean;
};

/**
 * Absent when no session was opened, as after a signup whose address must be confirmed.
 */
export type AuthSessionInfo = {
    /**
     * When the access cookie's token expires; refresh before or after.
     */
    expires_at: string;
};

/**
 * Who is signed in. Tokens are in the cookies, never here.
 */
export type AuthResponse = {
    user: AuthUser;
    session?: AuthSessionInfo;
};

export type LoginRequest = {
    email: Email;
    /**
     * The password, whatever rules it was made by.
     */
    password: string;
};

export type PasswordChange = {
    /**
     * The password as it is now.
     */
    current_password: string;
    new_password: Password;
};

export type EmailRequest = {
    email: Email;
};

/**
 * The `token_hash` in the link of the mail; goes alone.
 */
export type MailTokenHash = string;

/**
 * The 6-digit code of the mail; goes with `email`.
 */
export type MailToken = string;

/**
 * Either `token_hash` alone, or `email` and `token`; anything else is 422 `mail_token_required`.
 */
export type PasswordReset = {
    token_hash?: MailTokenHash;
    email?: Email;
    token?: MailToken;
    new_password: Password;
};

/**
 * Either `token_hash` alone, or `email` and `token`; anything else is 422 `mail_token_required`.
 */
export type EmailVerification = {
    token_hash?: MailTokenHash;
    email?: Email;
    token?: MailToken;
};

export type AuthSession = {
    /**
     * The session.
     */
    id: string;
    /**
     * When the person signed in.
     */
    created_at: string;
    /**
     * When it was last refreshed; the sign-in itself counts.
     */
    last_used_at: string;
    /**
     * What the browser or device called itself then.
     */
    user_agent?: string;
    /**
     * The client address then.
     */
    ip?: string;
    /**
     * Whether this request uses it.
     */
    is_current: boolean;
};

export type AuthSessionPage = {
    /**
     * The newest first.
     */
    data: Array<AuthSession>;
    /**
     * Ask for the next page with it; absent on the last page.
     */
    next_cursor?: string;
};

/**
 * Which constant the Mifflin–St Jeor equation uses.
 */
export type BiologicalSex = 'male' | 'female';

/**
 * What the person works towards.
 */
export type Goal = 'lose_weight' | 'build_muscle' | 'maintain' | 'improve_performance';

/**
 * How long the person has trained.
 */
export type ExperienceLevel = 'beginner' | 'intermediate' | 'advanced';

/**
 * How much the person moves on a usual day; multiplies BMR by 1.2, 1.375, 1.55, 1.725 or 1.9.
 */
export type ActivityLevel = 'sedentary' | 'lightly_active' | 'moderately_active' | 'very_active' | 'extremely_active';

/**
 * What the person eats as a rule.
 */
export type DietaryPreference = 'none' | 'vegetarian' | 'vegan' | 'pescatarian' | 'keto' | 'paleo';

/**
 * Short words, each at most 100 characters.
 */
export type FoodWords = Array<string>;

/**
 * How stressed the person usually is.
 */
export type StressLevel = 'low' | 'medium' | 'high';

/**
 * For display only; every number of this service is metric.
 */
export type UnitSystem = 'metric' | 'imperial';

export type Reason = {
    /**
     * Stable; for programs.
     */
    code: string;
    /**
     * A sentence for people.
     */
    message: string;
};

/**
 * Daily targets, whole numbers. BMR is Mifflin–St Jeor (1990): 10 × kg + 6.25 × cm − 5 × years + 5 (male) or − 161 (female). TDEE = BMR × activity factor.
 * Energy = TDEE − 500 (lose_weight), + 250 (build_muscle), + 100 (improve_performance) or + 0 (maintain), never below 1200 kcal or 0.9 × BMR, never more than 25 % below TDEE.
 * Protein 2.2, 2.0, 1.8 or 1.6 g per kg (lose, build, performance, maintain); fat 28 % of the energy; carbohydrates the rest. `explanation` says which bound was met.
 *
 */
export type Targets = {
    /**
     * Energy a day in kcal.
     */
    calories: number;
    /**
     * Protein a day in grams.
     */
    protein_g: number;
    /**
     * Carbohydrates a day in grams.
     */
    carbs_g: number;
    /**
     * Fat a day in grams.
     */
    fat_g: number;
    /**
     * Basal metabolic rate in kcal a day; absent when the targets were set by hand and the body's data is not known.
     */
    bmr?: number;
    /**
     * Total daily energy expenditure in kcal; absent like `bmr`.
     */
    tdee?: number;
    /**
     * Energy to burn by moving in kcal a day: TDEE − BMR; absent like `bmr`.
     */
    burn_goal?: number;
    /**
     * Whether the service computed them or the person set them by hand.
     */
    source: 'computed' | 'custom';
    /**
     * How the numbers came about, in order.
     */
    explanation: Array<Reason>;
};

export type Me = {
    /**
     * The person's id in every room.
     */
    id: string;
    /**
     * The address, lower-case.
     */
    email: string;
    /**
     * Absent until it is told.
     */
    full_name?: string;
    /**
     * When the account was made.
     */
    created_at: string;
    /**
     * When the profile was last changed.
     */
    updated_at: string;
    /**
     * Whether `birth_date`, `biological_sex`, `height_cm`, `current_weight_kg`, `primary_goal` and `activity_level` are all there.
     */
    onboarding_completed: boolean;
    /**
     * The day of birth.
     */
    birth_date?: string;
    /**
     * Whole years today in the person's time zone; read-only; follows from `birth_date`.
     */
    age?: number;
    biological_sex?: BiologicalSex;
    /**
     * Height in cm, to 0.1.
     */
    height_cm?: number;
    /**
     * Weight in kg, to 0.01.
     */
    current_weight_kg?: number;
    /**
     * Weight to reach in kg, to 0.01.
     */
    goal_weight_kg?: number;
    primary_goal?: Goal;
    secondary_goal?: Goal;
    experience_level: ExperienceLevel;
    activity_level?: ActivityLevel;
    /**
     * Workouts a week.
     */
    workout_frequency?: number;
    dietary_preference: DietaryPreference;
    food_allergies: FoodWords;
    foods_to_avoid: FoodWords;
    /**
     * Meals on a usual day.
     */
    meals_per_day: number;
    /**
     * Whether the person cooks.
     */
    cooks_regularly?: boolean;
    /**
     * Hours of sleep a night, to 0.1.
     */
    sleep_hours?: number;
    stress_level?: StressLevel;
    /**
     * Anything a coach should know.
     */
    fitness_notes?: string;
    unit_system: UnitSystem;
    /**
     * An IANA zone. Decides on which day new entries fall; entries that exist stay where they are.
     */
    timezone: string;
    /**
     * A BCP 47 tag.
     */
    language: string;
    targets?: Targets;
};

/**
 * Daily targets set by hand.
 */
export type CustomTargets = {
    /**
     * Energy a day in kcal.
     */
    calories: number;
    /**
     * Protein a day in grams.
     */
    protein_g: number;
    /**
     * Carbohydrates a day in grams.
     */
    carbs_g: number;
    /**
     * Fat a day in grams.
     */
    fat_g: number;
};

/**
 * JSON merge-patch: absent keeps, `null` clears, a value sets. `age`, `id`, `email` and the targets themselves cannot be written.
 */
export type MePatch = {
    /**
     * What to call the person.
     */
    full_name?: string | null;
    /**
     * The day of birth; the age must be 13 to 120 (422).
     */
    birth_date?: string | null;
    /**
     * Which constant the Mifflin–St Jeor equation uses.
     */
    biological_sex?: BiologicalSex | null;
    /**
     * Height in cm, kept to 0.1.
     */
    height_cm?: number | null;
    /**
     * Weight in kg, kept to 0.01.
     */
    current_weight_kg?: number | null;
    /**
     * Weight to reach in kg, kept to 0.01.
     */
    goal_weight_kg?: number | null;
    /**
     * What the person works towards.
     */
    primary_goal?: Goal | null;
    /**
     * What else the person works towards; must differ from `primary_goal` (422).
     */
    secondary_goal?: Goal | null;
    experience_level?: ExperienceLevel;
    /**
     * How much the person moves on a usual day.
     */
    activity_level?: ActivityLevel | null;
    /**
     * Workouts a week.
     */
    workout_frequency?: number | null;
    dietary_preference?: DietaryPreference;
    food_allergies?: FoodWords;
    foods_to_avoid?: FoodWords;
    /**
     * Meals on a usual day.
     */
    meals_per_day?: number;
    /**
     * Whether the person cooks.
     */
    cooks_regularly?: boolean | null;
    /**
     * Hours of sleep a night, kept to 0.1.
     */
    sleep_hours?: number | null;
    /**
     * How stressed the person usually is.
     */
    stress_level?: StressLevel | null;
    /**
     * Anything a coach should know.
     */
    fitness_notes?: string | null;
    unit_system?: UnitSystem;
    /**
     * An IANA zone (422 when nobody knows it).
     */
    timezone?: string;
    /**
     * A BCP 47 tag (422 when it is none).
     */
    language?: string;
    /**
     * Daily targets set by hand; `null` returns to computed ones.
     */
    custom_targets?: CustomTargets | null;
};

/**
 * Present when a change of the profile moved the targets.
 */
export type TargetsChange = {
    before?: Targets;
    after?: Targets;
    /**
     * Which edits moved them. `before` is absent when there were none yet, `after` when an input was cleared.
     */
    reasons: Array<Reason>;
};

/**
 * Your profile and, when targets moved, what moved them.
 */
export type MeUpdated = Me & {
    targets_change?: TargetsChange;
};

/**
 * Values to lay over your profile; absent ones are taken from it.
 */
export type TargetsPreviewRequest = {
    /**
     * The day of birth; the age must be 13 to 120 (422).
     */
    birth_date?: string;
    biological_sex?: BiologicalSex;
    /**
     * Height in cm.
     */
    height_cm?: number;
    /**
     * Weight in kg.
     */
    current_weight_kg?: number;
    primary_goal?: Goal;
    activity_level?: ActivityLevel;
};

export type TargetsPreview = {
    targets?: Targets;
    /**
     * The inputs that are still needed; empty when `targets` is there.
     */
    missing: Array<'birth_date' | 'biological_sex' | 'height_cm' | 'current_weight_kg' | 'primary_goal' | 'activity_level'>;
};

/**
 * How many entries a page holds at most.
 */
export type Limit = number;

/**
 * The `next_cursor` of the page before. Opaque; a changed one is refused with 400 `invalid_cursor`.
 */
export type Cursor = string;

/**
 * The id of a session, as `listSessions` tells it.
 */
export type SessionId = string;

/**
 * The `ETag` you hold (quotes included). When it is still current the answer is 304 without a body.
 */
export type IfNoneMatch = string;

/**
 * The `ETag` you last saw (quotes included), a list of them, or `*`. When the resource has moved on since, nothing is written and the answer is 412.
 */
export type IfMatch = string;

export type GetApiInfoData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/';
};

export type GetApiInfoErrors = {
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * The service, its database or its identity provider cannot answer right now; try again after `Retry-After` seconds. A write whose connection broke at its very end may have happened; one with `If-Match` cannot happen twice.
     */
    503: Problem;
};

export type GetApiInfoError = GetApiInfoErrors[keyof GetApiInfoErrors];

export type GetApiInfoResponses = {
    /**
     * The service introduces itself.
     */
    200: ApiInfo;
};

export type GetApiInfoResponse = GetApiInfoResponses[keyof GetApiInfoResponses];

export type GetHealthData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/api/v1/health';
};

export type GetHealthErrors = {
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * The service, its database or its identity provider cannot answer right now; try again after `Retry-After` seconds. A write whose connection broke at its very end may have happened; one with `If-Match` cannot happen twice.
     */
    503: Problem;
};

export type GetHealthError = GetHealthErrors[keyof GetHealthErrors];

export type GetHealthResponses = {
    /**
     * The service works, perhaps degraded.
     */
    200: Health;
};

export type GetHealthResponse = GetHealthResponses[keyof GetHealthResponses];

export type GetLivenessData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/api/v1/health/live';
};

export type GetLivenessResponses = {
    /**
     * The process runs.
     */
    200: Probe;
};

export type GetLivenessResponse = GetLivenessResponses[keyof GetLivenessResponses];

export type GetReadinessData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/api/v1/health/ready';
};

export type GetReadinessErrors = {
    /**
     * The service, its database or its identity provider cannot answer right now; try again after `Retry-After` seconds. A write whose connection broke at its very end may have happened; one with `If-Match` cannot happen twice.
     */
    503: Problem;
};

export type GetReadinessError = GetReadinessErrors[keyof GetReadinessErrors];

export type GetReadinessResponses = {
    /**
     * Send traffic.
     */
    200: Probe;
};

export type GetReadinessResponse = GetReadinessResponses[keyof GetReadinessResponses];

export type SignupData = {
    body: SignupRequest;
    path?: never;
    query?: never;
    url: '/api/v1/auth/signup';
};

export type SignupErrors = {
    /**
     * The request is not what the contract says; `errors` names the fields.
     */
    400: Problem;
    /**
     * The right credential at the wrong time or place; `code` says which.
     */
    403: Problem;
    /**
     * It clashes with something that exists.
     */
    409: Problem;
    /**
     * The body is larger than 1 MiB.
     */
    413: Problem;
    /**
     * The body is not `application/json`.
     */
    415: Problem;
    /**
     * The request fits its schema and breaks a rule that the schema cannot say; `errors` names the fields.
     */
    422: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * Our fault. It is logged under `request_id`, and somebody is told.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider cannot answer right now; try again after `Retry-After` seconds. A write whose connection broke at its very end may have happened; one with `If-Match` cannot happen twice.
     */
    503: Problem;
};

export type SignupError = SignupErrors[keyof SignupErrors];

export type SignupResponses = {
    /**
     * The account exists, or a mail says what to do next.
     */
    201: AuthResponse;
};

export type SignupResponse = SignupResponses[keyof SignupResponses];

export type LoginData = {
    body: LoginRequest;
    path?: never;
    query?: never;
    url: '/api/v1/auth/login';
};

export type LoginErrors = {
    /**
     * The request is not what the contract says; `errors` names the fields.
     */
    400: Problem;
    /**
     * The address or the password is wrong; the answer does not tell which.
     */
    401: Problem;
    /**
     * The right credential at the wrong time or place; `code` says which.
     */
    403: Problem;
    /**
     * The body is larger than 1 MiB.
     */
    413: Problem;
    /**
     * The body is not `application/json`.
     */
    415: Problem;
    /**
     * Too many sign-ins from here, or too many failed ones for this account from here; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * Our fault. It is logged under `request_id`, and somebody is told.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider cannot answer right now; try again after `Retry-After` seconds. A write whose connection broke at its very end may have happened; one with `If-Match` cannot happen twice.
     */
    503: Problem;
};

export type LoginError = LoginErrors[keyof LoginErrors];

export type LoginResponses = {
    /**
     * Signed in; both cookies are set.
     */
    200: AuthResponse;
};

export type LoginResponse = LoginResponses[keyof LoginResponses];

export type RefreshSessionData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/api/v1/auth/refresh';
};

export type RefreshSessionErrors = {
    /**
     * You are not signed in, or not any more.
     */
    401: Problem;
    /**
     * A browser sent this write with cookies from a site that the server does not trust.
     */
    403: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * Our fault. It is logged under `request_id`, and somebody is told.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider cannot answer right now; try again after `Retry-After` seconds. A write whose connection broke at its very end may have happened; one with `If-Match` cannot happen twice.
     */
    503: Problem;
};

export type RefreshSessionError = RefreshSessionErrors[keyof RefreshSessionErrors];

export type RefreshSessionResponses = {
    /**
     * Both cookies are replaced.
     */
    200: AuthResponse;
};

export type RefreshSessionResponse = RefreshSessionResponses[keyof RefreshSessionResponses];

export type LogoutData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/api/v1/auth/logout';
};

export type LogoutErrors = {
    /**
     * You are not signed in, or not any more.
     */
    401: Problem;
    /**
     * A browser sent this write with cookies from a site that the server does not trust.
     */
    403: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * Our fault. It is logged under `request_id`, and somebody is told.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider cannot answer right now; try again after `Retry-After` seconds. A write whose connection broke at its very end may have happened; one with `If-Match` cannot happen twice.
     */
    503: Problem;
};

export type LogoutError = LogoutErrors[keyof LogoutErrors];

export type LogoutResponses = {
    /**
     * Signed out; both cookies are cleared.
     */
    204: void;
};

export type LogoutResponse = LogoutResponses[keyof LogoutResponses];

export type ChangePasswordData = {
    body: PasswordChange;
    path?: never;
    query?: never;
    url: '/api/v1/auth/password';
};

export type ChangePasswordErrors = {
    /**
     * The request is not what the contract says; `errors` names the fields.
     */
    400: Problem;
    /**
     * You are not signed in, or not any more.
     */
    401: Problem;
    /**
     * A browser sent this write with cookies from a site that the server does not trust.
     */
    403: Problem;
    /**
     * The body is larger than 1 MiB.
     */
    413: Problem;
    /**
     * The body is not `application/json`.
     */
    415: Problem;
    /**
     * The request fits its schema and breaks a rule that the schema cannot say; `errors` names the fields.
     */
    422: Problem;
    /**
     * Too many sign-ins from here, or too many failed ones for this account from here; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * Our fault. It is logged under `request_id`, and somebody is told.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider cannot answer right now; try again after `Retry-After` seconds. A write whose connection broke at its very end may have happened; one with `If-Match` cannot happen twice.
     */
    503: Problem;
};

export type ChangePasswordError = ChangePasswordErrors[keyof ChangePasswordErrors];

export type ChangePasswordResponses = {
    /**
     * Changed; all other sessions have ended.
     */
    204: void;
};

export type ChangePasswordResponse = ChangePasswordResponses[keyof ChangePasswordResponses];

export type RequestPasswordResetData = {
    body: EmailRequest;
    path?: never;
    query?: never;
    url: '/api/v1/auth/password/forgot';
};

export type RequestPasswordResetErrors = {
    /**
     * The request is not what the contract says; `errors` names the fields.
     */
    400: Problem;
    /**
     * A browser sent this write with cookies from a site that the server does not trust.
     */
    403: Problem;
    /**
     * The body is larger than 1 MiB.
     */
    413: Problem;
    /**
     * The body is not `application/json`.
     */
    415: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * Our fault. It is logged under `request_id`, and somebody is told.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider cannot answer right now; try again after `Retry-After` seconds. A write whose connection broke at its very end may have happened; one with `If-Match` cannot happen twice.
     */
    503: Problem;
};

export type RequestPasswordResetError = RequestPasswordResetErrors[keyof RequestPasswordResetErrors];

export type RequestPasswordResetResponses = {
    /**
     * If the address has an account, a mail is on its way.
     */
    202: unknown;
};

export type ResetPasswordData = {
    body: PasswordReset;
    path?: never;
    query?: never;
    url: '/api/v1/auth/password/reset';
};

export type ResetPasswordErrors = {
    /**
     * The request is not what the contract says; `errors` names the fields.
     */
    400: Problem;
    /**
     * The right credential at the wrong time or place; `code` says which.
     */
    403: Problem;
    /**
     * The body is larger than 1 MiB.
     */
    413: Problem;
    /**
     * The body is not `application/json`.
     */
    415: Problem;
    /**
     * The request fits its schema and breaks a rule that the schema cannot say; `errors` names the fields.
     */
    422: Problem;
    /**
     * Too many sign-ins from here, or too many failed ones for this account from here; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * Our fault. It is logged under `request_id`, and somebody is told.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider cannot answer right now; try again after `Retry-After` seconds. A write whose connection broke at its very end may have happened; one with `If-Match` cannot happen twice.
     */
    503: Problem;
};

export type ResetPasswordError = ResetPasswordErrors[keyof ResetPasswordErrors];

export type ResetPasswordResponses = {
    /**
     * The password is set; both cookies are set.
     */
    200: AuthResponse;
};

export type ResetPasswordResponse = ResetPasswordResponses[keyof ResetPasswordResponses];

export type VerifyEmailData = {
    body: EmailVerification;
    path?: never;
    query?: never;
    url: '/api/v1/auth/verify';
};

export type VerifyEmailErrors = {
    /**
     * The request is not what the contract says; `errors` names the fields.
     */
    400: Problem;
    /**
     * The right credential at the wrong time or place; `code` says which.
     */
    403: Problem;
    /**
     * The body is larger than 1 MiB.
     */
    413: Problem;
    /**
     * The body is not `application/json`.
     */
    415: Problem;
    /**
     * The request fits its schema and breaks a rule that the schema cannot say; `errors` names the fields.
     */
    422: Problem;
    /**
     * Too many sign-ins from here, or too many failed ones for this account from here; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * Our fault. It is logged under `request_id`, and somebody is told.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider cannot answer right now; try again after `Retry-After` seconds. A write whose connection broke at its very end may have happened; one with `If-Match` cannot happen twice.
     */
    503: Problem;
};

export type VerifyEmailError = VerifyEmailErrors[keyof VerifyEmailErrors];

export type VerifyEmailResponses = {
    /**
     * The address is confirmed; both cookies are set.
     */
    200: AuthResponse;
};

export type VerifyEmailResponse = VerifyEmailResponses[keyof VerifyEmailResponses];

export type ResendVerificationData = {
    body: EmailRequest;
    path?: never;
    query?: never;
    url: '/api/v1/auth/verify/resend';
};

export type ResendVerificationErrors = {
    /**
     * The request is not what the contract says; `errors` names the fields.
     */
    400: Problem;
    /**
     * A browser sent this write with cookies from a site that the server does not trust.
     */
    403: Problem;
    /**
     * The body is larger than 1 MiB.
     */
    413: Problem;
    /**
     * The body is not `application/json`.
     */
    415: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * Our fault. It is logged under `request_id`, and somebody is told.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider cannot answer right now; try again after `Retry-After` seconds. A write whose connection broke at its very end may have happened; one with `If-Match` cannot happen twice.
     */
    503: Problem;
};

export type ResendVerificationError = ResendVerificationErrors[keyof ResendVerificationErrors];

export type ResendVerificationResponses = {
    /**
     * If the address waits for its confirmation, a mail is on its way.
     */
    202: unknown;
};

export type ListSessionsData = {
    body?: never;
    path?: never;
    query?: {
        /**
         * How many entries a page holds at most.
         */
        limit?: number;
        /**
         * The `next_cursor` of the page before. Opaque; a changed one is refused with 400 `invalid_cursor`.
         */
        cursor?: string;
    };
    url: '/api/v1/auth/sessions';
};

export type ListSessionsErrors = {
    /**
     * The request is not what the contract says; `errors` names the fields.
     */
    400: Problem;
    /**
     * You are not signed in, or not any more.
     */
    401: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * Our fault. It is logged under `request_id`, and somebody is told.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider cannot answer right now; try again after `Retry-After` seconds. A write whose connection broke at its very end may have happened; one with `If-Match` cannot happen twice.
     */
    503: Problem;
};

export type ListSessionsError = ListSessionsErrors[keyof ListSessionsErrors];

export type ListSessionsResponses = {
    /**
     * A page of sessions.
     */
    200: AuthSessionPage;
};

export type ListSessionsResponse = ListSessionsResponses[keyof ListSessionsResponses];

export type RevokeSessionData = {
    body?: never;
    path: {
        /**
         * The id of a session, as `listSessions` tells it.
         */
        id: string;
    };
    query?: never;
    url: '/api/v1/auth/sessions/{id}';
};

export type RevokeSessionErrors = {
    /**
     * The request is not what the contract says; `errors` names the fields.
     */
    400: Problem;
    /**
     * You are not signed in, or not any more.
     */
    401: Problem;
    /**
     * A browser sent this write with cookies from a site that the server does not trust.
     */
    403: Problem;
    /**
     * It does not exist, or it is not yours.
     */
    404: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * Our fault. It is logged under `request_id`, and somebody is told.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider cannot answer right now; try again after `Retry-After` seconds. A write whose connection broke at its very end may have happened; one with `If-Match` cannot happen twice.
     */
    503: Problem;
};

export type RevokeSessionError = RevokeSessionErrors[keyof RevokeSessionErrors];

export type RevokeSessionResponses = {
    /**
     * That session has ended.
     */
    204: void;
};

export type RevokeSessionResponse = RevokeSessionResponses[keyof RevokeSessionResponses];

export type DeleteMeData = {
    body?: never;
    headers?: {
        /**
         * The `ETag` you last saw (quotes included), a list of them, or `*`. When the resource has moved on since, nothing is written and the answer is 412.
         */
        'If-Match'?: string;
    };
    path?: never;
    query?: never;
    url: '/api/v1/users/me';
};

export type DeleteMeErrors = {
    /**
     * The request is not what the contract says; `errors` names the fields.
     */
    400: Problem;
    /**
     * You are not signed in, or not any more.
     */
    401: Problem;
    /**
     * A browser sent this write with cookies from a site that the server does not trust.
     */
    403: Problem;
    /**
     * The resource has moved on since the version that `If-Match` names; nothing was written. Read it again, then decide.
     */
    412: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * Our fault. It is logged under `request_id`, and somebody is told.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider cannot answer right now; try again after `Retry-After` seconds. A write whose connection broke at its very end may have happened; one with `If-Match` cannot happen twice.
     */
    503: Problem;
};

export type DeleteMeError = DeleteMeErrors[keyof DeleteMeErrors];

export type DeleteMeResponses = {
    /**
     * Everything is erased; both cookies are cleared.
     */
    204: void;
};

export type DeleteMeResponse = DeleteMeResponses[keyof DeleteMeResponses];

export type GetMeData = {
    body?: never;
    headers?: {
        /**
         * The `ETag` you hold (quotes included). When it is still current the answer is 304 without a body.
         */
        'If-None-Match'?: string;
    };
    path?: never;
    query?: never;
    url: '/api/v1/users/me';
};

export type GetMeErrors = {
    /**
     * The request is not what the contract says; `errors` names the fields.
     */
    400: Problem;
    /**
     * You are not signed in, or not any more.
     */
    401: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * Our fault. It is logged under `request_id`, and somebody is told.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider cannot answer right now; try again after `Retry-After` seconds. A write whose connection broke at its very end may have happened; one with `If-Match` cannot happen twice.
     */
    503: Problem;
};

export type GetMeError = GetMeErrors[keyof GetMeErrors];

export type GetMeResponses = {
    /**
     * Your profile.
     */
    200: Me;
};

export type GetMeResponse = GetMeResponses[keyof GetMeResponses];

export type UpdateMeData = {
    body: MePatch;
    headers?: {
        /**
         * The `ETag` you last saw (quotes included), a list of them, or `*`. When the resource has moved on since, nothing is written and the answer is 412.
         */
        'If-Match'?: string;
    };
    path?: never;
    query?: never;
    url: '/api/v1/users/me';
};

export type UpdateMeErrors = {
    /**
     * The request is not what the contract says; `errors` names the fields.
     */
    400: Problem;
    /**
     * You are not signed in, or not any more.
     */
    401: Problem;
    /**
     * A browser sent this write with cookies from a site that the server does not trust.
     */
    403: Problem;
    /**
     * The resource has moved on since the version that `If-Match` names; nothing was written. Read it again, then decide.
     */
    412: Problem;
    /**
     * The body is larger than 1 MiB.
     */
    413: Problem;
    /**
     * The body is not `application/json`.
     */
    415: Problem;
    /**
     * The request fits its schema and breaks a rule that the schema cannot say; `errors` names the fields.
     */
    422: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * Our fault. It is logged under `request_id`, and somebody is told.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider cannot answer right now; try again after `Retry-After` seconds. A write whose connection broke at its very end may have happened; one with `If-Match` cannot happen twice.
     */
    503: Problem;
};

export type UpdateMeError = UpdateMeErrors[keyof UpdateMeErrors];

export type UpdateMeResponses = {
    /**
     * Your profile after the change.
     */
    200: MeUpdated;
};

export type UpdateMeResponse = UpdateMeResponses[keyof UpdateMeResponses];

export type PreviewTargetsData = {
    body: TargetsPreviewRequest;
    path?: never;
    query?: never;
    url: '/api/v1/users/me/targets/preview';
};

export type PreviewTargetsErrors = {
    /**
     * The request is not what the contract says; `errors` names the fields.
     */
    400: Problem;
    /**
     * You are not signed in, or not any more.
     */
    401: Problem;
    /**
     * A browser sent this write with cookies from a site that the server does not trust.
     */
    403: Problem;
    /**
     * The body is larger than 1 MiB.
     */
    413: Problem;
    /**
     * The body is not `application/json`.
     */
    415: Problem;
    /**
     * The request fits its schema and breaks a rule that the schema cannot say; `errors` names the fields.
     */
    422: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * Our fault. It is logged under `request_id`, and somebody is told.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider cannot answer right now; try again after `Retry-After` seconds. A write whose connection broke at its very end may have happened; one with `If-Match` cannot happen twice.
     */
    503: Problem;
};

export type PreviewTargetsError = PreviewTargetsErrors[keyof PreviewTargetsErrors];

export type PreviewTargetsResponses = {
    /**
     * The targets, or what is missing for them.
     */
    200: TargetsPreview;
};

export type PreviewTargetsResponse = PreviewTargetsResponses[keyof PreviewTargetsResponses];
