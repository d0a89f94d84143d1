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
     * Whether it runs with the rules of development or production.
     */
    environment: 'development' | 'production';
    /**
     * The documentation for people.
     */
    docs_url: string;
    /**
     * The OpenAPI document.
     */
    openapi_url: string;
};

export type FieldError = {
    /**
     * The dotted path in the body (`servings[0].grams`), or the name of a parameter or header. Empty means the whole body.
     */
    field: string;
    /**
     * The reason, stable across releases. The guide *Errors* lists all of them.
     */
    code: string;
    /**
     * The reason in a sentence for people.
     */
    message: string;
};

/**
 * Every error has this shape (RFC 9457). Branch on `code`, which is stable; show `detail`, which is a sentence for people;
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
     * Whether it responded within a second.
     */
    status: 'ok' | 'down';
    /**
     * The response time in milliseconds; absent when it did not respond.
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
 * At least 8 characters and at most 72 bytes in UTF-8 (422 `password_too_long`; the hash ignores all further bytes).
 */
export type Password = string;

export type SignupRequest = {
    email: Email;
    password: Password;
    /**
     * The person's name. It can be changed later.
     */
    full_name?: string;
};

export type AuthUser = {
    /**
     * The id of the person. A placeholder while there is no session, because a real id would reveal whether the address is known.
     */
    id: string;
    /**
     * The address, lower-case.
     */
    email: string;
    /**
     * The person's name; absent until it is set.
     */
    full_name?: string;
    /**
     * Whether the address is confirmed.
     */
    email_confirmed: boolean;
    /**
     * Whether the profile has all inputs of the daily targets.
     */
    onboarding_completed: boolean;
};

/**
 * Absent when no session was opened, as after a sign-up whose address must be confirmed.
 */
export type AuthSessionInfo = {
    /**
     * When the access token in the cookie expires. The session can be refreshed before and after.
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
     * The password. The rules for new passwords do not apply.
     */
    password: string;
};

export type PasswordChange = {
    /**
     * The current password.
     */
    current_password: string;
    new_password: Password;
};

export type EmailRequest = {
    email: Email;
};

/**
 * The `token_hash` in the link of the mail; send it without `email` and `token`.
 */
export type MailTokenHash = string;

/**
 * The 6-digit code of the mail; send it together with `email`.
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

export type CurrentSession = {
    /**
     * The signed-in user; null where nobody is signed in.
     */
    user: AuthUser | null;
    session?: AuthSessionInfo;
    /**
     * Whether the refresh cookie of this request belongs to a session that is alive.
     */
    can_refresh: boolean;
};

export type AuthSession = {
    /**
     * The id of the session.
     */
    id: string;
    /**
     * When the person signed in.
     */
    created_at: string;
    /**
     * When it was last refreshed, or the time of the sign-in.
     */
    last_used_at: string;
    /**
     * The `User-Agent` of the sign-in or the last refresh.
     */
    user_agent?: string;
    /**
     * The client address of the sign-in or the last refresh.
     */
    ip?: string;
    /**
     * Whether this is the session of the request.
     */
    is_current: boolean;
};

export type AuthSessionPage = {
    /**
     * The sessions, the newest first.
     */
    data: Array<AuthSession>;
    /**
     * Send it as `cursor` for the next page; absent on the last page.
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
 * How active the person is on a usual day; BMR is multiplied by 1.2, 1.375, 1.55, 1.725 or 1.9.
 */
export type ActivityLevel = 'sedentary' | 'lightly_active' | 'moderately_active' | 'very_active' | 'extremely_active';

/**
 * What the person eats as a rule.
 */
export type DietaryPreference = 'none' | 'vegetarian' | 'vegan' | 'pescatarian' | 'keto' | 'paleo';

/**
 * Short texts, each at most 100 characters.
 */
export type FoodWords = Array<string>;

/**
 * How stressed the person usually is.
 */
export type StressLevel = 'low' | 'medium' | 'high';

/**
 * For display only; every number in the API is metric.
 */
export type UnitSystem = 'metric' | 'imperial';

/**
 * How much of the energy of activities (above rest) is added to what remains of a day.
 */
export type ExerciseCalories = 'none' | 'half' | 'all';

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
 * Daily targets, whole numbers. BMR is Mifflin–St Jeor (1990): 10 × kg + 6.25 × cm − 5 × years + 5 (male) or − 161 (female). TDEE = BMR × activity factor, or what was learned from
 * your weights and meals when the profile has `adaptive_targets`. With `exercise_calories` of `half` or `all` the factor is that of a
 * sedentary day, 1.2: activities are added day by day, and would be counted twice.
 * Energy = TDEE − 500 (lose_weight), + 250 (build_muscle), + 100 (improve_performance) or + 0 (maintain), never below 1200 kcal or 0.9 × BMR, never more than 25 % below TDEE.
 * Protein 2.2, 2.0, 1.8 or 1.6 g per kg (lose, build, performance, maintain); fat 28 % of the energy; carbohydrates the rest. `explanation` lists the limits that were applied:
 * `deficit_limited`, `bmr_floor`, `minimum_intake` (1200 kcal), `protein_limited`. The minimum of 1200 kcal has priority over the goal: `above_expenditure` means that it is
 * more than TDEE, so even `lose_weight` is above TDEE.
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
     * Basal metabolic rate in kcal a day; absent when the targets were set by hand and an input is not known.
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
     * How the numbers were computed, in order.
     */
    explanation: Array<Reason>;
};

export type Me = {
    /**
     * The id of the person.
     */
    id: string;
    /**
     * The address, lower-case.
     */
    email: string;
    /**
     * The person's name; absent until it is set.
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
     * Height in cm, to 0.0001: 5 feet 9 inches is 175.26.
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
     * An IANA zone. Decides on which day new entries count; existing entries keep their day.
     */
    timezone: string;
    /**
     * A BCP 47 tag.
     */
    language: string;
    /**
     * Whether targets use the TDEE that is learned from your weights and meals, once it is certain enough; see `getEnergy`.
     */
    adaptive_targets: boolean;
    exercise_calories: ExerciseCalories;
    /**
     * Positions within this many metres of where a track begins and of where it ends are in no response, for every activity; 0 hides nothing.
     */
    privacy_radius_m: number;
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
     * The person's name.
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
     * Height in cm, kept to 0.0001, so that feet and inches come back as they were: 5 feet 9 inches is 175.26.
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
     * How active the person is on a usual day.
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
     * An IANA zone (422 `unknown_timezone`).
     */
    timezone?: string;
    /**
     * A BCP 47 tag (422 when it is not valid).
     */
    language?: string;
    /**
     * Whether targets use the TDEE that is learned from your weights and meals, once it is certain enough; see `getEnergy`.
     */
    adaptive_targets?: boolean;
    exercise_calories?: ExerciseCalories;
    /**
     * Positions within this many metres of where a track begins and of where it ends are in no response, for every activity; 0 hides nothing.
     */
    privacy_radius_m?: number;
    /**
     * Daily targets set by hand; `null` returns to computed ones.
     */
    custom_targets?: CustomTargets | null;
};

/**
 * Present when a change of the profile changed the targets.
 */
export type TargetsChange = {
    before?: Targets;
    after?: Targets;
    /**
     * Which edits changed the targets. `before` is absent when there were none yet, `after` when an input was cleared.
     */
    reasons: Array<Reason>;
};

/**
 * Your profile and, when the targets changed, the reasons.
 */
export type MeUpdated = Me & {
    targets_change?: TargetsChange;
};

/**
 * Values that replace those of your profile; absent ones are taken from the profile.
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
 * By Mifflin–St Jeor and the activity level; absent when an input of the profile is missing.
 */
export type FormulaEnergy = {
    /**
     * Energy at rest, in kcal a day.
     */
    bmr_kcal: number;
    /**
     * Energy used, in kcal a day.
     */
    tdee_kcal: number;
};

/**
 * The data that were used or, where they do not suffice, that there are.
 */
export type EnergyWindow = {
    /**
     * The first day.
     */
    from: string;
    /**
     * The last day.
     */
    to: string;
    /**
     * How many days.
     */
    days: number;
    /**
     * Days with a weigh-in, that of the morning after the last day included.
     */
    weigh_ins: number;
    /**
     * Days that were logged well enough to count.
     */
    logged_days: number;
    /**
     * The mean intake of these days, in kcal; absent without one.
     */
    mean_kcal?: number;
};

export type MissingData = {
    /**
     * What is missing.
     */
    what: 'weigh_ins' | 'span_days' | 'logged_days' | 'height_cm' | 'birth_date' | 'biological_sex' | 'activity_level' | 'current_weight_kg';
    /**
     * How many more are needed.
     */
    amount: number;
};

/**
 * What your targets use.
 */
export type EnergyOfTargets = {
    /**
     * Whether they use the learned figure now.
     */
    adaptive: boolean;
    /**
     * The TDEE in your targets, in kcal; absent when it is not known.
     */
    tdee_kcal?: number;
    /**
     * When they took over the learned figure; they follow with the first weigh-in after 7 days.
     */
    since?: string;
};

export type EnergyExpenditure = {
    /**
     * `updating` follows new data; `calibrating` is not certain enough yet; `holding` is the last figure, because newer data do not suffice.
     */
    status: 'updating' | 'calibrating' | 'holding';
    /**
     * What the figure is computed from: weights and meals together with the formula, without it (an input of the profile is missing), the formula alone, or nothing.
     */
    basis: 'combined' | 'weights_and_meals' | 'formula' | 'none';
    /**
     * Energy used a day in kcal; absent with the basis `none`.
     */
    tdee_kcal?: number;
    /**
     * The lower end of the interval, in kcal.
     */
    low_kcal?: number;
    /**
     * The upper end of the interval, in kcal.
     */
    high_kcal?: number;
    /**
     * How often such an interval contains the truth.
     */
    level: number;
    /**
     * By half the width of the interval: at most 125 kcal, at most 250 kcal, or more.
     */
    confidence: 'high' | 'medium' | 'low';
    /**
     * The last day that was used.
     */
    as_of: string;
    /**
     * The weight of what was learned from weigh-ins and meals in the figure; the rest is the formula.
     */
    weights_share: number;
    /**
     * Whether the figure is at the limit of what is believed: 1 to 3 times BMR.
     */
    limited: boolean;
    formula?: FormulaEnergy;
    /**
     * The energy of a kilogram of body weight, in kcal.
     */
    kcal_per_kg: number;
    /**
     * The usual 7 700 kcal, or by Forbes from your newest body fat.
     */
    kcal_per_kg_basis: 'default' | 'forbes';
    window: EnergyWindow;
    /**
     * What is still needed to learn from weights and meals; profile fields are needed for the formula.
     */
    missing: Array<MissingData>;
    targets: EnergyOfTargets;
    /**
     * What to know of the figure, in sentences.
     */
    explanation: Array<Reason>;
};

/**
 * Everywhere, among your own foods, or in the catalogue.
 */
export type FoodScope = 'all' | 'own' | 'catalogue';

/**
 * What 100 g hold. A nutrient that is not known is absent; 0 means none.
 */
export type Nutrients = {
    /**
     * Energy in kcal, to 0.000001.
     */
    calories: number;
    /**
     * Protein in grams, to 0.000001.
     */
    protein_g: number;
    /**
     * Carbohydrates in grams, to 0.000001.
     */
    carbs_g: number;
    /**
     * Fat in grams, to 0.000001.
     */
    fat_g: number;
    /**
     * Dietary fibre in grams, to 0.000001.
     */
    fiber_g?: number;
    /**
     * Sugars in grams, to 0.000001.
     */
    sugar_g?: number;
    /**
     * Added sugars in grams, to 0.000001.
     */
    added_sugar_g?: number;
    /**
     * Saturated fat in grams, to 0.000001.
     */
    saturated_fat_g?: number;
    /**
     * Cholesterol in mg, to 0.000001.
     */
    cholesterol_mg?: number;
    /**
     * Sodium in mg, to 0.000001.
     */
    sodium_mg?: number;
    /**
     * Potassium in mg, to 0.000001.
     */
    potassium_mg?: number;
    /**
     * Calcium in mg, to 0.000001.
     */
    calcium_mg?: number;
    /**
     * Iron in mg, to 0.000001.
     */
    iron_mg?: number;
    /**
     * Vitamin D in µg, to 0.000001.
     */
    vitamin_d_mcg?: number;
    /**
     * Caffeine in mg, to 0.000001.
     */
    caffeine_mg?: number;
    /**
     * Alcohol in grams, to 0.000001.
     */
    alcohol_g?: number;
    /**
     * Trans fat in grams, to 0.000001.
     */
    trans_fat_g?: number;
    /**
     * Monounsaturated fat in grams, to 0.000001.
     */
    monounsaturated_fat_g?: number;
    /**
     * Polyunsaturated fat in grams, to 0.000001.
     */
    polyunsaturated_fat_g?: number;
    /**
     * Magnesium in mg, to 0.000001.
     */
    magnesium_mg?: number;
    /**
     * Phosphorus in mg, to 0.000001.
     */
    phosphorus_mg?: number;
    /**
     * Zinc in mg, to 0.000001.
     */
    zinc_mg?: number;
    /**
     * Selenium in µg, to 0.000001.
     */
    selenium_mcg?: number;
    /**
     * Vitamin A (retinol activity equivalents) in µg, to 0.000001.
     */
    vitamin_a_mcg?: number;
    /**
     * Vitamin C in mg, to 0.000001.
     */
    vitamin_c_mg?: number;
    /**
     * Vitamin E (alpha-tocopherol) in mg, to 0.000001.
     */
    vitamin_e_mg?: number;
    /**
     * Vitamin K in µg, to 0.000001.
     */
    vitamin_k_mcg?: number;
    /**
     * Vitamin B6 in mg, to 0.000001.
     */
    vitamin_b6_mg?: number;
    /**
     * Vitamin B12 in µg, to 0.000001.
     */
    vitamin_b12_mcg?: number;
    /**
     * Thiamin (vitamin B1) in mg, to 0.000001.
     */
    thiamin_mg?: number;
    /**
     * Riboflavin (vitamin B2) in mg, to 0.000001.
     */
    riboflavin_mg?: number;
    /**
     * Niacin (vitamin B3) in mg, to 0.000001.
     */
    niacin_mg?: number;
    /**
     * Folate (dietary folate equivalents) in µg, to 0.000001.
     */
    folate_mcg?: number;
    /**
     * Choline in mg, to 0.000001.
     */
    choline_mg?: number;
};

/**
 * What this amount holds. A nutrient that is not known is absent; 0 means none.
 */
export type ItemNutrients = {
    /**
     * Energy in kcal, to 0.001.
     */
    calories: number;
    /**
     * Protein in grams, to 0.001.
     */
    protein_g?: number;
    /**
     * Carbohydrates in grams, to 0.001.
     */
    carbs_g?: number;
    /**
     * Fat in grams, to 0.001.
     */
    fat_g?: number;
    /**
     * Dietary fibre in grams, to 0.001.
     */
    fiber_g?: number;
    /**
     * Sugars in grams, to 0.001.
     */
    sugar_g?: number;
    /**
     * Added sugars in grams, to 0.001.
     */
    added_sugar_g?: number;
    /**
     * Saturated fat in grams, to 0.001.
     */
    saturated_fat_g?: number;
    /**
     * Cholesterol in mg, to 0.001.
     */
    cholesterol_mg?: number;
    /**
     * Sodium in mg, to 0.001.
     */
    sodium_mg?: number;
    /**
     * Potassium in mg, to 0.001.
     */
    potassium_mg?: number;
    /**
     * Calcium in mg, to 0.001.
     */
    calcium_mg?: number;
    /**
     * Iron in mg, to 0.001.
     */
    iron_mg?: number;
    /**
     * Vitamin D in µg, to 0.001.
     */
    vitamin_d_mcg?: number;
    /**
     * Caffeine in mg, to 0.001.
     */
    caffeine_mg?: number;
    /**
     * Alcohol in grams, to 0.001.
     */
    alcohol_g?: number;
    /**
     * Trans fat in grams, to 0.001.
     */
    trans_fat_g?: number;
    /**
     * Monounsaturated fat in grams, to 0.001.
     */
    monounsaturated_fat_g?: number;
    /**
     * Polyunsaturated fat in grams, to 0.001.
     */
    polyunsaturated_fat_g?: number;
    /**
     * Magnesium in mg, to 0.001.
     */
    magnesium_mg?: number;
    /**
     * Phosphorus in mg, to 0.001.
     */
    phosphorus_mg?: number;
    /**
     * Zinc in mg, to 0.001.
     */
    zinc_mg?: number;
    /**
     * Selenium in µg, to 0.001.
     */
    selenium_mcg?: number;
    /**
     * Vitamin A (retinol activity equivalents) in µg, to 0.001.
     */
    vitamin_a_mcg?: number;
    /**
     * Vitamin C in mg, to 0.001.
     */
    vitamin_c_mg?: number;
    /**
     * Vitamin E (alpha-tocopherol) in mg, to 0.001.
     */
    vitamin_e_mg?: number;
    /**
     * Vitamin K in µg, to 0.001.
     */
    vitamin_k_mcg?: number;
    /**
     * Vitamin B6 in mg, to 0.001.
     */
    vitamin_b6_mg?: number;
    /**
     * Vitamin B12 in µg, to 0.001.
     */
    vitamin_b12_mcg?: number;
    /**
     * Thiamin (vitamin B1) in mg, to 0.001.
     */
    thiamin_mg?: number;
    /**
     * Riboflavin (vitamin B2) in mg, to 0.001.
     */
    riboflavin_mg?: number;
    /**
     * Niacin (vitamin B3) in mg, to 0.001.
     */
    niacin_mg?: number;
    /**
     * Folate (dietary folate equivalents) in µg, to 0.001.
     */
    folate_mcg?: number;
    /**
     * Choline in mg, to 0.001.
     */
    choline_mg?: number;
};

/**
 * The serving to show first, and its nutrients.
 */
export type HitServing = {
    /**
     * The serving's id.
     */
    id: string;
    /**
     * Its name.
     */
    label: string;
    /**
     * Its weight in grams.
     */
    grams: number;
    nutrients: ItemNutrients;
};

/**
 * The amount of this food that the query names, in the form of a meal item: send `serving_id` and `count`, or `grams`. Only in search results, and absent when the unit says nothing about this food.
 */
export type FoodPortion = {
    /**
     * By weight or by servings.
     */
    kind: 'grams' | 'serving';
    /**
     * The serving; only with `kind: serving`.
     */
    serving_id?: string;
    /**
     * How many servings; only with `kind: serving`.
     */
    count?: number;
    /**
     * The weight in grams.
     */
    grams: number;
    /**
     * What the amount is called.
     */
    label: string;
};

/**
 * A food in a list. `getFood` has all of its servings.
 */
export type FoodHit = {
    /**
     * The food's id.
     */
    id: string;
    /**
     * What it is called.
     */
    name: string;
    /**
     * Who makes it.
     */
    brand?: string;
    /**
     * Where the values come from.
     */
    source: string;
    /**
     * Whether it is a food of your own.
     */
    is_custom: boolean;
    /**
     * Whether it is one of your favourites.
     */
    is_favorite: boolean;
    per_100g: Nutrients;
    default_serving?: HitServing;
    portion?: FoodPortion;
};

/**
 * The amount that `q` names; absent when it names none.
 */
export type UnderstoodAmount = {
    /**
     * How many of the unit: 1 for "glass of milk".
     */
    amount: number;
    /**
     * In English whatever the language of `q`: `g`, `kg`, `oz`, `lb`, `ml`, `l`, `cup`, `tbsp`, `glass`, `slice`, `small`, `large`, …; `metric pound` for a German Pfund (500 g); `piece` for a number alone.
     */
    unit: string;
    /**
     * The serving of the first food that the unit means; absent when none of its servings does.
     */
    serving_id?: string;
    /**
     * What the amount of the first food weighs in grams; absent when that is not known.
     */
    grams?: number;
};

export type FoodSearchPage = {
    /**
     * The foods, the best match first.
     */
    data: Array<FoodHit>;
    /**
     * What was searched for instead of `q`; present when nothing has the words of `q`.
     */
    did_you_mean?: string;
    understood?: UnderstoodAmount;
    /**
     * Words of `q` that were not searched for, because they say nothing about a food or because no food has them; absent when there are none.
     */
    ignored?: Array<string>;
    /**
     * Send it as `cursor` for the next page, with the same `q` and `scope`; absent on the last one.
     */
    next_cursor?: string;
};

/**
 * Which meal of the day it was.
 */
export type MealType = 'breakfast' | 'lunch' | 'dinner' | 'snack' | 'other';

/**
 * The latest first or the most often logged first.
 */
export type RecentOrder = 'recent' | 'frequent';

/**
 * How much of it you logged last.
 */
export type LastAmount = {
    /**
     * By weight or by servings.
     */
    kind: 'grams' | 'serving';
    /**
     * The serving; only with `kind: serving`. It may have been deleted since.
     */
    serving_id?: string;
    /**
     * How many servings; only with `kind: serving`.
     */
    count?: number;
    /**
     * The weight in grams.
     */
    grams: number;
    /**
     * What the amount was called.
     */
    label: string;
};

export type RecentFood = {
    food: FoodHit;
    /**
     * How often you logged it in the last 90 days.
     */
    times: number;
    /**
     * When you last logged it.
     */
    last_logged_at: string;
    last: LastAmount;
};

export type RecentFoodPage = {
    /**
     * The foods, in the order asked for.
     */
    data: Array<RecentFood>;
    /**
     * Send it as `cursor` for the next page, with the same `meal_type` and `order`; absent on the last one.
     */
    next_cursor?: string;
};

export type FoodPage = {
    /**
     * The foods, in order.
     */
    data: Array<FoodHit>;
    /**
     * Send it as `cursor` for the next page; absent on the last one.
     */
    next_cursor?: string;
};

/**
 * Where the values come from, and under which licence.
 */
export type FoodSource = {
    /**
     * `usda_sr28`, `usda_fdc`, `open_food_facts`, `ultimate_coach`, or `user` for a food of your own.
     */
    name: string;
    /**
     * The source's own id.
     */
    id?: string;
    /**
     * Its licence.
     */
    license?: string;
    /**
     * Its page at the source.
     */
    url?: string;
};

/**
 * A household measure. `grams` is the weight of all that the label says.
 */
export type FoodServing = {
    /**
     * The serving's id.
     */
    id: string;
    /**
     * Its name.
     */
    label: string;
    /**
     * Its weight in grams, to 0.0001.
     */
    grams: number;
    /**
     * Whether to show it first. At most one serving of a food is the default.
     */
    is_default: boolean;
};

export type Food = {
    /**
     * The food's id.
     */
    id: string;
    /**
     * What it is called.
     */
    name: string;
    /**
     * Who makes it.
     */
    brand?: string;
    /**
     * Its barcode as GTIN-14.
     */
    barcode?: string;
    source: FoodSource;
    /**
     * Whether it is a food of your own.
     */
    is_custom: boolean;
    /**
     * Whether it is one of your favourites.
     */
    is_favorite: boolean;
    per_100g: Nutrients;
    /**
     * Its household measures, the default first. Every food can also be logged in grams.
     */
    servings: Array<FoodServing>;
    /**
     * What is odd about the food, or what its import left out because it cannot be; absent when nothing is.
     */
    warnings?: Array<Reason>;
    /**
     * When it was added.
     */
    created_at: string;
    /**
     * When it or one of its servings was last changed.
     */
    updated_at: string;
};

/**
 * Known fields of the food; send them to `createCustomFood` together with the others.
 */
export type FoodPrefill = {
    /**
     * The barcode as it is stored, a GTIN-14.
     */
    barcode: string;
};

/**
 * A problem with the known fields of the food that was not found.
 */
export type BarcodeProblem = Problem & {
    prefill: FoodPrefill;
};

/**
 * What 100 g hold. Leave out what you do not know.
 */
export type NutrientsCreate = {
    /**
     * Energy in kcal, to 0.000001.
     */
    calories: number;
    /**
     * Protein in grams, to 0.000001.
     */
    protein_g: number;
    /**
     * Carbohydrates in grams, to 0.000001.
     */
    carbs_g: number;
    /**
     * Fat in grams, to 0.000001.
     */
    fat_g: number;
    /**
     * Dietary fibre in grams, to 0.000001.
     */
    fiber_g?: number;
    /**
     * Sugars in grams, to 0.000001.
     */
    sugar_g?: number;
    /**
     * Added sugars in grams, to 0.000001.
     */
    added_sugar_g?: number;
    /**
     * Saturated fat in grams, to 0.000001.
     */
    saturated_fat_g?: number;
    /**
     * Cholesterol in mg, to 0.000001.
     */
    cholesterol_mg?: number;
    /**
     * Sodium in mg, to 0.000001.
     */
    sodium_mg?: number;
    /**
     * Potassium in mg, to 0.000001.
     */
    potassium_mg?: number;
    /**
     * Calcium in mg, to 0.000001.
     */
    calcium_mg?: number;
    /**
     * Iron in mg, to 0.000001.
     */
    iron_mg?: number;
    /**
     * Vitamin D in µg, to 0.000001.
     */
    vitamin_d_mcg?: number;
    /**
     * Caffeine in mg, to 0.000001.
     */
    caffeine_mg?: number;
    /**
     * Alcohol in grams, to 0.000001.
     */
    alcohol_g?: number;
    /**
     * Trans fat in grams, to 0.000001.
     */
    trans_fat_g?: number;
    /**
     * Monounsaturated fat in grams, to 0.000001.
     */
    monounsaturated_fat_g?: number;
    /**
     * Polyunsaturated fat in grams, to 0.000001.
     */
    polyunsaturated_fat_g?: number;
    /**
     * Magnesium in mg, to 0.000001.
     */
    magnesium_mg?: number;
    /**
     * Phosphorus in mg, to 0.000001.
     */
    phosphorus_mg?: number;
    /**
     * Zinc in mg, to 0.000001.
     */
    zinc_mg?: number;
    /**
     * Selenium in µg, to 0.000001.
     */
    selenium_mcg?: number;
    /**
     * Vitamin A (retinol activity equivalents) in µg, to 0.000001.
     */
    vitamin_a_mcg?: number;
    /**
     * Vitamin C in mg, to 0.000001.
     */
    vitamin_c_mg?: number;
    /**
     * Vitamin E (alpha-tocopherol) in mg, to 0.000001.
     */
    vitamin_e_mg?: number;
    /**
     * Vitamin K in µg, to 0.000001.
     */
    vitamin_k_mcg?: number;
    /**
     * Vitamin B6 in mg, to 0.000001.
     */
    vitamin_b6_mg?: number;
    /**
     * Vitamin B12 in µg, to 0.000001.
     */
    vitamin_b12_mcg?: number;
    /**
     * Thiamin (vitamin B1) in mg, to 0.000001.
     */
    thiamin_mg?: number;
    /**
     * Riboflavin (vitamin B2) in mg, to 0.000001.
     */
    riboflavin_mg?: number;
    /**
     * Niacin (vitamin B3) in mg, to 0.000001.
     */
    niacin_mg?: number;
    /**
     * Folate (dietary folate equivalents) in µg, to 0.000001.
     */
    folate_mcg?: number;
    /**
     * Choline in mg, to 0.000001.
     */
    choline_mg?: number;
};

/**
 * What one serving holds. Leave out what you do not know.
 */
export type ServingNutrientsCreate = {
    /**
     * Energy in kcal.
     */
    calories: number;
    /**
     * Protein in grams.
     */
    protein_g: number;
    /**
     * Carbohydrates in grams.
     */
    carbs_g: number;
    /**
     * Fat in grams.
     */
    fat_g: number;
    /**
     * Dietary fibre in grams.
     */
    fiber_g?: number;
    /**
     * Sugars in grams.
     */
    sugar_g?: number;
    /**
     * Added sugars in grams.
     */
    added_sugar_g?: number;
    /**
     * Saturated fat in grams.
     */
    saturated_fat_g?: number;
    /**
     * Cholesterol in mg.
     */
    cholesterol_mg?: number;
    /**
     * Sodium in mg.
     */
    sodium_mg?: number;
    /**
     * Potassium in mg.
     */
    potassium_mg?: number;
    /**
     * Calcium in mg.
     */
    calcium_mg?: number;
    /**
     * Iron in mg.
     */
    iron_mg?: number;
    /**
     * Vitamin D in µg.
     */
    vitamin_d_mcg?: number;
    /**
     * Caffeine in mg.
     */
    caffeine_mg?: number;
    /**
     * Alcohol in grams.
     */
    alcohol_g?: number;
    /**
     * Trans fat in grams.
     */
    trans_fat_g?: number;
    /**
     * Monounsaturated fat in grams.
     */
    monounsaturated_fat_g?: number;
    /**
     * Polyunsaturated fat in grams.
     */
    polyunsaturated_fat_g?: number;
    /**
     * Magnesium in mg.
     */
    magnesium_mg?: number;
    /**
     * Phosphorus in mg.
     */
    phosphorus_mg?: number;
    /**
     * Zinc in mg.
     */
    zinc_mg?: number;
    /**
     * Selenium in µg.
     */
    selenium_mcg?: number;
    /**
     * Vitamin A (retinol activity equivalents) in µg.
     */
    vitamin_a_mcg?: number;
    /**
     * Vitamin C in mg.
     */
    vitamin_c_mg?: number;
    /**
     * Vitamin E (alpha-tocopherol) in mg.
     */
    vitamin_e_mg?: number;
    /**
     * Vitamin K in µg.
     */
    vitamin_k_mcg?: number;
    /**
     * Vitamin B6 in mg.
     */
    vitamin_b6_mg?: number;
    /**
     * Vitamin B12 in µg.
     */
    vitamin_b12_mcg?: number;
    /**
     * Thiamin (vitamin B1) in mg.
     */
    thiamin_mg?: number;
    /**
     * Riboflavin (vitamin B2) in mg.
     */
    riboflavin_mg?: number;
    /**
     * Niacin (vitamin B3) in mg.
     */
    niacin_mg?: number;
    /**
     * Folate (dietary folate equivalents) in µg.
     */
    folate_mcg?: number;
    /**
     * Choline in mg.
     */
    choline_mg?: number;
};

/**
 * Nutrients per serving, as on a label.
 */
export type NutritionPerServing = {
    /**
     * What the serving is called.
     */
    label: string;
    /**
     * Its weight in grams.
     */
    grams: number;
    nutrients: ServingNutrientsCreate;
};

export type FoodServingCreate = {
    /**
     * An id that you choose; one that exists is 409 `conflict`. The server makes one when it is absent.
     */
    id?: string;
    /**
     * Its name.
     */
    label: string;
    /**
     * Its weight in grams, kept to 0.0001.
     */
    grams: number;
    /**
     * Whether to show it first.
     */
    is_default?: boolean;
};

/**
 * Exactly one of `per_100g` and `per_serving` (422 `exactly_one_of` otherwise).
 */
export type FoodCreate = {
    /**
     * An id that you choose; one that exists is 409 `conflict`. The server makes one when it is absent.
     */
    id?: string;
    /**
     * What it is called.
     */
    name: string;
    /**
     * Who makes it.
     */
    brand?: string;
    /**
     * Its barcode as a scanner returns it or as it is printed, see `getFoodByBarcode`; stored as GTIN-14.
     */
    barcode?: string;
    per_100g?: NutrientsCreate;
    per_serving?: NutritionPerServing;
    /**
     * Household measures in the order of display; at most 50 with that of `per_serving`, which comes first (422 `too_many_servings`). The first is the default unless another has `is_default`.
     */
    servings?: Array<FoodServingCreate>;
};

/**
 * JSON merge-patch of what 100 g hold; `null` makes a nutrient unknown again.
 */
export type NutrientsPatch = {
    /**
     * Energy in kcal, to 0.000001.
     */
    calories?: number;
    /**
     * Protein in grams, to 0.000001.
     */
    protein_g?: number;
    /**
     * Carbohydrates in grams, to 0.000001.
     */
    carbs_g?: number;
    /**
     * Fat in grams, to 0.000001.
     */
    fat_g?: number;
    /**
     * Dietary fibre in grams, to 0.000001.
     */
    fiber_g?: number | null;
    /**
     * Sugars in grams, to 0.000001.
     */
    sugar_g?: number | null;
    /**
     * Added sugars in grams, to 0.000001.
     */
    added_sugar_g?: number | null;
    /**
     * Saturated fat in grams, to 0.000001.
     */
    saturated_fat_g?: number | null;
    /**
     * Cholesterol in mg, to 0.000001.
     */
    cholesterol_mg?: number | null;
    /**
     * Sodium in mg, to 0.000001.
     */
    sodium_mg?: number | null;
    /**
     * Potassium in mg, to 0.000001.
     */
    potassium_mg?: number | null;
    /**
     * Calcium in mg, to 0.000001.
     */
    calcium_mg?: number | null;
    /**
     * Iron in mg, to 0.000001.
     */
    iron_mg?: number | null;
    /**
     * Vitamin D in µg, to 0.000001.
     */
    vitamin_d_mcg?: number | null;
    /**
     * Caffeine in mg, to 0.000001.
     */
    caffeine_mg?: number | null;
    /**
     * Alcohol in grams, to 0.000001.
     */
    alcohol_g?: number | null;
    /**
     * Trans fat in grams, to 0.000001.
     */
    trans_fat_g?: number | null;
    /**
     * Monounsaturated fat in grams, to 0.000001.
     */
    monounsaturated_fat_g?: number | null;
    /**
     * Polyunsaturated fat in grams, to 0.000001.
     */
    polyunsaturated_fat_g?: number | null;
    /**
     * Magnesium in mg, to 0.000001.
     */
    magnesium_mg?: number | null;
    /**
     * Phosphorus in mg, to 0.000001.
     */
    phosphorus_mg?: number | null;
    /**
     * Zinc in mg, to 0.000001.
     */
    zinc_mg?: number | null;
    /**
     * Selenium in µg, to 0.000001.
     */
    selenium_mcg?: number | null;
    /**
     * Vitamin A (retinol activity equivalents) in µg, to 0.000001.
     */
    vitamin_a_mcg?: number | null;
    /**
     * Vitamin C in mg, to 0.000001.
     */
    vitamin_c_mg?: number | null;
    /**
     * Vitamin E (alpha-tocopherol) in mg, to 0.000001.
     */
    vitamin_e_mg?: number | null;
    /**
     * Vitamin K in µg, to 0.000001.
     */
    vitamin_k_mcg?: number | null;
    /**
     * Vitamin B6 in mg, to 0.000001.
     */
    vitamin_b6_mg?: number | null;
    /**
     * Vitamin B12 in µg, to 0.000001.
     */
    vitamin_b12_mcg?: number | null;
    /**
     * Thiamin (vitamin B1) in mg, to 0.000001.
     */
    thiamin_mg?: number | null;
    /**
     * Riboflavin (vitamin B2) in mg, to 0.000001.
     */
    riboflavin_mg?: number | null;
    /**
     * Niacin (vitamin B3) in mg, to 0.000001.
     */
    niacin_mg?: number | null;
    /**
     * Folate (dietary folate equivalents) in µg, to 0.000001.
     */
    folate_mcg?: number | null;
    /**
     * Choline in mg, to 0.000001.
     */
    choline_mg?: number | null;
};

/**
 * JSON merge-patch: absent keeps, `null` clears, a value sets.
 */
export type FoodPatch = {
    /**
     * What it is called.
     */
    name?: string;
    /**
     * Who makes it.
     */
    brand?: string | null;
    /**
     * Its barcode as a scanner returns it or as it is printed, see `getFoodByBarcode`; stored as GTIN-14.
     */
    barcode?: string | null;
    per_100g?: NutrientsPatch;
};

export type FoodServingPatch = {
    /**
     * Its name.
     */
    label?: string;
    /**
     * Its weight in grams, kept to 0.0001.
     */
    grams?: number;
    /**
     * Whether to show it first.
     */
    is_default?: boolean;
};

/**
 * How it was logged: by hand, copied, or proposed by the coach and confirmed.
 */
export type MealSource = 'manual' | 'copy' | 'coach';

/**
 * By weight, by servings, or typed in by hand.
 */
export type ItemKind = 'grams' | 'serving' | 'quick';

/**
 * One line of a meal, with the values that it was logged with.
 */
export type MealItem = {
    /**
     * The item's id.
     */
    id: string;
    kind: ItemKind;
    /**
     * Which food; absent when it was typed in by hand. The food itself may have been deleted since.
     */
    food_id?: string;
    /**
     * Which serving of the food, for `kind: serving`.
     */
    serving_id?: string;
    /**
     * How many servings, to 9 decimals, for `kind: serving`.
     */
    count?: number;
    /**
     * The food's name when it was logged.
     */
    name: string;
    /**
     * The food's brand when it was logged.
     */
    brand?: string;
    /**
     * What the amount is called; the serving's label for servings.
     */
    label: string;
    /**
     * Its weight in grams, to 0.001; absent when it was typed in by hand.
     */
    grams?: number;
    nutrients: ItemNutrients;
};

