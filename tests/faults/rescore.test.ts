/** kill -9 of a re-scoring at work: whoever does it again ends where one that was not interrupted ends. */
import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { cliPath, nameting } from '../harness/command.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { writeDefinition } from '../harness/definition-folder.ts'
import { answersTo } from '../harness/family.ts'
import { entry, everybody, normTable, startRescoringStudy } from '../server/rescoring-study.ts'

/** So many families that a re-scoring takes many transactions. */
const families = 400
const words = ['rescore', '--study', 's1', '--norms', 'veo-total-test@2.0.0', 'pul-autonomy-test@1.0.0', '--yes']

test('killed again and again in the middle, then done: the same scores and events as without', async (t) => {
  const study = await startRescoringStudy(t)
  const codes = Array.from({ length: families }, (_, number) => `F-${number}`)
  await study.register(...codes.map((code) => entry(code)))
  const { instruments } = study.context.definitions
  await Promise.all(
    codes.flatMap((code, number) =>
      ['veo', 'pul'].map((list) => study.submit(code, list, answersTo(instruments.need(`${list}@1.0.0`), number % 5))),
    ),
  )
  writeDefinition(study.definitions, 'norms', normTable('veo', 'total', '2.0.0', everybody(36, 6)))
  writeDefinition(study.definitions, 'norms', normTable('pul', 'autonomy', '1.0.0', everybody(15, 4)))
  const untouched = join(temporaryFolder(t), 'data')
  // Not by this process: closing a file that SQLite has open here would give up its locks, and the next process empty what we have mapped.
  execFileSync('cp', ['-R', study.dataFolder, untouched])
  const whole = await nameting({ ...study.environment, DATA_DIR: untouched }, ...words)
  assert.equal(whole.code, 0, whole.stderr)
  const expected = recorded(untouched)
  const before = recorded(study.dataFolder)

  const seen: number[] = []
  for (let round = 0; round < 4; round++) seen.push(await killedAfter(study, before.scores.length + round * 200 + 40))
  t.diagnostic(`scores at each kill: ${seen.join(', ')}`)
  assert.ok(
    seen.some((count) => count > before.scores.length && count < expected.scores.length),
    'no kill fell in the middle',
  )

  const { code, stderr } = await nameting(study.environment, ...words)
  assert.equal(code, 0, stderr)
  assert.deepEqual(recorded(study.dataFolder), expected)
  assert.deepEqual(recorded(study.dataFolder).scores.slice(0, before.scores.length), before.scores)
  const again = await nameting(study.environment, ...words)
  assert.match(again.stdout, /No score changes\./)
  assert.deepEqual(recorded(study.dataFolder), expected)
})

/** Starts the command, kills it once there are so many scores, and returns how many there are then. */
async function killedAfter({ environment, rows }: Awaited<ReturnType<typeof startRescoringStudy>>, enough: number): Promise<number> {
  const count = () => rows<{ n: number }>('SELECT count(*) AS n FROM scores')[0]?.n ?? 0
  const child = spawn(process.execPath, [cliPath, ...words], { env: { PATH: process.env.PATH, ...environment }, stdio: 'ignore' })
  const ended = once(child, 'exit')
  while (child.exitCode === null && count() < enough) await wait(1)
  child.kill('SIGKILL')
  await ended
  return count()
}

/** All scores and events but the moments at which they were made. */
function recorded(folder: string) {
  const database = new Database(join(folder, 'study.sqlite'), { readonly: true })
  try {
    assert.deepEqual(database.pragma('integrity_check'), [{ integrity_check: 'ok' }])
    return {
      scores: database
        .prepare(
          'SELECT id, response_id, scale, raw, missing, reason, z, band, norm_id, norm_version, stratum, input_hash FROM scores ORDER BY id',
        )
        .all(),
      events: database.prepare('SELECT id, case_id, kind, detail FROM events ORDER BY id').all(),
      studies: database.prepare('SELECT * FROM studies').all(),
    }
  } finally {
    database.close()
  }
}
