import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Case } from '../../server/queries/cases.ts'
import { findCaseByCode } from '../../server/queries/cases.ts'
import { changeValue } from '../../server/workflow/change-value.ts'
import type { SignedIn } from '../../server/workflow/sign-in.ts'
import { beginEntry, finishEntry } from '../../server/workflow/type-in.ts'
import { nameting } from '../harness/command.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { interviewProtocol, talkedWith, writeInterviewStudy } from '../harness/interview-study.ts'
import { openTestStudy } from '../harness/test-study.ts'
import { pick, rowsOf } from './read-export.ts'

test('an export has the values of now, a table of what they were, and of what staff typed in who, how and for which day', async (t) => {
  const folder = temporaryFolder(t)
  const definitions = writeInterviewStudy(join(folder, 'definitions'))
  const study = await openTestStudy({ folder: join(folder, 'data'), definitions, entry: { protocol: interviewProtocol } })
  t.after(study.close)
  await study.register(talkedWith('EK-001', 'parent'))
  const found = (await findCaseByCode(study.context.stores.study.read, 's1', 'EK-001')) as Case
  const [{ id: assignment = '' } = {}] = study.rows<{ id: string }>('SELECT id FROM assignments')
  // What the workflow has to know of whoever is signed in.
  const staff = { member: { id: 'account' }, grants: [{ studyId: 's1', role: 'data manager', region: '*' }] } as unknown as SignedIn
  const typing = { staff, found, assignment }
  await beginEntry(study.context, typing, { means: 'telephone', answeredOn: '2026-03-01', language: 'nl', double: false })
  await finishEntry(study.context, typing, {
    revision: 0,
    answers: { held: 1, safe: 2, wishes: [{ wish: 'Rust' }] },
    page: null,
    skipped: [],
  })
  const exported = async (name: string) => {
    const out = join(folder, name)
    assert.equal((await nameting(study.environment, 'export', '--study', 's1', '--out', out)).code, 0)
    return out
  }
  assert.ok(!existsSync(join(await exported('before'), 'value_changes.csv')), 'nothing was changed yet')

  await changeValue(study.context, staff, found, { assignment, item: 'wishes[0].wish', value: 'Meer rust', reason: 'slecht verstaan' })
  await changeValue(study.context, staff, found, { assignment, item: 'safe', value: 1, reason: 'een vergissing' })
  await changeValue(study.context, staff, found, {
    assignment,
    item: 'wishes',
    record: { remove: null, add: { wish: 'Een tuin' } },
    reason: 'vergeten',
  })
  const out = await exported('after')
  assert.deepEqual(pick(rowsOf(out, 'assignments.csv')[0], 'entered_by', 'entered_means', 'answered_on'), {
    entered_by: 'account',
    entered_means: 'telephone',
    answered_on: '2026-03-01',
  })
  assert.equal(rowsOf(out, 'long_talk.csv')[0]?.safe, '1')
  assert.deepEqual(
    rowsOf(out, 'value_changes.csv').map((row) =>
      pick(
        row,
        'case_code',
        'wave',
        'role',
        'about_role',
        'instrument',
        'changed_item',
        'value_before',
        'value_after',
        'changed_by',
        'change_reason',
      ),
    ),
    [
      ['wishes[0].wish', 'Rust', 'Meer rust', 'slecht verstaan'],
      ['safe', '2', '1', 'een vergissing'],
      // Where a record comes or goes: all of the group.
      ['wishes', '[{"wish":"Meer rust"}]', '[{"wish":"Meer rust"},{"wish":"Een tuin"}]', 'vergeten'],
    ].map(([changed_item, value_before, value_after, change_reason]) => ({
      case_code: 'EK-001',
      wave: 'FU9',
      role: 'interviewer',
      about_role: 'parent',
      instrument: 'talk',
      changed_item,
      value_before,
      value_after,
      changed_by: 'account',
      change_reason,
    })),
  )
})
