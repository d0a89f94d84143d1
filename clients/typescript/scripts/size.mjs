// Prints how many bytes the package adds to a page, minified and gzipped: `npm run size` after `npm run build`.
import { build } from 'esbuild';
import { gzipSync } from 'node:zlib';

const cases = {
  'createClient (all operations)': `export { createClient } from '@ultimate-coach/client'`,
  'createTransport + getMe (./sdk)': `export { createTransport, getMe } from '@ultimate-coach/client/sdk'`,
  'createTransport + createCoach (./coach)': `export { createTransport } from '@ultimate-coach/client/sdk'; export { createCoach } from '@ultimate-coach/client/coach'`,
  'createCoachTransport (./ai)': `export { createTransport } from '@ultimate-coach/client/sdk'; export { createCoachTransport } from '@ultimate-coach/client/ai'`,
  'isApiError alone': `export { isApiError } from '@ultimate-coach/client'`,
  'getMeOptions (./query, without TanStack)': `export { getMeOptions } from '@ultimate-coach/client/query'`,
  'all of ./meta': `export * from '@ultimate-coach/client/meta'`,
  'zMePatch (./zod, with zod)': `export { zMePatch } from '@ultimate-coach/client/zod'`,
};
for (const [name, contents] of Object.entries(cases)) {
  const { outputFiles: [file] } = await build({
    stdin: { contents, resolveDir: process.cwd() },
    bundle: true, minify: true, write: false, format: 'esm', target: 'es2022', treeShaking: true,
    external: ['@tanstack/react-query'],
  });
  console.log(`${name.padEnd(42)} ${(file.contents.length / 1024).toFixed(1).padStart(6)} kB  ${(gzipSync(file.contents).length / 1024).toFixed(1).padStart(5)} kB gzip`);
}
