/** From mail to file: what people send in over HTTP comes out with the scores that one computes by hand. */
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Answers } from '../../instruments/schema.ts'
import { manifestOf, pick, rowsOf, rowWhere } from '../export/read-export.ts'
import { nameting } from '../harness/command.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { address, family } from '../harness/family.ts'
import { Respondent } from '../harness/respondent.ts'
import { type StudyServer, startStudyServer } from '../harness/study-server.ts'

const items = (prefix: string, count: number, width = 2): string[] =>
  Array.from({ length: count }, (_, index) => `${prefix}${String(index + 1).padStart(width, '0')}`)

/** `answer` to every item; the reversed ones of a 1-5 scale get the mirrored answer, so that each counts as `answer`. */
const mirrored = (names: string[], reverse: string[], answer: number): Answers =>
  Object.fromEntries(names.map((name) => [name, reverse.includes(name) ? 6 - answer : answer]))

const veo = (answer: number): Answers => mirrored(items('veo', 12), ['veo07', 'veo11'], answer)
const pul = (autonomy: number, optimism: number): Answers => ({
  ...mirrored(items('pul_autonomy', 8, 1), ['pul_autonomy6'], autonomy),
  ...mirrored(items('pul_optimism', 7, 1), ['pul_optimism5'], optimism),
})

/** Sends in the lists that the parent of a family has at T0. */
async function answer(server: StudyServer, code: string, lists: Record<string, { answers: Answers; skipped?: string[] }>): Promise<void> {
  const respondent = new Respondent(server.origin)
  await respondent.open(server.mail.linkTo(address('parent', code)))
  await respondent.consent()
  const { assignments } = await respondent.packet()
  for (const [instrument, { answers, skipped = [] }] of Object.entries(lists)) {
    const given = Object.fromEntries(Object.entries(answers).filter(([item]) => !skipped.includes(item)))
    const { survey } = server.context.definitions.instruments.need(`${instrument}@0.1.0-standin`)
    const assignment = assignments.find(({ title }) => title.nl === survey.title.nl)
    const { status, body } = await respondent.submit(assignment?.id ?? '', given, skipped)
    assert.equal(status, 200, JSON.stringify(body))
  }
}

test('exported scores equal those computed by hand', async (t) => {
  const server = await startStudyServer(t, '2026-03-02T09:00:00.000Z')
  await server.register(...['F1', 'F2', 'F3', 'F4'].map((code) => family(code)))
  await server.tick()
  await answer(server, 'F1', { veo: { answers: veo(4) }, pul: { answers: pul(4, 2) } })
  await answer(server, 'F2', { veo: { answers: veo(3), skipped: ['veo01'] }, pul: { answers: pul(5, 5) } })
  await answer(server, 'F3', { veo: { answers: veo(2), skipped: ['veo01', 'veo07'] } })

  const out = join(temporaryFolder(t), 'out')
  const { code, stderr } = await nameting(server.environment, 'export', '--study', 's1', '--out', out)
  assert.deepEqual([code, stderr], [0, ''])
  const wide = rowsOf(out, 'wide.csv')
  const parts = ['raw', 'z', 'band', 'missing', 'reason', 'norm', 'stratum']
  const scored = (family: string, scale: string) =>
    Object.values(pick(rowWhere(wide, { case_code: family }), ...parts.map((part) => `${scale}_${part}`)))

  // Twelve answers that count as 4 make 48; the stand-in norm has mean 46 and sd 7: 2 / 7 = 0.2857.
  const norm = 'veo-nl@0.1.0-standin'
  assert.deepEqual(scored('F1', 'veo_t0'), ['48', '0.29', 'none', '0', '', norm, 'everybody'])
  // Eleven that count as 3 make 33, prorated 33 x 12 / 11 = 36; -10 / 7 = -1.4286; worse is low: 1.43 is considerable.
  assert.deepEqual(scored('F2', 'veo_t0'), ['36', '-1.43', 'considerable', '1', '', norm, 'everybody'])
  // Two are missing where one may be: no score, and the reason.
  assert.deepEqual(scored('F3', 'veo_t0'), ['', '', '', '2', 'too-many-missing', norm, ''])
  assert.deepEqual(scored('F4', 'veo_t0'), ['', '', '', '', '', '', ''])
  // Autonomy 8 x 4 = 32, (32 - 30) / 5 = 0.4; social optimism 7 x 2 = 14, (14 - 26) / 5 = -2.4.
  assert.deepEqual(scored('F1', 'pul_t0_autonomy').slice(0, 3), ['32', '0.4', 'none'])
  assert.deepEqual(scored('F1', 'pul_t0_social_optimism').slice(0, 3), ['14', '-2.4', 'very_serious'])
  // 8 x 5 = 40, (40 - 30) / 5 = 2: far above the mean is not bad here.
  assert.deepEqual(scored('F2', 'pul_t0_autonomy').slice(0, 3), ['40', '2', 'none'])

  const scores = rowsOf(out, 'scores.csv')
  const score = (case_code: string, scale: string) =>
    Object.values(pick(rowWhere(scores, { case_code, wave: 'T0', scale }), 'instrument_version', ...parts, 'norm_status'))
  const [list, status] = ['0.1.0-standin', 'stand-in']
  assert.deepEqual(score('F2', 'veo_total'), [list, '36', '-1.43', 'considerable', '1', '', norm, 'everybody', status])
  assert.deepEqual(score('F3', 'veo_total'), [list, '', '', '', '2', 'too-many-missing', norm, '', status])
  assert.deepEqual(score('F1', 'pul_social_optimism').slice(0, 4), [list, '14', '-2.4', 'very_serious'])
  assert.deepEqual(
    scores.filter(({ case_code }) => case_code === 'F4'),
    [],
  )
  assert.equal(scores.length, manifestOf(out).counts.scores)
  const codebook = rowWhere(rowsOf(out, 'codebook.csv'), { file: 'scores.csv', variable: 'scale' })
  assert.match(codebook.values_en ?? '', /(^|; )veo_total=[^;]+/)

  const long = rowWhere(rowsOf(out, 'long_veo.csv'), { case_code: 'F2', wave: 'T0' })
  assert.deepEqual(pick(long, 'veo01', 'veo02', 'veo07', 'raw', 'z', 'state', 'submitted_at', 'response_language'), {
    veo01: '-9',
    veo02: '3',
    veo07: '3',
    raw: '36',
    z: '-1.43',
    state: 'completed',
    submitted_at: '2026-03-02T09:00:00.000Z',
    response_language: 'nl',
  })
})
