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
 * Every error has this shape (RFC 9457). Branch on `code`, which is stable; show `detail`, which is a sentence for people;
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
 * At least 8 characters and at most 72 bytes in UTF-8 (422 `password_too_long`; the hash ignores all further bytes).
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
 * Absent when no session was opened, as after a sign-up whose address must be confirmed.
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
 * The `token_hash` in the link of the mail; send it without `email` and `token`.
 */
export const zMailTokenHash = z.string().min(1).max(200).regex(/^[A-Za-z0-9_-]+$/);

/**
 * The 6-digit code of the mail; send it together with `email`.
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

export const zCurrentSession = z.object({
    user: zAuthUser.nullable(),
    session: zAuthSessionInfo.optional(),
    can_refresh: z.boolean()
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
 * How active the person is on a usual day; BMR is multiplied by 1.2, 1.375, 1.55, 1.725 or 1.9.
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
 * Short texts, each at most 100 characters.
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
 * For display only; every number in the API is metric.
 */
export const zUnitSystem = z.enum(['metric', 'imperial']);

/**
 * How much of the energy of activities (above rest) is added to what remains of a day.
 */
export const zExerciseCalories = z.enum([
    'none',
    'half',
    'all'
]);

export const zReason = z.object({
    code: z.string().max(60).regex(/^[a-z][a-z0-9_]*$/),
    message: z.string().max(500)
});

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
    adaptive_targets: z.boolean(),
    exercise_calories: zExerciseCalories,
    privacy_radius_m: z.int().gte(0).lte(5000),
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
    adaptive_targets: z.boolean().optional(),
    exercise_calories: zExerciseCalories.optional(),
    privacy_radius_m: z.int().gte(0).lte(5000).optional(),
    custom_targets: zCustomTargets.nullish()
});

/**
 * Present when a change of the profile changed the targets.
 */
export const zTargetsChange = z.object({
    before: zTargets.optional(),
    after: zTargets.optional(),
    reasons: z.array(zReason).max(20)
});

/**
 * Your profile and, when the targets changed, the reasons.
 */
export const zMeUpdated = zMe.and(z.object({
    targets_change: zTargetsChange.optional()
}));

/**
 * Values that replace those of your profile; absent ones are taken from the profile.
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
 * By Mifflin–St Jeor and the activity level; absent when an input of the profile is missing.
 */
export const zFormulaEnergy = z.object({
    bmr_kcal: z.int().gte(0).lte(20000),
    tdee_kcal: z.int().gte(0).lte(20000)
});

/**
 * The data that were used or, where they do not suffice, that there are.
 */
export const zEnergyWindow = z.object({
    from: z.iso.date(),
    to: z.iso.date(),
    days: z.int().gte(0).lte(42),
    weigh_ins: z.int().gte(0).lte(43),
    logged_days: z.int().gte(0).lte(42),
    mean_kcal: z.int().gte(0).lte(10000000000).optional()
});

export const zMissingData = z.object({
    what: z.enum([
        'weigh_ins',
        'span_days',
        'logged_days',
        'height_cm',
        'birth_date',
        'biological_sex',
        'activity_level',
        'current_weight_kg'
    ]),
    amount: z.int().gte(1).lte(100)
});

/**
 * What your targets use.
 */
export const zEnergyOfTargets = z.object({
    adaptive: z.boolean(),
    tdee_kcal: z.int().gte(0).lte(20000).optional(),
    since: z.iso.date().optional()
});

export const zEnergyExpenditure = z.object({
    status: z.enum([
        'updating',
        'calibrating',
        'holding'
    ]),
    basis: z.enum([
        'combined',
        'weights_and_meals',
        'formula',
        'none'
    ]),
    tdee_kcal: z.int().gte(0).lte(20000).optional(),
    low_kcal: z.int().gte(-10000000000).lte(10000000000).optional(),
    high_kcal: z.int().gte(-10000000000).lte(10000000000).optional(),
    level: z.number().gte(0).lte(1),
    confidence: z.enum([
        'high',
        'medium',
        'low'
    ]),
    as_of: z.iso.date(),
    weights_share: z.number().gte(0).lte(1),
    limited: z.boolean(),
    formula: zFormulaEnergy.optional(),
    kcal_per_kg: z.int().gte(1000).lte(10000),
    kcal_per_kg_basis: z.enum(['default', 'forbes']),
    window: zEnergyWindow,
    missing: z.array(zMissingData).max(10),
    targets: zEnergyOfTargets,
    explanation: z.array(zReason).max(20)
});

/**
 * Everywhere, among your own foods, or in the catalogue.
 */
export const zFoodScope = z.enum([
    'all',
    'own',
    'catalogue'
]).default('all');

/**
 * What 100 g hold. A nutrient that is not known is absent; 0 means none.
 */
export const zNutrients = z.object({
    calories: z.number().gte(0).lte(1000),
    protein_g: z.number().gte(0).lte(100),
    carbs_g: z.number().gte(0).lte(100),
    fat_g: z.number().gte(0).lte(100),
    fiber_g: z.number().gte(0).lte(100).optional(),
    sugar_g: z.number().gte(0).lte(100).optional(),
    added_sugar_g: z.number().gte(0).lte(100).optional(),
    saturated_fat_g: z.number().gte(0).lte(100).optional(),
    cholesterol_mg: z.number().gte(0).lte(100000).optional(),
    sodium_mg: z.number().gte(0).lte(39340).optional(),
    potassium_mg: z.number().gte(0).lte(52450).optional(),
    calcium_mg: z.number().gte(0).lte(40050).optional(),
    iron_mg: z.number().gte(0).lte(32870).optional(),
    vitamin_d_mcg: z.number().gte(0).lte(100000).optional(),
    caffeine_mg: z.number().gte(0).lte(100000).optional(),
    alcohol_g: z.number().gte(0).lte(100).optional(),
    trans_fat_g: z.number().gte(0).lte(100).optional(),
    monounsaturated_fat_g: z.number().gte(0).lte(100).optional(),
    polyunsaturated_fat_g: z.number().gte(0).lte(100).optional(),
    magnesium_mg: z.number().gte(0).lte(60310).optional(),
    phosphorus_mg: z.number().gte(0).lte(31610).optional(),
    zinc_mg: z.number().gte(0).lte(80340).optional(),
    selenium_mcg: z.number().gte(0).lte(100000).optional(),
    vitamin_a_mcg: z.number().gte(0).lte(100000).optional(),
    vitamin_c_mg: z.number().gte(0).lte(100000).optional(),
    vitamin_e_mg: z.number().gte(0).lte(100000).optional(),
    vitamin_k_mcg: z.number().gte(0).lte(100000).optional(),
    vitamin_b6_mg: z.number().gte(0).lte(100000).optional(),
    vitamin_b12_mcg: z.number().gte(0).lte(100000).optional(),
    thiamin_mg: z.number().gte(0).lte(100000).optional(),
    riboflavin_mg: z.number().gte(0).lte(100000).optional(),
    niacin_mg: z.number().gte(0).lte(100000).optional(),
    folate_mcg: z.number().gte(0).lte(100000).optional(),
    choline_mg: z.number().gte(0).lte(100000).optional()
});

/**
 * What this amount holds. A nutrient that is not known is absent; 0 means none.
 */
export const zItemNutrients = z.object({
    calories: z.number().gte(0).lte(100000000),
    protein_g: z.number().gte(0).lte(100000000).optional(),
    carbs_g: z.number().gte(0).lte(100000000).optional(),
    fat_g: z.number().gte(0).lte(100000000).optional(),
    fiber_g: z.number().gte(0).lte(100000000).optional(),
    sugar_g: z.number().gte(0).lte(100000000).optional(),
    added_sugar_g: z.number().gte(0).lte(100000000).optional(),
    saturated_fat_g: z.number().gte(0).lte(100000000).optional(),
    cholesterol_mg: z.number().gte(0).lte(100000000).optional(),
    sodium_mg: z.number().gte(0).lte(100000000).optional(),
    potassium_mg: z.number().gte(0).lte(100000000).optional(),
    calcium_mg: z.number().gte(0).lte(100000000).optional(),
    iron_mg: z.number().gte(0).lte(100000000).optional(),
    vitamin_d_mcg: z.number().gte(0).lte(100000000).optional(),
    caffeine_mg: z.number().gte(0).lte(100000000).optional(),
    alcohol_g: z.number().gte(0).lte(100000000).optional(),
    trans_fat_g: z.number().gte(0).lte(100000000).optional(),
    monounsaturated_fat_g: z.number().gte(0).lte(100000000).optional(),
    polyunsaturated_fat_g: z.number().gte(0).lte(100000000).optional(),
    magnesium_mg: z.number().gte(0).lte(100000000).optional(),
    phosphorus_mg: z.number().gte(0).lte(100000000).optional(),
    zinc_mg: z.number().gte(0).lte(100000000).optional(),
    selenium_mcg: z.number().gte(0).lte(100000000).optional(),
    vitamin_a_mcg: z.number().gte(0).lte(100000000).optional(),
    vitamin_c_mg: z.number().gte(0).lte(100000000).optional(),
    vitamin_e_mg: z.number().gte(0).lte(100000000).optional(),
    vitamin_k_mcg: z.number().gte(0).lte(100000000).optional(),
    vitamin_b6_mg: z.number().gte(0).lte(100000000).optional(),
    vitamin_b12_mcg: z.number().gte(0).lte(100000000).optional(),
    thiamin_mg: z.number().gte(0).lte(100000000).optional(),
    riboflavin_mg: z.number().gte(0).lte(100000000).optional(),
    niacin_mg: z.number().gte(0).lte(100000000).optional(),
    folate_mcg: z.number().gte(0).lte(100000000).optional(),
    choline_mg: z.number().gte(0).lte(100000000).optional()
});

/**
 * The serving to show first, and its nutrients.
 */
export const zHitServing = z.object({
    id: z.uuid(),
    label: z.string().max(100),
    grams: z.number().gte(0).lte(10000),
    nutrients: zItemNutrients
});

/**
 * The amount of this food that the query names, in the form of a meal item: send `serving_id` and `count`, or `grams`. Only in search results, and absent when the unit says nothing about this food.
 */
export const zFoodPortion = z.object({
    kind: z.enum(['grams', 'serving']),
    serving_id: z.uuid().optional(),
    count: z.number().gte(0.01).lte(50).optional(),
    grams: z.number().gt(0).lte(10000),
    label: z.string().max(100)
});

/**
 * A food in a list. `getFood` has all of its servings.
 */
export const zFoodHit = z.object({
    id: z.uuid(),
    name: z.string().max(300),
    brand: z.string().max(200).optional(),
    source: z.string().max(50),
    is_custom: z.boolean(),
    is_favorite: z.boolean(),
    per_100g: zNutrients,
    default_serving: zHitServing.optional(),
    portion: zFoodPortion.optional()
});

/**
 * The amount that `q` names; absent when it names none.
 */
export const zUnderstoodAmount = z.object({
    amount: z.number().gt(0).lte(10000),
    unit: z.string().min(1).max(20),
    serving_id: z.uuid().optional(),
    grams: z.number().gt(0).lte(10000).optional()
});

export const zFoodSearchPage = z.object({
    data: z.array(zFoodHit).max(100),
    did_you_mean: z.string().max(500).optional(),
    understood: zUnderstoodAmount.optional(),
    ignored: z.array(z.string().min(1).max(200)).max(100).optional(),
    next_cursor: z.string().max(512).optional()
});

/**
 * Which meal of the day it was.
 */
export const zMealType = z.enum([
    'breakfast',
    'lunch',
    'dinner',
    'snack',
    'other'
]);

/**
 * The latest first or the most often logged first.
 */
export const zRecentOrder = z.enum(['recent', 'frequent']).default('recent');

/**
 * How much of it you logged last.
 */
export const zLastAmount = z.object({
    kind: z.enum(['grams', 'serving']),
    serving_id: z.uuid().optional(),
    count: z.number().gte(0).lte(50).optional(),
    grams: z.number().gte(0).lte(10000),
    label: z.string().max(100)
});

export const zRecentFood = z.object({
    food: zFoodHit,
    times: z.int().gte(1),
    last_logged_at: z.iso.datetime({ offset: true }),
    last: zLastAmount
});

export const zRecentFoodPage = z.object({
    data: z.array(zRecentFood).max(100),
    next_cursor: z.string().max(512).optional()
});

export const zFoodPage = z.object({
    data: z.array(zFoodHit).max(100),
    next_cursor: z.string().max(512).optional()
});

/**
 * Where the values come from, and under which licence.
 */
export const zFoodSource = z.object({
    name: z.string().max(50),
    id: z.string().max(100).optional(),
    license: z.string().max(100).optional(),
    url: z.string().max(300).optional()
});

/**
 * A household measure. `grams` is the weight of all that the label says.
 */
export const zFoodServing = z.object({
    id: z.uuid(),
    label: z.string().max(100),
    grams: z.number().gte(0).lte(10000),
    is_default: z.boolean()
});

export const zFood = z.object({
    id: z.uuid(),
    name: z.string().max(300),
    brand: z.string().max(200).optional(),
    barcode: z.string().max(14).regex(/^[0-9]{14}$/).optional(),
    source: zFoodSource,
    is_custom: z.boolean(),
    is_favorite: z.boolean(),
    per_100g: zNutrients,
    servings: z.array(zFoodServing).max(100),
    warnings: z.array(zReason).max(10).optional(),
    created_at: z.iso.datetime({ offset: true }),
    updated_at: z.iso.datetime({ offset: true })
});

/**
 * Known fields of the food; send them to `createCustomFood` together with the others.
 */
export const zFoodPrefill = z.object({
    barcode: z.string().length(14).regex(/^[0-9]{14}$/)
});

/**
 * A problem with the known fields of the food that was not found.
 */
export const zBarcodeProblem = zProblem.and(z.object({
    prefill: zFoodPrefill
}));

/**
 * What 100 g hold. Leave out what you do not know.
 */
export const zNutrientsCreate = z.object({
    calories: z.number().gte(0).lte(1000),
    protein_g: z.number().gte(0).lte(100),
    carbs_g: z.number().gte(0).lte(100),
    fat_g: z.number().gte(0).lte(100),
    fiber_g: z.number().gte(0).lte(100).optional(),
    sugar_g: z.number().gte(0).lte(100).optional(),
    added_sugar_g: z.number().gte(0).lte(100).optional(),
    saturated_fat_g: z.number().gte(0).lte(100).optional(),
    cholesterol_mg: z.number().gte(0).lte(100000).optional(),
    sodium_mg: z.number().gte(0).lte(39340).optional(),
    potassium_mg: z.number().gte(0).lte(52450).optional(),
    calcium_mg: z.number().gte(0).lte(40050).optional(),
    iron_mg: z.number().gte(0).lte(32870).optional(),
    vitamin_d_mcg: z.number().gte(0).lte(100000).optional(),
    caffeine_mg: z.number().gte(0).lte(100000).optional(),
    alcohol_g: z.number().gte(0).lte(100).optional(),
    trans_fat_g: z.number().gte(0).lte(100).optional(),
    monounsaturated_fat_g: z.number().gte(0).lte(100).optional(),
    polyunsaturated_fat_g: z.number().gte(0).lte(100).optional(),
    magnesium_mg: z.number().gte(0).lte(60310).optional(),
    phosphorus_mg: z.number().gte(0).lte(31610).optional(),
    zinc_mg: z.number().gte(0).lte(80340).optional(),
    selenium_mcg: z.number().gte(0).lte(100000).optional(),
    vitamin_a_mcg: z.number().gte(0).lte(100000).optional(),
    vitamin_c_mg: z.number().gte(0).lte(100000).optional(),
    vitamin_e_mg: z.number().gte(0).lte(100000).optional(),
    vitamin_k_mcg: z.number().gte(0).lte(100000).optional(),
    vitamin_b6_mg: z.number().gte(0).lte(100000).optional(),
    vitamin_b12_mcg: z.number().gte(0).lte(100000).optional(),
    thiamin_mg: z.number().gte(0).lte(100000).optional(),
    riboflavin_mg: z.number().gte(0).lte(100000).optional(),
    niacin_mg: z.number().gte(0).lte(100000).optional(),
    folate_mcg: z.number().gte(0).lte(100000).optional(),
    choline_mg: z.number().gte(0).lte(100000).optional()
});

/**
 * What one serving holds. Leave out what you do not know.
 */
