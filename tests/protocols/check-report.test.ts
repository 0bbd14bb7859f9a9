import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { readInstruments } from '../../instruments/catalogue.ts'
import { readNorms } from '../../norms/catalogue.ts'
import { readProtocols } from '../../protocols/catalogue.ts'
import { checkProtocols } from '../../protocols/check.ts'
import { all, both, type Change, choices, fileOf, put, smallInstrument } from '../instruments/small-files.ts'
import { smallBands, smallTable } from '../norms/small-files.ts'
import { smallStudy } from './small-files.ts'
import { smallReport } from './small-report.ts'

const mood = smallInstrument()
mood.survey.pages[0].elements.push(
  { type: 'checkbox', name: 'ticked', title: both('Ticked'), choices: choices(1, 3) },
  {
    type: 'paneldynamic',
    name: 'visits',
    title: both('Visits'),
    templateTitle: both('Visit'),
    addPanelText: both('Add'),
    removePanelText: both('Remove'),
    noEntriesText: both('None yet'),
    maxPanelCount: 5,
    templateElements: [{ type: 'radiogroup', name: 'kind', title: both('Kind'), choices: choices(1, 2) }],
  },
)
/** A list with a scale of the same name, of fewer items. */
const brief = { ...smallInstrument(), id: 'brief' }
Object.assign(brief.scales[0], { items: ['q1', 'q2'], range: [2, 8] })
const instruments = readInstruments([mood, brief].map((one) => fileOf('instruments', one))).catalogue
const withBrief = all(
  put('/schedule/-', { instrument: 'brief@0.1.0-standin', role: 'parent', waves: ['T0', 'FU3'] }),
  put('/report/sections/0/tables/0/rows/1/of', { instruments: ['mood', 'brief'] }),
)
const tables = readNorms([smallBands(), smallTable()].map((norm) => fileOf('norms', norm))).tables.catalogue
const priceTables = readNorms([]).priceTables.catalogue

function found(change: Change): string[] {
  const study = smallStudy()
  study.schedule = [{ instrument: 'mood@0.1.0-standin', role: 'parent', waves: ['T0', 'FU3'] }]
  study.report = smallReport()
  change(study)
  const read = readProtocols([fileOf('protocols', study)])
  assert.deepEqual(read.problems, [], 'the schema has nothing against the change')
  return checkProtocols(read, { instruments, tables, priceTables }).map(({ path, reason }) => `${path}: ${reason}`)
}

test('a report without mistakes has no errors', () => {
  assert.deepEqual(
    found(() => {}),
    [],
  )
})

const table = '/report/sections/0/tables/0'
const count = (value: object) => put(`${table}/rows/3`, value)

