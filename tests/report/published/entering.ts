/** The published families, entered through the doors that staff and families use: the file, the mails, the page, and what staff record. */
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { addParticipant } from '../../../server/workflow/add-participant.ts'
import { callOff } from '../../../server/workflow/call-off.ts'
import { moveCase } from '../../../server/workflow/move-case.ts'
import { openAndClose } from '../../../server/workflow/open-and-close.ts'
import { recordConsent } from '../../../server/workflow/record-consent.ts'
import { recordStop } from '../../../server/workflow/record-stop.ts'
import { setAnchors } from '../../../server/workflow/set-anchors.ts'
import { submitResponse } from '../../../server/workflow/submit-response.ts'
import { nameting } from '../../harness/command.ts'
import { Respondent } from '../../harness/respondent.ts'
import { type StudyServer, startStudyServer } from '../../harness/study-server.ts'
import type { PublishedFamily } from '../../server/published-families.ts'
import { submissionOf } from './answers.ts'
import { families, sexOf } from './people.ts'
import type { Wave } from './published.ts'
import { veoNorm, type Wanted, wantedLists } from './wanted.ts'

const isReferredNow = ({ cohort }: PublishedFamily): boolean => cohort !== 'retrospective'
const address = (role: string, code: string): string => `${role}-${code.toLowerCase()}@voorbeeld.example`
const ownDefinitions = fileURLToPath(new URL('definitions', import.meta.url))

/** A study that begins today: commands have no clock to move. */
interface Lived {
  server: StudyServer
  today: Temporal.PlainDate
  wanted: Wanted[]
}

/** The study `s1` of the families, lived through to the end. `folder`: for the file that is imported. */
export async function enterPublishedStudy(
  test: Parameters<typeof startStudyServer>[0],
  folder: string,
  protocol: string,
): Promise<{ server: StudyServer; wanted: Wanted[] }> {
  const now = Temporal.Now.instant()
  const server = await startStudyServer(test, now.toString(), { definitions: ownDefinitions, entry: { protocol } })
  const today = now.toZonedDateTimeISO('Europe/Amsterdam').toPlainDate()
  const lived: Lived = { server, today, wanted: wantedLists(server.context.definitions) }
  const { code, stderr } = await nameting(server.environment, 'rescore', '--study', 's1', '--norms', veoNorm, '--yes')
  assert.deepEqual([code, stderr], [0, ''])
  await importAll(lived, folder)
  await theStart(lived)
  await whatBecameOfThem(lived)
  await followUp(lived)
  return lived
}

/** All families in one file. Of those who are referred today nobody knows yet whether there will be a conference. */
async function importAll({ server, today }: Lived, folder: string): Promise<void> {
  const [lastYear, held] = [today.subtract({ months: 14 }), today.subtract({ months: 12 })]
  const header = 'case_code,arm,cohort,region,child_birth_month,referral_date,conference_date,decision_date,role,name,email,language,sex'
  const rows = families.flatMap((family) => {
    const { code, cohort, arm } = family
    const dates = isReferredNow(family) ? [today, '', ''] : [lastYear, ...(arm === 'conference' ? [held, ''] : ['', held])]
    const facts = [code, isReferredNow(family) ? 'undecided' : arm, cohort, 'Voorbeeldstad', '2016-05', ...dates]
    const roles = isReferredNow(family) ? ['parent', 'referrer', 'coordinator', 'file-researcher'] : ['coordinator', 'file-researcher']
    return roles.map((role) =>
      [...facts, role, `${role} ${code}`, address(role, code), 'nl', role === 'parent' ? sexOf(code) : ''].join(','),
    )
  })
  const file = join(folder, 'families.csv')
  writeFileSync(file, [header, ...rows].join('\n'))
  const { stdout, stderr } = await nameting(server.environment, 'import', file, '--study', 's1')
  assert.equal(stderr, '')
  assert.match(stdout, /^Registered 113 cases with 352 participants in s1\./)
}

/** Parents and referrers open their mail: some refuse at once, others answer. Later some withdraw. */
async function theStart(lived: Lived): Promise<void> {
  const { server, today } = lived
  server.clock.set(`${today.add({ days: 1 })}T12:00:00Z`)
  await server.tick()
  await all(families.filter(isReferredNow), async ({ code, parents }) => {
    const parent = await visit(lived, 'parent', code)
    if (parents === 'refused') {
      const given = Object.fromEntries((await parent.packet()).consents.map(({ purpose }) => [purpose, false]))
      assert.equal((await parent.request('POST', '/api/packet/consents', { given, language: 'nl' })).status, 200)
      await recordStop(server.context, { study: 's1', code }, { role: 'parent' }, { state: 'declined', reason: 'refused-at-once' })
    } else await parent.consent()
    const referrer = await visit(lived, 'referrer', code)
    await referrer.consent()
    for (const list of lived.wanted.filter((one) => one.code === code && one.wave === 'T0')) {
      const respondent = { parent, referrer }[list.role]
      if (respondent) await fillIn(lived, respondent, list)
    }
  })
  server.clock.set(`${today.add({ days: 20 })}T12:00:00Z`)
  await all(
    families.filter(({ parents }) => parents === 'withdrew'),
    async ({ code }) => {
      const parent = await visit(lived, 'parent', code)
      assert.equal((await parent.request('POST', '/api/packet/withdraw', {})).status, 200)
    },
  )
  for (const { code } of families.filter(({ parents }) => parents === 'withdrew'))
    await recordStop(server.context, { study: 's1', code }, { role: 'parent' }, { state: 'withdrawn', reason: 'withdrew' })
}

