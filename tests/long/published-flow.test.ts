/**
 * The flow of families of De familie aan zet (Wijnen-Lunenburg, 2008, section 2.5): entered family by family through the
 * doors that staff and families use, it comes out as the numbers that were printed.
 */
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { randomOf } from '../../server/demo/random.ts'
import { simulateAnswers } from '../../server/demo/simulate-answers.ts'
import { callOff } from '../../server/workflow/call-off.ts'
import { moveCase } from '../../server/workflow/move-case.ts'
import { openAndClose } from '../../server/workflow/open-and-close.ts'
import { recordStop } from '../../server/workflow/record-stop.ts'
import { setAnchors } from '../../server/workflow/set-anchors.ts'
import type { StudyFlow } from '../../server/workflow/study-flow.ts'
import { submitResponse } from '../../server/workflow/submit-response.ts'
import { type Row, rowsOf } from '../export/read-export.ts'
import { nameting } from '../harness/command.ts'
import { completeProtocol } from '../harness/complete-protocol.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { Respondent } from '../harness/respondent.ts'
import { type StudyServer, startStudyServer } from '../harness/study-server.ts'
import { type PublishedFamily, publishedFamilies } from '../server/published-families.ts'

const families = publishedFamilies()
const isReferredNow = ({ cohort }: PublishedFamily): boolean => cohort !== 'retrospective'
const address = (role: string, code: string): string => `${role}-${code.toLowerCase()}@voorbeeld.example`

/** A study that begins today: commands have no clock to move. */
interface Lived {
  server: StudyServer
  today: Temporal.PlainDate
}

test('113 families, entered one by one, come out as the flow that was printed', async (t) => {
  const now = Temporal.Now.instant()
  const lived: Lived = {
    server: await startStudyServer(t, now.toString(), { entry: { protocol: completeProtocol } }),
    today: now.toZonedDateTimeISO('Europe/Amsterdam').toPlainDate(),
  }
  const folder = temporaryFolder(t)
  await importAll(lived, folder)
  await theStart(lived)
  await whatBecameOfThem(lived)
  await followUp(lived)

  const { environment } = lived.server
  const { stdout, code } = await nameting(environment, 'study', 'flow', '--study', 's1', '--json')
  assert.equal(code, 0)
  const flow = JSON.parse(stdout) as StudyFlow
  assertFamilies(flow)
  assertFiles(flow)
  assertLists(flow)

  const out = join(folder, 'export')
  assert.equal((await nameting(environment, 'export', '--study', 's1', '--out', out)).code, 0)
  assertSameInExport(flow, rowsOf(out, 'assignments.csv'))

  const text = (await nameting(environment, 'study', 'flow', '--study', 's1')).stdout
  assert.match(text, /all +113 +2 +9 +52 +50\n/)
  assert.match(text, /zap-kort +113 +15 +0 +98 +79 +0 +0 +19 +0\n/)
  assert.match(text, /zap-kort +no-file-access +13\n +file-not-found +3\n +moved-province +2\n +file-archived +1\n/)
})

/** All families in one file. Of those who are referred today nobody knows yet whether there will be a conference. */
async function importAll({ server, today }: Lived, folder: string): Promise<void> {
  const [lastYear, held] = [today.subtract({ months: 14 }), today.subtract({ months: 12 })]
  const header = 'case_code,arm,cohort,region,child_birth_month,referral_date,conference_date,decision_date,role,name,email,language'
  const rows = families.flatMap((family) => {
    const { code, cohort, arm } = family
    const dates = isReferredNow(family) ? [today, '', ''] : [lastYear, ...(arm === 'conference' ? [held, ''] : ['', held])]
    const facts = [code, isReferredNow(family) ? 'undecided' : arm, cohort, 'Voorbeeldstad', '2016-05', ...dates]
    const roles = isReferredNow(family) ? ['parent', 'referrer', 'coordinator', 'file-researcher'] : ['coordinator', 'file-researcher']
    return roles.map((role) => [...facts, role, `${role} ${code}`, address(role, code), 'nl'].join(','))
  })
  const file = join(folder, 'families.csv')
  writeFileSync(file, [header, ...rows].join('\n'))
  const { stdout, stderr } = await nameting(server.environment, 'import', file, '--study', 's1')
  assert.equal(stderr, '')
  assert.match(stdout, /^Registered 113 cases with 352 participants in s1\./)
}

