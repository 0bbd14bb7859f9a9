/**
 * Whether the Node that everything runs on is the one that we know. The package `node` is a shell: its install script has npm fetch the
 * program for the platform, from a package that no lock file names. So its checksum stands in node-programs.json, and is compared here.
 *
 * `node scripts/node-program.mjs` in the folder of the repository ends with 1 where it is another one. Plain JavaScript, for any Node that
 * runs npm 11.
 */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const known = JSON.parse(readFileSync(new URL('node-programs.json', import.meta.url), 'utf8'))
const program = 'node_modules/node/bin/node'

/** Prints what is to be known about the program in the folder where this runs. False where it is not the one that we know, or is not there. */
export function isKnownNode(platform = `${process.platform}-${process.arch}`) {
  const one = known.programs[platform]
  if (one === undefined) {
    console.error(
      `The checksum of Node ${known.version} for ${platform} is not known here: npm compared the package with what the registry says of it, and nobody else did.`,
    )
    return true
  }
  if (!existsSync(program)) {
    console.error(`${program} is not there: run npm install, which has to be able to fetch ${one.package}@${known.version}.`)
    return false
  }
  const sha256 = createHash('sha256').update(readFileSync(program)).digest('hex')
  if (sha256 === one.sha256) return true
  console.error(
    `${program} is not Node ${known.version} for ${platform} as it was when its checksum was written down: its SHA-256 is ${sha256}, not ${one.sha256}. Do not run it. Remove node_modules and install again; where it stays so, ask where the program comes from.`,
  )
  return false
}

// As a command, and not where setup.mjs asks. An older Node has no import.meta.main.
if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = isKnownNode(process.argv[2]) ? 0 : 1
