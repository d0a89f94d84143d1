// The site for language models: the reference as one markdown page, and llms.txt, which lists all pages.
import { access, deprecation, operations, rate, resolve } from "./contract.mjs";
import { samples } from "./samples.mjs";

export function llms(contract, guides) {
  return `# ${contract.info.title}

> ${contract.info.summary}

${contract.info.description.trim()}

## Guides

${guides.map((g) => `- [${g.title}](/docs/guides/${g.name}.md): ${g.summary}`).join("\n")}

## Reference

- [Reference](/docs/reference.md): every operation with parameters, responses, named examples, and samples in curl and TypeScript
- [openapi.yaml](/openapi.yaml): the contract, OpenAPI ${contract.openapi}
- [openapi.json](/openapi.json): the same as JSON
- [llms-full.txt](/llms-full.txt): all guides and the reference in one file
- [changelog](/docs/changelog.md): all releases

## Operations

${operations(contract)
  .map((o) => `- \`${o.method} ${o.path}\` (${o.operationId}): ${[o.summary, deprecation(o)].filter(Boolean).join(". ")}`)
  .join("\n")}
`;
}

/** All guides and the reference in one file. */
export const llmsFull = (guides, reference) => [...guides.map((guide) => guide.source), reference].map((text) => text.trim()).join("\n\n---\n\n") + "\n";

export function referenceMarkdown(contract) {
  const schemas = Object.entries(contract.components.schemas);
  return `# ${contract.info.title} ${contract.info.version}: reference

${contract.info.description.trim()}

${contract.tags
  .map((tag) => {
    const parts = operations(contract).filter((o) => o.tag === tag.name);
    return `## ${tag["x-displayName"]}\n\n${tag.description}\n\n${parts.map((o) => operation(contract, o)).join("\n")}`;
  })
  .join("\n")}
## Schemas

${schemas.map(([name, schema]) => `### ${name}\n\n${schemaMarkdown(schema)}`).join("\n")}`;
}

function operation(contract, o) {
  const parts = [`### ${o.operationId}: ${o.summary}`, `\`${o.method} ${o.path}\``, ...(o.deprecated ? [`**${deprecation(o)}**`] : []), o.description.trim(), `- Who: ${access(contract, o)}\n- Rate class: ${rate(o)}`];
  const parameters = (o.parameters ?? []).map((p) => resolve(contract, p));
  if (parameters.length) {
    parts.push(
      "Parameters:\n\n" +
        table(
          ["name", "in", "type", "default", "example", "meaning"],
          parameters.map((p) => [`\`${p.name}\`${p.required ? " (required)" : ""}`, p.in, type(p.schema), code(p.schema.default), code(p.example), p.description]),
        ),
    );
  }
  if (o.requestBody) {
    const [media, first] = Object.entries(o.requestBody.content)[0];
    const content = o.requestBody.content["application/json"] ?? first;
    parts.push(media === "application/octet-stream" ? `Body: the file, as \`${media}\`, or as the part \`file\` of \`multipart/form-data\`` : `Body: ${type(content.schema)}`);
    for (const [name, example] of Object.entries(content.examples ?? {})) parts.push(named(name, example));
  }
  parts.push(
    "Responses:\n\n" +
      table(
        ["status", "meaning", "body"],
        Object.entries(o.responses).map(([status, r]) => {
          const response = resolve(contract, r);
          const [media, content] = Object.entries(response.content ?? {})[0] ?? [];
          return [status, response.description, content ? `${type(content.schema)} as \`${media}\`` : ""];
        }),
      ),
  );
  for (const [status, r] of Object.entries(o.responses)) {
    const response = resolve(contract, r);
    for (const content of Object.values(response.content ?? {})) {
      // Errors have the same shape everywhere; the guide on errors shows them.
      if (Number(status) < 400) for (const [name, example] of Object.entries(content.examples ?? {})) parts.push(named(`${status} ${name}`, example));
    }
  }
  for (const { label, lang, source } of samples(contract, o)) parts.push(`${label}:\n\n\`\`\`${lang === "shell" ? "bash" : "ts"}\n${source}\n\`\`\``);
  return parts.join("\n\n") + "\n";
}

const named = (name, { summary, value }) => `Example \`${name}\` (${summary}):\n\n\`\`\`json\n${JSON.stringify(value, null, 2)}\n\`\`\``;

function schemaMarkdown(schema) {
  const parts = [];
  if (schema.description) parts.push(schema.description.trim());
  if (schema.properties) {
    parts.push(
      table(
        ["field", "type", "example", "meaning"],
        Object.entries(schema.properties).map(([name, field]) => [
          `\`${name}\`${schema.required?.includes(name) ? " (required)" : ""}`,
          type(field),
          code(field.examples?.[0]),
          field.description,
        ]),
      ),
    );
  } else parts.push(type(schema));
  return parts.join("\n\n") + "\n";
}

const code = (value) => (value === undefined ? "" : `\`${typeof value === "string" ? value : JSON.stringify(value)}\``);

const cell = (text) => (text ?? "").trim().replace(/\s*\n\s*/g, " ").replaceAll("|", "\\|");

const table = (head, rows) => [head, head.map(() => "---"), ...rows].map((row) => `| ${row.map(cell).join(" | ")} |`).join("\n");

/** A schema in words: "integer, 1 to 100", "string (uuid)", "`Me`". */
function type(schema) {
  if (schema.$ref) return `\`${schema.$ref.split("/").at(-1)}\``;
  const union = schema.oneOf ?? schema.anyOf;
  if (union) return union.map(type).join(" or ");
  if (schema.allOf) return schema.allOf.map(type).join(" and ");
  const kinds = [schema.type ?? "any"].flat();
  let text = kinds.join(" or ");
  if (kinds[0] === "array") text = `array of ${type(schema.items)}`;
  if (schema.properties && kinds[0] === "object") text = `object with ${Object.keys(schema.properties).map(code).join(", ")}`;
  if (schema.format) text += ` (${schema.format})`;
  if (schema.const !== undefined) text += `, always ${code(schema.const)}`;
  if (schema.enum) text += `: ${schema.enum.map((v) => code(v)).join(", ")}`;
  const range = (low, high, unit) => {
    if (low === undefined && high === undefined) return "";
    if (low === undefined) return `, at most ${high}${unit}`;
    if (high === undefined) return `, at least ${low}${unit}`;
    return `, ${low} to ${high}${unit}`;
  };
  return text + range(schema.minimum, schema.maximum, "") + range(schema.minLength, schema.maxLength, " characters") + range(schema.minItems, schema.maxItems, " entries");
}
