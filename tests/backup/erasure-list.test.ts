/** The list of erasures has each line whole or not at all, on a disk that fills up and after the power went. */
import assert from 'node:assert/strict'
import { appendFileSync, closeSync, openSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { addToErasureList, type ErasureLine, erasureListIn, lastListed } from '../../server/backup/erasure-list.ts'
import { type ErasureList, readErasureList } from '../../server/backup/read-erasure-list.ts'
import { standsFor } from '../../server/backup/whole-copy.ts'
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
    (await readErasureList(path)).lines.map(({ event }) => event),
    told,
  )
  assert.equal(readFileSync(path, 'utf8').at(-1), '\n')
  rmSync(filling)
  await addToErasureList(path, [wish(refused)])
  const { lines } = await readErasureList(path)
  assert.deepEqual([lastListed(lines, list), lines.length], [refused, refused])
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
      assert.deepEqual((await readErasureList(path)).lines, [wish(3), mark(6)], `${kept} bytes of ${torn.what}`)
    }
  }
})

test('a place that a disk has lost is told, wherever it is, and the lines around it are read', async (t) => {
  const path = erasureListIn(temporaryFolder(t))
  await addToErasureList(path, [wish(3), wish(4), wish(5)])
  const whole = readFileSync(path)
  const each = whole.length / 3
  writeFileSync(path, Buffer.from(whole).fill(0, each + 20, 2 * each + 20))
  await addToErasureList(path, [wish(6)])
  const { lines, unread } = await readErasureList(path)
  assert.deepEqual(lines, [wish(3), wish(6)])
  assert.deepEqual(unread, [{ line: 2, bytes: 2 * each, before: wish(3), behind: wish(6), isMadeGood: false }])

  const all = [wish(3), wish(4), wish(5)]
  await fc.assert(
    fc.asyncProperty(fc.nat(whole.length - 1), fc.integer({ min: 1, max: whole.length }), async (from, length) => {
      writeFileSync(path, Buffer.from(whole).fill(0, from, Math.min(from + length, whole.length)))
      const read = await readErasureList(path)
      const isTouched = (at: number) => from < (at + 1) * each && from + length > at * each
      const untouched = all.filter((_, at) => !isTouched(at))
      assert.deepEqual([read.unread.length, read.unread[0]?.isMadeGood], [1, false])
      // With its end a line takes the next one along.
      assert.ok(
        read.lines.length >= untouched.length - 1 && read.lines.every(({ event }) => untouched.some((line) => line.event === event)),
      )
      // What is written next ends the place, and takes nothing of it away.
      await addToErasureList(path, [wish(6)])
      const next = await readErasureList(path)
      assert.deepEqual([next.lines.at(-1), next.unread.length], [wish(6), 1])
    }),
    { numRuns: 25 },
  )
})

test('another list stands for a damaged one only where it has what can be read of it and enough beside that', async (t) => {
  const path = erasureListIn(temporaryFolder(t))
  const lines = [mark(1), ...[2, 3, 4, 5, 6, 7].map(wish)]
  const listOf = (some: readonly ErasureLine[]): ErasureList => ({ lines: [...some], unread: [] })
  await addToErasureList(path, lines)
  const whole = readFileSync(path)
  const starts = lines.map((_, at) =>
    Buffer.byteLength(
      lines
        .slice(0, at)
        .map((line) => `${JSON.stringify(line)}\n`)
        .join(''),
    ),
  )
  await fc.assert(
    fc.asyncProperty(fc.nat(lines.length - 1), fc.integer({ min: 1, max: lines.length }), async (from, count) => {
      const [begin, end] = [starts[from] ?? 0, starts[from + count] ?? whole.length]
      writeFileSync(path, Buffer.from(whole).fill(0, begin, end))
      const damaged = await readErasureList(path)
      assert.equal(standsFor(listOf(lines), damaged), true)
      for (let kept = 0; kept < Math.min(from + count, lines.length); kept++)
        assert.equal(standsFor(listOf(lines.slice(0, kept)), damaged), false, `an older copy with ${kept} lines`)
      assert.equal(standsFor(damaged, damaged), false)
    }),
    { numRuns: 40 },
  )
})

test('only whoever keeps a list has written it again: others may have stood there before it', async (t) => {
  const path = erasureListIn(temporaryFolder(t))
  const later = (event: number): ErasureLine => ({ ...wish(event), list: 'later' })
  const again = (of: string): ErasureLine => ({ list: of, event: 9, at: '2026-11-23T00:00:00.000Z', what: 'written again' })
  const isMadeGood = async (around: [ErasureLine?, ErasureLine?], mark: ErasureLine) => {
    const [before, behind] = around.map((line) => (line ? `${JSON.stringify(line)}\n` : ''))
    writeFileSync(path, `${before}\0\0\0\n${behind}${JSON.stringify(mark)}\n`)
    return (await readErasureList(path)).unread[0]?.isMadeGood
  }
  assert.equal(await isMadeGood([wish(1), wish(2)], again(list)), true)
  assert.equal(await isMadeGood([undefined, wish(2)], again(list)), true, 'its first line')
  assert.equal(await isMadeGood([wish(1), wish(2)], again('later')), false)
  assert.equal(await isMadeGood([wish(1), later(2)], again('later')), false)
  assert.equal(await isMadeGood([undefined, later(2)], again('later')), false, 'whose list came before it cannot be known')
  assert.equal(await isMadeGood([later(1), later(2)], again('later')), true)
})

test('the mark of a backup that was cut off by an earlier version does not spoil the list', async (t) => {
  const path = erasureListIn(temporaryFolder(t))
  writeFileSync(path, `${JSON.stringify(mark(5)).slice(0, -20)}\n${JSON.stringify(wish(6))}\n`)
  assert.deepEqual(await readErasureList(path), { lines: [wish(6)], unread: [] })
})
