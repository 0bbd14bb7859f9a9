/** `nameting verify`: whether a data folder is whole, and its access log untouched. */
import type { Command } from 'commander'
import { readSettings } from '../env.ts'
import { Failure } from '../failure.ts'
import { examineFolder, type Findings } from '../workflow/examine-folder.ts'

interface Options {
  noted?: string
  json?: true
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
  const found = await examineFolder(readSettings([]).DATA_DIR, noted)
  process.stdout.write(json ? `${JSON.stringify(found)}\n` : readable(found))
  if (found.problems.length > 0) throw new Failure(found.problems.join('\n'))
}

function readable({ databases, accessLog }: Findings): string {
  const files = databases.map(({ name, problems }) => `${name}: ${problems.length === 0 ? 'whole' : 'damaged'}\n`).join('')
  const log = accessLog && `access log: ${accessLog.rows} rows, ending in ${accessLog.last}\n`
  return `${files}${log ?? ''}`
}
