/**
 * Tests on PostgreSQL, the same files with the same assertions as on SQLite: all that concern the server (`npm run test:postgres`), or with
 * --chosen those that come closest to the database. What looks into the files of SQLite is left out, by name and with the reason.
 */
import { spawnSync } from 'node:child_process'
import { globSync } from 'node:fs'

const chosen = process.argv.includes('--chosen')

const all =
  'tests/{{postgres,server,mail,export,report}/**/*,faults/interleavings,long/{at-once,canary,desk-canary,every-step,export-while-submitting,mail-processes}}.test.ts'
const few = 'tests/{postgres/**/*,server/{submit,packet,summaries},mail/{outbox,bundle}}.test.ts'

/** Files that are about data folders. */
const ofDataFolders = [
  'tests/server/data-folder.test.ts',
  'tests/server/migrations.test.ts',
  'tests/server/transactions.test.ts',
  'tests/server/remove-orphans.test.ts',
  'tests/server/lost-definitions.test.ts',
  'tests/server/make-folders.test.ts',
  'tests/server/mass-assignment.test.ts',
  'tests/server/schema.test.ts',
  'tests/server/tampered-lots.test.ts',
  // How SQLite goes about it.
  'tests/server/tick-plan.test.ts',
]

/** Tests that read or spoil a file of SQLite; tests/postgres has their likes where there is one. */
const ofFiles = [
  'verify finds a whole data folder whole',
  'verify says where it looked when there is nothing',
  'the bytes wait, and go at the next tick',
  'what was answered is in no file any more',
  'what somebody said in an interview is theirs',
  'whose token is nowhere on disk',
  'the token is nowhere in the databases',
  'an unknown study, a data folder without data',
  'that there is no data folder is said',
  // Asks in the words of SQLite.
  'over a restart of the server, with its moment',
  'nobody’s name, address or token is in the study database',
  'what is done at the desk leaves no name in the study',
  'a planted name is in no answer of the desk',
  'a key is told once',
  'the export does not need the file that has them',
]

const files = globSync(chosen ? few : all).filter((path) => !ofDataFolders.includes(path.replaceAll('\\', '/')))
const words = [
  '--import',
  './scripts/untraced.ts',
  '--import',
  './server/fast-start.ts',
  '--test',
  '--test-concurrency=2',
  ...ofFiles.map((name) => `--test-skip-pattern=${name}`),
]
const { status } = spawnSync(process.execPath, ['scripts/on-postgres.ts', ...words, ...files], { stdio: 'inherit' })
process.exitCode = status ?? 1
