/** A list without any script: records, conditions, pages that are old, and pages that come twice. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { temporaryFolder } from '../harness/data-folder.ts'
import { address, family } from '../harness/family.ts'
import { PlainBrowser } from '../harness/plain-browser.ts'
import { coordinatorAddress, plannedCase, recordsProtocol, writeRecordsStudy } from '../harness/records-study.ts'
import { type StudyServer, startStudyServer } from '../harness/study-server.ts'

type Test = Parameters<typeof startStudyServer>[0]

const draftIn = (server: StudyServer): Record<string, unknown> =>
  JSON.parse(server.rows<{ answers: string }>('select answers from drafts')[0]?.answers ?? '{}')

async function enter(server: StudyServer, email: string): Promise<PlainBrowser> {
  const browser = new PlainBrowser(server.origin)
  await browser.open(server.mail.linkTo(email))
  await browser.press('Verder')
  for (const [, name = ''] of browser.page.html.matchAll(/name="(consent-[\w-]+)"/g)) browser.fill(name, '1')
  if (browser.heading === 'Doet u mee?') await browser.press('Verder')
  return browser
}

/** A coordinator at the list of placements: a question, and records that come with one of its answers. */
async function atRecords(t: Test) {
  const definitions = writeRecordsStudy(temporaryFolder(t))
  const server = await startStudyServer(t, '2026-03-02T09:00:00Z', { definitions, entry: { protocol: recordsProtocol } })
  await server.register(plannedCase)
  await server.tick()
  const browser = await enter(server, coordinatorAddress)
  const id = server.rows<{ id: string }>("select id from assignments where instrument_id = 'placements'")[0]?.id ?? ''
  await browser.open(`/packet/lists/${id}`)
  return { server, browser, id }
}

/** A parent at the first page of their first list: five statements of twenty-five. */
async function atList(t: Test) {
  const server = await startStudyServer(t)
  await server.register(family('EK-001'))
  await server.tick()
  const browser = await enter(server, address('parent', 'EK-001'))
  await browser.follow('Beginnen')
  return { server, browser, id: new URL(browser.page.address).pathname.split('/').at(-1) ?? '' }
}

test('what an answer brings along is asked on the same page, before one goes on', async (t) => {
  const { server, browser } = await atRecords(t)
  assert.doesNotMatch(browser.text, /Which\?/)
  browser.fill('placed', '1')
  await browser.press('Versturen')
  assert.match(browser.text, /Which\?/)
  assert.deepEqual(draftIn(server), { placed: 1 })
})

test('records are added, filled in, and taken away again, with one question where something was filled in', async (t) => {
  const { server, browser } = await atRecords(t)
  browser.fill('placed', '1')
  await browser.press('Versturen')
  const add = browser.posting('Nog één toevoegen')
  await browser.post(add)
  await browser.post(add)
  assert.deepEqual(draftIn(server), { placed: 1, placements: [{}] }, 'a button that is pressed twice adds one record')
  browser.fill('placements[0].kind', '1')
  browser.fill('placements[0].company', '1', '2')
  await browser.press('Nog één toevoegen')
  browser.fill('placements[1].nights', '12')
  browser.fill('placements[1].ended', '1')
  await browser.press('Versturen')
  assert.deepEqual(draftIn(server).placements, [
    { kind: 1, company: [1, 2] },
    { ended: 1, nights: 12 },
  ])
  assert.match(browser.text, /staat er op dit scherm een vraag bij/)
  browser.fill('placements[1].end', '2026-02-01')
  await browser.press('Nog één toevoegen')
  const third = browser.page.html.split('Nummer 3').length
  assert.ok(third > 1)

  // An empty one goes at once, one with answers is asked about.
  await browser.post(removing(browser, 2))
  assert.equal((draftIn(server).placements as unknown[]).length, 2)
  await browser.post(removing(browser, 0))
  assert.match(browser.text, /Wilt u “Nummer 1” weghalen\?/)
  assert.equal((draftIn(server).placements as unknown[]).length, 2)
  await browser.press('Nee, laten staan')
  assert.equal((draftIn(server).placements as unknown[]).length, 2)
  await browser.post(removing(browser, 0))
  const sure = browser.posting('Ja, weghalen')
  await browser.post(sure)
  await browser.post(sure)
  assert.deepEqual(draftIn(server).placements, [{ ended: 1, nights: 12, end: '2026-02-01' }], 'twice takes away one')
})