export const zServingNutrientsCreate = z.object({
    calories: z.number().gte(0).lte(1000000),
    protein_g: z.number().gte(0).lte(1000000),
    carbs_g: z.number().gte(0).lte(1000000),
    fat_g: z.number().gte(0).lte(1000000),
    fiber_g: z.number().gte(0).lte(1000000).optional(),
    sugar_g: z.number().gte(0).lte(1000000).optional(),
    added_sugar_g: z.number().gte(0).lte(1000000).optional(),
    saturated_fat_g: z.number().gte(0).lte(1000000).optional(),
    cholesterol_mg: z.number().gte(0).lte(1000000).optional(),
    sodium_mg: z.number().gte(0).lte(1000000).optional(),
    potassium_mg: z.number().gte(0).lte(1000000).optional(),
    calcium_mg: z.number().gte(0).lte(1000000).optional(),
    iron_mg: z.number().gte(0).lte(1000000).optional(),
    vitamin_d_mcg: z.number().gte(0).lte(1000000).optional(),
    caffeine_mg: z.number().gte(0).lte(1000000).optional(),
    alcohol_g: z.number().gte(0).lte(1000000).optional(),
    trans_fat_g: z.number().gte(0).lte(1000000).optional(),
    monounsaturated_fat_g: z.number().gte(0).lte(1000000).optional(),
    polyunsaturated_fat_g: z.number().gte(0).lte(1000000).optional(),
    magnesium_mg: z.number().gte(0).lte(1000000).optional(),
    phosphorus_mg: z.number().gte(0).lte(1000000).optional(),
    zinc_mg: z.number().gte(0).lte(1000000).optional(),
    selenium_mcg: z.number().gte(0).lte(1000000).optional(),
    vitamin_a_mcg: z.number().gte(0).lte(1000000).optional(),
    vitamin_c_mg: z.number().gte(0).lte(1000000).optional(),
    vitamin_e_mg: z.number().gte(0).lte(1000000).optional(),
    vitamin_k_mcg: z.number().gte(0).lte(1000000).optional(),
    vitamin_b6_mg: z.number().gte(0).lte(1000000).optional(),
    vitamin_b12_mcg: z.number().gte(0).lte(1000000).optional(),
    thiamin_mg: z.number().gte(0).lte(1000000).optional(),
    riboflavin_mg: z.number().gte(0).lte(1000000).optional(),
    niacin_mg: z.number().gte(0).lte(1000000).optional(),
    folate_mcg: z.number().gte(0).lte(1000000).optional(),
    choline_mg: z.number().gte(0).lte(1000000).optional()
});

/**
 * Nutrients per serving, as on a label.
 */
export const zNutritionPerServing = z.object({
    label: z.string().min(1).max(100).regex(/^[^\u0000]*$/),
    grams: z.number().gte(0.001).lte(10000),
    nutrients: zServingNutrientsCreate
});

export const zFoodServingCreate = z.object({
    id: z.uuid().optional(),
    label: z.string().min(1).max(100).regex(/^[^\u0000]*$/),
    grams: z.number().gte(0.001).lte(10000),
    is_default: z.boolean().optional().default(false)
});

/**
 * Exactly one of `per_100g` and `per_serving` (422 `exactly_one_of` otherwise).
 */
export const zFoodCreate = z.object({
    id: z.uuid().optional(),
    name: z.string().min(1).max(300).regex(/^[^\u0000]*$/),
    brand: z.string().min(1).max(200).regex(/^[^\u0000]*$/).optional(),
    barcode: z.string().min(6).max(500).regex(/^[^\u0000]*$/).optional(),
    per_100g: zNutrientsCreate.optional(),
    per_serving: zNutritionPerServing.optional(),
    servings: z.array(zFoodServingCreate).max(50).optional()
});

/**
 * JSON merge-patch of what 100 g hold; `null` makes a nutrient unknown again.
 */
export const zNutrientsPatch = z.object({
    calories: z.number().gte(0).lte(1000).optional(),
    protein_g: z.number().gte(0).lte(100).optional(),
    carbs_g: z.number().gte(0).lte(100).optional(),
    fat_g: z.number().gte(0).lte(100).optional(),
    fiber_g: z.number().gte(0).lte(100).nullish(),
    sugar_g: z.number().gte(0).lte(100).nullish(),
    added_sugar_g: z.number().gte(0).lte(100).nullish(),
    saturated_fat_g: z.number().gte(0).lte(100).nullish(),
    cholesterol_mg: z.number().gte(0).lte(100000).nullish(),
    sodium_mg: z.number().gte(0).lte(39340).nullish(),
    potassium_mg: z.number().gte(0).lte(52450).nullish(),
    calcium_mg: z.number().gte(0).lte(40050).nullish(),
    iron_mg: z.number().gte(0).lte(32870).nullish(),
    vitamin_d_mcg: z.number().gte(0).lte(100000).nullish(),
    caffeine_mg: z.number().gte(0).lte(100000).nullish(),
    alcohol_g: z.number().gte(0).lte(100).nullish(),
    trans_fat_g: z.number().gte(0).lte(100).nullish(),
    monounsaturated_fat_g: z.number().gte(0).lte(100).nullish(),
    polyunsaturated_fat_g: z.number().gte(0).lte(100).nullish(),
    magnesium_mg: z.number().gte(0).lte(60310).nullish(),
    phosphorus_mg: z.number().gte(0).lte(31610).nullish(),
    zinc_mg: z.number().gte(0).lte(80340).nullish(),
    selenium_mcg: z.number().gte(0).lte(100000).nullish(),
    vitamin_a_mcg: z.number().gte(0).lte(100000).nullish(),
    vitamin_c_mg: z.number().gte(0).lte(100000).nullish(),
    vitamin_e_mg: z.number().gte(0).lte(100000).nullish(),
    vitamin_k_mcg: z.number().gte(0).lte(100000).nullish(),
    vitamin_b6_mg: z.number().gte(0).lte(100000).nullish(),
    vitamin_b12_mcg: z.number().gte(0).lte(100000).nullish(),
    thiamin_mg: z.number().gte(0).lte(100000).nullish(),
    riboflavin_mg: z.number().gte(0).lte(100000).nullish(),
    niacin_mg: z.number().gte(0).lte(100000).nullish(),
    folate_mcg: z.number().gte(0).lte(100000).nullish(),
    choline_mg: z.number().gte(0).lte(100000).nullish()
});

/**
 * JSON merge-patch: absent keeps, `null` clears, a value sets.
 */
export const zFoodPatch = z.object({
    name: z.string().min(1).max(300).regex(/^[^\u0000]*$/).optional(),
    brand: z.string().min(1).max(200).regex(/^[^\u0000]*$/).nullish(),
    barcode: z.string().min(6).max(500).regex(/^[^\u0000]*$/).nullish(),
    per_100g: zNutrientsPatch.optional()
});

export const zFoodServingPatch = z.object({
    label: z.string().min(1).max(100).regex(/^[^\u0000]*$/).optional(),
    grams: z.number().gte(0.001).lte(10000).optional(),
    is_default: z.boolean().optional()
});

/**
 * How it was logged: by hand, copied, or proposed by the coach and confirmed.
 */
export const zMealSource = z.enum([
    'manual',
    'copy',
    'coach'
]);

/**
 * By weight, by servings, or typed in by hand.
 */
export const zItemKind = z.enum([
    'grams',
    'serving',
    'quick'
]);

/**
 * One line of a meal, with the values that it was logged with.
 */
export const zMealItem = z.object({
    id: z.uuid(),
    kind: zItemKind,
    food_id: z.uuid().optional(),
    serving_id: z.uuid().optional(),
    count: z.number().gt(0).lte(50).optional(),
    name: z.string().max(300),
    brand: z.string().max(200).optional(),
    label: z.string().max(100),
    grams: z.number().gte(0).lte(10000).optional(),
    nutrients: zItemNutrients
});

/**
 * For each nutrient, the share (0 to 1, to 0.001) of the items whose value is known. Empty when there are no items.
 */
export const zCoverage = z.object({
    calories: z.number().gte(0).lte(1).optional(),
    protein_g: z.number().gte(0).lte(1).optional(),
    carbs_g: z.number().gte(0).lte(1).optional(),
    fat_g: z.number().gte(0).lte(1).optional(),
    fiber_g: z.number().gte(0).lte(1).optional(),
    sugar_g: z.number().gte(0).lte(1).optional(),
    added_sugar_g: z.number().gte(0).lte(1).optional(),
    saturated_fat_g: z.number().gte(0).lte(1).optional(),
    cholesterol_mg: z.number().gte(0).lte(1).optional(),
    sodium_mg: z.number().gte(0).lte(1).optional(),
    potassium_mg: z.number().gte(0).lte(1).optional(),
    calcium_mg: z.number().gte(0).lte(1).optional(),
    iron_mg: z.number().gte(0).lte(1).optional(),
    vitamin_d_mcg: z.number().gte(0).lte(1).optional(),
    caffeine_mg: z.number().gte(0).lte(1).optional(),
    alcohol_g: z.number().gte(0).lte(1).optional(),
    trans_fat_g: z.number().gte(0).lte(1).optional(),
    monounsaturated_fat_g: z.number().gte(0).lte(1).optional(),
    polyunsaturated_fat_g: z.number().gte(0).lte(1).optional(),
    magnesium_mg: z.number().gte(0).lte(1).optional(),
    phosphorus_mg: z.number().gte(0).lte(1).optional(),
    zinc_mg: z.number().gte(0).lte(1).optional(),
    selenium_mcg: z.number().gte(0).lte(1).optional(),
    vitamin_a_mcg: z.number().gte(0).lte(1).optional(),
    vitamin_c_mg: z.number().gte(0).lte(1).optional(),
    vitamin_e_mg: z.number().gte(0).lte(1).optional(),
    vitamin_k_mcg: z.number().gte(0).lte(1).optional(),
    vitamin_b6_mg: z.number().gte(0).lte(1).optional(),
    vitamin_b12_mcg: z.number().gte(0).lte(1).optional(),
    thiamin_mg: z.number().gte(0).lte(1).optional(),
    riboflavin_mg: z.number().gte(0).lte(1).optional(),
    niacin_mg: z.number().gte(0).lte(1).optional(),
    folate_mcg: z.number().gte(0).lte(1).optional(),
    choline_mg: z.number().gte(0).lte(1).optional()
});

/**
 * The exact sum of the items. What no item knows is absent, never 0; where only some know it, the sum is of those and `coverage` says how many.
 * Of nothing, energy and the three macronutrients are 0.
 *
 */
export const zTotals = z.object({
    calories: z.number().gte(0).lte(10000000000),
    protein_g: z.number().gte(0).lte(10000000000).optional(),
    carbs_g: z.number().gte(0).lte(10000000000).optional(),
    fat_g: z.number().gte(0).lte(10000000000).optional(),
    fiber_g: z.number().gte(0).lte(10000000000).optional(),
    sugar_g: z.number().gte(0).lte(10000000000).optional(),
    added_sugar_g: z.number().gte(0).lte(10000000000).optional(),
    saturated_fat_g: z.number().gte(0).lte(10000000000).optional(),
    cholesterol_mg: z.number().gte(0).lte(10000000000).optional(),
    sodium_mg: z.number().gte(0).lte(10000000000).optional(),
    potassium_mg: z.number().gte(0).lte(10000000000).optional(),
    calcium_mg: z.number().gte(0).lte(10000000000).optional(),
    iron_mg: z.number().gte(0).lte(10000000000).optional(),
    vitamin_d_mcg: z.number().gte(0).lte(10000000000).optional(),
    caffeine_mg: z.number().gte(0).lte(10000000000).optional(),
    alcohol_g: z.number().gte(0).lte(10000000000).optional(),
    trans_fat_g: z.number().gte(0).lte(10000000000).optional(),
    monounsaturated_fat_g: z.number().gte(0).lte(10000000000).optional(),
    polyunsaturated_fat_g: z.number().gte(0).lte(10000000000).optional(),
    magnesium_mg: z.number().gte(0).lte(10000000000).optional(),
    phosphorus_mg: z.number().gte(0).lte(10000000000).optional(),
    zinc_mg: z.number().gte(0).lte(10000000000).optional(),
    selenium_mcg: z.number().gte(0).lte(10000000000).optional(),
    vitamin_a_mcg: z.number().gte(0).lte(10000000000).optional(),
    vitamin_c_mg: z.number().gte(0).lte(10000000000).optional(),
    vitamin_e_mg: z.number().gte(0).lte(10000000000).optional(),
    vitamin_k_mcg: z.number().gte(0).lte(10000000000).optional(),
    vitamin_b6_mg: z.number().gte(0).lte(10000000000).optional(),
    vitamin_b12_mcg: z.number().gte(0).lte(10000000000).optional(),
    thiamin_mg: z.number().gte(0).lte(10000000000).optional(),
    riboflavin_mg: z.number().gte(0).lte(10000000000).optional(),
    niacin_mg: z.number().gte(0).lte(10000000000).optional(),
    folate_mcg: z.number().gte(0).lte(10000000000).optional(),
    choline_mg: z.number().gte(0).lte(10000000000).optional(),
    coverage: zCoverage
});

export const zMeal = z.object({
    id: z.uuid(),
    name: z.string().max(200).optional(),
    meal_type: zMealType,
    eaten_at: z.iso.datetime({ offset: true }),
    local_date: z.iso.date(),
    timezone: z.string().max(100),
    notes: z.string().max(2000).optional(),
    source: zMealSource,
    items: z.array(zMealItem).max(100),
    totals: zTotals,
    created_at: z.iso.datetime({ offset: true }),
    updated_at: z.iso.datetime({ offset: true })
});

export const zMealPage = z.object({
    data: z.array(zMeal).max(100),
    next_cursor: z.string().max(512).optional()
});

/**
 * A food by weight.
 */
export const zItemByGrams = z.object({
    id: z.uuid().optional(),
    kind: z.literal('grams'),
    food_id: z.uuid(),
    grams: z.number().gte(0.01).lte(10000)
});

/**
 * A food by household measures.
 */
export const zItemByServing = z.object({
    id: z.uuid().optional(),
    kind: z.literal('serving'),
    food_id: z.uuid(),
    serving_id: z.uuid(),
    count: z.number().gte(0.01).lte(50)
});

/**
 * Typed in by hand, without a food. What you leave out is not known, which is not 0.
 */
export const zQuickItem = z.object({
    id: z.uuid().optional(),
    kind: z.literal('quick'),
    name: z.string().min(1).max(200).regex(/^[^\u0000]*$/),
    calories: z.number().gte(0).lte(20000),
    protein_g: z.number().gte(0).lte(5000).optional(),
    carbs_g: z.number().gte(0).lte(5000).optional(),
    fat_g: z.number().gte(0).lte(5000).optional()
});

/**
 * What was eaten and how much: by weight, by servings, or typed in by hand. Except for the last you never send nutrients.
 */
export const zMealItemCreate = z.discriminatedUnion('kind', [
    zItemByGrams,
    zItemByServing,
    zQuickItem
]);

export const zMealCreate = z.object({
    id: z.uuid().optional(),
    name: z.string().min(1).max(200).regex(/^[^\u0000]*$/).optional(),
    meal_type: zMealType,
    eaten_at: z.iso.datetime({ offset: true }).optional(),
    timezone: z.string().min(1).max(100).regex(/^[^\u0000]*$/).optional(),
    notes: z.string().min(1).max(2000).regex(/^[^\u0000]*$/).optional(),
    items: z.array(zMealItemCreate).min(1).max(50)
});

/**
 * JSON merge-patch: absent keeps, `null` clears, a value sets.
 */
export const zMealPatch = z.object({
    name: z.string().min(1).max(200).regex(/^[^\u0000]*$/).nullish(),
    meal_type: zMealType.optional(),
    eaten_at: z.iso.datetime({ offset: true }).optional(),
    timezone: z.string().min(1).max(100).regex(/^[^\u0000]*$/).optional(),
    notes: z.string().min(1).max(2000).regex(/^[^\u0000]*$/).nullish()
});

export const zMealCopy = z.object({
    id: z.uuid().optional(),
    date: z.iso.date(),
    meal_type: zMealType.optional(),
    timezone: z.string().min(1).max(100).regex(/^[^\u0000]*$/).optional()
});

export const zMealItemsCreate = z.object({
    items: z.array(zMealItemCreate).min(1).max(50)
});

export const zMealItemRefresh = z.object({
    apply: z.boolean().optional().default(false)
});

export const zMealItemRefreshed = z.object({
    applied: z.boolean(),
    before: zMealItem,
    after: zMealItem
});

/**
 * JSON merge-patch: absent keeps, `null` clears, a value sets.
 */
export const zMealItemPatch = z.object({
    grams: z.number().gte(0.01).lte(10000).optional(),
    serving_id: z.uuid().optional(),
    count: z.number().gte(0.01).lte(50).optional(),
    name: z.string().min(1).max(200).regex(/^[^\u0000]*$/).optional(),
    calories: z.number().gte(0).lte(20000).optional(),
    protein_g: z.number().gte(0).lte(5000).nullish(),
    carbs_g: z.number().gte(0).lte(5000).nullish(),
    fat_g: z.number().gte(0).lte(5000).nullish()
});

export const zRangeDay = z.object({
    date: z.iso.date(),
    logged: z.boolean(),
    meals_count: z.int().gte(0).lte(100),
    totals: zTotals
});

export const zRangeWeek = z.object({
    week_start: z.iso.date(),
    days_logged: z.int().gte(0).lte(7),
    divisor: z.int().gte(0).lte(7),
    totals: zTotals,
    averages: zTotals.optional()
});

export const zNutritionRange = z.object({
    data: z.array(zRangeDay).max(366),
    weeks: z.array(zRangeWeek).max(54)
});

/**
 * Your daily targets, as your profile has them now.
 */
export const zDayTargets = z.object({
    calories: z.int().gte(0).lte(10000),
    protein_g: z.int().gte(0).lte(1000),
    carbs_g: z.int().gte(0).lte(2500),
    fat_g: z.int().gte(0).lte(1000)
});

/**
 * Targets less totals, below 0 when more was eaten. What is not known is counted as not eaten; `coverage` of the totals says how much that is.
 */
export const zRemaining = z.object({
    calories: z.number().gte(-10000000000).lte(10000),
    protein_g: z.number().gte(-10000000000).lte(1000),
    carbs_g: z.number().gte(-10000000000).lte(2500),
    fat_g: z.number().gte(-10000000000).lte(1000)
});

/**
 * Totals of each kind of meal that the day has.
 */
export const zByMealType = z.object({
    breakfast: zTotals.optional(),
    lunch: zTotals.optional(),
    dinner: zTotals.optional(),
    snack: zTotals.optional(),
    other: zTotals.optional()
});

