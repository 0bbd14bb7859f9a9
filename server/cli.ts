#!/usr/bin/env node
/** `npx nameting COMMAND`: errors on stderr, exit 0 done, 1 the work failed, 2 a bad call. */
import './fast-start.ts'
import { Command, CommanderError } from 'commander'
import { ownValue } from '../instruments/own-value.ts'
import { BadCall, databaseAway, Failure } from './failure.ts'

/** Adds one command to the program. */
type Register = (program: Command) => void

/** Each command is a file of its own, loaded only when it is asked for, so that every one of them starts fast. */
const commands: Record<string, () => Promise<{ register: Register }>> = {
  serve: () => import('./commands/serve.ts'),
  tick: () => import('./commands/tick.ts'),
  study: () => import('./commands/study.ts'),
  import: () => import('./commands/import.ts'),
  case: () => import('./commands/case.ts'),
  task: () => import('./commands/task.ts'),
  bounce: () => import('./commands/bounce.ts'),
  staff: () => import('./commands/staff.ts'),
  backup: () => import('./commands/backup.ts'),
  'backup-key': () => import('./commands/backup-key.ts'),
  restore: () => import('./commands/restore.ts'),
  move: () => import('./commands/move.ts'),
  verify: () => import('./commands/verify.ts'),
  'import-norms': () => import('./commands/import-norms.ts'),
  check: () => import('./commands/check.ts'),
  plan: () => import('./commands/plan.ts'),
  score: () => import('./commands/score.ts'),
  adopt: () => import('./commands/adopt.ts'),
  rescore: () => import('./commands/rescore.ts'),
  print: () => import('./commands/print.ts'),
  export: () => import('./commands/export.ts'),
  report: () => import('./commands/report.ts'),
  'import-instrument': () => import('./commands/import-instrument.ts'),
  'export-instrument': () => import('./commands/export-instrument.ts'),
  demo: () => import('./commands/demo.ts'),
}

const diskFull = 'The disk of the data folder is full. Nothing was changed; make room and try again.'

/** What a database says by a code. */
const reasons: Record<string, string> = {
  SQLITE_FULL: diskFull,
  // Not even the file has room by which processes that share a database tell each other where they are.
  SQLITE_IOERR_SHMSIZE: diskFull,
  SQLITE_BUSY: 'Another process has been writing in the data folder for more than a minute. Nothing was changed; try again later.',
  53100: 'The disk of the database is full. Nothing was changed; make room and try again.',
  57014: 'The database took too long. Nothing was changed; try again later.',
  [databaseAway]: 'The database cannot be reached, or went away in the middle. What was done until then is kept; try again later.',
  ECONNREFUSED: 'The database or the mail server does not answer. Start it, or correct DATABASE_URL or SMTP_URL.',
}

/**
 * Does what a call asks, in this process, and resolves with its exit code. `args`: what stands after `nameting`.
 * Rejects where a mistake is our own. `serve` and `demo` go on after it.
 */
export async function runCommand(args: string[]): Promise<number> {
  const program = new Command('nameting')
    .description('Follow-up questionnaires for Eigen Kracht-conferenties: instruments, waves, scores and exports')
    .exitOverride()
    .showHelpAfterError('(nameting COMMAND --help says how)')
  try {
    const asked = ownValue(commands, args[0] ?? '')
    for (const load of asked ? [asked] : Object.values(commands)) (await load()).register(program)
    await program.parseAsync(args, { from: 'user' })
    return 0
  } catch (error) {
    return exitCode(error)
  }
}

/** Prints what the caller has to know, and returns the exit code; a mistake of our own goes on to a stack trace. */
function exitCode(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
  const reason = error instanceof Error && 'code' in error ? reasons[String(error.code)] : undefined
  if (reason !== undefined) return exitCode(new Failure(reason))
  if (!(error instanceof Failure || error instanceof BadCall)) throw error
  process.stderr.write(`${error.message}\n`)
  return error instanceof Failure ? 1 : 2
}

if (import.meta.main) {
  // Whoever reads what is printed may have seen enough (`| head`). That is no mistake, and what is being done goes on.
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error
    })
  process.exitCode = await runCommand(process.argv.slice(2))
}
