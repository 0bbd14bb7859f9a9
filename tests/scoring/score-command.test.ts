import assert from 'node:assert/strict'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { nameting } from '../harness/command.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { agreement, exampleInstrument } from '../instruments/example.ts'
import { exampleTable, reportBands } from '../norms/example.ts'

const score = (...args: string[]) => nameting({}, 'score', ...args)
const nosik = ['--instrument', 'nosik@0.1.0-standin', '--norms', 'nosik-nl@0.1.0-standin']
const items = Array.from({ length: 25 }, (_, index) => `nosik${String(index + 1).padStart(2, '0')}`)

/** A row of 25 cells: `answer`, and nothing in the first `open` of them. */
const answers = (answer: number, open = 0) => items.map((_, index) => (index < open ? '' : String(answer)))

// By hand: see docs/scoring.md, and the tests of scores and norms. 25 x 4: 72 + 21 = 93; 25 x 2: 36 + 35 = 71.
// Without items 1 and 2 the answers of 2 make 67 over 23 items: 67 x 25 / 23 = 72.826...; (72.826 - 60) / 20 = 0.6413.
const csv = [
  ['id', 'sex', ...items],
  ['007', 'female', ...answers(4)],
  ['8', 'male', ...answers(4)],
  ['9', 'male', ...answers(2, 2)],
  ['10', 'female', ...answers(2, 3)],
]
const lines = (rows: string[][], mark = ',') => `${rows.map((row) => row.join(mark)).join('\n')}\n`
const scored = [
  'total_raw,total_z,total_band,total_missing,total_norm,total_reason',
  '93,1.4,considerable,0,nosik-nl@0.1.0-standin,',
  '93,1.65,serious,0,nosik-nl@0.1.0-standin,',
  `${(67 * 25) / 23},0.64,none,2,nosik-nl@0.1.0-standin,`,
  ',,,3,nosik-nl@0.1.0-standin,too-many-missing',
]
const expected = `${csv.map((row, index) => `${row.join(',')},${scored[index]}`).join('\n')}\n`

test('a CSV comes back with its own columns and the scores behind them', async (t) => {
  const file = join(temporaryFolder(t), 'answers.csv')
  writeFileSync(file, lines(csv))
  const { code, stdout, stderr } = await score(...nosik, '--in', file)
  assert.equal(code, 0)
  assert.equal(stdout, expected)
  assert.match(stderr, /STAND-IN wording, norms or prices \(nosik@0\.1\.0-standin, nosik-nl@0\.1\.0-standin\)/)
})

test('costs are counted with the price table that --norms names, and invented prices are named as such', async (t) => {
  const file = join(temporaryFolder(t), 'use.csv')
  const used = ['gp', 'team', 'guardian', 'home_help', 'therapy', 'police', 'day_care', 'foster', 'crisis', 'residential']
  writeFileSync(file, lines([used.map((name) => `use_${name}`), [...'2103000005'], [...'210', '', ...'000005']]))
  const prices = ['--norms', 'service-prices-nl@0.1.0-standin', '--json']
  const { code, stdout, stderr } = await score('--instrument', 'service-use@0.1.0-standin', ...prices, '--in', file)
  assert.equal(code, 0, stderr)
  const costs = JSON.parse(stdout).map((row: Record<string, unknown>) => [row.cost_raw, row.cost_talks_raw, row.cost_away_raw])
  // 2 x 10 + 1 x 20 + 3 x 40 = 160 and 5 x 100 = 500; in the second row the hours of help are not known.
  assert.deepEqual(costs, [
    [660, 160, 500],
    [null, null, 500],
  ])
  assert.match(stderr, /STAND-IN wording, norms or prices \(service-use@0\.1\.0-standin, service-prices-nl@0\.1\.0-standin\)/)
})