export const zNutritionDay = z.object({
    date: z.iso.date(),
    timezone: z.string().max(100),
    targets: zDayTargets.optional(),
    totals: zTotals,
    remaining: zRemaining.optional(),
    meals: z.array(zMeal).max(100),
    by_meal_type: zByMealType
});

export const zNutritionDayCopy = z.object({
    to: z.iso.date(),
    timezone: z.string().min(1).max(100).regex(/^[^\u0000]*$/).optional()
});

export const zMealCopies = z.object({
    data: z.array(zMeal).max(100)
});

/**
 * Girths in cm, each where it is usually measured, kept to 0.1 mm.
 */
export const zGirths = z.object({
    waist_cm: z.number().gte(10).lte(300).optional(),
    hips_cm: z.number().gte(10).lte(300).optional(),
    chest_cm: z.number().gte(10).lte(300).optional(),
    neck_cm: z.number().gte(10).lte(300).optional(),
    arm_cm: z.number().gte(10).lte(300).optional(),
    thigh_cm: z.number().gte(10).lte(300).optional(),
    calf_cm: z.number().gte(10).lte(300).optional()
});

/**
 * Where a measurement comes from.
 */
export const zMeasurementSource = z.object({
    kind: z.enum([
        'manual',
        'file',
        'device',
        'api'
    ]),
    app: z.string().min(1).max(100).regex(/^[^\u0000]*$/).optional(),
    device: z.string().min(1).max(100).regex(/^[^\u0000]*$/).optional(),
    external_id: z.string().min(1).max(200).regex(/^[^\u0000]*$/).optional(),
    external_version: z.int().gte(0).lte(9007199254740991).optional(),
    recorded: z.enum([
        'automatic',
        'manual',
        'unknown'
    ]).optional().default('unknown')
});

export const zMeasurement = z.object({
    id: z.uuid(),
    measured_at: z.iso.datetime({ offset: true }),
    local_date: z.iso.date(),
    timezone: z.string().max(100),
    weight_kg: z.number().gte(30).lte(300).optional(),
    body_fat_pct: z.number().gte(2).lte(75).optional(),
    girths: zGirths.optional(),
    notes: z.string().max(2000).optional(),
    source: zMeasurementSource,
    created_at: z.iso.datetime({ offset: true }),
    updated_at: z.iso.datetime({ offset: true })
});

export const zMeasurementPage = z.object({
    data: z.array(zMeasurement).max(100),
    next_cursor: z.string().max(512).optional()
});

export const zMeasurementCreate = z.object({
    id: z.uuid().optional(),
    measured_at: z.iso.datetime({ offset: true }).optional(),
    timezone: z.string().min(1).max(100).regex(/^[^\u0000]*$/).optional(),
    weight_kg: z.number().gte(30).lte(300).optional(),
    body_fat_pct: z.number().gte(2).lte(75).optional(),
    girths: zGirths.optional(),
    notes: z.string().min(1).max(2000).regex(/^[^\u0000]*$/).optional(),
    source: zMeasurementSource.optional()
});

/**
 * The measurement and, when it changed the computed targets of the profile, the reasons.
 */
export const zMeasurementWritten = zMeasurement.and(z.object({
    targets_change: zTargetsChange.optional()
}));

/**
 * A girth that is absent is kept, `null` clears it, a value in cm sets it.
 */
export const zGirthsPatch = z.object({
    waist_cm: z.number().gte(10).lte(300).nullish(),
    hips_cm: z.number().gte(10).lte(300).nullish(),
    chest_cm: z.number().gte(10).lte(300).nullish(),
    neck_cm: z.number().gte(10).lte(300).nullish(),
    arm_cm: z.number().gte(10).lte(300).nullish(),
    thigh_cm: z.number().gte(10).lte(300).nullish(),
    calf_cm: z.number().gte(10).lte(300).nullish()
});

/**
 * JSON merge-patch: absent keeps, `null` clears, a value sets.
 */
export const zMeasurementPatch = z.object({
    measured_at: z.iso.datetime({ offset: true }).optional(),
    timezone: z.string().min(1).max(100).regex(/^[^\u0000]*$/).optional(),
    weight_kg: z.number().gte(30).lte(300).nullish(),
    body_fat_pct: z.number().gte(2).lte(75).nullish(),
    girths: zGirthsPatch.nullish(),
    notes: z.string().min(1).max(2000).regex(/^[^\u0000]*$/).nullish()
});

/**
 * What kind of effort it was.
 */
export const zActivityCategory = z.enum([
    'cardio_steady_state',
    'cardio_interval',
    'strength_training',
    'sports',
    'flexibility',
    'other'
]);

/**
 * How the zone was found: from positions, from the file's own local time, sent with the request, or from your profile.
 */
export const zZoneSource = z.enum([
    'gps',
    'file',
    'request',
    'profile'
]);

/**
 * How it was swum.
 */
export const zSwimStroke = z.enum([
    'freestyle',
    'backstroke',
    'breaststroke',
    'butterfly',
    'mixed',
    'drill',
    'unknown'
]);

/**
 * A lap or a length as the device recorded it.
 */
export const zActivityLap = z.object({
    timer_s: z.number().gte(0).lte(86400),
    distance_m: z.number().gte(0).lte(1000000).optional(),
    avg_heart_rate: z.int().gte(40).lte(220).optional(),
    avg_power_watts: z.number().gte(0).lte(3000).optional(),
    elevation_gain_m: z.number().gte(0).lte(20000).optional(),
    strokes: z.int().gte(0).lte(100000).optional(),
    stroke: zSwimStroke.optional()
});

/**
 * A run, a walk or a hike.
 */
export const zRunningMetrics = z.object({
    kind: z.literal('running'),
    distance_km: z.number().gte(0).lte(500).optional(),
    avg_pace_s_per_km: z.number().gte(60).lte(7200).optional(),
    avg_heart_rate: z.int().gte(40).lte(220).optional(),
    max_heart_rate: z.int().gte(40).lte(220).optional(),
    elevation_gain_m: z.number().gte(0).lte(20000).optional(),
    cadence_spm: z.number().gte(0).lte(300).optional(),
    avg_power_watts: z.number().gte(0).lte(2000).optional(),
    laps: z.array(zActivityLap).max(500).optional()
});

/**
 * A ride, outdoors or not.
 */
export const zCyclingMetrics = z.object({
    kind: z.literal('cycling'),
    distance_km: z.number().gte(0).lte(1000).optional(),
    avg_speed_kph: z.number().gte(0).lte(100).optional(),
    avg_heart_rate: z.int().gte(40).lte(220).optional(),
    max_heart_rate: z.int().gte(40).lte(220).optional(),
    elevation_gain_m: z.number().gte(0).lte(20000).optional(),
    cadence_rpm: z.number().gte(0).lte(200).optional(),
    avg_power_watts: z.number().gte(0).lte(2000).optional(),
    max_power_watts: z.number().gte(0).lte(3000).optional(),
    laps: z.array(zActivityLap).max(500).optional()
});

/**
 * A swim. The distance is `distance_m`, or `laps` × `pool_length_m`.
 */
export const zSwimmingMetrics = z.object({
    kind: z.literal('swimming'),
    laps: z.int().gte(0).lte(10000).optional(),
    pool_length_m: z.number().gte(5).lte(200).optional(),
    distance_m: z.number().gte(0).lte(100000).optional(),
    stroke: zSwimStroke.optional(),
    avg_heart_rate: z.int().gte(40).lte(220).optional(),
    max_heart_rate: z.int().gte(40).lte(220).optional(),
    lengths: z.array(zActivityLap).max(1000).optional()
});

/**
 * What `weight_kg` means: the load itself, nothing (body weight alone), an addition to body weight, a relief from it, a band whose load is not known, or no load at all.
 *
 */
export const zLoadMode = z.enum([
    'external',
    'bodyweight',
    'bodyweight_plus',
    'assisted',
    'band',
    'none'
]);

/**
 * What kind of set it was; `normal` when left out. Warm-ups count neither for volume nor for records.
 */
export const zSetType = z.enum([
    'normal',
    'warmup',
    'drop',
    'failure',
    'amrap',
    'rest_pause'
]);

/**
 * `each`: the repetitions were done on each side, so they count twice. `both` when left out.
 */
export const zSetSide = z.enum([
    'both',
    'left',
    'right',
    'each'
]);

/**
 * One set. `rpe` and `rir` say the same thing; send one of them.
 */
export const zStrengthSet = z.object({
    type: zSetType.optional(),
    side: zSetSide.optional(),
    reps: z.int().gte(0).lte(1000).optional(),
    weight_kg: z.number().gte(0).lte(1000).optional(),
    duration_s: z.number().gte(0).lte(86400).optional(),
    distance_m: z.number().gte(0).lte(100000).optional(),
    rpe: z.number().gte(1).lte(10).optional(),
    rir: z.number().gte(0).lte(9).optional(),
    rest_s: z.number().gte(0).lte(7200).optional()
});

/**
 * An exercise with its sets in order.
 */
export const zStrengthExercise = z.object({
    exercise_id: z.string().min(1).max(100).regex(/^[^\u0000]*$/).optional(),
    name: z.string().min(1).max(200).regex(/^[^\u0000]*$/),
    load_mode: zLoadMode.optional(),
    unconfirmed: z.boolean().optional(),
    superset_id: z.int().gte(1).lte(40).optional(),
    notes: z.string().min(1).max(500).regex(/^[^\u0000]*$/).optional(),
    sets: z.array(zStrengthSet).min(1).max(30)
});

/**
 * Exercises with sets.
 */
export const zStrengthMetrics = z.object({
    kind: z.literal('strength'),
    exercises: z.array(zStrengthExercise).max(40).optional(),
    avg_heart_rate: z.int().gte(40).lte(220).optional(),
    max_heart_rate: z.int().gte(40).lte(220).optional()
});

/**
 * A match or a game.
 */
export const zSportMetrics = z.object({
    kind: z.literal('sport'),
    sport: z.string().min(1).max(100).regex(/^[^\u0000]*$/).optional(),
    score_us: z.int().gte(0).lte(1000).optional(),
    score_them: z.int().gte(0).lte(1000).optional(),
    opponent: z.string().min(1).max(200).regex(/^[^\u0000]*$/).optional(),
    distance_km: z.number().gte(0).lte(500).optional(),
    avg_heart_rate: z.int().gte(40).lte(220).optional(),
    max_heart_rate: z.int().gte(40).lte(220).optional()
});

/**
 * The change between two legs of a multi-sport activity.
 */
export const zTransitionMetrics = z.object({
    kind: z.literal('transition'),
    distance_km: z.number().gte(0).lte(50).optional(),
    avg_heart_rate: z.int().gte(40).lte(220).optional(),
    max_heart_rate: z.int().gte(40).lte(220).optional()
});

/**
 * The active energy of a whole day, as a phone or a watch adds it up. `device_kcal` is required and is here the energy above rest. It counts with what the activities of the day leave of it, and adds neither time
 * nor a count to summaries.
 *
 */
export const zDayTotalMetrics = z.object({
    kind: z.literal('day_total'),
    steps: z.int().gte(0).lte(300000).optional()
});

/**
 * A fact of your own.
 */
export const zActivityDetail = z.object({
    name: z.string().min(1).max(60).regex(/^[^\u0000]*$/),
    value: z.string().min(1).max(200).regex(/^[^\u0000]*$/)
});

/**
 * Anything else.
 */
export const zOtherMetrics = z.object({
    kind: z.literal('other'),
    distance_km: z.number().gte(0).lte(1000).optional(),
    elevation_gain_m: z.number().gte(0).lte(20000).optional(),
    avg_heart_rate: z.int().gte(40).lte(220).optional(),
    max_heart_rate: z.int().gte(40).lte(220).optional(),
    avg_power_watts: z.number().gte(0).lte(2000).optional(),
    laps: z.array(zActivityLap).max(500).optional(),
    details: z.array(zActivityDetail).max(20).optional()
});

/**
 * What was measured, a union with `kind` as its tag. All members but `kind` are optional: leave out what is not known, a distance too. 0 means 0.
 */
export const zActivityMetrics = z.discriminatedUnion('kind', [
    zRunningMetrics,
    zCyclingMetrics,
    zSwimmingMetrics,
    zStrengthMetrics,
    zSportMetrics,
    zTransitionMetrics,
    zDayTotalMetrics,
    zOtherMetrics
]);

/**
 * Typed in by hand, read from a file, sent by a device's app, or by another service.
 */
export const zActivitySourceKind = z.enum([
    'manual',
    'file',
    'device',
    'api'
]);

/**
 * Whether a device recorded it or a person entered it, there.
 */
export const zActivityRecorded = z.enum([
    'automatic',
    'manual',
    'unknown'
]);

/**
 * Where the record comes from. `external_id` is unique for each `app`, or for each `kind` when no app is named.
 */
export const zActivitySource = z.object({
    kind: zActivitySourceKind,
    app: z.string().min(1).max(100).regex(/^[^\u0000]*$/).optional(),
    device: z.string().min(1).max(100).regex(/^[^\u0000]*$/).optional(),
    external_id: z.string().min(1).max(200).regex(/^[^\u0000]*$/).optional(),
    external_version: z.coerce.bigint().gte(BigInt(0)).lte(BigInt(9007199254740991)).optional(),
    recorded: zActivityRecorded.optional()
});

/**
 * Where the figure comes from, the most trusted first: entered by you, the device's own total, power, heart rate (Keytel 2005), the table's row for the speed, the table's row for the activity,
 * a MET for the category alone. `legs` is the sum of the legs.
 *
 */
export const zEnergySource = z.enum([
    'user',
    'device',
    'power',
    'heart_rate',
    'speed',
    'met_table',
    'category_default',
    'legs'
]);

/**
 * `near`: the table has no row for this activity, and a similar one was used.
 */
export const zEnergyMatch = z.enum(['exact', 'near']);

export const zEnergyReason = z.object({
    code: z.string().max(60).regex(/^[a-z][a-z0-9_]*$/),
    message: z.string().max(500)
});

/**
 * What the activity cost. `kcal` contains rest; `kcal_net` is the part above rest (1 MET, or what the device says). Add `kcal_net` to the budget of a day, never `kcal`: the day has its rest already.
 *
 */
export const zActivityEnergy = z.object({
    kcal: z.number().gte(0).lte(1000000000),
    kcal_net: z.number().gte(0).lte(1000000000).optional(),
    source: zEnergySource,
    met: z.number().gte(0).lte(30).optional(),
    met_code: z.string().max(5).regex(/^[0-9]{5}$/).optional(),
    met_year: z.int().gte(2000).lte(2199).optional(),
    match: zEnergyMatch.optional(),
    weight_kg: z.number().gte(20).lte(500).optional(),
    explanation: z.array(zEnergyReason).max(20),
    attribution: z.string().max(300).optional()
});

/**
 * An input of the energy.
 */
export const zEnergyInput = z.enum(['weight_kg']);

/**
 * Your heart rate zones with the bounds that were used, stored with the activity.
 */
export const zHeartRateZones = z.object({
    bounds_bpm: z.tuple([
        z.int().gte(0).lte(300),
        z.int().gte(0).lte(300),
        z.int().gte(0).lte(300),
        z.int().gte(0).lte(300),
        z.int().gte(0).lte(300)
    ]),
    max_bpm: z.int().gte(0).lte(300),
    max_source: z.enum(['measured', 'age']),
    resting_bpm: z.int().gte(0).lte(300).optional(),
    method: z.enum(['reserve', 'max']),
    coverage: z.number().gte(0).lte(1).optional(),
    seconds: z.tuple([
        z.int().gte(0).lte(86400),
        z.int().gte(0).lte(86400),
        z.int().gte(0).lte(86400),
        z.int().gte(0).lte(86400),
        z.int().gte(0).lte(86400),
        z.int().gte(0).lte(86400)
    ]).optional()
});

export const zStrengthExerciseSummary = z.object({
    exercise: z.string().max(210),
    name: z.string().max(200),
    volume_kg: z.number().gte(0).lte(10000000000).optional(),
    one_rm_kg: z.number().gte(0).lte(10000).optional()
});

/**
 * The estimated weight for one repetition, the heaviest weight as it was entered, or the most repetitions where no weight says something.
 */
export const zRecordKind = z.enum([
    'one_rm',
    'weight',
    'reps'
]);

/**
 * A set that beat the best of all sessions before.
 */
export const zPersonalRecord = z.object({
    exercise: z.string().max(210),
    kind: zRecordKind,
    value: z.number().gte(0).lte(100000),
    previous: z.number().gte(0).lte(100000).optional(),
    activity_id: z.uuid(),
    exercise_index: z.int().gte(0).lte(1000),
    set_index: z.int().gte(0).lte(1000),
    achieved_at: z.iso.datetime({ offset: true }),
    date: z.iso.date()
});

/**
 * What follows from the sets of a strength training.
 */
export const zStrengthSummary = z.object({
    volume_kg: z.number().gte(0).lte(10000000000).optional(),
    unknown_loads: z.int().gte(0).lte(10000),
    exercises: z.array(zStrengthExerciseSummary).max(40),
    records: z.array(zPersonalRecord).max(200)
});

/**
 * Whether it counts beside other records of the same time. `automatic`: the strongest record counts. `prefer`: this one counts instead of others. `keep_both`: it counts in full, and so
 * do the others. `exclude`: it does not count.
 *
 */
export const zActivityCounting = z.enum([
    'automatic',
    'prefer',
    'keep_both',
    'exclude'
]);

