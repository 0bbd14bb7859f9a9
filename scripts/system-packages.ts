/**
 * What the tests need besides npm packages: a Chromium, strace for the proof that answers are synced, PostgreSQL, age that opens
 * backups, Caddy and systemd for what docs/hosting.md sets up, and the programs that exports and reports are opened with: PSPP, R with
 * three packages, LibreOffice, poppler for PDF and xmllint for DDI.
 *
 * Installs them where that can be done without asking (Debian, as root); says in one line what to install elsewhere.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chromiumPath } from '../tests/harness/chromium-path.ts'
import { postgresPrograms } from '../tests/harness/postgres-server.ts'

const runs = (program: string, ...words: string[]): boolean => spawnSync(program, words).error === undefined
const hasInR = (name: string): boolean =>
  spawnSync('Rscript', ['-e', `quit(status = !requireNamespace("${name}", quietly = TRUE))`]).status === 0

/** By the names of their Debian packages. */
const needed: Record<string, () => boolean> = {
  chromium: () => chromiumPath() !== undefined,
  age: () => runs('age', '--version'),
  caddy: () => runs('caddy', 'version'),
  systemd: () => process.platform !== 'linux' || runs('systemd-analyze', '--version'),
  strace: () => process.platform !== 'linux' || runs('strace', '--version'),
  pspp: () => runs('pspp', '--version'),
  'r-base-core': () => runs('Rscript', '--version'),
  'r-cran-haven': () => hasInR('haven'),
  'r-cran-psych': () => hasInR('psych'),
  'r-cran-readxl': () => hasInR('readxl'),
  'libreoffice-calc-nogui': () => runs('soffice', '--version'),
  'libxml2-utils': () => runs('xmllint', '--version'),
  postgresql: () => postgresPrograms() !== undefined,
  'poppler-utils': () => runs('pdftotext', '-v'),
}
const missing = Object.entries(needed)
  .filter(([, there]) => !there())
  .map(([name]) => name)

if (missing.length > 0) {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    console.error(
      `The tests need ${missing.join(', ')}. On Debian: sudo apt-get install ${missing.join(' ')} (or set CHROMIUM_PATH to a Chromium or Chrome).`,
    )
    process.exit(1)
  }
  // Chromium without any font draws boxes, and boxes have other widths.
  if (missing.includes('chromium')) missing.push('fonts-dejavu-core')
  console.error(`Installing ${missing.join(', ')} ...`)
  for (const words of [
    ['update', '-q'],
    ['install', '-yq', '--no-install-recommends', ...missing],
  ])
    execFileSync('apt-get', words, { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } })
}