/** The button under one of the records. */
function removing(browser: PlainBrowser, index: number) {
  const { action, body } = browser.posting('Weghalen')
  const fields = new URLSearchParams(body)
  fields.set('list-step', `remove placements[${index}]`)
  return { action, body: `${fields}` }
}

test('what was typed and is no answer stands there again, with what is wrong; the rest is kept', async (t) => {
  const { server, browser } = await atRecords(t)
  browser.fill('placed', '1')
  await browser.press('Versturen')
  await browser.press('Nog één toevoegen')
  browser.fill('placements[0].kind', '2')
  browser.fill('placements[0].nights', 'twelve')
  await browser.press('Versturen')
  assert.equal(browser.page.status, 422)
  assert.deepEqual(browser.valueOf('placements[0].nights'), ['twelve'])
  assert.match(browser.text, /Vul hier een getal in\./)
  assert.deepEqual(draftIn(server), { placed: 1, placements: [{ kind: 2 }] })
  browser.fill('placements[0].nights', '12')
  await browser.press('Versturen')
  await browser.press('Openlaten en versturen')
  assert.deepEqual(
    server.rows<{ answers: string }>('select answers from responses').map(({ answers }) => JSON.parse(answers)),
    [{ placed: 1, placements: [{ kind: 2, nights: 12 }] }],
  )
})

test('an answer is taken back', async (t) => {
  const { server, browser } = await atList(t)
  browser.fill('nosik01', '2')
  browser.fill('nosik02', '3')
  await browser.press('Volgende')
  await browser.press('Vorige')
  await browser.press('Antwoord wissen')
  assert.deepEqual(draftIn(server), { nosik02: 3 })
})

test('a button that is pressed twice, and a page that is loaded anew, do it once', async (t) => {
  const { server, browser } = await atList(t)
  browser.fill('nosik01', '2')
  const next = browser.posting('Volgende')
  await Promise.all([browser.duplicate().post(next), browser.duplicate().post(next)])
  await browser.post(next)
  assert.match(browser.text, /Vraag 6–10 van 25/)
  for (let page = 0; page < 3; page++) await browser.press('Volgende')
  await browser.press('Versturen')
  assert.equal(browser.page.status, 422)
  const send = browser.posting('Openlaten en versturen')
  await browser.post(send)
  assert.equal(browser.heading, 'Uw vragenlijsten')
  await browser.post(send)
  assert.equal(browser.heading, 'Deze lijst is al ingevuld')
  assert.equal(server.rows('select * from responses').length, 1)
})

test('an old page whose answers are not answered otherwise goes in by itself', async (t) => {
  const { server, browser } = await atList(t)
  const old = browser.duplicate()
  await browser.press('Volgende')
  browser.fill('nosik06', '4')
  await browser.press('Volgende')
  old.fill('nosik01', '2')
  await old.press('Volgende')
  assert.deepEqual(draftIn(server), { nosik01: 2, nosik06: 4 })
  assert.match(old.text, /Vraag 6–10 van 25/)
})

test('an old page that would take the place of newer answers asks first; either choice is done', async (t) => {
  for (const choice of ['De antwoorden op dit scherm', 'De antwoorden van de andere plek']) {
    const { server, browser } = await atList(t)
    const old = browser.duplicate()
    browser.fill('nosik01', '2')
    browser.fill('nosik03', '5')
    await browser.press('Volgende')
    old.fill('nosik01', '6')
    old.fill('nosik02', '4')
    await old.press('Volgende')
    assert.equal(old.page.status, 409)
    assert.equal(old.heading, 'Deze lijst is ook ergens anders ingevuld')
    assert.match(old.text, /Op dit scherm: 3 vragen ingevuld\. Op de andere plek: 2 vragen ingevuld/)
    assert.deepEqual(draftIn(server), { nosik01: 2, nosik03: 5 }, 'nothing happened yet')
    await old.press(choice)
    const isOwn = choice === 'De antwoorden op dit scherm'
    assert.deepEqual(draftIn(server), isOwn ? { nosik01: 6, nosik02: 4, nosik03: 5 } : { nosik01: 2, nosik03: 5 })
    assert.match(old.text, /Vraag 6–10 van 25/)
  }
})

