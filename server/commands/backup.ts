/** `nameting backup`: a backup, while the server goes on. */
import type { Command } from 'commander'
import { areOnOneDisk } from '../backup/backup-folder.ts'
import { systemClock } from '../clock.ts'
import { needDataFolder, readSettings } from '../env.ts'
import { makeBackup } from '../workflow/make-backup.ts'

export const register = (program: Command): void => {
  program
    .command('backup')
    .description('Makes a backup of both databases at one moment, closed for BACKUP_RECIPIENT; the server may be running')
    .argument('<dir>', 'the folder of backups, on another disk; it is made where there is none')
    .option('--json', 'print name, path and manifest as JSON')
    .action(run)
}

async function run(into: string, { json }: { json?: true }): Promise<void> {
  const settings = readSettings(['BACKUP_RECIPIENT', 'IDENTITY_KEY'])
  needDataFolder(settings)
  const { DATA_DIR: data, DEFINITIONS_DIR: definitions, BACKUP_RECIPIENT: recipient, IDENTITY_KEY: identityKey } = settings
  const made = await makeBackup({ data, definitions, into, recipient, identityKey }, systemClock)
  if (await areOnOneDisk(data, into))
    process.stderr.write(`Note: ${into} is on the disk of the data, so that both are lost together. Is the disk or share mounted?\n`)
  const { files, databases } = made.manifest
  const rows = databases.flatMap((database) => Object.values(database.rows)).reduce((sum, count) => sum + count, 0)
  const bytes = files.reduce((sum, { closed }) => sum + closed.bytes, 0)
  process.stdout.write(json ? `${JSON.stringify(made)}\n` : `${made.path}: ${files.length} files, ${rows} rows, ${bytes} bytes\n`)
}
