/** A study is opened at the desk: by whom, from what, and what stands in the way. */
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { before, test } from 'node:test'
import { nameting } from '../harness/command.ts'
import { type StaffClient, staffAt } from '../harness/staff.ts'
import { type StudyServer, startStudyServer } from '../harness/study-server.ts'

let server: StudyServer
let bea: StaffClient

before(async (t) => {
  server = await startStudyServer(t as never)
  bea = await staffAt(server, [{ role: 'administrator', studyId: '*' }])
})

const draft = {
  id: 'pilot',
  protocol: 'familie-aan-zet@0.2.0-standin',
  title: 'Proefonderzoek',
  organisation: 'Onderzoeksgroep Voorbeeld',
  contact: 'vragen@voorbeeld.example',
  helpLine: null,
  regions: ['Amsterdam', 'Overijssel'],
  demonstration: false,
  standInsAcceptedBy: 'Bea Beheer',
  draftsAccepted: ['tr'],
  allocationSeed: '',
}
const open = (changes: object = {}) => bea.call('POST /new-study', { ...draft, ...changes })
const studies = () => server.rows<{ id: string }>('select id from studies order by id').map(({ id }) => id)

test('whoever administers everything sees by what a study can be opened, tries it out, and opens it; the log tells who', async () => {
  const { body } = await bea.call('GET /new-study')
  const choice = body.protocols.find(({ reference }: { reference: string }) => reference === draft.protocol)
  assert.ok(choice.standIns.length > 5 && choice.standIns[0].title.nl)
  assert.deepEqual([choice.languages, choice.drafts, choice.byLot], [['nl', 'en'], ['tr', 'ar', 'pl', 'de'], false])
  const ids: string[] = body.protocols.map(({ reference }: { reference: string }) => reference)
  assert.ok(ids.indexOf(draft.protocol) < ids.indexOf('familie-aan-zet@0.1.0-standin'), 'the latest version first')

  const preview = await bea.call('POST /new-study/preview', draft)
  assert.equal(preview.status, 200)
  assert.deepEqual(preview.body.languages, ['nl', 'en', 'tr'])
  assert.match(preview.body.mail.text, /vragen@voorbeeld\.example/)
  assert.equal(preview.body.mail.fromName, 'Onderzoeksgroep Voorbeeld')
  assert.ok(preview.body.asked.some(({ id, waves }: { id: string; waves: { lists: number }[] }) => id === 'parent' && waves[0]?.lists))
  assert.deepEqual(studies(), ['s1'], 'a preview opens nothing')

  const opened = await open()
  assert.deepEqual([opened.status, opened.body], [201, { id: 'pilot', title: 'Proefonderzoek', allocationCommitment: null }])
  const { data, standInsAcceptedBy } = (await bea.call('GET /studies/pilot/settings')).body
  assert.deepEqual([data.title, data.regions, data.helpLine, standInsAcceptedBy], ['Proefonderzoek', draft.regions, null, 'Bea Beheer'])
  assert.deepEqual(
    server.rows(`select staff_id, via, action, outcome from access_log where study_id = 'pilot' and action = 'opened study'`),
    [{ staff_id: bea.id, via: 'desk', action: 'opened study', outcome: 'allowed' }],
  )
  assert.equal((await bea.call('GET /studies/pilot/today')).body.isEmpty, true)
})

test('what stands in the way is told field by field, by preview and opening alike, and nothing is opened', async () => {
  const before = studies()
  const wrong: [object, string, string][] = [
    [{ id: 'Pilot 2' }, 'id', 'study id'],
    [{ id: 's1' }, 'id', 'study there'],
    [{ protocol: 'veo@9.0.0' }, 'protocol', 'no protocol'],
    [{ standInsAcceptedBy: '  ' }, 'standInsAcceptedBy', 'stand-ins'],
    [{ draftsAccepted: ['tr', 'fy'] }, 'draftsAccepted', 'no draft'],
    [{ allocationSeed: 'abc' }, 'allocationSeed', 'seed'],
    [{ allocationSeed: 'ab'.repeat(32) }, 'allocationSeed', 'no lots'],
  ]
  for (const [change, field, fault] of wrong)
    for (const route of ['POST /new-study', 'POST /new-study/preview']) {
      const { status, body } = await bea.call(route, { ...draft, id: 'other', ...change })
      const problems = body.error?.problems.map((problem: { field: string; fault: string }) => [problem.field, problem.fault])
      assert.deepEqual([status, problems], [422, [[field, fault]]], `${route} with ${JSON.stringify(change)}`)
    }
  assert.equal((await open({ id: 'other', title: 'A\nB' })).status, 400)
  assert.deepEqual(studies(), before)
})

