// Compiles usage.ts under the settings of TypeScript that applications have, and checks the package's declarations with them.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, test } from 'node:test';
import { here } from './setup.mjs';

const require = createRequire(import.meta.url);
const tsc = join(dirname(require.resolve('typescript/package.json')), 'bin/tsc');

const strict = {
  strict: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, noPropertyAccessFromIndexSignature: true,
  declaration: true, isolatedModules: true, verbatimModuleSyntax: true, skipLibCheck: false, target: 'es2022', jsx: 'react-jsx',
};
const browser = { lib: ['es2023', 'dom', 'dom.iterable'], types: [] };
const node = { lib: ['es2023'], types: ['node'] };

const settings = {
  'moduleResolution bundler, for browsers': { ...browser, module: 'esnext', moduleResolution: 'bundler' },
  'moduleResolution node16, ESM, without the DOM': { ...node, module: 'node16', moduleResolution: 'node16' },
  'moduleResolution nodenext, CommonJS': { ...node, module: 'nodenext', moduleResolution: 'nodenext', verbatimModuleSyntax: false, commonjs: true },
  'moduleResolution node10': { ...browser, module: 'commonjs', moduleResolution: 'node10', verbatimModuleSyntax: false, ignoreDeprecations: '6.0' },
};

describe('usage.ts compiles', { concurrency: 1 }, () => {
  for (const [name, { commonjs, ...options }] of Object.entries(settings)) {
    test(`with ${name}`, async () => assert.equal(await compile(name, options, commonjs), ''));
  }
});

/** Returns the findings of tsc. */
async function compile(name, options, commonjs = false) {
  const folder = join(here, '.work', name.replace(/\W+/g, '-'));
  mkdirSync(folder, { recursive: true });
  copyFileSync(join(here, 'usage.ts'), join(folder, 'usage.ts'));
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: commonjs ? 'commonjs' : 'module' }));
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: { ...strict, ...options, outDir: 'out' }, files: ['usage.ts'] }));
  const output = await new Promise((resolve) => {
    execFile(process.execPath, [tsc, '-p', '.', '--pretty', 'false'], { cwd: folder }, (_, stdout, stderr) => resolve(stdout + stderr));
  });
  assert.ok(output !== '' || existsSync(join(folder, 'out/usage.d.ts')), 'tsc wrote no declarations');
  return output;
}