/**
 * `duplicate`: it is the same activity, and the other record counts instead. `reduced`: the other record counts for the time that both have.
 */
export const zOverlapKind = z.enum(['duplicate', 'reduced']);

export const zActivityOverlap = z.object({
    id: z.uuid(),
    kind: zOverlapKind,
    overlap_s: z.int().gte(0).lte(2678400),
    counted_share: z.number().gte(0).lte(1)
});

/**
 * A leg of a multi-sport activity; `getActivity` with its id returns all of it.
 */
export const zActivityLeg = z.object({
    id: z.uuid(),
    leg_index: z.int().gte(0).lte(99),
    name: z.string().max(200).optional(),
    category: zActivityCategory,
    started_at: z.iso.datetime({ offset: true }),
    elapsed_s: z.int().gte(1).lte(2678400),
    timer_s: z.int().gte(1).lte(86400),
    distance_m: z.number().gte(0).lte(2000000).optional(),
    ascent_m: z.number().gte(0).lte(20000).optional(),
    metrics: zActivityMetrics.optional(),
    energy: zActivityEnergy.optional()
});

export const zActivity = z.object({
    id: z.uuid(),
    parent_id: z.uuid().optional(),
    leg_index: z.int().gte(0).lte(99).optional(),
    name: z.string().max(200).optional(),
    category: zActivityCategory,
    activity: z.string().max(100).optional(),
    started_at: z.iso.datetime({ offset: true }),
    ended_at: z.iso.datetime({ offset: true }),
    local_date: z.iso.date(),
    timezone: z.string().max(100),
    zone_source: zZoneSource,
    elapsed_s: z.int().gte(1).lte(2678400),
    timer_s: z.int().gte(1).lte(86400),
    moving_s: z.int().gte(0).lte(86400).optional(),
    distance_m: z.number().gte(0).lte(1000000000).optional(),
    ascent_m: z.number().gte(0).lte(100000000).optional(),
    rpe: z.number().gte(1).lte(10).optional(),
    notes: z.string().max(2000).optional(),
    metrics: zActivityMetrics.optional(),
    source: zActivitySource,
    energy: zActivityEnergy.optional(),
    energy_missing: z.array(zEnergyInput).max(5).optional(),
    heart_rate_zones: zHeartRateZones.optional(),
    strength: zStrengthSummary.optional(),
    counting: zActivityCounting,
    counted_share: z.number().gte(0).lte(1),
    overlaps: z.array(zActivityOverlap),
    legs: z.array(zActivityLeg).max(100).optional(),
    created_at: z.iso.datetime({ offset: true }),
    updated_at: z.iso.datetime({ offset: true })
});

export const zActivityPage = z.object({
    data: z.array(zActivity).max(100),
    next_cursor: z.string().max(512).optional()
});

/**
 * What is known about your heart rate besides `metrics`.
 */
export const zHeartRateZonesInput = z.object({
    max_bpm: z.int().gte(100).lte(240).optional(),
    resting_bpm: z.int().gte(25).lte(120).optional(),
    coverage: z.number().gte(0).lte(1).optional(),
    seconds: z.tuple([
        z.int().gte(0).lte(86400),
        z.int().gte(0).lte(86400),
        z.int().gte(0).lte(86400),
        z.int().gte(0).lte(86400),
        z.int().gte(0).lte(86400),
        z.int().gte(0).lte(86400)
    ]).optional()
});

export const zActivityCreate = z.object({
    id: z.uuid().optional(),
    parent_id: z.uuid().optional(),
    leg_index: z.int().gte(0).lte(99).optional(),
    name: z.string().min(1).max(200).regex(/^[^\u0000]*$/).optional(),
    category: zActivityCategory.optional(),
    activity: z.string().min(1).max(100).regex(/^[^\u0000]*$/).optional(),
    started_at: z.iso.datetime({ offset: true }),
    ended_at: z.iso.datetime({ offset: true }).optional(),
    elapsed_s: z.int().gte(1).lte(2678400).optional(),
    timer_s: z.int().gte(1).lte(86400).optional(),
    moving_s: z.int().gte(0).lte(86400).optional(),
    timezone: z.string().min(1).max(100).regex(/^[^\u0000]*$/).optional(),
    rpe: z.number().gte(1).lte(10).optional(),
    notes: z.string().min(1).max(2000).regex(/^[^\u0000]*$/).optional(),
    metrics: zActivityMetrics.optional(),
    source: zActivitySource.optional(),
    counting: zActivityCounting.optional(),
    kcal: z.number().gte(0).lte(30000).optional(),
    device_kcal: z.number().gte(0).lte(30000).optional(),
    device_resting_kcal: z.number().gte(0).lte(30000).optional(),
    heart_rate_zones: zHeartRateZonesInput.optional()
});

/**
 * Sums of what counts.
 */
export const zSummaryTotals = z.object({
    count: z.int().gte(0).lte(100000),
    minutes: z.number().gte(0).lte(10000000),
    kcal: z.number().gte(0).lte(1000000000),
    kcal_net: z.number().gte(0).lte(1000000000),
    kcal_unknown: z.int().gte(0).lte(100000),
    distance_m: z.number().gte(0).lte(1000000000).optional(),
    ascent_m: z.number().gte(0).lte(100000000).optional()
});

export const zSummaryCategory = z.object({
    category: zActivityCategory,
    totals: zSummaryTotals
});

export const zSummaryDay = z.object({
    date: z.iso.date(),
    totals: zSummaryTotals,
    by_category: z.array(zSummaryCategory).max(6)
});

/**
 * Averages a day; absent when the divisor is 0.
 */
export const zSummaryAverages = z.object({
    minutes: z.number().gte(0).lte(10000000),
    kcal: z.number().gte(0).lte(1000000000),
    kcal_net: z.number().gte(0).lte(1000000000)
});

/**
 * The whole week, also its days outside the range, against the recommendation of the WHO for adults: 150 to 300 minutes a week, vigorous ones twice, and strength training on two days. Moderate is 3.0 to 5.9 MET,
 * vigorous 6.0 and more. The MET of a record is that of its row or, when its energy was measured, the energy by weight and time.
 *
 */
export const zWeekRecommendation = z.object({
    moderate_minutes: z.number().gte(0).lte(10000000),
    vigorous_minutes: z.number().gte(0).lte(10000000),
    minutes: z.number().gte(0).lte(20000000),
    goal_minutes: z.int().gte(0).lte(1000),
    strength_days: z.int().gte(0).lte(7),
    goal_strength_days: z.int().gte(0).lte(7),
    reached: z.boolean(),
    unknown: z.int().gte(0).lte(10000)
});

/**
 * `workout_frequency` of your profile; the whole week, also its days outside the range.
 */
export const zWeekGoal = z.object({
    active_days: z.int().gte(0).lte(7),
    goal_days: z.int().gte(1).lte(7),
    share: z.number().gte(0).lte(7)
});

export const zSummaryWeek = z.object({
    week_start: z.iso.date(),
    days_active: z.int().gte(0).lte(7),
    divisor: z.int().gte(0).lte(7),
    totals: zSummaryTotals,
    averages: zSummaryAverages.optional(),
    recommendation: zWeekRecommendation,
    goal: zWeekGoal.optional()
});

export const zStreak = z.object({
    current: z.int().gte(0).lte(100000),
    longest: z.int().gte(0).lte(100000),
    running: z.boolean()
});

/**
 * By the stored local days, up to today. A week counts when it has as many active days as your goal says, or one without a goal.
 */
export const zSummaryStreaks = z.object({
    days: zStreak,
    weeks: zStreak,
    goal_days: z.int().gte(1).lte(7)
});

/**
 * Why a record does not count in full: another one is the same activity, others count for a part of its time, or you excluded it.
 */
export const zLeftOutReason = z.enum([
    'duplicate',
    'reduced',
    'excluded'
]);

export const zSummaryLeftOut = z.object({
    id: z.uuid(),
    date: z.iso.date(),
    reason: zLeftOutReason,
    counted_share: z.number().gte(0).lte(1),
    overlaps: z.array(zActivityOverlap)
});

export const zActivitySummary = z.object({
    from: z.iso.date(),
    to: z.iso.date(),
    today: z.iso.date(),
    timezone: z.string().max(100),
    totals: zSummaryTotals,
    by_category: z.array(zSummaryCategory).max(6),
    data: z.array(zSummaryDay).max(366),
    weeks: z.array(zSummaryWeek).max(54),
    streaks: zSummaryStreaks,
    left_out: z.array(zSummaryLeftOut)
});

export const zExercise = z.object({
    id: z.string().max(100),
    name: z.string().max(200),
    is_custom: z.boolean(),
    load_mode: zLoadMode,
    per_side: z.boolean().optional(),
    category: z.string().max(50).optional(),
    equipment: z.string().max(50).optional(),
    mechanic: z.string().max(50).optional(),
    force: z.string().max(50).optional(),
    primary_muscles: z.array(z.string().max(50)).max(20),
    secondary_muscles: z.array(z.string().max(50)).max(20),
    notes: z.string().max(500).optional()
});

export const zExerciseList = z.object({
    data: z.array(zExercise).max(1000)
});

export const zExerciseCreate = z.object({
    id: z.uuid().optional(),
    name: z.string().min(1).max(200).regex(/^[^\u0000]*$/),
    load_mode: zLoadMode.optional(),
    notes: z.string().min(1).max(500).regex(/^[^\u0000]*$/).optional()
});

/**
 * JSON merge-patch: absent keeps, `null` clears, a value sets.
 */
export const zExercisePatch = z.object({
    name: z.string().min(1).max(200).regex(/^[^\u0000]*$/).optional(),
    load_mode: zLoadMode.optional(),
    notes: z.string().min(1).max(500).regex(/^[^\u0000]*$/).nullish()
});

/**
 * A set with what follows from it.
 */
export const zExerciseSet = z.object({
    exercise_index: z.int().gte(0).lte(1000),
    set_index: z.int().gte(0).lte(1000),
    type: zSetType,
    load_mode: zLoadMode,
    reps: z.int().gte(0).lte(1000).optional(),
    weight_kg: z.number().gte(0).lte(1000).optional(),
    load_kg: z.number().gte(0).lte(2000).optional(),
    volume_kg: z.number().gte(0).lte(10000000).optional(),
    one_rm_kg: z.number().gte(0).lte(10000).optional()
});

export const zExerciseSession = z.object({
    activity_id: z.uuid(),
    started_at: z.iso.datetime({ offset: true }),
    date: z.iso.date(),
    volume_kg: z.number().gte(0).lte(10000000000).optional(),
    one_rm_kg: z.number().gte(0).lte(10000).optional(),
    sets: z.array(zExerciseSet).max(1200)
});

export const zExerciseHistory = z.object({
    exercise: zExercise.optional(),
    data: z.array(zExerciseSession).max(100),
    records: z.array(zPersonalRecord),
    next_cursor: z.string().max(512).optional()
});

/**
 * English, German, French, Spanish or Portuguese.
 */
export const zCatalogueLanguage = z.enum([
    'en',
    'de',
    'fr',
    'es',
    'pt'
]);

export const zEnergyBand = z.object({
    measure: z.enum(['speed_kmh', 'power_w']),
    from: z.number().gte(0).lte(10000),
    code: z.string().max(5).regex(/^[0-9]{5}$/),
    met: z.number().gte(0).lte(30)
});

export const zCatalogueActivity = z.object({
    key: z.string().max(100).optional(),
    name: z.string().max(300),
    title: z.string().max(300),
    lang: zCatalogueLanguage,
    category: zActivityCategory.optional(),
    code: z.string().max(5).regex(/^[0-9]{5}$/),
    met: z.number().gte(0).lte(30),
    met_year: z.int().gte(2000).lte(2199),
    met_2011: z.number().gte(0).lte(30).optional(),
    heading: z.string().max(100),
    description: z.string().max(500),
    match: zEnergyMatch,
    aliases: z.array(z.string().max(100)).max(100),
    bands: z.array(zEnergyBand).max(50)
});

export const zActivityCatalogue = z.object({
    data: z.array(zCatalogueActivity).max(300),
    attribution: z.string().max(300)
});

/**
 * The type of the file, without its compression.
 */
export const zFileFormat = z.enum([
    'fit',
    'gpx',
    'tcx'
]);

/**
 * `new`: a dry run found it and would store it. `created`: it was stored. `exists`: it was there already. `deleted`: you deleted it, and it stays deleted.
 */
export const zImportStatus = z.enum([
    'new',
    'created',
    'exists',
    'deleted'
]);

/**
 * A kind of sport with the same measurements.
 */
export const zActivityFamily = z.enum([
    'running',
    'walking',
    'hiking',
    'cycling',
    'swimming',
    'rowing',
    'paddling',
    'skiing',
    'skating',
    'climbing',
    'strength',
    'interval',
    'cardio',
    'flexibility',
    'game',
    'transition',
    'multisport',
    'other'
]);

/**
 * An activity that a file holds. What the file does not say is absent.
 */
export const zImportedActivity = z.object({
    status: zImportStatus,
    id: z.uuid().optional(),
    name: z.string().max(200).optional(),
    family: zActivityFamily,
    sport: z.string().max(200).optional(),
    category: zActivityCategory,
    started_at: z.iso.datetime({ offset: true }),
    local_date: z.iso.date(),
    timezone: z.string().max(100),
    zone_source: zZoneSource,
    elapsed_s: z.int().gte(1).lte(2678400),
    timer_s: z.int().gte(1).lte(86400),
    moving_s: z.int().gte(0).lte(86400).optional(),
    distance_m: z.number().gte(0).lte(2000000).optional(),
    ascent_m: z.number().gte(0).lte(20000).optional(),
    avg_heart_rate: z.int().gte(40).lte(220).optional(),
    max_heart_rate: z.int().gte(40).lte(220).optional(),
    avg_power_watts: z.int().gte(0).lte(2000).optional(),
    kcal: z.int().gte(0).lte(30000).optional(),
    legs: z.int().gte(0).lte(100),
    points: z.int().gte(0).lte(500000),
    unconfirmed_sets: z.int().gte(1).lte(10000).optional(),
    possible_duplicates: z.array(z.uuid()).max(20)
});

/**
 * Something odd in the file that did not stop the import.
 */
export const zImportWarning = z.object({
    code: z.string().max(60),
    message: z.string().max(300)
});

export const zActivityImport = z.object({
    id: z.uuid().optional(),
    dry_run: z.boolean(),
    format: zFileFormat,
    device: z.string().max(100).optional(),
    damaged: z.boolean(),
    activities: z.array(zImportedActivity).max(100),
    warnings: z.array(zImportWarning).max(20)
});

/**
 * `queued`: it waits. `running`: the file is read. `done`: see `result`. `failed`: nothing was stored, see `problem`.
 */
export const zImportTaskStatus = z.enum([
    'queued',
    'running',
    'done',
    'failed'
]);

/**
 * Why a file was not imported, as an error of `importActivity` says it.
 */
export const zImportProblem = z.object({
    type: z.string().max(60),
    status: z.int().gte(400).lte(599),
    code: z.string().max(60).regex(/^[a-z][a-z0-9_]*$/),
    detail: z.string().max(1000),
    errors: z.array(zFieldError).max(50).optional()
});

/**
 * An import, and how far it is. One that a request has done itself is `done`.
 */
export const zImportTask = z.object({
    id: z.uuid(),
    status: zImportTaskStatus,
    progress: z.number().gte(0).lte(1),
    created_at: z.iso.datetime({ offset: true }),
    completed_at: z.iso.datetime({ offset: true }).optional(),
    result: zActivityImport.optional(),
    problem: zImportProblem.optional()
});

/**
 * JSON merge-patch of `ActivityMetrics`: absent keeps, `null` removes, a value sets. `kind` is needed where there are no metrics yet.
 */
export const zActivityMetricsPatch = z.object({
    kind: z.enum([
        'running',
        'cycling',
        'swimming',
        'strength',
        'sport',
        'transition',
        'day_total',
        'other'
    ]).optional(),
    distance_km: z.number().gte(0).lte(1000).nullish(),
    avg_pace_s_per_km: z.number().gte(60).lte(7200).nullish(),
    avg_heart_rate: z.int().gte(40).lte(220).nullish(),
    max_heart_rate: z.int().gte(40).lte(220).nullish(),
    elevation_gain_m: z.number().gte(0).lte(20000).nullish(),
    cadence_spm: z.number().gte(0).lte(300).nullish(),
    avg_power_watts: z.number().gte(0).lte(2000).nullish(),
    laps: z.union([
        z.array(zActivityLap).max(500),
        z.int().gte(0).lte(10000)
    ]).nullish(),
    avg_speed_kph: z.number().gte(0).lte(100).nullish(),
    cadence_rpm: z.number().gte(0).lte(200).nullish(),
    max_power_watts: z.number().gte(0).lte(3000).nullish(),
    pool_length_m: z.number().gte(5).lte(200).nullish(),
    distance_m: z.number().gte(0).lte(100000).nullish(),
    stroke: zSwimStroke.nullish(),
    lengths: z.array(zActivityLap).max(1000).nullish(),
    exercises: z.array(zStrengthExercise).max(40).nullish(),
    sport: z.string().min(1).max(100).regex(/^[^\u0000]*$/).nullish(),
    score_us: z.int().gte(0).lte(1000).nullish(),
    score_them: z.int().gte(0).lte(1000).nullish(),
    opponent: z.string().min(1).max(200).regex(/^[^\u0000]*$/).nullish(),
    steps: z.int().gte(0).lte(300000).nullish(),
    details: z.array(zActivityDetail).max(20).nullish()
});

