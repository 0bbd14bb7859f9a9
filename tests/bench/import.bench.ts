/**
 * How long an import holds the write lock, beside how long it takes: whoever answers meanwhile waits for no more than that. The
 * number of cases may be given as an argument.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { registerCases } from '../../server/workflow/register-cases.ts'
import { family } from '../harness/family.ts'
import { openTestStudy } from '../harness/test-study.ts'

const wanted = Number(process.argv[2] ?? 5_000)
const folder = mkdtempSync(join(tmpdir(), 'nameting-bench-'))
try {
  const { context, study, rows, close } = await openTestStudy({ folder })
  const entries = Array.from({ length: wanted }, (_, number) => family(`F-${number}`))
  const { withTx } = context.stores.study
  /** The longest that a small write of somebody else waited, in ms. */
  let waited = 0
  let isOver = false
  const others = (async () => {
    while (!isOver) {
      const begin = performance.now()
      await withTx(async (tx) => void tx.run("UPDATE settings SET value = value WHERE name = 'nothing'"))
      waited = Math.max(waited, performance.now() - begin)
      await wait(10)
    }
  })()
  const begin = performance.now()
  await registerCases(context, study, entries)
  const took = performance.now() - begin
  isOver = true
  await others
  const [size] = rows<{ lists: number; mails: number }>(
    'SELECT (SELECT count(*) FROM assignments) AS lists, (SELECT count(*) FROM messages) AS mails',
  )
  console.log(`${wanted} cases, ${wanted * 3} rows of a file, ${size?.lists} assignments, ${size?.mails} messages`)
  console.log(
    `${(took / 1000).toFixed(1)} s for all of it; another write waited at most ${(waited / 1000).toFixed(2)} s (1 : ${(took / waited).toFixed(1)})`,
  )
  await close()
} finally {
  rmSync(folder, { recursive: true, force: true })
}