/**
 * For each nutrient, the share (0 to 1, to 0.001) of the items whose value is known. Empty when there are no items.
 */
export type Coverage = {
    /**
     * Of energy.
     */
    calories?: number;
    /**
     * Of protein.
     */
    protein_g?: number;
    /**
     * Of carbohydrates.
     */
    carbs_g?: number;
    /**
     * Of fat.
     */
    fat_g?: number;
    /**
     * Of dietary fibre.
     */
    fiber_g?: number;
    /**
     * Of sugars.
     */
    sugar_g?: number;
    /**
     * Of added sugars.
     */
    added_sugar_g?: number;
    /**
     * Of saturated fat.
     */
    saturated_fat_g?: number;
    /**
     * Of cholesterol.
     */
    cholesterol_mg?: number;
    /**
     * Of sodium.
     */
    sodium_mg?: number;
    /**
     * Of potassium.
     */
    potassium_mg?: number;
    /**
     * Of calcium.
     */
    calcium_mg?: number;
    /**
     * Of iron.
     */
    iron_mg?: number;
    /**
     * Of vitamin D.
     */
    vitamin_d_mcg?: number;
    /**
     * Of caffeine.
     */
    caffeine_mg?: number;
    /**
     * Of alcohol.
     */
    alcohol_g?: number;
    /**
     * Of trans fat.
     */
    trans_fat_g?: number;
    /**
     * Of monounsaturated fat.
     */
    monounsaturated_fat_g?: number;
    /**
     * Of polyunsaturated fat.
     */
    polyunsaturated_fat_g?: number;
    /**
     * Of magnesium.
     */
    magnesium_mg?: number;
    /**
     * Of phosphorus.
     */
    phosphorus_mg?: number;
    /**
     * Of zinc.
     */
    zinc_mg?: number;
    /**
     * Of selenium.
     */
    selenium_mcg?: number;
    /**
     * Of vitamin A (retinol activity equivalents).
     */
    vitamin_a_mcg?: number;
    /**
     * Of vitamin C.
     */
    vitamin_c_mg?: number;
    /**
     * Of vitamin E (alpha-tocopherol).
     */
    vitamin_e_mg?: number;
    /**
     * Of vitamin K.
     */
    vitamin_k_mcg?: number;
    /**
     * Of vitamin B6.
     */
    vitamin_b6_mg?: number;
    /**
     * Of vitamin B12.
     */
    vitamin_b12_mcg?: number;
    /**
     * Of thiamin (vitamin B1).
     */
    thiamin_mg?: number;
    /**
     * Of riboflavin (vitamin B2).
     */
    riboflavin_mg?: number;
    /**
     * Of niacin (vitamin B3).
     */
    niacin_mg?: number;
    /**
     * Of folate (dietary folate equivalents).
     */
    folate_mcg?: number;
    /**
     * Of choline.
     */
    choline_mg?: number;
};

/**
 * The exact sum of the items. What no item knows is absent, never 0; where only some know it, the sum is of those and `coverage` says how many.
 * Of nothing, energy and the three macronutrients are 0.
 *
 */
export type Totals = {
    /**
     * Energy in kcal, to 0.001.
     */
    calories: number;
    /**
     * Protein in grams, to 0.001.
     */
    protein_g?: number;
    /**
     * Carbohydrates in grams, to 0.001.
     */
    carbs_g?: number;
    /**
     * Fat in grams, to 0.001.
     */
    fat_g?: number;
    /**
     * Dietary fibre in grams, to 0.001.
     */
    fiber_g?: number;
    /**
     * Sugars in grams, to 0.001.
     */
    sugar_g?: number;
    /**
     * Added sugars in grams, to 0.001.
     */
    added_sugar_g?: number;
    /**
     * Saturated fat in grams, to 0.001.
     */
    saturated_fat_g?: number;
    /**
     * Cholesterol in mg, to 0.001.
     */
    cholesterol_mg?: number;
    /**
     * Sodium in mg, to 0.001.
     */
    sodium_mg?: number;
    /**
     * Potassium in mg, to 0.001.
     */
    potassium_mg?: number;
    /**
     * Calcium in mg, to 0.001.
     */
    calcium_mg?: number;
    /**
     * Iron in mg, to 0.001.
     */
    iron_mg?: number;
    /**
     * Vitamin D in µg, to 0.001.
     */
    vitamin_d_mcg?: number;
    /**
     * Caffeine in mg, to 0.001.
     */
    caffeine_mg?: number;
    /**
     * Alcohol in grams, to 0.001.
     */
    alcohol_g?: number;
    /**
     * Trans fat in grams, to 0.001.
     */
    trans_fat_g?: number;
    /**
     * Monounsaturated fat in grams, to 0.001.
     */
    monounsaturated_fat_g?: number;
    /**
     * Polyunsaturated fat in grams, to 0.001.
     */
    polyunsaturated_fat_g?: number;
    /**
     * Magnesium in mg, to 0.001.
     */
    magnesium_mg?: number;
    /**
     * Phosphorus in mg, to 0.001.
     */
    phosphorus_mg?: number;
    /**
     * Zinc in mg, to 0.001.
     */
    zinc_mg?: number;
    /**
     * Selenium in µg, to 0.001.
     */
    selenium_mcg?: number;
    /**
     * Vitamin A (retinol activity equivalents) in µg, to 0.001.
     */
    vitamin_a_mcg?: number;
    /**
     * Vitamin C in mg, to 0.001.
     */
    vitamin_c_mg?: number;
    /**
     * Vitamin E (alpha-tocopherol) in mg, to 0.001.
     */
    vitamin_e_mg?: number;
    /**
     * Vitamin K in µg, to 0.001.
     */
    vitamin_k_mcg?: number;
    /**
     * Vitamin B6 in mg, to 0.001.
     */
    vitamin_b6_mg?: number;
    /**
     * Vitamin B12 in µg, to 0.001.
     */
    vitamin_b12_mcg?: number;
    /**
     * Thiamin (vitamin B1) in mg, to 0.001.
     */
    thiamin_mg?: number;
    /**
     * Riboflavin (vitamin B2) in mg, to 0.001.
     */
    riboflavin_mg?: number;
    /**
     * Niacin (vitamin B3) in mg, to 0.001.
     */
    niacin_mg?: number;
    /**
     * Folate (dietary folate equivalents) in µg, to 0.001.
     */
    folate_mcg?: number;
    /**
     * Choline in mg, to 0.001.
     */
    choline_mg?: number;
    coverage: Coverage;
};

export type Meal = {
    /**
     * The meal's id, yours when you made one.
     */
    id: string;
    /**
     * What you called it.
     */
    name?: string;
    meal_type: MealType;
    /**
     * When it was eaten.
     */
    eaten_at: string;
    /**
     * The day it counts for: that of `eaten_at` in `timezone`. Fixed when written.
     */
    local_date: string;
    /**
     * The IANA zone in which it was eaten.
     */
    timezone: string;
    /**
     * Anything you noted.
     */
    notes?: string;
    source: MealSource;
    /**
     * Its items in the order in which they were added.
     */
    items: Array<MealItem>;
    totals: Totals;
    /**
     * When it was stored.
     */
    created_at: string;
    /**
     * When it or one of its items was last changed.
     */
    updated_at: string;
};

export type MealPage = {
    /**
     * The meals, the newest first.
     */
    data: Array<Meal>;
    /**
     * Send it as `cursor` for the next page; absent on the last one.
     */
    next_cursor?: string;
};

/**
 * A food by weight.
 */
export type ItemByGrams = {
    /**
     * A UUID that you made; the server makes one when you leave it out.
     */
    id?: string;
    /**
     * By weight.
     */
    kind: 'grams';
    /**
     * A food of the catalogue, or your own.
     */
    food_id: string;
    /**
     * Grams, kept to 0.001.
     */
    grams: number;
};

/**
 * A food by household measures.
 */
export type ItemByServing = {
    /**
     * A UUID that you made; the server makes one when you leave it out.
     */
    id?: string;
    /**
     * By servings.
     */
    kind: 'serving';
    /**
     * A food of the catalogue, or your own.
     */
    food_id: string;
    /**
     * A serving of that food (422 `serving_of_another_food`).
     */
    serving_id: string;
    /**
     * How many, kept to 9 decimals: send 0.333333333 for a third. Together at most 10 kg (422 `too_heavy`).
     */
    count: number;
};

/**
 * Typed in by hand, without a food. What you leave out is not known, which is not 0.
 */
export type QuickItem = {
    /**
     * A UUID that you made; the server makes one when you leave it out.
     */
    id?: string;
    /**
     * Typed in by hand.
     */
    kind: 'quick';
    /**
     * What it was.
     */
    name: string;
    /**
     * Energy in kcal, kept to 0.001.
     */
    calories: number;
    /**
     * Protein in grams, kept to 0.001.
     */
    protein_g?: number;
    /**
     * Carbohydrates in grams, kept to 0.001.
     */
    carbs_g?: number;
    /**
     * Fat in grams, kept to 0.001.
     */
    fat_g?: number;
};

/**
 * What was eaten and how much: by weight, by servings, or typed in by hand. Except for the last you never send nutrients.
 */
export type MealItemCreate = ({
    kind: 'grams';
} & ItemByGrams) | ({
    kind: 'serving';
} & ItemByServing) | ({
    kind: 'quick';
} & QuickItem);

export type MealCreate = {
    /**
     * A UUID that you made; the server makes one when you leave it out.
     */
    id?: string;
    /**
     * What to call it.
     */
    name?: string;
    meal_type: MealType;
    /**
     * When; now when left out. From the year 2000 to a year ahead (422 `date_out_of_range`).
     */
    eaten_at?: string;
    /**
     * The IANA zone where it was eaten (422 `unknown_timezone`); your profile's when left out.
     */
    timezone?: string;
    /**
     * Anything to remember.
     */
    notes?: string;
    /**
     * What was eaten.
     */
    items: Array<MealItemCreate>;
};

/**
 * JSON merge-patch: absent keeps, `null` clears, a value sets.
 */
export type MealPatch = {
    /**
     * What to call it.
     */
    name?: string | null;
    meal_type?: MealType;
    /**
     * When; `local_date` is computed again. From the year 2000 to a year ahead (422 `date_out_of_range`).
     */
    eaten_at?: string;
    /**
     * The IANA zone where it was eaten (422 `unknown_timezone`); `local_date` is computed again.
     */
    timezone?: string;
    /**
     * Anything to remember.
     */
    notes?: string | null;
};

export type MealCopy = {
    /**
     * A UUID that you made for the copy.
     */
    id?: string;
    /**
     * The local day of the copy.
     */
    date: string;
    meal_type?: MealType;
    /**
     * The IANA zone of the copy (422 `unknown_timezone`); your profile's when left out.
     */
    timezone?: string;
};

export type MealItemsCreate = {
    /**
     * What was eaten as well.
     */
    items: Array<MealItemCreate>;
};

export type MealItemRefresh = {
    /**
     * Whether the item takes the new values; otherwise they are only shown.
     */
    apply?: boolean;
};

export type MealItemRefreshed = {
    /**
     * Whether the item has the values of `after` now.
     */
    applied: boolean;
    before: MealItem;
    after: MealItem;
};

/**
 * JSON merge-patch: absent keeps, `null` clears, a value sets.
 */
export type MealItemPatch = {
    /**
     * Grams, kept to 0.001; makes it an item by weight.
     */
    grams?: number;
    /**
     * Another serving of the same food; makes it an item by servings.
     */
    serving_id?: string;
    /**
     * How many servings, kept to 9 decimals: send 0.333333333 for a third.
     */
    count?: number;
    /**
     * What it was; only for what was typed in by hand.
     */
    name?: string;
    /**
     * Energy in kcal, kept to 0.001; only for what was typed in by hand.
     */
    calories?: number;
    /**
     * Protein in grams; `null`: not known. Only for what was typed in by hand.
     */
    protein_g?: number | null;
    /**
     * Carbohydrates in grams; `null`: not known. Only for what was typed in by hand.
     */
    carbs_g?: number | null;
    /**
     * Fat in grams; `null`: not known. Only for what was typed in by hand.
     */
    fat_g?: number | null;
};

export type RangeDay = {
    /**
     * The local day.
     */
    date: string;
    /**
     * Whether an item was logged on it.
     */
    logged: boolean;
    /**
     * How many meals it has.
     */
    meals_count: number;
    totals: Totals;
};

export type RangeWeek = {
    /**
     * The Monday; may be before `from`, whose days are not counted then.
     */
    week_start: string;
    /**
     * Days within the range on which something was logged.
     */
    days_logged: number;
    /**
     * What the averages were divided by.
     */
    divisor: number;
    totals: Totals;
    averages?: Totals;
};

export type NutritionRange = {
    /**
     * Every day of the range, in order.
     */
    data: Array<RangeDay>;
    /**
     * Every week that the range touches, in order; `averages` are absent when nothing was logged.
     */
    weeks: Array<RangeWeek>;
};

/**
 * Your daily targets, as your profile has them now.
 */
export type DayTargets = {
    /**
     * Energy in kcal.
     */
    calories: number;
    /**
     * Protein in grams.
     */
    protein_g: number;
    /**
     * Carbohydrates in grams.
     */
    carbs_g: number;
    /**
     * Fat in grams.
     */
    fat_g: number;
};

/**
 * Targets less totals, below 0 when more was eaten. What is not known is counted as not eaten; `coverage` of the totals says how much that is.
 */
export type Remaining = {
    /**
     * Energy in kcal, to 0.001.
     */
    calories: number;
    /**
     * Protein in grams, to 0.001.
     */
    protein_g: number;
    /**
     * Carbohydrates in grams, to 0.001.
     */
    carbs_g: number;
    /**
     * Fat in grams, to 0.001.
     */
    fat_g: number;
};

/**
 * Totals of each kind of meal that the day has.
 */
export type ByMealType = {
    breakfast?: Totals;
    lunch?: Totals;
    dinner?: Totals;
    snack?: Totals;
    other?: Totals;
};

export type NutritionDay = {
    /**
     * The local day.
     */
    date: string;
    /**
     * Your profile's zone; each meal has its own.
     */
    timezone: string;
    targets?: DayTargets;
    totals: Totals;
    remaining?: Remaining;
    /**
     * The meals of the day, in the order they were eaten.
     */
    meals: Array<Meal>;
    by_meal_type: ByMealType;
};

export type NutritionDayCopy = {
    /**
     * The local day that gets the copies.
     */
    to: string;
    /**
     * The IANA zone of the copies (422 `unknown_timezone`); your profile's when left out.
     */
    timezone?: string;
};

export type MealCopies = {
    /**
     * The new meals, in the order they were eaten.
     */
    data: Array<Meal>;
};

/**
 * Girths in cm, each where it is usually measured, kept to 0.1 mm.
 */
export type Girths = {
    /**
     * Waist, in cm.
     */
    waist_cm?: number;
    /**
     * Hips, in cm.
     */
    hips_cm?: number;
    /**
     * Chest, in cm.
     */
    chest_cm?: number;
    /**
     * Neck, in cm.
     */
    neck_cm?: number;
    /**
     * Upper arm, in cm.
     */
    arm_cm?: number;
    /**
     * Thigh, in cm.
     */
    thigh_cm?: number;
    /**
     * Calf, in cm.
     */
    calf_cm?: number;
};

/**
 * Where a measurement comes from.
 */
export type MeasurementSource = {
    /**
     * Typed in, read from a file, sent by a device, or by another service.
     */
    kind: 'manual' | 'file' | 'device' | 'api';
    /**
     * The app that recorded it.
     */
    app?: string;
    /**
     * The device that measured.
     */
    device?: string;
    /**
     * What that app calls the record; unique for one `kind` and `app`.
     */
    external_id?: string;
    /**
     * The version of that record; a higher one replaces. Needs `external_id` (422 `needs_external_id`).
     */
    external_version?: number;
    /**
     * Whether a device recorded it by itself or a person typed it in. `manual` for the kind `manual`, when left out.
     */
    recorded?: 'automatic' | 'manual' | 'unknown';
};

export type Measurement = {
    /**
     * The measurement's id, yours when you made one.
     */
    id: string;
    /**
     * When it was measured.
     */
    measured_at: string;
    /**
     * The day it counts for: that of `measured_at` in `timezone`. Fixed when written.
     */
    local_date: string;
    /**
     * The IANA zone in which it was measured.
     */
    timezone: string;
    /**
     * Weight in kg, to 0.1 g, so that pounds come back as they were entered.
     */
    weight_kg?: number;
    /**
     * Body fat in % of the weight, to 0.001.
     */
    body_fat_pct?: number;
    girths?: Girths;
    /**
     * Anything you noted.
     */
    notes?: string;
    source: MeasurementSource;
    /**
     * When it was stored.
     */
    created_at: string;
    /**
     * When it was last changed.
     */
    updated_at: string;
};

export type MeasurementPage = {
    /**
     * The measurements, the newest first.
     */
    data: Array<Measurement>;
    /**
     * Send it as `cursor` for the next page; absent on the last one.
     */
    next_cursor?: string;
};

export type MeasurementCreate = {
    /**
     * A UUID that you made; the server makes one when you leave it out.
     */
    id?: string;
    /**
     * When; now when left out. From the year 2000 to a year ahead (422 `date_out_of_range`).
     */
    measured_at?: string;
    /**
     * The IANA zone of the measurement (422 `unknown_timezone`); your profile's when left out.
     */
    timezone?: string;
    /**
     * Weight in kg, kept to 0.1 g.
     */
    weight_kg?: number;
    /**
     * Body fat in % of the weight, kept to 0.001.
     */
    body_fat_pct?: number;
    girths?: Girths;
    /**
     * Anything to remember.
     */
    notes?: string;
    source?: MeasurementSource;
};

/**
 * The measurement and, when it changed the computed targets of the profile, the reasons.
 */
export type MeasurementWritten = Measurement & {
    targets_change?: TargetsChange;
};

/**
 * A girth that is absent is kept, `null` clears it, a value in cm sets it.
 */
export type GirthsPatch = {
    /**
     * Waist, in cm.
     */
    waist_cm?: number | null;
    /**
     * Hips, in cm.
     */
    hips_cm?: number | null;
    /**
     * Chest, in cm.
     */
    chest_cm?: number | null;
    /**
     * Neck, in cm.
     */
    neck_cm?: number | null;
    /**
     * Upper arm, in cm.
     */
    arm_cm?: number | null;
    /**
     * Thigh, in cm.
     */
    thigh_cm?: number | null;
    /**
     * Calf, in cm.
     */
    calf_cm?: number | null;
};

/**
 * JSON merge-patch: absent keeps, `null` clears, a value sets.
 */
export type MeasurementPatch = {
    /**
     * When; `local_date` is computed again. From the year 2000 to a year ahead (422 `date_out_of_range`).
     */
    measured_at?: string;
    /**
     * The IANA zone of the measurement (422 `unknown_timezone`); `local_date` is computed again.
     */
    timezone?: string;
    /**
     * Weight in kg, kept to 0.1 g.
     */
    weight_kg?: number | null;
    /**
     * Body fat in % of the weight.
     */
    body_fat_pct?: number | null;
    /**
     * Girths to change; `null` clears all of them.
     */
    girths?: GirthsPatch | null;
    /**
     * Anything to remember.
     */
    notes?: string | null;
};

/**
 * What kind of effort it was.
 */
export type ActivityCategory = 'cardio_steady_state' | 'cardio_interval' | 'strength_training' | 'sports' | 'flexibility' | 'other';

/**
 * How the zone was found: from positions, from the file's own local time, sent with the request, or from your profile.
 */
export type ZoneSource = 'gps' | 'file' | 'request' | 'profile';

/**
 * How it was swum.
 */
export type SwimStroke = 'freestyle' | 'backstroke' | 'breaststroke' | 'butterfly' | 'mixed' | 'drill' | 'unknown';

/**
 * A lap or a length as the device recorded it.
 */
export type ActivityLap = {
    /**
     * Seconds with the timer running.
     */
    timer_s: number;
    /**
     * Distance in metres.
     */
    distance_m?: number;
    /**
     * Average heart rate in beats per minute.
     */
    avg_heart_rate?: number;
    /**
     * Average power in watts.
     */
    avg_power_watts?: number;
    /**
     * Ascent in metres.
     */
    elevation_gain_m?: number;
    /**
     * Strokes; absent for a rest.
     */
    strokes?: number;
    stroke?: SwimStroke;
};

/**
 * A run, a walk or a hike.
 */
export type RunningMetrics = {
    /**
     * On foot.
     */
    kind: 'running';
    /**
     * Distance in kilometres.
     */
    distance_km?: number;
    /**
     * Average pace in seconds per kilometre.
     */
    avg_pace_s_per_km?: number;
    /**
     * Average heart rate in beats per minute.
     */
    avg_heart_rate?: number;
    /**
     * Highest heart rate in beats per minute.
     */
    max_heart_rate?: number;
    /**
     * Ascent in metres.
     */
    elevation_gain_m?: number;
    /**
     * Steps per minute.
     */
    cadence_spm?: number;
    /**
     * Average power in watts, as a running sensor estimates it. It is not used for energy.
     */
    avg_power_watts?: number;
    /**
     * The laps in order.
     */
    laps?: Array<ActivityLap>;
};

/**
 * A ride, outdoors or not.
 */
export type CyclingMetrics = {
    /**
     * By bicycle.
     */
    kind: 'cycling';
    /**
     * Distance in kilometres.
     */
    distance_km?: number;
    /**
     * Average speed in kilometres per hour.
     */
    avg_speed_kph?: number;
    /**
     * Average heart rate in beats per minute.
     */
    avg_heart_rate?: number;
    /**
     * Highest heart rate in beats per minute.
     */
    max_heart_rate?: number;
    /**
     * Ascent in metres.
     */
    elevation_gain_m?: number;
    /**
     * Turns of the pedals per minute.
     */
    cadence_rpm?: number;
    /**
     * Average power in watts.
     */
    avg_power_watts?: number;
    /**
     * Highest power in watts.
     */
    max_power_watts?: number;
    /**
     * The laps in order.
     */
    laps?: Array<ActivityLap>;
};

/**
 * A swim. The distance is `distance_m`, or `laps` × `pool_length_m`.
 */
export type SwimmingMetrics = {
    /**
     * Swimming.
     */
    kind: 'swimming';
    /**
     * Lengths of the pool.
     */
    laps?: number;
    /**
     * Length of the pool in metres, to 0.01: 25 yards are 22.86.
     */
    pool_length_m?: number;
    /**
     * Distance in metres.
     */
    distance_m?: number;
    stroke?: SwimStroke;
    /**
     * Average heart rate in beats per minute.
     */
    avg_heart_rate?: number;
    /**
     * Highest heart rate in beats per minute.
     */
    max_heart_rate?: number;
    /**
     * Each length in order; one without strokes is a rest.
     */
    lengths?: Array<ActivityLap>;
};

/**
 * What `weight_kg` means: the load itself, nothing (body weight alone), an addition to body weight, a relief from it, a band whose load is not known, or no load at all.
 *
 */
export type LoadMode = 'external' | 'bodyweight' | 'bodyweight_plus' | 'assisted' | 'band' | 'none';

/**
 * What kind of set it was; `normal` when left out. Warm-ups count neither for volume nor for records.
 */
export type SetType = 'normal' | 'warmup' | 'drop' | 'failure' | 'amrap' | 'rest_pause';

/**
 * `each`: the repetitions were done on each side, so they count twice. `both` when left out.
 */
export type SetSide = 'both' | 'left' | 'right' | 'each';

/**
 * One set. `rpe` and `rir` say the same thing; send one of them.
 */
export type StrengthSet = {
    type?: SetType;
    side?: SetSide;
    /**
     * Repetitions; on one side when `side` is `each`.
     */
    reps?: number;
    /**
     * Kilograms; `load_mode` of the exercise says what they mean. Absent is unknown.
     */
    weight_kg?: number;
    /**
     * How long it was held, in seconds.
     */
    duration_s?: number;
    /**
     * How far a load was carried, in metres.
     */
    distance_m?: number;
    /**
     * Rating of perceived exertion.
     */
    rpe?: number;
    /**
     * Repetitions in reserve. It is 10 less RPE.
     */
    rir?: number;
    /**
     * Rest after the set in seconds.
     */
    rest_s?: number;
};

/**
 * An exercise with its sets in order.
 */
export type StrengthExercise = {
    /**
     * An exercise of the catalogue or your own. Without it `name` stands for the exercise.
     */
    exercise_id?: string;
    /**
     * What it is called.
     */
    name: string;
    load_mode?: LoadMode;
    /**
     * A device has guessed the exercise and counted the sets; send `metrics` without this member to confirm them.
     */
    unconfirmed?: boolean;
    /**
     * Exercises with the same number are done in turns.
     */
    superset_id?: number;
    /**
     * Anything to remember.
     */
    notes?: string;
    /**
     * The sets in order.
     */
    sets: Array<StrengthSet>;
};

/**
 * Exercises with sets.
 */
export type StrengthMetrics = {
    /**
     * Strength training.
     */
    kind: 'strength';
    /**
     * The exercises in order.
     */
    exercises?: Array<StrengthExercise>;
    /**
     * Average heart rate in beats per minute.
     */
    avg_heart_rate?: number;
    /**
     * Highest heart rate in beats per minute.
     */
    max_heart_rate?: number;
};

/**
 * A match or a game.
 */
export type SportMetrics = {
    /**
     * A sport with opponents.
     */
    kind: 'sport';
    /**
     * Which sport.
     */
    sport?: string;
    /**
     * Your score.
     */
    score_us?: number;
    /**
     * Their score.
     */
    score_them?: number;
    /**
     * Whom you played.
     */
    opponent?: string;
    /**
     * Distance in kilometres.
     */
    distance_km?: number;
    /**
     * Average heart rate in beats per minute.
     */
    avg_heart_rate?: number;
    /**
     * Highest heart rate in beats per minute.
     */
    max_heart_rate?: number;
};

/**
 * The change between two legs of a multi-sport activity.
 */
export type TransitionMetrics = {
    /**
     * A transition.
     */
    kind: 'transition';
    /**
     * Distance in kilometres.
     */
    distance_km?: number;
    /**
     * Average heart rate in beats per minute.
     */
    avg_heart_rate?: number;
    /**
     * Highest heart rate in beats per minute.
     */
    max_heart_rate?: number;
};

/**
 * The active energy of a whole day, as a phone or a watch adds it up. `device_kcal` is required and is here the energy above rest. It counts with what the activities of the day leave of it, and adds neither time
 * nor a count to summaries.
 *
 */
export type DayTotalMetrics = {
    /**
     * The active energy of a day.
     */
    kind: 'day_total';
    /**
     * Steps of the day.
     */
    steps?: number;
};

/**
 * A fact of your own.
 */
export type ActivityDetail = {
    /**
     * What it is.
     */
    name: string;
    /**
     * Its value.
     */
    value: string;
};

/**
 * Anything else.
 */
export type OtherMetrics = {
    /**
     * Anything else.
     */
    kind: 'other';
    /**
     * Distance in kilometres.
     */
    distance_km?: number;
    /**
     * Ascent in metres.
     */
    elevation_gain_m?: number;
    /**
     * Average heart rate in beats per minute.
     */
    avg_heart_rate?: number;
    /**
     * Highest heart rate in beats per minute.
     */
    max_heart_rate?: number;
    /**
     * Average power in watts, of a rowing machine for example.
     */
    avg_power_watts?: number;
    /**
     * The laps in order.
     */
    laps?: Array<ActivityLap>;
    /**
     * Facts of your own.
     */
    details?: Array<ActivityDetail>;
};

/**
 * What was measured, a union with `kind` as its tag. All members but `kind` are optional: leave out what is not known, a distance too. 0 means 0.
 */
export type ActivityMetrics = ({
    kind: 'running';
} & RunningMetrics) | ({
    kind: 'cycling';
} & CyclingMetrics) | ({
    kind: 'swimming';
} & SwimmingMetrics) | ({
    kind: 'strength';
} & StrengthMetrics) | ({
    kind: 'sport';
} & SportMetrics) | ({
    kind: 'transition';
} & TransitionMetrics) | ({
    kind: 'day_total';
} & DayTotalMetrics) | ({
    kind: 'other';
} & OtherMetrics);

/**
 * Typed in by hand, read from a file, sent by a device's app, or by another service.
 */
export type ActivitySourceKind = 'manual' | 'file' | 'device' | 'api';

/**
 * Whether a device recorded it or a person entered it, there.
 */
export type ActivityRecorded = 'automatic' | 'manual' | 'unknown';

/**
 * Where the record comes from. `external_id` is unique for each `app`, or for each `kind` when no app is named.
 */
export type ActivitySource = {
    kind: ActivitySourceKind;
    /**
     * The app or service that it comes from.
     */
    app?: string;
    /**
     * The device that recorded it.
     */
    device?: string;
    /**
     * The record's id there.
     */
    external_id?: string;
    /**
     * The record's version there; 0 when left out. It needs `external_id` (422 `needs_external_id`).
     */
    external_version?: number;
    recorded?: ActivityRecorded;
};

/**
 * Where the figure comes from, the most trusted first: entered by you, the device's own total, power, heart rate (Keytel 2005), the table's row for the speed, the table's row for the activity,
 * a MET for the category alone. `legs` is the sum of the legs.
 *
 */
export type EnergySource = 'user' | 'device' | 'power' | 'heart_rate' | 'speed' | 'met_table' | 'category_default' | 'legs';

/**
 * `near`: the table has no row for this activity, and a similar one was used.
 */
export type EnergyMatch = 'exact' | 'near';

