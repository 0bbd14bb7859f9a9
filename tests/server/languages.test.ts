/** Languages of a study beyond those of its protocol: who may choose them, what is read in them, and what is remembered of it. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { checksumOf } from '../../server/definitions/checksums.ts'
import { shippedDirectory } from '../../server/definitions/load.ts'
import { openStudy } from '../../server/workflow/open-study.ts'
import { registerCases } from '../../server/workflow/register-cases.ts'
import { nameting } from '../harness/command.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { writeFile } from '../harness/definition-folder.ts'
import { address, answersTo, family } from '../harness/family.ts'
import { Respondent } from '../harness/respondent.ts'
import { type StudyServer, startStudyServer } from '../harness/study-server.ts'

/** A study whose owner accepted drafts, with one family in it that is written to. */
async function asking(t: TestContext, { language = 'nl', drafts = ['tr', 'ar'] } = {}) {
  const server = await startStudyServer(t, undefined, { entry: { draftsAccepted: drafts } })
  const entry = family('EK-001')
  await server.register({ ...entry, participants: entry.participants.map((one) => ({ ...one, language })) })
  await server.tick()
  return { server, link: server.mail.linkTo(address('parent', 'EK-001')) }
}

async function opened(server: StudyServer, link: string): Promise<Respondent> {
  const respondent = new Respondent(server.origin)
  await respondent.open(link)
  return respondent
}

const translationIn = (path: string): Record<string, string> & { texts: Record<string, string> } =>
  JSON.parse(readFileSync(join(shippedDirectory, path), 'utf8'))

test('a draft is offered where the owner of the study accepted it by name, and in a demonstration', async (t) => {
  const { server, link } = await asking(t, { drafts: ['tr'] })
  const { languages, drafts } = await (await opened(server, link)).packet()
  assert.deepEqual([languages, drafts], [['nl', 'en', 'tr'], ['tr']])

  const entry = { ...server.study, id: 's2', protocol: 'familie-aan-zet@0.1.0-standin', helpLine: undefined }
  const demonstration = await openStudy(server.context, { ...entry, demonstration: true, draftsAccepted: [] })
  const { problems } = await registerCases(server.context, demonstration, [
    { ...family('EK-009'), participants: family('EK-009').participants.map((one) => ({ ...one, language: 'pl' })) },
  ])
  assert.deepEqual(problems, [])
})

test('an import takes a language that the study has, and names those when it does not', async (t) => {
  const { server } = await asking(t, { drafts: ['tr'] })
  const entries = (language: string) => {
    const { participants, ...entry } = family('EK-002')
    return [{ ...entry, participants: participants.map((one) => ({ ...one, language })) }]
  }
  const refused = await registerCases(server.context, server.study, entries('ar'))
  assert.deepEqual(refused.problems[0], {
    case: 0,
    field: 'language',
    participant: 0,
    fault: 'unknown',
    reason: '"ar" is not one of nl, en, tr',
    details: { value: 'ar', known: ['nl', 'en', 'tr'] },
  })
  assert.deepEqual((await registerCases(server.context, server.study, entries('tr'))).problems, [])
})

test('study add takes the drafts that its owner accepts, and refuses a language of which there is none', async (t) => {
  const { server } = await asking(t)
  const add = (id: string, drafts: string) =>
    nameting(
      server.environment,
      ...['study', 'add', id, '--protocol', 'familie-aan-zet@0.1.0-standin', '--title', 'Test', '--organisation', 'Test'],
      ...['--contact', 'test@example.org', '--accept-stand-ins', 'Test', '--accept-drafts', drafts, '--json'],
    )
  assert.deepEqual(JSON.parse((await add('s3', 'tr, de')).stdout).draftsAccepted, ['tr', 'de'])
  const refused = await add('s4', 'tr,fr')
  assert.equal(refused.code, 1)
  assert.match(refused.stderr, /no draft of a translation into fr; it has: tr, ar, pl, de/)
})

test('a mail is in the language of whoever it goes to, and says that no person has read the translation over', async (t) => {
  const { server } = await asking(t, { language: 'tr' })
  const mail = server.mail.accepted.find(({ recipients }) => recipients.includes(address('parent', 'EK-001')))
  const { texts } = translationIn('protocols/study-texts/0.1.0-standin.tr.json')
  assert.ok(Object.values(texts).some((text) => text.split('{')[0] && mail?.text?.includes(text.split('{')[0] ?? '')))
  assert.match(mail?.html ?? '', /<html lang="tr" dir="ltr">/)
  assert.match(mail?.text ?? '', /bilgisayar/)
})

test('the page behind a link is drawn from right to left in Arabic, and says that it is a draft', async (t) => {
  const { link } = await asking(t)
  const door = await (await fetch(`${link}?language=ar`)).text()
  assert.match(door, /<html lang="ar" dir="rtl">/)
  assert.match(door, /class="banner banner-draft" role="note">[\u0600-\u06ff]/)
  const dutch = await (await fetch(link)).text()
  assert.match(dutch, /<html lang="nl" dir="ltr">/)
  assert.doesNotMatch(dutch, /banner-draft/)
  const polish = await (await fetch(`${link}?language=pl`)).text()
  assert.match(polish, /<html lang="nl" dir="ltr">/, 'a language that the study does not offer')
})

