// How Hey API turns the bundled contract into gen/ts; gen-ts.mjs runs it.
import { fileURLToPath } from 'node:url';
import { defineConfig } from '@hey-api/openapi-ts';

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));

export default defineConfig({
  input: path('../gen/openapi.yaml'),
  output: {
    path: path('../gen/ts'),
    // ESM in Node and `moduleResolution: nodenext` want the extension.
    module: { extension: '.js' },
    header: ['// Written from gen/openapi.yaml by openapi/gen-ts.mjs; do not edit.'],
  },
  parser: {
    // `readOnly` fields live in answers only; without this each of them doubles its schema as "…Writable".
    transforms: { readWrite: false },
  },
  logs: { level: 'warn', file: false },
  plugins: [
    '@hey-api/typescript',
    { name: '@hey-api/client-fetch', throwOnError: true },
    { name: '@hey-api/sdk', responseStyle: 'data' },
    '@tanstack/react-query',
    // Its own file that nothing else imports: a call is 4 kB without zod and 31 kB with it.
    // Instants may be written with any offset; without this the schemas take only Z.
    { name: 'zod', dates: { offset: true } },
  ],
});
