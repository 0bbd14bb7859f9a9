/** `nameting backup-key`: the pair of keys of backups. */

import { existsSync } from 'node:fs'
import type { Command } from 'commander'
import { newKeyPair } from '../backup/keys.ts'
import { Failure } from '../failure.ts'
import { writeWhole } from '../whole-file.ts'

export const register = (program: Command): void => {
  program
    .command('backup-key')
    .description('Makes the pair of keys of backups: the secret one in a file, to be kept away from the server; the other one is printed')
    .requiredOption('--out <file>', 'the file for the secret key; it must not be there yet')
    .option('--json', 'print the public key and the file as JSON')
    .action(run)
}

async function run({ out, json }: { out: string; json?: true }): Promise<void> {
  if (existsSync(out))
    throw new Failure(`${out} is there already. A key that is written over takes its backups with it: choose another name.`)
  const { key, recipient } = await newKeyPair()
  writeWhole(out, `# opens backups of Nameting\n# public key: ${recipient}\n${key}\n`, { mode: 0o600 })
  process.stdout.write(json ? `${JSON.stringify({ recipient, file: out })}\n` : readable(recipient, out))
}

const readable = (recipient: string, out: string): string =>
  `BACKUP_RECIPIENT=${recipient}\n` +
  `Set that on the server. The secret key is in ${out}: move it to another place than the server and the backups, keep two copies\n` +
  'of it, and try it out: without it no backup can be opened.\n'
