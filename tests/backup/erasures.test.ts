/** What was erased after a backup was made stays erased when that is put back. */
import assert from 'node:assert/strict'
import { cpSync, existsSync, globSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { erasureListIn } from '../../server/backup/erasure-list.ts'
import { readErasureList } from '../../server/backup/read-erasure-list.ts'
import { Failure } from '../../server/failure.ts'
import { assignmentsOfCase } from '../../server/queries/assignments.ts'
import { consentsOf } from '../../server/queries/consents.ts'
import { findParticipant } from '../../server/queries/participants.ts'
import { findPerson } from '../../server/queries/people.ts'
import { personsFile } from '../../server/report/kept/kept-report.ts'
import { bringBack } from '../../server/workflow/bring-back.ts'
import { recordConsent } from '../../server/workflow/record-consent.ts'
import { withdraw, withdrawAndErase } from '../../server/workflow/stop-participant.ts'
import { wantReminders } from '../../server/workflow/want-reminders.ts'
import { type Backups, backupsOf } from '../harness/backups.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { address, answersTo, family } from '../harness/family.ts'
import { Respondent } from '../harness/respondent.ts'
import { mayMount, smallDisk } from '../harness/small-disk.ts'
import { type StudyServer, startStudyServer } from '../harness/study-server.ts'

const canary = 'Kanariegeel-zzyzx'

interface BackedUp {
  server: StudyServer
  backups: Backups
  /** The pseudonym of the parent of each case. */
  parents: Record<string, string>
}

/** Two families who answered, and a folder beside whose backups the list is kept. */
async function answered(t: TestContext): Promise<BackedUp> {
  const server = await startStudyServer(t)
  await server.register(family('A-001'), family('A-002'), family('A-003'))
  await server.tick()
  const backups = await backupsOf(t, server)
  server.context.backups = backups.folder
  const rows = server.rows<{ code: string; id: string }>(
    `SELECT c.code, p.id FROM participants p JOIN cases c ON c.id = p.case_id WHERE p.role = 'parent'`,
  )
  for (const { code } of rows) await answer(server, code)
  return { server, backups, parents: Object.fromEntries(rows.map(({ code, id }) => [code, id])) }
}

/** The parent of a case sends the first list. */
async function answer(server: StudyServer, code: string): Promise<void> {
  const respondent = new Respondent(server.origin)
  await respondent.open(server.mail.linkTo(address('parent', code)))
  await respondent.consent()
  const [first] = (await respondent.packet()).assignments
  const instrument = server.context.definitions.instruments.all().find(({ survey }) => survey.title.nl === first?.title.nl)
  assert.ok(first && instrument)
  assert.equal((await respondent.submit(first.id, answersTo(instrument))).status, 200)
}

const plant = (server: StudyServer, id: string): Promise<void> =>
  server.context.stores.study.withTx(
    async (tx) =>
      void tx.run(
        `UPDATE responses SET answers = json_object('told', '${canary} ' || '${id}') WHERE assignment_id IN (SELECT id FROM assignments WHERE participant_id = '${id}')`,
      ),
  )

/** A report as the desk keeps it, with what it says of single cases in a file of its own. */
async function keepReport(server: StudyServer, id: string): Promise<void> {
  await server.context.stores.study.withTx(
    async (tx) =>
      void tx.run(
        `INSERT INTO reports (id, study_id, started_by, started_at, ended_at, state, options, protocol, cases)
         VALUES ('r1', 's1', 'x', '2026-03-02T09:00:00.000Z', '2026-03-02T09:00:00.000Z', 'done', '{}', 'p@1.0.0', 2)`,
      ),
  )
  const folder = join(dirname(server.context.stores.study.path), 'reports', 'r1')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, personsFile), `${canary} ${id}`)
  writeFileSync(join(folder, 'numbers.json'), '{}')
}

/** Every file below a folder in which the word stands. */
const filesWith = (folder: string, word: string): string[] =>
  globSync('**/*', { cwd: folder })
    .concat(globSync('**/.*', { cwd: folder }))
    .filter((name) => statSync(join(folder, name)).isFile() && readFileSync(join(folder, name)).includes(word))

