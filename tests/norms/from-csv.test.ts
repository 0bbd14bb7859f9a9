import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { type FromCsv, type NormHeader, normTablesFromCsv } from '../../norms/from-csv.ts'

const header: NormHeader = {
  id: 'mood-nl',
  version: '1.0.0',
  instrument: 'mood',
  instrumentVersions: '>=1.0.0 <2.0.0',
  title: { nl: 'Stemming', en: 'Mood' },
  population: { nl: 'Verzonnen', en: 'Invented' },
  year: 2020,
  source: 'Invented for a test',
  bands: 'bands@1.0.0',
}

/** `text`: lines of cells between semicolons or commas, the header first. */
function read(text: string, more: Partial<NormHeader> = {}): FromCsv {
  const semicolons = text.split('\n')[0]?.includes(';') ?? false
  const [columns = [], ...rows] = text.split('\n').map((line) => line.split(semicolons ? ';' : ','))
  return normTablesFromCsv({ ...header, ...more }, { columns, rows: rows.map((cells, index) => ({ at: index + 2, cells })), semicolons })
}

const wrong = (text: string, more?: Partial<NormHeader>): string[] =>
  read(text, more).problems.map(({ line, column, reason }) => `${line} ${column}: ${reason}`)

test('a scale for everybody is one table with the id that was given', () => {
  const { tables, problems, mark } = read('scale,mean,sd,n\ntotal,7.5,2,120')
  assert.deepEqual([problems, mark], [[], '.'])
  assert.deepEqual(
    tables.map(({ table }) => table),
    [
      {
        kind: 'norm-table',
        id: 'mood-nl',
        version: '1.0.0',
        title: header.title,
        instrument: 'mood',
        instrumentVersions: '>=1.0.0 <2.0.0',
        scale: 'total',
        population: header.population,
        year: 2020,
        status: 'published',
        source: 'Invented for a test',
        bands: 'bands@1.0.0',
        strata: [{ id: 'everybody', mean: 7.5, sd: 2, n: 120 }],
      },
    ],
  )
})

test('several scales, strata by sex and age, sources by row, decimal commas', () => {
  const { tables, problems, mark } = read(
    [
      'scale;sex;child_age;mean;sd;n;source',
      'total;female;4-7;7,5;2;;table 1',
      'total;female;8;7,25;2,5;;table 2',
      'total;;;7;2;31;',
      'social_optimism;;;3;1;;table 9',
    ].join('\n'),
  )
  assert.deepEqual([problems, mark], [[], ','])
  assert.deepEqual(
    tables.map(({ table }) => [table.id, table.title.en, table.source]),
    [
      ['mood-nl-total', 'Mood: total', 'Invented for a test; female-child-age-4-7: table 1; female-child-age-8: table 2'],
      ['mood-nl-social-optimism', 'Mood: social_optimism', 'Invented for a test; table 9'],
    ],
  )
  assert.deepEqual(tables[0]?.table.strata, [
    { id: 'female-child-age-4-7', when: { sex: 'female', child_age: { from: 4, to: 7 } }, mean: 7.5, sd: 2, n: null },
    { id: 'female-child-age-8', when: { sex: 'female', child_age: { from: 8, to: 8 } }, mean: 7.25, sd: 2.5, n: null },
    { id: 'everybody-else', mean: 7, sd: 2, n: 31 },
  ])
})

test('a version with a mark makes stand-in norms', () => {
  assert.equal(read('scale,mean,sd\ntotal,7,2', { version: '1.0.0-standin' }).tables[0]?.table.status, 'stand-in')
})

describe('what is wrong is told with its line and column', () => {
  const cases: [string, string, string[]][] = [
    ['no column', 'scale,mean\ntotal,7', ['1 sd: this column is missing']],
    [
      'an unknown column',
      'scale,mean,sd,gender\ntotal,7,2,f',
      ['1 gender: this is not a column; there is: scale, mean, sd, n, source, and for strata sex, child_age'],
    ],
    ['a column twice', 'scale,mean,sd,sd\ntotal,7,2,2', ['1 sd: this column is there twice']],
    ['no rows', 'scale,mean,sd', ['1 : there are no rows under the header']],
    [
      'no numbers',
      'scale,mean,sd\ntotal,,2\ntotal,7,two',
      ['2 mean: there is no number', '3 sd: "two" is not a number: write it with digits and one decimal mark, such as 12.5'],
    ],
    [
      'two decimal marks',
      'scale;mean;sd\ntotal;7,5;2\nother;7;2.5',
      ['3 sd: here stands 2.5, and on line 2 7,5: write all numbers with the same decimal mark'],
    ],
    [
      'a point that may stand for thousands',
      'scale;mean;sd\ntotal;1.234;2',
      ['2 mean: 1.234 can be read in two ways: write a decimal comma, and no mark for thousands'],
    ],
    ['no spread', 'scale,mean,sd\ntotal,7,0', ['2 sd: Too small: expected number to be >0']],
    ['no people', 'scale,mean,sd,n\ntotal,7,2,1.000', ['2 n: "1.000" is not a number of people: write digits only, or nothing']],
    [
      'an age that a spreadsheet has made a date of',
      'scale,mean,sd,child_age\ntotal,7,2,4-jul',
      ['2 child_age: "4-jul" is no number or range: write 4 or 4-7 (a spreadsheet may have made a date of it)'],
    ],
    ['an age upside down', 'scale,mean,sd,child_age\ntotal,7,2,7-4', ['2 child_age: 7-4 ends before it begins']],
    ['an unknown sex', 'scale,mean,sd,sex\ntotal,7,2,vrouw', ['2 sex: "vrouw" is not known here: write one of female, male, other']],
    [
      'no name of a scale',
      'scale,mean,sd\nTotal score,7,2',
      ['2 scale: a name starts with a lower-case letter and has at most 32 letters, digits and underscores'],
    ],
  ]
  for (const [what, text, expected] of cases) test(what, () => assert.deepEqual(wrong(text), expected))
})

test('what is wrong with all tables alike is told once, with the option that says it', () => {
  assert.deepEqual(wrong('scale,mean,sd\na,7,2\nb,7,2', { id: 'Mood NL', source: '' }).sort(), [
    '0 --id: an id has lower-case letters and digits, words joined by hyphens',
    '0 --source: Too small: expected string to have >=1 characters',
  ])
})

test('any decimals come back as they were written, with a comma as with a point', () => {
  const cents = fc.integer({ min: 1, max: 99_999 })
  fc.assert(
    fc.property(fc.array(fc.tuple(cents, cents), { minLength: 1, maxLength: 6 }), fc.boolean(), (figures, comma) => {
      const written = (value: number) => (value / 100).toFixed(2).replace('.', comma ? ',' : '.')
      const cell = comma ? ';' : ','
      const rows = figures.map(([mean, sd], age) => ['total', written(mean), written(sd), String(age)].join(cell))
      const { tables, problems } = read([['scale', 'mean', 'sd', 'child_age'].join(cell), ...rows].join('\n'))
      assert.deepEqual(problems, [])
      assert.deepEqual(
        tables[0]?.table.strata.map(({ mean, sd }) => [mean, sd]),
        figures.map(([mean, sd]) => [mean / 100, sd / 100]),
      )
    }),
  )
})
