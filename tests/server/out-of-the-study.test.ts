/** What staff and people see of a family after it was taken out of the study: its link, its tasks, its contact data, a change that came too late. */
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { textsIn } from '../../server/pages/texts/languages.ts'
import { assignmentsOfCase, moveAssignment } from '../../server/queries/assignments.ts'
import { queues } from '../../server/queries/queues.ts'
import { address, family } from '../harness/family.ts'
import { staffAt } from '../harness/staff.ts'
import { startStudyServer } from '../harness/study-server.ts'

const reason = 'proefgezin'

/** A-001 and A-002, of which the first mails went out; A-002 is about to go. */
async function mailed(t: TestContext) {
  const server = await startStudyServer(t, '2026-03-02T09:30:00Z')
  const [, goes = ''] = await server.register(family('A-001'), family('A-002'))
  server.clock.set('2026-03-03T09:00:00Z')
  await server.tick()
  const { call } = await staffAt(server, 'data manager')
  const parent = server.rows<{ id: string }>(`select id from participants where role = 'parent' and case_id = '${goes}'`)[0]?.id ?? ''
  const at = (path: string) => `/studies/s1/cases/A-002${path}`
  return { server, call, at, goes, parent, out: () => call(`POST ${at('/taking-out')}`, { code: 'test', reason }) }
}

test('its link says in the language of the reader that nothing is asked there, and how to have contact data erased; a parent of another family is asked', async (t) => {
  const { server, out } = await mailed(t)
  const link = server.mail.linkTo(address('parent', 'A-002'))
  await out()
  const { contact } = server.study
  for (const language of ['nl', 'en', 'tr', 'ar', 'pl', 'de']) {
    for (const method of ['GET', 'POST']) {
      const headers = { Origin: server.origin, ...(language === 'nl' && { 'Accept-Language': 'nl' }) }
      const page = await fetch(`${link}?language=${language}`, { method, redirect: 'manual', headers })
      assert.equal(page.status, 410, `${method} ${language}`)
      const text = await page.text()
      assert.ok(text.includes(contact) && !text.includes('<form'), language)
      // A study shows its own languages; in any other one the page is in that of the participant.
      const shown = /<html[^>]* lang="(\w+)"/.exec(text)?.[1] ?? ''
      assert.ok(text.includes(textsIn(shown).notAskedTitle), `${language}: ${shown}`)
    }
  }
  assert.equal((await fetch(server.mail.linkTo(address('parent', 'A-001')))).status, 200)
  assert.deepEqual(server.rows('select participant_id from sessions'), [])
})

test('a change that comes after it says what happened, as every change does', async (t) => {
  const { call, at, parent, out } = await mailed(t)
  await out()
  for (const path of ['', '/preview']) {
    const { status, body } = await call(`POST ${at(`${path}/people/${parent}/address`)}`, { telephone: '06-00000013', reason })
    assert.deepEqual([status, body.error.code, body.error.fault], [409, 'change-refused', 'mistaken-case'], path)
  }
})

test('its tasks count nowhere until it is put back', async (t) => {
  const { server, call, at, parent, out } = await mailed(t)
  await call(`POST ${at(`/people/${parent}/attempts`)}`, { means: 'call', outcome: 'refused' })
  const open = async () => (await queues(server.context.stores.study.read, server.clock.now())).tasks
  assert.equal(await open(), 1)
  await out()
  assert.equal(await open(), 0)
  await call(`POST ${at('/putting-back')}`, { reason })
  assert.equal(await open(), 1)
})

test('its contact data are kept from the day on which it went, as the preview says, however long ago its lists had closed', async (t) => {
  const { server, call, goes, out } = await mailed(t)
  await server.context.stores.study.withTx(async (tx) => {
    for (const one of await assignmentsOfCase(tx, goes))
      await moveAssignment(tx, one.id, { ...one, state: 'expired', closesAt: '2024-01-01T00:00:00.000Z' })
  })
  await call('POST /studies/s1/settings', { contactMonths: 3, reason })
  await out()
  const kept = () => server.rows(`select id from participants where case_id = '${goes}' and contact_removed_at is null`).length
  const all = kept()
  server.clock.set('2026-06-02T09:30:00Z')
  const { call: ask } = await staffAt(server, 'data manager')
  assert.deepEqual((await ask('GET /studies/s1/retention?months=3')).body.codes, [])
  await server.tick()
  assert.equal(kept(), all)
  server.clock.set('2026-06-04T09:30:00Z')
  const { call: later } = await staffAt(server, 'data manager')
  assert.deepEqual((await later('GET /studies/s1/retention?months=3')).body.codes, ['A-002'])
  await server.tick()
  assert.equal(kept(), 0)
})
