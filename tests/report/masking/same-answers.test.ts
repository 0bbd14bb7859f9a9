/** The same answers in several tables, rows and figures: tried of all small samples what the others say about a star. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Answers } from '../../../instruments/schema.ts'
import { both, type Json } from '../../instruments/small-files.ts'
import { type Family, moodTables } from '../mood-report.ts'

const table = (id: string, own: Json): Json => ({
  ...{ id, title: both(id), unit: 'case', of: { instruments: ['mood'], wave: 'T0' }, columns: [{ of: {} }] },
  ...own,
})
const count = { count: { item: 'q1' } }
const each = table('each', { rows: [count] })
const classes = (...values: number[][]): Json[] => values.map((some) => ({ title: both(`${some}`), values: some }))
const coarse = { ...count, categories: classes([1], [2, 3, 4]) }

/** One kind of family: its lists, and which numbers of the report's secrets it is counted in. */
type Kind = Pick<Family, 'lists' | 'waves' | 'roles'> & { secrets: string[] }
interface Tried {
  section: { tables?: Json[]; figures?: Json[] }
  kinds: Kind[]
  most: number
  below: number
  /** Which samples are tried: of a number that is left out more than the small ones, so that the last of them does not tell it. */
  isTried?: (counts: readonly number[]) => boolean
  /** Which of them are looked at, beside those that print the same. */
  isSecret?: (counts: readonly number[]) => boolean
}

const q1 = (value: number): Answers => ({ q1: value })
const answers = (...values: number[]): Kind[] => values.map((value) => ({ lists: [q1(value)], secrets: [`${value}`] }))
/** Answers at the start, of which some families answer later, too. */
const waves = (...values: number[]): Kind[] =>
  values.flatMap((value) => [
    { lists: [q1(value)], secrets: [`${value}`, `${value} and left`] },
    { lists: [q1(value), q1(1)], waves: ['T0', 'FU3'], secrets: [`${value}`, `${value} and stayed`] },
  ])
const roles = (...values: number[]): Kind[] =>
  values.flatMap((value) => [
    { lists: [q1(value)], secrets: [`${value}`, `${value} by a parent`] },
    { lists: [q1(value)], roles: ['referrer'], secrets: [`${value}`, `${value} by a referrer`] },
  ])
const transitions: Kind[] = [1, 2].flatMap((value): Kind[] => [
  { lists: [q1(value)], secrets: [`${value}`, `${value} and left`] },
  ...[1, 2].map((after): Kind => {
    const secrets = [`${value}`, `${value} and stayed`, `${value} to ${after}`]
    return { lists: [q1(value), q1(after)], waves: ['T0', 'FU3'], secrets }
  }),
])
const total = (...scores: number[]): Kind[] =>
  scores.map((score) => ({ lists: [{ q1: 1, q2: 4, q3: score - 2 }], secrets: [`total ${score}`] }))
const ranges = (id: string, to: number): Json =>
  table(id, {
    rows: [
      {
        count: { scale: 'total' },
        categories: [
          { title: both('low'), to },
          { title: both('high'), from: to + 1 },
        ],
      },
    ],
  })
const stayed = { answeredIn: ['T0', 'FU3'] }
const figure = (kind: string, series: Json, own: Json): Json => ({
  ...{ id: 'f', title: both('Figure'), kind, unit: 'case', measure: { item: 'q1' }, of: { instruments: ['mood'] }, series: [series] },
  ...own,
})

/** Not where everybody at the start gave one answer: that is told, and so did whoever left, and everybody else. */
const haveAnswered = (kinds: readonly Kind[]) => (counts: readonly number[]) =>
  new Set(counts.flatMap((times, at) => (times > 0 ? [kinds[at]?.secrets[0]] : []))).size > 1
const sumOf = (...counts: (number | undefined)[]): number => counts.reduce<number>((sum, one = 0) => sum + one, 0)

