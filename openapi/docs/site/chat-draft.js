// What a draft says, in two parts: the numbers that can be edited, and everything else as lines of text.

// The number of each kind of item that a person corrects, and its unit.
const itemAmounts = { serving: ["count", "servings"], grams: ["grams", "g"], quick: ["calories", "kcal"] };

// Units at the end of the names of fields.
const units = { kg: "kg", cm: "cm", pct: "%", g: "g", km: "km", m: "m", kcal: "kcal", s: "s", hours: "h" };

// Fields whose names say too little. An amount is shown in `unit`, of which the field has `per`: a duration of 1620 s is 27 min.
const named = {
  elapsed_s: { label: "Duration", unit: "min", per: 60 },
  calories: { label: "Energy", unit: "kcal" },
  kcal: { label: "Energy", unit: "kcal" },
  body_fat_pct: { label: "Body fat", unit: "%" },
};

const words = (name) => (name.charAt(0).toUpperCase() + name.slice(1)).replaceAll("_", " ");

/** A number of a draft: {label, unit, per, owner, name}; owner[name] is the number. */
function amountOf(owner, name) {
  const [, stem, unit] = name.match(/^(.+?)_(kg|cm|pct|g|km|m|kcal|s|hours)$/) ?? [null, name];
  return { label: words(stem), unit: units[unit] ?? "", per: 1, ...named[name], owner, name };
}

// The order of nutrients; that of other fields is the draft's.
const nutrients = ["calories", "protein_g", "carbs_g", "fat_g"];

const amountsIn = (owner) => Object.keys(owner)
  .filter((name) => typeof owner[name] === "number")
  .sort((a, b) => nutrients.indexOf(a) - nutrients.indexOf(b))
  .map((name) => amountOf(owner, name));

/** The numbers of a draft that can be edited. */
export function amounts({ kind, ...draft }, preview) {
  const own = draft[kind];
  if (kind === "meal") {
    return own.items.map((item, index) => {
      const [name, unit] = itemAmounts[item.kind];
      return { label: preview.items?.[index]?.name ?? item.name ?? `Item ${index + 1}`, unit, per: 1, owner: item, name };
    });
  }
  return [own, own.metrics, own.girths, own.custom_targets].filter(Boolean).flatMap(amountsIn);
}

const date = (time, timeZone) => new Date(time).toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "short", timeZone });

const isList = (value) => Array.isArray(value) && value.every((one) => typeof one === "string");

/** A value that is no number, as text; undefined when it is none that can be shown. */
function textOf(value) {
  if (value === null) return "none";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (isList(value)) return value.length > 0 ? value.join(", ") : "none";
  return typeof value === "string" ? value : undefined;
}

// Fields that are shown in another way, or not at all.
const elsewhere = new Set(["id", "parent_id", "timezone", "eaten_at", "started_at", "ended_at", "measured_at", "items", "metrics", "source", "activity", "meal_type"]);

// Words of the contract: "build_muscle".
const choices = new Set(["category", "primary_goal", "secondary_goal", "experience_level", "activity_level", "dietary_preference", "stress_level", "biological_sex", "exercise_calories", "unit_system"]);

/** The lines of a draft: [name, text]. */
export function lines({ kind, ...draft }) {
  const own = draft[kind];
  const all = [];
  if (own.meal_type) all.push(["Meal", words(own.meal_type)]);
  if (kind === "activity") all.push(["Sport", words(own.activity ?? own.metrics?.sport ?? own.category ?? own.metrics?.kind ?? "activity")]);
  for (const [name, value] of Object.entries(own)) {
    const text = elsewhere.has(name) ? undefined : textOf(value);
    if (text !== undefined) all.push([name === "name" ? "Title" : words(name), choices.has(name) ? words(text) : text]);
  }
  const at = own.eaten_at ?? own.started_at ?? own.measured_at;
  if (at) all.push(["When", date(at, own.timezone)]);
  return all;
}

/** The amounts of a draft that cannot be edited any more, as lines. */
export function fixed(draft, preview) {
  if (draft.kind === "meal") return [];
  return amounts(draft, preview).map(({ label, unit, per, owner, name }) => [label, `${round(owner[name] / per)} ${unit}`.trim()]);
}

/** A number without the digits that dividing by the unit brings. */
export const round = (n) => Math.round(n * 100) / 100;
