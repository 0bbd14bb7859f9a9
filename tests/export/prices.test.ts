/** Costs in an export: what they came to, and by which prices. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { nameting } from '../harness/command.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { shippedDefinition, writeDefinition } from '../harness/definition-folder.ts'
import { openTestStudy } from '../harness/test-study.ts'
import { manifestOf, pick, rowsOf, rowWhere } from './read-export.ts'
import { entry } from './study.ts'

const both = (text: string) => ({ nl: text, en: text })
const shipped = shippedDefinition('norms', 'service-prices-nl')

/** Two lists of a parent, one of which counts costs by the prices named. */
const protocol = (prices: string) => ({
  kind: 'protocol',
  id: 'costs',
  version: '1.0.0',
  title: both('Costs'),
  source: 'Written for a test',
  timeZone: 'Europe/Amsterdam',
  languages: ['nl', 'en'],
  arms: { all: { title: both('Everybody') } },
  cohorts: { now: { title: both('Now') } },
  roles: { parent: { title: both('Parent'), introduction: both('Hello') } },
  anchors: { visit: { title: both('Visit') } },
  waves: [{ id: 'T0', title: both('Start'), anchors: ['visit'], offset: {}, window: { opens: 0, closes: 30 } }],
  schedule: ['service-use', 'parent-confidence'].map((id) => ({ instrument: `${id}@0.1.0-standin`, role: 'parent', waves: ['T0'] })),
  norms: [],
  prices: [prices],
  consents: [],
  messages: { hour: '09:00', invitation: { subject: both('Questions'), body: both('{link}') }, reminders: [] },
})

/** What the export of a study holds in which one family used services, and another does not know how often. */
async function exported(t: TestContext, prices: { id: string; version: string }) {
  const folder = temporaryFolder(t)
  const definitions = join(folder, 'definitions')
  writeDefinition(definitions, 'protocols', protocol(`${prices.id}@${prices.version}`))
  if (prices !== shipped) writeDefinition(definitions, 'norms', prices)
  const study = await openTestStudy({ folder: join(folder, 'data'), definitions, entry: { protocol: 'costs@1.0.0' } })
  t.after(study.close)
  await study.register(entry('known'), entry('unknown'))
  const nothing = Object.fromEntries(['day_care', 'foster', 'crisis', 'residential'].map((name) => [`use_${name}`, 0]))
  const used = { ...nothing, use_gp: 3, use_team: 1, use_guardian: 0, use_home_help: 0, use_therapy: 0, use_police: 0 }
  await study.submit({ code: 'known', instrument: 'service-use' }, used)
  const { use_gp: _, ...withoutGp } = used
  await study.submit({ code: 'unknown', instrument: 'service-use' }, withoutGp)

  const directory = join(folder, 'out')
  const ran = await nameting(study.environment, 'export', '--study', 's1', '--out', directory)
  assert.equal(ran.code, 0, ran.stderr)
  const codebook = rowsOf(directory, 'codebook.csv').filter(({ file }) => file === 'wide.csv')
  return {
    manifest: manifestOf(directory),
    readme: readFileSync(join(directory, 'README.txt'), 'utf8'),
    codebook,
    variable: (variable: string) => rowWhere(codebook, { variable }),
    costs: (code: string) =>
      Object.values(pick(rowWhere(rowsOf(directory, 'wide.csv'), { case_code: code }), ...['raw', 'missing', 'reason'].map(columnOfCost))),
  }
}

const columnOfCost = (part: string): string => `service_use_t0_cost_${part}`
const priceColumns = ['price_table', 'price_status', 'price_year', 'price_currency', 'price_source']

test('an export with invented prices names their table everywhere, and says that they are a stand-in', async (t) => {
  const { manifest, readme, codebook, variable, costs } = await exported(t, shipped)
  // 3 x 10 + 1 x 20.
  assert.deepEqual(costs('known'), ['50', '0', 'no-norm'])
  assert.deepEqual(costs('unknown'), ['', '1', 'too-many-missing'])

  const { title, source } = shipped
  const reference = 'service-prices-nl@0.1.0-standin'
  assert.deepEqual(manifest.prices, [{ reference, title, status: 'stand-in', year: 2026, currency: 'EUR', source }])
  assert.match(manifest.warning ?? '', /parent-confidence@0\.1\.0-standin, service-prices-nl@0\.1\.0-standin\)/)

  const cost = variable(columnOfCost('raw'))
  assert.deepEqual(Object.values(pick(cost, ...priceColumns)), [reference, 'stand-in', '2026', 'EUR', source])
  assert.match(cost.warning ?? '', /STAND-IN prices: invented figures/)
  const priced = codebook.filter(({ price_table }) => price_table !== '').map((row) => row.variable)
  assert.deepEqual(
    priced,
    ['cost', 'cost_talks', 'cost_away'].map((scale) => `service_use_t0_${scale}_raw`),
    'no other variable has a price',
  )
  assert.doesNotMatch(variable('parent_confidence_t0_raw').warning ?? '', /prices/)
  assert.match(
    readme,
    new RegExp(`Prices behind costs\n {2}${reference}: EUR, price level of 2026\\. STAND-IN prices: .*not for publication`),
  )
})

test('published prices are named with their year and source, and warned of nowhere', async (t) => {
  const real = { ...shipped, version: '1.0.0', status: 'published', year: 2025, source: 'A price list of a test' }
  const { manifest, readme, variable, costs } = await exported(t, { ...real, prices: { ...real.prices, gp_talk: 33.35, team_talk: 0.1 } })
  // 3 x 33.35 + 0.10.
  assert.equal(costs('known')[0], '100.15')
  assert.deepEqual(
    manifest.prices.map(({ reference, status, year, source }) => [reference, status, year, source]),
    [['service-prices-nl@1.0.0', 'published', 2025, 'A price list of a test']],
  )
  assert.doesNotMatch(manifest.warning ?? '', /service-prices-nl/)
  assert.doesNotMatch(variable(columnOfCost('raw')).warning ?? '', /prices/)
  assert.match(readme, /service-prices-nl@1\.0\.0: EUR, price level of 2025\. A price list of a test\n/)
})
