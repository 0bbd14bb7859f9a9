/** A pair of keys, a folder for backups, and what is needed to make and put back one with the clock of a test. */
import { join } from 'node:path'
import { type KeyPair, newKeyPair } from '../../server/backup/keys.ts'
import type { Clock } from '../../server/clock.ts'
import type { Context } from '../../server/context.ts'
import { closeContext, openContext } from '../../server/open-context.ts'
import { type MadeBackup, makeBackup } from '../../server/workflow/make-backup.ts'
import { type Restored, type RestoreOrder, restoreBackup } from '../../server/workflow/restore-backup.ts'
import { temporaryFolder } from './data-folder.ts'

export interface Backups extends KeyPair {
  /** That of the study: signs what is made. */
  identityKey: Buffer
  /** Where they lie. */
  folder: string
  make(): Promise<MadeBackup>
  restore(backup: string, to: string, own?: Partial<RestoreOrder>): Promise<Restored>
  /** A restored folder, opened with the settings and the clock of the study; it is closed when the test ends. */
  open(data: string): Promise<Context>
}

/** Of a study in a data folder. `environment`: the settings of it. */
export async function backupsOf(
  test: { after(fn: () => unknown): void },
  { environment, clock }: { environment: Record<string, string>; clock: Clock },
): Promise<Backups> {
  const pair = await newKeyPair()
  const folder = join(temporaryFolder(test), 'backups')
  const identityKey = Buffer.from(environment.IDENTITY_KEY ?? '', 'hex')
  const opening = async (data: string, definitions: string | undefined = environment.DEFINITIONS_DIR): Promise<Context> =>
    await openContext(
      {
        DATA_DIR: data,
        DEFINITIONS_DIR: definitions,
        BASE_URL: environment.BASE_URL,
        IDENTITY_KEY: identityKey,
      },
      clock,
    )
  return {
    ...pair,
    folder,
    identityKey,
    make: () =>
      makeBackup(
        {
          data: environment.DATA_DIR ?? '',
          definitions: environment.DEFINITIONS_DIR,
          into: folder,
          recipient: pair.recipient,
          identityKey,
        },
        clock,
      ),
    restore: (backup, to, own) => restoreBackup({ backup, to, key: pair.key, identityKey, opening, closing: closeContext, ...own }, clock),
    async open(data) {
      const context = await opening(data)
      test.after(() => closeContext(context))
      return context
    },
  }
}
