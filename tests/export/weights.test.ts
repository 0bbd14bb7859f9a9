/** Weights of interviews in an export, worked out by hand for three cases of which one was handed over. */
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import type { Answers } from '../../instruments/schema.ts'
import { handOver } from '../../server/workflow/hand-over.ts'
import { nameting } from '../harness/command.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { interviewProtocol, talkedWith, writeInterviewStudy } from '../harness/interview-study.ts'
import { openTestStudy, type TestStudy } from '../harness/test-study.ts'
import { manifestOf, pick, rowsOf, rowWhere } from './read-export.ts'

interface InterviewStudy extends TestStudy {
  /** Fills in the list about somebody (`parent 2`): whether the interview was held. */
  talk(code: string, about: string, held?: 0 | 1): Promise<void>
  export(): Promise<string>
}

async function openInterviewStudy(t: TestContext): Promise<InterviewStudy> {
  const folder = temporaryFolder(t)
  const definitions = writeInterviewStudy(join(folder, 'definitions'))
  const study = await openTestStudy({ folder: join(folder, 'data'), definitions, entry: { protocol: interviewProtocol } })
  t.after(study.close)
  return {
    ...study,
    async talk(code, about, held = 1) {
      const instrument = about.startsWith('youth') ? 'talk-youth' : 'talk'
      const answers: Answers = held === 1 ? { held, safe: 2, wishes: [{ wish: `van ${about}` }] } : { held }
      await study.submit({ code, instrument, wave: 'FU9', role: 'interviewer', about }, answers)
    },
    async export() {
      const out = join(folder, 'out')
      const ran = await nameting(study.environment, 'export', '--study', 's1', '--out', out)
      assert.equal(ran.code, 0, ran.stderr)
      return out
    },
  }
}

/** To ten digits. */
const number = (cell: string | undefined): number | null => (cell ? Number(Number(cell).toFixed(10)) : null)
const rounded = (value: number): number => Number(value.toFixed(10))

test('each case counts the same, interviews with two referrers of whom one took over count as one, and one that was not held counts for nothing', async (t) => {
  const study = await openInterviewStudy(t)
  await study.register(
    talkedWith('A', 'parent', 'parent', 'referrer', 'youth'),
    talkedWith('B', 'parent', 'referrer'),
    talkedWith('C', 'parent', 'referrer'),
    talkedWith('D', 'parent'),
  )
  await study.talk('A', 'referrer 1')
  study.clock.set('2026-03-10T09:00:00Z')
  await handOver(
    study.context,
    { study: 's1', code: 'A' },
    { role: 'referrer' },
    { name: 'Opvolger Verzonnen', email: 'opvolger@example.org' },
  )
  for (const about of ['referrer 2', 'parent 1', 'parent 2', 'youth 1']) await study.talk('A', about)
  for (const about of ['parent 1', 'referrer 1']) await study.talk('B', about)
  await study.talk('C', 'parent 1')
  await study.talk('C', 'referrer 1', 0)
  const out = await study.export()

  // Opinions: A parent, parent, referrer, youth = 4; B 2; C 1; D none. Mean over A, B and C: 7/3.
  const mean = 7 / 3
  const weights = [...rowsOf(out, 'long_talk.csv'), ...rowsOf(out, 'long_talk_youth.csv')].map(
    (row) => [`${row.case_code} ${row.about_role} ${row.about_number}`, number(row.weight_interviews)] as const,
  )
  assert.deepEqual(Object.fromEntries(weights), {
    'A referrer 1': rounded(mean / 4 / 2),
    'A referrer 2': rounded(mean / 4 / 2),
    'A parent 1': rounded(mean / 4),
    'A parent 2': rounded(mean / 4),
    'A youth 1': rounded(mean / 4),
    'B referrer 1': rounded(mean / 2),
    'B parent 1': rounded(mean / 2),
    'C referrer 1': null,
    'C parent 1': rounded(mean),
    'D parent 1': null,
  })
  const wide = rowsOf(out, 'wide.csv')
  assert.deepEqual(
    ['A', 'B', 'C', 'D'].map((code) => {
      const row = rowWhere(wide, { case_code: code })
      return ['aboutparent', 'aboutparent2', 'aboutreferrer', 'aboutreferrer2'].map((whom) =>
        number(row[`talk_fu9_${whom}_weight_interviews`]),
      )
    }),
    [
      [mean / 4, mean / 4, mean / 8, mean / 8].map(rounded),
      [rounded(mean / 2), null, rounded(mean / 2), null],
      [rounded(mean), null, null, null],
      [null, null, null, null],
    ],
  )
  assert.equal(number(rowWhere(wide, { case_code: 'A' }).talk_youth_fu9_weight_interviews), rounded(mean / 4))

  assert.deepEqual(manifestOf(out).weights, [
    {
      id: 'interviews',
      title: { nl: 'Gesprekken', en: 'Interviews' },
      instruments: ['talk', 'talk-youth'],
      condition: '{held} = 1',
      waves: [{ wave: 'FU9', cases: 3, opinions: 7, mean }],
    },
  ])
  const codebook = rowsOf(out, 'codebook.csv')
  const formula = rowWhere(codebook, { file: 'long_talk.csv', variable: 'weight_interviews' })
  assert.deepEqual(pick(formula, 'label_nl', 'type'), { label_nl: 'Gewicht: Gesprekken', type: 'decimal' })
  for (const part of [
    /mean opinions per case \/ opinions in this case/,
    /completed lists of talk, talk-youth in the same wave where \{held\} = 1/,
    /mean in FU9: 7 opinions \/ 3 cases/,
    /De familie aan zet \(2008\), 2\.5/,
  ])
    assert.match(formula.method ?? '', part)
  const placed = rowWhere(codebook, { file: 'wide.csv', variable: 'talk_fu9_aboutparent2_weight_interviews' })
  assert.deepEqual(pick(placed, 'wave', 'role', 'about'), { wave: 'FU9', role: 'interviewer', about: 'parent 2' })
  assert.equal(placed.method, formula.method)
})

test('what was said in two interviews of one case never stands in one row, also not in the records', async (t) => {
  const study = await openInterviewStudy(t)
  await study.register(talkedWith('A', 'parent', 'parent', 'referrer'))
  for (const about of ['parent 2', 'parent 1', 'referrer 1']) await study.talk('A', about)
  const out = await study.export()
  assert.deepEqual(
    rowsOf(out, 'records_talk_wishes.csv').map((row) => pick(row, 'about_role', 'about_number', 'record_number', 'wish')),
    [
      { about_role: 'referrer', about_number: '1', record_number: '1', wish: 'van referrer 1' },
      { about_role: 'parent', about_number: '1', record_number: '1', wish: 'van parent 1' },
      { about_role: 'parent', about_number: '2', record_number: '1', wish: 'van parent 2' },
    ],
  )
})

test('where nobody has been interviewed yet there are columns for the weights, and nothing in them', async (t) => {
  const study = await openInterviewStudy(t)
  await study.register(talkedWith('A', 'parent'))
  const out = await study.export()
  assert.deepEqual(
    rowsOf(out, 'long_talk.csv').map(({ weight_interviews }) => weight_interviews),
    [''],
  )
  assert.deepEqual(manifestOf(out).weights[0]?.waves, [])
})