test('a file from a Dutch Excel gives the same scores, in a file that only its owner can read', async (t) => {
  const folder = temporaryFolder(t)
  const [file, out] = [join(folder, 'answers.csv'), join(folder, 'scores.csv')]
  writeFileSync(file, `\uFEFF${lines(csv, ';').replaceAll('\n', '\r\n')}`)
  const { code, stdout } = await score(...nosik, '--in', file, '--out', out)
  assert.deepEqual([code, stdout], [0, ''])
  assert.equal(readFileSync(out, 'utf8'), expected)
  assert.equal(statSync(out).mode & 0o777, 0o600)
  assert.deepEqual(readdirSync(folder).sort(), ['answers.csv', 'scores.csv'])
})

test('JSON goes in and out, with numbers as numbers', async (t) => {
  const folder = temporaryFolder(t)
  const [file, out] = [join(folder, 'answers.json'), join(folder, 'scores.json')]
  const row = { id: '007', sex: 'male', ...Object.fromEntries(items.map((item) => [item, 4])) }
  writeFileSync(file, JSON.stringify([row]))
  const total = {
    total_raw: 93,
    total_z: 1.65,
    total_band: 'serious',
    total_missing: 0,
    total_norm: 'nosik-nl@0.1.0-standin',
    total_reason: null,
  }
  assert.equal((await score(...nosik, '--in', file, '--out', out)).code, 0)
  assert.deepEqual(JSON.parse(readFileSync(out, 'utf8')), [{ ...row, ...total }])
  assert.deepEqual(JSON.parse((await score(...nosik, '--in', file, '--json')).stdout), [{ ...row, ...total }])
})

test('from CSV to JSON answers become numbers, and other cells stay what they were', async (t) => {
  const file = join(temporaryFolder(t), 'answers.csv')
  writeFileSync(file, lines(csv.slice(0, 2)))
  const [row] = JSON.parse((await score(...nosik, '--in', file, '--json')).stdout)
  assert.deepEqual([row.id, row.sex, row.nosik01, row.total_raw, row.total_reason], ['007', 'female', 4, 93, null])
})

test('wrong answers are all listed with line and column, and nothing is written', async (t) => {
  const folder = temporaryFolder(t)
  const file = join(folder, 'answers.csv')
  writeFileSync(
    file,
    lines(csv.map((row, index) => (index === 2 ? row.with(2, '7').with(26, 'vier') : index === 4 ? row.with(26, '0') : row))),
  )
  const { code, stdout, stderr } = await score(...nosik, '--in', file, '--out', join(folder, 'scores.csv'))
  assert.deepEqual([code, stdout], [1, ''])
  assert.deepEqual(stderr.trimEnd().split('\n'), [
    `${file}, line 3, nosik01: This item takes one of 1, 2, 3, 4, 5, 6.`,
    `${file}, line 3, nosik25: This item takes one of 1, 2, 3, 4, 5, 6.`,
    `${file}, line 5, nosik25: This item takes one of 1, 2, 3, 4, 5, 6.`,
    'Nothing was written.',
  ])
  assert.deepEqual(readdirSync(folder), ['answers.csv'])
})

test('scores that were there stay when the next file is wrong', async (t) => {
  const folder = temporaryFolder(t)
  const [file, out] = [join(folder, 'answers.csv'), join(folder, 'scores.csv')]
  writeFileSync(out, 'earlier')
  writeFileSync(file, 'nosik01\n9\n')
  assert.equal((await score(...nosik, '--in', file, '--out', out)).code, 1)
  assert.equal(readFileSync(out, 'utf8'), 'earlier')
})

test('without a norm there are raw scores, and the norms that would fit are named', async (t) => {
  const file = join(temporaryFolder(t), 'answers.csv')
  writeFileSync(file, lines(csv.slice(0, 2)))
  const { code, stdout, stderr } = await score('--instrument', 'nosik@0.1.0-standin', '--in', file)
  assert.equal(code, 0)
  assert.match(stdout, /,93,,,0,,no-norm\n$/)
  assert.match(stderr, /raw scores only; for this instrument there is: nosik-nl@0\.1\.0-standin/)
})