/** Parents and referrers open their mail: some refuse at once, others answer. Later some withdraw. */
async function theStart({ server, today }: Lived): Promise<void> {
  server.clock.set(`${today.add({ days: 1 })}T12:00:00Z`)
  await server.tick()
  for (const { code, parents, nosik, cvc } of families.filter(isReferredNow)) {
    const parent = new Respondent(server.origin)
    await parent.open(server.mail.linkTo(address('parent', code)))
    if (parents === 'refused') {
      const given = Object.fromEntries((await parent.packet()).consents.map(({ purpose }) => [purpose, false]))
      assert.equal((await parent.request('POST', '/api/packet/consents', { given, language: 'nl' })).status, 200)
      await recordStop(server.context, { study: 's1', code }, { role: 'parent' }, { state: 'declined', reason: 'refused-at-once' })
    } else await parent.consent()
    if (nosik) await fillIn(server, parent, code, 'nosik')
    const referrer = new Respondent(server.origin)
    await referrer.open(server.mail.linkTo(address('referrer', code)))
    await referrer.consent()
    if (cvc) await fillIn(server, referrer, code, 'cvc')
  }
  server.clock.set(`${today.add({ days: 20 })}T12:00:00Z`)
  for (const { code } of families.filter(({ parents }) => parents === 'withdrew')) {
    const parent = new Respondent(server.origin)
    await parent.open(server.mail.linkTo(address('parent', code)))
    assert.equal((await parent.request('POST', '/api/packet/withdraw', {})).status, 200)
    await recordStop(server.context, { study: 's1', code }, { role: 'parent' }, { state: 'withdrawn', reason: 'withdrew' })
  }
}

async function fillIn(server: StudyServer, respondent: Respondent, code: string, instrument: string): Promise<void> {
  const { id, submission } = answersTo(server, code, instrument, 'T0')
  const { status, body } = await respondent.submit(id, submission.answers, submission.skipped)
  assert.equal(status, 200, JSON.stringify(body))
}

/** An assignment of a family, whose it is, and invented answers to it. */
function answersTo(server: StudyServer, code: string, instrument: string, wave: string) {
  const [row] = server.rows<{ id: string; participant: string; version: string }>(
    `SELECT a.id, a.participant_id AS participant, a.instrument_version AS version FROM assignments a JOIN cases c ON c.id = a.case_id
     WHERE c.code = '${code}' AND a.instrument_id = '${instrument}' AND a.wave = '${wave}'`,
  )
  assert.ok(row, `${code} ${instrument} ${wave}`)
  const definition = server.context.definitions.instruments.need(`${instrument}@${row.version}`)
  const submission = simulateAnswers(definition, randomOf(code, instrument, wave), { aims: {}, leaveOpen: 0 })
  return { ...row, submission: { ...submission, language: 'nl' } }
}

/** It becomes known whether there is a conference, and staff find out which files they cannot study. */
async function whatBecameOfThem({ server, today }: Lived): Promise<void> {
  const { context, clock } = server
  clock.set(`${today.add({ days: 30 })}T12:00:00Z`)
  for (const { code, arm } of families.filter(isReferredNow)) {
    await moveCase(context, { study: 's1', code }, { arm })
    const anchor = arm === 'conference' ? 'conference' : 'decision'
    await setAnchors(context, { study: 's1', code, anchors: { [anchor]: today.add({ days: 30 }).toString() } })
  }
  clock.set(`${today.add({ days: 40 })}T12:00:00Z`)
  for (const { code, file } of families)
    if (typeof file === 'string') await callOff(context, { study: 's1', code }, { instrument: 'zap-kort' }, file)
}

/** Coordinators and file researchers do their part, in the time that they have for it; then every window closes. */
async function followUp({ server, today }: Lived): Promise<void> {
  const { context, clock } = server
  const staff = async (code: string, instrument: string, wave: string): Promise<void> => {
    const { id, participant, submission } = answersTo(server, code, instrument, wave)
    await submitResponse(context, { id: participant }, id, submission)
  }
  for (const [days, wave, isNow] of [
    [50, 'T0', () => true],
    [150, 'FU3', () => true],
    [150, 'FU9', (family: PublishedFamily) => !isReferredNow(family)],
    [330, 'FU9', isReferredNow],
  ] as const) {
    clock.set(`${today.add({ days })}T12:00:00Z`)
    for (const family of families.filter(isNow)) {
      if (Array.isArray(family.file) && family.file.includes(wave)) await staff(family.code, 'zap-kort', wave)
      if (wave === 'T0' && family.frek) await staff(family.code, 'frek', wave)
      if (wave === 'FU3' && family.fufrek) await staff(family.code, 'fufrek', wave)
    }
  }
  clock.set(`${today.add({ days: 600 })}T12:00:00Z`)
  await openAndClose(context)
}

