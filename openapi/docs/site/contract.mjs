// Reads the contract for the site: operations, credentials, rate limits and samples.
import { samples } from "./samples.mjs";

/** The budgets behind `x-rate-class`, as the guide on rate limits lists them. */
export const rateClasses = {
  public: "600 a minute per client address",
  sign_in: "30 a minute per client address",
  refresh: "120 a minute per client address",
  read: "600 a minute per user",
  write: "240 a minute per user",
  coach: "20 a minute per user",
  none: "not limited",
};

const methods = new Set(["get", "put", "post", "delete", "patch"]);

/** All operations in the order of the contract: {method, path, tag, ...operation}. */
export function operations(contract) {
  return Object.entries(contract.paths).flatMap(([path, item]) =>
    Object.entries(item)
      .filter(([method]) => methods.has(method))
      .map(([method, operation]) => ({ method: method.toUpperCase(), path, tag: operation.tags[0], ...operation })),
  );
}

/** Resolves a $ref; returns other nodes unchanged. */
export function resolve(contract, node) {
  if (!node?.$ref) return node;
  return node.$ref
    .slice(2)
    .split("/")
    .reduce((at, key) => at[key.replaceAll("~1", "/").replaceAll("~0", "~")], contract);
}

/** The credentials of an operation, in words. */
export function access(contract, operation) {
  const schemes = (operation.security ?? contract.security).flatMap(Object.keys);
  if (schemes.length === 0) return "no credential";
  return schemes.map((s) => ({ cookieAuth: "session cookie", refreshCookie: "refresh cookie", bearerAuth: "bearer token" })[s] ?? s).join(" or ");
}

export function rate({ operationId, "x-rate-class": name }) {
  if (!rateClasses[name]) throw new Error(`${operationId} has no known x-rate-class: ${name}`);
  return name === "none" ? "not limited" : `${name}, ${rateClasses[name]}`;
}

/** When an operation stops working, in words; empty for one that is not deprecated. */
export function deprecation({ operationId, deprecated, "x-deprecated-since": since, "x-sunset": sunset }) {
  if (!deprecated) return "";
  if (!since || !sunset) throw new Error(`${operationId} is deprecated and needs x-deprecated-since and x-sunset`);
  return `Deprecated since ${since}. It works until ${sunset}.`;
}

/** Turns "the guide *Errors*" into a link. suffix is .md for markdown pages. */
export const linkGuides = (text, guides, suffix = "") =>
  text.replace(/\bguide \*([^*]+)\*/g, (all, title) => {
    const guide = guides.find((g) => g.title === title);
    if (!guide) throw new Error(`the contract names a guide that does not exist: ${title}`);
    return `guide [${title}](/docs/guides/${guide.name}${suffix})`;
  });

/** The pattern of every text; the introduction explains it once. */
const noNUL = "^[^\\u0000]*$";

/** Returns the contract for the reference page: with code samples, rate limits, and links to the guides. */
export function enrich(contract, guides) {
  const copy = structuredClone(contract);
  const walk = (node) => {
    if (!node || typeof node !== "object") return;
    if (typeof node.description === "string") node.description = linkGuides(node.description, guides);
    if (node.pattern === noNUL) delete node.pattern;
    if (node.in === "header" && !node.required && node.example !== undefined) {
      // "Test Request" would send the example, a version that no resource has.
      node.description += ` Example: \`${node.example}\`.`;
      delete node.example;
    }
    Object.values(node).forEach(walk);
  };
  walk(copy);
  for (const operation of operations(contract)) {
    const shown = copy.paths[operation.path][operation.method.toLowerCase()];
    const warning = deprecation(operation) && `> **${deprecation(operation)}** See [Versioning](/docs/guides/versioning#deprecation).\n\n`;
    shown.description = `${warning}${shown.description.trim()}\n\n**Who:** ${access(contract, operation)} · **Rate class:** [${rate(operation)}](/docs/guides/rate-limits)`;
    shown["x-codeSamples"] = samples(contract, operation).map(({ lang, label, source }) => ({ lang, label, source }));
  }
  return copy;
}
