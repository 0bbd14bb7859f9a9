/**
 * Makes a fresh clone ready: installs the dependencies, among them the Node that everything else runs on, and looks whether it is the right one.
 *
 * Plain JavaScript for any Node that runs npm 11, since nothing is installed yet when this runs. It uses `npm install`
 * rather than `npm ci`, which insists on optional packages for other platforms than this one.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { isKnownNode } from './node-program.mjs'

const wanted = createHash('sha256').update(readFileSync('package-lock.json')).digest('hex')
const mark = 'node_modules/.installed'

if (!existsSync(mark) || readFileSync(mark, 'utf8') !== wanted) {
  console.error('Installing (once, about half a minute) ...')
  const { status } = spawnSync('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'], { stdio: 'inherit' })
  if (status !== 0) {
    console.error('The installation failed; npm says why above. It needs npm 11 and the npm registry.')
    process.exit(1)
  }
  if (!isKnownNode()) process.exit(1)
  writeFileSync(mark, wanted)
}