test('answers that were erased after the backup are in no byte of what is put back, and those of others are', async (t) => {
  const { server, backups, parents } = await answered(t)
  const [gone = '', kept = ''] = [parents['A-001'], parents['A-002']]
  for (const id of [gone, kept]) await plant(server, id)
  await keepReport(server, gone)
  const { path, name } = await backups.make()

  await withdrawAndErase(server.context, { id: gone })
  const { lines: listed } = await readErasureList(erasureListIn(backups.folder))
  assert.deepEqual(
    listed.map(({ what, participant, backup }) => [what, participant ?? backup]),
    [
      ['backup made', name],
      ['answers erased', gone],
      ['withdrawn', gone],
    ],
    'the list has it before whoever asked is told',
  )
  assert.doesNotMatch(readFileSync(erasureListIn(backups.folder), 'utf8'), /Voorbeeld|A-001|@/)
  await server.tick()

  const to = join(temporaryFolder(t), 'restored')
  const restored = await backups.restore(path, to)
  assert.deepEqual(restored.replayed, { answers: 1, contact: 1, stopped: 1, reminders: 0, consents: 0, unknown: 0 })
  assert.deepEqual(filesWith(to, `${canary} ${gone}`), [])
  assert.deepEqual(filesWith(to, `${canary} ${kept}`), ['study.sqlite'])
  assert.ok(existsSync(join(to, 'reports/r1/numbers.json')), 'what a report says of all together is kept')
  const again = await backups.open(to)
  const participant = await findParticipant(again.stores.study.read, gone)
  assert.deepEqual(
    [participant?.state, participant?.answersErasedAt === null, participant?.contactRemovedAt === null],
    ['withdrawn', false, false],
  )
  assert.equal(await findPerson(again.stores.identity.read, again.sealer, gone), undefined)
  assert.ok(await findPerson(again.stores.identity.read, again.sealer, kept))
  const open = (await assignmentsOfCase(again.stores.study.read, participant?.caseId ?? '')).filter(
    (row) => row.participantId === gone && ['scheduled', 'open', 'in progress'].includes(row.state),
  )
  assert.deepEqual(open, [])
})

test('without the list that knows the backup nothing is put back, unless somebody says so', async (t) => {
  const { server, backups, parents } = await answered(t)
  const { path } = await backups.make()
  const other = await backupsOf(t, server)
  server.clock.set('2026-03-03T09:00:00Z')
  await other.make()
  await withdrawAndErase(server.context, { id: parents['A-001'] ?? '' })
  const to = join(temporaryFolder(t), 'restored')
  const beside = erasureListIn(backups.folder)
  await assert.rejects(backups.restore(path, to, { erasures: [erasureListIn(other.folder)] }), /does not know the backup nameting-/)
  const list = readFileSync(beside)
  rmSync(beside)
  await assert.rejects(
    backups.restore(path, to),
    /There is no list of erasures beside the backup nameting-\S+: .*was not copied with it.*--without-erasures/,
  )
  cpSync(erasureListIn(other.folder), beside)
  await assert.rejects(backups.restore(path, to), /The list of erasures beside it, .*, does not know the backup nameting-\S+: /)
  writeFileSync(beside, `${list.toString().replace('"event"', '"evnt"')}`)
  await assert.rejects(backups.restore(path, to), /damaged: \d+ bytes from line 1 on/)
  assert.equal((await backups.restore(path, to, { erasures: null })).replayed, null)
})

test('a backup whose folder got another name is known by its moment', async (t) => {
  const { server, backups, parents } = await answered(t)
  const { path } = await backups.make()
  await withdrawAndErase(server.context, { id: parents['A-001'] ?? '' })
  const renamed = join(backups.folder, 'before the move')
  renameSync(path, renamed)
  assert.equal((await backups.restore(renamed, join(temporaryFolder(t), 'restored'))).replayed?.answers, 1)
})

test('the list in the data folder does as well, and a line that was cut off is written again', async (t) => {
  const { server, backups, parents } = await answered(t)
  const { path } = await backups.make()
  const own = erasureListIn(dirname(server.context.stores.study.path))
  await withdrawAndErase(server.context, { id: parents['A-001'] ?? '' })
  await server.tick()
  const whole = readFileSync(own, 'utf8')
  // As a power cut leaves it: the last line is there in part.
  writeFileSync(own, whole.slice(0, -20))
  const { listErasures } = await import('../../server/workflow/list-erasures.ts')
  assert.deepEqual(await listErasures({ ...server.context, stores: { ...server.context.stores } }), [])
  assert.deepEqual(
    (await readErasureList(own)).lines.map(({ what }) => what),
    ['backup made', 'answers erased', 'withdrawn', 'contact data removed'],
  )
  const restored = await backups.restore(path, join(temporaryFolder(t), 'restored'), { erasures: [own] })
  assert.equal(restored.replayed?.answers, 1)
})

