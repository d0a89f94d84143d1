// Writes gen/ts from gen/openapi.yaml: `npm run gen:ts` in this folder.
// Hey API writes the client, the types, the queries and the zod schemas; the functions below add the rest.
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { createClient } from '@hey-api/openapi-ts';
import { load } from 'js-yaml';
import { readCodes } from './codes.mjs';
import configuration from './openapi-ts.config.mjs';

const config = await configuration;
const header = `${config.output.header[0]}\n\n`;
const out = config.output.path;

const contract = load(await readFile(config.input, 'utf8'));

await createClient(config);
await escapeNul();
await keepClientOutOfRequests();
await writeCodes();
await writeOperations();
await writeChanges();
await writeQueries();
await writeExamples();
await writeMeta();

// Hey API writes the pattern ^[^\u0000]*$ with a real NUL, which makes the file binary for git, grep and editors.
async function escapeNul() {
  for (const entry of await readdir(out, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = `${entry.parentPath}/${entry.name}`;
    const text = await readFile(file, 'utf8');
    if (text.includes('\0')) await writeFile(file, text.replaceAll('\0', String.raw`\u0000`));
  }
}

// Hey API passes all options of a call to `new Request`, and Deno refuses the one that is called `client`.
async function keepClientOutOfRequests() {
  for (const [name, options] of [['client/client.gen.ts', 'opts'], ['core/serverSentEvents.gen.ts', 'options']]) {
    const file = `${out}/${name}`;
    const text = await readFile(file, 'utf8');
    const init = new RegExp(`(requestInit: \\w+ = \\{\\s+redirect: 'follow',\\s+)\\.\\.\\.${options},`);
    if (!init.test(text)) throw new Error(`${name} makes its requests in another way than keepClientOutOfRequests expects`);
    await writeFile(file, text.replace(init, `$1...withoutClient(${options}),`)
      .replace(/(\n\n(?!import)(?=type|export))/, `\n\n// Deno takes a \`client\` in a RequestInit for one of its own.\nconst withoutClient = <T extends object>({ client: _, ...init }: T & { client?: unknown }): Omit<T, 'client'> => init as Omit<T, 'client'>;$1`));
  }
}

// Writes all codes as unions, so that editors complete `switch (error.code)`. The contract has no enum of them: a new code must not break existing clients.
async function writeCodes() {
  const { problems, fields } = readCodes();
  const union = (codes) => [...codes.keys()].sort().map((code) => `\n  | '${code}'`).join('');
  await writeFile(`${out}/codes.gen.ts`, `${header}/** All codes of problems; a newer server may send others. */
export type KnownProblemCode =${union(problems)};

/** All codes of refused fields; a newer server may send others. */
export type KnownFieldErrorCode =${union(fields)};
`);
}

// Writes what the client must know about operations, each named "POST /path/{of}/the/contract".
async function writeOperations() {
  const named = (parameter) => (parameter.$ref ? contract.components.parameters[parameter.$ref.split('/').pop()] : parameter).name;
  const where = (condition) => Object.entries(contract.paths).flatMap(([path, methods]) => Object.entries(methods)
    .filter(([method, operation]) => condition(operation, method))
    .map(([method]) => `\n  '${method.toUpperCase()} ${path}',`)).sort().join('');
  const takesKey = (operation) => operation.parameters?.some((parameter) => named(parameter) === 'Idempotency-Key');
  const setsCookies = (operation) => Object.entries(operation.responses).some(([status, { headers }]) => status < '300' && headers?.['Set-Cookie']);
  const optionalUser = ({ security = [] }) => security.length > 1 && security.some((scheme) => Object.keys(scheme).length === 0);
  await writeFile(`${out}/operations.gen.ts`, `${header}/** The writes that take an Idempotency-Key. */
export const keyed: ReadonlySet<string> = new Set([${where(takesKey)}
]);

/** The operations that set or clear the session cookies. */
export const changesSession: ReadonlySet<string> = new Set([${where(setsCookies)}
]);

/** The reads that use a credential but do not need one. */
export const anybody: ReadonlySet<string> = new Set([${where((operation, method) => method === 'get' && optionalUser(operation))}
]);
`);
}

function operations() {
  return Object.entries(contract.paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]) => ({ path, method, ...operation })));
}

function takes(operation, header) {
  return operation.parameters?.some((parameter) => (parameter.$ref ? contract.components.parameters[parameter.$ref.split('/').pop()] : parameter).name === header) ?? false;
}

function isRead({ method }) {
  return method === 'get';
}

// Writes which reads each write changes: x-changes of the operation is a list of operations, or `all` reads of the person. A write without
// it changes all reads of its room and of the dashboard, which shows every room, so that a new operation shows too many fresh results rather
// than stale ones.
async function writeChanges() {
  const all = operations();
  const reads = all.filter((operation) => isRead(operation) && operation['x-rate-class'] === 'read');
  const entries = all.filter((operation) => !isRead(operation)).map((operation) => {
    const said = operation['x-changes'] ?? reads.filter(({ tags }) => [operation.tags[0], 'dashboard'].includes(tags[0])).map(({ operationId }) => operationId);
    const changed = said === 'all' ? reads.map(({ operationId }) => operationId) : said;
    for (const id of changed) {
      if (!all.some((read) => read.operationId === id && isRead(read))) throw new Error(`${operation.operationId}: x-changes names ${id}, which is not a read`);
    }
    return `\n  ${operation.operationId}: [${changed.map((id) => `'${id}'`).join(', ')}],`;
  });
  await writeFile(`${out}/changes.gen.ts`, `${header}/** The reads whose results a write changes. */
export const changes = {${entries.join('')}
} as const;
`);
}

