/** `nameting verify`: whether a data folder is whole and its access log untouched, and whether its newest backup can be put back. */
import { dirname, resolve } from 'node:path'
import type { Command } from 'commander'
import { backupsIn } from '../backup/backup-folder.ts'
import { systemClock } from '../clock.ts'
import { placeOf, readSettings, type Settings } from '../env.ts'
import { Failure } from '../failure.ts'
import { closeContext, openContext } from '../open-context.ts'
import { examineErasures } from '../workflow/examine-erasures.ts'
import { examineFolder, type Findings } from '../workflow/examine-folder.ts'
import { type TriedBackup, tryBackup } from '../workflow/try-backup.ts'

interface Options {
  noted?: string
  backup?: string
  json?: true
}

export const register = (program: Command): void => {
  program
    .command('verify')
    .description(
      'Checks databases, access log, definitions, lists of erasures and the newest backup for damage and tampering; changes nothing',
    )
    .option('--noted <hash>', 'the end of the access log as verify printed it before: it has to be in there still')
    .option('--backup <folder>', 'this backup instead of the newest one in BACKUP_DIR')
    .option('--json', 'print what was found as JSON')
    .action(verify)
}

/** What was found of backups; `tried` is null where there is none to try, and `why` says so. */
interface FoundBackup {
  tried: TriedBackup | null
  why: string | null
  problems: string[]
}

async function verify({ noted, backup, json }: Options): Promise<void> {
  const settings = readSettings([])
  const found = await examineFolder({ place: placeOf(settings), own: settings.DEFINITIONS_DIR, noted })
  const backups = await examineBackups(settings, backup)
  const { DATA_DIR, BACKUP_DIR } = settings
  const beside = backup === undefined ? [] : [dirname(resolve(backup))]
  const lists = await examineErasures(
    [DATA_DIR, ...(BACKUP_DIR === undefined ? [] : [BACKUP_DIR]), ...beside].map((folder) => resolve(folder)),
  )
  const problems = [...found.problems, ...lists, ...backups.problems]
  process.stdout.write(json ? `${JSON.stringify({ ...found, backup: backups, problems })}\n` : `${readable(found)}${inWords(backups)}`)
  if (problems.length > 0) throw new Failure(problems.join('\n'))
}

/** A day, and as long as making one may take. */
const oldestInHours = 36

async function examineBackups(settings: Settings, given: string | undefined): Promise<FoundBackup> {
  const nothing = { tried: null, why: null, problems: [] }
  if (given === undefined && settings.BACKUP_DIR === undefined) return { ...nothing, why: 'BACKUP_DIR is not set: no backup was looked at' }
  const newest = given ?? (await backupsIn(settings.BACKUP_DIR ?? '')).at(-1)?.path
  if (newest === undefined) return { ...nothing, problems: [`There is no backup in ${settings.BACKUP_DIR}.`] }
  try {
    const { IDENTITY_KEY: identityKey, BACKUP_KEY: key } = settings
    const tried = await tryBackup({
      backup: newest,
      data: settings.DATA_DIR,
      key,
      identityKey,
      opening:
        identityKey &&
        (async (data, definitions) =>
          await openContext({
            ...settings,
            IDENTITY_KEY: identityKey,
            DATA_DIR: data,
            DEFINITIONS_DIR: definitions ?? settings.DEFINITIONS_DIR,
            BACKUP_DIR: undefined,
          })),
      closing: closeContext,
    })
    return { tried, why: whatWasNotTried(tried, identityKey !== undefined), problems: given === undefined ? tooOld(tried) : [] }
  } catch (cause) {
    if (!(cause instanceof Failure)) throw cause
    return { ...nothing, problems: [cause.message] }
  }
}

const whatWasNotTried = ({ outcome }: TriedBackup, isSigned: boolean): string | null =>
  ({
    whole: `BACKUP_KEY is not set: it was read to its end, and not opened${isSigned ? '' : '; nor IDENTITY_KEY, to say who made it'}`,
    opened: 'IDENTITY_KEY is not set: what was put back was counted, and not started, and who made it is not known',
    booted: null,
  })[outcome]

function tooOld({ name, madeAt }: TriedBackup): string[] {
  const hours = (Date.parse(systemClock.now()) - Date.parse(madeAt)) / 3_600_000
  return hours > oldestInHours ? [`The newest backup ${name} is ${Math.floor(hours)} hours old: look why no newer one was made.`] : []
}

function readable({ databases, accessLog, definitions }: Findings): string {
  const files = databases.map(({ name, problems }) => `${name}: ${problems.length === 0 ? 'whole' : 'damaged'}\n`).join('')
  const log = accessLog && `access log: ${accessLog.rows} rows, ending in ${accessLog.last}\n`
  const defined =
    definitions && `definitions: ${definitions.problems.length === 0 ? 'as they were published' : 'not as they were published'}\n`
  const notes = definitions?.notes.map((note) => `note: ${note}\n`).join('')
  return `${files}${log ?? ''}${defined ?? ''}${notes ?? ''}`
}

const outcomes = {
  whole: 'is as it was written',
  opened: 'can be put back, and counts what its manifest says',
  booted: 'can be put back, counts what its manifest says, and starts',
}

function inWords({ tried, why }: FoundBackup): string {
  const told = tried ? `backup: ${tried.name} ${outcomes[tried.outcome]}\n` : ''
  return `${told}${why === null ? '' : `backup: ${why}\n`}`
}