/**
 * JSON merge-patch: absent keeps, `null` clears, a value sets.
 */
export const zActivityPatch = z.object({
    leg_index: z.int().gte(0).lte(99).optional(),
    name: z.string().min(1).max(200).regex(/^[^\u0000]*$/).nullish(),
    category: zActivityCategory.optional(),
    started_at: z.iso.datetime({ offset: true }).optional(),
    ended_at: z.iso.datetime({ offset: true }).optional(),
    elapsed_s: z.int().gte(1).lte(2678400).optional(),
    timer_s: z.int().gte(1).lte(86400).optional(),
    moving_s: z.int().gte(0).lte(86400).nullish(),
    timezone: z.string().min(1).max(100).regex(/^[^\u0000]*$/).optional(),
    rpe: z.number().gte(1).lte(10).nullish(),
    notes: z.string().min(1).max(2000).regex(/^[^\u0000]*$/).nullish(),
    metrics: zActivityMetricsPatch.nullish(),
    source: zActivitySource.optional(),
    activity: z.string().min(1).max(100).regex(/^[^\u0000]*$/).nullish(),
    counting: zActivityCounting.optional(),
    kcal: z.number().gte(0).lte(30000).nullish(),
    device_kcal: z.number().gte(0).lte(30000).nullish(),
    device_resting_kcal: z.number().gte(0).lte(30000).nullish(),
    heart_rate_zones: zHeartRateZonesInput.nullish()
});

/**
 * One moment. A measurement that the device does not have at it is absent.
 */
export const zStreamPoint = z.object({
    time_s: z.number().gte(0).lte(2678400),
    latitude: z.number().gte(-90).lte(90).optional(),
    longitude: z.number().gte(-180).lte(180).optional(),
    altitude_m: z.number().gte(-500).lte(20000).optional(),
    distance_m: z.number().gte(0).lte(10000000).optional(),
    speed_mps: z.number().gte(0).lte(350).optional(),
    heart_rate: z.int().gte(1).lte(250).optional(),
    cadence: z.int().gte(0).lte(600).optional(),
    power_watts: z.int().gte(0).lte(4000).optional()
});

/**
 * A time in which the device did not record.
 */
export const zStreamPause = z.object({
    from_s: z.number().gte(0).lte(2678400),
    to_s: z.number().gte(0).lte(2678400)
});

export const zActivityStreams = z.object({
    total_points: z.int().gte(0).lte(500000),
    privacy_radius_m: z.int().gte(0).lte(5000),
    points: z.array(zStreamPoint).max(5000),
    pauses: z.array(zStreamPause).max(10000)
});

/**
 * How many records have which status.
 */
export const zImportCounts = z.object({
    created: z.int().gte(0).lte(10000),
    updated: z.int().gte(0).lte(10000),
    exists: z.int().gte(0).lte(10000),
    deleted: z.int().gte(0).lte(10000),
    refused: z.int().gte(0).lte(10000)
});

export const zImportedMeasurement = z.object({
    place: z.int().gte(1).lte(1000000000),
    status: z.enum([
        'created',
        'updated',
        'exists',
        'deleted',
        'refused'
    ]),
    id: z.uuid().optional(),
    measured_at: z.iso.datetime({ offset: true }).optional(),
    code: z.enum([
        'bad_time',
        'bad_number',
        'bad_columns',
        'unknown_unit',
        'no_value',
        'out_of_range',
        'time_out_of_range'
    ]).optional(),
    message: z.string().max(200).optional()
});

export const zMeasurementImport = z.object({
    dry_run: z.boolean(),
    format: z.enum([
        'csv',
        'apple_health',
        'health_connect'
    ]),
    counts: zImportCounts,
    records: z.array(zImportedMeasurement).max(10000),
    targets_change: zTargetsChange.optional()
});

export const zTrendDay = z.object({
    date: z.iso.date(),
    raw_kg: z.number().gte(30).lte(300).optional(),
    trend_kg: z.number().gte(30).lte(300).optional(),
    observed: z.boolean(),
    restarted: z.boolean()
});

/**
 * The change of weight per week, by regression on the daily weigh-ins of 28 days.
 */
export const zWeightRate = z.object({
    status: z.enum([
        'ok',
        'preliminary',
        'insufficient_data'
    ]),
    window_from: z.iso.date(),
    window_to: z.iso.date(),
    weigh_ins: z.int().gte(0).lte(28),
    span_days: z.int().gte(0).lte(28),
    kg_per_week: z.number().gte(-10000).lte(10000).optional(),
    low: z.number().gte(-10000).lte(10000).optional(),
    high: z.number().gte(-10000).lte(10000).optional(),
    level: z.number().gte(0).lte(1),
    missing: z.array(zMissingData).max(2)
});

/**
 * When the goal weight is reached at the present rate. Weight loss slows down, so beyond 26 weeks there is no date.
 */
export const zWeightProjection = z.object({
    status: z.enum([
        'reachable',
        'reached',
        'not_reachable',
        'unknown',
        'no_goal'
    ]),
    goal_weight_kg: z.number().gte(30).lte(300).optional(),
    weeks: z.number().gte(0).lte(10000).optional(),
    date: z.iso.date().optional(),
    earliest: z.iso.date().optional(),
    latest: z.iso.date().optional(),
    note: z.string().max(500).optional()
});

export const zWeightTrend = z.object({
    data: z.array(zTrendDay).max(366),
    half_life_days: z.number().gte(0).lte(100),
    lag_days: z.number().gte(0).lte(100),
    rate: zWeightRate,
    projection: zWeightProjection
});

export const zWaterEntry = z.object({
    id: z.uuid(),
    drunk_at: z.iso.datetime({ offset: true }),
    local_date: z.iso.date(),
    timezone: z.string().max(100),
    amount_ml: z.int().gte(1).lte(10000),
    created_at: z.iso.datetime({ offset: true }),
    updated_at: z.iso.datetime({ offset: true })
});

export const zWaterDay = z.object({
    date: z.iso.date(),
    total_ml: z.int().gte(0).lte(1000000),
    entries: z.array(zWaterEntry).max(100)
});

export const zWaterDays = z.object({
    data: z.array(zWaterDay).max(366)
});

export const zWaterCreate = z.object({
    id: z.uuid().optional(),
    drunk_at: z.iso.datetime({ offset: true }).optional(),
    timezone: z.string().min(1).max(100).regex(/^[^\u0000]*$/).optional(),
    amount_ml: z.int().gte(1).lte(10000)
});

/**
 * JSON merge-patch: absent keeps, a value sets.
 */
export const zWaterPatch = z.object({
    drunk_at: z.iso.datetime({ offset: true }).optional(),
    timezone: z.string().min(1).max(100).regex(/^[^\u0000]*$/).optional(),
    amount_ml: z.int().gte(1).lte(10000).optional()
});

export const zSleepEntry = z.object({
    id: z.uuid(),
    started_at: z.iso.datetime({ offset: true }),
    ended_at: z.iso.datetime({ offset: true }),
    local_date: z.iso.date(),
    timezone: z.string().max(100),
    asleep_minutes: z.int().gte(1).lte(1440),
    quality: z.int().gte(1).lte(5).optional(),
    notes: z.string().max(2000).optional(),
    created_at: z.iso.datetime({ offset: true }),
    updated_at: z.iso.datetime({ offset: true })
});

export const zSleepDay = z.object({
    date: z.iso.date(),
    asleep_minutes: z.int().gte(0).lte(10000),
    entries: z.array(zSleepEntry).max(20)
});

export const zSleepDays = z.object({
    data: z.array(zSleepDay).max(366)
});

export const zSleepCreate = z.object({
    id: z.uuid().optional(),
    started_at: z.iso.datetime({ offset: true }),
    ended_at: z.iso.datetime({ offset: true }),
    timezone: z.string().min(1).max(100).regex(/^[^\u0000]*$/).optional(),
    asleep_minutes: z.int().gte(1).lte(1440).optional(),
    quality: z.int().gte(1).lte(5).optional(),
    notes: z.string().min(1).max(2000).regex(/^[^\u0000]*$/).optional()
});

/**
 * JSON merge-patch: absent keeps, `null` clears, a value sets.
 */
export const zSleepPatch = z.object({
    started_at: z.iso.datetime({ offset: true }).optional(),
    ended_at: z.iso.datetime({ offset: true }).optional(),
    timezone: z.string().min(1).max(100).regex(/^[^\u0000]*$/).optional(),
    asleep_minutes: z.int().gte(1).lte(1440).nullish(),
    quality: z.int().gte(1).lte(5).nullish(),
    notes: z.string().min(1).max(2000).regex(/^[^\u0000]*$/).nullish()
});

export const zDaySummary = z.object({
    date: z.iso.date(),
    complete: z.boolean(),
    logged: z.boolean(),
    meals_count: z.int().gte(0).lte(100),
    calories: z.number().gte(0).lte(10000000000),
    protein_g: z.number().gte(0).lte(10000000000),
    carbs_g: z.number().gte(0).lte(10000000000),
    fat_g: z.number().gte(0).lte(10000000000),
    activities_count: z.int().gte(0).lte(1000000),
    activity_minutes: z.number().gte(0).lte(1000000),
    activity_kcal: z.number().gte(0).lte(1000000000),
    activity_kcal_net: z.number().gte(0).lte(1000000000),
    added_kcal: z.number().gte(0).lte(1000000000),
    weight_kg: z.number().gte(30).lte(300).optional(),
    trend_kg: z.number().gte(30).lte(300).optional(),
    water_ml: z.int().gte(0).lte(1000000),
    sleep_minutes: z.int().gte(0).lte(10000)
});

/**
 * What the energy of activities adds to the day's target.
 */
export const zDayExercise = z.object({
    policy: zExerciseCalories,
    applied: zExerciseCalories,
    basis: z.enum(['included', 'separate']),
    added_kcal: z.number().gte(0).lte(1000000000).optional(),
    reason: zReason.optional()
});

export const zDashboardDays = z.object({
    data: z.array(zDaySummary).max(92),
    targets: zDayTargets.optional(),
    exercise: zDayExercise
});

export const zDayMeal = z.object({
    id: z.uuid(),
    name: z.string().max(200).optional(),
    meal_type: zMealType,
    eaten_at: z.iso.datetime({ offset: true }),
    calories: z.number().gte(0).lte(10000000000)
});

export const zDayNutrition = z.object({
    logged: z.boolean(),
    meals_count: z.int().gte(0).lte(100),
    totals: zTotals,
    meals: z.array(zDayMeal).max(100)
});

export const zDayActivity = z.object({
    id: z.uuid(),
    name: z.string().max(200).optional(),
    category: z.string().max(60),
    activity: z.string().max(100).optional(),
    started_at: z.iso.datetime({ offset: true }),
    minutes: z.number().gte(0).lte(1440),
    kcal: z.number().gte(0).lte(1000000000).optional(),
    kcal_net: z.number().gte(0).lte(1000000000).optional(),
    counted_share: z.number().gte(0).lte(1)
});

/**
 * The activities of the day as they count in `getActivitySummary`.
 */
export const zDayActivities = z.object({
    count: z.int().gte(0).lte(1000000),
    minutes: z.number().gte(0).lte(1000000),
    kcal: z.number().gte(0).lte(1000000000),
    kcal_net: z.number().gte(0).lte(1000000000),
    unknown_kcal_count: z.int().gte(0).lte(1000000),
    activities: z.array(zDayActivity).max(100)
});

export const zDayBody = z.object({
    weight_kg: z.number().gte(30).lte(300).optional(),
    trend_kg: z.number().gte(30).lte(300).optional(),
    observed: z.boolean(),
    rate: zWeightRate
});

export const zMicronutrient = z.object({
    nutrient: z.string().max(60),
    unit: z.string().max(10),
    reference: z.number().gte(0).lte(1000000),
    reference_kind: z.enum([
        'RDA',
        'AI',
        'CDRR'
    ]),
    day: z.number().gte(0).lte(10000000000).optional(),
    day_share: z.number().gte(0).lte(10000000000).optional(),
    day_coverage: z.number().gte(0).lte(1),
    week_mean: z.number().gte(0).lte(10000000000).optional(),
    week_share: z.number().gte(0).lte(10000000000).optional(),
    week_coverage: z.number().gte(0).lte(1)
});

/**
 * Vitamins, minerals and fibre against reference intakes by sex and age. Averages over time, not a diagnosis.
 */
export const zMicronutrients = z.object({
    status: z.enum(['ok', 'profile_incomplete']),
    week_from: z.iso.date(),
    week_to: z.iso.date(),
    logged_days: z.int().gte(0).lte(7),
    notes: z.array(zReason).max(10),
    data: z.array(zMicronutrient).max(60)
});

export const zDashboardDay = z.object({
    date: z.iso.date(),
    timezone: z.string().max(100),
    complete: z.boolean(),
    targets: zDayTargets.optional(),
    nutrition: zDayNutrition,
    activities: zDayActivities,
    exercise: zDayExercise,
    remaining: zRemaining.optional(),
    body: zDayBody,
    water_ml: z.int().gte(0).lte(1000000),
    sleep_minutes: z.int().gte(0).lte(10000),
    micronutrients: zMicronutrients
});

export const zDayCompletion = z.object({
    complete: z.boolean()
});

export const zConversation = z.object({
    id: z.uuid(),
    title: z.string().min(1).max(200).optional(),
    title_source: z.enum(['automatic', 'user']),
    archived: z.boolean(),
    message_count: z.int().gte(0).lte(10000),
    last_message_at: z.iso.datetime({ offset: true }),
    active_message_id: z.uuid().optional(),
    version: z.int().gte(1),
    created_at: z.iso.datetime({ offset: true }),
    updated_at: z.iso.datetime({ offset: true })
});

export const zConversationPage = z.object({
    data: z.array(zConversation).max(100),
    next_cursor: z.string().max(512).optional()
});

export const zConversationCreate = z.object({
    id: z.uuid().optional(),
    title: z.string().min(1).max(200).regex(/^[^\u0000]*$/).optional()
});

export const zConversationPatch = z.object({
    title: z.string().min(1).max(200).regex(/^[^\u0000]*$/).nullish(),
    archived: z.boolean().optional()
});

/**
 * How a reply ended: `stop` it is complete; `length` it reached its limit; `cancelled` you stopped it; `interrupted` the server that made it was lost, or its provider was, and the text so far is all; `filtered` the provider refused to go on.
 *
 */
export const zFinishReason = z.enum([
    'stop',
    'length',
    'cancelled',
    'interrupted',
    'filtered'
]);

export const zCoachProblem = z.object({
    code: z.string().max(60).regex(/^[a-z][a-z0-9_]*$/),
    detail: z.string().max(2000),
    retry_after: z.int().gte(0).optional()
});

export const zCoachUsage = z.object({
    input_tokens: z.int().gte(0),
    output_tokens: z.int().gte(0),
    cached_tokens: z.int().gte(0).optional(),
    cost_usd: z.number().gte(0).optional()
});

/**
 * A record of yours that a reply was made from.
 */
export const zCoachSource = z.object({
    kind: z.enum([
        'profile',
        'targets',
        'day',
        'meal',
        'food',
        'activity',
        'measurement',
        'trend',
        'memory',
        'message'
    ]),
    id: z.uuid().optional(),
    date: z.iso.date().optional(),
    label: z.string().max(200),
    url: z.string().max(300).optional()
});

export const zMessage = z.object({
    id: z.uuid(),
    conversation_id: z.uuid(),
    role: z.enum(['user', 'assistant']),
    is_ai: z.boolean(),
    reply_to: z.uuid().optional(),
    content: z.string().max(1048576),
    status: z.enum([
        'queued',
        'running',
        'completed',
        'failed'
    ]),
    finish_reason: zFinishReason.optional(),
    problem: zCoachProblem.optional(),
    provider: z.string().max(100).optional(),
    model: z.string().max(200).optional(),
    usage: zCoachUsage.optional(),
    sources: z.array(zCoachSource).max(50).optional(),
    created_at: z.iso.datetime({ offset: true }),
    completed_at: z.iso.datetime({ offset: true }).optional()
});

export const zMessagePage = z.object({
    data: z.array(zMessage).max(100),
    next_cursor: z.string().max(512).optional()
});

export const zMessageSend = z.object({
    id: z.uuid().optional(),
    content: z.string().min(1).max(4000).regex(/^[^\u0000]*$/),
    timezone: z.string().min(1).max(100).regex(/^[^\u0000]*$/).optional()
});

export const zMessageSent = z.object({
    message: zMessage,
    reply_id: z.uuid(),
    stream_url: z.string().max(200),
    events_url: z.string().max(200)
});

/**
 * What it is about: a food that you cannot eat, a part of your body that hurts, something that you do not like, something that you want to reach, something that you usually do, or a time that you
 * keep free or busy.
 *
 */
export const zMemoryKind = z.enum([
    'allergy',
    'injury',
    'dislike',
    'goal',
    'habit',
    'schedule'
]);

/**
 * Something that you told the coach about yourself.
 */
export const zMemory = z.object({
    id: z.uuid(),
    kind: zMemoryKind,
    content: z.string().min(1).max(200),
    message_id: z.uuid(),
    created_at: z.iso.datetime({ offset: true })
});

export const zMemoryPage = z.object({
    data: z.array(zMemory).max(100),
    next_cursor: z.string().max(512).optional()
});

/**
 * What is erased because you have switched the memory off. Absent when nothing is left.
 */