export type EnergyReason = {
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
 * What the activity cost. `kcal` contains rest; `kcal_net` is the part above rest (1 MET, or what the device says). Add `kcal_net` to the budget of a day, never `kcal`: the day has its rest already.
 *
 */
export type ActivityEnergy = {
    /**
     * Energy in kcal, rest included.
     */
    kcal: number;
    /**
     * Energy above rest in kcal; absent when it would need a weight that is not known.
     */
    kcal_net?: number;
    source: EnergySource;
    /**
     * The MET that was used; absent without one.
     */
    met?: number;
    /**
     * The code in the Compendium; it means nothing without its year.
     */
    met_code?: string;
    /**
     * The edition of the Compendium.
     */
    met_year?: number;
    match?: EnergyMatch;
    /**
     * The weight that was used: the newest one when the activity started, else that of your profile.
     */
    weight_kg?: number;
    /**
     * How the figure was computed.
     */
    explanation: Array<EnergyReason>;
    /**
     * To be shown beside the figure; present with a MET of the Compendium.
     */
    attribution?: string;
};

/**
 * An input of the energy.
 */
export type EnergyInput = 'weight_kg';

/**
 * Your heart rate zones with the bounds that were used, stored with the activity.
 */
export type HeartRateZones = {
    /**
     * The lower bounds of the five zones: 50, 60, 70, 80 and 90 %.
     */
    bounds_bpm: [
        number,
        number,
        number,
        number,
        number
    ];
    /**
     * The highest heart rate that was used.
     */
    max_bpm: number;
    /**
     * Whether it was measured, or is 208 − 0.7 × age, from which people differ by 10 beats.
     */
    max_source: 'measured' | 'age';
    /**
     * The resting heart rate that was used.
     */
    resting_bpm?: number;
    /**
     * Shares of the reserve between resting and highest heart rate, or of the highest.
     */
    method: 'reserve' | 'max';
    /**
     * The share of the time for which the heart rate was measured.
     */
    coverage?: number;
    /**
     * Seconds below zone 1 and in each of the five zones.
     */
    seconds?: [
        number,
        number,
        number,
        number,
        number,
        number
    ];
};

export type StrengthExerciseSummary = {
    /**
     * The exercise, or `name:` and a name; `getExerciseHistory` takes it.
     */
    exercise: string;
    /**
     * What it is called.
     */
    name: string;
    /**
     * Repetitions × load of its sets without warm-ups; absent when no load is known.
     */
    volume_kg?: number;
    /**
     * The best estimated weight for one repetition (Epley); absent above 10 repetitions.
     */
    one_rm_kg?: number;
};

/**
 * The estimated weight for one repetition, the heaviest weight as it was entered, or the most repetitions where no weight says something.
 */
export type RecordKind = 'one_rm' | 'weight' | 'reps';

/**
 * A set that beat the best of all sessions before.
 */
export type PersonalRecord = {
    /**
     * The exercise, or `name:` and a name.
     */
    exercise: string;
    kind: RecordKind;
    /**
     * Kilograms or repetitions.
     */
    value: number;
    /**
     * The best before; absent for the first session, which is the baseline and no record.
     */
    previous?: number;
    /**
     * The activity of the set.
     */
    activity_id: string;
    /**
     * Its place among the exercises of the activity.
     */
    exercise_index: number;
    /**
     * Its place among the sets of the exercise.
     */
    set_index: number;
    /**
     * When the activity started.
     */
    achieved_at: string;
    /**
     * The local day.
     */
    date: string;
};

/**
 * What follows from the sets of a strength training.
 */
export type StrengthSummary = {
    /**
     * The sum of the exercises; absent when no load is known.
     */
    volume_kg?: number;
    /**
     * Sets that the volume could not count, because their load or your weight is not known.
     */
    unknown_loads: number;
    /**
     * The exercises in order.
     */
    exercises: Array<StrengthExerciseSummary>;
    /**
     * Records that this activity holds.
     */
    records: Array<PersonalRecord>;
};

/**
 * Whether it counts beside other records of the same time. `automatic`: the strongest record counts. `prefer`: this one counts instead of others. `keep_both`: it counts in full, and so
 * do the others. `exclude`: it does not count.
 *
 */
export type ActivityCounting = 'automatic' | 'prefer' | 'keep_both' | 'exclude';

/**
 * `duplicate`: it is the same activity, and the other record counts instead. `reduced`: the other record counts for the time that both have.
 */
export type OverlapKind = 'duplicate' | 'reduced';

export type ActivityOverlap = {
    /**
     * The record that counts instead.
     */
    id: string;
    kind: OverlapKind;
    /**
     * Seconds that both have.
     */
    overlap_s: number;
    /**
     * The share of this record that still counts.
     */
    counted_share: number;
};

/**
 * A leg of a multi-sport activity; `getActivity` with its id returns all of it.
 */
export type ActivityLeg = {
    /**
     * The leg's id.
     */
    id: string;
    /**
     * Its place among the legs.
     */
    leg_index: number;
    /**
     * What you called it.
     */
    name?: string;
    category: ActivityCategory;
    /**
     * When it started.
     */
    started_at: string;
    /**
     * Seconds from start to end.
     */
    elapsed_s: number;
    /**
     * Seconds with the timer running.
     */
    timer_s: number;
    /**
     * Distance in metres.
     */
    distance_m?: number;
    /**
     * Ascent in metres.
     */
    ascent_m?: number;
    metrics?: ActivityMetrics;
    energy?: ActivityEnergy;
};

export type Activity = {
    /**
     * The activity's id, yours when you made one.
     */
    id: string;
    /**
     * The multi-sport activity that this is a leg of.
     */
    parent_id?: string;
    /**
     * Its place among the legs.
     */
    leg_index?: number;
    /**
     * What you called it.
     */
    name?: string;
    category: ActivityCategory;
    /**
     * Which activity: a key or a code of the catalogue.
     */
    activity?: string;
    /**
     * When it started.
     */
    started_at: string;
    /**
     * When it ended.
     */
    ended_at: string;
    /**
     * The day it counts for: that of `started_at` in `timezone`. Fixed when written.
     */
    local_date: string;
    /**
     * The IANA zone in which it was done.
     */
    timezone: string;
    zone_source: ZoneSource;
    /**
     * Seconds from start to end.
     */
    elapsed_s: number;
    /**
     * Seconds with the timer running, without pauses. Minutes in summaries are these.
     */
    timer_s: number;
    /**
     * Seconds in motion; absent when not known.
     */
    moving_s?: number;
    /**
     * The distance of `metrics` in metres; absent when not known.
     */
    distance_m?: number;
    /**
     * The ascent of `metrics` in metres; absent when not known.
     */
    ascent_m?: number;
    /**
     * How hard it was, from 1 to 10.
     */
    rpe?: number;
    /**
     * Anything you noted.
     */
    notes?: string;
    metrics?: ActivityMetrics;
    source: ActivitySource;
    energy?: ActivityEnergy;
    /**
     * What is needed to know `energy`; absent when it is known.
     */
    energy_missing?: Array<EnergyInput>;
    heart_rate_zones?: HeartRateZones;
    strength?: StrengthSummary;
    counting: ActivityCounting;
    /**
     * The share of it that counts in summaries; below 1 when other records have the same time.
     */
    counted_share: number;
    /**
     * The records that count instead of it.
     */
    overlaps: Array<ActivityOverlap>;
    /**
     * The legs of a multi-sport activity in order. What the whole does not have itself (energy of its own, distance, ascent) is the sum of the legs; nothing is added twice.
     *
     */
    legs?: Array<ActivityLeg>;
    /**
     * When it was stored.
     */
    created_at: string;
    /**
     * When it or one of its legs was last changed.
     */
    updated_at: string;
};

export type ActivityPage = {
    /**
     * The activities, the newest first.
     */
    data: Array<Activity>;
    /**
     * Send it as `cursor` for the next page; absent on the last one.
     */
    next_cursor?: string;
};

/**
 * What is known about your heart rate besides `metrics`.
 */
export type HeartRateZonesInput = {
    /**
     * Your highest heart rate, measured; 208 − 0.7 × age when left out.
     */
    max_bpm?: number;
    /**
     * Your resting heart rate; with it the zones are shares of the reserve.
     */
    resting_bpm?: number;
    /**
     * The share of the time for which the heart rate was measured; all of it when left out.
     */
    coverage?: number;
    /**
     * Seconds below zone 1 and in each of the five zones.
     */
    seconds?: [
        number,
        number,
        number,
        number,
        number,
        number
    ];
};

export type ActivityCreate = {
    /**
     * A UUID that you made; the server makes one when you leave it out.
     */
    id?: string;
    /**
     * The multi-sport activity that this is a leg of.
     */
    parent_id?: string;
    /**
     * Its place among the legs; required with `parent_id`.
     */
    leg_index?: number;
    /**
     * What to call it.
     */
    name?: string;
    category?: ActivityCategory;
    /**
     * Which activity: a key, a name or a code of the catalogue (422 `unknown_activity`, `ambiguous_activity`).
     */
    activity?: string;
    /**
     * When it started. From the year 2000 to a year ahead (422 `date_out_of_range`).
     */
    started_at: string;
    /**
     * When it ended; follows from `elapsed_s` when left out.
     */
    ended_at?: string;
    /**
     * Seconds from start to end, at most 31 days; follows from `ended_at` when left out.
     */
    elapsed_s?: number;
    /**
     * Seconds with the timer running, at most 24 hours and not more than `elapsed_s`; the same as `elapsed_s` when left out.
     */
    timer_s?: number;
    /**
     * Seconds in motion, not more than `elapsed_s`.
     */
    moving_s?: number;
    /**
     * The IANA zone where it was done (422 `unknown_timezone`); your profile's when left out.
     */
    timezone?: string;
    /**
     * How hard it was, from 1 to 10 in half steps.
     */
    rpe?: number;
    /**
     * Anything to remember.
     */
    notes?: string;
    metrics?: ActivityMetrics;
    source?: ActivitySource;
    counting?: ActivityCounting;
    /**
     * Energy that you enter yourself, rest included, kept to 0.1. It has priority over every other source.
     */
    kcal?: number;
    /**
     * The device's own total, rest included, kept to 0.1.
     */
    device_kcal?: number;
    /**
     * The part of `device_kcal` that is rest, as the device says.
     */
    device_resting_kcal?: number;
    heart_rate_zones?: HeartRateZonesInput;
};

/**
 * Sums of what counts.
 */
export type SummaryTotals = {
    /**
     * Activities that count, a multi-sport activity once.
     */
    count: number;
    /**
     * Minutes with the timer running, to 0.01.
     */
    minutes: number;
    /**
     * Energy in kcal, rest included.
     */
    kcal: number;
    /**
     * Energy above rest in kcal: what may be added to the budget of a day.
     */
    kcal_net: number;
    /**
     * Activities whose energy above rest is not known; they are counted as 0.
     */
    kcal_unknown: number;
    /**
     * Distance in metres; absent when no activity has one.
     */
    distance_m?: number;
    /**
     * Ascent in metres; absent when no activity has one.
     */
    ascent_m?: number;
};

export type SummaryCategory = {
    category: ActivityCategory;
    totals: SummaryTotals;
};

export type SummaryDay = {
    /**
     * The local day.
     */
    date: string;
    totals: SummaryTotals;
    /**
     * The categories that the day has.
     */
    by_category: Array<SummaryCategory>;
};

/**
 * Averages a day; absent when the divisor is 0.
 */
export type SummaryAverages = {
    /**
     * Minutes a day.
     */
    minutes: number;
    /**
     * Energy a day in kcal, rest included.
     */
    kcal: number;
    /**
     * Energy above rest a day in kcal.
     */
    kcal_net: number;
};

/**
 * The whole week, also its days outside the range, against the recommendation of the WHO for adults: 150 to 300 minutes a week, vigorous ones twice, and strength training on two days. Moderate is 3.0 to 5.9 MET,
 * vigorous 6.0 and more. The MET of a record is that of its row or, when its energy was measured, the energy by weight and time.
 *
 */
export type WeekRecommendation = {
    /**
     * Minutes of 3.0 to 5.9 MET.
     */
    moderate_minutes: number;
    /**
     * Minutes of 6.0 MET and more.
     */
    vigorous_minutes: number;
    /**
     * Moderate minutes and twice the vigorous ones.
     */
    minutes: number;
    /**
     * What is recommended at least.
     */
    goal_minutes: number;
    /**
     * Days with strength training.
     */
    strength_days: number;
    /**
     * What is recommended at least.
     */
    goal_strength_days: number;
    /**
     * Whether both are reached.
     */
    reached: boolean;
    /**
     * Activities that could not count because their MET is not known.
     */
    unknown: number;
};

/**
 * `workout_frequency` of your profile; the whole week, also its days outside the range.
 */
export type WeekGoal = {
    /**
     * Days on which something counts.
     */
    active_days: number;
    /**
     * Your goal.
     */
    goal_days: number;
    /**
     * Active days by goal days.
     */
    share: number;
};

export type SummaryWeek = {
    /**
     * The Monday; may be before `from`, whose days are not in `totals` then.
     */
    week_start: string;
    /**
     * Days within the range on which something counts.
     */
    days_active: number;
    /**
     * What the averages were divided by: the days of the week within the range that are not in the future. Rest days count.
     */
    divisor: number;
    totals: SummaryTotals;
    averages?: SummaryAverages;
    recommendation: WeekRecommendation;
    goal?: WeekGoal;
};

export type Streak = {
    /**
     * How long it is now.
     */
    current: number;
    /**
     * The longest one.
     */
    longest: number;
    /**
     * Whether today, or this week, counts already. Until it ends it does not break the streak.
     */
    running: boolean;
};

/**
 * By the stored local days, up to today. A week counts when it has as many active days as your goal says, or one without a goal.
 */
export type SummaryStreaks = {
    days: Streak;
    weeks: Streak;
    /**
     * Active days that a week needs.
     */
    goal_days: number;
};

/**
 * Why a record does not count in full: another one is the same activity, others count for a part of its time, or you excluded it.
 */
export type LeftOutReason = 'duplicate' | 'reduced' | 'excluded';

export type SummaryLeftOut = {
    /**
     * The record.
     */
    id: string;
    /**
     * Its local day.
     */
    date: string;
    reason: LeftOutReason;
    /**
     * The share of it that counts.
     */
    counted_share: number;
    /**
     * The records that count instead.
     */
    overlaps: Array<ActivityOverlap>;
};

export type ActivitySummary = {
    /**
     * The first day.
     */
    from: string;
    /**
     * The last day.
     */
    to: string;
    /**
     * Today in your profile's zone.
     */
    today: string;
    /**
     * Your profile's zone; each activity has its own.
     */
    timezone: string;
    totals: SummaryTotals;
    /**
     * The categories that the range has.
     */
    by_category: Array<SummaryCategory>;
    /**
     * Every day of the range, in order.
     */
    data: Array<SummaryDay>;
    /**
     * Every week that the range touches, in order.
     */
    weeks: Array<SummaryWeek>;
    streaks: SummaryStreaks;
    /**
     * Records of the range that do not count in full.
     */
    left_out: Array<SummaryLeftOut>;
};

export type Exercise = {
    /**
     * Send it as `exercise_id`.
     */
    id: string;
    /**
     * What it is called.
     */
    name: string;
    /**
     * Whether it is your own.
     */
    is_custom: boolean;
    load_mode: LoadMode;
    /**
     * A hint: the sides are usually done one after the other.
     */
    per_side?: boolean;
    /**
     * The kind of exercise.
     */
    category?: string;
    /**
     * What is needed.
     */
    equipment?: string;
    /**
     * Compound or isolation.
     */
    mechanic?: string;
    /**
     * Push, pull or static.
     */
    force?: string;
    /**
     * The muscles that it is for.
     */
    primary_muscles: Array<string>;
    /**
     * The muscles that help.
     */
    secondary_muscles: Array<string>;
    /**
     * Anything you noted; only of your own.
     */
    notes?: string;
};

export type ExerciseList = {
    /**
     * What was found.
     */
    data: Array<Exercise>;
};

export type ExerciseCreate = {
    /**
     * A UUID that you made; the server makes one when you leave it out.
     */
    id?: string;
    /**
     * What it is called.
     */
    name: string;
    load_mode?: LoadMode;
    /**
     * Anything to remember.
     */
    notes?: string;
};

/**
 * JSON merge-patch: absent keeps, `null` clears, a value sets.
 */
export type ExercisePatch = {
    /**
     * What it is called.
     */
    name?: string;
    load_mode?: LoadMode;
    /**
     * Anything to remember.
     */
    notes?: string | null;
};

/**
 * A set with what follows from it.
 */
export type ExerciseSet = {
    /**
     * Its place among the exercises of the activity.
     */
    exercise_index: number;
    /**
     * Its place among the sets of the exercise.
     */
    set_index: number;
    type: SetType;
    load_mode: LoadMode;
    /**
     * Repetitions.
     */
    reps?: number;
    /**
     * Kilograms as they were entered.
     */
    weight_kg?: number;
    /**
     * What was moved, with body weight where it counts; absent when not known.
     */
    load_kg?: number;
    /**
     * Repetitions × load; absent for warm-ups and unknown loads.
     */
    volume_kg?: number;
    /**
     * The estimated weight for one repetition (Epley), for at most 10 repetitions.
     */
    one_rm_kg?: number;
};

export type ExerciseSession = {
    /**
     * The activity.
     */
    activity_id: string;
    /**
     * When it started.
     */
    started_at: string;
    /**
     * The local day.
     */
    date: string;
    /**
     * The sum of the sets; absent when no load is known.
     */
    volume_kg?: number;
    /**
     * The best estimate of the session.
     */
    one_rm_kg?: number;
    /**
     * The sets in order.
     */
    sets: Array<ExerciseSet>;
};

export type ExerciseHistory = {
    exercise?: Exercise;
    /**
     * The sessions, the newest first.
     */
    data: Array<ExerciseSession>;
    /**
     * All records, the newest first.
     */
    records: Array<PersonalRecord>;
    /**
     * Send it as `cursor` for the next page; absent on the last one.
     */
    next_cursor?: string;
};

/**
 * English, German, French, Spanish or Portuguese.
 */
export type CatalogueLanguage = 'en' | 'de' | 'fr' | 'es' | 'pt';

export type EnergyBand = {
    /**
     * What the band depends on.
     */
    measure: 'speed_kmh' | 'power_w';
    /**
     * It holds from here up to the next band.
     */
    from: number;
    /**
     * The code in the Compendium.
     */
    code: string;
    /**
     * Its MET.
     */
    met: number;
};

export type CatalogueActivity = {
    /**
     * Its stable key; absent for a row that has a code only.
     */
    key?: string;
    /**
     * Its English name.
     */
    name: string;
    /**
     * What to show: the name in the `lang` of the request, or the English one where that is not known.
     */
    title: string;
    lang: CatalogueLanguage;
    category?: ActivityCategory;
    /**
     * The code in the Compendium.
     */
    code: string;
    /**
     * Its MET, rest included.
     */
    met: number;
    /**
     * The edition of the Compendium.
     */
    met_year: number;
    /**
     * The MET of the 2011 edition, where the code is as old.
     */
    met_2011?: number;
    /**
     * The Compendium's heading.
     */
    heading: string;
    /**
     * The Compendium's words.
     */
    description: string;
    match: EnergyMatch;
    /**
     * Other names in five languages.
     */
    aliases: Array<string>;
    /**
     * METs by speed or power.
     */
    bands: Array<EnergyBand>;
};

export type ActivityCatalogue = {
    /**
     * What was found.
     */
    data: Array<CatalogueActivity>;
    /**
     * To be shown with the METs.
     */
    attribution: string;
};

/**
 * The type of the file, without its compression.
 */
export type FileFormat = 'fit' | 'gpx' | 'tcx';

/**
 * `new`: a dry run found it and would store it. `created`: it was stored. `exists`: it was there already. `deleted`: you deleted it, and it stays deleted.
 */
export type ImportStatus = 'new' | 'created' | 'exists' | 'deleted';

/**
 * A kind of sport with the same measurements.
 */
export type ActivityFamily = 'running' | 'walking' | 'hiking' | 'cycling' | 'swimming' | 'rowing' | 'paddling' | 'skiing' | 'skating' | 'climbing' | 'strength' | 'interval' | 'cardio' | 'flexibility' | 'game' | 'transition' | 'multisport' | 'other';

/**
 * An activity that a file holds. What the file does not say is absent.
 */
export type ImportedActivity = {
    status: ImportStatus;
    /**
     * The activity's id; absent in a dry run that would store it.
     */
    id?: string;
    /**
     * What the file calls it.
     */
    name?: string;
    family: ActivityFamily;
    /**
     * The device's own words.
     */
    sport?: string;
    category: ActivityCategory;
    /**
     * When it started.
     */
    started_at: string;
    /**
     * The day it counts for.
     */
    local_date: string;
    /**
     * The IANA zone in which it was done.
     */
    timezone: string;
    zone_source: ZoneSource;
    /**
     * Seconds from start to end.
     */
    elapsed_s: number;
    /**
     * Seconds without pauses.
     */
    timer_s: number;
    /**
     * Seconds in motion.
     */
    moving_s?: number;
    /**
     * Distance in metres.
     */
    distance_m?: number;
    /**
     * Ascent in metres: the device's total, or computed from the altitudes without their noise.
     */
    ascent_m?: number;
    /**
     * Average heart rate in beats per minute.
     */
    avg_heart_rate?: number;
    /**
     * Highest heart rate in beats per minute.
     */
    max_heart_rate?: number;
    /**
     * Average power in watts.
     */
    avg_power_watts?: number;
    /**
     * The device's energy in kilocalories, rest included.
     */
    kcal?: number;
    /**
     * How many legs a multi-sport activity has, transitions included.
     */
    legs: number;
    /**
     * How many points `getActivityStreams` chooses from, those of all legs together.
     */
    points: number;
    /**
     * Sets of strength training whose exercise the device has guessed.
     */
    unconfirmed_sets?: number;
    /**
     * Activities of yours that may be the same workout.
     */
    possible_duplicates: Array<string>;
};

/**
 * Something odd in the file that did not stop the import.
 */
export type ImportWarning = {
    /**
     * A stable name.
     */
    code: string;
    /**
     * What was odd.
     */
    message: string;
};

export type ActivityImport = {
    /**
     * The import's id; absent in a dry run.
     */
    id?: string;
    /**
     * Whether nothing was written.
     */
    dry_run: boolean;
    format: FileFormat;
    /**
     * Maker and model, or the program that wrote the file.
     */
    device?: string;
    /**
     * Whether only a part of the file could be read.
     */
    damaged: boolean;
    /**
     * The activities of the file, by start.
     */
    activities: Array<ImportedActivity>;
    /**
     * What was odd.
     */
    warnings: Array<ImportWarning>;
};

/**
 * `queued`: it waits. `running`: the file is read. `done`: see `result`. `failed`: nothing was stored, see `problem`.
 */
export type ImportTaskStatus = 'queued' | 'running' | 'done' | 'failed';

/**
 * Why a file was not imported, as an error of `importActivity` says it.
 */
export type ImportProblem = {
    /**
     * The kind of error.
     */
    type: string;
    /**
     * The HTTP status that a request would have.
     */
    status: number;
    /**
     * The cause, stable across releases: one of `importActivity`, or `import_failed`.
     */
    code: string;
    /**
     * A sentence for people, in English.
     */
    detail: string;
    /**
     * The fields that are the cause.
     */
    errors?: Array<FieldError>;
};

/**
 * An import, and how far it is. One that a request has done itself is `done`.
 */
export type ImportTask = {
    /**
     * The import's id.
     */
    id: string;
    status: ImportTaskStatus;
    /**
     * The part of the work that is done, in steps of a quarter.
     */
    progress: number;
    /**
     * When the file was sent.
     */
    created_at: string;
    /**
     * When it was done or failed.
     */
    completed_at?: string;
    result?: ActivityImport;
    problem?: ImportProblem;
};

/**
 * JSON merge-patch of `ActivityMetrics`: absent keeps, `null` removes, a value sets. `kind` is needed where there are no metrics yet.
 */
export type ActivityMetricsPatch = {
    /**
     * Which kind.
     */
    kind?: 'running' | 'cycling' | 'swimming' | 'strength' | 'sport' | 'transition' | 'day_total' | 'other';
    /**
     * Distance in kilometres.
     */
    distance_km?: number | null;
    /**
     * Average pace in seconds per kilometre.
     */
    avg_pace_s_per_km?: number | null;
    /**
     * Average heart rate in beats per minute.
     */
    avg_heart_rate?: number | null;
    /**
     * Highest heart rate in beats per minute.
     */
    max_heart_rate?: number | null;
    /**
     * Ascent in metres.
     */
    elevation_gain_m?: number | null;
    /**
     * Steps per minute.
     */
    cadence_spm?: number | null;
    /**
     * Average power in watts.
     */
    avg_power_watts?: number | null;
    /**
     * The laps in order.
     */
    laps?: Array<ActivityLap> | number | null;
    /**
     * Average speed in kilometres per hour.
     */
    avg_speed_kph?: number | null;
    /**
     * Turns of the pedals per minute.
     */
    cadence_rpm?: number | null;
    /**
     * Highest power in watts.
     */
    max_power_watts?: number | null;
    /**
     * Length of the pool in metres, to 0.01: 25 yards are 22.86.
     */
    pool_length_m?: number | null;
    /**
     * Distance in metres.
     */
    distance_m?: number | null;
    stroke?: SwimStroke | null;
    /**
     * Each length in order; one without strokes is a rest.
     */
    lengths?: Array<ActivityLap> | null;
    /**
     * The exercises in order.
     */
    exercises?: Array<StrengthExercise> | null;
    /**
     * Which sport.
     */
    sport?: string | null;
    /**
     * Your score.
     */
    score_us?: number | null;
    /**
     * Their score.
     */
    score_them?: number | null;
    /**
     * Whom you played.
     */
    opponent?: string | null;
    /**
     * Steps of the day.
     */
    steps?: number | null;
    /**
     * Facts of your own.
     */
    details?: Array<ActivityDetail> | null;
};

/**
 * JSON merge-patch: absent keeps, `null` clears, a value sets.
 */
export type ActivityPatch = {
    /**
     * Its place among the legs; only for a leg.
     */
    leg_index?: number;
    /**
     * What to call it.
     */
    name?: string | null;
    category?: ActivityCategory;
    /**
     * When it started; `local_date` is computed again. From the year 2000 to a year ahead (422 `date_out_of_range`).
     */
    started_at?: string;
    /**
     * When it ended.
     */
    ended_at?: string;
    /**
     * Seconds from start to end.
     */
    elapsed_s?: number;
    /**
     * Seconds with the timer running.
     */
    timer_s?: number;
    /**
     * Seconds in motion.
     */
    moving_s?: number | null;
    /**
     * The IANA zone where it was done (422 `unknown_timezone`); `local_date` is computed again.
     */
    timezone?: string;
    /**
     * How hard it was, from 1 to 10 in half steps.
     */
    rpe?: number | null;
    /**
     * Anything to remember.
     */
    notes?: string | null;
    /**
     * What was measured, merged into what is there; `null` clears all of it.
     */
    metrics?: ActivityMetricsPatch | null;
    source?: ActivitySource;
    /**
     * Which activity: a key, a name or a code of the catalogue.
     */
    activity?: string | null;
    counting?: ActivityCounting;
    /**
     * Energy that you enter yourself; `null` computes it again.
     */
    kcal?: number | null;
    /**
     * The device's own total, rest included.
     */
    device_kcal?: number | null;
    /**
     * The part of `device_kcal` that is rest.
     */
    device_resting_kcal?: number | null;
    /**
     * What is known about your heart rate. It replaces all that was there; `null` clears it.
     */
    heart_rate_zones?: HeartRateZonesInput | null;
};

/**
 * One moment. A measurement that the device does not have at it is absent.
 */
export type StreamPoint = {
    /**
     * Seconds since `started_at` of the activity.
     */
    time_s: number;
    /**
     * Degrees to the north.
     */
    latitude?: number;
    /**
     * Degrees to the east.
     */
    longitude?: number;
    /**
     * Metres above the sea.
     */
    altitude_m?: number;
    /**
     * Metres from the start.
     */
    distance_m?: number;
    /**
     * Metres per second.
     */
    speed_mps?: number;
    /**
     * Beats per minute.
     */
    heart_rate?: number;
    /**
     * Steps per minute on foot, turns or strokes per minute otherwise.
     */
    cadence?: number;
    /**
     * Watts.
     */
    power_watts?: number;
};

/**
 * A time in which the device did not record.
 */
export type StreamPause = {
    /**
     * Seconds since `started_at`.
     */
    from_s: number;
    /**
     * Seconds since `started_at`.
     */
    to_s: number;
};

export type ActivityStreams = {
    /**
     * How many points are stored.
     */
    total_points: number;
    /**
     * Positions this near to both ends are left out.
     */
    privacy_radius_m: number;
    /**
     * The points, in order.
     */
    points: Array<StreamPoint>;
    /**
     * The pauses, in order.
     */
    pauses: Array<StreamPause>;
};

/**
 * How many records have which status.
 */
export type ImportCounts = {
    /**
     * Stored.
     */
    created: number;
    /**
     * Replaced by a higher version.
     */
    updated: number;
    /**
     * Stored already.
     */
    exists: number;
    /**
     * Deleted by you, and not stored again.
     */
    deleted: number;
    /**
     * Not usable.
     */
    refused: number;
};

export type ImportedMeasurement = {
    /**
     * The line of a CSV file, or which record it is.
     */
    place: number;
    /**
     * What became of it; with `dry_run` what would.
     */
    status: 'created' | 'updated' | 'exists' | 'deleted' | 'refused';
    /**
     * The measurement; absent when it was refused or is there twice in the file.
     */
    id?: string;
    /**
     * When it was measured.
     */
    measured_at?: string;
    /**
     * Why it was refused.
     */
    code?: 'bad_time' | 'bad_number' | 'bad_columns' | 'unknown_unit' | 'no_value' | 'out_of_range' | 'time_out_of_range';
    /**
     * The reason in a sentence.
     */
    message?: string;
};

export type MeasurementImport = {
    /**
     * Whether nothing was written.
     */
    dry_run: boolean;
    /**
     * What the file was recognised as.
     */
    format: 'csv' | 'apple_health' | 'health_connect';
    counts: ImportCounts;
    /**
     * Each record of the body, in the order of the file.
     */
    records: Array<ImportedMeasurement>;
    targets_change?: TargetsChange;
};

export type TrendDay = {
    /**
     * The local day.
     */
    date: string;
    /**
     * The first weight of the day, in kg; absent without one.
     */
    raw_kg?: number;
    /**
     * The trend in kg; carried on days without a weigh-in, absent before the first one and more than 28 days after the last one.
     */
    trend_kg?: number;
    /**
     * Whether there is a weigh-in on this day.
     */
    observed: boolean;
    /**
     * Whether the trend starts again here, because the weigh-in before is more than 28 days older.
     */
    restarted: boolean;
};

/**
 * The change of weight per week, by regression on the daily weigh-ins of 28 days.
 */
export type WeightRate = {
    /**
     * `ok` needs 8 weigh-ins over 21 days, `preliminary` 6 over 14; with fewer there is no rate.
     */
    status: 'ok' | 'preliminary' | 'insufficient_data';
    /**
     * The first day that was looked at.
     */
    window_from: string;
    /**
     * The last day that was looked at.
     */
    window_to: string;
    /**
     * Days with a weigh-in in the window.
     */
    weigh_ins: number;
    /**
     * Days from the first to the last of them, both included.
     */
    span_days: number;
    /**
     * The rate in kg per week, below 0 for losing; absent with `insufficient_data`.
     */
    kg_per_week?: number;
    /**
     * The lower end of the interval, in kg per week.
     */
    low?: number;
    /**
     * The upper end of the interval, in kg per week.
     */
    high?: number;
    /**
     * How often such an interval contains the true rate.
     */
    level: number;
    /**
     * What `ok` still needs; empty with `ok`.
     */
    missing: Array<MissingData>;
};

/**
 * When the goal weight is reached at the present rate. Weight loss slows down, so beyond 26 weeks there is no date.
 */
export type WeightProjection = {
    /**
     * `reached` also when the weight is beyond the goal in the way that `primary_goal` wants; `not_reachable` when the interval of the rate contains 0 or points away from the goal; `unknown` when there is no rate; `no_goal` when the profile has no goal weight.
     */
    status: 'reachable' | 'reached' | 'not_reachable' | 'unknown' | 'no_goal';
    /**
     * The goal of the profile, in kg.
     */
    goal_weight_kg?: number;
    /**
     * How long it takes from the last day of the window, in weeks.
     */
    weeks?: number;
    /**
     * The day by the rate.
     */
    date?: string;
    /**
     * The day by the faster end of the interval.
     */
    earliest?: string;
    /**
     * The day by the slower end of the interval, at most 10 years ahead.
     */
    latest?: string;
    /**
     * What to keep in mind.
     */
    note?: string;
};

export type WeightTrend = {
    /**
     * Every day of the range, in order.
     */
    data: Array<TrendDay>;
    /**
     * After how many days a weigh-in counts half in the trend.
     */
    half_life_days: number;
    /**
     * By how many days the trend is behind a weight that changes steadily. The rate is not computed from the trend, and does not lag.
     */
    lag_days: number;
    rate: WeightRate;
    projection: WeightProjection;
};

export type WaterEntry = {
    /**
     * The entry's id, yours when you made one.
     */
    id: string;
    /**
     * When it was drunk.
     */
    drunk_at: string;
    /**
     * The day it counts for: that of `drunk_at` in `timezone`.
     */
    local_date: string;
    /**
     * The IANA zone in which it was drunk.
     */
    timezone: string;
    /**
     * How much, in ml.
     */
    amount_ml: number;
    /**
     * When it was stored.
     */
    created_at: string;
    /**
     * When it was last changed.
     */
    updated_at: string;
};

export type WaterDay = {
    /**
     * The local day.
     */
    date: string;
    /**
     * The sum of its entries, in ml.
     */
    total_ml: number;
    /**
     * Its entries, in the order they were drunk.
     */
    entries: Array<WaterEntry>;
};

export type WaterDays = {
    /**
     * Every day of the range, in order.
     */
    data: Array<WaterDay>;
};

export type WaterCreate = {
    /**
     * A UUID that you made; the server makes one when you leave it out.
     */
    id?: string;
    /**
     * When; now when left out. From the year 2000 to a year ahead (422 `date_out_of_range`).
     */
    drunk_at?: string;
    /**
     * The IANA zone (422 `unknown_timezone`); your profile's when left out.
     */
    timezone?: string;
    /**
     * How much, in ml.
     */
    amount_ml: number;
};

/**
 * JSON merge-patch: absent keeps, a value sets.
 */
export type WaterPatch = {
    /**
     * When; `local_date` is computed again. From the year 2000 to a year ahead (422 `date_out_of_range`).
     */
    drunk_at?: string;
    /**
     * The IANA zone (422 `unknown_timezone`); `local_date` is computed again.
     */
    timezone?: string;
    /**
     * How much, in ml.
     */
    amount_ml?: number;
};

export type SleepEntry = {
    /**
     * The entry's id, yours when you made one.
     */
    id: string;
    /**
     * When the person went to bed.
     */
    started_at: string;
    /**
     * When the person got up.
     */
    ended_at: string;
    /**
     * The day it counts for: that of `ended_at` in `timezone`.
     */
    local_date: string;
    /**
     * The IANA zone in which it ended.
     */
    timezone: string;
    /**
     * Minutes asleep.
     */
    asleep_minutes: number;
    /**
     * How good it was, from 1 (bad) to 5 (good).
     */
    quality?: number;
    /**
     * Anything you noted.
     */
    notes?: string;
    /**
     * When it was stored.
     */
    created_at: string;
    /**
     * When it was last changed.
     */
    updated_at: string;
};

export type SleepDay = {
    /**
     * The local day on which the sleep ended.
     */
    date: string;
    /**
     * The sum of its entries, in minutes.
     */
    asleep_minutes: number;
    /**
     * Its entries, in order.
     */
    entries: Array<SleepEntry>;
};

export type SleepDays = {
    /**
     * Every day of the range, in order.
     */
    data: Array<SleepDay>;
};

export type SleepCreate = {
    /**
     * A UUID that you made; the server makes one when you leave it out.
     */
    id?: string;
    /**
     * When the person went to bed. From the year 2000 to a year ahead (422 `date_out_of_range`).
     */
    started_at: string;
    /**
     * When the person got up; after `started_at` (422 `ends_before_start`).
     */
    ended_at: string;
    /**
     * The IANA zone in which it ended (422 `unknown_timezone`); your profile's when left out.
     */
    timezone?: string;
    /**
     * Minutes asleep; the whole time when left out.
     */
    asleep_minutes?: number;
    /**
     * How good it was, from 1 (bad) to 5 (good).
     */
    quality?: number;
    /**
     * Anything to remember.
     */
    notes?: string;
};

/**
 * JSON merge-patch: absent keeps, `null` clears, a value sets.
 */
export type SleepPatch = {
    /**
     * When the person went to bed. From the year 2000 to a year ahead (422 `date_out_of_range`).
     */
    started_at?: string;
    /**
     * When the person got up; `local_date` is computed again. After `started_at` (422 `ends_before_start`).
     */
    ended_at?: string;
    /**
     * The IANA zone in which it ended (422 `unknown_timezone`); `local_date` is computed again.
     */
    timezone?: string;
    /**
     * Minutes asleep; `null` is the whole time.
     */
    asleep_minutes?: number | null;
    /**
     * How good it was, from 1 (bad) to 5 (good).
     */
    quality?: number | null;
    /**
     * Anything to remember.
     */
    notes?: string | null;
};

export type DaySummary = {
    /**
     * The local day.
     */
    date: string;
    /**
     * Whether you said that everything is logged.
     */
    complete: boolean;
    /**
     * Whether an item was logged on it.
     */
    logged: boolean;
    /**
     * How many meals it has.
     */
    meals_count: number;
    /**
     * Energy in kcal, to 0.001.
     */
    calories: number;
    /**
     * Protein in grams, to 0.001; what is known.
     */
    protein_g: number;
    /**
     * Carbohydrates in grams, to 0.001; what is known.
     */
    carbs_g: number;
    /**
     * Fat in grams, to 0.001; what is known.
     */
    fat_g: number;
    /**
     * How many activities count.
     */
    activities_count: number;
    /**
     * Minutes with the timer running, to 0.1.
     */
    activity_minutes: number;
    /**
     * Energy of activities with rest, in kcal.
     */
    activity_kcal: number;
    /**
     * Energy of activities above rest, in kcal.
     */
    activity_kcal_net: number;
    /**
     * What activities add to the target of this day, in kcal.
     */
    added_kcal: number;
    /**
     * The first weight of the day, in kg; absent without one.
     */
    weight_kg?: number;
    /**
     * The trend in kg; absent without a weigh-in in 28 days.
     */
    trend_kg?: number;
    /**
     * Water, in ml.
     */
    water_ml: number;
    /**
     * Minutes asleep of the sleep that ended on this day.
     */
    sleep_minutes: number;
};

/**
 * What the energy of activities adds to the day's target.
 */
export type DayExercise = {
    policy: ExerciseCalories;
    applied: ExerciseCalories;
    /**
     * `included`: the targets contain usual exercise already, so nothing is added. `separate`: they are for a day without exercise.
     */
    basis: 'included' | 'separate';
    /**
     * What was added to the target of this day, in kcal above rest.
     */
    added_kcal?: number;
    reason?: Reason;
};

export type DashboardDays = {
    /**
     * Every day of the range, in order.
     */
    data: Array<DaySummary>;
    targets?: DayTargets;
    exercise: DayExercise;
};

export type DayMeal = {
    /**
     * The meal's id.
     */
    id: string;
    /**
     * What you called it.
     */
    name?: string;
    meal_type: MealType;
    /**
     * When it was eaten.
     */
    eaten_at: string;
    /**
     * Energy in kcal, to 0.001.
     */
    calories: number;
};

export type DayNutrition = {
    /**
     * Whether an item was logged on it.
     */
    logged: boolean;
    /**
     * How many meals it has.
     */
    meals_count: number;
    totals: Totals;
    /**
     * The meals in the order they were eaten; `getMeal` has their items.
     */
    meals: Array<DayMeal>;
};

export type DayActivity = {
    /**
     * The activity's id.
     */
    id: string;
    /**
     * What you called it.
     */
    name?: string;
    /**
     * Its category.
     */
    category: string;
    /**
     * Which activity, as in the catalogue.
     */
    activity?: string;
    /**
     * When it began.
     */
    started_at: string;
    /**
     * Minutes with the timer running, to 0.1.
     */
    minutes: number;
    /**
     * Energy with rest, in kcal; absent when it is not known.
     */
    kcal?: number;
    /**
     * Energy above rest, in kcal; absent when it is not known.
     */
    kcal_net?: number;
    /**
     * The share that counts; below 1 when other records have the same time.
     */
    counted_share: number;
};

/**
 * The activities of the day as they count in `getActivitySummary`.
 */
export type DayActivities = {
    /**
     * How many count.
     */
    count: number;
    /**
     * Minutes with the timer running, to 0.1.
     */
    minutes: number;
    /**
     * Energy with rest, in kcal. Never add it to a budget: the day has its rest already.
     */
    kcal: number;
    /**
     * Energy above rest, in kcal.
     */
    kcal_net: number;
    /**
     * How many have no energy that is known; they add nothing.
     */
    unknown_kcal_count: number;
    /**
     * The activities in the order they began, the first 100.
     */
    activities: Array<DayActivity>;
};

export type DayBody = {
    /**
     * The first weight of the day, in kg; absent without one.
     */
    weight_kg?: number;
    /**
     * The trend in kg; absent without a weigh-in in 28 days.
     */
    trend_kg?: number;
    /**
     * Whether there is a weigh-in on this day.
     */
    observed: boolean;
    rate: WeightRate;
};

export type Micronutrient = {
    /**
     * The nutrient, as in `totals`.
     */
    nutrient: string;
    /**
     * Its unit: g, mg or µg.
     */
    unit: string;
    /**
     * The reference a day, in this unit.
     */
    reference: number;
    /**
     * Recommended dietary allowance, adequate intake, or the figure above which less reduces the risk of chronic disease (an upper one).
     */
    reference_kind: 'RDA' | 'AI' | 'CDRR';
    /**
     * What is known of this day; absent when no item knows the nutrient.
     */
    day?: number;
    /**
     * The day as a share of the reference. A lower bound while `day_coverage` is below 1.
     */
    day_share?: number;
    /**
     * The share of the day's items that know the nutrient.
     */
    day_coverage: number;
    /**
     * The mean of the logged days of the week; absent when no item knows the nutrient.
     */
    week_mean?: number;
    /**
     * The mean as a share of the reference. A lower bound while `week_coverage` is below 1.
     */
    week_share?: number;
    /**
     * The share of the week's items that know the nutrient.
     */
    week_coverage: number;
};

/**
 * Vitamins, minerals and fibre against reference intakes by sex and age. Averages over time, not a diagnosis.
 */
export type Micronutrients = {
    /**
     * `profile_incomplete`: there is no reference without `birth_date` and `biological_sex`.
     */
    status: 'ok' | 'profile_incomplete';
    /**
     * The first of the seven days of the mean.
     */
    week_from: string;
    /**
     * The last of the seven days of the mean.
     */
    week_to: string;
    /**
     * Days of the week on which something was logged; the mean is of these.
     */
    logged_days: number;
    /**
     * What to know of the figures.
     */
    notes: Array<Reason>;
    /**
     * A line for each reference.
     */
    data: Array<Micronutrient>;
};

export type DashboardDay = {
    /**
     * The local day.
     */
    date: string;
    /**
     * Your profile's zone.
     */
    timezone: string;
    /**
     * Whether you said that everything is logged.
     */
    complete: boolean;
    targets?: DayTargets;
    nutrition: DayNutrition;
    activities: DayActivities;
    exercise: DayExercise;
    remaining?: Remaining;
    body: DayBody;
    /**
     * Water, in ml.
     */
    water_ml: number;
    /**
     * Minutes asleep of the sleep that ended on this day.
     */
    sleep_minutes: number;
    micronutrients: Micronutrients;
};

export type DayCompletion = {
    /**
     * Whether everything of the day is logged.
     */
    complete: boolean;
};

export type Conversation = {
    /**
     * The id of the conversation.
     */
    id: string;
    /**
     * The title; absent until the first message is there.
     */
    title?: string;
    /**
     * `automatic` where the title was made from the first message, `user` where you wrote it.
     */
    title_source: 'automatic' | 'user';
    /**
     * Whether you put it aside.
     */
    archived: boolean;
    /**
     * How many messages it has, replies included.
     */
    message_count: number;
    /**
     * When the newest message was sent, or when the conversation was started.
     */
    last_message_at: string;
    /**
     * The reply that is being made; absent when there is none.
     */
    active_message_id?: string;
    /**
     * Increases with each change of title or archived.
     */
    version: number;
    /**
     * When it was started.
     */
    created_at: string;
    /**
     * When title or archived was changed last.
     */
    updated_at: string;
};

export type ConversationPage = {
    /**
     * The conversations.
     */
    data: Array<Conversation>;
    /**
     * The cursor of the next page; absent on the last one.
     */
    next_cursor?: string;
};

export type ConversationCreate = {
    /**
     * An id of your own; left out, the server makes one.
     */
    id?: string;
    /**
     * A title; left out, it is made from the first message.
     */
    title?: string;
};

export type ConversationPatch = {
    /**
     * A title; null lets the coach make one from the next message.
     */
    title?: string | null;
    /**
     * Whether to put it aside.
     */
    archived?: boolean;
};

/**
 * How a reply ended: `stop` it is complete; `length` it reached its limit; `cancelled` you stopped it; `interrupted` the server that made it was lost, or its provider was, and the text so far is all; `filtered` the provider refused to go on.
 *
 */
export type FinishReason = 'stop' | 'length' | 'cancelled' | 'interrupted' | 'filtered';

export type CoachProblem = {
    /**
     * The cause, stable across releases; see the guide *Errors*.
     */
    code: string;
    /**
     * A sentence for people, in English.
     */
    detail: string;
    /**
     * Seconds to wait before sending the message again; absent when it would not help.
     */
    retry_after?: number;
};

export type CoachUsage = {
    /**
     * Tokens of the request.
     */
    input_tokens: number;
    /**
     * Tokens of the reply.
     */
    output_tokens: number;
    /**
     * The part of `input_tokens` that the provider had in its cache.
     */
    cached_tokens?: number;
    /**
     * The price in US dollars; absent when it is not known.
     */
    cost_usd?: number;
};

/**
 * A record of yours that a reply was made from.
 */
export type CoachSource = {
    /**
     * What kind of record it is.
     */
    kind: 'profile' | 'targets' | 'day' | 'meal' | 'food' | 'activity' | 'measurement' | 'trend' | 'memory' | 'message';
    /**
     * The id of the record; absent for a day, the profile, targets and trends.
     */
    id?: string;
    /**
     * The local day of the record.
     */
    date?: string;
    /**
     * A short name to show.
     */
    label: string;
    /**
     * The path at which the record can be read.
     */
    url?: string;
};

export type Message = {
    /**
     * The id of the message.
     */
    id: string;
    /**
     * The conversation that it belongs to.
     */
    conversation_id: string;
    /**
     * Who speaks.
     */
    role: 'user' | 'assistant';
    /**
     * True for each reply of the coach, which is a machine.
     */
    is_ai: boolean;
    /**
     * Of a reply: the message that it replies to.
     */
    reply_to?: string;
    /**
     * The text; of a reply that is not complete it is empty.
     */
    content: string;
    /**
     * Of a reply, how far it is; a message of yours is `completed`.
     */
    status: 'queued' | 'running' | 'completed' | 'failed';
    finish_reason?: FinishReason;
    problem?: CoachProblem;
    /**
     * Who made the reply: `local`, or a provider of language models.
     */
    provider?: string;
    /**
     * The model that made the reply.
     */
    model?: string;
    usage?: CoachUsage;
    /**
     * The records that the reply was made from.
     */
    sources?: Array<CoachSource>;
    /**
     * When it was sent; of a reply when it was started.
     */
    created_at: string;
    /**
     * When the reply was complete.
     */
    completed_at?: string;
};

export type MessagePage = {
    /**
     * The messages.
     */
    data: Array<Message>;
    /**
     * The cursor of the next page; absent on the last one.
     */
    next_cursor?: string;
};

export type MessageSend = {
    /**
     * An id of your own for the message; left out, the server makes one.
     */
    id?: string;
    /**
     * What you say, in any language.
     */
    content: string;
    /**
     * The IANA zone in which "today" is meant (422 `unknown_timezone`); your profile's when left out.
     */
    timezone?: string;
};

export type MessageSent = {
    message: Message;
    /**
     * The id of the reply.
     */
    reply_id: string;
    /**
     * The path of `streamMessage` for the reply.
     */
    stream_url: string;
    /**
     * The path of `listMessageEvents` for the reply.
     */
    events_url: string;
};

/**
 * What it is about: a food that you cannot eat, a part of your body that hurts, something that you do not like, something that you want to reach, something that you usually do, or a time that you
 * keep free or busy.
 *
 */
export type MemoryKind = 'allergy' | 'injury' | 'dislike' | 'goal' | 'habit' | 'schedule';

/**
 * Something that you told the coach about yourself.
 */
export type Memory = {
    /**
     * The id of the memory.
     */
    id: string;
    kind: MemoryKind;
    /**
     * What you said, in your words.
     */
    content: string;
    /**
     * The message that said it. Deleting its conversation deletes the memory.
     */
    message_id: string;
    /**
     * When the coach took it in.
     */
    created_at: string;
};

export type MemoryPage = {
    /**
     * The memories.
     */
    data: Array<Memory>;
    /**
     * The cursor of the next page; absent on the last one.
     */
    next_cursor?: string;
};

/**
 * What is erased because you have switched the memory off. Absent when nothing is left.
 */
export type MemoryErasure = {
    /**
     * When everything is erased, at the latest.
     */
    until: string;
    /**
     * How many memories are left.
     */
    memories: number;
    /**
     * How many searchable texts are left: of messages, meals, activities and memories.
     */
    texts: number;
};

export type CoachSettings = {
    /**
     * Whether the coach may remember.
     */
    memory_enabled: boolean;
    erasure?: MemoryErasure;
};

export type CoachSettingsPatch = {
    /**
     * Whether the coach may remember.
     */
    memory_enabled?: boolean;
};

/**
 * The id of the reply.
 */
export type EventMessageId = string;

/**
 * The number of the event in its reply, from 1.
 */
export type EventSeq = number;

/**
 * The first event of a reply.
 */
export type CoachEventStarted = {
    /**
     * The type of the event.
     */
    type: 'message.started';
    message_id: EventMessageId;
    seq: EventSeq;
    /**
     * The conversation.
     */
    conversation_id: string;
    /**
     * Who makes the reply: `local`, or a provider of language models.
     */
    provider: string;
    /**
     * The model.
     */
    model: string;
};

/**
 * A piece of the text. The pieces joined are the text.
 */
export type CoachEventDelta = {
    /**
     * The type of the event.
     */
    type: 'message.delta';
    message_id: EventMessageId;
    seq: EventSeq;
    /**
     * The piece.
     */
    text: string;
};

/**
 * The coach looks something up.
 */
export type CoachEventToolStarted = {
    /**
     * The type of the event.
     */
    type: 'tool.started';
    message_id: EventMessageId;
    seq: EventSeq;
    /**
     * The id of the call, for `tool.finished`.
     */
    call_id: string;
    /**
     * The name of the tool.
     */
    tool: string;
    /**
     * What it does, to show.
     */
    label: string;
};

/**
 * The coach has looked something up.
 */
export type CoachEventToolFinished = {
    /**
     * The type of the event.
     */
    type: 'tool.finished';
    message_id: EventMessageId;
    seq: EventSeq;
    /**
     * The id of the call.
     */
    call_id: string;
    /**
     * The name of the tool.
     */
    tool: string;
    /**
     * Whether it found something.
     */
    ok: boolean;
};

/**
 * What confirming writes.
 */
export type ProposalKind = 'meal' | 'activity' | 'measurement' | 'targets' | 'profile';

export type MealDraft = {
    /**
     * The kind of draft.
     */
    kind: 'meal';
    meal: MealCreate;
};

export type ActivityDraft = {
    /**
     * The kind of draft.
     */
    kind: 'activity';
    activity: ActivityCreate;
};

export type MeasurementDraft = {
    /**
     * The kind of draft.
     */
    kind: 'measurement';
    measurement: MeasurementCreate;
};

export type TargetsDraft = {
    /**
     * The kind of draft.
     */
    kind: 'targets';
    targets: CustomTargets;
};

export type ProfileDraft = {
    /**
     * The kind of draft.
     */
    kind: 'profile';
    profile: MePatch;
};

/**
 * What confirming writes, as the operation takes it that you would use yourself, without `id` and `source`. A time or zone that the coach leaves out is that of the message.
 *
 */
export type ProposalDraft = ({
    kind: 'meal';
} & MealDraft) | ({
    kind: 'activity';
} & ActivityDraft) | ({
    kind: 'measurement';
} & MeasurementDraft) | ({
    kind: 'targets';
} & TargetsDraft) | ({
    kind: 'profile';
} & ProfileDraft);

export type ProposalPreviewItem = {
    /**
     * The name of the food.
     */
    name: string;
    /**
     * How much of it.
     */
    grams?: number;
    /**
     * Its energy in kcal.
     */
    calories?: number;
};

/**
 * What would be written, to show. A value that is not known is absent.
 */
export type ProposalPreview = {
    /**
     * Of a meal: what was eaten.
     */
    items?: Array<ProposalPreviewItem>;
    /**
     * Energy in kcal; of an activity what it costs, rest included.
     */
    calories?: number;
    /**
     * Protein in grams.
     */
    protein_g?: number;
    /**
     * Carbohydrates in grams.
     */
    carbs_g?: number;
    /**
     * Fat in grams.
     */
    fat_g?: number;
};

/**
 * What became of the proposal.
 */
export type ProposalStatus = 'open' | 'confirmed' | 'rejected' | 'expired' | 'undone';

export type Proposal = {
    /**
     * The id of the proposal, and of the meal, activity or measurement that confirming writes.
     */
    id: string;
    /**
     * The conversation in which it was made.
     */
    conversation_id: string;
    /**
     * The reply that made it.
     */
    message_id: string;
    kind: ProposalKind;
    draft: ProposalDraft;
    preview: ProposalPreview;
    /**
     * How sure the coach is: the weakest of food, amount and unit.
     */
    confidence: number;
    /**
     * Whether a value is a guess of the coach and not from the catalogue.
     */
    estimated: boolean;
    status: ProposalStatus;
    /**
     * Of a rejected one that a correction has replaced: the proposal that took its place.
     */
    replaced_by?: string;
    /**
     * Until when it can be confirmed, 24 hours after it was made.
     */
    expires_at: string;
    /**
     * Of a confirmed one: until when it can be undone.
     */
    undo_until?: string;
    /**
     * Of a confirmed one: the path of what was written.
     */
    result_url?: string;
    /**
     * Increases with each change; also the `ETag`.
     */
    version: number;
    /**
     * When it was made.
     */
    created_at: string;
    /**
     * When it was changed last.
     */
    updated_at: string;
};

/**
 * The coach proposes to write something. A proposal that comes again has changed.
 */
export type CoachEventProposal = {
    /**
     * The type of the event.
     */
    type: 'proposal';
    message_id: EventMessageId;
    seq: EventSeq;
    proposal: Proposal;
};

/**
 * A message has replaced or rejected a proposal of an earlier reply. Of a correction, the new one came in the event before, and `replaced_by` names it. Show it in the place where you showed it first.
 *
 */
export type CoachEventProposalReplaced = {
    /**
     * The type of the event.
     */
    type: 'proposal.replaced';
    message_id: EventMessageId;
    seq: EventSeq;
    proposal: Proposal;
};

/**
 * Somebody who helps.
 */
export type CoachResource = {
    /**
     * Who it is.
     */
    name: string;
    /**
     * The country, as ISO 3166-1 code.
     */
    region: string;
    /**
     * The number to call.
     */
    phone?: string;
    /**
     * Their page.
     */
    url?: string;
};

/**
 * The coach noticed signs of danger; show who helps.
 */
export type CoachEventSafety = {
    /**
     * The type of the event.
     */
    type: 'safety';
    message_id: EventMessageId;
    seq: EventSeq;
    /**
     * What it is about, such as `self_harm` or `eating_disorder`.
     */
    kind: string;
    /**
     * Who helps, in the country of the person.
     */
    resources: Array<CoachResource>;
};

/**
 * The conversation is longer than the language model can read. The reply is made without its oldest messages.
 */
export type CoachEventHistoryShortened = {
    /**
     * The type of the event.
     */
    type: 'history.shortened';
    message_id: EventMessageId;
    seq: EventSeq;
    /**
     * How many messages are left out.
     */
    left_out: number;
};

/**
 * The coach has remembered something that your message says. Show it, with a way to `deleteMemory`.
 */
export type CoachEventMemory = {
    /**
     * The type of the event.
     */
    type: 'memory';
    message_id: EventMessageId;
    seq: EventSeq;
    /**
     * The id of the memory.
     */
    id: string;
    kind: MemoryKind;
    /**
     * What you said, in your words.
     */
    text: string;
};

/**
 * The last event of a reply that ended.
 */
export type CoachEventCompleted = {
    /**
     * The type of the event.
     */
    type: 'message.completed';
    message_id: EventMessageId;
    seq: EventSeq;
    finish_reason: FinishReason;
    usage?: CoachUsage;
    /**
     * The records that the reply was made from.
     */
    sources: Array<CoachSource>;
    /**
     * The length of the whole text in UTF-8.
     */
    bytes: number;
    /**
     * The checksum of the whole text in UTF-8; compare it with what you joined.
     */
    sha256: string;
};

/**
 * The last event of a reply that could not be made. Your message is stored.
 */
export type CoachEventFailed = {
    /**
     * The type of the event.
     */
    type: 'message.failed';
    message_id: EventMessageId;
    seq: EventSeq;
    problem: CoachProblem;
};

/**
 * Something that happened while a reply was made. More types may be added; ignore those that you do not know.
 */
export type CoachEvent = ({
    type: 'message.started';
} & CoachEventStarted) | ({
    type: 'message.delta';
} & CoachEventDelta) | ({
    type: 'tool.started';
} & CoachEventToolStarted) | ({
    type: 'tool.finished';
} & CoachEventToolFinished) | ({
    type: 'proposal';
} & CoachEventProposal) | ({
    type: 'proposal.replaced';
} & CoachEventProposalReplaced) | ({
    type: 'safety';
} & CoachEventSafety) | ({
    type: 'history.shortened';
} & CoachEventHistoryShortened) | ({
    type: 'memory';
} & CoachEventMemory) | ({
    type: 'message.completed';
} & CoachEventCompleted) | ({
    type: 'message.failed';
} & CoachEventFailed);

/**
 * One event as it is sent.
 */
export type EventStream = {
    /**
     * The `seq` of the event.
     */
    id: string;
    /**
     * The event as JSON, in one line.
     */
    data: string;
};

export type ProposalPage = {
    /**
     * The proposals.
     */
    data: Array<Proposal>;
    /**
     * The cursor of the next page; absent on the last one.
     */
    next_cursor?: string;
};

export type ProposalPatch = {
    draft: ProposalDraft;
};

export type CoachEventList = {
    /**
     * The events, in order.
     */
    data: Array<CoachEvent>;
    /**
     * The `after` of the next request.
     */
    next_after: number;
    /**
     * Whether `data` contains the last event of the reply, or `after` is behind it.
     */
    done: boolean;
};

/**
 * The `id` of the user that this write is meant for. When somebody else is signed in by now, for example in another tab of the browser,
 * nothing is written and the response is 409 `wrong_user`. Without it, the write is for whoever is signed in.
 *
 */
export type ExpectedUserId = string;

/**
 * The maximum number of entries of the page.
 */
export type Limit = number;

/**
 * The `next_cursor` of the previous page. Opaque; any other value is 400 `invalid_cursor`.
 */
export type Cursor = string;

/**
 * The id of a session from `listSessions`.
 */
export type SessionId = string;

/**
 * The `ETag` of your copy (with its quotes). While it is current, the response is 304 without a body.
 */
export type IfNoneMatch = string;

/**
 * The `ETag` of the version you read (with its quotes), a list of ETags, or `*`. When the resource has changed since, nothing is written and the response is 412.
 */
export type IfMatch = string;

/**
 * Words or a barcode. At most eight words are used; punctuation alone finds nothing.
 */
export type FoodQuery = string;

/**
 * Where to look.
 */
export type FoodScope2 = FoodScope;

/**
 * Only what was logged for this meal.
 */
export type RecentMealType = MealType;

/**
 * The latest first, or the most often logged first.
 */
export type RecentOrder2 = RecentOrder;

/**
 * The barcode as a scanner returns it or as it is printed: the digits of UPC-A, UPC-E (6, 7 or 8), EAN-8, EAN-13 or GTIN-14, with spaces and hyphens or without; a GS1 element
 * string with the GTIN in (01), with or without FNC1; a GS1 Digital Link address; each with or without the prefix of its symbology, such as `]d2`. Percent-encode it.
 *
 */
export type Gtin = string;

/**
 * Makes it safe to retry this write: make one random key (a UUID) per intention and send it with every attempt. For 24 hours the same key with the same request returns the
 * first response again, with `Idempotent-Replayed: true`. The same key with another request is 422 `idempotency_mismatch`; while the first attempt is running it is 409 `idempotency_in_progress`.
 * A request that was refused (4xx) has written nothing, and its key can be used again.
 *
 */
export type IdempotencyKey = string;

/**
 * A food of your own.
 */
export type CustomFoodId = string;

/**
 * A serving of the food.
 */
export type ServingId = string;

/**
 * The food.
 */
export type FoodId = string;

/**
 * The first local day, 1900 to 2199 (422 `date_out_of_range`).
 */
export type From = string;

/**
 * The last local day; not before `from` (422 `reversed_range`).
 */
export type To = string;

/**
 * Only meals of this kind.
 */
export type OnlyMealType = MealType;

/**
 * The meal.
 */
export type MealId = string;

/**
 * The item of the meal.
 */
export type ItemId = string;

/**
 * The first local day, 1900 to 2199 (422 `date_out_of_range`).
 */
export type FromRequired = string;

/**
 * The last local day; not before `from` (422 `reversed_range`) and within 366 days (422 `range_too_long`).
 */
export type ToRequired = string;

/**
 * A local day, 1900 to 2199 (422 `date_out_of_range`), or `today` in your profile's zone.
 */
export type Day = string;

/**
 * The measurement.
 */
export type MeasurementId = string;

/**
 * Only activities of this category.
 */
export type OnlyCategory = ActivityCategory;

/**
 * A local day, or `today` in your profile's zone. Send it, or `from` and `to`.
 */
export type SummaryDate = string;

/**
 * The last local day; not before `from` (422 `reversed_range`) and within 366 days (422 `range_too_long`).
 */
export type SummaryTo = string;

/**
 * A name or a part of one.
 */
export type ExerciseQuery = string;

/**
 * Only exercises of the catalogue with this primary muscle.
 */
export type Muscle = string;

/**
 * Only exercises of the catalogue with this equipment.
 */
export type Equipment = string;

/**
 * The maximum number of entries. There are no further pages; ask for more, or narrow the query.
 */
export type ExerciseLimit = number;

/**
 * An exercise of your own. One of the catalogue is 404, because it cannot be changed.
 */
export type OwnExerciseId = string;

/**
 * An exercise of the catalogue, your own, or `name:` and a name.
 */
export type AnyExerciseId = string;

/**
 * A name or a part of one, in English, German, French, Spanish or Portuguese, or a code of the Compendium.
 */
export type CatalogueQuery = string;

/**
 * The language of `title`. Names of all five languages are found whatever it is; those in it come first.
 */
export type CatalogueLang = CatalogueLanguage;

/**
 * The maximum number of entries. There are no further pages; ask for more, or narrow the query.
 */
export type CatalogueLimit = number;

/**
 * Write nothing and return what would be stored.
 */
export type DryRun = boolean;

/**
 * Store what can be read of a damaged file.
 */
export type AllowDamaged = boolean;

/**
 * When the recording started, for a device whose clock was never set or is years wrong (422 `file_time_unknown`). It is not used when the file knows its time.
 */
export type StartedAt = string;

/**
 * Positions within this many metres of where the track begins and of where it ends are never returned. At the import it is stored with the activity; when reading, the largest of that, this one and
 * the profile's `privacy_radius_m` counts.
 *
 */
export type PrivacyRadius = number;

/**
 * `respond-async` lets a file of any size be worked in the background (202). Other preferences have no effect.
 */
export type Prefer = string;

/**
 * The import.
 */
export type ImportId = string;

/**
 * How many seconds to wait for the end of the import.
 */
export type Wait = number;

/**
 * The activity.
 */
export type ActivityId = string;

/**
 * The activity, or a leg.
 */
export type RecordedActivityId = string;

/**
 * The measurements that you need, separated by commas: `position`, `altitude`, `distance`, `speed`, `heart_rate`, `cadence`, `power` (422 `unknown_channel`). All of them when left out.
 */
export type Channels = string;

/**
 * The maximum number of points.
 */
export type Points = number;

/**
 * The entry of water.
 */
export type WaterId = string;

/**
 * The entry of sleep.
 */
export type SleepId = string;

/**
 * The `id` of the conversation.
 */
export type ConversationId = string;

/**
 * The `seq` of the last event that you have; only later ones are returned.
 */
export type After = number;

/**
 * The `id` of the proposal.
 */
export type ProposalId = string;

/**
 * The `id` of the proposal.
 */
export type RejectedId = string;

/**
 * The `id` of a reply.
 */
export type MessageId = string;

export type GetApiInfoData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/';
};

