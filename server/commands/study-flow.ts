/** `nameting study flow`: how families went through a study. */
import type { Command } from 'commander'
import { openStudyReader } from '../db/study-reader.ts'
import { loadDefinitions } from '../definitions/load.ts'
import { placeOf, readSettings } from '../env.ts'
import { studyFlow } from '../workflow/study-flow.ts'
import { flowAsText } from './print-flow.ts'

export const addFlow = (study: Command): void => {
  study
    .command('flow')
    .description('How families went through the study: refused, withdrew, active; and of each instrument what became of it')
    .requiredOption('--study <id>', 'the study')
    .option('--json', 'print it as JSON')
    .action(flow)
}

async function flow({ study, json }: { study: string; json?: true }): Promise<void> {
  const settings = readSettings([])
  const definitions = loadDefinitions(settings.DEFINITIONS_DIR)
  const reader = await openStudyReader(placeOf(settings))
  try {
    const found = await reader.atOneMoment((db) => studyFlow(db, definitions, study))
    process.stdout.write(json ? `${JSON.stringify(found, undefined, 2)}\n` : flowAsText(found))
  } finally {
    await reader.close()
  }
}