test('while one chooses, what went on elsewhere is asked about again', async (t) => {
  const { server, browser } = await atList(t)
  const old = browser.duplicate()
  browser.fill('nosik01', '2')
  await browser.press('Volgende')
  old.fill('nosik01', '6')
  await old.press('Volgende')
  await browser.press('Vorige')
  browser.fill('nosik01', '3')
  await browser.press('Volgende')
  await old.press('De antwoorden op dit scherm')
  assert.equal(old.page.status, 409)
  assert.deepEqual(draftIn(server), { nosik01: 3 })
  await old.press('De antwoorden op dit scherm')
  assert.deepEqual(draftIn(server), { nosik01: 6 })
})

test('of answers of another device the page that asks tells nothing but how many there are', async (t) => {
  const { server, browser, id } = await atList(t)
  const other = await enter(server, address('parent', 'EK-001'))
  await other.open(`/packet/lists/${id}`)
  for (const item of [1, 2, 3]) browser.fill(`nosik0${item}`, '5')
  await browser.press('Volgende')
  other.fill('nosik01', '2')
  await other.press('Volgende')
  assert.equal(other.page.status, 409)
  assert.match(other.text, /Op dit scherm: 1 vraag ingevuld\. Op de andere plek: 3 vragen ingevuld/)
  assert.doesNotMatch(other.page.html, /"nosik0[1-3]":5|name="nosik0[1-3]" value="5"[^>]*checked/)
  await other.press('De antwoorden op dit scherm')
  assert.deepEqual(draftIn(server), { nosik01: 2, nosik02: 5, nosik03: 5 }, 'what was answered only there stands')
  assert.doesNotMatch(other.page.html, /"nosik0[1-3]":5|name="nosik0[1-3]" value="5"[^>]*checked/)
})

test('an answer of another device is given anew on request, and stands until then', async (t) => {
  const { server, browser, id } = await atList(t)
  browser.fill('nosik01', '5')
  await browser.press('Later verdergaan')
  const other = await enter(server, address('parent', 'EK-001'))
  await other.open(`/packet/lists/${id}`)
  assert.match(other.text, /U vulde al 1 vraag in op een ander apparaat/)
  assert.doesNotMatch(other.page.html, /name="nosik01"/)
  await other.press('Opnieuw beantwoorden')
  assert.match(other.text, /vervalt het antwoord dat er al was/)
  assert.deepEqual(draftIn(server), { nosik01: 5 })
  other.fill('nosik01', '2')
  await other.press('Volgende')
  assert.deepEqual(draftIn(server), { nosik01: 2 })
})

test('an address of a list with signs in it that no header takes is answered as any that is not there', async (t) => {
  const { server, browser } = await atRecords(t)
  const headers = { Cookie: browser.cookie, Origin: server.origin, 'Content-Type': 'application/x-www-form-urlencoded' }
  for (const path of ['/packet/lists/x%0d%0aSet-Cookie:%20a=b', '/packet/lists/%C3%A9', '/packet/lists/%E2%82%AC%0A']) {
    const answer = await fetch(server.origin + path, { method: 'POST', headers, body: 'a=1', redirect: 'manual' })
    assert.deepEqual([answer.status, answer.headers.get('Location')], [303, path])
    assert.equal((await fetch(server.origin + path, { headers })).status, 404)
  }
  // No address has this one: nobody is sent there.
  for (const method of ['GET', 'POST'])
    assert.equal((await fetch(`${server.origin}/packet/lists/x%00`, { method, headers, redirect: 'manual' })).status, 404)
})
