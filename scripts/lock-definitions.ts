/** `npm run definitions:lock [-- DIR]`: publishes the versions that are not in the lock files yet, here or in a study's own folder. */
import { shippedDirectory } from '../server/definitions/load.ts'
import { lockDefinitions } from '../server/definitions/lock.ts'
import { BadCall, Failure } from '../server/failure.ts'

try {
  const added = lockDefinitions(process.argv[2] ?? shippedDirectory)
  process.stdout.write(added.length === 0 ? 'Everything is published already.\n' : `Published ${added.join(', ')}.\n`)
} catch (error) {
  if (!(error instanceof Failure || error instanceof BadCall)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = error instanceof Failure ? 1 : 2
}
