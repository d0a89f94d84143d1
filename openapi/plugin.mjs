// Changes that Redocly makes to the contract besides resolving references. The preprocessor adds what can be derived: responses, headers and
// examples. Lint and bundle both use the result. The decorators prepare the bundles.
import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { readCodes } from './codes.mjs';

export default function contract() {
  return {
    id: 'contract',
    preprocessors: { oas3: { derive } },
    decorators: { oas3: { 'success-only': successOnly, 'handler-headers': handlerHeaders, 'no-go-types': noGoTypes, 'no-expected-user': noExpectedUser, 'json-only': jsonOnly } },
  };
}

const file = 'application/octet-stream';
const form = 'multipart/form-data';
const common = (kind, name) => ({ $ref: `common.yaml#/${kind}/${name}` });
const takes = (operation, parameter) => operation.parameters?.some(({ $ref }) => $ref?.endsWith(`/parameters/${parameter}`)) ?? false;
const signedIn = (operation) => operation.security === undefined || operation.security.some((scheme) => scheme.refreshCookie);

// The problem responses that an operation gets, unless it has that status itself (null: the operation never has it).
const statuses = [
  // Every request may be malformed; probes are not validated.
  { status: '400', response: 'BadRequest', when: (o) => o['x-rate-class'] !== 'none' },
  { status: '401', response: 'Unauthorized', when: signedIn },
  // Browsers send cookies with writes from other sites too.
  { status: '403', response: 'Forbidden', when: (o, method) => method !== 'get' },
  { status: '408', response: 'RequestTimeout', when: (o) => o.requestBody },
  { status: '409', response: 'KeyConflict', when: (o) => takes(o, 'IdempotencyKey') },
  { status: '409', response: 'WrongUser', when: (o) => takes(o, 'ExpectedUserID') },
  { status: '412', response: 'PreconditionFailed', when: (o) => takes(o, 'IfMatch') },
  { status: '413', response: 'PayloadTooLarge', when: (o) => o.requestBody },
  { status: '415', response: 'UnsupportedMediaType', when: (o) => o.requestBody },
  { status: '422', response: 'UnprocessableWrite', when: (o) => takes(o, 'IdempotencyKey') },
  { status: '429', response: 'TooManyRequests', when: (o) => o['x-rate-class'] !== 'none' },
  // The public operations read no user data and have no other way to fail.
  { status: '500', response: 'InternalError', when: (o) => !['none', 'public'].includes(o['x-rate-class']) },
  { status: '503', response: 'Unavailable', when: (o) => o['x-rate-class'] !== 'none' },
];

// The headers of an operation's own responses. Those of problems are below.
const headers = [
  { name: 'X-Request-ID', header: 'XRequestID', when: () => true },
  // Whoever is signed in, and whoever has just signed in.
  { name: 'X-User-Id', header: 'XUserID', when: (o, status, own) => signedIn(o) || own['Set-Cookie'] },
  { name: 'RateLimit', header: 'RateLimit', when: (o) => o['x-rate-class'] !== 'none' },
  { name: 'RateLimit-Policy', header: 'RateLimitPolicy', when: (o) => o['x-rate-class'] !== 'none' },
  // The path of what was or will be created: x-location, whose {names} are members of the response.
  { name: 'Location', header: 'Location', when: (o, status) => ['201', '202'].includes(status) && o['x-location'] },
  // Operations with If-Match or If-None-Match send the version, except after a deletion.
  { name: 'ETag', header: 'ETag', when: (o, status) => status !== '204' && (takes(o, 'IfNoneMatch') || takes(o, 'IfMatch')) },
  { name: 'Deprecation', header: 'Deprecation', when: (o) => o.deprecated },
  { name: 'Sunset', header: 'Sunset', when: (o) => o.deprecated },
  { name: 'Idempotent-Replayed', header: 'IdempotentReplayed', when: (o, status) => status < '300' && takes(o, 'IdempotencyKey') },
];