export const zMemoryErasure = z.object({
    until: z.iso.datetime({ offset: true }),
    memories: z.int().gte(0),
    texts: z.int().gte(0)
});

export const zCoachSettings = z.object({
    memory_enabled: z.boolean(),
    erasure: zMemoryErasure.optional()
});

export const zCoachSettingsPatch = z.object({
    memory_enabled: z.boolean().optional()
});

/**
 * The id of the reply.
 */
export const zEventMessageId = z.uuid();

/**
 * The number of the event in its reply, from 1.
 */
export const zEventSeq = z.int().gte(1);

/**
 * The first event of a reply.
 */
export const zCoachEventStarted = z.object({
    type: z.enum(['message.started']),
    message_id: zEventMessageId,
    seq: zEventSeq,
    conversation_id: z.uuid(),
    provider: z.string().max(100),
    model: z.string().max(200)
});

/**
 * A piece of the text. The pieces joined are the text.
 */
export const zCoachEventDelta = z.object({
    type: z.enum(['message.delta']),
    message_id: zEventMessageId,
    seq: zEventSeq,
    text: z.string().max(65536)
});

/**
 * The coach looks something up.
 */
export const zCoachEventToolStarted = z.object({
    type: z.enum(['tool.started']),
    message_id: zEventMessageId,
    seq: zEventSeq,
    call_id: z.string().max(100),
    tool: z.string().max(60),
    label: z.string().max(200)
});

/**
 * The coach has looked something up.
 */
export const zCoachEventToolFinished = z.object({
    type: z.enum(['tool.finished']),
    message_id: zEventMessageId,
    seq: zEventSeq,
    call_id: z.string().max(100),
    tool: z.string().max(60),
    ok: z.boolean()
});

/**
 * What confirming writes.
 */
export const zProposalKind = z.enum([
    'meal',
    'activity',
    'measurement',
    'targets',
    'profile'
]);

export const zMealDraft = z.object({
    kind: z.enum(['meal']),
    meal: zMealCreate
});

export const zActivityDraft = z.object({
    kind: z.enum(['activity']),
    activity: zActivityCreate
});

export const zMeasurementDraft = z.object({
    kind: z.enum(['measurement']),
    measurement: zMeasurementCreate
});

export const zTargetsDraft = z.object({
    kind: z.enum(['targets']),
    targets: zCustomTargets
});

export const zProfileDraft = z.object({
    kind: z.enum(['profile']),
    profile: zMePatch
});

/**
 * What confirming writes, as the operation takes it that you would use yourself, without `id` and `source`. A time or zone that the coach leaves out is that of the message.
 *
 */
export const zProposalDraft = z.discriminatedUnion('kind', [
    zMealDraft.extend({ kind: z.literal('meal') }),
    zActivityDraft.extend({ kind: z.literal('activity') }),
    zMeasurementDraft.extend({ kind: z.literal('measurement') }),
    zTargetsDraft.extend({ kind: z.literal('targets') }),
    zProfileDraft.extend({ kind: z.literal('profile') })
]);

export const zProposalPreviewItem = z.object({
    name: z.string().max(500),
    grams: z.number().gte(0).optional(),
    calories: z.number().gte(0).optional()
});

/**
 * What would be written, to show. A value that is not known is absent.
 */
export const zProposalPreview = z.object({
    items: z.array(zProposalPreviewItem).max(50).optional(),
    calories: z.number().gte(0).optional(),
    protein_g: z.number().gte(0).optional(),
    carbs_g: z.number().gte(0).optional(),
    fat_g: z.number().gte(0).optional()
});

/**
 * What became of the proposal.
 */
export const zProposalStatus = z.enum([
    'open',
    'confirmed',
    'rejected',
    'expired',
    'undone'
]);

export const zProposal = z.object({
    id: z.uuid(),
    conversation_id: z.uuid(),
    message_id: z.uuid(),
    kind: zProposalKind,
    draft: zProposalDraft,
    preview: zProposalPreview,
    confidence: z.number().gte(0).lte(1),
    estimated: z.boolean(),
    status: zProposalStatus,
    replaced_by: z.uuid().optional(),
    expires_at: z.iso.datetime({ offset: true }),
    undo_until: z.iso.datetime({ offset: true }).optional(),
    result_url: z.string().max(200).optional(),
    version: z.int().gte(1),
    created_at: z.iso.datetime({ offset: true }),
    updated_at: z.iso.datetime({ offset: true })
});

/**
 * The coach proposes to write something. A proposal that comes again has changed.
 */
export const zCoachEventProposal = z.object({
    type: z.enum(['proposal']),
    message_id: zEventMessageId,
    seq: zEventSeq,
    proposal: zProposal
});

/**
 * A message has replaced or rejected a proposal of an earlier reply. Of a correction, the new one came in the event before, and `replaced_by` names it. Show it in the place where you showed it first.
 *
 */
export const zCoachEventProposalReplaced = z.object({
    type: z.enum(['proposal.replaced']),
    message_id: zEventMessageId,
    seq: zEventSeq,
    proposal: zProposal
});

/**
 * Somebody who helps.
 */
export const zCoachResource = z.object({
    name: z.string().max(200),
    region: z.string().max(10),
    phone: z.string().max(60).optional(),
    url: z.string().max(300).optional()
});

/**
 * The coach noticed signs of danger; show who helps.
 */
export const zCoachEventSafety = z.object({
    type: z.enum(['safety']),
    message_id: zEventMessageId,
    seq: zEventSeq,
    kind: z.string().max(40),
    resources: z.array(zCoachResource).max(20)
});

/**
 * The conversation is longer than the language model can read. The reply is made without its oldest messages.
 */
export const zCoachEventHistoryShortened = z.object({
    type: z.enum(['history.shortened']),
    message_id: zEventMessageId,
    seq: zEventSeq,
    left_out: z.int().gte(1)
});

/**
 * The coach has remembered something that your message says. Show it, with a way to `deleteMemory`.
 */
export const zCoachEventMemory = z.object({
    type: z.enum(['memory']),
    message_id: zEventMessageId,
    seq: zEventSeq,
    id: z.uuid(),
    kind: zMemoryKind,
    text: z.string().min(1).max(200)
});

/**
 * The last event of a reply that ended.
 */
export const zCoachEventCompleted = z.object({
    type: z.enum(['message.completed']),
    message_id: zEventMessageId,
    seq: zEventSeq,
    finish_reason: zFinishReason,
    usage: zCoachUsage.optional(),
    sources: z.array(zCoachSource).max(50),
    bytes: z.int().gte(0),
    sha256: z.string().regex(/^[0-9a-f]{64}$/)
});

/**
 * The last event of a reply that could not be made. Your message is stored.
 */
export const zCoachEventFailed = z.object({
    type: z.enum(['message.failed']),
    message_id: zEventMessageId,
    seq: zEventSeq,
    problem: zCoachProblem
});

/**
 * Something that happened while a reply was made. More types may be added; ignore those that you do not know.
 */
export const zCoachEvent = z.discriminatedUnion('type', [
    zCoachEventStarted.extend({ type: z.literal('message.started') }),
    zCoachEventDelta.extend({ type: z.literal('message.delta') }),
    zCoachEventToolStarted.extend({ type: z.literal('tool.started') }),
    zCoachEventToolFinished.extend({ type: z.literal('tool.finished') }),
    zCoachEventProposal.extend({ type: z.literal('proposal') }),
    zCoachEventProposalReplaced.extend({ type: z.literal('proposal.replaced') }),
    zCoachEventSafety.extend({ type: z.literal('safety') }),
    zCoachEventHistoryShortened.extend({ type: z.literal('history.shortened') }),
    zCoachEventMemory.extend({ type: z.literal('memory') }),
    zCoachEventCompleted.extend({ type: z.literal('message.completed') }),
    zCoachEventFailed.extend({ type: z.literal('message.failed') })
]);

/**
 * One event as it is sent.
 */
export const zEventStream = z.object({
    id: z.string(),
    data: z.string()
});

export const zProposalPage = z.object({
    data: z.array(zProposal).max(100),
    next_cursor: z.string().max(512).optional()
});

export const zProposalPatch = z.object({
    draft: zProposalDraft
});

export const zCoachEventList = z.object({
    data: z.array(zCoachEvent).max(500),
    next_after: z.int().gte(0),
    done: z.boolean()
});

/**
 * The `id` of the user that this write is meant for. When somebody else is signed in by now, for example in another tab of the browser,
 * nothing is written and the response is 409 `wrong_user`. Without it, the write is for whoever is signed in.
 *
 */
export const zExpectedUserId = z.uuid();

/**
 * The maximum number of entries of the page.
 */
export const zLimit = z.int().gte(1).lte(100).default(20);

/**
 * The `next_cursor` of the previous page. Opaque; any other value is 400 `invalid_cursor`.
 */
export const zCursor = z.string().min(1).max(512).regex(/^[A-Za-z0-9_-]+$/);

/**
 * The id of a session from `listSessions`.
 */
export const zSessionId = z.uuid();

/**
 * The `ETag` of your copy (with its quotes). While it is current, the response is 304 without a body.
 */
export const zIfNoneMatch = z.string().min(1).max(500).regex(/^[^\u0000]*$/);

/**
 * The `ETag` of the version you read (with its quotes), a list of ETags, or `*`. When the resource has changed since, nothing is written and the response is 412.
 */
export const zIfMatch = z.string().min(1).max(500).regex(/^[^\u0000]*$/);

/**
 * Words or a barcode. At most eight words are used; punctuation alone finds nothing.
 */
export const zFoodQuery = z.string().min(1).max(200).regex(/^[^\u0000]*$/);

/**
 * Where to look.
 */
export const zFoodScope2 = zFoodScope;

/**
 * Only what was logged for this meal.
 */
export const zRecentMealType = zMealType;

/**
 * The latest first, or the most often logged first.
 */
export const zRecentOrder2 = zRecentOrder;

/**
 * The barcode as a scanner returns it or as it is printed: the digits of UPC-A, UPC-E (6, 7 or 8), EAN-8, EAN-13 or GTIN-14, with spaces and hyphens or without; a GS1 element
 * string with the GTIN in (01), with or without FNC1; a GS1 Digital Link address; each with or without the prefix of its symbology, such as `]d2`. Percent-encode it.
 *
 */
export const zGtin = z.string().min(6).max(500).regex(/^[^\u0000]*$/);

/**
 * Makes it safe to retry this write: make one random key (a UUID) per intention and send it with every attempt. For 24 hours the same key with the same request returns the
 * first response again, with `Idempotent-Replayed: true`. The same key with another request is 422 `idempotency_mismatch`; while the first attempt is running it is 409 `idempotency_in_progress`.
 * A request that was refused (4xx) has written nothing, and its key can be used again.
 *
 */
export const zIdempotencyKey = z.string().min(1).max(255).regex(/^[!-~]+$/);

/**
 * A food of your own.
 */
export const zCustomFoodId = z.uuid();

/**
 * A serving of the food.
 */
export const zServingId = z.uuid();

/**
 * The food.
 */
export const zFoodId = z.uuid();

/**
 * The first local day, 1900 to 2199 (422 `date_out_of_range`).
 */
export const zFrom = z.iso.date();

/**
 * The last local day; not before `from` (422 `reversed_range`).
 */
export const zTo = z.iso.date();

/**
 * Only meals of this kind.
 */
export const zOnlyMealType = zMealType;

/**
 * The meal.
 */
export const zMealId = z.uuid();

/**
 * The item of the meal.
 */
export const zItemId = z.uuid();

/**
 * The first local day, 1900 to 2199 (422 `date_out_of_range`).
 */
export const zFromRequired = z.iso.date();

/**
 * The last local day; not before `from` (422 `reversed_range`) and within 366 days (422 `range_too_long`).
 */
export const zToRequired = z.iso.date();

/**
 * A local day, 1900 to 2199 (422 `date_out_of_range`), or `today` in your profile's zone.
 */
export const zDay = z.string().max(10).regex(/^(today|[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01]))$/);

/**
 * The measurement.
 */
export const zMeasurementId = z.uuid();

/**
 * Only activities of this category.
 */
export const zOnlyCategory = zActivityCategory;

/**
 * A local day, or `today` in your profile's zone. Send it, or `from` and `to`.
 */
export const zSummaryDate = z.string().max(10).regex(/^(today|[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01]))$/);

/**
 * The last local day; not before `from` (422 `reversed_range`) and within 366 days (422 `range_too_long`).
 */
export const zSummaryTo = z.iso.date();

/**
 * A name or a part of one.
 */
export const zExerciseQuery = z.string().min(1).max(100).regex(/^[^\u0000]*$/);

/**
 * Only exercises of the catalogue with this primary muscle.
 */
export const zMuscle = z.string().min(1).max(50).regex(/^[^\u0000]*$/);

/**
 * Only exercises of the catalogue with this equipment.
 */
export const zEquipment = z.string().min(1).max(50).regex(/^[^\u0000]*$/);

/**
 * The maximum number of entries. There are no further pages; ask for more, or narrow the query.
 */
export const zExerciseLimit = z.int().gte(1).lte(1000).default(20);

/**
 * An exercise of your own. One of the catalogue is 404, because it cannot be changed.
 */
export const zOwnExerciseId = z.string().min(1).max(210).regex(/^[^\u0000]*$/);

/**
 * An exercise of the catalogue, your own, or `name:` and a name.
 */
export const zAnyExerciseId = z.string().min(1).max(210).regex(/^[^\u0000]*$/);

/**
 * A name or a part of one, in English, German, French, Spanish or Portuguese, or a code of the Compendium.
 */
export const zCatalogueQuery = z.string().min(1).max(100).regex(/^[^\u0000]*$/);

/**
 * The language of `title`. Names of all five languages are found whatever it is; those in it come first.
 */
export const zCatalogueLang = zCatalogueLanguage.default('en');

/**
 * The maximum number of entries. There are no further pages; ask for more, or narrow the query.
 */
export const zCatalogueLimit = z.int().gte(1).lte(300).default(20);

/**
 * Write nothing and return what would be stored.
 */
export const zDryRun = z.boolean().default(false);

/**
 * Store what can be read of a damaged file.
 */
export const zAllowDamaged = z.boolean().default(false);

/**
 * When the recording started, for a device whose clock was never set or is years wrong (422 `file_time_unknown`). It is not used when the file knows its time.
 */
export const zStartedAt = z.iso.datetime({ offset: true });

/**
 * Positions within this many metres of where the track begins and of where it ends are never returned. At the import it is stored with the activity; when reading, the largest of that, this one and
 * the profile's `privacy_radius_m` counts.
 *
 */
export const zPrivacyRadius = z.int().gte(0).lte(5000).default(0);

/**
 * `respond-async` lets a file of any size be worked in the background (202). Other preferences have no effect.
 */
export const zPrefer = z.string().max(200);

/**
 * The import.
 */
export const zImportId = z.uuid();

/**
 * How many seconds to wait for the end of the import.
 */
export const zWait = z.int().gte(0).lte(25).default(0);

/**
 * The activity.
 */
export const zActivityId = z.uuid();

/**
 * The activity, or a leg.
 */
export const zRecordedActivityId = z.uuid();

/**
 * The measurements that you need, separated by commas: `position`, `altitude`, `distance`, `speed`, `heart_rate`, `cadence`, `power` (422 `unknown_channel`). All of them when left out.
 */
export const zChannels = z.string().min(1).max(100).regex(/^[a-z_]+(,[a-z_]+)*$/);

/**
 * The maximum number of points.
 */
export const zPoints = z.int().gte(2).lte(5000).default(500);

/**
 * The entry of water.
 */
export const zWaterId = z.uuid();

/**
 * The entry of sleep.
 */
export const zSleepId = z.uuid();

/**
 * The `id` of the conversation.
 */
export const zConversationId = z.uuid();

/**
 * The `seq` of the last event that you have; only later ones are returned.
 */
export const zAfter = z.int().gte(0).lte(2147483647).default(0);

/**
 * The `id` of the proposal.
 */
export const zProposalId = z.uuid();

/**
 * The `id` of the proposal.
 */
export const zRejectedId = z.uuid();

/**
 * The `id` of a reply.
 */
export const zMessageId = z.uuid();

/**
 * Name, version and addresses.
 */
export const zGetApiInfoResponse = zApiInfo;

/**
 * The service works, or works degraded.
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
 * The account was created, or a mail with the next step was sent.
 */
export const zSignupResponse = zAuthResponse;

export const zLoginBody = zLoginRequest;

/**
 * Signed in; both cookies are set.
 */
export const zLoginResponse = zAuthResponse;

export const zRefreshSessionHeaders = z.object({
    'X-Expected-User-Id': z.uuid().optional()
});

/**
 * Both cookies are replaced.
 */
export const zRefreshSessionResponse = zAuthResponse;

export const zLogoutHeaders = z.object({
    'X-Expected-User-Id': z.uuid().optional()
});

/**
 * Signed out; both cookies are cleared.
 */
export const zLogoutResponse = z.void();

export const zChangePasswordBody = zPasswordChange;

export const zChangePasswordHeaders = z.object({
    'X-Expected-User-Id': z.uuid().optional()
});

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

/**
 * Who is signed in, if anybody.
 */
export const zGetSessionResponse = zCurrentSession;

export const zListSessionsQuery = z.object({
    limit: z.int().gte(1).lte(100).optional().default(20),
    cursor: z.string().min(1).max(512).regex(/^[A-Za-z0-9_-]+$/).optional()
});

/**
 * A page of sessions.
 */
export const zListSessionsResponse = zAuthSessionPage;