// Writes the functions of ./query: options for every read, pages for every list, mutations for every write.
async function writeQueries() {
  const all = operations();
  const doc = ({ summary, description }, first = '') => `/**\n * ${first}${summary}\n *\n${description.trim().split('\n').map((line) => ` * ${line}`.trimEnd()).join('\n')}\n */`;
  const isList = (operation) => operation.parameters?.some((parameter) => parameter.$ref?.endsWith('/Cursor'));
  const lines = all.flatMap((operation) => {
    const { operationId: id } = operation;
    const parts = [];
    if (isRead(operation) || operation['x-rate-class'] === 'read') {
      parts.push(`/** The key of \`${id}\`: ${operation.summary}. Without arguments it matches none but the query without arguments; \`['${id}']\` matches all. */
export const ${id}QueryKey: ReadKeyOf<'${id}'> = /* @__PURE__ */ readKey('${id}');`,
      `${doc(operation)}
export const ${id}Options: Read<'${id}'> = /* @__PURE__ */ read('${id}', sdk.${id}, ${takes(operation, 'If-None-Match')});`);
      if (isList(operation)) {
        parts.push(`${doc(operation, 'All pages: ')}
export const ${id}InfiniteOptions: ReadPages<'${id}'> = /* @__PURE__ */ readPages('${id}', sdk.${id});`);
      }
    }
    if (!isRead(operation)) {
      parts.push(`${doc(operation)}
export const ${id}Mutation: Write<'${id}'> = /* @__PURE__ */ write('${id}', sdk.${id}, ${takes(operation, 'Idempotency-Key')});`);
    }
    return parts;
  });
  await writeFile(`${out}/query.gen.ts`, `${header}import * as sdk from './sdk.gen.js';
import { read, readKey, readPages, write, type Read, type ReadKeyOf, type ReadPages, type Write } from '../queries.js';

${lines.join('\n\n')}
`);
}

function resolved(node) {
  return node?.$ref ? node.$ref.slice(2).split('/').reduce((at, key) => at[key.replaceAll('~1', '/').replaceAll('~0', '~')], contract) : node;
}

// Writes the examples of the contract for tests of apps: one success per operation, and one problem per code.
async function writeExamples() {
  const { problems } = readCodes();
  const routes = [];
  const fixtures = [];
  for (const operation of operations()) {
    const [status, response] = Object.entries(operation.responses).find(([code]) => code < '300');
    routes.push(`\n  ${operation.operationId}: ['${operation.method.toUpperCase()}', '${operation.path}', ${status}],`);
    const example = Object.values(resolved(response).content?.['application/json']?.examples ?? {})[0];
    if (example) fixtures.push(`\n  ${operation.operationId}: ${JSON.stringify(resolved(example).value)},`);
  }
  const codes = [...problems.values()].sort((a, b) => a.code.localeCompare(b.code))
    .map(({ code, type, status, detail }) => `\n  ${code}: ${JSON.stringify({ type, status, detail })},`);
  await writeFile(`${out}/examples.gen.ts`, `${header}import type { ResultOf } from '../client.js';

/** Method, path and status of every operation. */
export const routes = {${routes.join('')}
} as const;

type WithExample = ${fixtures.map((line) => `'${line.trim().split(':')[0]}'`).join(' | ')};

/** A response of every operation that has a body: the first example of the contract. */
export const fixtures: { readonly [Id in WithExample]: ResultOf<Id> } = {${fixtures.join('')}
};

/** Kind, status and sentence of every code. */
export const problems = {${codes.join('')}
} as const;
`);
}

function unitOf(name) {
  return name === 'calories' ? 'kcal' : { g: 'g', mg: 'mg', mcg: 'µg', kg: 'kg', cm: 'cm', hours: 'h' }[name.match(/_([a-z]+)$/)?.[1]];
}

function labelOf(name) {
  const words = (unitOf(name) && name.includes('_') ? name.replace(/_[a-z]+$/, '') : name).replaceAll('_', ' ');
  return words[0].toUpperCase() + words.slice(1);
}

// Writes what forms need: the values of enums with labels, and the limits and units of the fields of requests.
async function writeMeta() {
  const { schemas } = contract.components;
  const enums = Object.entries(schemas).filter(([, schema]) => schema.enum?.every((value) => typeof value === 'string'));
  const limits = (schema) => {
    const field = resolved(schema);
    const own = { min: field.minimum ?? field.exclusiveMinimum, max: field.maximum, minLength: field.minLength, maxLength: field.maxLength, maxItems: field.maxItems };
    return Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined));
  };
  const requests = Object.entries(schemas).filter(([, schema]) => schema.additionalProperties === false && schema.properties);
  const fields = requests.map(([name, schema]) => {
    const own = Object.entries(schema.properties).map(([key, field]) => {
      const required = schema.required?.includes(key) ? { required: true } : {};
      return `\n    ${key}: ${JSON.stringify({ label: labelOf(key), ...(unitOf(key) && { unit: unitOf(key) }), ...limits(field), ...required })},`;
    });
    return `\n  ${name}: {${own.join('')}\n  },`;
  });
  const texts = (values) => values.map((value) => `'${value}'`).join(', ');
  await writeFile(`${out}/meta.gen.ts`, `${header}/** The values of every enum, in the order of the contract. A newer server may send others: have a default branch. */
export const enums = {${enums.map(([name, schema]) => `\n  ${name}: [${texts(schema.enum)}],`).join('')}
} as const;

/** An English label of every value of every enum. */
export const labels = {${enums.map(([name, schema]) => `\n  ${name}: { ${schema.enum.map((value) => `${value}: '${labelOf(value)}'`).join(', ')} },`).join('')}
} as const;

/** Label, unit and limits of every field of a request. Numbers without a unit are counts. */
export const fields = {${fields.join('')}
} as const;
`);
}