export type GetApiInfoErrors = {
    /**
     * The request does not match the contract; `errors` names the fields.
     */
    400: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
     */
    503: Problem;
};

export type GetApiInfoError = GetApiInfoErrors[keyof GetApiInfoErrors];

export type GetApiInfoResponses = {
    /**
     * Name, version and addresses.
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
     * The request does not match the contract; `errors` names the fields.
     */
    400: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
     */
    503: Problem;
};

export type GetHealthError = GetHealthErrors[keyof GetHealthErrors];

export type GetHealthResponses = {
    /**
     * The service works, or works degraded.
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
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
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
     * The request does not match the contract; `errors` names the fields.
     */
    400: Problem;
    /**
     * Not allowed; `code` says why.
     */
    403: Problem;
    /**
     * The body did not arrive in time. Nothing was written; the request can be sent again.
     */
    408: Problem;
    /**
     * It conflicts with existing data.
     */
    409: Problem;
    /**
     * The body is larger than this operation takes; `detail` names the limit. It is twice what the longest valid body needs, at least 4 KiB and at most 1 MiB.
     */
    413: Problem;
    /**
     * The body is not `application/json`.
     */
    415: Problem;
    /**
     * The request matches its schema and breaks a rule that the schema cannot express; `errors` names the fields.
     */
    422: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * A server error. It is logged with its `request_id`.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
     */
    503: Problem;
};

export type SignupError = SignupErrors[keyof SignupErrors];

export type SignupResponses = {
    /**
     * The account was created, or a mail with the next step was sent.
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
     * The request does not match the contract; `errors` names the fields.
     */
    400: Problem;
    /**
     * The address or the password is wrong; the response does not say which.
     */
    401: Problem;
    /**
     * Not allowed; `code` says why.
     */
    403: Problem;
    /**
     * The body did not arrive in time. Nothing was written; the request can be sent again.
     */
    408: Problem;
    /**
     * The body is larger than this operation takes; `detail` names the limit. It is twice what the longest valid body needs, at least 4 KiB and at most 1 MiB.
     */
    413: Problem;
    /**
     * The body is not `application/json`.
     */
    415: Problem;
    /**
     * Too many sign-ins from this address, or too many failed ones for this account from this address; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * A server error. It is logged with its `request_id`.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
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
    headers?: {
        /**
         * The `id` of the user that this write is meant for. When somebody else is signed in by now, for example in another tab of the browser,
         * nothing is written and the response is 409 `wrong_user`. Without it, the write is for whoever is signed in.
         *
         */
        'X-Expected-User-Id'?: string;
    };
    path?: never;
    query?: never;
    url: '/api/v1/auth/refresh';
};

export type RefreshSessionErrors = {
    /**
     * The request does not match the contract; `errors` names the fields.
     */
    400: Problem;
    /**
     * No one is signed in, or the session has ended.
     */
    401: Problem;
    /**
     * The new cookie would be too large for a browser, or the request came from a site that the server does not trust.
     */
    403: Problem;
    /**
     * The browser holds another session by now. No cookie was changed.
     */
    409: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * A server error. It is logged with its `request_id`.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
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
    headers?: {
        /**
         * The `id` of the user that this write is meant for. When somebody else is signed in by now, for example in another tab of the browser,
         * nothing is written and the response is 409 `wrong_user`. Without it, the write is for whoever is signed in.
         *
         */
        'X-Expected-User-Id'?: string;
    };
    path?: never;
    query?: never;
    url: '/api/v1/auth/logout';
};

export type LogoutErrors = {
    /**
     * The request does not match the contract; `errors` names the fields.
     */
    400: Problem;
    /**
     * No one is signed in, or the session has ended.
     */
    401: Problem;
    /**
     * A browser sent this write with cookies from an origin that the server does not trust.
     */
    403: Problem;
    /**
     * Another user is signed in than `X-Expected-User-Id` says. Nothing was written.
     */
    409: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * A server error. It is logged with its `request_id`.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
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
    headers?: {
        /**
         * The `id` of the user that this write is meant for. When somebody else is signed in by now, for example in another tab of the browser,
         * nothing is written and the response is 409 `wrong_user`. Without it, the write is for whoever is signed in.
         *
         */
        'X-Expected-User-Id'?: string;
    };
    path?: never;
    query?: never;
    url: '/api/v1/auth/password';
};

export type ChangePasswordErrors = {
    /**
     * The request does not match the contract; `errors` names the fields.
     */
    400: Problem;
    /**
     * No one is signed in, or the session has ended.
     */
    401: Problem;
    /**
     * A browser sent this write with cookies from an origin that the server does not trust.
     */
    403: Problem;
    /**
     * The body did not arrive in time. Nothing was written; the request can be sent again.
     */
    408: Problem;
    /**
     * Another user is signed in than `X-Expected-User-Id` says. Nothing was written.
     */
    409: Problem;
    /**
     * The body is larger than this operation takes; `detail` names the limit. It is twice what the longest valid body needs, at least 4 KiB and at most 1 MiB.
     */
    413: Problem;
    /**
     * The body is not `application/json`.
     */
    415: Problem;
    /**
     * The request matches its schema and breaks a rule that the schema cannot express; `errors` names the fields.
     */
    422: Problem;
    /**
     * Too many sign-ins from this address, or too many failed ones for this account from this address; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * A server error. It is logged with its `request_id`.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
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
     * The request does not match the contract; `errors` names the fields.
     */
    400: Problem;
    /**
     * A browser sent this write with cookies from an origin that the server does not trust.
     */
    403: Problem;
    /**
     * The body did not arrive in time. Nothing was written; the request can be sent again.
     */
    408: Problem;
    /**
     * The body is larger than this operation takes; `detail` names the limit. It is twice what the longest valid body needs, at least 4 KiB and at most 1 MiB.
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
     * A server error. It is logged with its `request_id`.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
     */
    503: Problem;
};

export type RequestPasswordResetError = RequestPasswordResetErrors[keyof RequestPasswordResetErrors];

export type RequestPasswordResetResponses = {
    /**
     * If the address has an account, a mail was sent.
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
     * The request does not match the contract; `errors` names the fields.
     */
    400: Problem;
    /**
     * Not allowed; `code` says why.
     */
    403: Problem;
    /**
     * The body did not arrive in time. Nothing was written; the request can be sent again.
     */
    408: Problem;
    /**
     * The body is larger than this operation takes; `detail` names the limit. It is twice what the longest valid body needs, at least 4 KiB and at most 1 MiB.
     */
    413: Problem;
    /**
     * The body is not `application/json`.
     */
    415: Problem;
    /**
     * The request matches its schema and breaks a rule that the schema cannot express; `errors` names the fields.
     */
    422: Problem;
    /**
     * Too many sign-ins from this address, or too many failed ones for this account from this address; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * A server error. It is logged with its `request_id`.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
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
     * The request does not match the contract; `errors` names the fields.
     */
    400: Problem;
    /**
     * Not allowed; `code` says why.
     */
    403: Problem;
    /**
     * The body did not arrive in time. Nothing was written; the request can be sent again.
     */
    408: Problem;
    /**
     * The body is larger than this operation takes; `detail` names the limit. It is twice what the longest valid body needs, at least 4 KiB and at most 1 MiB.
     */
    413: Problem;
    /**
     * The body is not `application/json`.
     */
    415: Problem;
    /**
     * The request matches its schema and breaks a rule that the schema cannot express; `errors` names the fields.
     */
    422: Problem;
    /**
     * Too many sign-ins from this address, or too many failed ones for this account from this address; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * A server error. It is logged with its `request_id`.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
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
     * The request does not match the contract; `errors` names the fields.
     */
    400: Problem;
    /**
     * A browser sent this write with cookies from an origin that the server does not trust.
     */
    403: Problem;
    /**
     * The body did not arrive in time. Nothing was written; the request can be sent again.
     */
    408: Problem;
    /**
     * The body is larger than this operation takes; `detail` names the limit. It is twice what the longest valid body needs, at least 4 KiB and at most 1 MiB.
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
     * A server error. It is logged with its `request_id`.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
     */
    503: Problem;
};

export type ResendVerificationError = ResendVerificationErrors[keyof ResendVerificationErrors];

export type ResendVerificationResponses = {
    /**
     * If the address is not confirmed yet, a mail was sent.
     */
    202: unknown;
};

export type GetSessionData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/api/v1/auth/session';
};

export type GetSessionErrors = {
    /**
     * The request does not match the contract; `errors` names the fields.
     */
    400: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * A server error. It is logged with its `request_id`.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
     */
    503: Problem;
};

export type GetSessionError = GetSessionErrors[keyof GetSessionErrors];

export type GetSessionResponses = {
    /**
     * Who is signed in, if anybody.
     */
    200: CurrentSession;
};

export type GetSessionResponse = GetSessionResponses[keyof GetSessionResponses];

export type ListSessionsData = {
    body?: never;
    path?: never;
    query?: {
        /**
         * The maximum number of entries of the page.
         */
        limit?: number;
        /**
         * The `next_cursor` of the previous page. Opaque; any other value is 400 `invalid_cursor`.
         */
        cursor?: string;
    };
    url: '/api/v1/auth/sessions';
};

export type ListSessionsErrors = {
    /**
     * The request does not match the contract; `errors` names the fields.
     */
    400: Problem;
    /**
     * No one is signed in, or the session has ended.
     */
    401: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * A server error. It is logged with its `request_id`.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
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
    headers?: {
        /**
         * The `id` of the user that this write is meant for. When somebody else is signed in by now, for example in another tab of the browser,
         * nothing is written and the response is 409 `wrong_user`. Without it, the write is for whoever is signed in.
         *
         */
        'X-Expected-User-Id'?: string;
    };
    path: {
        /**
         * The id of a session from `listSessions`.
         */
        id: string;
    };
    query?: never;
    url: '/api/v1/auth/sessions/{id}';
};

export type RevokeSessionErrors = {
    /**
     * The request does not match the contract; `errors` names the fields.
     */
    400: Problem;
    /**
     * No one is signed in, or the session has ended.
     */
    401: Problem;
    /**
     * A browser sent this write with cookies from an origin that the server does not trust.
     */
    403: Problem;
    /**
     * It does not exist, or it is not yours.
     */
    404: Problem;
    /**
     * Another user is signed in than `X-Expected-User-Id` says. Nothing was written.
     */
    409: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * A server error. It is logged with its `request_id`.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
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
         * The `ETag` of the version you read (with its quotes), a list of ETags, or `*`. When the resource has changed since, nothing is written and the response is 412.
         */
        'If-Match'?: string;
        /**
         * The `id` of the user that this write is meant for. When somebody else is signed in by now, for example in another tab of the browser,
         * nothing is written and the response is 409 `wrong_user`. Without it, the write is for whoever is signed in.
         *
         */
        'X-Expected-User-Id'?: string;
    };
    path?: never;
    query?: never;
    url: '/api/v1/users/me';
};

export type DeleteMeErrors = {
    /**
     * The request does not match the contract; `errors` names the fields.
     */
    400: Problem;
    /**
     * No one is signed in, or the session has ended.
     */
    401: Problem;
    /**
     * A browser sent this write with cookies from an origin that the server does not trust.
     */
    403: Problem;
    /**
     * Another user is signed in than `X-Expected-User-Id` says. Nothing was written.
     */
    409: Problem;
    /**
     * The resource has changed since the version in `If-Match`; nothing was written. Read it again and repeat the change.
     */
    412: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * A server error. It is logged with its `request_id`.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
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
         * The `ETag` of your copy (with its quotes). While it is current, the response is 304 without a body.
         */
        'If-None-Match'?: string;
    };
    path?: never;
    query?: never;
    url: '/api/v1/users/me';
};

export type GetMeErrors = {
    /**
     * The request does not match the contract; `errors` names the fields.
     */
    400: Problem;
    /**
     * No one is signed in, or the session has ended.
     */
    401: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * A server error. It is logged with its `request_id`.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
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
         * The `ETag` of the version you read (with its quotes), a list of ETags, or `*`. When the resource has changed since, nothing is written and the response is 412.
         */
        'If-Match'?: string;
        /**
         * The `id` of the user that this write is meant for. When somebody else is signed in by now, for example in another tab of the browser,
         * nothing is written and the response is 409 `wrong_user`. Without it, the write is for whoever is signed in.
         *
         */
        'X-Expected-User-Id'?: string;
    };
    path?: never;
    query?: never;
    url: '/api/v1/users/me';
};

export type UpdateMeErrors = {
    /**
     * The request does not match the contract; `errors` names the fields.
     */
    400: Problem;
    /**
     * No one is signed in, or the session has ended.
     */
    401: Problem;
    /**
     * A browser sent this write with cookies from an origin that the server does not trust.
     */
    403: Problem;
    /**
     * The body did not arrive in time. Nothing was written; the request can be sent again.
     */
    408: Problem;
    /**
     * Another user is signed in than `X-Expected-User-Id` says. Nothing was written.
     */
    409: Problem;
    /**
     * The resource has changed since the version in `If-Match`; nothing was written. Read it again and repeat the change.
     */
    412: Problem;
    /**
     * The body is larger than this operation takes; `detail` names the limit. It is twice what the longest valid body needs, at least 4 KiB and at most 1 MiB.
     */
    413: Problem;
    /**
     * The body is not `application/json`.
     */
    415: Problem;
    /**
     * The request matches its schema and breaks a rule that the schema cannot express; `errors` names the fields.
     */
    422: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * A server error. It is logged with its `request_id`.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
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
    headers?: {
        /**
         * The `id` of the user that this write is meant for. When somebody else is signed in by now, for example in another tab of the browser,
         * nothing is written and the response is 409 `wrong_user`. Without it, the write is for whoever is signed in.
         *
         */
        'X-Expected-User-Id'?: string;
    };
    path?: never;
    query?: never;
    url: '/api/v1/users/me/targets/preview';
};

export type PreviewTargetsErrors = {
    /**
     * The request does not match the contract; `errors` names the fields.
     */
    400: Problem;
    /**
     * No one is signed in, or the session has ended.
     */
    401: Problem;
    /**
     * A browser sent this write with cookies from an origin that the server does not trust.
     */
    403: Problem;
    /**
     * The body did not arrive in time. Nothing was written; the request can be sent again.
     */
    408: Problem;
    /**
     * Another user is signed in than `X-Expected-User-Id` says. Nothing was written.
     */
    409: Problem;
    /**
     * The body is larger than this operation takes; `detail` names the limit. It is twice what the longest valid body needs, at least 4 KiB and at most 1 MiB.
     */
    413: Problem;
    /**
     * The body is not `application/json`.
     */
    415: Problem;
    /**
     * The request matches its schema and breaks a rule that the schema cannot express; `errors` names the fields.
     */
    422: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * A server error. It is logged with its `request_id`.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
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

export type GetEnergyData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/api/v1/users/me/energy';
};

export type GetEnergyErrors = {
    /**
     * The request does not match the contract; `errors` names the fields.
     */
    400: Problem;
    /**
     * No one is signed in, or the session has ended.
     */
    401: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * A server error. It is logged with its `request_id`.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
     */
    503: Problem;
};

export type GetEnergyError = GetEnergyErrors[keyof GetEnergyErrors];

export type GetEnergyResponses = {
    /**
     * The estimate.
     */
    200: EnergyExpenditure;
};

export type GetEnergyResponse = GetEnergyResponses[keyof GetEnergyResponses];