export const zRevokeSessionHeaders = z.object({
    'X-Expected-User-Id': z.uuid().optional()
});

export const zRevokeSessionPath = z.object({
    id: z.uuid()
});

/**
 * That session has ended.
 */
export const zRevokeSessionResponse = z.void();

export const zDeleteMeHeaders = z.object({
    'If-Match': z.string().min(1).max(500).regex(/^[^\u0000]*$/).optional(),
    'X-Expected-User-Id': z.uuid().optional()
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
    'If-Match': z.string().min(1).max(500).regex(/^[^\u0000]*$/).optional(),
    'X-Expected-User-Id': z.uuid().optional()
});

/**
 * Your profile after the change.
 */
export const zUpdateMeResponse = zMeUpdated;

export const zPreviewTargetsBody = zTargetsPreviewRequest;

export const zPreviewTargetsHeaders = z.object({
    'X-Expected-User-Id': z.uuid().optional()
});

/**
 * The targets, or what is missing for them.
 */
export const zPreviewTargetsResponse = zTargetsPreview;

/**
 * The estimate.
 */
export const zGetEnergyResponse = zEnergyExpenditure;

export const zSearchFoodsQuery = z.object({
    q: z.string().min(1).max(200).regex(/^[^\u0000]*$/),
    scope: zFoodScope.optional(),
    limit: z.int().gte(1).lte(100).optional().default(20),
    cursor: z.string().min(1).max(512).regex(/^[A-Za-z0-9_-]+$/).optional()
});

/**
 * A page of foods, the best match first; empty when nothing matches.
 */
export const zSearchFoodsResponse = zFoodSearchPage;

export const zListRecentFoodsQuery = z.object({
    meal_type: zMealType.optional(),
    order: zRecentOrder.optional(),
    limit: z.int().gte(1).lte(100).optional().default(20),
    cursor: z.string().min(1).max(512).regex(/^[A-Za-z0-9_-]+$/).optional()
});

/**
 * A page of foods with their last amounts.
 */
export const zListRecentFoodsResponse = zRecentFoodPage;

export const zListFavoriteFoodsQuery = z.object({
    limit: z.int().gte(1).lte(100).optional().default(20),
    cursor: z.string().min(1).max(512).regex(/^[A-Za-z0-9_-]+$/).optional()
});

/**
 * A page of foods.
 */
export const zListFavoriteFoodsResponse = zFoodPage;

export const zGetFoodByBarcodeHeaders = z.object({
    'If-None-Match': z.string().min(1).max(500).regex(/^[^\u0000]*$/).optional()
});

export const zGetFoodByBarcodePath = z.object({
    gtin: z.string().min(6).max(500).regex(/^[^\u0000]*$/)
});

/**
 * The food.
 */
export const zGetFoodByBarcodeResponse = zFood;

export const zCreateCustomFoodBody = zFoodCreate;

export const zCreateCustomFoodHeaders = z.object({
    'Idempotency-Key': z.string().min(1).max(255).regex(/^[!-~]+$/).optional(),
    'X-Expected-User-Id': z.uuid().optional()
});

/**
 * The food as it was stored.
 */
export const zCreateCustomFoodResponse = zFood;

export const zDeleteCustomFoodHeaders = z.object({
    'If-Match': z.string().min(1).max(500).regex(/^[^\u0000]*$/).optional(),
    'X-Expected-User-Id': z.uuid().optional()
});

export const zDeleteCustomFoodPath = z.object({
    id: z.uuid()
});

/**
 * Deleted.
 */
export const zDeleteCustomFoodResponse = z.void();

export const zUpdateCustomFoodBody = zFoodPatch;

export const zUpdateCustomFoodHeaders = z.object({
    'If-Match': z.string().min(1).max(500).regex(/^[^\u0000]*$/).optional(),
    'X-Expected-User-Id': z.uuid().optional()
});

export const zUpdateCustomFoodPath = z.object({
    id: z.uuid()
});

/**
 * The food after the change.
 */
export const zUpdateCustomFoodResponse = zFood;

export const zRestoreCustomFoodHeaders = z.object({
    'Idempotency-Key': z.string().min(1).max(255).regex(/^[!-~]+$/).optional(),
    'X-Expected-User-Id': z.uuid().optional()
});

export const zRestoreCustomFoodPath = z.object({
    id: z.uuid()
});

/**
 * The food.
 */
export const zRestoreCustomFoodResponse = zFood;

export const zAddFoodServingBody = zFoodServingCreate;

export const zAddFoodServingHeaders = z.object({
    'Idempotency-Key': z.string().min(1).max(255).regex(/^[!-~]+$/).optional(),
    'If-Match': z.string().min(1).max(500).regex(/^[^\u0000]*$/).optional(),
    'X-Expected-User-Id': z.uuid().optional()
});

export const zAddFoodServingPath = z.object({
    id: z.uuid()
});

/**
 * The food with the new serving.
 */
export const zAddFoodServingResponse = zFood;

export const zDeleteFoodServingHeaders = z.object({
    'If-Match': z.string().min(1).max(500).regex(/^[^\u0000]*$/).optional(),
    'X-Expected-User-Id': z.uuid().optional()
});

export const zDeleteFoodServingPath = z.object({
    id: z.uuid(),
    serving_id: z.uuid()
});

/**
 * The food without the serving.
 */
export const zDeleteFoodServingResponse = zFood;

export const zUpdateFoodServingBody = zFoodServingPatch;

export const zUpdateFoodServingHeaders = z.object({
    'If-Match': z.string().min(1).max(500).regex(/^[^\u0000]*$/).optional(),
    'X-Expected-User-Id': z.uuid().optional()
});

export const zUpdateFoodServingPath = z.object({
    id: z.uuid(),
    serving_id: z.uuid()
});

/**
 * The food with the changed serving.
 */
export const zUpdateFoodServingResponse = zFood;

export const zGetFoodHeaders = z.object({
    'If-None-Match': z.string().min(1).max(500).regex(/^[^\u0000]*$/).optional()
});

export const zGetFoodPath = z.object({
    id: z.uuid()
});

/**
 * The food.
 */
export const zGetFoodResponse = zFood;

export const zRemoveFavoriteFoodHeaders = z.object({
    'X-Expected-User-Id': z.uuid().optional()
});

export const zRemoveFavoriteFoodPath = z.object({
    id: z.uuid()
});

/**
 * The food is not a favourite any more.
 */
export const zRemoveFavoriteFoodResponse = z.void();

export const zAddFavoriteFoodHeaders = z.object({
    'X-Expected-User-Id': z.uuid().optional()
});

export const zAddFavoriteFoodPath = z.object({
    id: z.uuid()
});

/**
 * The food is a favourite now.
 */
export const zAddFavoriteFoodResponse = z.void();

export const zListMealsQuery = z.object({
    from: z.iso.date().optional(),
    to: z.iso.date().optional(),
    meal_type: zMealType.optional(),
    limit: z.int().gte(1).lte(100).optional().default(20),
    cursor: z.string().min(1).max(512).regex(/^[A-Za-z0-9_-]+$/).optional()
});

/**
 * A page of meals.
 */
export const zListMealsResponse = zMealPage;

export const zCreateMealBody = zMealCreate;

export const zCreateMealHeaders = z.object({
    'Idempotency-Key': z.string().min(1).max(255).regex(/^[!-~]+$/).optional(),
    'X-Expected-User-Id': z.uuid().optional()
});

/**
 * The meal as it was stored.
 */
export const zCreateMealResponse = zMeal;

export const zDeleteMealHeaders = z.object({
    'If-Match': z.string().min(1).max(500).regex(/^[^\u0000]*$/).optional(),
    'X-Expected-User-Id': z.uuid().optional()
});

export const zDeleteMealPath = z.object({
    id: z.uuid()
});

/**
 * Deleted.
 */
export const zDeleteMealResponse = z.void();

export const zGetMealHeaders = z.object({
    'If-None-Match': z.string().min(1).max(500).regex(/^[^\u0000]*$/).optional()
});

export const zGetMealPath = z.object({
    id: z.uuid()
});

/**
 * The meal.
 */
export const zGetMealResponse = zMeal;

export const zUpdateMealBody = zMealPatch;

export const zUpdateMealHeaders = z.object({
    'If-Match': z.string().min(1).max(500).regex(/^[^\u0000]*$/).optional(),
    'X-Expected-User-Id': z.uuid().optional()
});

export const zUpdateMealPath = z.object({
    id: z.uuid()
});

/**
 * The meal after the change.
 */
export const zUpdateMealResponse = zMeal;

export const zRestoreMealHeaders = z.object({
    'Idempotency-Key': z.string().min(1).max(255).regex(/^[!-~]+$/).optional(),
    'X-Expected-User-Id': z.uuid().optional()
});

export const zRestoreMealPath = z.object({
    id: z.uuid()
});

/**
 * The meal, back where it was.
 */
export const zRestoreMealResponse = zMeal;

export const zCopyMealBody = zMealCopy;

export const zCopyMealHeaders = z.object({
    'Idempotency-Key': z.string().min(1).max(255).regex(/^[!-~]+$/).optional(),
    'X-Expected-User-Id': z.uuid().optional()
});

export const zCopyMealPath = z.object({
    id: z.uuid()
});

/**
 * The copy.
 */
export const zCopyMealResponse = zMeal;

export const zAddMealItemsBody = zMealItemsCreate;

export const zAddMealItemsHeaders = z.object({
    'If-Match': z.string().min(1).max(500).regex(/^[^\u0000]*$/).optional(),
    'Idempotency-Key': z.string().min(1).max(255).regex(/^[!-~]+$/).optional(),
    'X-Expected-User-Id': z.uuid().optional()
});

export const zAddMealItemsPath = z.object({
    id: z.uuid()
});

/**
 * The meal with the new items.
 */
export const zAddMealItemsResponse = zMeal;

export const zRefreshMealItemBody = zMealItemRefresh;

export const zRefreshMealItemHeaders = z.object({
    'If-Match': z.string().min(1).max(500).regex(/^[^\u0000]*$/).optional(),
    'Idempotency-Key': z.string().min(1).max(255).regex(/^[!-~]+$/).optional(),
    'X-Expected-User-Id': z.uuid().optional()
});

export const zRefreshMealItemPath = z.object({
    id: z.uuid(),
    item_id: z.uuid()
});

/**
 * The item before and after.
 */
export const zRefreshMealItemResponse = zMealItemRefreshed;

export const zDeleteMealItemHeaders = z.object({
    'If-Match': z.string().min(1).max(500).regex(/^[^\u0000]*$/).optional(),
    'X-Expected-User-Id': z.uuid().optional()
});

export const zDeleteMealItemPath = z.object({
    id: z.uuid(),
    item_id: z.uuid()
});

/**
 * The meal without the item.
 */
export const zDeleteMealItemResponse = zMeal;

export const zUpdateMealItemBody = zMealItemPatch;

export const zUpdateMealItemHeaders = z.object({
    'If-Match': z.string().min(1).max(500).regex(/^[^\u0000]*$/).optional(),
    'X-Expected-User-Id': z.uuid().optional()
});

export const zUpdateMealItemPath = z.object({
    id: z.uuid(),
    item_id: z.uuid()
});

/**
 * The meal after the change.
 */
export const zUpdateMealItemResponse = zMeal;

export const zListNutritionDaysQuery = z.object({
    from: z.iso.date(),
    to: z.iso.date()
});

/**
 * The days and their weeks.
 */
export const zListNutritionDaysResponse = zNutritionRange;

export const zGetNutritionDayPath = z.object({
    date: z.string().max(10).regex(/^(today|[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01]))$/)
});

/**
 * The day.
 */
export const zGetNutritionDayResponse = zNutritionDay;

export const zCopyNutritionDayBody = zNutritionDayCopy;

export const zCopyNutritionDayHeaders = z.object({
    'Idempotency-Key': z.string().min(1).max(255).regex(/^[!-~]+$/).optional(),
    'X-Expected-User-Id': z.uuid().optional()
});

export const zCopyNutritionDayPath = z.object({
    date: z.string().max(10).regex(/^(today|[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01]))$/)
});

/**
 * The copies.
 */
export const zCopyNutritionDayResponse = zMealCopies;

export const zListMeasurementsQuery = z.object({
    from: z.iso.date().optional(),
    to: z.iso.date().optional(),
    limit: z.int().gte(1).lte(100).optional().default(20),
    cursor: z.string().min(1).max(512).regex(/^[A-Za-z0-9_-]+$/).optional()
});

/**
 * A page of measurements.
 */
export const zListMeasurementsResponse = zMeasurementPage;

export const zCreateMeasurementBody = zMeasurementCreate;

export const zCreateMeasurementHeaders = z.object({
    'Idempotency-Key': z.string().min(1).max(255).regex(/^[!-~]+$/).optional(),
    'X-Expected-User-Id': z.uuid().optional()
});

/**
 * Another app's record that is known already, as it is stored now.
 */
export const zCreateMeasurementResponse = zMeasurementWritten;

export const zDeleteMeasurementHeaders = z.object({
    'If-Match': z.string().min(1).max(500).regex(/^[^\u0000]*$/).optional(),
    'X-Expected-User-Id': z.uuid().optional()
});

export const zDeleteMeasurementPath = z.object({
    id: z.uuid()
});

/**
 * Deleted.
 */
export const zDeleteMeasurementResponse = z.void();

export const zGetMeasurementHeaders = z.object({
    'If-None-Match': z.string().min(1).max(500).regex(/^[^\u0000]*$/).optional()
});

export const zGetMeasurementPath = z.object({
    id: z.uuid()
});

/**
 * The measurement.
 */
export const zGetMeasurementResponse = zMeasurement;

export const zUpdateMeasurementBody = zMeasurementPatch;

export const zUpdateMeasurementHeaders = z.object({
    'If-Match': z.string().min(1).max(500).regex(/^[^\u0000]*$/).optional(),
    'X-Expected-User-Id': z.uuid().optional()
});

export const zUpdateMeasurementPath = z.object({
    id: z.uuid()
});

/**
 * The measurement after the change.
 */
export const zUpdateMeasurementResponse = zMeasurementWritten;

export const zRestoreMeasurementHeaders = z.object({
    'Idempotency-Key': z.string().min(1).max(255).regex(/^[!-~]+$/).optional(),
    'X-Expected-User-Id': z.uuid().optional()
});

export const zRestoreMeasurementPath = z.object({
    id: z.uuid()
});

/**
 * The measurement, back where it was.
 */
export const zRestoreMeasurementResponse = zMeasurementWritten;

export const zListActivitiesQuery = z.object({
    from: z.iso.date().optional(),
    to: z.iso.date().optional(),
    category: zActivityCategory.optional(),
    limit: z.int().gte(1).lte(100).optional().default(20),
    cursor: z.string().min(1).max(512).regex(/^[A-Za-z0-9_-]+$/).optional()
});

/**
 * A page of activities.
 */
export const zListActivitiesResponse = zActivityPage;

export const zCreateActivityBody = zActivityCreate;

export const zCreateActivityHeaders = z.object({
    'Idempotency-Key': z.string().min(1).max(255).regex(/^[!-~]+$/).optional(),
    'X-Expected-User-Id': z.uuid().optional()
});

/**
 * The activity that has this `external_id` already, as it is stored now.
 */
export const zCreateActivityResponse = zActivity;

export const zGetActivitySummaryQuery = z.object({
    date: z.string().max(10).regex(/^(today|[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01]))$/).optional(),
    from: z.iso.date().optional(),
    to: z.iso.date().optional()
});

/**
 * The days and their weeks.
 */
export const zGetActivitySummaryResponse = zActivitySummary;

export const zListExercisesQuery = z.object({
    q: z.string().min(1).max(100).regex(/^[^\u0000]*$/).optional(),
    muscle: z.string().min(1).max(50).regex(/^[^\u0000]*$/).optional(),
    equipment: z.string().min(1).max(50).regex(/^[^\u0000]*$/).optional(),
    limit: z.int().gte(1).lte(1000).optional().default(20)
});

/**
 * The exercises that were found.
 */
export const zListExercisesResponse = zExerciseList;

export const zCreateExerciseBody = zExerciseCreate;

export const zCreateExerciseHeaders = z.object({
    'Idempotency-Key': z.string().min(1).max(255).regex(/^[!-~]+$/).optional(),
    'X-Expected-User-Id': z.uuid().optional()
});

/**
 * The exercise.
 */
export const zCreateExerciseResponse = zExercise;

export const zDeleteExerciseHeaders = z.object({
    'If-Match': z.string().min(1).max(500).regex(/^[^\u0000]*$/).optional(),
    'X-Expected-User-Id': z.uuid().optional()
});

export const zDeleteExercisePath = z.object({
    id: z.string().min(1).max(210).regex(/^[^\u0000]*$/)
});

/**
 * Deleted.
 */
export const zDeleteExerciseResponse = z.void();

export const zUpdateExerciseBody = zExercisePatch;

export const zUpdateExerciseHeaders = z.object({
    'If-Match': z.string().min(1).max(500).regex(/^[^\u0000]*$/).optional(),
    'X-Expected-User-Id': z.uuid().optional()
});

export const zUpdateExercisePath = z.object({
    id: z.string().min(1).max(210).regex(/^[^\u0000]*$/)
});

/**
 * The exercise after the change.
 */
export const zUpdateExerciseResponse = zExercise;

export const zRestoreExerciseHeaders = z.object({
    'Idempotency-Key': z.string().min(1).max(255).regex(/^[!-~]+$/).optional(),
    'X-Expected-User-Id': z.uuid().optional()
});

