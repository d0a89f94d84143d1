// The index of the full-text search: one entry per section of a guide and per operation.
import { operations, resolve } from "./contract.mjs";
import { slug } from "./guides.mjs";

/** Entries {title, where, href, text}; text is lower-case and has every word once. */
export function searchIndex(contract, guides) {
  return [
    ...guides.flatMap((guide) =>
      sections(guide.source).map(({ heading, text }) => ({
        title: heading ?? guide.title,
        where: heading ? guide.title : "Guide",
        href: `/docs/guides/${guide.name}${heading ? `#${slug(heading)}` : ""}`,
        text: words(`${guide.title} ${heading ?? ""} ${text}`),
      })),
    ),
    ...operations(contract).map((operation) => {
      const parameters = (operation.parameters ?? []).map((parameter) => resolve(contract, parameter));
      const bodies = Object.values(operation.responses).map((response) => JSON.stringify(resolve(contract, response)));
      return {
        title: operation.summary,
        where: `${operation.method} ${operation.path}`,
        href: `/docs#tag/${operation.tag}/${operation.operationId}`,
        text: words([operation.operationId, operation.method, operation.path, operation.summary, operation.description, JSON.stringify(parameters), JSON.stringify(operation.requestBody ?? ""), ...bodies].join(" ")),
      };
    }),
  ];
}

function sections(source) {
  const parts = source.split(/^## (.+)$/m);
  return [{ text: parts[0] }, ...parts.slice(1).flatMap((_, i) => (i % 2 === 0 ? [{ heading: parts[i + 1], text: parts[i + 2] }] : []))];
}

// Codes, headers and paths stay whole: idempotency_mismatch, If-Match, /api/v1/users/me.
const words = (text) => [...new Set(text.toLowerCase().match(/[\p{L}\p{N}_][\p{L}\p{N}_/-]*/gu) ?? [])].join(" ");
