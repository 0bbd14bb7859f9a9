import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { answerChecker } from '../../instruments/answers.ts'
import { Catalogue } from '../../instruments/catalogue.ts'
import { itemsOf } from '../../instruments/items.ts'
import { assess } from '../../norms/assess.ts'
import { type NormTable, normTableSchema } from '../../norms/schema.ts'
import type { Context } from '../../server/context.ts'
import { openStudyReader } from '../../server/db/study-reader.ts'
import { exportStudy } from '../../server/export/export-study.ts'
import { findStudy } from '../../server/queries/studies.ts'
import { doNow } from '../../server/workflow/do-job.ts'
import { previewRescore } from '../../server/workflow/rescore.ts'
import { rowsOf } from '../export/read-export.ts'
import { databasePlace } from '../harness/database.ts'
import { entry, normTable, type Stratum, startRescoringStudy } from './rescoring-study.ts'

interface Family {
  sex: string | undefined
  birth: [year: number, month: number] | undefined
  /** Position of the answer per item; null: left open. */
  picks: (number | null)[]
}

const family: fc.Arbitrary<Family> = fc.record({
  sex: fc.constantFrom('female', 'male', 'other', undefined),
  birth: fc.option(fc.tuple(fc.integer({ min: 2012, max: 2024 }), fc.integer({ min: 1, max: 12 })), { nil: undefined }),
  picks: fc.array(fc.option(fc.nat(4), { freq: 25 }), { minLength: 12, maxLength: 12 }),
})

const figures = fc.record({ mean: fc.integer({ min: 1200, max: 6000 }), sd: fc.integer({ min: 100, max: 1500 }) })
const strata: fc.Arbitrary<Stratum[]> = fc.oneof(
  figures.map((one) => [stratum('everybody', one)]),
  fc.tuple(figures, figures).map(([one, two]) => [stratum('female', one, { sex: 'female' }), stratum('everybody-else', two)]),
  fc
    .tuple(figures, figures, fc.integer({ min: 1, max: 12 }))
    .map(([one, two, age]) => [
      stratum('young', one, { child_age: { from: 0, to: age } }),
      stratum('older', two, { sex: 'male', child_age: { from: age + 1, to: 18 } }),
    ]),
)
const stratum = (id: string, { mean, sd }: { mean: number; sd: number }, when?: Stratum['when']): Stratum => ({
  id,
  ...(when && { when }),
  mean: mean / 100,
  sd: sd / 100,
  n: null,
})

/** The day of all answers is 2 March 2026: whoever was born in the year before that month, or on its first day, has had a birthday. */
const ageOf = ([year, month]: [number, number]): number => 2026 - year - (month > 3 ? 1 : 0)

test('after re-scoring, the z that is exported is that of the new table for every response; old scores stay byte for byte', async (t) => {
  const study = await startRescoringStudy(t)
  const { context, rows } = study
  const veo = context.definitions.instruments.need('veo@1.0.0')
  const families = fc.sample(family, { numRuns: 30, seed: 20260302 })
  const answers = families.map(({ picks }) =>
    Object.fromEntries(
      itemsOf(veo).flatMap(({ name, choices }, item) => {
        const pick = picks[item]
        return pick === null || pick === undefined ? [] : [[name, choices[pick]?.value ?? 1]]
      }),
    ),
  )
  const code = (number: number) => `F-${String(number).padStart(2, '0')}`
  await study.register(
    ...families.map(({ sex, birth }, number) =>
      entry(code(number), { sex, childBirthMonth: birth && `${birth[0]}-${String(birth[1]).padStart(2, '0')}` }),
    ),
  )
  for (const [number, given] of answers.entries()) await study.submit(code(number), 'veo', given)

  let version = 1
  await fc.assert(
    fc.asyncProperty(strata, async (drawn) => {
      version++
      const table = normTableSchema.parse(normTable('veo', 'total', `${version}.0.0`, drawn))
      const knowing = withTable(context, table)
      const before = rows<Record<string, unknown>>('SELECT * FROM scores ORDER BY id')
      const current = await findStudy(context.stores.study.read, 's1')
      assert.ok(current)
      const reference = `veo-total-test@${version}.0.0`
      const preview = await previewRescore(knowing, current, { norms: [reference] })
      const { changed: scores } = await doNow(knowing, 's1', 'rescore', { norms: [reference] })

      const after = rows<Record<string, unknown>>('SELECT * FROM scores ORDER BY id')
      assert.deepEqual(after.slice(0, before.length), before)
      assert.deepEqual([scores, preview.scores], [after.length - before.length, after.length - before.length])

      const exported = await exportedZ(knowing, study.dataFolder, join(study.dataFolder, `export-${version}`))
      for (const [number, given] of answers.entries()) {
        const { sex, birth } = families[number] as Family
        const facts = { ...(sex && { sex }), ...(birth && { child_age: ageOf(birth) }) }
        const yardstick = { instrument: veo, tables: [table], bandSets: context.definitions.norms.bandSets }
        const [expected] = assess(yardstick, answerChecker(veo)(given), facts)
        assert.deepEqual(exported.get(code(number)), [String(expected?.z ?? ''), expected?.band ?? '', reference], code(number))
      }

      const events = rows('SELECT * FROM events')
      assert.equal((await doNow(knowing, 's1', 'rescore', { norms: [reference] })).changed, 0)
      assert.deepEqual([rows('SELECT * FROM scores ORDER BY id'), rows('SELECT * FROM events')], [after, events])
    }),
    { numRuns: 25 },
  )
})

/** The same server with one table more in its definitions; they stay, as files in DEFINITIONS_DIR do. */
function withTable(context: Context, table: NormTable): Context {
  const { norms } = context.definitions
  norms.tables = new Catalogue([...norms.tables.all(), table])
  return context
}

/** z, band and norm table of veo by case code, as `export` writes them. */
async function exportedZ({ definitions }: Context, dataFolder: string, directory: string): Promise<Map<string, string[]>> {
  const reader = await openStudyReader(await databasePlace(dataFolder))
  try {
    await exportStudy(reader, definitions, { study: 's1', directory, layouts: ['long'], formats: ['csv'], now: '2026-03-03T09:00:00.000Z' })
  } finally {
    reader.close()
  }
  const lists = rowsOf(directory, 'long_veo.csv')
  return new Map(lists.map(({ case_code, z = 'none', band = 'none', norm = 'none' }) => [case_code ?? '', [z, band, norm]]))
}
