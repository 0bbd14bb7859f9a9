/** kill -9 of `nameting import` and `nameting export`, most of them while they write. */
import assert from 'node:assert/strict'
import { existsSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { verifyExport } from '../../server/export/verify-export.ts'
import { nameting } from '../harness/command.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { killedAfter, killsOf, seen, spawned, untilKilled } from '../harness/kills.ts'
import { manySessions } from '../harness/many-sessions.ts'
import { figure, seeded } from '../harness/seed.ts'
import { familiesPerFile, nothingTold } from './at-work.ts'
import { assertWhole } from './left-behind.ts'

const imports = killsOf('import')
const exports = killsOf('export')

test(`${imports} times kill -9 of an import: all families of a file are there or none, and the same file again does what is left`, async (t) => {
  const random = seeded(t)
  const folder = temporaryFolder(t)
  const data = join(folder, 'data')
  const { environment } = await manySessions(data, 1)
  const told = nothingTold()
  let done = 0
  await untilKilled(imports, async (round) => {
    const code = `K-${round}`
    const path = join(folder, `${code}.csv`)
    writeFileSync(path, csvOf(code))
    told.imports.sent.add(code)
    const contact = join(data, 'identity.sqlite-wal')
    const before = sizeOf(contact)
    const child = spawned(environment, 'import', '--study', 's1', path)
    // Contact data are written first: from then on it matters.
    const moment = (async () => {
      await seen(child, () => sizeOf(contact) > before)
      await wait(random() * 25)
    })()
    const ended = await killedAfter(child, moment)
    if (ended === 0) told.imports.done.add(code)
    await assertWhole(data, told)
    const again = await nameting(environment, 'import', '--study', 's1', path)
    if (again.code !== 0) {
      assert.match(again.stderr, /Nothing was registered/)
      if (ended === null) done++
    }
    // They are looked for with the next one.
    told.imports.done.add(code)
    return ended === null
  })
  await assertWhole(data, told)
  figure(t, 'kills of imports', imports)
  figure(t, 'kills of imports after they were committed', done)
})

test(`${exports} times kill -9 of an export: under its name there is a whole one or none, and the next one is not in its way`, async (t) => {
  const random = seeded(t)
  const folder = temporaryFolder(t)
  const { environment } = await manySessions(join(folder, 'data'), 60)
  const out = join(folder, 'out')
  const words = ['export', '--study', 's1', '--out', out, '--layout', 'long', 'wide', 'scores', '--format', 'csv', 'ndjson', 'xlsx']
  const partials = (): string[] => readdirSync(folder).filter((name) => name.startsWith('.out.partial-'))
  let whole = 0
  let inTheMiddle = 0
  await untilKilled(exports, async (round) => {
    const child = spawned(environment, ...words)
    const moment = (async () => {
      await seen(child, () => partials().length > 0 || existsSync(out))
      await wait(random() * 250)
    })()
    const isKilled = (await killedAfter(child, moment)) === null
    if (existsSync(out)) {
      const { missing, changed, extra } = await verifyExport(out)
      assert.deepEqual([missing, changed, extra], [[], [], []])
      rmSync(out, { recursive: true })
      whole++
    } else if (isKilled && partials().length > 0) inTheMiddle++
    for (const name of partials()) if (round % 10 > 0) rmSync(join(folder, name), { recursive: true })
    return isKilled
  })
  const last = await nameting(environment, ...words)
  assert.equal(last.code, 0, last.stderr)
  const { missing, changed, extra } = await verifyExport(out)
  assert.deepEqual([missing, changed, extra], [[], [], []])
  await assertWhole(join(folder, 'data'), nothingTold())
  figure(t, 'kills of exports', exports)
  figure(t, 'kills of exports while they were written', inTheMiddle)
  assert.ok(whole + inTheMiddle > 0 || exports < 5, 'no kill fell into the writing')
})

function csvOf(code: string): string {
  const today = new Date().toISOString().slice(0, 10)
  const lines = Array.from(
    { length: familiesPerFile },
    (_, n) => `${code}-${n},conference,prospective,${today},parent,Ouder Voorbeeld,${code}-${n}@voorbeeld.example,nl`,
  )
  return ['case_code,arm,cohort,referral_date,role,name,email,language', ...lines].join('\n')
}

const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0
