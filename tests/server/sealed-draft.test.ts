/** A list begun on one device and opened on another: what was given before is kept, and cannot be read. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Catalogue } from '../../instruments/catalogue.ts'
import type { Answers, Survey } from '../../instruments/schema.ts'
import { address, answersTo, family } from '../harness/family.ts'
import { type Answer, Respondent } from '../harness/respondent.ts'
import { type StudyServer, startStudyServer } from '../harness/study-server.ts'

interface SeenDraft {
  revision: number
  answers: Answers
  page: string | null
  sealed: string[]
}

interface Filling {
  draft: SeenDraft | null
  instrument: { survey: Survey }
}

interface Refused {
  error: { code: string; current?: SeenDraft & { savedAt: string; save: string | null } }
}

/** A parent who agreed, on one device; `device()` is another one with the same link. */
async function begun(t: Parameters<typeof startStudyServer>[0]) {
  const server = await startStudyServer(t)
  await server.register(family('A-001'))
  await server.tick()
  const link = server.mail.linkTo(address('parent', 'A-001'))
  const device = async () => {
    const opened = new Respondent(server.origin)
    await opened.open(link)
    return opened
  }
  const first = await device()
  await first.consent()
  const { assignments } = await first.packet()
  const list = server.rows<{ id: string }>("SELECT id FROM assignments WHERE instrument_id = 'veo' AND state = 'open'")[0]?.id ?? ''
  assert.ok(assignments.some(({ id }) => id === list))
  return { server, link, device, first, path: `/api/assignments/${list}`, list }
}

const draft = async (from: Respondent, path: string) => {
  const { status, body } = await from.request<Filling>('GET', path)
  assert.equal(status, 200)
  return body.draft
}

const save = (from: Respondent, path: string, entry: Record<string, unknown>): Promise<Answer<{ revision: number } & Refused>> =>
  from.request('PUT', `${path}/draft`, { page: 'page1', ...entry })

const stored = (server: StudyServer): Answers =>
  JSON.parse(server.rows<{ answers: string }>('SELECT answers FROM drafts')[0]?.answers ?? '{}')

test('on another device one goes on: what was given before is named, not sent', async (t) => {
  const { device, first, path } = await begun(t)
  await save(first, path, { revision: 0, answers: { veo01: 2, veo02: 3 } })
  const second = await device()
  const { body } = await second.request<Filling>('GET', path)
  assert.deepEqual(body.draft, { revision: 1, answers: {}, page: 'veo_page1', sealed: ['veo01', 'veo02'] })
  assert.equal((await second.packet()).assignments.find(({ id }) => path.endsWith(id))?.answered, 2)
  assert.deepEqual(await draft(first, path), { revision: 1, answers: { veo01: 2, veo02: 3 }, page: 'page1', sealed: [] })
})

test('a browser that comes back with the same link finds everything, until somebody logs out on it', async (t) => {
  const { server, link, first, path } = await begun(t)
  await save(first, path, { revision: 0, answers: { veo01: 2 } })
  server.clock.set('2026-03-05T09:00:00Z')
  assert.equal((await first.request('GET', path)).status, 401, 'the session is over')
  await first.open(link)
  assert.deepEqual(await draft(first, path), { revision: 1, answers: { veo01: 2 }, page: 'page1', sealed: [] })
  const left = first.cookie
  assert.equal((await first.request('POST', '/api/packet/leave')).status, 204)
  await first.open(link)
  assert.deepEqual(await draft(first, path), { revision: 1, answers: {}, page: 'veo_page1', sealed: ['veo01'] })
  assert.notEqual(first.cookie, left)
})

test('logging out on a device ends its other sessions as well, and those of no other device', async (t) => {
  const { server, link, device, first, path } = await begun(t)
  await save(first, path, { revision: 0, answers: { veo01: 2 } })
  const second = await device()
  const otherWindow = new Respondent(server.origin)
  otherWindow.cookie = first.cookie
  await first.open(link)
  assert.equal((await otherWindow.request('GET', path)).status, 200)
  await first.request('POST', '/api/packet/leave')
  for (const gone of [first, otherWindow]) assert.equal((await gone.request('GET', path)).status, 401)
  assert.equal((await second.request('GET', path)).status, 200)
})

test('answers of both devices come together, each seen by the device that gave it', async (t) => {
  const { server, device, first, path } = await begun(t)
  await save(first, path, { revision: 0, answers: { veo01: 2, veo02: 3 } })
  const second = await device()
  assert.equal((await save(second, path, { revision: 1, answers: { veo03: 1 }, sealed: ['veo01', 'veo02'] })).status, 200)
  assert.deepEqual(stored(server), { veo01: 2, veo02: 3, veo03: 1 })
  assert.deepEqual(await draft(second, path), { revision: 2, answers: { veo03: 1 }, page: 'page1', sealed: ['veo01', 'veo02'] })
  assert.deepEqual(await draft(first, path), { revision: 2, answers: { veo01: 2, veo02: 3 }, page: 'veo_page1', sealed: ['veo03'] })
})

