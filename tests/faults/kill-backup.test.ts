/** kill -9 of `nameting backup` and `nameting restore`, in each of their phases. KILLS says how often of each: a few times in `npm test`. */
import assert from 'node:assert/strict'
import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { backupsIn } from '../../server/backup/backup-folder.ts'
import { newKeyPair } from '../../server/backup/keys.ts'
import { manifestName, readManifest } from '../../server/backup/manifest.ts'
import { checkDatabases } from '../../server/db/check-databases.ts'
import { assertAsWritten } from '../../server/workflow/make-backup.ts'
import { withdrawAndErase } from '../../server/workflow/stop-participant.ts'
import { namingProcess } from '../harness/command.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { family } from '../harness/family.ts'
import { killedAfter, killsOf, seen, spawned, untilKilled } from '../harness/kills.ts'
import { figure, seeded } from '../harness/seed.ts'
import { openTestStudy } from '../harness/test-study.ts'

/** Of each. */
const kills = killsOf('backup')

test(`${kills} times kill -9 of a backup and of a restore: under its name there is a whole one or none, and the study goes on`, async (t) => {
  const random = seeded(t)
  const folder = temporaryFolder(t)
  const [data, into] = [join(folder, 'data'), join(folder, 'backups')]
  const study = await openTestStudy({ folder: data })
  t.after(() => study.close())
  const { recipient, key } = await newKeyPair()
  const environment = { ...study.environment, BACKUP_RECIPIENT: recipient, BACKUP_KEY: key }
  // So much that the copies take a while.
  const filler = 'x'.repeat(1_000_000)
  await study.context.stores.study.withTx(async (tx) => {
    for (let at = 0; at < 30; at++) tx.run(`INSERT INTO settings (name, value) VALUES ('filler ${at}', '${filler}')`)
  })
  study.context.backups = into
  const first = await namingProcess(environment, 'backup', into)
  assert.equal(first.code, 0, first.stderr)
  const erased: string[] = []
  const assertRestored = (folder: string): void => {
    assert.deepEqual(
      checkDatabases(folder).flatMap(({ problems }) => problems),
      [],
    )
    assert.deepEqual(notErased(folder, erased), [], 'who stopped after the backup is not brought back')
  }
  const phases = { backup: 0, restore: 0 }
  /** Starts it, and kills it some time after a phase began, each phase in its turn. Whether it was still there. */
  const killedIn = async (what: keyof typeof phases, sights: (() => boolean)[], ...words: string[]): Promise<boolean> => {
    const child = spawned(environment, what, ...words)
    const sight = sights[phases[what]++ % sights.length] ?? (() => true)
    const moment = (async () => {
      await seen(child, sight)
      await wait(random() * 40)
    })()
    return (await killedAfter(child, moment)) === null
  }

  const looked = new Set<string>()
  await untilKilled(kills, async (round) => {
    const isKilled = await killedIn(
      'backup',
      [() => hasBegun(data, '.copying'), () => partials(into).length > 0, () => isSealed(into)],
      into,
    )
    await study.register(family(`A-${String(round).padStart(3, '0')}`))
    for (const { path } of await backupsIn(into)) {
      if (!looked.has(path)) await assertAsWritten(path, readManifest(path))
      looked.add(path)
    }
    return isKilled
  })
  // Those of before are still as they were.
  for (const { path } of await backupsIn(into)) {
    await assertAsWritten(path, readManifest(path))
    looked.delete(path)
  }
  assert.deepEqual(looked, new Set())
  const whole = await namingProcess(environment, 'backup', into)
  assert.equal(whole.code, 0, whole.stderr)
  const parents = study.rows<{ id: string }>("SELECT id FROM participants WHERE role = 'parent' ORDER BY id")
  await untilKilled(kills, async (round) => {
    const { id } = parents[round % parents.length] ?? { id: '' }
    if (!erased.includes(id)) {
      await withdrawAndErase(study.context, { id })
      erased.push(id)
    }
    const to = join(folder, `restored-${round}`)
    const within = () => (existsSync(to) ? readdirSync(to) : []).filter((name) => name.startsWith('.restoring'))
    const isKilled = await killedIn(
      'restore',
      [
        () => within().length > 0,
        () => within().some((name) => existsSync(join(to, name, 'study.sqlite'))),
        () => within().some((name) => existsSync(join(to, name, 'study.sqlite-wal'))),
        () => existsSync(join(to, 'identity.sqlite')),
      ],
      (await backupsIn(into)).at(-1)?.path ?? '',
      '--to',
      to,
    )
    // The study is put in its place last: with it all is there.
    if (existsSync(join(to, 'study.sqlite'))) assertRestored(to)
    rmSync(to, { recursive: true, force: true })
    return isKilled
  })
  const before = (await backupsIn(into)).at(-1)?.path ?? ''
  const last = await namingProcess(environment, 'backup', into)
  assert.equal(last.code, 0, last.stderr)
  assert.deepEqual(
    readdirSync(data).filter((name) => name.startsWith('.copying')),
    [],
    'what kills left behind is gone',
  )
  const restored = await namingProcess(environment, 'restore', before, '--to', join(folder, 'restored'))
  assert.equal(restored.code, 0, restored.stderr)
  assertRestored(join(folder, 'restored'))
  assert.equal(study.rows('SELECT * FROM cases').length, parents.length)
  assert.deepEqual(
    checkDatabases(data).flatMap(({ problems }) => problems),
    [],
  )
  figure(t, 'kills of backups and restores', 2 * kills)
})

const hasBegun = (folder: string, begin: string): boolean => readdirSync(folder).some((name) => name.startsWith(begin))

const partials = (folder: string): string[] => readdirSync(folder).filter((name) => name.includes('.partial-'))

/** All is in it, and it has its name at any moment. */
const isSealed = (folder: string): boolean => partials(folder).some((name) => existsSync(join(folder, name, manifestName)))

/** Of whom a data folder still has the answers, or whom it takes to go on. */
function notErased(folder: string, participants: readonly string[]): string[] {
  const study = new Database(join(folder, 'study.sqlite'), { readonly: true })
  try {
    const erased = study.prepare("SELECT 1 FROM participants WHERE id = ? AND state = 'withdrawn' AND answers_erased_at IS NOT NULL")
    return participants.filter((id) => erased.get(id) === undefined)
  } finally {
    study.close()
  }
}
