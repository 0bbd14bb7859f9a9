/** `nameting verify`: whether a data folder is whole, and its access log untouched. */
import type { Command } from 'commander'
import { type Checked, checkDatabases } from '../db/check-databases.ts'
import { openStudyReader } from '../db/study-reader.ts'
import { readSettings } from '../env.ts'
import { Failure } from '../failure.ts'
import { type CheckedLog, checkAccessLog } from '../queries/access-log.ts'

interface Options {
  noted?: string
  json?: true
}

interface Findings {
  databases: Checked[]
  accessLog: CheckedLog | null
  problems: string[]
}

export const register = (program: Command): void => {
  program
    .command('verify')
    .description('Checks both databases and the access log for damage and tampering; changes nothing')
    .option('--noted <hash>', 'the end of the access log as verify printed it before: it has to be in there still')
    .option('--json', 'print what was found as JSON')
    .action(verify)
}

async function verify({ noted, json }: Options): Promise<void> {
  const found = await examine(readSettings([]).DATA_DIR, noted)
  process.stdout.write(json ? `${JSON.stringify(found)}\n` : readable(found))
  if (found.problems.length > 0) throw new Failure(found.problems.join('\n'))
}

async function examine(directory: string, noted: string | undefined): Promise<Findings> {
  const databases = checkDatabases(directory)
  const problems = databases.flatMap(({ name, problems: found }) => found.map((problem) => `${name}: ${problem}`))
  // A file that is damaged has to be restored first; what can be read of its log says nothing.
  if (problems.length > 0) return { databases, accessLog: null, problems }
  const reader = openStudyReader(directory)
  try {
    const accessLog = await reader.atOneMoment((db) => checkAccessLog(db, noted))
    return { databases, accessLog, problems: problemsOf(accessLog, noted) }
  } finally {
    reader.close()
  }
}

function problemsOf({ broken, cut, hasNoted, rows }: CheckedLog, noted: string | undefined): string[] {
  if (broken !== null)
    return [`study.sqlite: the access log was changed: row ${broken} does not follow from the one before it (${rows} rows before it do)`]
  if (cut > 0) return [`study.sqlite: the access log was cut off: its last ${cut} rows are gone`]
  if (noted !== undefined && !hasNoted)
    return [`study.sqlite: the access log has no row with the hash ${noted}: it was cut off or written anew`]
  return []
}

function readable({ databases, accessLog }: Findings): string {
  const files = databases.map(({ name, problems }) => `${name}: ${problems.length === 0 ? 'whole' : 'damaged'}\n`).join('')
  const log = accessLog && `access log: ${accessLog.rows} rows, ending in ${accessLog.last}\n`
  return `${files}${log ?? ''}`
}
