/** A PostgreSQL server of its own for a run of tests: in a folder of its own, on a socket of its own, gone afterwards. */
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, existsSync, globSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'

export interface PostgresServer {
  /** Of the database `postgres`, as the administrator. */
  url: string
  pid: number
  stop(): Promise<void>
}

/** Debian's, newest first. */
export const postgresPrograms = (): string | undefined => globSync('/usr/lib/postgresql/*/bin').toSorted().at(-1)

/** PostgreSQL refuses to run as root. */
export const asOwner = (program: string, words: string[]): [string, string[]] =>
  process.getuid?.() === 0 ? ['setpriv', ['--reuid=postgres', '--regid=postgres', '--clear-groups', program, ...words]] : [program, words]

/**
 * `settings`: as in postgresql.conf, beside the usual ones. `fsync` is off unless asked for: whoever tests it says so. `made`: what the
 * server is to go on with, as `pg_basebackup` wrote it; a new one unless given.
 */
export async function startPostgres(settings: Record<string, string> = {}, parent = tmpdir(), made?: string): Promise<PostgresServer> {
  const bin = postgresPrograms()
  if (bin === undefined) throw new Error('PostgreSQL is not installed. On Debian: apt-get install postgresql')
  const folder = mkdtempSync(join(parent, 'nameting-pg-'))
  if (process.getuid?.() === 0)
    chownSync(folder, Number(execFileSync('id', ['-u', 'postgres'])), Number(execFileSync('id', ['-g', 'postgres'])))
  const data = made ?? join(folder, 'data')
  const [init, initWords] = asOwner(join(bin, 'initdb'), [
    '-D',
    data,
    '-A',
    'trust',
    '-U',
    'postgres',
    '-E',
    'UTF8',
    '--locale=C.UTF-8',
    '-N',
  ])
  if (made === undefined) execFileSync(init, initWords, { stdio: 'ignore' })
  const own = {
    fsync: 'off',
    full_page_writes: 'off',
    max_connections: '300',
    listen_addresses: '',
    unix_socket_directories: folder,
    ...settings,
  }
  const [program, words] = asOwner(join(bin, 'postgres'), [
    '-D',
    data,
    ...Object.entries(own).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ])
  const child = spawn(program, words, { stdio: 'ignore' })
  const url = `postgres://postgres@localhost${settings.port ? `:${settings.port}` : ''}/postgres?host=${encodeURIComponent(folder)}`
  await answers(url)
  return {
    url,
    pid: child.pid ?? 0,
    async stop() {
      const exit = once(child, 'exit')
      // Immediately: nothing of it is kept.
      child.kill('SIGQUIT')
      if (child.exitCode === null) await exit
      if (existsSync(folder)) rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

/** Resolves when it can be asked. A minute: after a kill it reads its log first, and others compute meanwhile. */
async function answers(url: string): Promise<void> {
  for (let left = 1200; ; left--) {
    const client = new pg.Client({ connectionString: url })
    try {
      await client.connect()
      return
    } catch (reason) {
      if (left === 0) throw reason
      await pause(50)
    } finally {
      await client.end().catch(() => {})
    }
  }
}
