// eslint with the rules of React and of TanStack Query over the code that uses ./query: the samples of the README and pages.mjs.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import queryPlugin from '@tanstack/eslint-plugin-query';
import { ESLint } from 'eslint';
import hooks from 'eslint-plugin-react-hooks';
import * as query from '@ultimate-coach/client/query';
import { here } from './setup.mjs';

const { transform } = createRequire(import.meta.url)('esbuild');
const eslint = new ESLint({
  overrideConfigFile: true,
  overrideConfig: [{
    files: ['**/*.jsx'],
    languageOptions: { ecmaVersion: 2024, sourceType: 'module', parserOptions: { ecmaFeatures: { jsx: true } } },
    plugins: { ...queryPlugin.configs['flat/recommended'][0].plugins, 'react-hooks': hooks },
    rules: { ...queryPlugin.configs['flat/recommended'][0].rules, 'react-hooks/rules-of-hooks': 'error', 'react-hooks/exhaustive-deps': 'error' },
  }],
});

/** Returns the rules that code breaks. */
async function brokenRules(code) {
  const { code: jsx } = await transform(code, { loader: 'tsx', jsx: 'preserve', target: 'es2022' });
  const [{ messages }] = await eslint.lintText(jsx, { filePath: 'code.jsx' });
  return messages.map(({ ruleId, message, line }) => ruleId ?? `line ${line}: ${message}`);
}

const samples = [...readFileSync(join(here, '../README.md'), 'utf8').matchAll(/^```tsx\n(.*?)^```$/gms)].map(([, code]) => code);

test('the samples of the README follow the rules of hooks', async () => {
  assert.ok(samples.length > 0, 'README.md has no tsx samples');
  for (const sample of samples) assert.deepEqual(await brokenRules(sample), [], sample);
});

test('rendering on a server follows the rules of hooks', async () => {
  assert.deepEqual(await brokenRules(readFileSync(join(here, 'pages.mjs'), 'utf8')), []);
});

test('./query has no function that eslint takes for a hook', () => {
  assert.deepEqual(Object.keys(query).filter((name) => /^use[A-Z]/.test(name)), []);
});

test('a hook in a condition is found', async () => {
  const code = samples[0].replace('const me = useQuery', 'if (!queryClient) return null;\n  const me = useQuery');
  assert.ok((await brokenRules(code)).includes('react-hooks/rules-of-hooks'));
});