test('on another device one goes on at the page with the first open question, wherever it was left', async (t) => {
  const { server, device, first, path } = await begun(t)
  const all = answersTo(server.context.definitions.instruments.need('veo@0.1.0-standin'), 1)
  const { veo06, ...others } = all
  await save(first, path, { revision: 0, answers: others, page: 'veo_page1' })
  assert.equal((await draft(await device(), path))?.page, 'veo_page2')
  await save(first, path, { revision: 1, answers: { ...others, veo06 }, page: 'veo_page1' })
  assert.equal((await draft(await device(), path))?.page, 'veo_page3')
})

test('what is sealed can be answered anew, and taken back; then it is gone', async (t) => {
  const { server, device, first, path } = await begun(t)
  await save(first, path, { revision: 0, answers: { veo01: 2, veo02: 3 } })
  const second = await device()
  await save(second, path, { revision: 1, answers: { veo01: 4 }, sealed: ['veo02'] })
  assert.deepEqual(stored(server), { veo01: 4, veo02: 3 })
  assert.deepEqual((await draft(first, path))?.sealed, ['veo01'])
  await save(second, path, { revision: 2, answers: {}, sealed: ['veo02'] })
  assert.deepEqual(stored(server), { veo02: 3 })
  // Who says nothing of sealed answers leaves all of them.
  await save(second, path, { revision: 3, answers: { veo05: 1 } })
  assert.deepEqual(stored(server), { veo02: 3, veo05: 1 })
})

test('a save on an older state is refused with what this device may see of the newer one', async (t) => {
  const { device, first, path } = await begun(t)
  await save(first, path, { revision: 0, answers: { veo01: 2 }, save: 'page-a-1' })
  const second = await device()
  await save(second, path, { revision: 1, answers: { veo02: 4 }, save: 'page-b-1' })
  const { status, body } = await save(first, path, { revision: 1, answers: { veo01: 3 }, save: 'page-a-2' })
  assert.equal(status, 409)
  const { savedAt, ...current } = body.error.current ?? assert.fail()
  assert.deepEqual(current, { revision: 2, answers: { veo01: 2 }, page: 'veo_page1', sealed: ['veo02'], save: 'page-b-1' })
  assert.match(savedAt, /^2026-03-02T/)
})

test('the same save twice is stored once and answered the same', async (t) => {
  const { server, first, path } = await begun(t)
  const entry = { revision: 0, answers: { veo01: 2 }, save: 'page-a-1' }
  const answers = [await save(first, path, entry), await save(first, path, entry)]
  assert.deepEqual(answers[0], answers[1])
  assert.deepEqual(server.rows('SELECT revision FROM drafts'), [{ revision: 1 }])
  await save(first, path, { revision: 1, answers: { veo01: 3 }, save: 'page-a-2' })
  assert.equal((await save(first, path, entry)).status, 409, 'an older one does not come back')
})

test('a list is sent with the answers of both devices; open is what neither gave', async (t) => {
  const { server, device, first, path, list } = await begun(t)
  const all = answersTo(server.context.definitions.instruments.need('veo@0.1.0-standin'), 1)
  const { veo01, veo02, veo03, ...others } = all
  await save(first, path, { revision: 0, answers: { veo01, veo02 } })
  const second = await device()
  await save(second, path, { revision: 1, answers: others })
  const submission = {
    answers: others,
    skipped: [] as string[],
    language: 'nl',
    sealed: ['veo01', 'veo02'],
    revision: 2,
    save: 'page-b-send',
  }
  const send = (entry: object) => second.request<Refused & { error: { missing: { item: string }[] } }>('POST', `${path}/submit`, entry)
  const open = await send(submission)
  assert.equal(open.status, 422)
  assert.deepEqual(
    open.body.error.missing.map(({ item }) => item),
    ['veo03'],
  )
  const late = await send({ ...submission, revision: 1 })
  assert.equal(late.body.error.code, 'draft-outdated')
  for (const _ of ['once', 'again']) assert.equal((await send({ ...submission, skipped: ['veo03'] })).status, 200)
  assert.deepEqual(
    server.rows<{ answers: string }>('SELECT answers FROM responses').map(({ answers }) => JSON.parse(answers)),
    [{ veo01, veo02, ...others }],
  )
  assert.equal((await first.request<Refused>('GET', path)).body.error.code, 'assignment-closed')
  assert.equal((await second.submit(list, { ...all, veo01: 5 })).status, 409, 'whoever guesses is told nothing')
})

test('of a condition on a sealed answer the other device learns the outcome and not the answer', async (t) => {
  const { server, first, device, path, list } = await begun(t)
  const condition = 'veo02'
  const { definitions } = server.context
  const veo = definitions.instruments.need('veo@0.1.0-standin')
  const changed = structuredClone(veo)
  const item = changed.survey.pages.flatMap(({ elements }) => elements).find(({ name }) => name === condition)
  assert.ok(item && list)
  Object.assign(item, { visibleIf: '{veo01} > 2' })
  definitions.instruments = new Catalogue(definitions.instruments.all().map((one) => (one === veo ? changed : one)))
  await save(first, path, { revision: 0, answers: { veo01: 4 } })
  const { body } = await (await device()).request<Filling>('GET', path)
  const seen = body.instrument.survey.pages.flatMap(({ elements }) => elements).find(({ name }) => name === condition)
  assert.match(seen?.visibleIf ?? '', /\{veo01\} > 2.* or .*\{veo01\} empty/)
  assert.equal(JSON.stringify(body).includes('"veo01":'), false)
})