test('of a protocol with lots the sha256 of the seed is told, and a study to practise in accepts no stand-ins by name', async () => {
  const seed = 'cd'.repeat(32)
  const trial = await open({ id: 'trial', protocol: 'uva-trial@0.1.0-standin', draftsAccepted: [], allocationSeed: seed })
  assert.equal(trial.body.allocationCommitment, createHash('sha256').update(Buffer.from(seed, 'hex')).digest('hex'))
  const practice = await open({ id: 'practice', demonstration: true, standInsAcceptedBy: '', draftsAccepted: [] })
  assert.equal(practice.status, 201)
  const me = (await bea.call('GET /me')).body
  assert.deepEqual([me.opensStudies, me.isDemonstration], [true, false])
  assert.equal(me.studies.find(({ id }: { id: string }) => id === 'practice').demonstration, true)
})

test('no other role opens a study, an administrator of one study or region does not either, and each try is in the log', async () => {
  const others = [
    await staffAt(server, [{ role: 'data manager', studyId: '*' }]),
    await staffAt(server, [{ role: 'administrator', studyId: 's1' }]),
    await staffAt(server, [{ role: 'administrator', studyId: '*', region: 'Amsterdam' }]),
  ]
  const before = studies()
  for (const { id, call } of others) {
    for (const [route, body] of [['GET /new-study'], ['POST /new-study', { ...draft, id: 'mine' }]] as const)
      assert.equal((await call(route, body)).status, 403, route)
    assert.equal((await call('GET /me')).body.opensStudies, false)
    const refused = server.rows(`select id from access_log where staff_id = '${id}' and action = 'open studies' and outcome = 'refused'`)
    assert.equal(refused.length, 2)
  }
  assert.deepEqual(studies(), before)
})

test('whoever has no role in a study that is there is told whom to ask, and nobody else is', async () => {
  const lost = await staffAt(server, [{ role: 'coordinator', studyId: 'gone' }])
  const { studies: seen, administrators } = (await lost.call('GET /me')).body
  assert.deepEqual(seen, [])
  assert.ok(administrators.some(({ name, address }: { name: string; address: string }) => name && address.endsWith('@bureau.example')))
  assert.deepEqual((await bea.call('GET /me')).body.administrators, [])
})

test('what is about a study as a whole is told apart from what may be done in some regions of it', async () => {
  const here = await staffAt(server, [{ role: 'data manager', region: 'Amsterdam' }])
  const [study] = (await here.call('GET /me')).body.studies
  assert.ok(study.may.includes('manage study') && !study.everywhere.includes('manage study'))
})

test('the command opens the same study, with its regions, for practice or not, and the log says that it was a command', async () => {
  const words = ['--protocol', draft.protocol, '--title', 'Oefenen', '--organisation', 'Groep', '--contact', 'a@voorbeeld.example']
  const add = (id: string, ...more: string[]) => nameting(server.environment, 'study', 'add', id, ...words, ...more)
  assert.match((await add('drill')).stderr, /uses stand-ins, not the real lists.*--accept-stand-ins/)
  const { code, stderr } = await add('drill', '--demonstration', '--regions', 'Amsterdam, Overijssel,Amsterdam')
  assert.deepEqual([code, stderr], [0, ''])
  const [row] = server.rows<{ demonstration: number; regions: string }>(`select demonstration, regions from studies where id = 'drill'`)
  assert.deepEqual([row?.demonstration, JSON.parse(row?.regions ?? '')], [1, ['Amsterdam', 'Overijssel']])
  assert.deepEqual(server.rows(`select via, staff_id from access_log where study_id = 'drill'`), [{ via: 'command', staff_id: null }])
})