export type SearchFoodsData = {
    body?: never;
    path?: never;
    query: {
        /**
         * Words or a barcode. At most eight words are used; punctuation alone finds nothing.
         */
        q: string;
        /**
         * Where to look.
         */
        scope?: FoodScope;
        /**
         * The maximum number of entries of the page.
         */
        limit?: number;
        /**
         * The `next_cursor` of the previous page. Opaque; any other value is 400 `invalid_cursor`.
         */
        cursor?: string;
    };
    url: '/api/v1/nutrition/foods/search';
};

export type SearchFoodsErrors = {
    /**
     * The request does not match the contract; `errors` names the fields.
     */
    400: Problem;
    /**
     * No one is signed in, or the session has ended.
     */
    401: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * A server error. It is logged with its `request_id`.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
     */
    503: Problem;
};

export type SearchFoodsError = SearchFoodsErrors[keyof SearchFoodsErrors];

export type SearchFoodsResponses = {
    /**
     * A page of foods, the best match first; empty when nothing matches.
     */
    200: FoodSearchPage;
};

export type SearchFoodsResponse = SearchFoodsResponses[keyof SearchFoodsResponses];

export type ListRecentFoodsData = {
    body?: never;
    path?: never;
    query?: {
        /**
         * Only what was logged for this meal.
         */
        meal_type?: MealType;
        /**
         * The latest first, or the most often logged first.
         */
        order?: RecentOrder;
        /**
         * The maximum number of entries of the page.
         */
        limit?: number;
        /**
         * The `next_cursor` of the previous page. Opaque; any other value is 400 `invalid_cursor`.
         */
        cursor?: string;
    };
    url: '/api/v1/nutrition/foods/recent';
};

export type ListRecentFoodsErrors = {
    /**
     * The request does not match the contract; `errors` names the fields.
     */
    400: Problem;
    /**
     * No one is signed in, or the session has ended.
     */
    401: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * A server error. It is logged with its `request_id`.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
     */
    503: Problem;
};

export type ListRecentFoodsError = ListRecentFoodsErrors[keyof ListRecentFoodsErrors];

export type ListRecentFoodsResponses = {
    /**
     * A page of foods with their last amounts.
     */
    200: RecentFoodPage;
};

export type ListRecentFoodsResponse = ListRecentFoodsResponses[keyof ListRecentFoodsResponses];

export type ListFavoriteFoodsData = {
    body?: never;
    path?: never;
    query?: {
        /**
         * The maximum number of entries of the page.
         */
        limit?: number;
        /**
         * The `next_cursor` of the previous page. Opaque; any other value is 400 `invalid_cursor`.
         */
        cursor?: string;
    };
    url: '/api/v1/nutrition/foods/favorites';
};

export type ListFavoriteFoodsErrors = {
    /**
     * The request does not match the contract; `errors` names the fields.
     */
    400: Problem;
    /**
     * No one is signed in, or the session has ended.
     */
    401: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * A server error. It is logged with its `request_id`.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
     */
    503: Problem;
};

export type ListFavoriteFoodsError = ListFavoriteFoodsErrors[keyof ListFavoriteFoodsErrors];

export type ListFavoriteFoodsResponses = {
    /**
     * A page of foods.
     */
    200: FoodPage;
};

export type ListFavoriteFoodsResponse = ListFavoriteFoodsResponses[keyof ListFavoriteFoodsResponses];

export type GetFoodByBarcodeData = {
    body?: never;
    headers?: {
        /**
         * The `ETag` of your copy (with its quotes). While it is current, the response is 304 without a body.
         */
        'If-None-Match'?: string;
    };
    path: {
        /**
         * The barcode as a scanner returns it or as it is printed: the digits of UPC-A, UPC-E (6, 7 or 8), EAN-8, EAN-13 or GTIN-14, with spaces and hyphens or without; a GS1 element
         * string with the GTIN in (01), with or without FNC1; a GS1 Digital Link address; each with or without the prefix of its symbology, such as `]d2`. Percent-encode it.
         *
         */
        gtin: string;
    };
    query?: never;
    url: '/api/v1/nutrition/foods/barcode/{gtin}';
};

export type GetFoodByBarcodeErrors = {
    /**
     * The request does not match the contract; `errors` names the fields.
     */
    400: Problem;
    /**
     * No one is signed in, or the session has ended.
     */
    401: Problem;
    /**
     * No food has this barcode. `prefill` holds the known fields of the food; send them when you create it.
     */
    404: BarcodeProblem;
    /**
     * There is no barcode in it, or it was misread.
     */
    422: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * A server error. It is logged with its `request_id`.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
     */
    503: Problem;
};

export type GetFoodByBarcodeError = GetFoodByBarcodeErrors[keyof GetFoodByBarcodeErrors];

export type GetFoodByBarcodeResponses = {
    /**
     * The food.
     */
    200: Food;
};

export type GetFoodByBarcodeResponse = GetFoodByBarcodeResponses[keyof GetFoodByBarcodeResponses];

export type CreateCustomFoodData = {
    body: FoodCreate;
    headers?: {
        /**
         * Makes it safe to retry this write: make one random key (a UUID) per intention and send it with every attempt. For 24 hours the same key with the same request returns the
         * first response again, with `Idempotent-Replayed: true`. The same key with another request is 422 `idempotency_mismatch`; while the first attempt is running it is 409 `idempotency_in_progress`.
         * A request that was refused (4xx) has written nothing, and its key can be used again.
         *
         */
        'Idempotency-Key'?: string;
        /**
         * The `id` of the user that this write is meant for. When somebody else is signed in by now, for example in another tab of the browser,
         * nothing is written and the response is 409 `wrong_user`. Without it, the write is for whoever is signed in.
         *
         */
        'X-Expected-User-Id'?: string;
    };
    path?: never;
    query?: never;
    url: '/api/v1/nutrition/foods/custom';
};

export type CreateCustomFoodErrors = {
    /**
     * The request does not match the contract; `errors` names the fields.
     */
    400: Problem;
    /**
     * No one is signed in, or the session has ended.
     */
    401: Problem;
    /**
     * A browser sent this write with cookies from an origin that the server does not trust.
     */
    403: Problem;
    /**
     * The body did not arrive in time. Nothing was written; the request can be sent again.
     */
    408: Problem;
    /**
     * A request with the same `Idempotency-Key` is still running, or the `id` you sent exists already. This request has written nothing.
     */
    409: Problem;
    /**
     * The body is larger than this operation takes; `detail` names the limit. It is twice what the longest valid body needs, at least 4 KiB and at most 1 MiB.
     */
    413: Problem;
    /**
     * The body is not `application/json`.
     */
    415: Problem;
    /**
     * The food breaks a rule that its schema cannot express (`errors` names the fields), or the `Idempotency-Key` was used for another request.
     */
    422: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * A server error. It is logged with its `request_id`.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
     */
    503: Problem;
};

export type CreateCustomFoodError = CreateCustomFoodErrors[keyof CreateCustomFoodErrors];

export type CreateCustomFoodResponses = {
    /**
     * The food as it was stored.
     */
    201: Food;
};

export type CreateCustomFoodResponse = CreateCustomFoodResponses[keyof CreateCustomFoodResponses];

export type DeleteCustomFoodData = {
    body?: never;
    headers?: {
        /**
         * The `ETag` of the version you read (with its quotes), a list of ETags, or `*`. When the resource has changed since, nothing is written and the response is 412.
         */
        'If-Match'?: string;
        /**
         * The `id` of the user that this write is meant for. When somebody else is signed in by now, for example in another tab of the browser,
         * nothing is written and the response is 409 `wrong_user`. Without it, the write is for whoever is signed in.
         *
         */
        'X-Expected-User-Id'?: string;
    };
    path: {
        /**
         * A food of your own.
         */
        id: string;
    };
    query?: never;
    url: '/api/v1/nutrition/foods/custom/{id}';
};

export type DeleteCustomFoodErrors = {
    /**
     * The request does not match the contract; `errors` names the fields.
     */
    400: Problem;
    /**
     * No one is signed in, or the session has ended.
     */
    401: Problem;
    /**
     * A browser sent this write with cookies from an origin that the server does not trust.
     */
    403: Problem;
    /**
     * The food does not exist, or it is not yours.
     */
    404: Problem;
    /**
     * Another user is signed in than `X-Expected-User-Id` says. Nothing was written.
     */
    409: Problem;
    /**
     * The resource has changed since the version in `If-Match`; nothing was written. Read it again and repeat the change.
     */
    412: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * A server error. It is logged with its `request_id`.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
     */
    503: Problem;
};

export type DeleteCustomFoodError = DeleteCustomFoodErrors[keyof DeleteCustomFoodErrors];

export type DeleteCustomFoodResponses = {
    /**
     * Deleted.
     */
    204: void;
};

export type DeleteCustomFoodResponse = DeleteCustomFoodResponses[keyof DeleteCustomFoodResponses];

export type UpdateCustomFoodData = {
    body: FoodPatch;
    headers?: {
        /**
         * The `ETag` of the version you read (with its quotes), a list of ETags, or `*`. When the resource has changed since, nothing is written and the response is 412.
         */
        'If-Match'?: string;
        /**
         * The `id` of the user that this write is meant for. When somebody else is signed in by now, for example in another tab of the browser,
         * nothing is written and the response is 409 `wrong_user`. Without it, the write is for whoever is signed in.
         *
         */
        'X-Expected-User-Id'?: string;
    };
    path: {
        /**
         * A food of your own.
         */
        id: string;
    };
    query?: never;
    url: '/api/v1/nutrition/foods/custom/{id}';
};

export type UpdateCustomFoodErrors = {
    /**
     * The request does not match the contract; `errors` names the fields.
     */
    400: Problem;
    /**
     * No one is signed in, or the session has ended.
     */
    401: Problem;
    /**
     * A browser sent this write with cookies from an origin that the server does not trust.
     */
    403: Problem;
    /**
     * The food does not exist, or it is not yours.
     */
    404: Problem;
    /**
     * The body did not arrive in time. Nothing was written; the request can be sent again.
     */
    408: Problem;
    /**
     * Another user is signed in than `X-Expected-User-Id` says. Nothing was written.
     */
    409: Problem;
    /**
     * The resource has changed since the version in `If-Match`; nothing was written. Read it again and repeat the change.
     */
    412: Problem;
    /**
     * The body is larger than this operation takes; `detail` names the limit. It is twice what the longest valid body needs, at least 4 KiB and at most 1 MiB.
     */
    413: Problem;
    /**
     * The body is not `application/json`.
     */
    415: Problem;
    /**
     * The food would break a rule that its schema cannot express; `errors` names the fields.
     */
    422: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * A server error. It is logged with its `request_id`.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
     */
    503: Problem;
};

export type UpdateCustomFoodError = UpdateCustomFoodErrors[keyof UpdateCustomFoodErrors];

export type UpdateCustomFoodResponses = {
    /**
     * The food after the change.
     */
    200: Food;
};

export type UpdateCustomFoodResponse = UpdateCustomFoodResponses[keyof UpdateCustomFoodResponses];

export type RestoreCustomFoodData = {
    body?: never;
    headers?: {
        /**
         * Makes it safe to retry this write: make one random key (a UUID) per intention and send it with every attempt. For 24 hours the same key with the same request returns the
         * first response again, with `Idempotent-Replayed: true`. The same key with another request is 422 `idempotency_mismatch`; while the first attempt is running it is 409 `idempotency_in_progress`.
         * A request that was refused (4xx) has written nothing, and its key can be used again.
         *
         */
        'Idempotency-Key'?: string;
        /**
         * The `id` of the user that this write is meant for. When somebody else is signed in by now, for example in another tab of the browser,
         * nothing is written and the response is 409 `wrong_user`. Without it, the write is for whoever is signed in.
         *
         */
        'X-Expected-User-Id'?: string;
    };
    path: {
        /**
         * A food of your own.
         */
        id: string;
    };
    query?: never;
    url: '/api/v1/nutrition/foods/custom/{id}/restore';
};

export type RestoreCustomFoodErrors = {
    /**
     * The request does not match the contract; `errors` names the fields.
     */
    400: Problem;
    /**
     * No one is signed in, or the session has ended.
     */
    401: Problem;
    /**
     * A browser sent this write with cookies from an origin that the server does not trust.
     */
    403: Problem;
    /**
     * The food does not exist, or it is not yours.
     */
    404: Problem;
    /**
     * A request with the same `Idempotency-Key` is still running, or the `id` you sent exists already. This request has written nothing.
     */
    409: Problem;
    /**
     * The request breaks a rule that its schema cannot express (`errors` names the fields), or its `Idempotency-Key` was used for another request.
     */
    422: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * A server error. It is logged with its `request_id`.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
     */
    503: Problem;
};

export type RestoreCustomFoodError = RestoreCustomFoodErrors[keyof RestoreCustomFoodErrors];

export type RestoreCustomFoodResponses = {
    /**
     * The food.
     */
    200: Food;
};

export type RestoreCustomFoodResponse = RestoreCustomFoodResponses[keyof RestoreCustomFoodResponses];

export type AddFoodServingData = {
    body: FoodServingCreate;
    headers?: {
        /**
         * Makes it safe to retry this write: make one random key (a UUID) per intention and send it with every attempt. For 24 hours the same key with the same request returns the
         * first response again, with `Idempotent-Replayed: true`. The same key with another request is 422 `idempotency_mismatch`; while the first attempt is running it is 409 `idempotency_in_progress`.
         * A request that was refused (4xx) has written nothing, and its key can be used again.
         *
         */
        'Idempotency-Key'?: string;
        /**
         * The `ETag` of the version you read (with its quotes), a list of ETags, or `*`. When the resource has changed since, nothing is written and the response is 412.
         */
        'If-Match'?: string;
        /**
         * The `id` of the user that this write is meant for. When somebody else is signed in by now, for example in another tab of the browser,
         * nothing is written and the response is 409 `wrong_user`. Without it, the write is for whoever is signed in.
         *
         */
        'X-Expected-User-Id'?: string;
    };
    path: {
        /**
         * A food of your own.
         */
        id: string;
    };
    query?: never;
    url: '/api/v1/nutrition/foods/custom/{id}/servings';
};

export type AddFoodServingErrors = {
    /**
     * The request does not match the contract; `errors` names the fields.
     */
    400: Problem;
    /**
     * No one is signed in, or the session has ended.
     */
    401: Problem;
    /**
     * A browser sent this write with cookies from an origin that the server does not trust.
     */
    403: Problem;
    /**
     * The food does not exist, or it is not yours.
     */
    404: Problem;
    /**
     * The body did not arrive in time. Nothing was written; the request can be sent again.
     */
    408: Problem;
    /**
     * A request with the same `Idempotency-Key` is still running, or the `id` you sent exists already. This request has written nothing.
     */
    409: Problem;
    /**
     * The resource has changed since the version in `If-Match`; nothing was written. Read it again and repeat the change.
     */
    412: Problem;
    /**
     * The body is larger than this operation takes; `detail` names the limit. It is twice what the longest valid body needs, at least 4 KiB and at most 1 MiB.
     */
    413: Problem;
    /**
     * The body is not `application/json`.
     */
    415: Problem;
    /**
     * The food breaks a rule that its schema cannot express (`errors` names the fields), or the `Idempotency-Key` was used for another request.
     */
    422: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * A server error. It is logged with its `request_id`.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
     */
    503: Problem;
};

export type AddFoodServingError = AddFoodServingErrors[keyof AddFoodServingErrors];

export type AddFoodServingResponses = {
    /**
     * The food with the new serving.
     */
    201: Food;
};

export type AddFoodServingResponse = AddFoodServingResponses[keyof AddFoodServingResponses];

export type DeleteFoodServingData = {
    body?: never;
    headers?: {
        /**
         * The `ETag` of the version you read (with its quotes), a list of ETags, or `*`. When the resource has changed since, nothing is written and the response is 412.
         */
        'If-Match'?: string;
        /**
         * The `id` of the user that this write is meant for. When somebody else is signed in by now, for example in another tab of the browser,
         * nothing is written and the response is 409 `wrong_user`. Without it, the write is for whoever is signed in.
         *
         */
        'X-Expected-User-Id'?: string;
    };
    path: {
        /**
         * A food of your own.
         */
        id: string;
        /**
         * A serving of the food.
         */
        serving_id: string;
    };
    query?: never;
    url: '/api/v1/nutrition/foods/custom/{id}/servings/{serving_id}';
};

export type DeleteFoodServingErrors = {
    /**
     * The request does not match the contract; `errors` names the fields.
     */
    400: Problem;
    /**
     * No one is signed in, or the session has ended.
     */
    401: Problem;
    /**
     * A browser sent this write with cookies from an origin that the server does not trust.
     */
    403: Problem;
    /**
     * The food or serving does not exist, or it is not yours.
     */
    404: Problem;
    /**
     * Another user is signed in than `X-Expected-User-Id` says. Nothing was written.
     */
    409: Problem;
    /**
     * The resource has changed since the version in `If-Match`; nothing was written. Read it again and repeat the change.
     */
    412: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * A server error. It is logged with its `request_id`.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
     */
    503: Problem;
};

export type DeleteFoodServingError = DeleteFoodServingErrors[keyof DeleteFoodServingErrors];

export type DeleteFoodServingResponses = {
    /**
     * The food without the serving.
     */
    200: Food;
};

export type DeleteFoodServingResponse = DeleteFoodServingResponses[keyof DeleteFoodServingResponses];

export type UpdateFoodServingData = {
    body: FoodServingPatch;
    headers?: {
        /**
         * The `ETag` of the version you read (with its quotes), a list of ETags, or `*`. When the resource has changed since, nothing is written and the response is 412.
         */
        'If-Match'?: string;
        /**
         * The `id` of the user that this write is meant for. When somebody else is signed in by now, for example in another tab of the browser,
         * nothing is written and the response is 409 `wrong_user`. Without it, the write is for whoever is signed in.
         *
         */
        'X-Expected-User-Id'?: string;
    };
    path: {
        /**
         * A food of your own.
         */
        id: string;
        /**
         * A serving of the food.
         */
        serving_id: string;
    };
    query?: never;
    url: '/api/v1/nutrition/foods/custom/{id}/servings/{serving_id}';
};

export type UpdateFoodServingErrors = {
    /**
     * The request does not match the contract; `errors` names the fields.
     */
    400: Problem;
    /**
     * No one is signed in, or the session has ended.
     */
    401: Problem;
    /**
     * A browser sent this write with cookies from an origin that the server does not trust.
     */
    403: Problem;
    /**
     * The food or serving does not exist, or it is not yours.
     */
    404: Problem;
    /**
     * The body did not arrive in time. Nothing was written; the request can be sent again.
     */
    408: Problem;
    /**
     * Another user is signed in than `X-Expected-User-Id` says. Nothing was written.
     */
    409: Problem;
    /**
     * The resource has changed since the version in `If-Match`; nothing was written. Read it again and repeat the change.
     */
    412: Problem;
    /**
     * The body is larger than this operation takes; `detail` names the limit. It is twice what the longest valid body needs, at least 4 KiB and at most 1 MiB.
     */
    413: Problem;
    /**
     * The body is not `application/json`.
     */
    415: Problem;
    /**
     * The food would break a rule that its schema cannot express; `errors` names the fields.
     */
    422: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * A server error. It is logged with its `request_id`.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
     */
    503: Problem;
};

export type UpdateFoodServingError = UpdateFoodServingErrors[keyof UpdateFoodServingErrors];

export type UpdateFoodServingResponses = {
    /**
     * The food with the changed serving.
     */
    200: Food;
};

export type UpdateFoodServingResponse = UpdateFoodServingResponses[keyof UpdateFoodServingResponses];

export type GetFoodData = {
    body?: never;
    headers?: {
        /**
         * The `ETag` of your copy (with its quotes). While it is current, the response is 304 without a body.
         */
        'If-None-Match'?: string;
    };
    path: {
        /**
         * The food.
         */
        id: string;
    };
    query?: never;
    url: '/api/v1/nutrition/foods/{id}';
};

export type GetFoodErrors = {
    /**
     * The request does not match the contract; `errors` names the fields.
     */
    400: Problem;
    /**
     * No one is signed in, or the session has ended.
     */
    401: Problem;
    /**
     * The food does not exist, or it is not yours.
     */
    404: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * A server error. It is logged with its `request_id`.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
     */
    503: Problem;
};

export type GetFoodError = GetFoodErrors[keyof GetFoodErrors];

export type GetFoodResponses = {
    /**
     * The food.
     */
    200: Food;
};

export type GetFoodResponse = GetFoodResponses[keyof GetFoodResponses];

export type RemoveFavoriteFoodData = {
    body?: never;
    headers?: {
        /**
         * The `id` of the user that this write is meant for. When somebody else is signed in by now, for example in another tab of the browser,
         * nothing is written and the response is 409 `wrong_user`. Without it, the write is for whoever is signed in.
         *
         */
        'X-Expected-User-Id'?: string;
    };
    path: {
        /**
         * The food.
         */
        id: string;
    };
    query?: never;
    url: '/api/v1/nutrition/foods/{id}/favorite';
};

export type RemoveFavoriteFoodErrors = {
    /**
     * The request does not match the contract; `errors` names the fields.
     */
    400: Problem;
    /**
     * No one is signed in, or the session has ended.
     */
    401: Problem;
    /**
     * A browser sent this write with cookies from an origin that the server does not trust.
     */
    403: Problem;
    /**
     * The food does not exist, or it is not yours.
     */
    404: Problem;
    /**
     * Another user is signed in than `X-Expected-User-Id` says. Nothing was written.
     */
    409: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * A server error. It is logged with its `request_id`.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
     */
    503: Problem;
};

export type RemoveFavoriteFoodError = RemoveFavoriteFoodErrors[keyof RemoveFavoriteFoodErrors];

export type RemoveFavoriteFoodResponses = {
    /**
     * The food is not a favourite any more.
     */
    204: void;
};

export type RemoveFavoriteFoodResponse = RemoveFavoriteFoodResponses[keyof RemoveFavoriteFoodResponses];

export type AddFavoriteFoodData = {
    body?: never;
    headers?: {
        /**
         * The `id` of the user that this write is meant for. When somebody else is signed in by now, for example in another tab of the browser,
         * nothing is written and the response is 409 `wrong_user`. Without it, the write is for whoever is signed in.
         *
         */
        'X-Expected-User-Id'?: string;
    };
    path: {
        /**
         * The food.
         */
        id: string;
    };
    query?: never;
    url: '/api/v1/nutrition/foods/{id}/favorite';
};

export type AddFavoriteFoodErrors = {
    /**
     * The request does not match the contract; `errors` names the fields.
     */
    400: Problem;
    /**
     * No one is signed in, or the session has ended.
     */
    401: Problem;
    /**
     * A browser sent this write with cookies from an origin that the server does not trust.
     */
    403: Problem;
    /**
     * The food does not exist, or it is not yours.
     */
    404: Problem;
    /**
     * Another user is signed in than `X-Expected-User-Id` says. Nothing was written.
     */
    409: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * A server error. It is logged with its `request_id`.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
     */
    503: Problem;
};

export type AddFavoriteFoodError = AddFavoriteFoodErrors[keyof AddFavoriteFoodErrors];

export type AddFavoriteFoodResponses = {
    /**
     * The food is a favourite now.
     */
    204: void;
};

export type AddFavoriteFoodResponse = AddFavoriteFoodResponses[keyof AddFavoriteFoodResponses];

export type ListMealsData = {
    body?: never;
    path?: never;
    query?: {
        /**
         * The first local day, 1900 to 2199 (422 `date_out_of_range`).
         */
        from?: string;
        /**
         * The last local day; not before `from` (422 `reversed_range`).
         */
        to?: string;
        /**
         * Only meals of this kind.
         */
        meal_type?: MealType;
        /**
         * The maximum number of entries of the page.
         */
        limit?: number;
        /**
         * The `next_cursor` of the previous page. Opaque; any other value is 400 `invalid_cursor`.
         */
        cursor?: string;
    };
    url: '/api/v1/nutrition/meals';
};

export type ListMealsErrors = {
    /**
     * The request does not match the contract; `errors` names the fields.
     */
    400: Problem;
    /**
     * No one is signed in, or the session has ended.
     */
    401: Problem;
    /**
     * The request matches its schema and breaks a rule that the schema cannot express; `errors` names the fields.
     */
    422: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * A server error. It is logged with its `request_id`.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
     */
    503: Problem;
};

export type ListMealsError = ListMealsErrors[keyof ListMealsErrors];

export type ListMealsResponses = {
    /**
     * A page of meals.
     */
    200: MealPage;
};

export type ListMealsResponse = ListMealsResponses[keyof ListMealsResponses];

export type CreateMealData = {
    body: MealCreate;
    headers?: {
        /**
         * Makes it safe to retry this write: make one random key (a UUID) per intention and send it with every attempt. For 24 hours the same key with the same request returns the
         * first response again, with `Idempotent-Replayed: true`. The same key with another request is 422 `idempotency_mismatch`; while the first attempt is running it is 409 `idempotency_in_progress`.
         * A request that was refused (4xx) has written nothing, and its key can be used again.
         *
         */
        'Idempotency-Key'?: string;
        /**
         * The `id` of the user that this write is meant for. When somebody else is signed in by now, for example in another tab of the browser,
         * nothing is written and the response is 409 `wrong_user`. Without it, the write is for whoever is signed in.
         *
         */
        'X-Expected-User-Id'?: string;
    };
    path?: never;
    query?: never;
    url: '/api/v1/nutrition/meals';
};

export type CreateMealErrors = {
    /**
     * The request does not match the contract; `errors` names the fields.
     */
    400: Problem;
    /**
     * No one is signed in, or the session has ended.
     */
    401: Problem;
    /**
     * A browser sent this write with cookies from an origin that the server does not trust.
     */
    403: Problem;
    /**
     * A food or serving does not exist, or is not yours; `errors` says in which item.
     */
    404: Problem;
    /**
     * The body did not arrive in time. Nothing was written; the request can be sent again.
     */
    408: Problem;
    /**
     * A request with the same `Idempotency-Key` is still running, or the `id` you sent exists already. This request has written nothing.
     */
    409: Problem;
    /**
     * The body is larger than this operation takes; `detail` names the limit. It is twice what the longest valid body needs, at least 4 KiB and at most 1 MiB.
     */
    413: Problem;
    /**
     * The body is not `application/json`.
     */
    415: Problem;
    /**
     * The request breaks a rule that its schema cannot express (`errors` names the fields), or its `Idempotency-Key` was used for another request.
     */
    422: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * A server error. It is logged with its `request_id`.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
     */
    503: Problem;
};

export type CreateMealError = CreateMealErrors[keyof CreateMealErrors];

export type CreateMealResponses = {
    /**
     * The meal as it was stored.
     */
    201: Meal;
};

export type CreateMealResponse = CreateMealResponses[keyof CreateMealResponses];

export type DeleteMealData = {
    body?: never;
    headers?: {
        /**
         * The `ETag` of the version you read (with its quotes), a list of ETags, or `*`. When the resource has changed since, nothing is written and the response is 412.
         */
        'If-Match'?: string;
        /**
         * The `id` of the user that this write is meant for. When somebody else is signed in by now, for example in another tab of the browser,
         * nothing is written and the response is 409 `wrong_user`. Without it, the write is for whoever is signed in.
         *
         */
        'X-Expected-User-Id'?: string;
    };
    path: {
        /**
         * The meal.
         */
        id: string;
    };
    query?: never;
    url: '/api/v1/nutrition/meals/{id}';
};

export type DeleteMealErrors = {
    /**
     * The request does not match the contract; `errors` names the fields.
     */
    400: Problem;
    /**
     * No one is signed in, or the session has ended.
     */
    401: Problem;
    /**
     * A browser sent this write with cookies from an origin that the server does not trust.
     */
    403: Problem;
    /**
     * The meal, its item, or a food that the request names does not exist, or is not yours.
     */
    404: Problem;
    /**
     * Another user is signed in than `X-Expected-User-Id` says. Nothing was written.
     */
    409: Problem;
    /**
     * The resource has changed since the version in `If-Match`; nothing was written. Read it again and repeat the change.
     */
    412: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * A server error. It is logged with its `request_id`.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
     */
    503: Problem;
};

export type DeleteMealError = DeleteMealErrors[keyof DeleteMealErrors];

export type DeleteMealResponses = {
    /**
     * Deleted.
     */
    204: void;
};

export type DeleteMealResponse = DeleteMealResponses[keyof DeleteMealResponses];

export type GetMealData = {
    body?: never;
    headers?: {
        /**
         * The `ETag` of your copy (with its quotes). While it is current, the response is 304 without a body.
         */
        'If-None-Match'?: string;
    };
    path: {
        /**
         * The meal.
         */
        id: string;
    };
    query?: never;
    url: '/api/v1/nutrition/meals/{id}';
};

export type GetMealErrors = {
    /**
     * The request does not match the contract; `errors` names the fields.
     */
    400: Problem;
    /**
     * No one is signed in, or the session has ended.
     */
    401: Problem;
    /**
     * The meal, its item, or a food that the request names does not exist, or is not yours.
     */
    404: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * A server error. It is logged with its `request_id`.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
     */
    503: Problem;
};

export type GetMealError = GetMealErrors[keyof GetMealErrors];

export type GetMealResponses = {
    /**
     * The meal.
     */
    200: Meal;
};

export type GetMealResponse = GetMealResponses[keyof GetMealResponses];

export type UpdateMealData = {
    body: MealPatch;
    headers?: {
        /**
         * The `ETag` of the version you read (with its quotes), a list of ETags, or `*`. When the resource has changed since, nothing is written and the response is 412.
         */
        'If-Match'?: string;
        /**
         * The `id` of the user that this write is meant for. When somebody else is signed in by now, for example in another tab of the browser,
         * nothing is written and the response is 409 `wrong_user`. Without it, the write is for whoever is signed in.
         *
         */
        'X-Expected-User-Id'?: string;
    };
    path: {
        /**
         * The meal.
         */
        id: string;
    };
    query?: never;
    url: '/api/v1/nutrition/meals/{id}';
};

export type UpdateMealErrors = {
    /**
     * The request does not match the contract; `errors` names the fields.
     */
    400: Problem;
    /**
     * No one is signed in, or the session has ended.
     */
    401: Problem;
    /**
     * A browser sent this write with cookies from an origin that the server does not trust.
     */
    403: Problem;
    /**
     * The meal, its item, or a food that the request names does not exist, or is not yours.
     */
    404: Problem;
    /**
     * The body did not arrive in time. Nothing was written; the request can be sent again.
     */
    408: Problem;
    /**
     * Another user is signed in than `X-Expected-User-Id` says. Nothing was written.
     */
    409: Problem;
    /**
     * The resource has changed since the version in `If-Match`; nothing was written. Read it again and repeat the change.
     */
    412: Problem;
    /**
     * The body is larger than this operation takes; `detail` names the limit. It is twice what the longest valid body needs, at least 4 KiB and at most 1 MiB.
     */
    413: Problem;
    /**
     * The body is not `application/json`.
     */
    415: Problem;
    /**
     * The request matches its schema and breaks a rule that the schema cannot express; `errors` names the fields.
     */
    422: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * A server error. It is logged with its `request_id`.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
     */
    503: Problem;
};

export type UpdateMealError = UpdateMealErrors[keyof UpdateMealErrors];

export type UpdateMealResponses = {
    /**
     * The meal after the change.
     */
    200: Meal;
};

export type UpdateMealResponse = UpdateMealResponses[keyof UpdateMealResponses];

export type RestoreMealData = {
    body?: never;
    headers?: {
        /**
         * Makes it safe to retry this write: make one random key (a UUID) per intention and send it with every attempt. For 24 hours the same key with the same request returns the
         * first response again, with `Idempotent-Replayed: true`. The same key with another request is 422 `idempotency_mismatch`; while the first attempt is running it is 409 `idempotency_in_progress`.
         * A request that was refused (4xx) has written nothing, and its key can be used again.
         *
         */
        'Idempotency-Key'?: string;
        /**
         * The `id` of the user that this write is meant for. When somebody else is signed in by now, for example in another tab of the browser,
         * nothing is written and the response is 409 `wrong_user`. Without it, the write is for whoever is signed in.
         *
         */
        'X-Expected-User-Id'?: string;
    };
    path: {
        /**
         * The meal.
         */
        id: string;
    };
    query?: never;
    url: '/api/v1/nutrition/meals/{id}/restore';
};

export type RestoreMealErrors = {
    /**
     * The request does not match the contract; `errors` names the fields.
     */
    400: Problem;
    /**
     * No one is signed in, or the session has ended.
     */
    401: Problem;
    /**
     * A browser sent this write with cookies from an origin that the server does not trust.
     */
    403: Problem;
    /**
     * The meal, its item, or a food that the request names does not exist, or is not yours.
     */
    404: Problem;
    /**
     * A request with the same `Idempotency-Key` is still running, or the `id` you sent exists already. This request has written nothing.
     */
    409: Problem;
    /**
     * The request breaks a rule that its schema cannot express (`errors` names the fields), or its `Idempotency-Key` was used for another request.
     */
    422: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * A server error. It is logged with its `request_id`.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
     */
    503: Problem;
};

export type RestoreMealError = RestoreMealErrors[keyof RestoreMealErrors];

export type RestoreMealResponses = {
    /**
     * The meal, back where it was.
     */
    200: Meal;
};

export type RestoreMealResponse = RestoreMealResponses[keyof RestoreMealResponses];

export type CopyMealData = {
    body: MealCopy;
    headers?: {
        /**
         * Makes it safe to retry this write: make one random key (a UUID) per intention and send it with every attempt. For 24 hours the same key with the same request returns the
         * first response again, with `Idempotent-Replayed: true`. The same key with another request is 422 `idempotency_mismatch`; while the first attempt is running it is 409 `idempotency_in_progress`.
         * A request that was refused (4xx) has written nothing, and its key can be used again.
         *
         */
        'Idempotency-Key'?: string;
        /**
         * The `id` of the user that this write is meant for. When somebody else is signed in by now, for example in another tab of the browser,
         * nothing is written and the response is 409 `wrong_user`. Without it, the write is for whoever is signed in.
         *
         */
        'X-Expected-User-Id'?: string;
    };
    path: {
        /**
         * The meal.
         */
        id: string;
    };
    query?: never;
    url: '/api/v1/nutrition/meals/{id}/copy';
};

export type CopyMealErrors = {
    /**
     * The request does not match the contract; `errors` names the fields.
     */
    400: Problem;
    /**
     * No one is signed in, or the session has ended.
     */
    401: Problem;
    /**
     * A browser sent this write with cookies from an origin that the server does not trust.
     */
    403: Problem;
    /**
     * The meal, its item, or a food that the request names does not exist, or is not yours.
     */
    404: Problem;
    /**
     * The body did not arrive in time. Nothing was written; the request can be sent again.
     */
    408: Problem;
    /**
     * A request with the same `Idempotency-Key` is still running, or the `id` you sent exists already. This request has written nothing.
     */
    409: Problem;
    /**
     * The body is larger than this operation takes; `detail` names the limit. It is twice what the longest valid body needs, at least 4 KiB and at most 1 MiB.
     */
    413: Problem;
    /**
     * The body is not `application/json`.
     */
    415: Problem;
    /**
     * The request breaks a rule that its schema cannot express (`errors` names the fields), or its `Idempotency-Key` was used for another request.
     */
    422: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * A server error. It is logged with its `request_id`.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
     */
    503: Problem;
};

export type CopyMealError = CopyMealErrors[keyof CopyMealErrors];

export type CopyMealResponses = {
    /**
     * The copy.
     */
    201: Meal;
};

export type CopyMealResponse = CopyMealResponses[keyof CopyMealResponses];

export type AddMealItemsData = {
    body: MealItemsCreate;
    headers?: {
        /**
         * The `ETag` of the version you read (with its quotes), a list of ETags, or `*`. When the resource has changed since, nothing is written and the response is 412.
         */
        'If-Match'?: string;
        /**
         * Makes it safe to retry this write: make one random key (a UUID) per intention and send it with every attempt. For 24 hours the same key with the same request returns the
         * first response again, with `Idempotent-Replayed: true`. The same key with another request is 422 `idempotency_mismatch`; while the first attempt is running it is 409 `idempotency_in_progress`.
         * A request that was refused (4xx) has written nothing, and its key can be used again.
         *
         */
        'Idempotency-Key'?: string;
        /**
         * The `id` of the user that this write is meant for. When somebody else is signed in by now, for example in another tab of the browser,
         * nothing is written and the response is 409 `wrong_user`. Without it, the write is for whoever is signed in.
         *
         */
        'X-Expected-User-Id'?: string;
    };
    path: {
        /**
         * The meal.
         */
        id: string;
    };
    query?: never;
    url: '/api/v1/nutrition/meals/{id}/items';
};

