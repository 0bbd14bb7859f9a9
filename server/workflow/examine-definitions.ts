/** Whether the definitions at hand are those that were published, and those that people answered. Changes nothing. */
import { formatReference } from '../../instruments/definition.ts'
import type { Db } from '../db/tx.ts'
import { mistakesIn } from '../definitions/check.ts'
import { readDefinitions, shippedDirectory } from '../definitions/load.ts'
import { instrumentsInUse } from '../queries/assignments.ts'
import { answeredDefinitions, protocolsInUse } from '../queries/definitions-in-use.ts'
import { definitionHash } from './submit-response.ts'

export interface ExaminedDefinitions {
  /** What a study names and is not there, and what is not as its lock file has it. */
  problems: string[]
  /** Versions that read otherwise than when they were answered: the definition was changed without a lock, or Nameting reads it anew. */
  notes: string[]
}

/** `own`: DEFINITIONS_DIR. */
export async function examineDefinitions(db: Db, own: string | undefined): Promise<ExaminedDefinitions> {
  const mistakes = mistakesIn(shippedDirectory, own).filter(({ unpublished }) => !unpublished)
  const { instruments, protocols } = readDefinitions(own === undefined ? [shippedDirectory] : [shippedDirectory, own]).definitions
  const needed = [...(await instrumentsInUse(db)).map(formatReference).filter((name) => !instruments.get(name))]
  needed.push(...(await protocolsInUse(db)).filter((name) => !protocols.get(name)))
  const notes: string[] = []
  for (const { id, version, hash, responses } of await answeredDefinitions(db)) {
    const instrument = instruments.get(formatReference({ id, version }))
    if (instrument && definitionHash(instrument) !== hash)
      notes.push(`${formatReference({ id, version })} reads otherwise than when ${responses} responses were given to it`)
  }
  return {
    problems: [
      ...mistakes.map(({ file, path, reason }) => `${file} ${path}: ${reason}`),
      ...needed.map((name) => `${name} is in use and is not defined: set DEFINITIONS_DIR to the study's own definitions`),
    ],
    notes,
  }
}
