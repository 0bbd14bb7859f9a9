/** kill -9 of `nameting backup` and `nameting restore` at random moments. KILLS says how often of each: a few times in `npm test`. */
import assert from 'node:assert/strict'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { backupsIn } from '../../server/backup/backup-folder.ts'
import { newKeyPair } from '../../server/backup/keys.ts'
import { readManifest } from '../../server/backup/manifest.ts'
import { checkDatabases } from '../../server/db/check-databases.ts'
import { assertAsWritten } from '../../server/workflow/make-backup.ts'
import { namingProcess } from '../harness/command.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { family } from '../harness/family.ts'
import { killed, killsOf } from '../harness/kills.ts'
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
  const begun = performance.now()
  const first = await namingProcess(environment, 'backup', into)
  assert.equal(first.code, 0, first.stderr)
  const takes = performance.now() - begun

  for (let round = 0; round < kills; round++) {
    await killed(environment, random() * takes, 'backup', into)
    await study.register(family(`A-${String(round).padStart(3, '0')}`))
    for (const { path } of await backupsIn(into)) await assertAsWritten(path, readManifest(path))
    const to = join(folder, `restored-${round}`)
    await killed(environment, random() * takes * 2, 'restore', (await backupsIn(into)).at(-1)?.path ?? '', '--to', to)
    // The study is put in its place last: with it all is there.
    if (existsSync(join(to, 'study.sqlite')))
      assert.deepEqual(
        checkDatabases(to).flatMap(({ problems }) => problems),
        [],
      )
  }
  const last = await namingProcess(environment, 'backup', into)
  assert.equal(last.code, 0, last.stderr)
  assert.deepEqual(
    readdirSync(data).filter((name) => name.startsWith('.copying')),
    [],
    'what kills left behind is gone',
  )
  const restored = await namingProcess(environment, 'restore', (await backupsIn(into)).at(-1)?.path ?? '', '--to', join(folder, 'restored'))
  assert.equal(restored.code, 0, restored.stderr)
  assert.equal(study.rows('SELECT * FROM cases').length, kills)
  assert.deepEqual(
    checkDatabases(data).flatMap(({ problems }) => problems),
    [],
  )
  figure(t, 'kills of backups and restores', 2 * kills)
})
