/** `nameting restore`: puts a backup back into an empty folder. */
import type { Command } from 'commander'
import { systemClock } from '../clock.ts'
import { needDataFolder, readSettings } from '../env.ts'
import { BadCall } from '../failure.ts'
import { closeContext, openContext } from '../open-context.ts'
import { type Restored, restoreBackup } from '../workflow/restore-backup.ts'

interface Options {
  to: string
  erasures?: string[]
  withoutErasures?: true
  damagedErasures?: true
  unsigned?: true
  json?: true
}

export const register = (program: Command): void => {
  program
    .command('restore')
    .description('Puts a backup back into an empty folder, and forgets again whoever was forgotten since it was made')
    .argument('<backup>', 'the folder of one backup')
    .requiredOption('--to <folder>', 'the new data folder: not there yet, or empty')
    .option('--erasures <file...>', 'newer lists of erasures than the one beside the backup, such as that of the data folder')
    .option('--without-erasures', 'without a list: what was erased since comes back')
    .option('--damaged-erasures', 'with lists of which a part cannot be read: what was erased by that part comes back')
    .option('--unsigned', 'whoever made it: for a backup of an earlier version, which did not sign')
    .option('--json', 'print what was done as JSON')
    .action(run)
}

async function run(backup: string, { to, erasures, withoutErasures, damagedErasures, unsigned, json }: Options): Promise<void> {
  if (erasures !== undefined && withoutErasures) throw new BadCall('--erasures and --without-erasures exclude each other.')
  if (damagedErasures && withoutErasures) throw new BadCall('--damaged-erasures and --without-erasures exclude each other.')
  const settings = readSettings(['IDENTITY_KEY', 'BASE_URL', 'BACKUP_KEY'])
  needDataFolder(settings)
  const restored = await restoreBackup(
    {
      backup,
      to,
      key: settings.BACKUP_KEY,
      identityKey: unsigned ? null : settings.IDENTITY_KEY,
      erasures: withoutErasures ? null : erasures,
      damagedErasures,
      opening: async (data, definitions) =>
        await openContext({ ...settings, DATA_DIR: data, DEFINITIONS_DIR: definitions ?? settings.DEFINITIONS_DIR, BACKUP_DIR: undefined }),
      closing: closeContext,
    },
    systemClock,
  )
  process.stdout.write(json ? `${JSON.stringify(restored)}\n` : readable(restored, to))
}

function readable({ manifest: { madeAt }, replayed, listedUntil, unread, held, hasDefinitions }: Restored, to: string): string {
  const forgotten = replayed
    ? `erased again, by a list that goes to ${listedUntil}: answers of ${replayed.answers}, contact data of ${replayed.contact}; ${replayed.stopped} stopped again, ${replayed.reminders} get no reminders, ${replayed.consents} refusals of consent\n`
    : 'NOTHING was erased again: whoever had answers or contact data erased since then has them back\n'
  const lost = unread.map(({ path, where }) => `NOT erased again: what stood in ${path}, ${where}, which cannot be read\n`).join('')
  return (
    `${to} is as of ${madeAt}\n${forgotten}${lost}` +
    `${held} mails may have gone out since: each is a task, and none goes out by itself\n` +
    'everybody is signed out; look through accounts and keys: whoever was taken off since then is on again\n' +
    `set DATA_DIR=${to}${hasDefinitions ? ` and DEFINITIONS_DIR=${to}/definitions` : ''} and start the server\n`
  )
}