function derive() {
  const codes = readCodes();
  const nutrients = load(readFileSync(new URL('nutrients.yaml', import.meta.url), 'utf8'));
  return {
    PathItem: {
      enter(item) {
        const { parameters: shared = [] } = item; // of a whole path: every reader of the bundle finds them in the operation
        delete item.parameters;
        for (const [method, operation] of Object.entries(item)) {
          if (!operation?.responses) continue;
          if (shared.length > 0) operation.parameters = [...shared, ...(operation.parameters ?? [])];
          // A write of a signed-in user may say which user it is meant for.
          if (method !== 'get' && signedIn(operation)) operation.parameters = [...(operation.parameters ?? []), common('parameters', 'ExpectedUserID')];
          for (const [status, response] of Object.entries(operation.responses)) {
            if (response && !response.$ref) response.headers = derivedHeaders(operation, status, response.headers);
          }
          if (method === 'patch') takesMergePatch(operation.requestBody.content);
          if (operation.requestBody?.content[file]) takesForm(operation.requestBody.content);
          for (const { status, response, when } of statuses) {
            if (operation.responses[status] === undefined && when(operation, method)) operation.responses[status] = common('responses', response);
          }
        }
      },
    },
    // A schema with x-merge-patch-of is the merge patch of that one, which is an object or a union of objects.
    Schema: {
      enter(schema, { resolve }) {
        const whole = schema['x-merge-patch-of'];
        if (!whole) return;
        delete schema['x-merge-patch-of'];
        const { node } = resolve({ $ref: whole });
        Object.assign(schema, mergePatch(node.oneOf ? node.oneOf.map((branch) => resolve(branch).node) : [node], node.discriminator?.propertyName));
      },
    },
    Example: {
      enter(example) {
        if (example.value !== undefined) example.value = withEggs(nutrients, example.value);
      },
    },
    // A problem response lists its codes in x-problems, each with its cause.
    Response: {
      enter(response) {
        const problems = response['x-problems'];
        if (!problems) return;
        delete response['x-problems'];
        const budget = response['x-budget'] !== false; // refused before the budget was checked
        delete response['x-budget'];
        response.headers = {
          'X-Request-ID': common('headers', 'XRequestID'),
          'X-User-Id': common('headers', 'XUserID'),
          ...(budget && { RateLimit: common('headers', 'RateLimit'), 'RateLimit-Policy': common('headers', 'RateLimitPolicy') }),
          ...response.headers,
        };
        const schema = response['x-schema'] ?? common('schemas', 'Problem');
        delete response['x-schema'];
        const examples = Object.fromEntries(Object.entries(problems).map(([name, entry]) => [name, problemExample(codes, name, entry)]));
        response.content = { 'application/problem+json': { schema, examples } };
      },
    },
  };
}

// Replaces {x-egg: 100 g} in examples by the nutrients of 100 g of egg; members beside it override them. {x-totals-with-egg: 100 g, calories: 3}
// becomes the totals of the egg and of an item that has only the other members.
function withEggs(nutrients, value) {
  if (Array.isArray(value)) return value.map((entry) => withEggs(nutrients, entry));
  if (value === null || typeof value !== 'object') return value;
  const { 'x-egg': egg, 'x-totals-with-egg': totals, ...own } = value;
  const portion = (grams) => Object.fromEntries(Object.entries(nutrients.egg).map(([key, per100g]) => [key, Number((per100g * parseFloat(grams) / 100).toFixed(3))]));
  if (egg !== undefined) return { ...portion(egg), ...own };
  if (totals !== undefined) {
    const sum = portion(totals);
    const coverage = Object.fromEntries(nutrients.keys.map((key) => [key, ((key in sum ? 1 : 0) + (key in own ? 1 : 0)) / 2]));
    for (const [key, amount] of Object.entries(own)) sum[key] = Number(((sum[key] ?? 0) + amount).toFixed(3));
    return { ...sum, coverage };
  }
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, withEggs(nutrients, member)]));
}

// takesMergePatch lets a PATCH be sent as what it is, RFC 7396, too.
function takesMergePatch(content) {
  const { schema } = content['application/json'];
  content['application/merge-patch+json'] = { schema };
}

// takesForm lets a file be sent as forms of browsers send it, too.
function takesForm(content) {
  const part = { ...content[file].schema, description: 'The file. Its name and its media type may be given.' };
  content[form] = { schema: { type: 'object', required: ['file'], additionalProperties: false, properties: { file: part } } };
}

// mergePatch returns the schema of a merge patch (RFC 7396) of any of these objects: each of their members may be left out, and null removes
// it, but for the tag of the union. A member that is described in several ways may have each of them; the merged object is checked again.
function mergePatch(objects, tag) {
  const ways = {};
  for (const { properties } of objects) {
    for (const [name, way] of Object.entries(properties)) (ways[name] ??= []).push(way);
  }
  const properties = Object.fromEntries(Object.entries(ways).map(([name, [first, ...others]]) => {
    if (name === tag) return [name, { type: 'string', enum: [first, ...others].map((way) => way.const), description: 'Which kind.' }];
    const alike = others.filter((way) => way.type === first.type && way.$ref === first.$ref);
    const different = others.filter((way) => !alike.includes(way));
    return [name, nullable([widest(first, alike), ...different.map((way) => widest(way, []))])];
  }));
  return { type: 'object', additionalProperties: false, properties };
}

