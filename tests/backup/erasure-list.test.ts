/** The list of erasures has each line whole or not at all, on a disk that fills up and after the power went. */
import assert from 'node:assert/strict'
import { appendFileSync, closeSync, openSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { addToErasureList, type ErasureLine, erasureListIn, lastListed, readErasureList } from '../../server/backup/erasure-list.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { mayMount, smallDisk } from '../harness/small-disk.ts'

const list = 'first abc'
const wish = (event: number): ErasureLine => ({
  list,
  event,
  at: '2026-11-22T14:07:22.023Z',
  what: 'withdrawn',
  participant: '352fqbvh7m8c',
})
const mark = (event: number): ErasureLine => ({ list, event, at: '2026-11-22T14:07:23.023Z', what: 'backup made', backup: 'nameting-2026' })

test('on a disk that fills up a line is there whole or is refused, and the list goes on when there is room', {
  skip: !mayMount,
}, async (t) => {
  const folder = smallDisk(t, 16)
  const path = erasureListIn(folder)
  await addToErasureList(path, [wish(1)])
  const filling = join(folder, 'filling')
  const file = openSync(filling, 'w')
  assert.throws(() => {
    for (;;) writeSync(file, Buffer.alloc(4096))
  }, /ENOSPC/)
  closeSync(file)
  const told = [1]
  let refused = 0
  for (let event = 2; refused === 0 && event < 200; event++)
    await addToErasureList(path, [wish(event)]).then(
      () => told.push(event),
      ({ code }: { code: string }) => {
        assert.equal(code, 'ENOSPC')
        refused = event
      },
    )
  assert.ok(refused > 2, 'the page was filled')
  assert.deepEqual(
    (await readErasureList(path)).map(({ event }) => event),
    told,
  )
  assert.equal(readFileSync(path, 'utf8').at(-1), '\n')
  rmSync(filling)
  await addToErasureList(path, [wish(refused)])
  assert.deepEqual([await lastListed(path, list), (await readErasureList(path)).length], [refused, refused])
})

test('a last line that was cut off anywhere is taken away by the next, whatever that is', async (t) => {
  const path = erasureListIn(temporaryFolder(t))
  await addToErasureList(path, [wish(3)])
  const { size } = statSync(path)
  for (const torn of [mark(5), wish(5)]) {
    const bytes = Buffer.from(`${JSON.stringify(torn)}\n`)
    for (const kept of [1, 30, 80, bytes.length - 20, bytes.length - 1]) {
      truncateSync(path, size)
      appendFileSync(path, bytes.subarray(0, kept))
      await addToErasureList(path, [mark(6)])
      assert.deepEqual(await readErasureList(path), [wish(3), mark(6)], `${kept} bytes of ${torn.what}`)
    }
  }
})

test('lines of which the power kept a sector from the disk are left out, and those behind them are read', async (t) => {
  const path = erasureListIn(temporaryFolder(t))
  await addToErasureList(path, [wish(3), wish(4), wish(5)])
  const bytes = readFileSync(path)
  const each = bytes.length / 3
  writeFileSync(path, bytes.fill(0, each + 20, 2 * each + 20))
  await addToErasureList(path, [wish(6)])
  assert.deepEqual(await readErasureList(path), [wish(3), wish(6)])
})

test('the mark of a backup that was cut off by an earlier version does not spoil the list', async (t) => {
  const path = erasureListIn(temporaryFolder(t))
  writeFileSync(path, `${JSON.stringify(mark(5)).slice(0, -20)}\n${JSON.stringify(wish(6))}\n`)
  assert.deepEqual(await readErasureList(path), [wish(6)])
})
