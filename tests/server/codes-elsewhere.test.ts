/** What is written about a case names other cases; whoever works in one region reads no code of another one. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { type TestContext, test } from 'node:test'
import { recordEvent } from '../../server/queries/events.ts'
import { codeKeys } from '../../server/workflow/codes-elsewhere.ts'
import { family } from '../harness/family.ts'
import { staffAt } from '../harness/staff.ts'
import { startStudyServer } from '../harness/study-server.ts'

const words = readFileSync(new URL('../../client/desk/texts/events.ts', import.meta.url), 'utf8')
const kinds = [...words.matchAll(/^ {2}'?([a-z ]+)'?: 'event/gm)].map(([, kind = '']) => kind)
const why = { reason: 'twee keer aangemeld' }

async function twoRegions(t: TestContext) {
  const server = await startStudyServer(t)
  await server.register(
    { ...family('N-001'), region: 'Noord' },
    { ...family('N-002'), region: 'Noord' },
    { ...family('Z-001'), region: 'Zuid' },
  )
  const north = await staffAt(server, [{ role: 'coordinator', region: 'Noord' }])
  const everywhere = await staffAt(server, 'data manager')
  const timeline = async ({ call }: typeof north): Promise<string> =>
    JSON.stringify((await call('GET /studies/s1/cases/N-001')).body.timeline)
  return { server, north, everywhere, timeline }
}

test('whatever an event says of a case of another region is not read there: of each kind, under each name', async (t) => {
  const { server, north, everywhere, timeline } = await twoRegions(t)
  const [{ id: caseId = '' } = {}] = server.rows<{ id: string }>(`select id from cases where code = 'N-001'`)
  assert.ok(kinds.length > 30 && kinds.includes('case taken out'), 'the kinds of event were not found')
  await server.context.stores.study.withTx(async (tx) => {
    for (const kind of kinds)
      for (const key of codeKeys) {
        const event = { at: server.clock.now(), studyId: 's1', caseId, kind }
        await recordEvent(tx, { ...event, detail: { [key]: 'Z-001' } })
        await recordEvent(tx, { ...event, detail: { [key]: 'N-002' } })
      }
  })
  const [shown, all] = [await timeline(north), await timeline(everywhere)]
  assert.ok(!shown.includes('Z-001'))
  assert.equal(shown.split('"N-002"').length - 1, kinds.length * codeKeys.length, 'of their own region they are read')
  assert.equal(all.split('"Z-001"').length - 1, kinds.length * codeKeys.length)
})

test('which family of another region stays is not told of one that was taken out as the same', async (t) => {
  const { north, everywhere, timeline } = await twoRegions(t)
  const out = await everywhere.call('POST /studies/s1/cases/N-001/taking-out', { code: 'double', sameAs: 'Z-001', ...why })
  assert.equal(out.status, 200)
  assert.match(await timeline(everywhere), /Z-001/)
  const seen = JSON.stringify((await north.call('GET /studies/s1/cases/N-001')).body)
  assert.ok(seen.includes('"case taken out"') && !seen.includes('Z-001'), seen)
})

test('what events name cases by stands in that list', () => {
  const folder = new URL('../../server/workflow/', import.meta.url)
  const sources = ['match-case.ts', 'mistaken-case.ts', 'replace-sampled.ts'].map((file) => readFileSync(new URL(file, folder), 'utf8'))
  const named = sources.flatMap((source) =>
    [...source.matchAll(/detail(?:: | = )\{(?:[^{}]|\{[^{}]*\})*\}/g)].flatMap(([detail]) =>
      [...detail.matchAll(/(\w+): (?:\w+\.)?code\b/g)].map(([, key = '']) => key),
    ),
  )
  assert.deepEqual([...new Set(named)].toSorted(), [...codeKeys].toSorted())
})