export type AddMealItemsErrors = {
    /**
     * The request does not match the contract; `errors` names the fields.
     */
    400: Problem;
    /**
     * No one is signed in, or the session has ended.
     */
    401: Problem;
    /**
     * A browser sent this write with cookies from an origin that the server does not trust.
     */
    403: Problem;
    /**
     * The meal, its item, or a food that the request names does not exist, or is not yours.
     */
    404: Problem;
    /**
     * The body did not arrive in time. Nothing was written; the request can be sent again.
     */
    408: Problem;
    /**
     * A request with the same `Idempotency-Key` is still running, or the `id` you sent exists already. This request has written nothing.
     */
    409: Problem;
    /**
     * The resource has changed since the version in `If-Match`; nothing was written. Read it again and repeat the change.
     */
    412: Problem;
    /**
     * The body is larger than this operation takes; `detail` names the limit. It is twice what the longest valid body needs, at least 4 KiB and at most 1 MiB.
     */
    413: Problem;
    /**
     * The body is not `application/json`.
     */
    415: Problem;
    /**
     * The request breaks a rule that its schema cannot express (`errors` names the fields), or its `Idempotency-Key` was used for another request.
     */
    422: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * A server error. It is logged with its `request_id`.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
     */
    503: Problem;
};

export type AddMealItemsError = AddMealItemsErrors[keyof AddMealItemsErrors];

export type AddMealItemsResponses = {
    /**
     * The meal with the new items.
     */
    201: Meal;
};

export type AddMealItemsResponse = AddMealItemsResponses[keyof AddMealItemsResponses];

export type RefreshMealItemData = {
    body: MealItemRefresh;
    headers?: {
        /**
         * The `ETag` of the version you read (with its quotes), a list of ETags, or `*`. When the resource has changed since, nothing is written and the response is 412.
         */
        'If-Match'?: string;
        /**
         * Makes it safe to retry this write: make one random key (a UUID) per intention and send it with every attempt. For 24 hours the same key with the same request returns the
         * first response again, with `Idempotent-Replayed: true`. The same key with another request is 422 `idempotency_mismatch`; while the first attempt is running it is 409 `idempotency_in_progress`.
         * A request that was refused (4xx) has written nothing, and its key can be used again.
         *
         */
        'Idempotency-Key'?: string;
        /**
         * The `id` of the user that this write is meant for. When somebody else is signed in by now, for example in another tab of the browser,
         * nothing is written and the response is 409 `wrong_user`. Without it, the write is for whoever is signed in.
         *
         */
        'X-Expected-User-Id'?: string;
    };
    path: {
        /**
         * The meal.
         */
        id: string;
        /**
         * The item of the meal.
         */
        item_id: string;
    };
    query?: never;
    url: '/api/v1/nutrition/meals/{id}/items/{item_id}/refresh';
};

export type RefreshMealItemErrors = {
    /**
     * The request does not match the contract; `errors` names the fields.
     */
    400: Problem;
    /**
     * No one is signed in, or the session has ended.
     */
    401: Problem;
    /**
     * A browser sent this write with cookies from an origin that the server does not trust.
     */
    403: Problem;
    /**
     * The meal, its item, or a food that the request names does not exist, or is not yours.
     */
    404: Problem;
    /**
     * The body did not arrive in time. Nothing was written; the request can be sent again.
     */
    408: Problem;
    /**
     * A request with the same `Idempotency-Key` is still running, or the `id` you sent exists already. This request has written nothing.
     */
    409: Problem;
    /**
     * The resource has changed since the version in `If-Match`; nothing was written. Read it again and repeat the change.
     */
    412: Problem;
    /**
     * The body is larger than this operation takes; `detail` names the limit. It is twice what the longest valid body needs, at least 4 KiB and at most 1 MiB.
     */
    413: Problem;
    /**
     * The body is not `application/json`.
     */
    415: Problem;
    /**
     * The request breaks a rule that its schema cannot express (`errors` names the fields), or its `Idempotency-Key` was used for another request.
     */
    422: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * A server error. It is logged with its `request_id`.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
     */
    503: Problem;
};

export type RefreshMealItemError = RefreshMealItemErrors[keyof RefreshMealItemErrors];

export type RefreshMealItemResponses = {
    /**
     * The item before and after.
     */
    200: MealItemRefreshed;
};

export type RefreshMealItemResponse = RefreshMealItemResponses[keyof RefreshMealItemResponses];

export type DeleteMealItemData = {
    body?: never;
    headers?: {
        /**
         * The `ETag` of the version you read (with its quotes), a list of ETags, or `*`. When the resource has changed since, nothing is written and the response is 412.
         */
        'If-Match'?: string;
        /**
         * The `id` of the user that this write is meant for. When somebody else is signed in by now, for example in another tab of the browser,
         * nothing is written and the response is 409 `wrong_user`. Without it, the write is for whoever is signed in.
         *
         */
        'X-Expected-User-Id'?: string;
    };
    path: {
        /**
         * The meal.
         */
        id: string;
        /**
         * The item of the meal.
         */
        item_id: string;
    };
    query?: never;
    url: '/api/v1/nutrition/meals/{id}/items/{item_id}';
};

export type DeleteMealItemErrors = {
    /**
     * The request does not match the contract; `errors` names the fields.
     */
    400: Problem;
    /**
     * No one is signed in, or the session has ended.
     */
    401: Problem;
    /**
     * A browser sent this write with cookies from an origin that the server does not trust.
     */
    403: Problem;
    /**
     * The meal, its item, or a food that the request names does not exist, or is not yours.
     */
    404: Problem;
    /**
     * Another user is signed in than `X-Expected-User-Id` says. Nothing was written.
     */
    409: Problem;
    /**
     * The resource has changed since the version in `If-Match`; nothing was written. Read it again and repeat the change.
     */
    412: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * A server error. It is logged with its `request_id`.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
     */
    503: Problem;
};

export type DeleteMealItemError = DeleteMealItemErrors[keyof DeleteMealItemErrors];

export type DeleteMealItemResponses = {
    /**
     * The meal without the item.
     */
    200: Meal;
};

export type DeleteMealItemResponse = DeleteMealItemResponses[keyof DeleteMealItemResponses];

export type UpdateMealItemData = {
    body: MealItemPatch;
    headers?: {
        /**
         * The `ETag` of the version you read (with its quotes), a list of ETags, or `*`. When the resource has changed since, nothing is written and the response is 412.
         */
        'If-Match'?: string;
        /**
         * The `id` of the user that this write is meant for. When somebody else is signed in by now, for example in another tab of the browser,
         * nothing is written and the response is 409 `wrong_user`. Without it, the write is for whoever is signed in.
         *
         */
        'X-Expected-User-Id'?: string;
    };
    path: {
        /**
         * The meal.
         */
        id: string;
        /**
         * The item of the meal.
         */
        item_id: string;
    };
    query?: never;
    url: '/api/v1/nutrition/meals/{id}/items/{item_id}';
};

export type UpdateMealItemErrors = {
    /**
     * The request does not match the contract; `errors` names the fields.
     */
    400: Problem;
    /**
     * No one is signed in, or the session has ended.
     */
    401: Problem;
    /**
     * A browser sent this write with cookies from an origin that the server does not trust.
     */
    403: Problem;
    /**
     * The meal, its item, or a food that the request names does not exist, or is not yours.
     */
    404: Problem;
    /**
     * The body did not arrive in time. Nothing was written; the request can be sent again.
     */
    408: Problem;
    /**
     * Another user is signed in than `X-Expected-User-Id` says. Nothing was written.
     */
    409: Problem;
    /**
     * The resource has changed since the version in `If-Match`; nothing was written. Read it again and repeat the change.
     */
    412: Problem;
    /**
     * The body is larger than this operation takes; `detail` names the limit. It is twice what the longest valid body needs, at least 4 KiB and at most 1 MiB.
     */
    413: Problem;
    /**
     * The body is not `application/json`.
     */
    415: Problem;
    /**
     * The request matches its schema and breaks a rule that the schema cannot express; `errors` names the fields.
     */
    422: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * A server error. It is logged with its `request_id`.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
     */
    503: Problem;
};

export type UpdateMealItemError = UpdateMealItemErrors[keyof UpdateMealItemErrors];

export type UpdateMealItemResponses = {
    /**
     * The meal after the change.
     */
    200: Meal;
};

export type UpdateMealItemResponse = UpdateMealItemResponses[keyof UpdateMealItemResponses];

export type ListNutritionDaysData = {
    body?: never;
    path?: never;
    query: {
        /**
         * The first local day, 1900 to 2199 (422 `date_out_of_range`).
         */
        from: string;
        /**
         * The last local day; not before `from` (422 `reversed_range`) and within 366 days (422 `range_too_long`).
         */
        to: string;
    };
    url: '/api/v1/nutrition/days';
};

export type ListNutritionDaysErrors = {
    /**
     * The request does not match the contract; `errors` names the fields.
     */
    400: Problem;
    /**
     * No one is signed in, or the session has ended.
     */
    401: Problem;
    /**
     * The request matches its schema and breaks a rule that the schema cannot express; `errors` names the fields.
     */
    422: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * A server error. It is logged with its `request_id`.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
     */
    503: Problem;
};

export type ListNutritionDaysError = ListNutritionDaysErrors[keyof ListNutritionDaysErrors];

export type ListNutritionDaysResponses = {
    /**
     * The days and their weeks.
     */
    200: NutritionRange;
};

export type ListNutritionDaysResponse = ListNutritionDaysResponses[keyof ListNutritionDaysResponses];

export type GetNutritionDayData = {
    body?: never;
    path: {
        /**
         * A local day, 1900 to 2199 (422 `date_out_of_range`), or `today` in your profile's zone.
         */
        date: string;
    };
    query?: never;
    url: '/api/v1/nutrition/days/{date}';
};

export type GetNutritionDayErrors = {
    /**
     * The request does not match the contract; `errors` names the fields.
     */
    400: Problem;
    /**
     * No one is signed in, or the session has ended.
     */
    401: Problem;
    /**
     * The request matches its schema and breaks a rule that the schema cannot express; `errors` names the fields.
     */
    422: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * A server error. It is logged with its `request_id`.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
     */
    503: Problem;
};

export type GetNutritionDayError = GetNutritionDayErrors[keyof GetNutritionDayErrors];

export type GetNutritionDayResponses = {
    /**
     * The day.
     */
    200: NutritionDay;
};

export type GetNutritionDayResponse = GetNutritionDayResponses[keyof GetNutritionDayResponses];

export type CopyNutritionDayData = {
    body: NutritionDayCopy;
    headers?: {
        /**
         * Makes it safe to retry this write: make one random key (a UUID) per intention and send it with every attempt. For 24 hours the same key with the same request returns the
         * first response again, with `Idempotent-Replayed: true`. The same key with another request is 422 `idempotency_mismatch`; while the first attempt is running it is 409 `idempotency_in_progress`.
         * A request that was refused (4xx) has written nothing, and its key can be used again.
         *
         */
        'Idempotency-Key'?: string;
        /**
         * The `id` of the user that this write is meant for. When somebody else is signed in by now, for example in another tab of the browser,
         * nothing is written and the response is 409 `wrong_user`. Without it, the write is for whoever is signed in.
         *
         */
        'X-Expected-User-Id'?: string;
    };
    path: {
        /**
         * A local day, 1900 to 2199 (422 `date_out_of_range`), or `today` in your profile's zone.
         */
        date: string;
    };
    query?: never;
    url: '/api/v1/nutrition/days/{date}/copy';
};

export type CopyNutritionDayErrors = {
    /**
     * The request does not match the contract; `errors` names the fields.
     */
    400: Problem;
    /**
     * No one is signed in, or the session has ended.
     */
    401: Problem;
    /**
     * A browser sent this write with cookies from an origin that the server does not trust.
     */
    403: Problem;
    /**
     * The body did not arrive in time. Nothing was written; the request can be sent again.
     */
    408: Problem;
    /**
     * A request with the same `Idempotency-Key` is still running, or the `id` you sent exists already. This request has written nothing.
     */
    409: Problem;
    /**
     * The body is larger than this operation takes; `detail` names the limit. It is twice what the longest valid body needs, at least 4 KiB and at most 1 MiB.
     */
    413: Problem;
    /**
     * The body is not `application/json`.
     */
    415: Problem;
    /**
     * The request breaks a rule that its schema cannot express (`errors` names the fields), or its `Idempotency-Key` was used for another request.
     */
    422: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * A server error. It is logged with its `request_id`.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
     */
    503: Problem;
};

export type CopyNutritionDayError = CopyNutritionDayErrors[keyof CopyNutritionDayErrors];

export type CopyNutritionDayResponses = {
    /**
     * The copies.
     */
    201: MealCopies;
};

export type CopyNutritionDayResponse = CopyNutritionDayResponses[keyof CopyNutritionDayResponses];

export type ListMeasurementsData = {
    body?: never;
    path?: never;
    query?: {
        /**
         * The first local day, 1900 to 2199 (422 `date_out_of_range`).
         */
        from?: string;
        /**
         * The last local day; not before `from` (422 `reversed_range`).
         */
        to?: string;
        /**
         * The maximum number of entries of the page.
         */
        limit?: number;
        /**
         * The `next_cursor` of the previous page. Opaque; any other value is 400 `invalid_cursor`.
         */
        cursor?: string;
    };
    url: '/api/v1/body/measurements';
};

export type ListMeasurementsErrors = {
    /**
     * The request does not match the contract; `errors` names the fields.
     */
    400: Problem;
    /**
     * No one is signed in, or the session has ended.
     */
    401: Problem;
    /**
     * The request matches its schema and breaks a rule that the schema cannot express; `errors` names the fields.
     */
    422: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * A server error. It is logged with its `request_id`.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
     */
    503: Problem;
};

export type ListMeasurementsError = ListMeasurementsErrors[keyof ListMeasurementsErrors];

export type ListMeasurementsResponses = {
    /**
     * A page of measurements.
     */
    200: MeasurementPage;
};

export type ListMeasurementsResponse = ListMeasurementsResponses[keyof ListMeasurementsResponses];

export type CreateMeasurementData = {
    body: MeasurementCreate;
    headers?: {
        /**
         * Makes it safe to retry this write: make one random key (a UUID) per intention and send it with every attempt. For 24 hours the same key with the same request returns the
         * first response again, with `Idempotent-Replayed: true`. The same key with another request is 422 `idempotency_mismatch`; while the first attempt is running it is 409 `idempotency_in_progress`.
         * A request that was refused (4xx) has written nothing, and its key can be used again.
         *
         */
        'Idempotency-Key'?: string;
        /**
         * The `id` of the user that this write is meant for. When somebody else is signed in by now, for example in another tab of the browser,
         * nothing is written and the response is 409 `wrong_user`. Without it, the write is for whoever is signed in.
         *
         */
        'X-Expected-User-Id'?: string;
    };
    path?: never;
    query?: never;
    url: '/api/v1/body/measurements';
};

export type CreateMeasurementErrors = {
    /**
     * The request does not match the contract; `errors` names the fields.
     */
    400: Problem;
    /**
     * No one is signed in, or the session has ended.
     */
    401: Problem;
    /**
     * A browser sent this write with cookies from an origin that the server does not trust.
     */
    403: Problem;
    /**
     * The body did not arrive in time. Nothing was written; the request can be sent again.
     */
    408: Problem;
    /**
     * A request with the same `Idempotency-Key` is still running, or the `id` you sent exists already. This request has written nothing.
     */
    409: Problem;
    /**
     * The body is larger than this operation takes; `detail` names the limit. It is twice what the longest valid body needs, at least 4 KiB and at most 1 MiB.
     */
    413: Problem;
    /**
     * The body is not `application/json`.
     */
    415: Problem;
    /**
     * The request breaks a rule that its schema cannot express (`errors` names the fields), or its `Idempotency-Key` was used for another request.
     */
    422: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * A server error. It is logged with its `request_id`.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
     */
    503: Problem;
};

export type CreateMeasurementError = CreateMeasurementErrors[keyof CreateMeasurementErrors];

export type CreateMeasurementResponses = {
    /**
     * Another app's record that is known already, as it is stored now.
     */
    200: MeasurementWritten;
    /**
     * The measurement as it was stored.
     */
    201: MeasurementWritten;
};

export type CreateMeasurementResponse = CreateMeasurementResponses[keyof CreateMeasurementResponses];

export type DeleteMeasurementData = {
    body?: never;
    headers?: {
        /**
         * The `ETag` of the version you read (with its quotes), a list of ETags, or `*`. When the resource has changed since, nothing is written and the response is 412.
         */
        'If-Match'?: string;
        /**
         * The `id` of the user that this write is meant for. When somebody else is signed in by now, for example in another tab of the browser,
         * nothing is written and the response is 409 `wrong_user`. Without it, the write is for whoever is signed in.
         *
         */
        'X-Expected-User-Id'?: string;
    };
    path: {
        /**
         * The measurement.
         */
        id: string;
    };
    query?: never;
    url: '/api/v1/body/measurements/{id}';
};

export type DeleteMeasurementErrors = {
    /**
     * The request does not match the contract; `errors` names the fields.
     */
    400: Problem;
    /**
     * No one is signed in, or the session has ended.
     */
    401: Problem;
    /**
     * A browser sent this write with cookies from an origin that the server does not trust.
     */
    403: Problem;
    /**
     * The measurement does not exist, or is not yours.
     */
    404: Problem;
    /**
     * Another user is signed in than `X-Expected-User-Id` says. Nothing was written.
     */
    409: Problem;
    /**
     * The resource has changed since the version in `If-Match`; nothing was written. Read it again and repeat the change.
     */
    412: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * A server error. It is logged with its `request_id`.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
     */
    503: Problem;
};

export type DeleteMeasurementError = DeleteMeasurementErrors[keyof DeleteMeasurementErrors];

export type DeleteMeasurementResponses = {
    /**
     * Deleted.
     */
    204: void;
};

export type DeleteMeasurementResponse = DeleteMeasurementResponses[keyof DeleteMeasurementResponses];

export type GetMeasurementData = {
    body?: never;
    headers?: {
        /**
         * The `ETag` of your copy (with its quotes). While it is current, the response is 304 without a body.
         */
        'If-None-Match'?: string;
    };
    path: {
        /**
         * The measurement.
         */
        id: string;
    };
    query?: never;
    url: '/api/v1/body/measurements/{id}';
};

export type GetMeasurementErrors = {
    /**
     * The request does not match the contract; `errors` names the fields.
     */
    400: Problem;
    /**
     * No one is signed in, or the session has ended.
     */
    401: Problem;
    /**
     * The measurement does not exist, or is not yours.
     */
    404: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * A server error. It is logged with its `request_id`.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
     */
    503: Problem;
};

export type GetMeasurementError = GetMeasurementErrors[keyof GetMeasurementErrors];

export type GetMeasurementResponses = {
    /**
     * The measurement.
     */
    200: Measurement;
};

export type GetMeasurementResponse = GetMeasurementResponses[keyof GetMeasurementResponses];

export type UpdateMeasurementData = {
    body: MeasurementPatch;
    headers?: {
        /**
         * The `ETag` of the version you read (with its quotes), a list of ETags, or `*`. When the resource has changed since, nothing is written and the response is 412.
         */
        'If-Match'?: string;
        /**
         * The `id` of the user that this write is meant for. When somebody else is signed in by now, for example in another tab of the browser,
         * nothing is written and the response is 409 `wrong_user`. Without it, the write is for whoever is signed in.
         *
         */
        'X-Expected-User-Id'?: string;
    };
    path: {
        /**
         * The measurement.
         */
        id: string;
    };
    query?: never;
    url: '/api/v1/body/measurements/{id}';
};

export type UpdateMeasurementErrors = {
    /**
     * The request does not match the contract; `errors` names the fields.
     */
    400: Problem;
    /**
     * No one is signed in, or the session has ended.
     */
    401: Problem;
    /**
     * A browser sent this write with cookies from an origin that the server does not trust.
     */
    403: Problem;
    /**
     * The measurement does not exist, or is not yours.
     */
    404: Problem;
    /**
     * The body did not arrive in time. Nothing was written; the request can be sent again.
     */
    408: Problem;
    /**
     * Another user is signed in than `X-Expected-User-Id` says. Nothing was written.
     */
    409: Problem;
    /**
     * The resource has changed since the version in `If-Match`; nothing was written. Read it again and repeat the change.
     */
    412: Problem;
    /**
     * The body is larger than this operation takes; `detail` names the limit. It is twice what the longest valid body needs, at least 4 KiB and at most 1 MiB.
     */
    413: Problem;
    /**
     * The body is not `application/json`.
     */
    415: Problem;
    /**
     * The request matches its schema and breaks a rule that the schema cannot express; `errors` names the fields.
     */
    422: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * A server error. It is logged with its `request_id`.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
     */
    503: Problem;
};

export type UpdateMeasurementError = UpdateMeasurementErrors[keyof UpdateMeasurementErrors];

export type UpdateMeasurementResponses = {
    /**
     * The measurement after the change.
     */
    200: MeasurementWritten;
};

export type UpdateMeasurementResponse = UpdateMeasurementResponses[keyof UpdateMeasurementResponses];

export type RestoreMeasurementData = {
    body?: never;
    headers?: {
        /**
         * Makes it safe to retry this write: make one random key (a UUID) per intention and send it with every attempt. For 24 hours the same key with the same request returns the
         * first response again, with `Idempotent-Replayed: true`. The same key with another request is 422 `idempotency_mismatch`; while the first attempt is running it is 409 `idempotency_in_progress`.
         * A request that was refused (4xx) has written nothing, and its key can be used again.
         *
         */
        'Idempotency-Key'?: string;
        /**
         * The `id` of the user that this write is meant for. When somebody else is signed in by now, for example in another tab of the browser,
         * nothing is written and the response is 409 `wrong_user`. Without it, the write is for whoever is signed in.
         *
         */
        'X-Expected-User-Id'?: string;
    };
    path: {
        /**
         * The measurement.
         */
        id: string;
    };
    query?: never;
    url: '/api/v1/body/measurements/{id}/restore';
};

export type RestoreMeasurementErrors = {
    /**
     * The request does not match the contract; `errors` names the fields.
     */
    400: Problem;
    /**
     * No one is signed in, or the session has ended.
     */
    401: Problem;
    /**
     * A browser sent this write with cookies from an origin that the server does not trust.
     */
    403: Problem;
    /**
     * The measurement does not exist, or is not yours.
     */
    404: Problem;
    /**
     * A request with the same `Idempotency-Key` is still running, or the `id` you sent exists already. This request has written nothing.
     */
    409: Problem;
    /**
     * The request breaks a rule that its schema cannot express (`errors` names the fields), or its `Idempotency-Key` was used for another request.
     */
    422: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * A server error. It is logged with its `request_id`.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
     */
    503: Problem;
};

export type RestoreMeasurementError = RestoreMeasurementErrors[keyof RestoreMeasurementErrors];

export type RestoreMeasurementResponses = {
    /**
     * The measurement, back where it was.
     */
    200: MeasurementWritten;
};

export type RestoreMeasurementResponse = RestoreMeasurementResponses[keyof RestoreMeasurementResponses];

export type ListActivitiesData = {
    body?: never;
    path?: never;
    query?: {
        /**
         * The first local day, 1900 to 2199 (422 `date_out_of_range`).
         */
        from?: string;
        /**
         * The last local day; not before `from` (422 `reversed_range`).
         */
        to?: string;
        /**
         * Only activities of this category.
         */
        category?: ActivityCategory;
        /**
         * The maximum number of entries of the page.
         */
        limit?: number;
        /**
         * The `next_cursor` of the previous page. Opaque; any other value is 400 `invalid_cursor`.
         */
        cursor?: string;
    };
    url: '/api/v1/activities';
};

export type ListActivitiesErrors = {
    /**
     * The request does not match the contract; `errors` names the fields.
     */
    400: Problem;
    /**
     * No one is signed in, or the session has ended.
     */
    401: Problem;
    /**
     * The request matches its schema and breaks a rule that the schema cannot express; `errors` names the fields.
     */
    422: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * A server error. It is logged with its `request_id`.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
     */
    503: Problem;
};

export type ListActivitiesError = ListActivitiesErrors[keyof ListActivitiesErrors];

export type ListActivitiesResponses = {
    /**
     * A page of activities.
     */
    200: ActivityPage;
};

export type ListActivitiesResponse = ListActivitiesResponses[keyof ListActivitiesResponses];

export type CreateActivityData = {
    body: ActivityCreate;
    headers?: {
        /**
         * Makes it safe to retry this write: make one random key (a UUID) per intention and send it with every attempt. For 24 hours the same key with the same request returns the
         * first response again, with `Idempotent-Replayed: true`. The same key with another request is 422 `idempotency_mismatch`; while the first attempt is running it is 409 `idempotency_in_progress`.
         * A request that was refused (4xx) has written nothing, and its key can be used again.
         *
         */
        'Idempotency-Key'?: string;
        /**
         * The `id` of the user that this write is meant for. When somebody else is signed in by now, for example in another tab of the browser,
         * nothing is written and the response is 409 `wrong_user`. Without it, the write is for whoever is signed in.
         *
         */
        'X-Expected-User-Id'?: string;
    };
    path?: never;
    query?: never;
    url: '/api/v1/activities';
};

export type CreateActivityErrors = {
    /**
     * The request does not match the contract; `errors` names the fields.
     */
    400: Problem;
    /**
     * No one is signed in, or the session has ended.
     */
    401: Problem;
    /**
     * A browser sent this write with cookies from an origin that the server does not trust.
     */
    403: Problem;
    /**
     * The activity, or the whole that `parent_id` names, does not exist or is not yours.
     */
    404: Problem;
    /**
     * The body did not arrive in time. Nothing was written; the request can be sent again.
     */
    408: Problem;
    /**
     * A request with the same `Idempotency-Key` is still running, the `id` you sent exists already, or the record was deleted here. This request has written nothing.
     *
     */
    409: Problem;
    /**
     * The body is larger than this operation takes; `detail` names the limit. It is twice what the longest valid body needs, at least 4 KiB and at most 1 MiB.
     */
    413: Problem;
    /**
     * The body is not `application/json`.
     */
    415: Problem;
    /**
     * The request breaks a rule that its schema cannot express (`errors` names the fields), or its `Idempotency-Key` was used for another request.
     */
    422: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * A server error. It is logged with its `request_id`.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
     */
    503: Problem;
};

export type CreateActivityError = CreateActivityErrors[keyof CreateActivityErrors];

export type CreateActivityResponses = {
    /**
     * The activity that has this `external_id` already, as it is stored now.
     */
    200: Activity;
    /**
     * The activity as it was stored.
     */
    201: Activity;
};

export type CreateActivityResponse = CreateActivityResponses[keyof CreateActivityResponses];

export type GetActivitySummaryData = {
    body?: never;
    path?: never;
    query?: {
        /**
         * A local day, or `today` in your profile's zone. Send it, or `from` and `to`.
         */
        date?: string;
        /**
         * The first local day, 1900 to 2199 (422 `date_out_of_range`).
         */
        from?: string;
        /**
         * The last local day; not before `from` (422 `reversed_range`) and within 366 days (422 `range_too_long`).
         */
        to?: string;
    };
    url: '/api/v1/activities/summary';
};

export type GetActivitySummaryErrors = {
    /**
     * The request does not match the contract; `errors` names the fields.
     */
    400: Problem;
    /**
     * No one is signed in, or the session has ended.
     */
    401: Problem;
    /**
     * The request matches its schema and breaks a rule that the schema cannot express; `errors` names the fields.
     */
    422: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * A server error. It is logged with its `request_id`.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
     */
    503: Problem;
};

export type GetActivitySummaryError = GetActivitySummaryErrors[keyof GetActivitySummaryErrors];

export type GetActivitySummaryResponses = {
    /**
     * The days and their weeks.
     */
    200: ActivitySummary;
};

export type GetActivitySummaryResponse = GetActivitySummaryResponses[keyof GetActivitySummaryResponses];

export type ListExercisesData = {
    body?: never;
    path?: never;
    query?: {
        /**
         * A name or a part of one.
         */
        q?: string;
        /**
         * Only exercises of the catalogue with this primary muscle.
         */
        muscle?: string;
        /**
         * Only exercises of the catalogue with this equipment.
         */
        equipment?: string;
        /**
         * The maximum number of entries. There are no further pages; ask for more, or narrow the query.
         */
        limit?: number;
    };
    url: '/api/v1/activities/exercises';
};

export type ListExercisesErrors = {
    /**
     * The request does not match the contract; `errors` names the fields.
     */
    400: Problem;
    /**
     * No one is signed in, or the session has ended.
     */
    401: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * A server error. It is logged with its `request_id`.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
     */
    503: Problem;
};

export type ListExercisesError = ListExercisesErrors[keyof ListExercisesErrors];

export type ListExercisesResponses = {
    /**
     * The exercises that were found.
     */
    200: ExerciseList;
};

export type ListExercisesResponse = ListExercisesResponses[keyof ListExercisesResponses];

export type CreateExerciseData = {
    body: ExerciseCreate;
    headers?: {
        /**
         * Makes it safe to retry this write: make one random key (a UUID) per intention and send it with every attempt. For 24 hours the same key with the same request returns the
         * first response again, with `Idempotent-Replayed: true`. The same key with another request is 422 `idempotency_mismatch`; while the first attempt is running it is 409 `idempotency_in_progress`.
         * A request that was refused (4xx) has written nothing, and its key can be used again.
         *
         */
        'Idempotency-Key'?: string;
        /**
         * The `id` of the user that this write is meant for. When somebody else is signed in by now, for example in another tab of the browser,
         * nothing is written and the response is 409 `wrong_user`. Without it, the write is for whoever is signed in.
         *
         */
        'X-Expected-User-Id'?: string;
    };
    path?: never;
    query?: never;
    url: '/api/v1/activities/exercises';
};

export type CreateExerciseErrors = {
    /**
     * The request does not match the contract; `errors` names the fields.
     */
    400: Problem;
    /**
     * No one is signed in, or the session has ended.
     */
    401: Problem;
    /**
     * A browser sent this write with cookies from an origin that the server does not trust.
     */
    403: Problem;
    /**
     * The body did not arrive in time. Nothing was written; the request can be sent again.
     */
    408: Problem;
    /**
     * A request with the same `Idempotency-Key` is still running, or the `id` you sent exists already. This request has written nothing.
     */
    409: Problem;
    /**
     * The body is larger than this operation takes; `detail` names the limit. It is twice what the longest valid body needs, at least 4 KiB and at most 1 MiB.
     */
    413: Problem;
    /**
     * The body is not `application/json`.
     */
    415: Problem;
    /**
     * The request breaks a rule that its schema cannot express (`errors` names the fields), or its `Idempotency-Key` was used for another request.
     */
    422: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * A server error. It is logged with its `request_id`.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
     */
    503: Problem;
};

export type CreateExerciseError = CreateExerciseErrors[keyof CreateExerciseErrors];

export type CreateExerciseResponses = {
    /**
     * The exercise.
     */
    201: Exercise;
};

export type CreateExerciseResponse = CreateExerciseResponses[keyof CreateExerciseResponses];

export type DeleteExerciseData = {
    body?: never;
    headers?: {
        /**
         * The `ETag` of the version you read (with its quotes), a list of ETags, or `*`. When the resource has changed since, nothing is written and the response is 412.
         */
        'If-Match'?: string;
        /**
         * The `id` of the user that this write is meant for. When somebody else is signed in by now, for example in another tab of the browser,
         * nothing is written and the response is 409 `wrong_user`. Without it, the write is for whoever is signed in.
         *
         */
        'X-Expected-User-Id'?: string;
    };
    path: {
        /**
         * An exercise of your own. One of the catalogue is 404, because it cannot be changed.
         */
        id: string;
    };
    query?: never;
    url: '/api/v1/activities/exercises/{id}';
};

export type DeleteExerciseErrors = {
    /**
     * The request does not match the contract; `errors` names the fields.
     */
    400: Problem;
    /**
     * No one is signed in, or the session has ended.
     */
    401: Problem;
    /**
     * A browser sent this write with cookies from an origin that the server does not trust.
     */
    403: Problem;
    /**
     * The exercise does not exist, or is not yours.
     */
    404: Problem;
    /**
     * Another user is signed in than `X-Expected-User-Id` says. Nothing was written.
     */
    409: Problem;
    /**
     * The resource has changed since the version in `If-Match`; nothing was written. Read it again and repeat the change.
     */
    412: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * A server error. It is logged with its `request_id`.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
     */
    503: Problem;
};

export type DeleteExerciseError = DeleteExerciseErrors[keyof DeleteExerciseErrors];

export type DeleteExerciseResponses = {
    /**
     * Deleted.
     */
    204: void;
};

export type DeleteExerciseResponse = DeleteExerciseResponses[keyof DeleteExerciseResponses];

export type UpdateExerciseData = {
    body: ExercisePatch;
    headers?: {
        /**
         * The `ETag` of the version you read (with its quotes), a list of ETags, or `*`. When the resource has changed since, nothing is written and the response is 412.
         */
        'If-Match'?: string;
        /**
         * The `id` of the user that this write is meant for. When somebody else is signed in by now, for example in another tab of the browser,
         * nothing is written and the response is 409 `wrong_user`. Without it, the write is for whoever is signed in.
         *
         */
        'X-Expected-User-Id'?: string;
    };
    path: {
        /**
         * An exercise of your own. One of the catalogue is 404, because it cannot be changed.
         */
        id: string;
    };
    query?: never;
    url: '/api/v1/activities/exercises/{id}';
};

export type UpdateExerciseErrors = {
    /**
     * The request does not match the contract; `errors` names the fields.
     */
    400: Problem;
    /**
     * No one is signed in, or the session has ended.
     */
    401: Problem;
    /**
     * A browser sent this write with cookies from an origin that the server does not trust.
     */
    403: Problem;
    /**
     * The exercise does not exist, or is not yours.
     */
    404: Problem;
    /**
     * The body did not arrive in time. Nothing was written; the request can be sent again.
     */
    408: Problem;
    /**
     * You have another exercise of this name, or another user is signed in than `X-Expected-User-Id` says. Nothing was written.
     */
    409: Problem;
    /**
     * The resource has changed since the version in `If-Match`; nothing was written. Read it again and repeat the change.
     */
    412: Problem;
    /**
     * The body is larger than this operation takes; `detail` names the limit. It is twice what the longest valid body needs, at least 4 KiB and at most 1 MiB.
     */
    413: Problem;
    /**
     * The body is not `application/json`.
     */
    415: Problem;
    /**
     * The request matches its schema and breaks a rule that the schema cannot express; `errors` names the fields.
     */
    422: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * A server error. It is logged with its `request_id`.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
     */
    503: Problem;
};

export type UpdateExerciseError = UpdateExerciseErrors[keyof UpdateExerciseErrors];

export type UpdateExerciseResponses = {
    /**
     * The exercise after the change.
     */
    200: Exercise;
};

export type UpdateExerciseResponse = UpdateExerciseResponses[keyof UpdateExerciseResponses];

export type RestoreExerciseData = {
    body?: never;
    headers?: {
        /**
         * Makes it safe to retry this write: make one random key (a UUID) per intention and send it with every attempt. For 24 hours the same key with the same request returns the
         * first response again, with `Idempotent-Replayed: true`. The same key with another request is 422 `idempotency_mismatch`; while the first attempt is running it is 409 `idempotency_in_progress`.
         * A request that was refused (4xx) has written nothing, and its key can be used again.
         *
         */
        'Idempotency-Key'?: string;
        /**
         * The `id` of the user that this write is meant for. When somebody else is signed in by now, for example in another tab of the browser,
         * nothing is written and the response is 409 `wrong_user`. Without it, the write is for whoever is signed in.
         *
         */
        'X-Expected-User-Id'?: string;
    };
    path: {
        /**
         * An exercise of your own. One of the catalogue is 404, because it cannot be changed.
         */
        id: string;
    };
    query?: never;
    url: '/api/v1/activities/exercises/{id}/restore';
};

export type RestoreExerciseErrors = {
    /**
     * The request does not match the contract; `errors` names the fields.
     */
    400: Problem;
    /**
     * No one is signed in, or the session has ended.
     */
    401: Problem;
    /**
     * A browser sent this write with cookies from an origin that the server does not trust.
     */
    403: Problem;
    /**
     * The exercise does not exist, or is not yours.
     */
    404: Problem;
    /**
     * A request with the same `Idempotency-Key` is still running, or the `id` you sent exists already. This request has written nothing.
     */
    409: Problem;
    /**
     * The request breaks a rule that its schema cannot express (`errors` names the fields), or its `Idempotency-Key` was used for another request.
     */
    422: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * A server error. It is logged with its `request_id`.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
     */
    503: Problem;
};

export type RestoreExerciseError = RestoreExerciseErrors[keyof RestoreExerciseErrors];

export type RestoreExerciseResponses = {
    /**
     * The exercise, back in the list.
     */
    200: Exercise;
};

export type RestoreExerciseResponse = RestoreExerciseResponses[keyof RestoreExerciseResponses];

export type GetExerciseHistoryData = {
    body?: never;
    path: {
        /**
         * An exercise of the catalogue, your own, or `name:` and a name.
         */
        id: string;
    };
    query?: {
        /**
         * The maximum number of entries of the page.
         */
        limit?: number;
        /**
         * The `next_cursor` of the previous page. Opaque; any other value is 400 `invalid_cursor`.
         */
        cursor?: string;
    };
    url: '/api/v1/activities/exercises/{id}/history';
};

