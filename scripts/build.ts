/** Builds both sites, and what the server draws pages and figures with, when a source is newer than what was built; `--force` builds anyway. */
import { execFileSync } from 'node:child_process'
import { existsSync, globSync, statSync } from 'node:fs'

const sources = ['client/**/*', 'instruments/*.ts', 'vite.config.ts', 'package-lock.json']
const built = ['dist/respond/index.html', 'dist/desk/index.html', 'dist/draw/draw.js', 'dist/figures/figures.js']

const newest = Math.max(...sources.flatMap((pattern) => globSync(pattern)).map((path) => statSync(path).mtimeMs))
const fresh = built.every((path) => existsSync(path) && statSync(path).mtimeMs > newest)

if (!fresh || process.argv.includes('--force')) {
  process.stderr.write('Building the pages ...\n')
  for (const site of ['respond', 'draw', 'figures', 'desk'])
    execFileSync('vite', ['build', '--mode', site, '--logLevel', 'warn'], { stdio: 'inherit' })
}
