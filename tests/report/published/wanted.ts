/** What each list of each family says, so that the printed figures come out of all of them together. */
import type { Answers, Instrument } from '../../../instruments/schema.ts'
import { standardise } from '../../../norms/standardise.ts'
import type { Definitions } from '../../../server/definitions/load.ts'
import { randomOf, shuffled } from '../../../server/demo/random.ts'
import { type List, ofCoordinators, ofFiles, ofParents, ofReferrers, ofSource, sexOf } from './people.ts'
import { arms, type Counts, counts, eventScales, type Place, sources, sumOf, type Wave, waves, type ZLine, zLines } from './published.ts'
import { carePoints, lifeEvents, problems, succint } from './scores.ts'
import { type Option, scoresWith } from './z-scores.ts'

/** A list with raw scores to come out at by scale, answers by item, and items that are left open. Whatever it does not name is answered anyhow. */
export interface Wanted extends List {
  aims: Record<string, number>
  answers: Answers
  open: string[]
}

export const standInVersion = '0.1.0-standin'

/** The norm tables that the z's come from. The one of the VEO is the test's own. */
export const veoNorm = `veo-two-populations@${standInVersion}`
const norms: Record<string, string> = {
  'nosik total': `nosik-nl@${standInVersion}`,
  'veo total': veoNorm,
  'pul autonomy': `pul-autonomy-nl@${standInVersion}`,
  'pul social_optimism': `pul-social-optimism-nl@${standInVersion}`,
}

/** All lists that anybody fills in. `definitions`: with the test's own norm table among them. */
export function wantedLists(definitions: Definitions): Wanted[] {
  return [
    ...ofReferrers().map(bare),
    ...frek(definitions.instruments.need(`frek@${standInVersion}`)),
    ...waves.flatMap(zapKort),
    ...nosiB(),
    ...parents(definitions),
    ...sources.flatMap((source) => (['FU3', 'FU9'] as const).flatMap((wave) => success(definitions, source, wave))),
    ...fufrek(),
  ]
}

const bare = (list: List): Wanted => ({ ...list, aims: {}, answers: {}, open: [] })

function frek(instrument: Instrument): Wanted[] {
  const { items = [], counts: kinds = [] } = scaleOf(instrument, 'problems_number') as { items?: string[]; counts?: number[] }
  const { conference, 'non-conference': others } = problems()
  const numbers = [...conference, ...others]
  return ofCoordinators('frek').map((list, index) => ({
    ...bare(list),
    answers: { [items[0] ?? '']: shuffled(randomOf('problems', list.code), kinds).slice(0, numbers[index]) },
  }))
}

function zapKort(wave: Wave): Wanted[] {
  const points = carePoints(wave)
  const all = arms.flatMap((arm) => points[arm])
  return ofFiles(wave).map((list, index) => {
    const [child = 0, family = 0, wider = 0] = all[index] ?? []
    return { ...bare(list), aims: { child, family, wider } }
  })
}

function nosiB(): Wanted[] {
  const all = lifeEvents()
  return ofParents('nosi-b', 'T0').map((list, index) => {
    const happened = eventScales.flatMap((scale): [string, number][] => (scale === 'categories' ? [] : [[scale, all[index]?.[scale] ?? 0]]))
    return { ...bare(list), aims: Object.fromEntries(happened) }
  })
}

/** NOSIK, VEO and PUL: of several tables about the same scores the one that says most. */
function parents(definitions: Definitions): Wanted[] {
  const repeated = (line: ZLine) => line.wave === 'T0' && (line.table === '3.8' || line.table === '7.3')
  const aims = zLines.filter((line) => !repeated(line)).flatMap((line) => aimsOf(definitions, line))
  const byList = Map.groupBy(aims, ({ code, instrument, wave }) => `${code} ${instrument} ${wave}`)
  return [...byList.values()].map((of) => ({ ...bare(of[0] as Wanted), aims: Object.assign({}, ...of.map((one) => one.aims)) }))
}

