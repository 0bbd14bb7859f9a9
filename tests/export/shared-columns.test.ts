import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { itemsOf } from '../../instruments/items.ts'
import { type Instrument, instrumentSchema } from '../../instruments/schema.ts'
import type { Column } from '../../server/export/column.ts'
import { contextNames } from '../../server/export/column-names.ts'
import { itemUnits } from '../../server/export/item-columns.ts'
import { reservedWords } from '../../server/export/reserved-words.ts'
import { scaleUnits, soleScale } from '../../server/export/scale-columns.ts'
import { asColumn, sharedColumns } from '../../server/export/shared-columns.ts'
import type { ExportAssignment } from '../../server/queries/export-rows.ts'

const both = (text: string) => ({ nl: text, en: text })
const choices = (...labels: string[]) => labels.map((label, index) => ({ value: index + 1, text: both(label) }))

/** Ways in which a question of one name may be asked: some mean the same, others do not. */
const ways: Record<string, object> = {
  three: { type: 'radiogroup', choices: choices('never', 'sometimes', 'often') },
  worded: { type: 'dropdown', choices: choices('not at all', 'now and then', 'very often') },
  turned: { type: 'radiogroup', choices: choices('often', 'sometimes', 'never') },
  four: { type: 'radiogroup', choices: choices('never', 'sometimes', 'often', 'always') },
  several: { type: 'checkbox', choices: choices('never', 'sometimes', 'often') },
  ten: { type: 'text', inputType: 'number', min: 0, max: 10, step: 1 },
  tenths: { type: 'text', inputType: 'number', min: 0, max: 10, step: 0.1 },
  hundred: { type: 'text', inputType: 'number', min: 0, max: 100, step: 1 },
  text: { type: 'comment' },
  records: { type: 'paneldynamic', maxPanelCount: 4, templateElements: [{ type: 'comment', name: 'inside', title: both('?') }] },
}

const names = ['q1', 'q2', 'select', 'an_item_whose_name_is_31_letters', 'q1_n', 'q1__v2_0_0']

interface Draft {
  items: Record<string, string>
  scales: Record<string, { items: string[]; reverse: boolean }>
}

const draft: fc.Arbitrary<Draft> = fc.record({
  items: fc.dictionary(fc.constantFrom(...names), fc.constantFrom(...Object.keys(ways)), { minKeys: 1 }),
  scales: fc.dictionary(
    fc.constantFrom('total', 'events'),
    fc.record({ items: fc.uniqueArray(fc.constantFrom('q1', 'q2'), { minLength: 1 }), reverse: fc.boolean() }),
  ),
})

const instrument = ({ items, scales }: Draft, index: number): Instrument =>
  instrumentSchema.parse({
    kind: 'instrument',
    id: 'list',
    version: `${index + 1}.0.0`,
    title: both('List'),
    measures: both('Anything'),
    minutes: 1,
    wording: { status: 'own', holder: 'Nobody', source: 'Written for a test' },
    respondents: ['parent'],
    survey: {
      title: both('List'),
      pages: [{ name: 'only', elements: Object.entries(items).map(([name, way]) => ({ name, title: both(name), ...ways[way] })) }],
    },
    scales: Object.entries(scales).map(([id, { items, reverse }]) => ({
      ...{ id, title: both(id), items, reverse: reverse ? items : [], method: 'count', counts: [2], itemRange: [1, 3] },
      ...{ missing: { allowed: 0, prorate: false }, range: [0, items.length], worse: null },
    })),
  })

const columnsOf = (versions: Instrument[]): Column<ExportAssignment>[] =>
  [
    ...sharedColumns(versions.map(itemUnits)),
    ...sharedColumns(versions.map((one) => scaleUnits(one, soleScale(versions), () => []))),
  ].flatMap((variable) => asColumn(variable, ({ instrumentVersion }) => instrumentVersion))

/** What a column is: the version, the item or scale, and which of its columns. */
const meaningsOf = ({ origin }: Column<ExportAssignment>): string[] =>
  (origin?.versions ?? []).map(({ instrument, item, scale }) => {
    const { choice = '' } = { ...origin?.variable } as { choice?: number }
    return [instrument.version, item ? `item ${item.name} ${item.kind}` : `scale ${scale?.id}`, choice, origin?.part ?? ''].join(' ')
  })

const drafts = fc.array(draft, { minLength: 1, maxLength: 4 })

test('every name is distinct and a variable name in SPSS, R and SQL, whatever the versions', () => {
  fc.assert(
    fc.property(drafts, (list) => {
      const columns = columnsOf(list.map(instrument)).map(({ name }) => name)
      const all = [...contextNames, ...columns]
      assert.equal(new Set(all).size, all.length, all.join())
      for (const name of columns) {
        assert.match(name, /^[a-z][a-z0-9_]{0,62}$/)
        assert.equal(reservedWords.has(name), false, name)
      }
    }),
    { numRuns: 500 },
  )
})

test('each item, choice and score of each version is in exactly one column', () => {
  fc.assert(
    fc.property(drafts, (list) => {
      const versions = list.map(instrument)
      const covered = columnsOf(versions).flatMap(meaningsOf)
      assert.equal(new Set(covered).size, covered.length)
      const alone = versions.flatMap((version) => columnsOf([version]).flatMap(meaningsOf))
      assert.deepEqual(covered.sort(), alone.sort())
    }),
    { numRuns: 500 },
  )
})

test('a version more changes no name that there was, and takes nothing out of a column', () => {
  fc.assert(
    fc.property(drafts, draft, (list, next) => {
      const versions = list.map(instrument)
      const later = new Map(columnsOf([...versions, instrument(next, versions.length)]).map((column) => [column.name, column]))
      for (const column of columnsOf(versions)) {
        const same = later.get(column.name)
        assert.ok(same, `${column.name} is gone`)
        const now = new Set(meaningsOf(same))
        for (const meaning of meaningsOf(column)) assert.ok(now.has(meaning), `${column.name} is no longer ${meaning}`)
      }
    }),
    { numRuns: 500 },
  )
})

test('versions share a column only where answers mean the same', () => {
  const alike = [
    ['three', 'worded'],
    ['ten', 'tenths'],
  ]
  const isAlike = (a: string, b: string) => a === b || alike.some((pair) => pair.includes(a) && pair.includes(b))
  for (const first of Object.keys(ways))
    for (const second of Object.keys(ways)) {
      const versions = [first, second].map((way, index) => instrument({ items: { q1: way }, scales: {} }, index))
      const own = columnsOf(versions).filter(({ name }) => name.endsWith('__v2_0_0'))
      // Records are counted in another column than a question of that name.
      const apart = !isAlike(first, second) && (first === 'records') === (second === 'records')
      // Labels that stay in no place: nothing says that they moved.
      const unseen = [first, second].includes('worded') && [first, second].includes('turned')
      assert.equal(own.length > 0, apart && !unseen, `${first}, then ${second}`)
      assert.equal(itemsOf(versions[0] as Instrument).length, 1)
    }
})