test('whoever stopped, was brought back, wanted no reminders or took consent back gets what they wished last', async (t) => {
  const { server, backups, parents } = await answered(t)
  const { path } = await backups.make()
  const [stopped = '', returned = '', quiet = ''] = [parents['A-001'], parents['A-002'], parents['A-003']]
  await withdraw(server.context, { id: stopped })
  await withdraw(server.context, { id: returned })
  await bringBack(server.context, { study: 's1', code: 'A-002' }, { role: 'parent', number: 1 }, { why: 'a mistake' })
  await wantReminders(server.context, { id: quiet }, false)
  const consent = (given: boolean) =>
    recordConsent(server.context, { study: 's1', code: 'A-003' }, { role: 'parent', number: 1 }, { purpose: 'contact-later', given })
  for (const given of [false, true, false]) await consent(given)
  await server.tick()
  const to = join(temporaryFolder(t), 'restored')
  assert.deepEqual((await backups.restore(path, to)).replayed, {
    answers: 0,
    contact: 0,
    stopped: 1,
    reminders: 1,
    consents: 1,
    unknown: 0,
  })
  const { stores } = await backups.open(to)
  const states = await Promise.all([stopped, returned, quiet].map((id) => findParticipant(stores.study.read, id)))
  assert.deepEqual(
    states.map((one) => [one?.state, one?.remindersStoppedAt === null]),
    [
      ['withdrawn', true],
      ['active', true],
      ['active', false],
    ],
  )
  assert.equal((await consentsOf(stores.study.read, quiet)).get('contact-later')?.given, false)
})

test('a folder that was put back goes on with a list of its own, and both are heard when an older backup is put back again', async (t) => {
  const { server, backups, parents } = await answered(t)
  const first = await backups.make()
  await withdrawAndErase(server.context, { id: parents['A-001'] ?? '' })
  const to = join(temporaryFolder(t), 'restored')
  await backups.restore(first.path, to)
  const second = await backups.open(to)
  second.backups = backups.folder
  await withdrawAndErase(second, { id: parents['A-002'] ?? '' })
  const lists = new Set((await readErasureList(erasureListIn(backups.folder))).lines.map(({ list }) => list))
  assert.equal(lists.size, 2)
  const again = await backups.restore(first.path, join(temporaryFolder(t), 'again'))
  assert.equal(again.replayed?.answers, 2)
})

test('two data folders beside the same backups do not take the lines of the other for their own', async (t) => {
  const one = await answered(t)
  const { path } = await one.backups.make()
  await withdrawAndErase(one.server.context, { id: one.parents['A-001'] ?? '' })
  const other = await startStudyServer(t, '2026-04-01T09:00:00Z')
  other.context.backups = one.backups.folder
  await other.register(family('B-001'))
  const [parent] = other.rows<{ id: string }>(`SELECT id FROM participants WHERE role = 'parent'`)
  // Of fewer events than the first one has.
  await withdrawAndErase(other.context, { id: parent?.id ?? '' })
  const { lines } = await readErasureList(erasureListIn(one.backups.folder))
  assert.ok(lines.some(({ what, participant }) => what === 'answers erased' && participant === parent?.id))
  const { replayed } = await one.backups.restore(path, join(temporaryFolder(t), 'restored'))
  assert.deepEqual([replayed?.answers, replayed?.unknown], [1, 1])
})

test('a folder that cannot be made, or has no room, is said so, and nothing of the backup is blamed', async (t) => {
  const { backups } = await answered(t)
  const { path } = await backups.make()
  const folder = temporaryFolder(t)
  writeFileSync(join(folder, 'file'), '')
  for (const to of [join(folder, 'file'), join(folder, 'file', 'below'), '/proc/no such folder'])
    await assert.rejects(
      backups.restore(path, to),
      (error) =>
        error instanceof Failure &&
        error.message.startsWith(`The backup cannot be put back into ${to}: `) &&
        /Give --to/.test(error.message),
    )
  if (!mayMount) return
  const small = smallDisk(t, 40)
  await assert.rejects(
    backups.restore(path, join(small, 'to')),
    (error) => error instanceof Failure && /\.sqlite cannot be written: ENOSPC.*Nothing is wrong with the backup/.test(error.message),
  )
  assert.deepEqual(readdirSync(small), [])
})