const tried: Record<string, Tried> = {
  'an answer counts as missing in one of two tables': {
    section: { tables: [each, table('unknown', { rows: [{ ...count, unknown: [2] }] })] },
    ...{ kinds: answers(1, 2, 3, 4), most: 10, below: 3 },
    isTried: ([one, , ...others]) => sumOf(one, ...others) < 7,
  },
  'that is so in one of two rows, which tell how many are missing': {
    section: {
      tables: [
        table('rows', {
          rows: [
            { ...count, missing: 'shown' },
            { ...count, unknown: [2], missing: 'shown' },
          ],
        }),
      ],
    },
    ...{ kinds: [...answers(1, 2, 3), { lists: [{ q2: 1 }], secrets: ['open'] }], most: 11, below: 3 },
    isTried: ([one, , three]) => sumOf(one, three) < 5,
  },
  'one table is of the role of everybody who answered': {
    section: { tables: [each, table('role', { of: { instruments: ['mood'], wave: 'T0', role: 'parent' }, rows: [coarse] })] },
    ...{ kinds: answers(1, 2, 3, 4), most: 8, below: 3 },
  },
  'one table counts lists and one families': {
    section: { tables: [each, table('lists', { unit: 'list', rows: [coarse] })] },
    ...{ kinds: answers(1, 2, 3, 4), most: 8, below: 3 },
  },
  'a figure says by role what a table says of all': {
    section: { tables: [table('coarse', { rows: [coarse] })], figures: [figure('bars', { of: { role: 'parent' } }, { waves: ['T0'] })] },
    ...{ kinds: answers(1, 2, 3, 4), most: 8, below: 3 },
  },
  'two tables cut the same scores in two places': {
    section: { tables: [ranges('first', 3), ranges('second', 4)] },
    ...{ kinds: total(3, 4, 5), most: 12, below: 3 },
  },
  'some answered at the start only, of two answers': {
    section: { tables: [table('waves', { columns: [{ of: {} }, { of: stayed }], rows: [count] })] },
    ...{ kinds: waves(1, 2), most: 11, below: 3, isSecret: haveAnswered(waves(1, 2)) },
  },
  'some answered at the start only, of three answers': {
    section: { tables: [table('waves', { columns: [{ of: {} }, { of: stayed }], rows: [count] })] },
    ...{ kinds: waves(1, 2, 3), most: 8, below: 3, isSecret: haveAnswered(waves(1, 2, 3)) },
  },
  'some are in another role, whose answers are told together': {
    section: { tables: [each, table('role', { of: { instruments: ['mood'], wave: 'T0', role: 'parent' }, rows: [coarse] })] },
    ...{ kinds: roles(1, 2, 3), most: 8, below: 3, isSecret: haveAnswered(roles(1, 2, 3)) },
  },
  'a figure goes from what those answered who stayed': {
    section: { tables: [each], figures: [figure('transitions', { of: {} }, { waves: ['T0', 'FU3'] })] },
    ...{ kinds: transitions, most: 8, below: 3, isSecret: haveAnswered(transitions) },
  },
}

/** All ways to put `n` in so many places. */
function* waysOf(places: number, n: number): Generator<number[]> {
  if (places === 1) return yield [n]
  for (let one = 0; one <= n; one++) for (const others of waysOf(places - 1, n - one)) yield [one, ...others]
}

const familiesOf = (kinds: readonly Kind[], counts: readonly number[]): Family[] =>
  counts.flatMap((times, at) => Array.from({ length: times }, (): Family => ({ groups: [], ...(kinds[at] as Kind) })))

/** Cells as they stand in a report. */
const printed = ({ section, below }: Tried, families: readonly Family[]): string =>
  JSON.stringify(
    moodTables(section, families, below).map(({ rows }) =>
      rows.map((row) =>
        row.kind === 'cells' ? row.cells.map((cell) => (cell.masked ? '*' : ['value' in cell && cell.value, cell.n])) : [],
      ),
    ),
  )

for (const [what, one] of Object.entries(tried))
  test(`no count is known to be small where ${what}`, () => {
    const { kinds, most, below, isTried = () => true, isSecret = () => true } = one
    const secrets = [...new Set(kinds.flatMap((kind) => kind.secrets))]
    const told = new Map<string, Map<string, Set<number>>>()
    const looked = new Set<string>()
    let stars = 0
    for (let n = 0; n <= most; n++)
      for (const counts of waysOf(kinds.length, n)) {
        if (!isTried(counts)) continue
        const shown = printed(one, familiesOf(kinds, counts))
        if (shown.includes('*')) stars++
        if (isSecret(counts)) looked.add(shown)
        const known = told.get(shown) ?? new Map(secrets.map((secret) => [secret, new Set<number>()]))
        told.set(shown, known)
        for (const secret of secrets) {
          const behind = counts.filter((_, at) => kinds[at]?.secrets.includes(secret))
          known.get(secret)?.add(behind.reduce((sum, times) => sum + times, 0))
        }
      }
    const found = [...told].flatMap(([shown, known]) =>
      [...known].flatMap(([secret, values]) => {
        const [only = 0] = values
        return looked.has(shown) && values.size === 1 && only > 0 && only < below ? [`${secret} is ${only}: ${shown}`] : []
      }),
    )
    assert.deepEqual(found, [])
    assert.ok(stars > 0 && told.size > 10)
  })