// widest returns the schema with the widest bounds and the shortest description of all of them.
function widest(schema, others) {
  const { examples, ...wide } = schema;
  for (const [bound, choose] of [['minimum', Math.min], ['maximum', Math.max], ['maxItems', Math.max]]) {
    if (bound in wide) wide[bound] = choose(wide[bound], ...others.map((other) => other[bound]));
  }
  for (const { description } of others) if (description?.length < wide.description?.length) wide.description = description;
  return wide;
}

function nullable([schema, ...others]) {
  if (others.length === 0 && schema.type) return { ...schema, type: [schema.type, 'null'] };
  return { ...(schema.description && { description: schema.description }), oneOf: [schema, ...others, { type: 'null' }] };
}

function derivedHeaders(operation, status, own = {}) {
  const all = {};
  for (const { name, header, when } of headers) if (when(operation, status, own)) all[name] = common('headers', header);
  return { ...all, ...own };
}

// An entry of x-problems is a sentence, or {summary, code?, errors?, ...other members}. Without `code` its name is the code: of a problem,
// or of a field, and then the problem is rule_broken.
function problemExample(codes, name, entry) {
  const { summary, code = name, errors, ...more } = typeof entry === 'string' ? { summary: entry } : entry;
  const known = codes.problems.get(code) ?? (codes.fields.has(code) && codes.problems.get('rule_broken'));
  if (!known) throw new Error(`x-problems: ${code} is not a code: define it with problem.Define or problem.DefineField`);
  const { type, status, detail } = known;
  const value = { type, status, code: known.code, detail, request_id: '01JD9Z6Q4W8V6T3S2R1Q0P9N8M' };
  if (errors) value.errors = errors.map((error) => ({ ...error, message: error.message ?? codes.fields.get(error.code).message }));
  return { summary, value: { ...value, ...more } };
}

// Removes all problem responses for the server's generated code: handlers return errors, and one function turns them into problem
// documents, so no handler needs a type for a 4xx or 5xx response.
function successOnly() {
  return {
    Operation: {
      leave(operation) {
        for (const status of Object.keys(operation.responses)) {
          if (status >= '400') delete operation.responses[status];
        }
      },
    },
    Components: {
      leave(components) {
        delete components.responses; // all of them are problems
      },
    },
  };
}

// Leaves in the server's generated code the one header that handlers set. The middleware of internal/server writes all others.
function handlerHeaders() {
  return {
    Response: {
      leave(response) {
        for (const name of Object.keys(response.headers ?? {})) if (name !== 'ETag') delete response.headers[name];
        if (Object.keys(response.headers ?? {}).length === 0) delete response.headers;
      },
    },
    Components: {
      leave(components) {
        for (const name of Object.keys(components.headers ?? {})) if (name !== 'ETag') delete components.headers[name];
      },
    },
  };
}

// For generated code: one function and one type for a body, whatever its media type is called.
function jsonOnly() {
  return {
    RequestBody: {
      leave(body) {
        delete body.content['application/merge-patch+json'];
        delete body.content[form];
      },
    },
  };
}

// For generated Go code: the server compares X-Expected-User-Id before any handler, and a Go client sets it as a header of its own.
function noExpectedUser() {
  const expectedUser = (parameter) => parameter.name === 'X-Expected-User-Id' || parameter.$ref?.endsWith('/ExpectedUserID');
  return {
    Operation: {
      leave(operation) {
        if (!operation.parameters?.some(expectedUser)) return;
        operation.parameters = operation.parameters.filter((parameter) => !expectedUser(parameter));
        if (operation.parameters.length === 0) delete operation.parameters;
      },
    },
    Components: {
      leave(components) {
        delete components.parameters?.ExpectedUserID;
      },
    },
  };
}

// Removes the Go types of schemas, which only the server's generated code needs.
function noGoTypes() {
  return {
    Schema: {
      leave(schema) {
        delete schema['x-go-type'];
        delete schema['x-go-type-import'];
      },
    },
  };
}