export type GetExerciseHistoryErrors = {
    /**
     * The request does not match the contract; `errors` names the fields.
     */
    400: Problem;
    /**
     * No one is signed in, or the session has ended.
     */
    401: Problem;
    /**
     * The exercise does not exist, or is not yours.
     */
    404: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * A server error. It is logged with its `request_id`.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
     */
    503: Problem;
};

export type GetExerciseHistoryError = GetExerciseHistoryErrors[keyof GetExerciseHistoryErrors];

export type GetExerciseHistoryResponses = {
    /**
     * The sessions and records.
     */
    200: ExerciseHistory;
};

export type GetExerciseHistoryResponse = GetExerciseHistoryResponses[keyof GetExerciseHistoryResponses];

export type ListActivityCatalogueData = {
    body?: never;
    path?: never;
    query?: {
        /**
         * A name or a part of one, in English, German, French, Spanish or Portuguese, or a code of the Compendium.
         */
        q?: string;
        /**
         * The language of `title`. Names of all five languages are found whatever it is; those in it come first.
         */
        lang?: CatalogueLanguage;
        /**
         * The maximum number of entries. There are no further pages; ask for more, or narrow the query.
         */
        limit?: number;
    };
    url: '/api/v1/activities/catalogue';
};

export type ListActivityCatalogueErrors = {
    /**
     * The request does not match the contract; `errors` names the fields.
     */
    400: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
     */
    503: Problem;
};

export type ListActivityCatalogueError = ListActivityCatalogueErrors[keyof ListActivityCatalogueErrors];

export type ListActivityCatalogueResponses = {
    /**
     * The activities that were found.
     */
    200: ActivityCatalogue;
};

export type ListActivityCatalogueResponse = ListActivityCatalogueResponses[keyof ListActivityCatalogueResponses];

export type ImportActivityData = {
    /**
     * The file, itself or as the part `file` of a form. Its content decides what it is, not its name.
     */
    body: Blob | File;
    headers?: {
        /**
         * `respond-async` lets a file of any size be worked in the background (202). Other preferences have no effect.
         */
        Prefer?: string;
        /**
         * Makes it safe to retry this write: make one random key (a UUID) per intention and send it with every attempt. For 24 hours the same key with the same request returns the
         * first response again, with `Idempotent-Replayed: true`. The same key with another request is 422 `idempotency_mismatch`; while the first attempt is running it is 409 `idempotency_in_progress`.
         * A request that was refused (4xx) has written nothing, and its key can be used again.
         *
         */
        'Idempotency-Key'?: string;
        /**
         * The `id` of the user that this write is meant for. When somebody else is signed in by now, for example in another tab of the browser,
         * nothing is written and the response is 409 `wrong_user`. Without it, the write is for whoever is signed in.
         *
         */
        'X-Expected-User-Id'?: string;
    };
    path?: never;
    query?: {
        /**
         * Write nothing and return what would be stored.
         */
        dry_run?: boolean;
        /**
         * Store what can be read of a damaged file.
         */
        allow_damaged?: boolean;
        /**
         * When the recording started, for a device whose clock was never set or is years wrong (422 `file_time_unknown`). It is not used when the file knows its time.
         */
        started_at?: string;
        /**
         * Positions within this many metres of where the track begins and of where it ends are never returned. At the import it is stored with the activity; when reading, the largest of that, this one and
         * the profile's `privacy_radius_m` counts.
         *
         */
        privacy_radius_m?: number;
    };
    url: '/api/v1/activities/import';
};

export type ImportActivityErrors = {
    /**
     * The request does not match the contract; `errors` names the fields.
     */
    400: Problem;
    /**
     * No one is signed in, or the session has ended.
     */
    401: Problem;
    /**
     * A browser sent this write with cookies from an origin that the server does not trust.
     */
    403: Problem;
    /**
     * The body did not arrive in time. Nothing was written; the request can be sent again.
     */
    408: Problem;
    /**
     * A request with the same `Idempotency-Key` is still running, or the `id` you sent exists already. This request has written nothing.
     */
    409: Problem;
    /**
     * The body is larger than this operation takes; `detail` names the limit. It is twice what the longest valid body needs, at least 4 KiB and at most 1 MiB.
     */
    413: Problem;
    /**
     * The body is not `application/json`.
     */
    415: Problem;
    /**
     * The file cannot be imported, or the `Idempotency-Key` was used for another request. Nothing was written.
     */
    422: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * A server error. It is logged with its `request_id`.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
     */
    503: Problem;
};

export type ImportActivityError = ImportActivityErrors[keyof ImportActivityErrors];

export type ImportActivityResponses = {
    /**
     * The activities exist already, or this was a dry run.
     */
    200: ActivityImport;
    /**
     * The activities were stored.
     */
    201: ActivityImport;
    /**
     * The file is stored and will be worked in the background. `Location` is the path of the task.
     */
    202: ImportTask;
};

export type ImportActivityResponse = ImportActivityResponses[keyof ImportActivityResponses];

export type GetActivityImportData = {
    body?: never;
    path: {
        /**
         * The import.
         */
        id: string;
    };
    query?: {
        /**
         * How many seconds to wait for the end of the import.
         */
        wait?: number;
    };
    url: '/api/v1/activities/imports/{id}';
};

export type GetActivityImportErrors = {
    /**
     * The request does not match the contract; `errors` names the fields.
     */
    400: Problem;
    /**
     * No one is signed in, or the session has ended.
     */
    401: Problem;
    /**
     * The import does not exist, is not yours, or was erased with its activities or after 7 days.
     */
    404: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * A server error. It is logged with its `request_id`.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
     */
    503: Problem;
};

export type GetActivityImportError = GetActivityImportErrors[keyof GetActivityImportErrors];

export type GetActivityImportResponses = {
    /**
     * The import.
     */
    200: ImportTask;
};

export type GetActivityImportResponse = GetActivityImportResponses[keyof GetActivityImportResponses];

export type DeleteActivityData = {
    body?: never;
    headers?: {
        /**
         * The `ETag` of the version you read (with its quotes), a list of ETags, or `*`. When the resource has changed since, nothing is written and the response is 412.
         */
        'If-Match'?: string;
        /**
         * The `id` of the user that this write is meant for. When somebody else is signed in by now, for example in another tab of the browser,
         * nothing is written and the response is 409 `wrong_user`. Without it, the write is for whoever is signed in.
         *
         */
        'X-Expected-User-Id'?: string;
    };
    path: {
        /**
         * The activity.
         */
        id: string;
    };
    query?: never;
    url: '/api/v1/activities/{id}';
};

export type DeleteActivityErrors = {
    /**
     * The request does not match the contract; `errors` names the fields.
     */
    400: Problem;
    /**
     * No one is signed in, or the session has ended.
     */
    401: Problem;
    /**
     * A browser sent this write with cookies from an origin that the server does not trust.
     */
    403: Problem;
    /**
     * The activity, or the whole that `parent_id` names, does not exist or is not yours.
     */
    404: Problem;
    /**
     * Another user is signed in than `X-Expected-User-Id` says. Nothing was written.
     */
    409: Problem;
    /**
     * The resource has changed since the version in `If-Match`; nothing was written. Read it again and repeat the change.
     */
    412: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * A server error. It is logged with its `request_id`.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
     */
    503: Problem;
};

export type DeleteActivityError = DeleteActivityErrors[keyof DeleteActivityErrors];

export type DeleteActivityResponses = {
    /**
     * Deleted.
     */
    204: void;
};

export type DeleteActivityResponse = DeleteActivityResponses[keyof DeleteActivityResponses];

export type GetActivityData = {
    body?: never;
    headers?: {
        /**
         * The `ETag` of your copy (with its quotes). While it is current, the response is 304 without a body.
         */
        'If-None-Match'?: string;
    };
    path: {
        /**
         * The activity.
         */
        id: string;
    };
    query?: never;
    url: '/api/v1/activities/{id}';
};

export type GetActivityErrors = {
    /**
     * The request does not match the contract; `errors` names the fields.
     */
    400: Problem;
    /**
     * No one is signed in, or the session has ended.
     */
    401: Problem;
    /**
     * The activity, or the whole that `parent_id` names, does not exist or is not yours.
     */
    404: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * A server error. It is logged with its `request_id`.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
     */
    503: Problem;
};

export type GetActivityError = GetActivityErrors[keyof GetActivityErrors];

export type GetActivityResponses = {
    /**
     * The activity.
     */
    200: Activity;
};

export type GetActivityResponse = GetActivityResponses[keyof GetActivityResponses];

export type UpdateActivityData = {
    body: ActivityPatch;
    headers?: {
        /**
         * The `ETag` of the version you read (with its quotes), a list of ETags, or `*`. When the resource has changed since, nothing is written and the response is 412.
         */
        'If-Match'?: string;
        /**
         * The `id` of the user that this write is meant for. When somebody else is signed in by now, for example in another tab of the browser,
         * nothing is written and the response is 409 `wrong_user`. Without it, the write is for whoever is signed in.
         *
         */
        'X-Expected-User-Id'?: string;
    };
    path: {
        /**
         * The activity.
         */
        id: string;
    };
    query?: never;
    url: '/api/v1/activities/{id}';
};

export type UpdateActivityErrors = {
    /**
     * The request does not match the contract; `errors` names the fields.
     */
    400: Problem;
    /**
     * No one is signed in, or the session has ended.
     */
    401: Problem;
    /**
     * A browser sent this write with cookies from an origin that the server does not trust.
     */
    403: Problem;
    /**
     * The activity, or the whole that `parent_id` names, does not exist or is not yours.
     */
    404: Problem;
    /**
     * The body did not arrive in time. Nothing was written; the request can be sent again.
     */
    408: Problem;
    /**
     * Another user is signed in than `X-Expected-User-Id` says. Nothing was written.
     */
    409: Problem;
    /**
     * The resource has changed since the version in `If-Match`; nothing was written. Read it again and repeat the change.
     */
    412: Problem;
    /**
     * The body is larger than this operation takes; `detail` names the limit. It is twice what the longest valid body needs, at least 4 KiB and at most 1 MiB.
     */
    413: Problem;
    /**
     * The body is not `application/json`.
     */
    415: Problem;
    /**
     * The request matches its schema and breaks a rule that the schema cannot express; `errors` names the fields.
     */
    422: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * A server error. It is logged with its `request_id`.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
     */
    503: Problem;
};

export type UpdateActivityError = UpdateActivityErrors[keyof UpdateActivityErrors];

export type UpdateActivityResponses = {
    /**
     * The activity after the change.
     */
    200: Activity;
};

export type UpdateActivityResponse = UpdateActivityResponses[keyof UpdateActivityResponses];

export type RestoreActivityData = {
    body?: never;
    headers?: {
        /**
         * Makes it safe to retry this write: make one random key (a UUID) per intention and send it with every attempt. For 24 hours the same key with the same request returns the
         * first response again, with `Idempotent-Replayed: true`. The same key with another request is 422 `idempotency_mismatch`; while the first attempt is running it is 409 `idempotency_in_progress`.
         * A request that was refused (4xx) has written nothing, and its key can be used again.
         *
         */
        'Idempotency-Key'?: string;
        /**
         * The `id` of the user that this write is meant for. When somebody else is signed in by now, for example in another tab of the browser,
         * nothing is written and the response is 409 `wrong_user`. Without it, the write is for whoever is signed in.
         *
         */
        'X-Expected-User-Id'?: string;
    };
    path: {
        /**
         * The activity.
         */
        id: string;
    };
    query?: never;
    url: '/api/v1/activities/{id}/restore';
};

export type RestoreActivityErrors = {
    /**
     * The request does not match the contract; `errors` names the fields.
     */
    400: Problem;
    /**
     * No one is signed in, or the session has ended.
     */
    401: Problem;
    /**
     * A browser sent this write with cookies from an origin that the server does not trust.
     */
    403: Problem;
    /**
     * The activity, or the whole that `parent_id` names, does not exist or is not yours.
     */
    404: Problem;
    /**
     * A request with the same `Idempotency-Key` is still running, or the `id` you sent exists already. This request has written nothing.
     */
    409: Problem;
    /**
     * The request breaks a rule that its schema cannot express (`errors` names the fields), or its `Idempotency-Key` was used for another request.
     */
    422: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * A server error. It is logged with its `request_id`.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
     */
    503: Problem;
};

export type RestoreActivityError = RestoreActivityErrors[keyof RestoreActivityErrors];

export type RestoreActivityResponses = {
    /**
     * The activity, back where it was.
     */
    200: Activity;
};

export type RestoreActivityResponse = RestoreActivityResponses[keyof RestoreActivityResponses];

export type GetActivityStreamsData = {
    body?: never;
    path: {
        /**
         * The activity, or a leg.
         */
        id: string;
    };
    query?: {
        /**
         * The measurements that you need, separated by commas: `position`, `altitude`, `distance`, `speed`, `heart_rate`, `cadence`, `power` (422 `unknown_channel`). All of them when left out.
         */
        channels?: string;
        /**
         * The maximum number of points.
         */
        points?: number;
        /**
         * Positions within this many metres of where the track begins and of where it ends are never returned. At the import it is stored with the activity; when reading, the largest of that, this one and
         * the profile's `privacy_radius_m` counts.
         *
         */
        privacy_radius_m?: number;
    };
    url: '/api/v1/activities/{id}/streams';
};

export type GetActivityStreamsErrors = {
    /**
     * The request does not match the contract; `errors` names the fields.
     */
    400: Problem;
    /**
     * No one is signed in, or the session has ended.
     */
    401: Problem;
    /**
     * The activity does not exist or is not yours.
     */
    404: Problem;
    /**
     * A channel has an unknown name.
     */
    422: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * A server error. It is logged with its `request_id`.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
     */
    503: Problem;
};

export type GetActivityStreamsError = GetActivityStreamsErrors[keyof GetActivityStreamsErrors];

export type GetActivityStreamsResponses = {
    /**
     * The points, in order.
     */
    200: ActivityStreams;
};

export type GetActivityStreamsResponse = GetActivityStreamsResponses[keyof GetActivityStreamsResponses];

export type GetActivityTrackData = {
    body?: never;
    path: {
        /**
         * The activity, or a leg.
         */
        id: string;
    };
    query?: {
        /**
         * Positions within this many metres of where the track begins and of where it ends are never returned. At the import it is stored with the activity; when reading, the largest of that, this one and
         * the profile's `privacy_radius_m` counts.
         *
         */
        privacy_radius_m?: number;
    };
    url: '/api/v1/activities/{id}/track';
};

export type GetActivityTrackErrors = {
    /**
     * The request does not match the contract; `errors` names the fields.
     */
    400: Problem;
    /**
     * No one is signed in, or the session has ended.
     */
    401: Problem;
    /**
     * The activity does not exist, is not yours, or has no positions.
     */
    404: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * A server error. It is logged with its `request_id`.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
     */
    503: Problem;
};

export type GetActivityTrackError = GetActivityTrackErrors[keyof GetActivityTrackErrors];

export type GetActivityTrackResponses = {
    /**
     * The file.
     */
    200: Blob | File;
};

export type GetActivityTrackResponse = GetActivityTrackResponses[keyof GetActivityTrackResponses];

export type ImportMeasurementsData = {
    /**
     * The file, itself or as the part `file` of a form. Its content decides what it is, not its name.
     */
    body: Blob | File;
    headers?: {
        /**
         * Makes it safe to retry this write: make one random key (a UUID) per intention and send it with every attempt. For 24 hours the same key with the same request returns the
         * first response again, with `Idempotent-Replayed: true`. The same key with another request is 422 `idempotency_mismatch`; while the first attempt is running it is 409 `idempotency_in_progress`.
         * A request that was refused (4xx) has written nothing, and its key can be used again.
         *
         */
        'Idempotency-Key'?: string;
        /**
         * The `id` of the user that this write is meant for. When somebody else is signed in by now, for example in another tab of the browser,
         * nothing is written and the response is 409 `wrong_user`. Without it, the write is for whoever is signed in.
         *
         */
        'X-Expected-User-Id'?: string;
    };
    path?: never;
    query?: {
        /**
         * Write nothing and return what would be stored.
         */
        dry_run?: boolean;
        /**
         * The IANA zone of times without an offset, and of the days (422 `unknown_timezone`); your profile's when left out.
         */
        timezone?: string;
        /**
         * The unit of weights where the file does not name one.
         */
        unit?: 'kg' | 'lb';
        /**
         * What `03/04/2026` is: 3 April with `day_first`, 4 March with `month_first`. Such times are refused (`bad_time`) when you leave it out.
         */
        date_order?: 'day_first' | 'month_first';
        /**
         * The app that wrote the file, where the file does not name it.
         */
        app?: string;
    };
    url: '/api/v1/body/import';
};

export type ImportMeasurementsErrors = {
    /**
     * The request does not match the contract; `errors` names the fields.
     */
    400: Problem;
    /**
     * No one is signed in, or the session has ended.
     */
    401: Problem;
    /**
     * A browser sent this write with cookies from an origin that the server does not trust.
     */
    403: Problem;
    /**
     * The body did not arrive in time. Nothing was written; the request can be sent again.
     */
    408: Problem;
    /**
     * A request with the same `Idempotency-Key` is still running, or the `id` you sent exists already. This request has written nothing.
     */
    409: Problem;
    /**
     * The body is larger than this operation takes; `detail` names the limit. It is twice what the longest valid body needs, at least 4 KiB and at most 1 MiB.
     */
    413: Problem;
    /**
     * The body is not `application/json`.
     */
    415: Problem;
    /**
     * The file as a whole cannot be imported.
     */
    422: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * A server error. It is logged with its `request_id`.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
     */
    503: Problem;
};

export type ImportMeasurementsError = ImportMeasurementsErrors[keyof ImportMeasurementsErrors];

export type ImportMeasurementsResponses = {
    /**
     * What became of each record.
     */
    200: MeasurementImport;
};

export type ImportMeasurementsResponse = ImportMeasurementsResponses[keyof ImportMeasurementsResponses];

export type GetWeightTrendData = {
    body?: never;
    path?: never;
    query: {
        /**
         * The first local day, 1900 to 2199 (422 `date_out_of_range`).
         */
        from: string;
        /**
         * The last local day; not before `from` (422 `reversed_range`) and within 366 days (422 `range_too_long`).
         */
        to: string;
    };
    url: '/api/v1/body/trend';
};

export type GetWeightTrendErrors = {
    /**
     * The request does not match the contract; `errors` names the fields.
     */
    400: Problem;
    /**
     * No one is signed in, or the session has ended.
     */
    401: Problem;
    /**
     * The request matches its schema and breaks a rule that the schema cannot express; `errors` names the fields.
     */
    422: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * A server error. It is logged with its `request_id`.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
     */
    503: Problem;
};

export type GetWeightTrendError = GetWeightTrendErrors[keyof GetWeightTrendErrors];

export type GetWeightTrendResponses = {
    /**
     * The trend.
     */
    200: WeightTrend;
};

export type GetWeightTrendResponse = GetWeightTrendResponses[keyof GetWeightTrendResponses];

export type ListWaterData = {
    body?: never;
    path?: never;
    query: {
        /**
         * The first local day, 1900 to 2199 (422 `date_out_of_range`).
         */
        from: string;
        /**
         * The last local day; not before `from` (422 `reversed_range`) and within 366 days (422 `range_too_long`).
         */
        to: string;
    };
    url: '/api/v1/body/water';
};

export type ListWaterErrors = {
    /**
     * The request does not match the contract; `errors` names the fields.
     */
    400: Problem;
    /**
     * No one is signed in, or the session has ended.
     */
    401: Problem;
    /**
     * The request matches its schema and breaks a rule that the schema cannot express; `errors` names the fields.
     */
    422: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * A server error. It is logged with its `request_id`.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
     */
    503: Problem;
};

export type ListWaterError = ListWaterErrors[keyof ListWaterErrors];

export type ListWaterResponses = {
    /**
     * The days.
     */
    200: WaterDays;
};

export type ListWaterResponse = ListWaterResponses[keyof ListWaterResponses];

export type CreateWaterData = {
    body: WaterCreate;
    headers?: {
        /**
         * Makes it safe to retry this write: make one random key (a UUID) per intention and send it with every attempt. For 24 hours the same key with the same request returns the
         * first response again, with `Idempotent-Replayed: true`. The same key with another request is 422 `idempotency_mismatch`; while the first attempt is running it is 409 `idempotency_in_progress`.
         * A request that was refused (4xx) has written nothing, and its key can be used again.
         *
         */
        'Idempotency-Key'?: string;
        /**
         * The `id` of the user that this write is meant for. When somebody else is signed in by now, for example in another tab of the browser,
         * nothing is written and the response is 409 `wrong_user`. Without it, the write is for whoever is signed in.
         *
         */
        'X-Expected-User-Id'?: string;
    };
    path?: never;
    query?: never;
    url: '/api/v1/body/water';
};

export type CreateWaterErrors = {
    /**
     * The request does not match the contract; `errors` names the fields.
     */
    400: Problem;
    /**
     * No one is signed in, or the session has ended.
     */
    401: Problem;
    /**
     * A browser sent this write with cookies from an origin that the server does not trust.
     */
    403: Problem;
    /**
     * The body did not arrive in time. Nothing was written; the request can be sent again.
     */
    408: Problem;
    /**
     * A request with the same `Idempotency-Key` is still running, or the `id` you sent exists already. This request has written nothing.
     */
    409: Problem;
    /**
     * The body is larger than this operation takes; `detail` names the limit. It is twice what the longest valid body needs, at least 4 KiB and at most 1 MiB.
     */
    413: Problem;
    /**
     * The body is not `application/json`.
     */
    415: Problem;
    /**
     * The request breaks a rule that its schema cannot express (`errors` names the fields), or its `Idempotency-Key` was used for another request.
     */
    422: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * A server error. It is logged with its `request_id`.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
     */
    503: Problem;
};

export type CreateWaterError = CreateWaterErrors[keyof CreateWaterErrors];

export type CreateWaterResponses = {
    /**
     * The entry as it was stored.
     */
    201: WaterEntry;
};

export type CreateWaterResponse = CreateWaterResponses[keyof CreateWaterResponses];

export type DeleteWaterData = {
    body?: never;
    headers?: {
        /**
         * The `ETag` of the version you read (with its quotes), a list of ETags, or `*`. When the resource has changed since, nothing is written and the response is 412.
         */
        'If-Match'?: string;
        /**
         * The `id` of the user that this write is meant for. When somebody else is signed in by now, for example in another tab of the browser,
         * nothing is written and the response is 409 `wrong_user`. Without it, the write is for whoever is signed in.
         *
         */
        'X-Expected-User-Id'?: string;
    };
    path: {
        /**
         * The entry of water.
         */
        id: string;
    };
    query?: never;
    url: '/api/v1/body/water/{id}';
};

export type DeleteWaterErrors = {
    /**
     * The request does not match the contract; `errors` names the fields.
     */
    400: Problem;
    /**
     * No one is signed in, or the session has ended.
     */
    401: Problem;
    /**
     * A browser sent this write with cookies from an origin that the server does not trust.
     */
    403: Problem;
    /**
     * The entry does not exist, or is not yours.
     */
    404: Problem;
    /**
     * Another user is signed in than `X-Expected-User-Id` says. Nothing was written.
     */
    409: Problem;
    /**
     * The resource has changed since the version in `If-Match`; nothing was written. Read it again and repeat the change.
     */
    412: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * A server error. It is logged with its `request_id`.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
     */
    503: Problem;
};

export type DeleteWaterError = DeleteWaterErrors[keyof DeleteWaterErrors];

export type DeleteWaterResponses = {
    /**
     * Deleted.
     */
    204: void;
};

export type DeleteWaterResponse = DeleteWaterResponses[keyof DeleteWaterResponses];

export type GetWaterData = {
    body?: never;
    headers?: {
        /**
         * The `ETag` of your copy (with its quotes). While it is current, the response is 304 without a body.
         */
        'If-None-Match'?: string;
    };
    path: {
        /**
         * The entry of water.
         */
        id: string;
    };
    query?: never;
    url: '/api/v1/body/water/{id}';
};

export type GetWaterErrors = {
    /**
     * The request does not match the contract; `errors` names the fields.
     */
    400: Problem;
    /**
     * No one is signed in, or the session has ended.
     */
    401: Problem;
    /**
     * The entry does not exist, or is not yours.
     */
    404: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * A server error. It is logged with its `request_id`.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
     */
    503: Problem;
};

export type GetWaterError = GetWaterErrors[keyof GetWaterErrors];

export type GetWaterResponses = {
    /**
     * The entry.
     */
    200: WaterEntry;
};

export type GetWaterResponse = GetWaterResponses[keyof GetWaterResponses];

export type UpdateWaterData = {
    body: WaterPatch;
    headers?: {
        /**
         * The `ETag` of the version you read (with its quotes), a list of ETags, or `*`. When the resource has changed since, nothing is written and the response is 412.
         */
        'If-Match'?: string;
        /**
         * The `id` of the user that this write is meant for. When somebody else is signed in by now, for example in another tab of the browser,
         * nothing is written and the response is 409 `wrong_user`. Without it, the write is for whoever is signed in.
         *
         */
        'X-Expected-User-Id'?: string;
    };
    path: {
        /**
         * The entry of water.
         */
        id: string;
    };
    query?: never;
    url: '/api/v1/body/water/{id}';
};

export type UpdateWaterErrors = {
    /**
     * The request does not match the contract; `errors` names the fields.
     */
    400: Problem;
    /**
     * No one is signed in, or the session has ended.
     */
    401: Problem;
    /**
     * A browser sent this write with cookies from an origin that the server does not trust.
     */
    403: Problem;
    /**
     * The entry does not exist, or is not yours.
     */
    404: Problem;
    /**
     * The body did not arrive in time. Nothing was written; the request can be sent again.
     */
    408: Problem;
    /**
     * Another user is signed in than `X-Expected-User-Id` says. Nothing was written.
     */
    409: Problem;
    /**
     * The resource has changed since the version in `If-Match`; nothing was written. Read it again and repeat the change.
     */
    412: Problem;
    /**
     * The body is larger than this operation takes; `detail` names the limit. It is twice what the longest valid body needs, at least 4 KiB and at most 1 MiB.
     */
    413: Problem;
    /**
     * The body is not `application/json`.
     */
    415: Problem;
    /**
     * The request matches its schema and breaks a rule that the schema cannot express; `errors` names the fields.
     */
    422: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * A server error. It is logged with its `request_id`.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
     */
    503: Problem;
};

export type UpdateWaterError = UpdateWaterErrors[keyof UpdateWaterErrors];

export type UpdateWaterResponses = {
    /**
     * The entry after the change.
     */
    200: WaterEntry;
};

export type UpdateWaterResponse = UpdateWaterResponses[keyof UpdateWaterResponses];

export type RestoreWaterData = {
    body?: never;
    headers?: {
        /**
         * Makes it safe to retry this write: make one random key (a UUID) per intention and send it with every attempt. For 24 hours the same key with the same request returns the
         * first response again, with `Idempotent-Replayed: true`. The same key with another request is 422 `idempotency_mismatch`; while the first attempt is running it is 409 `idempotency_in_progress`.
         * A request that was refused (4xx) has written nothing, and its key can be used again.
         *
         */
        'Idempotency-Key'?: string;
        /**
         * The `id` of the user that this write is meant for. When somebody else is signed in by now, for example in another tab of the browser,
         * nothing is written and the response is 409 `wrong_user`. Without it, the write is for whoever is signed in.
         *
         */
        'X-Expected-User-Id'?: string;
    };
    path: {
        /**
         * The entry of water.
         */
        id: string;
    };
    query?: never;
    url: '/api/v1/body/water/{id}/restore';
};

export type RestoreWaterErrors = {
    /**
     * The request does not match the contract; `errors` names the fields.
     */
    400: Problem;
    /**
     * No one is signed in, or the session has ended.
     */
    401: Problem;
    /**
     * A browser sent this write with cookies from an origin that the server does not trust.
     */
    403: Problem;
    /**
     * The entry does not exist, or is not yours.
     */
    404: Problem;
    /**
     * A request with the same `Idempotency-Key` is still running, or the `id` you sent exists already. This request has written nothing.
     */
    409: Problem;
    /**
     * The request breaks a rule that its schema cannot express (`errors` names the fields), or its `Idempotency-Key` was used for another request.
     */
    422: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * A server error. It is logged with its `request_id`.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
     */
    503: Problem;
};

export type RestoreWaterError = RestoreWaterErrors[keyof RestoreWaterErrors];

export type RestoreWaterResponses = {
    /**
     * The entry, back where it was.
     */
    200: WaterEntry;
};

export type RestoreWaterResponse = RestoreWaterResponses[keyof RestoreWaterResponses];

export type ListSleepData = {
    body?: never;
    path?: never;
    query: {
        /**
         * The first local day, 1900 to 2199 (422 `date_out_of_range`).
         */
        from: string;
        /**
         * The last local day; not before `from` (422 `reversed_range`) and within 366 days (422 `range_too_long`).
         */
        to: string;
    };
    url: '/api/v1/body/sleep';
};

export type ListSleepErrors = {
    /**
     * The request does not match the contract; `errors` names the fields.
     */
    400: Problem;
    /**
     * No one is signed in, or the session has ended.
     */
    401: Problem;
    /**
     * The request matches its schema and breaks a rule that the schema cannot express; `errors` names the fields.
     */
    422: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * A server error. It is logged with its `request_id`.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
     */
    503: Problem;
};

export type ListSleepError = ListSleepErrors[keyof ListSleepErrors];

export type ListSleepResponses = {
    /**
     * The days.
     */
    200: SleepDays;
};

export type ListSleepResponse = ListSleepResponses[keyof ListSleepResponses];

export type CreateSleepData = {
    body: SleepCreate;
    headers?: {
        /**
         * Makes it safe to retry this write: make one random key (a UUID) per intention and send it with every attempt. For 24 hours the same key with the same request returns the
         * first response again, with `Idempotent-Replayed: true`. The same key with another request is 422 `idempotency_mismatch`; while the first attempt is running it is 409 `idempotency_in_progress`.
         * A request that was refused (4xx) has written nothing, and its key can be used again.
         *
         */
        'Idempotency-Key'?: string;
        /**
         * The `id` of the user that this write is meant for. When somebody else is signed in by now, for example in another tab of the browser,
         * nothing is written and the response is 409 `wrong_user`. Without it, the write is for whoever is signed in.
         *
         */
        'X-Expected-User-Id'?: string;
    };
    path?: never;
    query?: never;
    url: '/api/v1/body/sleep';
};

export type CreateSleepErrors = {
    /**
     * The request does not match the contract; `errors` names the fields.
     */
    400: Problem;
    /**
     * No one is signed in, or the session has ended.
     */
    401: Problem;
    /**
     * A browser sent this write with cookies from an origin that the server does not trust.
     */
    403: Problem;
    /**
     * The body did not arrive in time. Nothing was written; the request can be sent again.
     */
    408: Problem;
    /**
     * A request with the same `Idempotency-Key` is still running, or the `id` you sent exists already. This request has written nothing.
     */
    409: Problem;
    /**
     * The body is larger than this operation takes; `detail` names the limit. It is twice what the longest valid body needs, at least 4 KiB and at most 1 MiB.
     */
    413: Problem;
    /**
     * The body is not `application/json`.
     */
    415: Problem;
    /**
     * The request breaks a rule that its schema cannot express (`errors` names the fields), or its `Idempotency-Key` was used for another request.
     */
    422: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * A server error. It is logged with its `request_id`.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
     */
    503: Problem;
};

export type CreateSleepError = CreateSleepErrors[keyof CreateSleepErrors];

export type CreateSleepResponses = {
    /**
     * The entry as it was stored.
     */
    201: SleepEntry;
};

export type CreateSleepResponse = CreateSleepResponses[keyof CreateSleepResponses];

export type DeleteSleepData = {
    body?: never;
    headers?: {
        /**
         * The `ETag` of the version you read (with its quotes), a list of ETags, or `*`. When the resource has changed since, nothing is written and the response is 412.
         */
        'If-Match'?: string;
        /**
         * The `id` of the user that this write is meant for. When somebody else is signed in by now, for example in another tab of the browser,
         * nothing is written and the response is 409 `wrong_user`. Without it, the write is for whoever is signed in.
         *
         */
        'X-Expected-User-Id'?: string;
    };
    path: {
        /**
         * The entry of sleep.
         */
        id: string;
    };
    query?: never;
    url: '/api/v1/body/sleep/{id}';
};

export type DeleteSleepErrors = {
    /**
     * The request does not match the contract; `errors` names the fields.
     */
    400: Problem;
    /**
     * No one is signed in, or the session has ended.
     */
    401: Problem;
    /**
     * A browser sent this write with cookies from an origin that the server does not trust.
     */
    403: Problem;
    /**
     * The entry does not exist, or is not yours.
     */
    404: Problem;
    /**
     * Another user is signed in than `X-Expected-User-Id` says. Nothing was written.
     */
    409: Problem;
    /**
     * The resource has changed since the version in `If-Match`; nothing was written. Read it again and repeat the change.
     */
    412: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * A server error. It is logged with its `request_id`.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
     */
    503: Problem;
};

export type DeleteSleepError = DeleteSleepErrors[keyof DeleteSleepErrors];

export type DeleteSleepResponses = {
    /**
     * Deleted.
     */
    204: void;
};

export type DeleteSleepResponse = DeleteSleepResponses[keyof DeleteSleepResponses];

export type GetSleepData = {
    body?: never;
    headers?: {
        /**
         * The `ETag` of your copy (with its quotes). While it is current, the response is 304 without a body.
         */
        'If-None-Match'?: string;
    };
    path: {
        /**
         * The entry of sleep.
         */
        id: string;
    };
    query?: never;
    url: '/api/v1/body/sleep/{id}';
};

export type GetSleepErrors = {
    /**
     * The request does not match the contract; `errors` names the fields.
     */
    400: Problem;
    /**
     * No one is signed in, or the session has ended.
     */
    401: Problem;
    /**
     * The entry does not exist, or is not yours.
     */
    404: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * A server error. It is logged with its `request_id`.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
     */
    503: Problem;
};

export type GetSleepError = GetSleepErrors[keyof GetSleepErrors];

export type GetSleepResponses = {
    /**
     * The entry.
     */
    200: SleepEntry;
};

export type GetSleepResponse = GetSleepResponses[keyof GetSleepResponses];

export type UpdateSleepData = {
    body: SleepPatch;
    headers?: {
        /**
         * The `ETag` of the version you read (with its quotes), a list of ETags, or `*`. When the resource has changed since, nothing is written and the response is 412.
         */
        'If-Match'?: string;
        /**
         * The `id` of the user that this write is meant for. When somebody else is signed in by now, for example in another tab of the browser,
         * nothing is written and the response is 409 `wrong_user`. Without it, the write is for whoever is signed in.
         *
         */
        'X-Expected-User-Id'?: string;
    };
    path: {
        /**
         * The entry of sleep.
         */
        id: string;
    };
    query?: never;
    url: '/api/v1/body/sleep/{id}';
};

export type UpdateSleepErrors = {
    /**
     * The request does not match the contract; `errors` names the fields.
     */
    400: Problem;
    /**
     * No one is signed in, or the session has ended.
     */
    401: Problem;
    /**
     * A browser sent this write with cookies from an origin that the server does not trust.
     */
    403: Problem;
    /**
     * The entry does not exist, or is not yours.
     */
    404: Problem;
    /**
     * The body did not arrive in time. Nothing was written; the request can be sent again.
     */
    408: Problem;
    /**
     * Another user is signed in than `X-Expected-User-Id` says. Nothing was written.
     */
    409: Problem;
    /**
     * The resource has changed since the version in `If-Match`; nothing was written. Read it again and repeat the change.
     */
    412: Problem;
    /**
     * The body is larger than this operation takes; `detail` names the limit. It is twice what the longest valid body needs, at least 4 KiB and at most 1 MiB.
     */
    413: Problem;
    /**
     * The body is not `application/json`.
     */
    415: Problem;
    /**
     * The request matches its schema and breaks a rule that the schema cannot express; `errors` names the fields.
     */
    422: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * A server error. It is logged with its `request_id`.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
     */
    503: Problem;
};

export type UpdateSleepError = UpdateSleepErrors[keyof UpdateSleepErrors];

export type UpdateSleepResponses = {
    /**
     * The entry after the change.
     */
    200: SleepEntry;
};

export type UpdateSleepResponse = UpdateSleepResponses[keyof UpdateSleepResponses];