function aimsOf(definitions: Definitions, line: ZLine): Wanted[] {
  const lists = ofParents(line.instrument as Parameters<typeof ofParents>[0], line.wave)
  const people = lists.map(({ code }) => optionsOf(definitions, line, { sex: sexOf(code) }))
  const random = randomOf('z', line.instrument, line.of, line.wave)
  const options = bandsOf(line).map((bands) => () => scoresWith(people, { ...line, bands }, random))
  const chosen = firstThatWorks(options)
  return lists.map((list, index) => ({ ...bare(list), aims: { [line.of]: chosen[index]?.raw ?? 0 } }))
}

/** Every whole raw score of the scale, as somebody with these facts gets it. */
export function optionsOf(
  { instruments, norms: { tables, bandSets } }: Definitions,
  { instrument, of }: Place,
  facts: { sex: string },
): Option[] {
  const scale = scaleOf(instruments.need(`${instrument}@${standInVersion}`), of)
  const table = tables.need(norms[`${instrument} ${of}`] ?? '')
  const [lowest, highest] = scale.range
  return Array.from({ length: highest - lowest + 1 }, (_, step) => lowest + step).map((raw) => {
    const { z, band } = standardise(table, bandSets.need(table.bands), scale.worse, raw, facts)
    return { raw, z: Math.round(100 * (z ?? 0)), band: band ?? '' }
  })
}

/** The bands as printed; where they hold one person more than were asked (7.1 after three months), without one, from each band in turn. */
function bandsOf({ n, bands }: ZLine): Record<string, number>[] {
  if (sumOf(Object.values(bands)) === n) return [bands]
  return Object.entries(bands).flatMap(([band, count]) => (count > 0 ? [{ ...bands, [band]: count - 1 }] : []))
}

function firstThatWorks<Value>(all: readonly (() => Value)[]): Value {
  const [first, ...rest] = all
  if (!first) throw new RangeError('Nothing was given to try')
  try {
    return first()
  } catch (mistake) {
    if (rest.length === 0 || !(mistake instanceof RangeError)) throw mistake
    return firstThatWorks(rest)
  }
}

/** The last of the lists lack a scale of which fewer can be valid: the same people lack several. */
function success({ instruments }: Definitions, source: (typeof sources)[number], wave: 'FU3' | 'FU9'): Wanted[] {
  const instrument = instruments.need(`succint-${source}@${standInVersion}`)
  const scales = ['safety', 'support', 'regie', ...(source === 'referrer' ? ['load', 'capacity'] : [])]
  const numbers = scales.map((scale) => ({ scale, items: scaleOf(instrument, scale).items, scores: succint(source, scale, wave) }))
  const items = counts.filter((one) => one.instrument === instrument.id && one.wave === wave)
  return ofSource(source, wave).map((list, index) => ({
    ...bare(list),
    aims: Object.fromEntries(numbers.flatMap(({ scale, scores: { [index]: score } }) => (score === undefined ? [] : [[scale, score]]))),
    answers: answersAt(items, index),
    open: numbers.flatMap(({ items: names, scores }) => (index < scores.length ? [] : names)),
  }))
}

function fufrek(): Wanted[] {
  const items = counts.filter(({ instrument }) => instrument === 'fufrek')
  return ofCoordinators('fufrek').map((list, index) => ({
    ...bare(list),
    answers: answersAt(items, index),
    open: items.flatMap((item) => (inSomeOrder(item)[index] === null ? [item.of] : [])),
  }))
}

const answersAt = (items: readonly Counts[], index: number): Answers =>
  Object.fromEntries(
    items.flatMap((item) => {
      const answer = inSomeOrder(item)[index]
      return answer === null || answer === undefined ? [] : [[item.of, answer]]
    }),
  )

/** An answer per list, each as often as it is printed. */
const inSomeOrder = ({ instrument, of, wave, answers }: Counts): (number | null)[] =>
  shuffled(
    randomOf('answers', instrument, of, wave),
    answers.flatMap(({ answer, count }) => Array.from({ length: count }, () => answer)),
  )

function scaleOf(instrument: Instrument, id: string) {
  const scale = instrument.scales.find((one) => one.id === id)
  if (!scale) throw new RangeError(`${instrument.id} has no scale ${id}`)
  return scale
}
