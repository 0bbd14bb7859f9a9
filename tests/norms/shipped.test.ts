import assert from 'node:assert/strict'
import { test } from 'node:test'
import semver from 'semver'
import { formatReference, isStandIn } from '../../instruments/definition.ts'
import { readDefinitions, shippedDirectory } from '../../server/definitions/load.ts'

const { instruments, norms } = readDefinitions([shippedDirectory]).definitions

test('there is a norm table for every scale that the report standardises', () => {
  const covered = norms.tables.all().map(({ instrument, scale }) => `${instrument} ${scale}`)
  assert.deepEqual(covered.sort(), ['nosik total', 'pul autonomy', 'pul social_optimism', 'veo total'])
})

test('the bands begin where the report prints them, once z has two decimals', () => {
  const bands = norms.bandSets.need('bands-familie-aan-zet-2008@1.0.0').bands.map(({ id, from, label }) => [id, from, label.nl])
  assert.deepEqual(bands, [
    ['none', null, 'geen'],
    ['moderate', 0.8, 'matig'],
    ['considerable', 1.29, 'aanzienlijk'],
    ['serious', 1.65, 'ernstig'],
    ['very_serious', 1.97, 'zeer ernstig'],
  ])
})

test('NOSIK has a stratum for each sex that the case records and one for everybody else', () => {
  const strata = norms.tables.latest('nosik-nl')?.strata.map(({ when }) => when)
  assert.deepEqual(strata, [{ sex: 'female' }, { sex: 'male' }, undefined])
})

for (const table of norms.tables.all()) {
  test(`${formatReference(table)} says that it was invented and fits stand-in wording only`, () => {
    assert.equal(table.status, 'stand-in')
    assert.ok(isStandIn(table))
    assert.match(table.source, /Invented for this project: these are not the published norms/)
    assert.ok(
      table.strata.every(({ n }) => n === null),
      'no sample size: nobody was asked',
    )
    const measured = instruments.versions(table.instrument).filter(({ version }) => semver.satisfies(version, table.instrumentVersions))
    assert.ok(measured.length > 0 && measured.every(isStandIn))
    for (const real of ['0.1.0', '0.1.1', '1.0.0']) assert.ok(!semver.satisfies(real, table.instrumentVersions), real)
  })

  test(`every band of ${formatReference(table)} can be reached by a possible raw score`, () => {
    const scale = instruments.latest(table.instrument)?.scales.find(({ id }) => id === table.scale)
    assert.ok(scale)
    const worst = scale.worse === 'high' ? scale.range[1] : scale.range[0]
    for (const { id, mean, sd } of table.strata)
      assert.ok(Math.abs(worst - mean) / sd >= 1.97 && scale.range[0] < mean && mean < scale.range[1], id)
  })
}

for (const table of norms.priceTables.all())
  test(`${formatReference(table)} says that its prices were invented, and looks it`, () => {
    assert.equal(table.status, 'stand-in')
    assert.ok(isStandIn(table))
    assert.match(table.source, /Invented for this project: stand-in prices, not for publication/)
    assert.ok(Object.values(table.prices).every((price) => price % 10 === 0))
  })