/** Each: what is done to the small report, and what is then said of it. */
const mistakes: Record<string, [change: Change, ...said: string[]]> = {
  'a list that nobody is asked': [put(`${table}/of/instruments`, ['veo']), `${table}/rows/1/describe: the schedule does not ask veo`],
  'a scale that is not there': [
    put(`${table}/rows/1/describe/scale`, 'sum'),
    `${table}/rows/1/describe/scale: mood@0.1.0-standin has no scale sum; there is: total, events`,
  ],
  'an item that is not there': [put(`${table}/rows/3/count/item`, 'q9'), `${table}/rows/3/count/item: mood@0.1.0-standin has no item q9`],
  'a wave that is not there': [
    put(`${table}/columns/1/of/wave`, 'FU9'),
    `${table}/columns/1/of: there is no wave FU9; there is: T0, FU3`,
    `${table}/rows/1/describe: mood is not asked in wave FU9: it is in T0, FU3`,
  ],
  'no wave where there are several': [
    put(`${table}/columns/0/of`, {}),
    `${table}/rows/1/describe: mood is asked in T0, FU3: say of which wave this is, so that nobody counts twice`,
  ],
  'a role that is not there': [
    put(`${table}/of/role`, 'youth'),
    `${table}/of: there is no role youth; there is: parent, referrer`,
    `${table}/rows/1/describe: mood is not asked of the role youth`,
  ],
  'an arm that is not there': [
    put('/report/groups/held/arms', ['nowhere']),
    '/report/groups/held/arms/0: there is no arm nowhere; there is: conference, other',
  ],
  'a cohort that is not there': [
    put('/report/groups/held/cohorts', ['third']),
    '/report/groups/held/cohorts/0: there is no cohort third; there is: first, second',
  ],
  'a group that is not there': [
    put(`${table}/tests/0/groups/1`, 'lost'),
    `${table}/tests/0/groups/1: there is no group lost; there is: held, not, all, eager`,
  ],
  'a consent that nobody is asked': [
    put('/report/groups/none', { title: both('None'), consent: 'commerce' }),
    '/report/groups/none/consent: there is no consent commerce; there is: research',
  ],
  'the sides of an interval': [
    put(`${table}/tests/0`, {
      kind: 'bootstrap-difference',
      of: { wave: 'T0' },
      describe: { scale: 'total' },
      groups: ['held', 'not'],
      sides: 'less',
    }),
    `${table}/tests/0/sides: bootstrap-difference is an interval with two ends: write "two"`,
  ],
  'a group of nobody in particular': [
    put('/report/groups/none', { title: both('None') }),
    '/report/groups/none: it says of nobody that they are in it: name arms, cohorts, answers, a list or consent',
  ],
  'cases of whom a list came that nobody is asked': [
    put('/report/groups/eager', { title: both('Eager'), list: { instrument: 'veo', wave: 'T0', came: true } }),
    '/report/groups/eager/list/instrument: the schedule does not ask veo',
  ],
  'cases of whom a list came in another wave': [
    put('/report/groups/eager', { title: both('Eager'), list: { instrument: 'mood', wave: 'FU9', came: false } }),
    '/report/groups/eager/list/wave: mood is not asked in wave FU9',
  ],
  'the reliability of a single answer': [
    put(`${table}/rows/1`, { describe: { item: 'q1' }, statistics: ['alpha'] }),
    `${table}/rows/1/describe/item: the answers to q1 are codes or text, no number: count it, or describe a scale of it`,
    `${table}/rows/1/describe: alpha and omega are of a scale`,
  ],
  'whether a list came, as a number': [
    put(`${table}/rows/1/describe`, { list: 'came' }),
    `${table}/rows/1/describe/list: whether a list came is no number: count it`,
  ],
  'a reliable change since nothing': [
    count({ count: { scale: 'total', reliable: true } }),
    `${table}/rows/3/count/reliable: it is of a change: say since which wave`,
  ],
  'a reliable change of a band': [
    put(`${table}/rows/3`, { of: { wave: 'FU3' }, count: { scale: 'total', part: 'band', since: 'T0', reliable: true } }),
    `${table}/rows/3/count/reliable: a band does not change by a number: take raw or z`,
  ],
  'a condition on an item that is not there': [
    put('/report/groups/eager/answers/condition', '{q9} = 1'),
    '/report/groups/eager/answers/condition: mood@0.1.0-standin has no item q9',
  ],
  'a weight that is not there': [put(`${table}/of/weight`, 'heavy'), `${table}: there is no weight heavy; there is: none`],
  'two tables of one name': [
    put('/report/sections/0/tables/1/id', '1.1'),
    '/report/sections/0/tables: something else in this report is called 1.1',
  ],
  'a mean of codes': [
    put(`${table}/rows/1/describe`, { item: 'q1' }),
    `${table}/rows/1/describe/item: the answers to q1 are codes or text, no number: count it, or describe a scale of it`,
  ],
  'a mean of bands': [
    put(`${table}/rows/1/describe/part`, 'band'),
    `${table}/rows/1/describe/part: a band is no number: count it, or describe part "z"`,
  ],
  'z of a scale without a norm': [
    put(`${table}/rows/1/describe`, { scale: 'events', part: 'z' }),
    `${table}/rows/1/describe/part: no norm table of this protocol is for events of mood@0.1.0-standin`,
  ],
  'a category that cannot be chosen': [
    count({ count: { item: 'q1' }, categories: [{ title: both('High'), values: [4, 5] }] }),
    `${table}/rows/3/categories/0: 5 is no answer to q1; there is: 1, 2, 3, 4`,
  ],
  'answers that stand in two categories': [
    count({
      count: { item: 'q1' },
      categories: [
        { title: both('Low'), values: [1, 2] },
        { title: both('Middle'), values: [2, 3] },
      ],
    }),
    `${table}/rows/3/categories/1: 2 is in /categories/0 too: whoever has it would count twice`,
  ],
  'ranges of a score that meet in one number': [
    count({
      count: { scale: 'total' },
      categories: [
        { title: both('Low'), to: 5 },
        { title: both('High'), from: 5 },
      ],
    }),
    `${table}/rows/3/categories/1: 5 is in /categories/0 too: whoever has it would count twice`,
  ],
  'a number that is listed and lies in a range': [
    count({
      count: { scale: 'total' },
      categories: [
        { title: both('None'), values: [0] },
        { title: both('Few'), from: -1, to: 3 },
      ],
    }),
    `${table}/rows/3/categories/1: 0 is in /categories/0 too: whoever has it would count twice`,
  ],
  'an unknown answer that cannot be given': [
    put(`${table}/rows/3/unknown`, [9]),
    `${table}/rows/3/unknown: 9 is no answer to q1; there is: 1, 2, 3, 4`,
  ],
  'records of a family that counts once': [
    count({ count: { item: 'kind', within: 'visits' } }),
    `${table}/rows/3/count/within: each record counts for one, and unit "case" counts families: count lists in this table`,
  ],
  'no statistics': [put(`${table}/rows/1/statistics`, undefined), `${table}/rows/1: neither this row nor the table says which statistics`],
  'alpha of lists whose scale of that name has other items': [
    all(withBrief, put(`${table}/rows/1/statistics`, ['n', 'alpha'])),
    `${table}/rows/1/describe/scale: total of brief@0.1.0-standin is not that of mood@0.1.0-standin (without the items q3), so that they have no alpha or omega together: name one list, or a row for each`,
  ],
  'a chi-square across waves of the same people': [
    all(put(`${table}/tests/2/groups`, undefined), put(`${table}/tests/2/waves`, ['T0', 'FU3'])),
    `${table}/tests/2/waves: a chi-square test takes independent observations, and the same people answer in each wave: its p would mean nothing. Compare groups, or test the change of the same people (paired-t, repeated-anova)`,
  ],
  'a chi-square of boxes that can be ticked': [
    put(`${table}/tests/2/count/item`, 'ticked'),
    `${table}/tests/2/count/item: several answers to ticked can be ticked, so that one person is counted more than once: a test takes each once`,
  ],
  'a test of lists, of which a family can have several': [
    put(`${table}/unit`, 'list'),
    `${table}/tests/0: a test takes independent observations, and one family can fill in several lists: give the table unit "case"`,
  ],
  'a line with intervals of weighted lists': [
    all(
      put('/weights', { moods: { title: both('Moods'), instruments: ['mood'] } }),
      put('/report/sections/0/figures/0/of/weight', 'moods'),
    ),
    '/report/sections/0/figures/0/kind: interval is not worked out of weighted lists',
  ],
  'a chi-square with a side': [
    put(`${table}/tests/2/sides`, 'less'),
    `${table}/tests/2/sides: chi-square looks for any difference, so it has no side: write "two"`,
  ],
  'a test against the total': [
    put(`${table}/tests/0/groups/1`, 'all'),
    `${table}/tests/0/groups/1: all is made of other groups: compare those`,
  ],
  'a change since the wave itself': [
    put('/report/sections/0/tables/1/rows/0/describe/since', 'FU3'),
    '/report/sections/0/tables/1/rows/0/describe/since: a change since FU3 is of another wave',
  ],
  'a figure of what is not there': [
    put('/report/sections/0/figures/0/measure/scale', 'sum'),
    '/report/sections/0/figures/0/measure/scale: mood@0.1.0-standin has no scale sum; there is: total, events',
  ],
}

/** The same mistake can be met in several rows. */
describe('each of these is an error that says where and what to do', () => {
  for (const [mistake, [change, ...said]] of Object.entries(mistakes))
    test(mistake, () => {
      const all = found(change)
      for (const one of said) assert.ok(all.includes(one), `${one}\nis not among\n${all.join('\n')}`)
      const reasons = new Set(said.map((one) => one.slice(one.indexOf(': '))))
      for (const one of all) assert.ok(reasons.has(one.slice(one.indexOf(': '))), one)
    })
})

test('whoever writes a test says which side, before there are data', () => {
  const study = smallStudy()
  study.report = smallReport()
  study.report.sections[0].tables[0].tests[0].sides = undefined
  const { problems } = readProtocols([fileOf('protocols', study)])
  assert.deepEqual(
    problems.map(({ path }) => path),
    [`${table}/tests/0/sides`],
  )
})
