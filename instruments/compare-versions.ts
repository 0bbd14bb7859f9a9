/**
 * What a study that goes over to another version of an instrument has to know: which items come, go and change, and which
 * scales stay comparable. The same rules decide which versions share a column of an export.
 */
import { compareInstruments, type Difference } from './compare.ts'
import { answerPhrases, isReworded } from './compare-answers.ts'
import { scalePhrases } from './compare-scales.ts'
import { formatReference } from './definition.ts'
import { itemsOf } from './items.ts'
import { type Phrase, phrase } from './phrase.ts'
import type { Instrument } from './schema.ts'

export interface VersionComparison {
  /** `id@version`. */
  older: string
  newer: string
  items: {
    /** Names, in the order in which they are asked. */
    added: string[]
    removed: string[]
    /** Items of both versions that differ in more than their wording. */
    changed: ChangedItem[]
    /** Names of items of both versions whose texts differ, changed or not. */
    reworded: string[]
  }
  /** Every scale of either version: those of the older in its order, then what is new. */
  scales: ComparedScale[]
  /** What else differs: respondents, languages, order of items, how many answers of a comparable scale may miss. */
  other: Phrase[]
}

export interface ChangedItem {
  name: string
  /** Whether the same answer still means the same, so that both versions share a column of an export. */
  comparable: boolean
  /** Why it does not. Empty when it does. */
  reasons: Phrase[]
  /** All that differs, also what keeps answers comparable, as `compareInstruments` gives it. */
  differences: Phrase[]
}

export interface ComparedScale {
  id: string
  /** Whether raw scores are the same measure, so that both versions share columns of an export. */
  comparable: boolean
  /** Why they are not. Empty when they are. */
  reasons: Phrase[]
}

/** How `newer` differs from `older`, two versions of one instrument. Pure; of equal versions all lists but `scales` are empty. */
export function compareVersions(older: Instrument, newer: Instrument): VersionComparison {
  const [before, after] = [itemsOf(older), itemsOf(newer)]
  const later = new Map(after.map((item) => [item.name, item]))
  const known = new Set(before.map(({ name }) => name))
  const pairs = before.flatMap((item) => {
    const same = later.get(item.name)
    return same ? [{ item, same }] : []
  })
  const differences = compareInstruments(older, newer)
  const scales = compareEachScale(older, newer)
  return {
    older: formatReference(older),
    newer: formatReference(newer),
    items: {
      added: after.map(({ name }) => name).filter((name) => !known.has(name)),
      removed: before.map(({ name }) => name).filter((name) => !later.has(name)),
      changed: pairs.flatMap(({ item, same }) => {
        const reasons = answerPhrases(older, item, newer, same)
        const told = differences.filter(({ about, name }) => about === 'item' && name === item.name).map(plain)
        return reasons.length + told.length === 0 ? [] : [{ name: item.name, comparable: reasons.length === 0, reasons, differences: told }]
      }),
      reworded: pairs.filter(({ item, same }) => isReworded(item, same)).map(({ item }) => item.name),
    },
    scales,
    other: differences.filter((difference) => isBesides(difference, scales)).map(plain),
  }
}

function compareEachScale(older: Instrument, newer: Instrument): ComparedScale[] {
  const known = new Set(older.scales.map(({ id }) => id))
  const only = (id: string, instrument: Instrument): ComparedScale => ({
    id,
    comparable: false,
    reasons: [phrase('only', { reference: formatReference(instrument) })],
  })
  return [
    ...older.scales.map((scale) => {
      const same = newer.scales.find(({ id }) => id === scale.id)
      if (!same) return only(scale.id, older)
      const reasons = scalePhrases(older, scale, newer, same)
      return { id: scale.id, comparable: reasons.length === 0, reasons }
    }),
    ...newer.scales.filter(({ id }) => !known.has(id)).map(({ id }) => only(id, newer)),
  ]
}

/** Without what it is about, which stands beside it. */
const plain = ({ what, parts, within, reason }: Difference): Phrase => ({ what, parts, within, reason })

/** What is said neither of an item nor of a scale that is not comparable. */
const isBesides = ({ about, name }: Difference, scales: ComparedScale[]): boolean =>
  about === 'item' ? name === '' : about === 'scale' ? scales.some(({ id, comparable }) => id === name && comparable) : true