export type RestoreSleepData = {
    body?: never;
    headers?: {
        /**
         * Makes it safe to retry this write: make one random key (a UUID) per intention and send it with every attempt. For 24 hours the same key with the same request returns the
         * first response again, with `Idempotent-Replayed: true`. The same key with another request is 422 `idempotency_mismatch`; while the first attempt is running it is 409 `idempotency_in_progress`.
         * A request that was refused (4xx) has written nothing, and its key can be used again.
         *
         */
        'Idempotency-Key'?: string;
        /**
         * The `id` of the user that this write is meant for. When somebody else is signed in by now, for example in another tab of the browser,
         * nothing is written and the response is 409 `wrong_user`. Without it, the write is for whoever is signed in.
         *
         */
        'X-Expected-User-Id'?: string;
    };
    path: {
        /**
         * The entry of sleep.
         */
        id: string;
    };
    query?: never;
    url: '/api/v1/body/sleep/{id}/restore';
};

export type RestoreSleepErrors = {
    /**
     * The request does not match the contract; `errors` names the fields.
     */
    400: Problem;
    /**
     * No one is signed in, or the session has ended.
     */
    401: Problem;
    /**
     * A browser sent this write with cookies from an origin that the server does not trust.
     */
    403: Problem;
    /**
     * The entry does not exist, or is not yours.
     */
    404: Problem;
    /**
     * A request with the same `Idempotency-Key` is still running, or the `id` you sent exists already. This request has written nothing.
     */
    409: Problem;
    /**
     * The request breaks a rule that its schema cannot express (`errors` names the fields), or its `Idempotency-Key` was used for another request.
     */
    422: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * A server error. It is logged with its `request_id`.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
     */
    503: Problem;
};

export type RestoreSleepError = RestoreSleepErrors[keyof RestoreSleepErrors];

export type RestoreSleepResponses = {
    /**
     * The entry, back where it was.
     */
    200: SleepEntry;
};

export type RestoreSleepResponse = RestoreSleepResponses[keyof RestoreSleepResponses];

export type ListDaysData = {
    body?: never;
    path?: never;
    query: {
        /**
         * The first local day, 1900 to 2199 (422 `date_out_of_range`).
         */
        from: string;
        /**
         * The last local day; not before `from` (422 `reversed_range`) and within 92 days (422 `range_too_long`).
         */
        to: string;
    };
    url: '/api/v1/days';
};

export type ListDaysErrors = {
    /**
     * The request does not match the contract; `errors` names the fields.
     */
    400: Problem;
    /**
     * No one is signed in, or the session has ended.
     */
    401: Problem;
    /**
     * The request matches its schema and breaks a rule that the schema cannot express; `errors` names the fields.
     */
    422: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * A server error. It is logged with its `request_id`.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
     */
    503: Problem;
};

export type ListDaysError = ListDaysErrors[keyof ListDaysErrors];

export type ListDaysResponses = {
    /**
     * The days.
     */
    200: DashboardDays;
};

export type ListDaysResponse = ListDaysResponses[keyof ListDaysResponses];

export type GetDayData = {
    body?: never;
    path: {
        /**
         * A local day, 1900 to 2199 (422 `date_out_of_range`), or `today` in your profile's zone.
         */
        date: string;
    };
    query?: never;
    url: '/api/v1/days/{date}';
};

export type GetDayErrors = {
    /**
     * The request does not match the contract; `errors` names the fields.
     */
    400: Problem;
    /**
     * No one is signed in, or the session has ended.
     */
    401: Problem;
    /**
     * The request matches its schema and breaks a rule that the schema cannot express; `errors` names the fields.
     */
    422: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * A server error. It is logged with its `request_id`.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
     */
    503: Problem;
};

export type GetDayError = GetDayErrors[keyof GetDayErrors];

export type GetDayResponses = {
    /**
     * The day.
     */
    200: DashboardDay;
};

export type GetDayResponse = GetDayResponses[keyof GetDayResponses];

export type SetDayCompletionData = {
    body: DayCompletion;
    headers?: {
        /**
         * The `id` of the user that this write is meant for. When somebody else is signed in by now, for example in another tab of the browser,
         * nothing is written and the response is 409 `wrong_user`. Without it, the write is for whoever is signed in.
         *
         */
        'X-Expected-User-Id'?: string;
    };
    path: {
        /**
         * A local day, 1900 to 2199 (422 `date_out_of_range`), or `today` in your profile's zone.
         */
        date: string;
    };
    query?: never;
    url: '/api/v1/days/{date}/completion';
};

export type SetDayCompletionErrors = {
    /**
     * The request does not match the contract; `errors` names the fields.
     */
    400: Problem;
    /**
     * No one is signed in, or the session has ended.
     */
    401: Problem;
    /**
     * A browser sent this write with cookies from an origin that the server does not trust.
     */
    403: Problem;
    /**
     * The body did not arrive in time. Nothing was written; the request can be sent again.
     */
    408: Problem;
    /**
     * Another user is signed in than `X-Expected-User-Id` says. Nothing was written.
     */
    409: Problem;
    /**
     * The body is larger than this operation takes; `detail` names the limit. It is twice what the longest valid body needs, at least 4 KiB and at most 1 MiB.
     */
    413: Problem;
    /**
     * The body is not `application/json`.
     */
    415: Problem;
    /**
     * The request matches its schema and breaks a rule that the schema cannot express; `errors` names the fields.
     */
    422: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * A server error. It is logged with its `request_id`.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
     */
    503: Problem;
};

export type SetDayCompletionError = SetDayCompletionErrors[keyof SetDayCompletionErrors];

export type SetDayCompletionResponses = {
    /**
     * It is noted.
     */
    204: void;
};

export type SetDayCompletionResponse = SetDayCompletionResponses[keyof SetDayCompletionResponses];

export type ListConversationsData = {
    body?: never;
    path?: never;
    query?: {
        /**
         * `true` returns only archived conversations, `false` only the others; left out, both.
         */
        archived?: boolean;
        /**
         * The maximum number of entries of the page.
         */
        limit?: number;
        /**
         * The `next_cursor` of the previous page. Opaque; any other value is 400 `invalid_cursor`.
         */
        cursor?: string;
    };
    url: '/api/v1/coach/conversations';
};

export type ListConversationsErrors = {
    /**
     * The request does not match the contract; `errors` names the fields.
     */
    400: Problem;
    /**
     * No one is signed in, or the session has ended.
     */
    401: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * A server error. It is logged with its `request_id`.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
     */
    503: Problem;
};

export type ListConversationsError = ListConversationsErrors[keyof ListConversationsErrors];

export type ListConversationsResponses = {
    /**
     * A page of conversations.
     */
    200: ConversationPage;
};

export type ListConversationsResponse = ListConversationsResponses[keyof ListConversationsResponses];

export type CreateConversationData = {
    body: ConversationCreate;
    headers?: {
        /**
         * Makes it safe to retry this write: make one random key (a UUID) per intention and send it with every attempt. For 24 hours the same key with the same request returns the
         * first response again, with `Idempotent-Replayed: true`. The same key with another request is 422 `idempotency_mismatch`; while the first attempt is running it is 409 `idempotency_in_progress`.
         * A request that was refused (4xx) has written nothing, and its key can be used again.
         *
         */
        'Idempotency-Key'?: string;
        /**
         * The `id` of the user that this write is meant for. When somebody else is signed in by now, for example in another tab of the browser,
         * nothing is written and the response is 409 `wrong_user`. Without it, the write is for whoever is signed in.
         *
         */
        'X-Expected-User-Id'?: string;
    };
    path?: never;
    query?: never;
    url: '/api/v1/coach/conversations';
};

export type CreateConversationErrors = {
    /**
     * The request does not match the contract; `errors` names the fields.
     */
    400: Problem;
    /**
     * No one is signed in, or the session has ended.
     */
    401: Problem;
    /**
     * A browser sent this write with cookies from an origin that the server does not trust.
     */
    403: Problem;
    /**
     * The body did not arrive in time. Nothing was written; the request can be sent again.
     */
    408: Problem;
    /**
     * A request with the same `Idempotency-Key` is still running, or the `id` you sent exists already. This request has written nothing.
     */
    409: Problem;
    /**
     * The body is larger than this operation takes; `detail` names the limit. It is twice what the longest valid body needs, at least 4 KiB and at most 1 MiB.
     */
    413: Problem;
    /**
     * The body is not `application/json`.
     */
    415: Problem;
    /**
     * The request breaks a rule that its schema cannot express (`errors` names the fields), or its `Idempotency-Key` was used for another request.
     */
    422: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * A server error. It is logged with its `request_id`.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
     */
    503: Problem;
};

export type CreateConversationError = CreateConversationErrors[keyof CreateConversationErrors];

export type CreateConversationResponses = {
    /**
     * The conversation.
     */
    201: Conversation;
};

export type CreateConversationResponse = CreateConversationResponses[keyof CreateConversationResponses];

export type DeleteConversationData = {
    body?: never;
    headers?: {
        /**
         * The `ETag` of the version you read (with its quotes), a list of ETags, or `*`. When the resource has changed since, nothing is written and the response is 412.
         */
        'If-Match'?: string;
        /**
         * The `id` of the user that this write is meant for. When somebody else is signed in by now, for example in another tab of the browser,
         * nothing is written and the response is 409 `wrong_user`. Without it, the write is for whoever is signed in.
         *
         */
        'X-Expected-User-Id'?: string;
    };
    path: {
        /**
         * The `id` of the conversation.
         */
        id: string;
    };
    query?: never;
    url: '/api/v1/coach/conversations/{id}';
};

export type DeleteConversationErrors = {
    /**
     * The request does not match the contract; `errors` names the fields.
     */
    400: Problem;
    /**
     * No one is signed in, or the session has ended.
     */
    401: Problem;
    /**
     * A browser sent this write with cookies from an origin that the server does not trust.
     */
    403: Problem;
    /**
     * There is no such conversation, or it is not yours.
     */
    404: Problem;
    /**
     * Another user is signed in than `X-Expected-User-Id` says. Nothing was written.
     */
    409: Problem;
    /**
     * The resource has changed since the version in `If-Match`; nothing was written. Read it again and repeat the change.
     */
    412: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * A server error. It is logged with its `request_id`.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
     */
    503: Problem;
};

export type DeleteConversationError = DeleteConversationErrors[keyof DeleteConversationErrors];

export type DeleteConversationResponses = {
    /**
     * Deleted.
     */
    204: void;
};

export type DeleteConversationResponse = DeleteConversationResponses[keyof DeleteConversationResponses];

export type GetConversationData = {
    body?: never;
    headers?: {
        /**
         * The `ETag` of your copy (with its quotes). While it is current, the response is 304 without a body.
         */
        'If-None-Match'?: string;
    };
    path: {
        /**
         * The `id` of the conversation.
         */
        id: string;
    };
    query?: never;
    url: '/api/v1/coach/conversations/{id}';
};

export type GetConversationErrors = {
    /**
     * The request does not match the contract; `errors` names the fields.
     */
    400: Problem;
    /**
     * No one is signed in, or the session has ended.
     */
    401: Problem;
    /**
     * There is no such conversation, or it is not yours.
     */
    404: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * A server error. It is logged with its `request_id`.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
     */
    503: Problem;
};

export type GetConversationError = GetConversationErrors[keyof GetConversationErrors];

export type GetConversationResponses = {
    /**
     * The conversation.
     */
    200: Conversation;
};

export type GetConversationResponse = GetConversationResponses[keyof GetConversationResponses];

export type UpdateConversationData = {
    body: ConversationPatch;
    headers?: {
        /**
         * The `ETag` of the version you read (with its quotes), a list of ETags, or `*`. When the resource has changed since, nothing is written and the response is 412.
         */
        'If-Match'?: string;
        /**
         * The `id` of the user that this write is meant for. When somebody else is signed in by now, for example in another tab of the browser,
         * nothing is written and the response is 409 `wrong_user`. Without it, the write is for whoever is signed in.
         *
         */
        'X-Expected-User-Id'?: string;
    };
    path: {
        /**
         * The `id` of the conversation.
         */
        id: string;
    };
    query?: never;
    url: '/api/v1/coach/conversations/{id}';
};

export type UpdateConversationErrors = {
    /**
     * The request does not match the contract; `errors` names the fields.
     */
    400: Problem;
    /**
     * No one is signed in, or the session has ended.
     */
    401: Problem;
    /**
     * A browser sent this write with cookies from an origin that the server does not trust.
     */
    403: Problem;
    /**
     * There is no such conversation, or it is not yours.
     */
    404: Problem;
    /**
     * The body did not arrive in time. Nothing was written; the request can be sent again.
     */
    408: Problem;
    /**
     * Another user is signed in than `X-Expected-User-Id` says. Nothing was written.
     */
    409: Problem;
    /**
     * The resource has changed since the version in `If-Match`; nothing was written. Read it again and repeat the change.
     */
    412: Problem;
    /**
     * The body is larger than this operation takes; `detail` names the limit. It is twice what the longest valid body needs, at least 4 KiB and at most 1 MiB.
     */
    413: Problem;
    /**
     * The body is not `application/json`.
     */
    415: Problem;
    /**
     * The request matches its schema and breaks a rule that the schema cannot express; `errors` names the fields.
     */
    422: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * A server error. It is logged with its `request_id`.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
     */
    503: Problem;
};

export type UpdateConversationError = UpdateConversationErrors[keyof UpdateConversationErrors];

export type UpdateConversationResponses = {
    /**
     * The conversation after the change.
     */
    200: Conversation;
};

export type UpdateConversationResponse = UpdateConversationResponses[keyof UpdateConversationResponses];

export type ListMessagesData = {
    body?: never;
    path: {
        /**
         * The `id` of the conversation.
         */
        id: string;
    };
    query?: {
        /**
         * The maximum number of entries of the page.
         */
        limit?: number;
        /**
         * The `next_cursor` of the previous page. Opaque; any other value is 400 `invalid_cursor`.
         */
        cursor?: string;
    };
    url: '/api/v1/coach/conversations/{id}/messages';
};

export type ListMessagesErrors = {
    /**
     * The request does not match the contract; `errors` names the fields.
     */
    400: Problem;
    /**
     * No one is signed in, or the session has ended.
     */
    401: Problem;
    /**
     * There is no such conversation, or it is not yours.
     */
    404: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * A server error. It is logged with its `request_id`.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
     */
    503: Problem;
};

export type ListMessagesError = ListMessagesErrors[keyof ListMessagesErrors];

export type ListMessagesResponses = {
    /**
     * A page of messages.
     */
    200: MessagePage;
};

export type ListMessagesResponse = ListMessagesResponses[keyof ListMessagesResponses];

export type SendMessageData = {
    body: MessageSend;
    headers?: {
        /**
         * Makes it safe to retry this write: make one random key (a UUID) per intention and send it with every attempt. For 24 hours the same key with the same request returns the
         * first response again, with `Idempotent-Replayed: true`. The same key with another request is 422 `idempotency_mismatch`; while the first attempt is running it is 409 `idempotency_in_progress`.
         * A request that was refused (4xx) has written nothing, and its key can be used again.
         *
         */
        'Idempotency-Key'?: string;
        /**
         * The `id` of the user that this write is meant for. When somebody else is signed in by now, for example in another tab of the browser,
         * nothing is written and the response is 409 `wrong_user`. Without it, the write is for whoever is signed in.
         *
         */
        'X-Expected-User-Id'?: string;
    };
    path: {
        /**
         * The `id` of the conversation.
         */
        id: string;
    };
    query?: never;
    url: '/api/v1/coach/conversations/{id}/messages';
};

export type SendMessageErrors = {
    /**
     * The request does not match the contract; `errors` names the fields.
     */
    400: Problem;
    /**
     * No one is signed in, or the session has ended.
     */
    401: Problem;
    /**
     * A browser sent this write with cookies from an origin that the server does not trust.
     */
    403: Problem;
    /**
     * There is no such conversation, or it is not yours.
     */
    404: Problem;
    /**
     * The body did not arrive in time. Nothing was written; the request can be sent again.
     */
    408: Problem;
    /**
     * The reply before is being made, the `id` exists already, or a request with the same `Idempotency-Key` is running.
     */
    409: Problem;
    /**
     * The body is larger than this operation takes; `detail` names the limit. It is twice what the longest valid body needs, at least 4 KiB and at most 1 MiB.
     */
    413: Problem;
    /**
     * The body is not `application/json`.
     */
    415: Problem;
    /**
     * The conversation is full, the time zone is unknown, or the `Idempotency-Key` was used for another request.
     */
    422: Problem;
    /**
     * What the coach may use for you today is used, or the budget of this rate class is; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * A server error. It is logged with its `request_id`.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
     */
    503: Problem;
};

export type SendMessageError = SendMessageErrors[keyof SendMessageErrors];

export type SendMessageResponses = {
    /**
     * The message is stored, and its reply has been started.
     */
    202: MessageSent;
};

export type SendMessageResponse = SendMessageResponses[keyof SendMessageResponses];

export type DeleteMemoriesData = {
    body?: never;
    headers?: {
        /**
         * The `id` of the user that this write is meant for. When somebody else is signed in by now, for example in another tab of the browser,
         * nothing is written and the response is 409 `wrong_user`. Without it, the write is for whoever is signed in.
         *
         */
        'X-Expected-User-Id'?: string;
    };
    path?: never;
    query?: never;
    url: '/api/v1/coach/memories';
};

export type DeleteMemoriesErrors = {
    /**
     * The request does not match the contract; `errors` names the fields.
     */
    400: Problem;
    /**
     * No one is signed in, or the session has ended.
     */
    401: Problem;
    /**
     * A browser sent this write with cookies from an origin that the server does not trust.
     */
    403: Problem;
    /**
     * Another user is signed in than `X-Expected-User-Id` says. Nothing was written.
     */
    409: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * A server error. It is logged with its `request_id`.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
     */
    503: Problem;
};

export type DeleteMemoriesError = DeleteMemoriesErrors[keyof DeleteMemoriesErrors];

export type DeleteMemoriesResponses = {
    /**
     * Nothing is left.
     */
    204: void;
};

export type DeleteMemoriesResponse = DeleteMemoriesResponses[keyof DeleteMemoriesResponses];

export type ListMemoriesData = {
    body?: never;
    path?: never;
    query?: {
        /**
         * The maximum number of entries of the page.
         */
        limit?: number;
        /**
         * The `next_cursor` of the previous page. Opaque; any other value is 400 `invalid_cursor`.
         */
        cursor?: string;
    };
    url: '/api/v1/coach/memories';
};

export type ListMemoriesErrors = {
    /**
     * The request does not match the contract; `errors` names the fields.
     */
    400: Problem;
    /**
     * No one is signed in, or the session has ended.
     */
    401: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * A server error. It is logged with its `request_id`.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
     */
    503: Problem;
};

export type ListMemoriesError = ListMemoriesErrors[keyof ListMemoriesErrors];

export type ListMemoriesResponses = {
    /**
     * A page of memories.
     */
    200: MemoryPage;
};

export type ListMemoriesResponse = ListMemoriesResponses[keyof ListMemoriesResponses];

export type DeleteMemoryData = {
    body?: never;
    headers?: {
        /**
         * The `id` of the user that this write is meant for. When somebody else is signed in by now, for example in another tab of the browser,
         * nothing is written and the response is 409 `wrong_user`. Without it, the write is for whoever is signed in.
         *
         */
        'X-Expected-User-Id'?: string;
    };
    path: {
        /**
         * The `id` of the memory.
         */
        id: string;
    };
    query?: never;
    url: '/api/v1/coach/memories/{id}';
};

export type DeleteMemoryErrors = {
    /**
     * The request does not match the contract; `errors` names the fields.
     */
    400: Problem;
    /**
     * No one is signed in, or the session has ended.
     */
    401: Problem;
    /**
     * A browser sent this write with cookies from an origin that the server does not trust.
     */
    403: Problem;
    /**
     * There is no such memory, or it is not yours.
     */
    404: Problem;
    /**
     * Another user is signed in than `X-Expected-User-Id` says. Nothing was written.
     */
    409: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * A server error. It is logged with its `request_id`.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
     */
    503: Problem;
};

export type DeleteMemoryError = DeleteMemoryErrors[keyof DeleteMemoryErrors];

export type DeleteMemoryResponses = {
    /**
     * Forgotten.
     */
    204: void;
};

export type DeleteMemoryResponse = DeleteMemoryResponses[keyof DeleteMemoryResponses];

export type GetCoachSettingsData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/api/v1/coach/settings';
};

export type GetCoachSettingsErrors = {
    /**
     * The request does not match the contract; `errors` names the fields.
     */
    400: Problem;
    /**
     * No one is signed in, or the session has ended.
     */
    401: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * A server error. It is logged with its `request_id`.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
     */
    503: Problem;
};

export type GetCoachSettingsError = GetCoachSettingsErrors[keyof GetCoachSettingsErrors];

export type GetCoachSettingsResponses = {
    /**
     * The settings.
     */
    200: CoachSettings;
};

export type GetCoachSettingsResponse = GetCoachSettingsResponses[keyof GetCoachSettingsResponses];

export type UpdateCoachSettingsData = {
    body: CoachSettingsPatch;
    headers?: {
        /**
         * The `id` of the user that this write is meant for. When somebody else is signed in by now, for example in another tab of the browser,
         * nothing is written and the response is 409 `wrong_user`. Without it, the write is for whoever is signed in.
         *
         */
        'X-Expected-User-Id'?: string;
    };
    path?: never;
    query?: never;
    url: '/api/v1/coach/settings';
};

export type UpdateCoachSettingsErrors = {
    /**
     * The request does not match the contract; `errors` names the fields.
     */
    400: Problem;
    /**
     * No one is signed in, or the session has ended.
     */
    401: Problem;
    /**
     * A browser sent this write with cookies from an origin that the server does not trust.
     */
    403: Problem;
    /**
     * The body did not arrive in time. Nothing was written; the request can be sent again.
     */
    408: Problem;
    /**
     * Another user is signed in than `X-Expected-User-Id` says. Nothing was written.
     */
    409: Problem;
    /**
     * The body is larger than this operation takes; `detail` names the limit. It is twice what the longest valid body needs, at least 4 KiB and at most 1 MiB.
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
     * A server error. It is logged with its `request_id`.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
     */
    503: Problem;
};

export type UpdateCoachSettingsError = UpdateCoachSettingsErrors[keyof UpdateCoachSettingsErrors];

export type UpdateCoachSettingsResponses = {
    /**
     * The settings after the change.
     */
    200: CoachSettings;
};

export type UpdateCoachSettingsResponse = UpdateCoachSettingsResponses[keyof UpdateCoachSettingsResponses];

export type StreamMessageData = {
    body?: never;
    headers?: {
        /**
         * The `id:` of the last event that you have. A browser's EventSource sends it when it connects again.
         */
        'Last-Event-ID'?: number;
    };
    path?: never;
    query: {
        /**
         * The `id` of the reply.
         */
        message_id: string;
        /**
         * The `seq` of the last event that you have; only later ones are returned.
         */
        after?: number;
    };
    url: '/api/v1/coach/stream';
};

export type StreamMessageErrors = {
    /**
     * The request does not match the contract; `errors` names the fields.
     */
    400: Problem;
    /**
     * No one is signed in, or the session has ended.
     */
    401: Problem;
    /**
     * There is no such reply, or it is not yours.
     */
    404: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * A server error. It is logged with its `request_id`.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
     */
    503: Problem;
};

export type StreamMessageError = StreamMessageErrors[keyof StreamMessageErrors];

export type StreamMessageResponses = {
    /**
     * The events, as they happen.
     */
    200: EventStream;
    /**
     * You have all events of this reply.
     */
    204: void;
};

export type StreamMessageResponse = StreamMessageResponses[keyof StreamMessageResponses];

export type ListProposalsData = {
    body?: never;
    path?: never;
    query?: {
        /**
         * Only proposals with this status.
         */
        status?: ProposalStatus;
        /**
         * Only proposals of this conversation.
         */
        conversation_id?: string;
        /**
         * The maximum number of entries of the page.
         */
        limit?: number;
        /**
         * The `next_cursor` of the previous page. Opaque; any other value is 400 `invalid_cursor`.
         */
        cursor?: string;
    };
    url: '/api/v1/coach/proposals';
};

export type ListProposalsErrors = {
    /**
     * The request does not match the contract; `errors` names the fields.
     */
    400: Problem;
    /**
     * No one is signed in, or the session has ended.
     */
    401: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * A server error. It is logged with its `request_id`.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
     */
    503: Problem;
};

export type ListProposalsError = ListProposalsErrors[keyof ListProposalsErrors];

export type ListProposalsResponses = {
    /**
     * A page of proposals.
     */
    200: ProposalPage;
};

export type ListProposalsResponse = ListProposalsResponses[keyof ListProposalsResponses];

export type GetProposalData = {
    body?: never;
    headers?: {
        /**
         * The `ETag` of your copy (with its quotes). While it is current, the response is 304 without a body.
         */
        'If-None-Match'?: string;
    };
    path: {
        /**
         * The `id` of the proposal.
         */
        id: string;
    };
    query?: never;
    url: '/api/v1/coach/proposals/{id}';
};

export type GetProposalErrors = {
    /**
     * The request does not match the contract; `errors` names the fields.
     */
    400: Problem;
    /**
     * No one is signed in, or the session has ended.
     */
    401: Problem;
    /**
     * There is no such proposal, or it is not yours.
     */
    404: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * A server error. It is logged with its `request_id`.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
     */
    503: Problem;
};

export type GetProposalError = GetProposalErrors[keyof GetProposalErrors];

export type GetProposalResponses = {
    /**
     * The proposal.
     */
    200: Proposal;
};

export type GetProposalResponse = GetProposalResponses[keyof GetProposalResponses];

export type UpdateProposalData = {
    body: ProposalPatch;
    headers?: {
        /**
         * The `ETag` of the version you read (with its quotes), a list of ETags, or `*`. When the resource has changed since, nothing is written and the response is 412.
         */
        'If-Match'?: string;
        /**
         * The `id` of the user that this write is meant for. When somebody else is signed in by now, for example in another tab of the browser,
         * nothing is written and the response is 409 `wrong_user`. Without it, the write is for whoever is signed in.
         *
         */
        'X-Expected-User-Id'?: string;
    };
    path: {
        /**
         * The `id` of the proposal.
         */
        id: string;
    };
    query?: never;
    url: '/api/v1/coach/proposals/{id}';
};

export type UpdateProposalErrors = {
    /**
     * The request does not match the contract; `errors` names the fields.
     */
    400: Problem;
    /**
     * No one is signed in, or the session has ended.
     */
    401: Problem;
    /**
     * A browser sent this write with cookies from an origin that the server does not trust.
     */
    403: Problem;
    /**
     * There is no such proposal, or it is not yours; or its draft names something that does not exist, or is not yours, and `errors` says where.
     */
    404: Problem;
    /**
     * The body did not arrive in time. Nothing was written; the request can be sent again.
     */
    408: Problem;
    /**
     * The proposal is not open any more, or a request with the same `Idempotency-Key` is running.
     */
    409: Problem;
    /**
     * The resource has changed since the version in `If-Match`; nothing was written. Read it again and repeat the change.
     */
    412: Problem;
    /**
     * The body is larger than this operation takes; `detail` names the limit. It is twice what the longest valid body needs, at least 4 KiB and at most 1 MiB.
     */
    413: Problem;
    /**
     * The body is not `application/json`.
     */
    415: Problem;
    /**
     * The draft breaks a rule (`errors` names the fields), or the `Idempotency-Key` was used for another request.
     */
    422: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * A server error. It is logged with its `request_id`.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
     */
    503: Problem;
};

export type UpdateProposalError = UpdateProposalErrors[keyof UpdateProposalErrors];

export type UpdateProposalResponses = {
    /**
     * The proposal after the change.
     */
    200: Proposal;
};

export type UpdateProposalResponse = UpdateProposalResponses[keyof UpdateProposalResponses];

export type ConfirmProposalData = {
    body?: never;
    headers?: {
        /**
         * The `ETag` of the version you read (with its quotes), a list of ETags, or `*`. When the resource has changed since, nothing is written and the response is 412.
         */
        'If-Match'?: string;
        /**
         * Makes it safe to retry this write: make one random key (a UUID) per intention and send it with every attempt. For 24 hours the same key with the same request returns the
         * first response again, with `Idempotent-Replayed: true`. The same key with another request is 422 `idempotency_mismatch`; while the first attempt is running it is 409 `idempotency_in_progress`.
         * A request that was refused (4xx) has written nothing, and its key can be used again.
         *
         */
        'Idempotency-Key'?: string;
        /**
         * The `id` of the user that this write is meant for. When somebody else is signed in by now, for example in another tab of the browser,
         * nothing is written and the response is 409 `wrong_user`. Without it, the write is for whoever is signed in.
         *
         */
        'X-Expected-User-Id'?: string;
    };
    path: {
        /**
         * The `id` of the proposal.
         */
        id: string;
    };
    query?: never;
    url: '/api/v1/coach/proposals/{id}/confirm';
};

export type ConfirmProposalErrors = {
    /**
     * The request does not match the contract; `errors` names the fields.
     */
    400: Problem;
    /**
     * No one is signed in, or the session has ended.
     */
    401: Problem;
    /**
     * A browser sent this write with cookies from an origin that the server does not trust.
     */
    403: Problem;
    /**
     * There is no such proposal, or it is not yours; or its draft names something that does not exist, or is not yours, and `errors` says where.
     */
    404: Problem;
    /**
     * The proposal is not open any more, or a request with the same `Idempotency-Key` is running.
     */
    409: Problem;
    /**
     * The resource has changed since the version in `If-Match`; nothing was written. Read it again and repeat the change.
     */
    412: Problem;
    /**
     * The draft breaks a rule (`errors` names the fields), or the `Idempotency-Key` was used for another request.
     */
    422: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * A server error. It is logged with its `request_id`.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
     */
    503: Problem;
};

export type ConfirmProposalError = ConfirmProposalErrors[keyof ConfirmProposalErrors];

export type ConfirmProposalResponses = {
    /**
     * The proposal, confirmed.
     */
    200: Proposal;
};

export type ConfirmProposalResponse = ConfirmProposalResponses[keyof ConfirmProposalResponses];

export type RejectProposalData = {
    body?: never;
    headers?: {
        /**
         * The `ETag` of the version you read (with its quotes), a list of ETags, or `*`. When the resource has changed since, nothing is written and the response is 412.
         */
        'If-Match'?: string;
        /**
         * Makes it safe to retry this write: make one random key (a UUID) per intention and send it with every attempt. For 24 hours the same key with the same request returns the
         * first response again, with `Idempotent-Replayed: true`. The same key with another request is 422 `idempotency_mismatch`; while the first attempt is running it is 409 `idempotency_in_progress`.
         * A request that was refused (4xx) has written nothing, and its key can be used again.
         *
         */
        'Idempotency-Key'?: string;
        /**
         * The `id` of the user that this write is meant for. When somebody else is signed in by now, for example in another tab of the browser,
         * nothing is written and the response is 409 `wrong_user`. Without it, the write is for whoever is signed in.
         *
         */
        'X-Expected-User-Id'?: string;
    };
    path: {
        /**
         * The `id` of the proposal.
         */
        id: string;
    };
    query?: never;
    url: '/api/v1/coach/proposals/{id}/reject';
};

export type RejectProposalErrors = {
    /**
     * The request does not match the contract; `errors` names the fields.
     */
    400: Problem;
    /**
     * No one is signed in, or the session has ended.
     */
    401: Problem;
    /**
     * A browser sent this write with cookies from an origin that the server does not trust.
     */
    403: Problem;
    /**
     * There is no such proposal, or it is not yours.
     */
    404: Problem;
    /**
     * The proposal is not open any more, or a request with the same `Idempotency-Key` is running.
     */
    409: Problem;
    /**
     * The resource has changed since the version in `If-Match`; nothing was written. Read it again and repeat the change.
     */
    412: Problem;
    /**
     * The request breaks a rule that its schema cannot express (`errors` names the fields), or its `Idempotency-Key` was used for another request.
     */
    422: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * A server error. It is logged with its `request_id`.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
     */
    503: Problem;
};

export type RejectProposalError = RejectProposalErrors[keyof RejectProposalErrors];

export type RejectProposalResponses = {
    /**
     * The proposal, rejected.
     */
    200: Proposal;
};

export type RejectProposalResponse = RejectProposalResponses[keyof RejectProposalResponses];

export type UndoProposalData = {
    body?: never;
    headers?: {
        /**
         * The `ETag` of the version you read (with its quotes), a list of ETags, or `*`. When the resource has changed since, nothing is written and the response is 412.
         */
        'If-Match'?: string;
        /**
         * Makes it safe to retry this write: make one random key (a UUID) per intention and send it with every attempt. For 24 hours the same key with the same request returns the
         * first response again, with `Idempotent-Replayed: true`. The same key with another request is 422 `idempotency_mismatch`; while the first attempt is running it is 409 `idempotency_in_progress`.
         * A request that was refused (4xx) has written nothing, and its key can be used again.
         *
         */
        'Idempotency-Key'?: string;
        /**
         * The `id` of the user that this write is meant for. When somebody else is signed in by now, for example in another tab of the browser,
         * nothing is written and the response is 409 `wrong_user`. Without it, the write is for whoever is signed in.
         *
         */
        'X-Expected-User-Id'?: string;
    };
    path: {
        /**
         * The `id` of the proposal.
         */
        id: string;
    };
    query?: never;
    url: '/api/v1/coach/proposals/{id}/undo';
};

export type UndoProposalErrors = {
    /**
     * The request does not match the contract; `errors` names the fields.
     */
    400: Problem;
    /**
     * No one is signed in, or the session has ended.
     */
    401: Problem;
    /**
     * A browser sent this write with cookies from an origin that the server does not trust.
     */
    403: Problem;
    /**
     * There is no such proposal, or it is not yours.
     */
    404: Problem;
    /**
     * It cannot be undone, or a request with the same `Idempotency-Key` is running.
     */
    409: Problem;
    /**
     * The resource has changed since the version in `If-Match`; nothing was written. Read it again and repeat the change.
     */
    412: Problem;
    /**
     * The request breaks a rule that its schema cannot express (`errors` names the fields), or its `Idempotency-Key` was used for another request.
     */
    422: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * A server error. It is logged with its `request_id`.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
     */
    503: Problem;
};

export type UndoProposalError = UndoProposalErrors[keyof UndoProposalErrors];

export type UndoProposalResponses = {
    /**
     * The proposal, undone.
     */
    200: Proposal;
};

export type UndoProposalResponse = UndoProposalResponses[keyof UndoProposalResponses];

export type ListMessageEventsData = {
    body?: never;
    path: {
        /**
         * The `id` of a reply.
         */
        id: string;
    };
    query?: {
        /**
         * The `seq` of the last event that you have; only later ones are returned.
         */
        after?: number;
        /**
         * How many seconds to wait for an event when there is none yet.
         */
        wait?: number;
    };
    url: '/api/v1/coach/messages/{id}/events';
};

export type ListMessageEventsErrors = {
    /**
     * The request does not match the contract; `errors` names the fields.
     */
    400: Problem;
    /**
     * No one is signed in, or the session has ended.
     */
    401: Problem;
    /**
     * There is no such reply, or it is not yours.
     */
    404: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * A server error. It is logged with its `request_id`.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
     */
    503: Problem;
};

export type ListMessageEventsError = ListMessageEventsErrors[keyof ListMessageEventsErrors];

export type ListMessageEventsResponses = {
    /**
     * The events after `after`, at most 500.
     */
    200: CoachEventList;
};

export type ListMessageEventsResponse = ListMessageEventsResponses[keyof ListMessageEventsResponses];

export type CancelMessageData = {
    body?: never;
    headers?: {
        /**
         * The `id` of the user that this write is meant for. When somebody else is signed in by now, for example in another tab of the browser,
         * nothing is written and the response is 409 `wrong_user`. Without it, the write is for whoever is signed in.
         *
         */
        'X-Expected-User-Id'?: string;
    };
    path: {
        /**
         * The `id` of a reply.
         */
        id: string;
    };
    query?: never;
    url: '/api/v1/coach/messages/{id}/cancel';
};

export type CancelMessageErrors = {
    /**
     * The request does not match the contract; `errors` names the fields.
     */
    400: Problem;
    /**
     * No one is signed in, or the session has ended.
     */
    401: Problem;
    /**
     * A browser sent this write with cookies from an origin that the server does not trust.
     */
    403: Problem;
    /**
     * There is no such reply, or it is not yours.
     */
    404: Problem;
    /**
     * Another user is signed in than `X-Expected-User-Id` says. Nothing was written.
     */
    409: Problem;
    /**
     * The budget of this rate class is used up; wait for `Retry-After` seconds.
     */
    429: Problem;
    /**
     * A server error. It is logged with its `request_id`.
     */
    500: Problem;
    /**
     * The service, its database or its identity provider is not available; retry after `Retry-After` seconds. A write may have happened when the connection was lost during its commit; with `If-Match` or `Idempotency-Key` it cannot happen twice.
     */
    503: Problem;
};

export type CancelMessageError = CancelMessageErrors[keyof CancelMessageErrors];

export type CancelMessageResponses = {
    /**
     * The reply stops, or is complete already.
     */
    204: void;
};

export type CancelMessageResponse = CancelMessageResponses[keyof CancelMessageResponses];