async function visit({ server }: Lived, role: string, code: string): Promise<Respondent> {
  const respondent = new Respondent(server.origin)
  await respondent.open(server.mail.linkTo(address(role, code)))
  return respondent
}

async function fillIn(lived: Lived, respondent: Respondent, list: Wanted): Promise<void> {
  const { id, submission } = answersTo(lived, list)
  const { status, body } = await respondent.submit(id, submission.answers, submission.skipped)
  assert.equal(status, 200, JSON.stringify(body))
}

/** An assignment of a family, whose it is, and the answers to it. */
function answersTo({ server }: Lived, list: Wanted) {
  const { code, instrument, wave, role } = list
  const [row] = server.rows<{ id: string; participant: string; version: string }>(
    `SELECT a.id, a.participant_id AS participant, a.instrument_version AS version
     FROM assignments a JOIN cases c ON c.id = a.case_id JOIN participants p ON p.id = a.participant_id
     WHERE c.code = '${code}' AND a.instrument_id = '${instrument}' AND a.wave = '${wave}' AND p.role = '${role}'`,
  )
  assert.ok(row, `${code} ${instrument} ${wave}`)
  const definition = server.context.definitions.instruments.need(`${instrument}@${row.version}`)
  return { ...row, submission: { ...submissionOf(definition, list), language: 'nl' } }
}

/** It becomes known whether there is a conference, who the informant is, and which files staff cannot study. */
async function whatBecameOfThem({ server, today, wanted }: Lived): Promise<void> {
  const { context, clock } = server
  const key = (code: string) => ({ study: 's1', code })
  clock.set(`${today.add({ days: 30 })}T12:00:00Z`)
  await all(families.filter(isReferredNow), async ({ code, arm }) => {
    await moveCase(context, key(code), { arm })
    const anchor = arm === 'conference' ? 'conference' : 'decision'
    await setAnchors(context, { ...key(code), anchors: { [anchor]: today.add({ days: 30 }).toString() } })
  })
  const informed = new Set(wanted.flatMap(({ role, code }) => (role === 'informant' ? [code] : [])))
  await all([...informed], async (code) => {
    await addParticipant(context, key(code), {
      role: 'informant',
      name: `informant ${code}`,
      email: address('informant', code),
      language: 'nl',
    })
    await recordConsent(context, key(code), { role: 'informant' }, { purpose: 'research', given: true })
  })
  clock.set(`${today.add({ days: 40 })}T12:00:00Z`)
  await all(families, async ({ code, file }) => {
    if (typeof file === 'string') await callOff(context, key(code), { instrument: 'zap-kort' }, file)
  })
}

/** Everybody else fills in what they are to fill in, in the time that they have for it; then every window closes. */
async function followUp(lived: Lived): Promise<void> {
  const { context, clock } = lived.server
  const ofStaff = ['coordinator', 'file-researcher']
  const isNow = new Map(families.map((family) => [family.code, isReferredNow(family)]))
  const steps: [days: number, wave: Wave, which: (list: Wanted) => boolean][] = [
    [50, 'T0', ({ role }) => ofStaff.includes(role)],
    [150, 'FU3', () => true],
    [150, 'FU9', ({ code }) => isNow.get(code) === false],
    [330, 'FU9', ({ code }) => isNow.get(code) === true],
  ]
  for (const [days, wave, which] of steps) {
    clock.set(`${lived.today.add({ days })}T12:00:00Z`)
    // A window that has come is open from the next tick on.
    await openAndClose(context)
    await all(
      lived.wanted.filter((list) => list.wave === wave && which(list)),
      async (list) => {
        const { id, participant, submission } = answersTo(lived, list)
        await submitResponse(context, { id: participant }, id, submission)
      },
    )
  }
  clock.set(`${lived.today.add({ days: 600 })}T12:00:00Z`)
  await openAndClose(context)
}

/** Does it for several at a time, as people do, so that what they write is written together. */
async function all<Item>(items: readonly Item[], does: (item: Item) => Promise<void>): Promise<void> {
  const left = [...items]
  const one = async (): Promise<void> => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await does(item)
  }
  await Promise.all(Array.from({ length: 12 }, one))
}