const own = exampleInstrument([[agreement('a'), agreement('b')]], [{ items: ['a', 'b'], reverse: ['b'], range: [2, 12], worse: 'low' }])
const ownTable = exampleTable({ status: 'published', strata: [{ id: 'everybody', mean: 8, sd: 2, n: 400 }] })

test('definitions of your own are named by their files, and then nothing is called a stand-in', async (t) => {
  const folder = temporaryFolder(t)
  const path = (name: string) => join(folder, name)
  writeFileSync(path('own.json'), JSON.stringify(own))
  writeFileSync(path('norm.json'), JSON.stringify(ownTable))
  writeFileSync(path('bands.json'), JSON.stringify(reportBands))
  writeFileSync(path('answers.csv'), 'a,b\n1,3\n6,1\n')
  const norms = ['--norms', path('norm.json'), '--norms', path('bands.json')]
  const { code, stdout, stderr } = await score('--instrument', path('own.json'), ...norms, '--in', path('answers.csv'))
  assert.deepEqual([code, stderr], [0, ''])
  // 1 + (7 - 3) = 5, (5 - 8) / 2 = -1.50, and low is bad; 6 + (7 - 1) = 12, z = 2.00.
  assert.equal(stdout.split('\n').slice(1).join('\n'), '1,3,5,-1.5,considerable,0,example-nl@1.0.0,\n6,1,12,2,none,0,example-nl@1.0.0,\n')
})

test('a norm table in a file may use the shipped bands', async (t) => {
  const folder = temporaryFolder(t)
  const path = (name: string) => join(folder, name)
  writeFileSync(path('own.json'), JSON.stringify(own))
  writeFileSync(path('norm.json'), JSON.stringify({ ...ownTable, bands: 'bands-familie-aan-zet-2008@1.0.0' }))
  writeFileSync(path('answers.csv'), 'a,b\n1,3\n')
  const { stdout } = await score('--instrument', path('own.json'), '--norms', path('norm.json'), '--in', path('answers.csv'))
  assert.match(stdout, /1,3,5,-1\.5,considerable,/)
})

test('definition files with mistakes are refused, with file, path and reason', async (t) => {
  const folder = temporaryFolder(t)
  const path = (name: string) => join(folder, name)
  writeFileSync(path('answers.csv'), 'a,b\n1,3\n')
  const refusal = async (source: unknown, ...args: string[]) => {
    writeFileSync(path('wrong.json'), typeof source === 'string' ? source : JSON.stringify(source))
    const { code, stdout, stderr } = await score(...args, '--in', path('answers.csv'))
    assert.deepEqual([code, stdout], [1, ''], stderr)
    return stderr
  }
  const asInstrument = ['--instrument', path('wrong.json')]
  assert.match(await refusal('{"kind": "instrument",', ...asInstrument), /wrong\.json .*not valid JSON: line 1/)
  assert.match(await refusal(ownTable, ...asInstrument), /wrong\.json \/kind: /)
  assert.match(
    await refusal({ ...own, scales: [{ ...own.scales[0], items: ['a', 'lost'], reverse: [] }] }, ...asInstrument),
    /wrong\.json \/scales\/0\/items\/1: there is no item lost/,
  )
  writeFileSync(path('own.json'), JSON.stringify(own))
  const asNorm = ['--instrument', path('own.json'), '--norms', path('wrong.json')]
  assert.match(
    await refusal({ ...ownTable, strata: [{ id: 'everybody', mean: 8, sd: 0, n: 1 }] }, ...asNorm),
    /wrong\.json \/strata\/0\/sd: /,
  )
  assert.match(await refusal({ ...reportBands, bands: reportBands.bands.toReversed() }, ...asNorm), /wrong\.json \/bands\/\d\/from: /)
  assert.match(await refusal({ ...ownTable, bands: 'lost@1.0.0' }, ...asNorm), /names the bands lost@1\.0\.0, which are not there/)
  assert.match(await refusal({ ...ownTable, scale: 'other' }, ...asNorm), /is a norm for the scale other, and example@1\.0\.0 has: total/)
  assert.match(
    await refusal({ ...ownTable, instrumentVersions: '^2.0.0' }, ...asNorm),
    /is a norm for example \^2\.0\.0, not for example@1\.0\.0/,
  )
})