/** 63 prospective families, of whom 2 refused at once, 9 withdrew (6 without a conference, 3 with a plan) and 52 took part. */
function assertFamilies({ role, all, groups }: StudyFlow): void {
  assert.equal(role, 'parent')
  const { reasons, ...numbers } = all
  assert.deepEqual(numbers, { registered: 113, refused: 2, withdrew: 9, active: 52, nobody: 50 })
  assert.deepEqual(reasons, [
    { state: 'refused', reason: 'refused-at-once', families: 2 },
    { state: 'withdrew', reason: 'withdrew', families: 9 },
  ])
  const sum = (number: 'registered' | 'withdrew' | 'active', ...names: string[]): number =>
    groups.filter(({ cohort, arm }) => names.includes(cohort) || names.includes(arm)).reduce((total, group) => total + group[number], 0)
  assert.equal(sum('registered', 'prospective', 'rest'), 63)
  assert.equal(sum('registered', 'rest'), 15)
  assert.equal(sum('registered', 'retrospective'), 50)
  assert.equal(sum('registered', 'conference'), 90)
  assert.equal(sum('registered', 'non-conference'), 23)
  assert.equal(sum('withdrew', 'non-conference'), 6)
  assert.equal(sum('withdrew', 'conference'), 3)
  assert.equal(sum('active', 'prospective', 'rest'), 52)
}

const instrumentIn = ({ instruments }: StudyFlow, id: string) => instruments.find(({ instrument }) => instrument === id) ?? assert.fail(id)

/** 79 files studied, 34 not: 15 of the rest group by design, 13 without consent for access, 3 not found, 1 archived, 2 moved. */
function assertFiles(flow: StudyFlow): void {
  const { families: all, groups, waves } = instrumentIn(flow, 'zap-kort')
  assert.deepEqual(all, {
    all: 113,
    byDesign: 15,
    notAsked: 0,
    asked: 98,
    completed: 79,
    toCome: 0,
    expired: 0,
    calledOff: 19,
    stopped: 0,
    reasons: [
      { reason: 'no-file-access', count: 13 },
      { reason: 'file-not-found', count: 3 },
      { reason: 'moved-province', count: 2 },
      { reason: 'file-archived', count: 1 },
    ],
  })
  assert.deepEqual(
    groups.filter(({ families: { byDesign } }) => byDesign > 0).map(({ cohort, families: { byDesign } }) => [cohort, byDesign]),
    [
      ['rest', 14],
      ['rest', 1],
    ],
  )
  assert.deepEqual(
    waves.map(({ wave, families: { completed } }) => [wave, completed]),
    [
      ['T0', 76],
      ['FU3', 48],
      ['FU9', 54],
    ],
  )
}

/** CVC 56 of 63, FREK 108 of 113, FUFREK 68 of 90, NOSIK 35 of the 52 who took part. */
function assertLists(flow: StudyFlow): void {
  const of = (id: string) => instrumentIn(flow, id).families
  assert.deepEqual([of('cvc').completed, of('cvc').asked], [56, 63])
  assert.deepEqual([of('frek').completed, of('frek').asked], [108, 113])
  assert.deepEqual([of('fufrek').completed, of('fufrek').asked], [68, 90])
  assert.deepEqual([of('nosik').completed, of('nosik').asked - of('nosik').stopped], [35, 52])
}

/** The same numbers, counted by other means from the file that researchers get. */
function assertSameInExport(flow: StudyFlow, rows: Row[]): void {
  const cases = (values: Row): number => {
    const found = rows.filter((row) => Object.entries(values).every(([name, value]) => row[name] === value))
    return new Set(found.map(({ case_code }) => case_code)).size
  }
  assert.equal(cases({}), 113)
  assert.equal(cases({ reason_stopped: 'refused-at-once' }), 2)
  assert.equal(cases({ reason_stopped: 'withdrew' }), 9)
  for (const { instrument, waves, families: counted } of flow.instruments) {
    assert.equal(cases({ instrument, state: 'completed' }), counted.completed, instrument)
    for (const { reason, count } of counted.reasons) assert.equal(cases({ instrument, reason_called_off: reason }), count, reason)
    for (const { wave, assignments } of waves) {
      const ofWave = rows.filter((row) => row.instrument === instrument && row.wave === wave)
      assert.deepEqual(
        ['completed', 'expired', 'cancelled'].map((state) => ofWave.filter((row) => row.state === state).length),
        [assignments.completed, assignments.expired, assignments.calledOff + assignments.stopped],
        `${instrument} ${wave}`,
      )
    }
  }
}
