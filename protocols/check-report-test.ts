/** Checks that a test of a report may be done with its data, and that its sides were set as they can be. */
import type { Mistake } from '../instruments/definition.ts'
import { checkMeasure, type NamedInReport, pathFrom } from './check-measure.ts'
import { notThere } from './check-schedule.ts'
import { placeOf } from './report-places.ts'
import type { ReportTable, ReportTest } from './report-schema.ts'
import type { Protocol } from './schema.ts'

export function checkTest(test: ReportTest, table: ReportTable, protocol: Protocol, named: NamedInReport): Mistake[] {
  const refused = refusal(test, table)
  if (refused) return [refused]
  const groups = 'groups' in test ? (test.groups ?? []) : []
  const waves = 'waves' in test ? (test.waves ?? []) : []
  const knownGroups = protocol.report?.groups ?? {}
  const knownWaves = Object.fromEntries(protocol.waves.map(({ id }) => [id, true]))
  const wrong = [...checkEach('/groups', 'group', groups, knownGroups), ...checkEach('/waves', 'wave', waves, knownWaves)]
  if (wrong.length > 0) return wrong
  const places = [...groups.map((group) => ({ group })), ...waves.map((wave) => ({ wave }))].map((one) => placeOf(table.of, test.of, one))
  const [path, measure, use] =
    'count' in test
      ? ([
          '/count',
          test.count,
          { as: 'categories' as const, categories: test.categories, unknown: test.unknown, unit: table.unit, once: true },
        ] as const)
      : (['/describe', test.describe, { as: 'number' as const, unit: table.unit }] as const)
  return [
    ...groups.flatMap((group, at) =>
      knownGroups[group]?.together ? [{ path: `/groups/${at}`, reason: `${group} is made of other groups: compare those` }] : [],
    ),
    ...places
      .flatMap((place) => checkMeasure(measure, place, use, protocol, named))
      .map((mistake) => ({ path: pathFrom(path, mistake.path), reason: mistake.reason })),
  ]
}

/** What is wrong with a test whatever it is about. */
function refusal(test: ReportTest, { unit }: ReportTable): Mistake | undefined {
  if (unit === 'list')
    return {
      path: '',
      reason: 'a test takes independent observations, and one family can fill in several lists: give the table unit "case"',
    }
  if (test.kind === 'chi-square' && test.waves)
    return {
      path: '/waves',
      reason:
        'a chi-square test takes independent observations, and the same people answer in each wave: its p would mean nothing. Compare groups, or test the change of the same people (paired-t, repeated-anova)',
    }
  if (test.kind === 'chi-square' && !test.groups) return { path: '', reason: 'it compares groups: name them' }
  if (test.kind === 'bootstrap-difference' && test.sides !== 'two')
    return { path: '/sides', reason: `${test.kind} is an interval with two ends: write "two"` }
  if ((test.kind === 'chi-square' || test.kind === 'anova' || test.kind === 'repeated-anova') && test.sides !== 'two')
    return { path: '/sides', reason: `${test.kind} looks for any difference, so it has no side: write "two"` }
  if ('describe' in test && 'since' in test.describe && test.describe.since !== undefined && 'waves' in test)
    return { path: '/describe/since', reason: 'the waves of this test say already between which it is' }
  return undefined
}

const checkEach = (path: string, noun: string, names: readonly string[], known: Record<string, unknown>): Mistake[] =>
  names.flatMap((name, index) => {
    if (!Object.hasOwn(known, name)) return [{ path: `${path}/${index}`, reason: notThere(noun, name, known) }]
    return names.indexOf(name) === index ? [] : [{ path: `${path}/${index}`, reason: `${name} stands here twice` }]
  })
