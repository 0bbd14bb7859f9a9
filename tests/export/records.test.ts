import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { findDraft } from '../../server/queries/drafts.ts'
import { nameting } from '../harness/command.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { coordinatorAddress, plannedCase, recordsProtocol, writeRecordsStudy } from '../harness/records-study.ts'
import { Respondent } from '../harness/respondent.ts'
import { startStudyServer } from '../harness/study-server.ts'
import { pick, rowsOf } from './read-export.ts'

const actions = [
  { what: 'Oma haalt de kinderen op', domain: 2, asked_of: 1, before: 1, done: 2, done_by: 1 },
  { what: 'Een vriend helpt met de post', domain: 6, asked_of: 1, before: 0, done: 1, done_by: 1 },
  { domain: 3, asked_of: 2, done: 0 },
]

test('lists with repeated records are filled in over HTTP, scored, and exported as tables of their own', async (t) => {
  const folder = temporaryFolder(t)
  const definitions = writeRecordsStudy(join(folder, 'definitions'))
  const server = await startStudyServer(t, '2026-03-02T09:00:00Z', { definitions, entry: { protocol: recordsProtocol } })
  await server.register(plannedCase)
  await server.tick()
  const respondent = new Respondent(server.origin)
  await respondent.open(server.mail.linkTo(coordinatorAddress))
  const [plan, placed] = (await respondent.packet()).assignments

  const draft = { revision: 0, answers: { plan_known: 1, actions: [{ asked_of: 1 }, {}] }, page: 'actions_page' }
  assert.equal((await respondent.request('PUT', `/api/assignments/${plan?.id}/draft`, draft)).status, 200)
  assert.deepEqual((await findDraft(server.context.stores.study.read, plan?.id ?? ''))?.answers, draft.answers, 'saved as it goes')

  const refused = await respondent.submit(plan?.id ?? '', { plan_known: 1, actions: [{ ...actions[0], done_by: 7, extra: 1 }] })
  assert.equal(refused.status, 422)
  assert.deepEqual(
    (refused.body as unknown as { error: { problems: { item: string }[] } }).error.problems.map(({ item }) => item),
    ['actions[0].extra', 'actions[0].done_by'],
  )
  const open = await respondent.submit(plan?.id ?? '', { plan_known: 1, actions })
  assert.deepEqual((open.body as unknown as { error: { missing: unknown[] } }).error.missing, [
    { item: 'actions[2].what', page: 'actions_page', required: false },
  ])
  assert.equal((await respondent.submit(plan?.id ?? '', { plan_known: 1, actions }, ['actions[2].what'])).status, 200)

  // The second one still goes on: until 2 March 2026, the day of sending.
  const records = [
    { kind: 1, start: '2026-01-01', ended: 1, end: '2026-01-31', nights: 30, company: [1, 2] },
    { kind: 2, start: '2026-02-28', ended: 0, nights: 2, company: [0] },
  ]
  assert.equal((await respondent.submit(placed?.id ?? '', { placed: 1, placements: records })).status, 200)

  const directory = join(folder, 'export')
  const ran = await nameting(server.environment, 'export', '--study', 's1', '--out', directory)
  assert.equal(ran.code, 0, ran.stderr)
  assert.deepEqual(
    rowsOf(directory, 'records_plan_actions_actions.csv').map((row) =>
      pick(
        row,
        'case_code',
        'wave',
        'role',
        'participant_number',
        'record_number',
        'what',
        'domain',
        'asked_of',
        'before',
        'done',
        'done_by',
      ),
    ),
    [
      ['1', 'Oma haalt de kinderen op', '2', '1', '1', '2', '1'],
      ['2', 'Een vriend helpt met de post', '6', '1', '0', '1', '1'],
      ['3', '-9', '3', '2', '-8', '0', '-8'],
    ].map(([record_number, what, domain, asked_of, before, done, done_by]) => ({
      ...{
        case_code: 'EK-001',
        wave: 'T0',
        role: 'coordinator',
        participant_number: '1',
        record_number,
        what,
        domain,
        asked_of,
        before,
        done,
        done_by,
      },
    })),
  )
  assert.deepEqual(
    rowsOf(directory, 'records_placements_placements.csv').map((row) =>
      pick(row, 'kind', 'item_end', 'company___0', 'company___1', 'company___2'),
    ),
    [
      { kind: '1', item_end: '2026-01-31', company___0: '0', company___1: '1', company___2: '1' },
      { kind: '2', item_end: '-8', company___0: '1', company___1: '0', company___2: '0' },
    ],
  )
  const [long] = rowsOf(directory, 'long_placements.csv')
  // 30 days and 2; 30 nights x 10.10 and 2 x 100.
  assert.deepEqual(pick(long, 'placements_n', 'number_raw', 'foster_raw', 'days_raw', 'ended_share_raw', 'cost_raw'), {
    placements_n: '2',
    number_raw: '2',
    foster_raw: '1',
    days_raw: '32',
    ended_share_raw: '0.5',
    cost_raw: '503',
  })
  const [wide] = rowsOf(directory, 'wide.csv')
  assert.deepEqual(
    pick(
      wide,
      'plan_actions_t0_actions_n',
      'plan_actions_t0_professional_raw',
      'plan_actions_t0_own_circle_raw',
      'plan_actions_t0_taken_over_raw',
    ),
    {
      plan_actions_t0_actions_n: '3',
      plan_actions_t0_professional_raw: '1',
      plan_actions_t0_own_circle_raw: String(2 / 3),
      plan_actions_t0_taken_over_raw: String(1 / 3),
    },
  )
  const codebook = rowsOf(directory, 'codebook.csv')
  const inner = codebook.find(({ file, variable }) => file === 'records_plan_actions_actions.csv' && variable === 'before')
  assert.deepEqual(pick(inner, 'asked_when', 'scales', 'values_en', 'missing_en'), {
    asked_when: '{panel.asked_of} = 1 or {panel.asked_of} = 3',
    scales: 'taken_over',
    values_en: '0=No; 1=Yes',
    missing_en: '-9=asked and left open; -8=not applicable: a condition kept it from being asked',
  })
  assert.equal(
    codebook.find(({ file, variable }) => file === 'long_placements.csv' && variable === 'days_raw')?.method,
    'duration: days from start to end, sum; until completion where ended=0; none where placed=0',
  )
})
