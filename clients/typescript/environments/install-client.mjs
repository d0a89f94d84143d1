// Puts the packed client into node_modules: the environments load what `npm install` brings to a user.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const here = import.meta.dirname;
const folder = mkdtempSync(join(tmpdir(), 'client-'));
try {
  execFileSync('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder], { cwd: join(here, '..'), stdio: ['ignore', 'ignore', 'inherit'] });
  execFileSync('tar', ['-xzf', readdirSync(folder)[0]], { cwd: folder });
  const target = join(here, 'node_modules/@ultimate-coach/client');
  rmSync(target, { recursive: true, force: true });
  cpSync(join(folder, 'package'), target, { recursive: true });
} finally {
  rmSync(folder, { recursive: true, force: true });
}
