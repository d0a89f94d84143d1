// The configuration of Hey API, which writes gen/ts from the bundled contract; gen-ts.mjs runs it.
import { fileURLToPath } from 'node:url';
import { defineConfig } from '@hey-api/openapi-ts';

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));

export default defineConfig({
  input: path('../gen/openapi.yaml'),
  output: {
    path: path('../gen/ts'),
    // ESM in Node and `moduleResolution: nodenext` need the extension.
    module: { extension: '.js' },
    header: ['// Written from gen/openapi.yaml by openapi/gen-ts.mjs; do not edit.'],
  },
  parser: {
    // `readOnly` fields are in responses only; without this each schema with one gets a copy named "…Writable".
    transforms: { readWrite: false },
  },
  logs: { level: 'warn', file: false },
  plugins: [
    '@hey-api/typescript',
    { name: '@hey-api/client-fetch', throwOnError: true },
    { name: '@hey-api/sdk', responseStyle: 'data' },
    // Nothing else imports its file: a call is 4 kB without zod and 31 kB with it.
    // Instants may have any offset; without this option the schemas accept only Z.
    { name: 'zod', dates: { offset: true } },
  ],
});
