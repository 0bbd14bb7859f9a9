/** What a study asks and plans by, as staff read it, and going over to another version. */
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { family } from '../harness/family.ts'
import { jobEnded } from '../harness/job-ended.ts'
import { type StaffClient, staffAt } from '../harness/staff.ts'
import { type StudyServer, startStudyServer } from '../harness/study-server.ts'

let server: StudyServer
let researcher: StaffClient
let manager: StaffClient
const nosik = 'nosik@0.1.0-standin'

before(async (t) => {
  server = await startStudyServer(t as never)
  await server.register(family('A-001'))
  researcher = await staffAt(server, 'researcher')
  manager = await staffAt(server, 'data manager')
})

test('every list of the study is there, with its scales, its norms, and what its translations lack', async () => {
  const { instruments, norms } = (await researcher.call('GET /studies/s1/definitions')).body
  const known = server.context.definitions.instruments
  for (const { reference, items, scales, isAsked } of instruments) {
    const { body } = await researcher.call(`GET /studies/s1/definitions/instruments/${reference}`)
    assert.deepEqual([body.scales.length, isAsked], [scales, true], reference)
    assert.ok(items > 0)
    for (const { language, untranslated } of body.languages) if (language === 'nl' || language === 'en') assert.deepEqual(untranslated, [])
  }
  assert.equal(norms.length, 4)
  const { body } = await researcher.call(`GET /studies/s1/definitions/instruments/${nosik}`)
  assert.deepEqual(body.scales[0].items, known.need(nosik).scales[0]?.items)
  const arabic = body.languages.find((one: { language: string }) => one.language === 'ar')
  assert.deepEqual([arabic.isDraft, typeof body.survey.title.ar], [true, 'string'])
  assert.ok(body.norms[0].source && body.norms[0].strata.length > 0 && body.norms[0].bands.bands.length === 5)
})

test('what is no list or version of the study is not there', async () => {
  for (const path of [
    'instruments/zap-kort@0.1.0-standin',
    'instruments/nosik@9.9.9',
    'instruments/constructor',
    `comparison?older=${nosik}&newer=veo@0.1.0-standin`,
    'protocol?version=uva-trial@0.1.0-standin',
    'calendar?cohort=nobody&arm=conference&day=2026-03-02',
  ])
    assert.equal((await researcher.call(`GET /studies/s1/definitions/${path}`)).status, 404, path)
  assert.equal((await researcher.call('GET /studies/s1/definitions/calendar?cohort=prospective&arm=conference&day=2026-02-31')).status, 400)
})

test('the protocol is a calendar: what opens, goes out and closes on which day', async () => {
  const { body } = await researcher.call('GET /studies/s1/definitions/calendar?cohort=prospective&arm=conference&day=2026-03-02')
  assert.equal(body.anchors.referral, '2026-03-02')
  const first = body.lines.filter(({ role, wave }: Record<string, string>) => role === 'parent' && wave === 'T0')
  assert.deepEqual(
    first.map(({ day, what }: Record<string, string>) => [day, what]),
    [
      ['2026-03-02', 'opens'],
      ['2026-03-02', 'invitation'],
      ['2026-03-09', 'reminder-1'],
      ['2026-03-16', 'reminder-2'],
      ['2026-03-30', 'closes'],
    ],
  )
})

test('a version is shown before it is adopted, for a reason, and one that does not fit is refused with why', async () => {
  const entry = { reference: 'familie-aan-zet@0.2.0-standin', from: '2026-03-02' }
  const { id } = (await manager.call('POST /studies/s1/definitions/adoption/preview', entry)).body
  const { preview } = await jobEnded(manager, id)
  assert.deepEqual([preview.isNew, preview.cases], [true, 1])
  assert.deepEqual(server.rows(`select * from events where kind = 'version adopted'`), [])
  for (const wrong of [
    { ...entry, from: '2026-03-01' },
    { ...entry, reference: 'uva-trial@0.1.0-standin' },
  ]) {
    const { status, body } = await manager.call('POST /studies/s1/definitions/adoption/preview', wrong)
    assert.equal(status, 409)
    assert.ok(body.error.why.length > 20)
  }
  const decision = { job: id, reason: 'Besluit van de commissie' }
  assert.equal((await manager.call('POST /studies/s1/definitions/adoption', { job: id })).status, 400, 'without a reason')
  await manager.call('POST /studies/s1/definitions/adoption', decision)
  assert.equal((await jobEnded(manager, id)).state, 'done')
  const [event] = server.rows<{ detail: string }>(`select detail from events where kind = 'version adopted'`)
  assert.deepEqual(JSON.parse(event?.detail ?? ''), { ...entry, staff: manager.id, why: 'Besluit van de commissie' })
  assert.equal((await researcher.call('GET /studies/s1/definitions/protocol')).body.reference, entry.reference)
})
