/** What a command needs to work on a data folder. */
import { sealer } from './access/sealing.ts'
import { Background } from './background.ts'
import { type Clock, systemClock } from './clock.ts'
import type { Context } from './context.ts'
import { isNewFolder, type Opening, openStores } from './db/open.ts'
import { assertPutBack } from './db/put-back.ts'
import { loadDefinitions } from './definitions/load.ts'
import { type PlaceSettings, placeOf, type Settings, usualQuickExit } from './env.ts'
import { Presence } from './presence.ts'
import { assertNothingToLose } from './workflow/own-backups.ts'

type ForContext = PlaceSettings &
  Pick<Settings, 'BASE_URL'> &
  Required<Pick<Settings, 'IDENTITY_KEY'>> &
  Partial<Pick<Settings, 'QUICK_EXIT_URL' | 'BACKUP_DIR'>>

/** Opens the data folder; whoever opens it closes it, see `closeContext`. */
export async function openContext(settings: ForContext, clock: Clock = systemClock, opening: Opening = {}): Promise<Context> {
  // Definitions first: with mistakes in them nothing is opened or made.
  const definitions = loadDefinitions(settings.DEFINITIONS_DIR)
  const place = placeOf(settings)
  assertPutBack(place)
  if (settings.BACKUP_DIR !== undefined && isNewFolder(place)) await assertNothingToLose(place.data, settings.BACKUP_DIR)
  return {
    definitions,
    stores: await openStores(place, opening),
    sealer: sealer(settings.IDENTITY_KEY),
    clock,
    baseUrl: settings.BASE_URL ?? 'http://localhost',
    quickExitUrl: settings.QUICK_EXIT_URL ?? usualQuickExit,
    place,
    background: new Background(),
    presence: new Presence(place.data),
    backups: settings.BACKUP_DIR,
  }
}

/** Lets what goes on in the background come to an end, and closes the databases. */
export async function closeContext({ stores, background, presence }: Context): Promise<void> {
  await background.stop()
  presence.end()
  await stores.study.close()
  await stores.identity.close()
}