test('a language chosen on the page is kept for the next mail, and only its texts are sent', async (t) => {
  const { server, link } = await asking(t)
  const respondent = await opened(server, link)
  const before = await respondent.packet()
  assert.equal(before.textsIn, 'nl')
  assert.deepEqual(Object.keys(before.introduction), ['nl'])
  assert.equal((await respondent.request('PUT', '/api/packet/language', { language: 'ar' })).status, 200)
  assert.equal((await respondent.request('PUT', '/api/packet/language', { language: 'pl' })).status, 422)
  await respondent.consent()
  const packet = await respondent.packet()
  assert.deepEqual([packet.participant.language, packet.textsIn], ['ar', 'ar'])
  assert.deepEqual(Object.keys(packet.introduction), ['ar'])
  const { body } = await respondent.request<{ instrument: { survey: { title: object } } }>(
    'GET',
    `/api/assignments/${packet.assignments[0]?.id}`,
  )
  assert.deepEqual(Object.keys(body.instrument.survey.title), ['ar'])
  const [participant] = server.rows<{ language: string }>("select language from participants where role = 'parent'")
  assert.equal(participant?.language, 'ar')
})

test('a response, and a word on consent, remember the translation that was shown; in Dutch there is nothing to remember', async (t) => {
  const { server, link } = await asking(t, { language: 'tr' })
  const respondent = await opened(server, link)
  const { consents } = await respondent.packet()
  const given = Object.fromEntries(consents.map(({ purpose }) => [purpose, true]))
  await respondent.request('POST', '/api/packet/consents', { given, language: 'tr' })
  const { assignments } = await respondent.packet()
  const [first, second] = assignments
  for (const [assignment, language] of [[first, 'tr'] as const, [second, 'nl'] as const]) {
    const [row] = server.rows<{ instrument_id: string; instrument_version: string }>(
      `select instrument_id, instrument_version from assignments where id = '${assignment?.id}'`,
    )
    const instrument = server.context.definitions.instruments.need(`${row?.instrument_id}@${row?.instrument_version}`)
    const body = { answers: answersTo(instrument), skipped: [], language }
    assert.equal((await respondent.request('POST', `/api/assignments/${assignment?.id}/submit`, body)).status, 200)
  }
  const stored = server.rows<{ language: string; translation: string | null; instrument_id: string }>(
    'select language, translation, instrument_id from responses order by language desc',
  )
  const file = translationIn(`instruments/${stored[0]?.instrument_id}/0.1.0-standin.tr.json`)
  assert.deepEqual(
    stored.map(({ language, translation }) => [language, translation]),
    [
      ['tr', checksumOf(file)],
      ['nl', null],
    ],
  )
  const words = server.rows<{ language: string; translation: string | null }>('select language, translation from consents')
  assert.ok(words.length > 0 && words.every(({ language, translation }) => language === 'tr' && /^[0-9a-f]{64}$/.test(translation ?? '')))
})

test('what is not translated is shown in Dutch, marked as Dutch, with a word about it; a study may bring a translation of its own', async (t) => {
  const definitions = temporaryFolder(t)
  const path = 'instruments/nosik/0.1.0-standin.ar.json'
  const translation = translationIn(path)
  const untranslated = ['De dagen met mijn kind kosten mij veel kracht.', 'Een gewone dag', 'Helemaal oneens']
  const texts = Object.fromEntries(Object.entries(translation.texts).filter(([dutch]) => !untranslated.includes(dutch)))
  writeFile(definitions, path, { ...translation, texts })
  const server = await startStudyServer(t, undefined, { definitions, entry: { draftsAccepted: ['ar'] } })
  const { participants, ...entry } = family('EK-001')
  await server.register({ ...entry, participants: participants.map((one) => ({ ...one, language: 'ar' })) })
  await server.tick()
  const respondent = await opened(server, server.mail.linkTo(address('parent', 'EK-001')))
  await respondent.consent()
  const list = (await respondent.packet()).assignments[0]?.id
  const answer = await fetch(`${server.origin}/packet/lists/${list}`, { headers: { Cookie: respondent.cookie } })
  const page = await answer.text()
  const [drawn = ''] = page.split('<script type="application/json"')
  assert.match(drawn, /<html lang="ar" dir="rtl">/)
  for (const text of untranslated) assert.ok(drawn.includes(`<span lang="nl" dir="ltr">${text}</span>`), text)
  const notes = drawn.match(/class="untranslated"/g) ?? []
  // The title of the page, and each of its five questions: one because it is Dutch itself, the others because a choice of theirs is.
  assert.equal(notes.length, 6)
  assert.match(drawn, /class="banner banner-draft"/)
})

test('a list on paper is in the translation that was asked for', async (t) => {
  const out = join(temporaryFolder(t), 'nosik.html')
  const { code, stderr } = await nameting({}, 'print', '--instrument', 'nosik@0.1.0-standin', '--language', 'ar', '--out', out)
  assert.deepEqual([code, stderr], [0, ''])
  const paper = readFileSync(out, 'utf8')
  assert.match(paper, /<html lang="ar" dir="rtl">/)
  assert.ok(paper.includes(translationIn('instruments/nosik/0.1.0-standin.ar.json').texts['Een gewone dag'] ?? '-'))
})