test('two norms for one scale are refused', async (t) => {
  const folder = temporaryFolder(t)
  const path = (name: string) => join(folder, name)
  writeFileSync(path('own.json'), JSON.stringify(own))
  writeFileSync(path('one.json'), JSON.stringify({ ...ownTable, bands: 'bands-familie-aan-zet-2008@1.0.0' }))
  writeFileSync(path('two.json'), JSON.stringify({ ...ownTable, id: 'other-nl', bands: 'bands-familie-aan-zet-2008@1.0.0' }))
  writeFileSync(path('answers.csv'), 'a,b\n1,3\n')
  const norms = ['--norms', path('one.json'), '--norms', path('two.json')]
  const { code, stderr } = await score('--instrument', path('own.json'), ...norms, '--in', path('answers.csv'))
  assert.equal(code, 1)
  assert.match(stderr, /example-nl@1\.0\.0 and other-nl@1\.0\.0 are both norms for the scale total/)
})

test('an instrument or norm that is not there is refused with what there is', async (t) => {
  const file = join(temporaryFolder(t), 'answers.csv')
  writeFileSync(file, lines(csv))
  const unknown = await score('--instrument', 'nosik@9.9.9', '--in', file)
  assert.equal(unknown.code, 1)
  assert.match(unknown.stderr, /no instrument nosik@9\.9\.9; there is: .*nosik@0\.1\.0-standin/)
  const norm = await score('--instrument', 'nosik@0.1.0-standin', '--norms', 'nosik-nl', '--in', file)
  assert.equal(norm.code, 1)
  assert.match(norm.stderr, /no norm table nosik-nl; there is: .*nosik-nl@0\.1\.0-standin/)
  const other = await score('--instrument', 'nosik@0.1.0-standin', '--norms', 'veo-nl@0.1.0-standin', '--in', file)
  assert.equal(other.code, 1)
  assert.match(other.stderr, /is a norm for veo .*, not for nosik@0\.1\.0-standin/)
})

test('files that cannot be read or written are refused with their names', async (t) => {
  const folder = temporaryFolder(t)
  const file = join(folder, 'answers.csv')
  const lost = await score(...nosik, '--in', file)
  assert.deepEqual([lost.code, lost.stdout], [1, ''])
  assert.match(lost.stderr, /answers\.csv cannot be read: ENOENT/)
  writeFileSync(file, lines(csv))
  const nowhere = await score(...nosik, '--in', file, '--out', join(folder, 'lost', 'scores.csv'))
  assert.deepEqual([nowhere.code, nowhere.stdout], [1, ''])
  assert.match(nowhere.stderr, /scores\.csv cannot be written: ENOENT/)
})

test('a bad call is exit code 2: no input, a name that says no kind, the answers as output', async (t) => {
  const file = join(temporaryFolder(t), 'answers.csv')
  writeFileSync(file, lines(csv))
  for (const [args, message] of [
    [nosik, /required option '--in <file>'/],
    [['--in', file], /required option '--instrument <id@version or file>'/],
    [[...nosik, '--in', 'answers.xlsx'], /must end in \.csv or \.json/],
    [[...nosik, '--in', file, '--out', 'scores'], /must end in \.csv or \.json/],
    [[...nosik, '--in', file, '--out', file], /is the file with the answers/],
  ] as const) {
    const { code, stderr } = await score(...args)
    assert.equal(code, 2)
    assert.match(stderr, message)
  }
  assert.equal(readFileSync(file, 'utf8'), lines(csv))
})
