import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { assignmentsOfCase } from '../../server/queries/assignments.ts'
import { participantsOfCase } from '../../server/queries/participants.ts'
import { submitResponse } from '../../server/workflow/submit-response.ts'
import { nameting } from '../harness/command.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { writeDefinition } from '../harness/definition-folder.ts'
import { openTestStudy } from '../harness/test-study.ts'
import { pick, rowsOf, rowWhere } from './read-export.ts'
import { entry, parent } from './study.ts'

const both = (text: string) => ({ nl: text, en: text })

const interview = {
  kind: 'instrument',
  id: 'talk',
  version: '1.0.0',
  title: both('A talk'),
  measures: both('A talk'),
  minutes: 1,
  wording: { status: 'own', holder: 'Nameting', source: 'Written for a test' },
  respondents: ['interviewer'],
  survey: { title: both('A talk'), pages: [{ name: 'only', elements: [{ type: 'comment', name: 'word', title: both('In a word?') }] }] },
  scales: [],
}

const protocol = {
  kind: 'protocol',
  id: 'talks',
  version: '1.0.0',
  title: both('Talks'),
  source: 'Written for a test',
  timeZone: 'Europe/Amsterdam',
  languages: ['nl', 'en'],
  arms: { all: { title: both('Everybody') } },
  cohorts: { now: { title: both('Now') } },
  roles: {
    parent: { title: both('Parent'), introduction: both('Hello') },
    interviewer: { title: both('Interviewer'), introduction: both('Hello') },
  },
  anchors: { visit: { title: both('Visit') } },
  waves: [{ id: 'T0', title: both('Start'), anchors: ['visit'], offset: {}, window: { opens: 0, closes: 30 } }],
  schedule: [{ instrument: 'talk@1.0.0', role: 'interviewer', about: 'parent', waves: ['T0'] }],
  norms: [],
  consents: [],
  messages: { hour: '09:00', invitation: { subject: both('Questions'), body: both('{link}') }, reminders: [] },
}

test('an export has the minutes that the timer of an interview ran, and nothing where there was none', async (t) => {
  const folder = temporaryFolder(t)
  const definitions = join(folder, 'definitions')
  writeDefinition(definitions, 'instruments', interview)
  writeDefinition(definitions, 'protocols', protocol)
  const study = await openTestStudy({ folder: join(folder, 'data'), definitions, entry: { protocol: 'talks@1.0.0' } })
  t.after(study.close)
  const [caseId = ''] = await study.register(entry('two', [parent('Ada'), parent('Ben'), { ...parent('Ine'), role: 'interviewer' }]))
  const { read } = study.context.stores.study
  const interviewer = (await participantsOfCase(read, caseId)).find(({ role }) => role === 'interviewer')
  assert.ok(interviewer)
  const [timed = '', other = ''] = (await assignmentsOfCase(read, caseId)).map(({ id }) => id)
  const said = { answers: { word: 'rust' }, skipped: [], language: 'nl' }
  await submitResponse(study.context, interviewer, timed, { ...said, duration: 2710 })
  await submitResponse(study.context, interviewer, other, said)
  const out = join(folder, 'out')
  assert.equal((await nameting(study.environment, 'export', '--study', 's1', '--out', out)).code, 0)
  assert.deepEqual(
    rowsOf(out, 'assignments.csv')
      .map((row) => row.interview_minutes)
      .toSorted(),
    ['', '45.17'],
  )
  assert.ok(!Object.hasOwn(rowsOf(out, 'long_talk.csv')[0] ?? {}, 'interview_minutes'), 'it is no answer')
})

test('an interview with each of two parents has columns of its own, and every row says about whom it is', async (t) => {
  const folder = temporaryFolder(t)
  const definitions = join(folder, 'definitions')
  writeDefinition(definitions, 'instruments', interview)
  writeDefinition(definitions, 'protocols', protocol)
  const study = await openTestStudy({ folder: join(folder, 'data'), definitions, entry: { protocol: 'talks@1.0.0' } })
  t.after(study.close)
  const people = [parent('Ada'), parent('Ben'), { ...parent('Ine'), role: 'interviewer' }]
  const [caseId = ''] = await study.register(entry('two', people))
  const { read } = study.context.stores.study
  const participants = await participantsOfCase(read, caseId)
  const interviewer = participants.find(({ role }) => role === 'interviewer')
  assert.ok(interviewer)
  const about = (number: number) => participants.find((one) => one.role === 'parent' && one.number === number)?.id
  for (const assignment of await assignmentsOfCase(read, caseId)) {
    const word = assignment.aboutId === about(1) ? 'rust' : 'regie'
    await submitResponse(study.context, interviewer, assignment.id, { answers: { word }, skipped: [], language: 'nl' })
  }
  const out = join(folder, 'out')
  assert.equal((await nameting(study.environment, 'export', '--study', 's1', '--out', out)).code, 0)

  assert.deepEqual(
    pick(
      rowsOf(out, 'wide.csv')[0],
      'talk_t0_word',
      'talk_t0_about_participant',
      'talk_t0_about2_word',
      'talk_t0_about2_about_participant',
    ),
    {
      talk_t0_word: 'rust',
      talk_t0_about_participant: about(1),
      talk_t0_about2_word: 'regie',
      talk_t0_about2_about_participant: about(2),
    },
  )
  assert.deepEqual(
    rowsOf(out, 'long_talk.csv').map((row) =>
      pick(row, 'role', 'participant_number', 'about_role', 'about_participant', 'about_number', 'word'),
    ),
    [
      { role: 'interviewer', participant_number: '1', about_role: 'parent', about_participant: about(1), about_number: '1', word: 'rust' },
      { role: 'interviewer', participant_number: '1', about_role: 'parent', about_participant: about(2), about_number: '2', word: 'regie' },
    ],
  )
  const codebook = rowsOf(out, 'codebook.csv')
  assert.equal(rowWhere(codebook, { file: 'wide.csv', variable: 'talk_t0_about2_word' }).about, 'parent 2')
})
