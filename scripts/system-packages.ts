/**
 * What the tests need besides npm packages: a Chromium, and strace for the proof that answers are synced.
 * Installs them where that can be done without asking (Debian, as root); says in one line what to install elsewhere.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chromiumPath } from '../tests/harness/chromium-path.ts'

const needed = [
  { name: 'chromium', there: chromiumPath() !== undefined },
  { name: 'strace', there: process.platform !== 'linux' || spawnSync('strace', ['--version']).status === 0 },
]
const missing = needed.filter(({ there }) => !there).map(({ name }) => name)

if (missing.length > 0) {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    console.error(
      `The tests need ${missing.join(' and ')}: sudo apt-get install ${missing.join(' ')} (or set CHROMIUM_PATH to a Chromium or Chrome).`,
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