export const zRestoreExercisePath = z.object({
    id: z.string().min(1).max(210).regex(/^[^\u0000]*$/)
});

/**
 * The exercise, back in the list.
 */
export const zRestoreExerciseResponse = zExercise;

export const zGetExerciseHistoryPath = z.object({
    id: z.string().min(1).max(210).regex(/^[^\u0000]*$/)
});

export const zGetExerciseHistoryQuery = z.object({
    limit: z.int().gte(1).lte(100).optional().default(20),
    cursor: z.string().min(1).max(512).regex(/^[A-Za-z0-9_-]+$/).optional()
});

/**
 * The sessions and records.
 */
export const zGetExerciseHistoryResponse = zExerciseHistory;

export const zListActivityCatalogueQuery = z.object({
    q: z.string().min(1).max(100).regex(/^[^\u0000]*$/).optional(),
    lang: zCatalogueLanguage.optional().default('en'),
    limit: z.int().gte(1).lte(300).optional().default(20)
});

/**
 * The activities that were found.
 */
export const zListActivityCatalogueResponse = zActivityCatalogue;

/**
 * The file, itself or as the part `file` of a form. Its content decides what it is, not its name.
 */
export const zImportActivityBody = z.string().min(1);

export const zImportActivityHeaders = z.object({
    Prefer: z.string().max(200).optional(),
    'Idempotency-Key': z.string().min(1).max(255).regex(/^[!-~]+$/).optional(),
    'X-Expected-User-Id': z.uuid().optional()
});

export const zImportActivityQuery = z.object({
    dry_run: z.boolean().optional().default(false),
    allow_damaged: z.boolean().optional().default(false),
    started_at: z.iso.datetime({ offset: true }).optional(),
    privacy_radius_m: z.int().gte(0).lte(5000).optional().default(0)
});

export const zImportActivityResponse = z.union([
    zActivityImport,
    zImportTask
]);

export const zGetActivityImportPath = z.object({
    id: z.uuid()
});

export const zGetActivityImportQuery = z.object({
    wait: z.int().gte(0).lte(25).optional().default(0)
});

/**
 * The import.
 */
export const zGetActivityImportResponse = zImportTask;

export const zDeleteActivityHeaders = z.object({
    'If-Match': z.string().min(1).max(500).regex(/^[^\u0000]*$/).optional(),
    'X-Expected-User-Id': z.uuid().optional()
});

export const zDeleteActivityPath = z.object({
    id: z.uuid()
});

/**
 * Deleted.
 */
export const zDeleteActivityResponse = z.void();

export const zGetActivityHeaders = z.object({
    'If-None-Match': z.string().min(1).max(500).regex(/^[^\u0000]*$/).optional()
});

export const zGetActivityPath = z.object({
    id: z.uuid()
});

/**
 * The activity.
 */
export const zGetActivityResponse = zActivity;

export const zUpdateActivityBody = zActivityPatch;

export const zUpdateActivityHeaders = z.object({
    'If-Match': z.string().min(1).max(500).regex(/^[^\u0000]*$/).optional(),
    'X-Expected-User-Id': z.uuid().optional()
});

export const zUpdateActivityPath = z.object({
    id: z.uuid()
});

/**
 * The activity after the change.
 */
export const zUpdateActivityResponse = zActivity;

export const zRestoreActivityHeaders = z.object({
    'Idempotency-Key': z.string().min(1).max(255).regex(/^[!-~]+$/).optional(),
    'X-Expected-User-Id': z.uuid().optional()
});

export const zRestoreActivityPath = z.object({
    id: z.uuid()
});

/**
 * The activity, back where it was.
 */
export const zRestoreActivityResponse = zActivity;

export const zGetActivityStreamsPath = z.object({
    id: z.uuid()
});

export const zGetActivityStreamsQuery = z.object({
    channels: z.string().min(1).max(100).regex(/^[a-z_]+(,[a-z_]+)*$/).optional(),
    points: z.int().gte(2).lte(5000).optional().default(500),
    privacy_radius_m: z.int().gte(0).lte(5000).optional().default(0)
});

/**
 * The points, in order.
 */
export const zGetActivityStreamsResponse = zActivityStreams;

export const zGetActivityTrackPath = z.object({
    id: z.uuid()
});

export const zGetActivityTrackQuery = z.object({
    privacy_radius_m: z.int().gte(0).lte(5000).optional().default(0)
});

/**
 * The file.
 */
export const zGetActivityTrackResponse = z.string();

/**
 * The file, itself or as the part `file` of a form. Its content decides what it is, not its name.
 */
export const zImportMeasurementsBody = z.string().min(1);

export const zImportMeasurementsHeaders = z.object({
    'Idempotency-Key': z.string().min(1).max(255).regex(/^[!-~]+$/).optional(),
    'X-Expected-User-Id': z.uuid().optional()
});

export const zImportMeasurementsQuery = z.object({
    dry_run: z.boolean().optional().default(false),
    timezone: z.string().min(1).max(100).regex(/^[^\u0000]*$/).optional(),
    unit: z.enum(['kg', 'lb']).optional().default('kg'),
    date_order: z.enum(['day_first', 'month_first']).optional(),
    app: z.string().min(1).max(100).regex(/^[^\u0000]*$/).optional()
});

/**
 * What became of each record.
 */
export const zImportMeasurementsResponse = zMeasurementImport;

export const zGetWeightTrendQuery = z.object({
    from: z.iso.date(),
    to: z.iso.date()
});

/**
 * The trend.
 */
export const zGetWeightTrendResponse = zWeightTrend;

export const zListWaterQuery = z.object({
    from: z.iso.date(),
    to: z.iso.date()
});

/**
 * The days.
 */
export const zListWaterResponse = zWaterDays;

export const zCreateWaterBody = zWaterCreate;

export const zCreateWaterHeaders = z.object({
    'Idempotency-Key': z.string().min(1).max(255).regex(/^[!-~]+$/).optional(),
    'X-Expected-User-Id': z.uuid().optional()
});

/**
 * The entry as it was stored.
 */
export const zCreateWaterResponse = zWaterEntry;

export const zDeleteWaterHeaders = z.object({
    'If-Match': z.string().min(1).max(500).regex(/^[^\u0000]*$/).optional(),
    'X-Expected-User-Id': z.uuid().optional()
});

export const zDeleteWaterPath = z.object({
    id: z.uuid()
});

/**
 * Deleted.
 */
export const zDeleteWaterResponse = z.void();

export const zGetWaterHeaders = z.object({
    'If-None-Match': z.string().min(1).max(500).regex(/^[^\u0000]*$/).optional()
});

export const zGetWaterPath = z.object({
    id: z.uuid()
});

/**
 * The entry.
 */
export const zGetWaterResponse = zWaterEntry;

export const zUpdateWaterBody = zWaterPatch;

export const zUpdateWaterHeaders = z.object({
    'If-Match': z.string().min(1).max(500).regex(/^[^\u0000]*$/).optional(),
    'X-Expected-User-Id': z.uuid().optional()
});

export const zUpdateWaterPath = z.object({
    id: z.uuid()
});

/**
 * The entry after the change.
 */
export const zUpdateWaterResponse = zWaterEntry;

export const zRestoreWaterHeaders = z.object({
    'Idempotency-Key': z.string().min(1).max(255).regex(/^[!-~]+$/).optional(),
    'X-Expected-User-Id': z.uuid().optional()
});

export const zRestoreWaterPath = z.object({
    id: z.uuid()
});

/**
 * The entry, back where it was.
 */
export const zRestoreWaterResponse = zWaterEntry;

export const zListSleepQuery = z.object({
    from: z.iso.date(),
    to: z.iso.date()
});

/**
 * The days.
 */
export const zListSleepResponse = zSleepDays;

export const zCreateSleepBody = zSleepCreate;

export const zCreateSleepHeaders = z.object({
    'Idempotency-Key': z.string().min(1).max(255).regex(/^[!-~]+$/).optional(),
    'X-Expected-User-Id': z.uuid().optional()
});

/**
 * The entry as it was stored.
 */
export const zCreateSleepResponse = zSleepEntry;

export const zDeleteSleepHeaders = z.object({
    'If-Match': z.string().min(1).max(500).regex(/^[^\u0000]*$/).optional(),
    'X-Expected-User-Id': z.uuid().optional()
});

export const zDeleteSleepPath = z.object({
    id: z.uuid()
});

/**
 * Deleted.
 */
export const zDeleteSleepResponse = z.void();

export const zGetSleepHeaders = z.object({
    'If-None-Match': z.string().min(1).max(500).regex(/^[^\u0000]*$/).optional()
});

export const zGetSleepPath = z.object({
    id: z.uuid()
});

/**
 * The entry.
 */
export const zGetSleepResponse = zSleepEntry;

export const zUpdateSleepBody = zSleepPatch;

export const zUpdateSleepHeaders = z.object({
    'If-Match': z.string().min(1).max(500).regex(/^[^\u0000]*$/).optional(),
    'X-Expected-User-Id': z.uuid().optional()
});

export const zUpdateSleepPath = z.object({
    id: z.uuid()
});

/**
 * The entry after the change.
 */
export const zUpdateSleepResponse = zSleepEntry;

export const zRestoreSleepHeaders = z.object({
    'Idempotency-Key': z.string().min(1).max(255).regex(/^[!-~]+$/).optional(),
    'X-Expected-User-Id': z.uuid().optional()
});

export const zRestoreSleepPath = z.object({
    id: z.uuid()
});

/**
 * The entry, back where it was.
 */
export const zRestoreSleepResponse = zSleepEntry;

export const zListDaysQuery = z.object({
    from: z.iso.date(),
    to: z.iso.date()
});

/**
 * The days.
 */
export const zListDaysResponse = zDashboardDays;

export const zGetDayPath = z.object({
    date: z.string().max(10).regex(/^(today|[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01]))$/)
});

/**
 * The day.
 */
export const zGetDayResponse = zDashboardDay;

export const zSetDayCompletionBody = zDayCompletion;

export const zSetDayCompletionHeaders = z.object({
    'X-Expected-User-Id': z.uuid().optional()
});

export const zSetDayCompletionPath = z.object({
    date: z.string().max(10).regex(/^(today|[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01]))$/)
});

/**
 * It is noted.
 */
export const zSetDayCompletionResponse = z.void();

export const zListConversationsQuery = z.object({
    archived: z.boolean().optional(),
    limit: z.int().gte(1).lte(100).optional().default(20),
    cursor: z.string().min(1).max(512).regex(/^[A-Za-z0-9_-]+$/).optional()
});

/**
 * A page of conversations.
 */
export const zListConversationsResponse = zConversationPage;

export const zCreateConversationBody = zConversationCreate;

export const zCreateConversationHeaders = z.object({
    'Idempotency-Key': z.string().min(1).max(255).regex(/^[!-~]+$/).optional(),
    'X-Expected-User-Id': z.uuid().optional()
});

/**
 * The conversation.
 */
export const zCreateConversationResponse = zConversation;

export const zDeleteConversationHeaders = z.object({
    'If-Match': z.string().min(1).max(500).regex(/^[^\u0000]*$/).optional(),
    'X-Expected-User-Id': z.uuid().optional()
});

export const zDeleteConversationPath = z.object({
    id: z.uuid()
});

/**
 * Deleted.
 */
export const zDeleteConversationResponse = z.void();

export const zGetConversationHeaders = z.object({
    'If-None-Match': z.string().min(1).max(500).regex(/^[^\u0000]*$/).optional()
});

export const zGetConversationPath = z.object({
    id: z.uuid()
});

/**
 * The conversation.
 */
export const zGetConversationResponse = zConversation;

export const zUpdateConversationBody = zConversationPatch;

export const zUpdateConversationHeaders = z.object({
    'If-Match': z.string().min(1).max(500).regex(/^[^\u0000]*$/).optional(),
    'X-Expected-User-Id': z.uuid().optional()
});

export const zUpdateConversationPath = z.object({
    id: z.uuid()
});

/**
 * The conversation after the change.
 */
export const zUpdateConversationResponse = zConversation;

export const zListMessagesPath = z.object({
    id: z.uuid()
});

export const zListMessagesQuery = z.object({
    limit: z.int().gte(1).lte(100).optional().default(20),
    cursor: z.string().min(1).max(512).regex(/^[A-Za-z0-9_-]+$/).optional()
});

/**
 * A page of messages.
 */
export const zListMessagesResponse = zMessagePage;

export const zSendMessageBody = zMessageSend;

export const zSendMessageHeaders = z.object({
    'Idempotency-Key': z.string().min(1).max(255).regex(/^[!-~]+$/).optional(),
    'X-Expected-User-Id': z.uuid().optional()
});

export const zSendMessagePath = z.object({
    id: z.uuid()
});

/**
 * The message is stored, and its reply has been started.
 */
export const zSendMessageResponse = zMessageSent;

export const zDeleteMemoriesHeaders = z.object({
    'X-Expected-User-Id': z.uuid().optional()
});

/**
 * Nothing is left.
 */
export const zDeleteMemoriesResponse = z.void();

export const zListMemoriesQuery = z.object({
    limit: z.int().gte(1).lte(100).optional().default(20),
    cursor: z.string().min(1).max(512).regex(/^[A-Za-z0-9_-]+$/).optional()
});

/**
 * A page of memories.
 */
export const zListMemoriesResponse = zMemoryPage;

export const zDeleteMemoryHeaders = z.object({
    'X-Expected-User-Id': z.uuid().optional()
});

export const zDeleteMemoryPath = z.object({
    id: z.uuid()
});

/**
 * Forgotten.
 */
export const zDeleteMemoryResponse = z.void();

/**
 * The settings.
 */
export const zGetCoachSettingsResponse = zCoachSettings;

export const zUpdateCoachSettingsBody = zCoachSettingsPatch;

export const zUpdateCoachSettingsHeaders = z.object({
    'X-Expected-User-Id': z.uuid().optional()
});

/**
 * The settings after the change.
 */
export const zUpdateCoachSettingsResponse = zCoachSettings;

export const zStreamMessageHeaders = z.object({
    'Last-Event-ID': z.int().gte(0).lte(2147483647).optional()
});

export const zStreamMessageQuery = z.object({
    message_id: z.uuid(),
    after: z.int().gte(0).lte(2147483647).optional().default(0)
});

export const zStreamMessageResponse = z.union([
    zEventStream,
    z.void()
]);

export const zListProposalsQuery = z.object({
    status: zProposalStatus.optional(),
    conversation_id: z.uuid().optional(),
    limit: z.int().gte(1).lte(100).optional().default(20),
    cursor: z.string().min(1).max(512).regex(/^[A-Za-z0-9_-]+$/).optional()
});

/**
 * A page of proposals.
 */
export const zListProposalsResponse = zProposalPage;

export const zGetProposalHeaders = z.object({
    'If-None-Match': z.string().min(1).max(500).regex(/^[^\u0000]*$/).optional()
});

export const zGetProposalPath = z.object({
    id: z.uuid()
});

/**
 * The proposal.
 */
export const zGetProposalResponse = zProposal;

export const zUpdateProposalBody = zProposalPatch;

export const zUpdateProposalHeaders = z.object({
    'If-Match': z.string().min(1).max(500).regex(/^[^\u0000]*$/).optional(),
    'X-Expected-User-Id': z.uuid().optional()
});

export const zUpdateProposalPath = z.object({
    id: z.uuid()
});

/**
 * The proposal after the change.
 */
export const zUpdateProposalResponse = zProposal;

export const zConfirmProposalHeaders = z.object({
    'If-Match': z.string().min(1).max(500).regex(/^[^\u0000]*$/).optional(),
    'Idempotency-Key': z.string().min(1).max(255).regex(/^[!-~]+$/).optional(),
    'X-Expected-User-Id': z.uuid().optional()
});

export const zConfirmProposalPath = z.object({
    id: z.uuid()
});

/**
 * The proposal, confirmed.
 */
export const zConfirmProposalResponse = zProposal;

export const zRejectProposalHeaders = z.object({
    'If-Match': z.string().min(1).max(500).regex(/^[^\u0000]*$/).optional(),
    'Idempotency-Key': z.string().min(1).max(255).regex(/^[!-~]+$/).optional(),
    'X-Expected-User-Id': z.uuid().optional()
});

export const zRejectProposalPath = z.object({
    id: z.uuid()
});

/**
 * The proposal, rejected.
 */
export const zRejectProposalResponse = zProposal;

export const zUndoProposalHeaders = z.object({
    'If-Match': z.string().min(1).max(500).regex(/^[^\u0000]*$/).optional(),
    'Idempotency-Key': z.string().min(1).max(255).regex(/^[!-~]+$/).optional(),
    'X-Expected-User-Id': z.uuid().optional()
});

export const zUndoProposalPath = z.object({
    id: z.uuid()
});

/**
 * The proposal, undone.
 */
export const zUndoProposalResponse = zProposal;

export const zListMessageEventsPath = z.object({
    id: z.uuid()
});

export const zListMessageEventsQuery = z.object({
    after: z.int().gte(0).lte(2147483647).optional().default(0),
    wait: z.int().gte(0).lte(25).optional().default(0)
});

/**
 * The events after `after`, at most 500.
 */
export const zListMessageEventsResponse = zCoachEventList;

export const zCancelMessageHeaders = z.object({
    'X-Expected-User-Id': z.uuid().optional()
});

export const zCancelMessagePath = z.object({
    id: z.uuid()
});

/**
 * The reply stops, or is complete already.
 */
export const zCancelMessageResponse = z.void();
