/** What a command needs to work on a data folder. */
import { sealer } from './access/sealing.ts'
import { type Clock, systemClock } from './clock.ts'
import type { Context } from './context.ts'
import { type Opening, openStores } from './db/open.ts'
import { loadDefinitions } from './definitions/load.ts'
import { type Settings, usualQuickExit } from './env.ts'

type ForContext = Pick<Settings, 'DATA_DIR' | 'DEFINITIONS_DIR' | 'BASE_URL'> &
  Required<Pick<Settings, 'IDENTITY_KEY'>> &
  Partial<Pick<Settings, 'QUICK_EXIT_URL' | 'BACKUP_DIR'>>

/** Opens the data folder; whoever opens it closes it, see `closeContext`. */
export function openContext(settings: ForContext, clock: Clock = systemClock, opening: Opening = {}): Context {
  // Definitions first: with mistakes in them nothing is opened or made.
  const definitions = loadDefinitions(settings.DEFINITIONS_DIR)
  return {
    definitions,
    stores: openStores(settings.DATA_DIR, opening),
    sealer: sealer(settings.IDENTITY_KEY),
    clock,
    baseUrl: settings.BASE_URL ?? 'http://localhost',
    quickExitUrl: settings.QUICK_EXIT_URL ?? usualQuickExit,
    place: { data: settings.DATA_DIR, definitions: settings.DEFINITIONS_DIR },
    backups: settings.BACKUP_DIR,
  }
}

export async function closeContext({ stores }: Context): Promise<void> {
  await stores.study.close()
  await stores.identity.close()
}
