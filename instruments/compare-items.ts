/** How the items of two versions of an instrument differ: which there are, in which order, and what they take as an answer. */
import type { Difference } from './compare.ts'
import { movedLabels } from './compare-answers.ts'
import { formatReference } from './definition.ts'
import { type Item, itemsOf, type RecordsItem } from './items.ts'
import { type Phrase, phrase, withinPlace } from './phrase.ts'
import type { Instrument } from './schema.ts'

export function compareItems(a: Instrument, b: Instrument): Difference[] {
  const [before, after] = [itemsOf(a), itemsOf(b)]
  const later = new Map(after.map((item) => [item.name, item]))
  const known = new Set(before.map(({ name }) => name))
  return [
    ...before.flatMap((item): Difference[] => {
      const same = later.get(item.name)
      if (same) return compareItem(item, same)
      return [{ about: 'item', name: item.name, ...phrase('missing', { kind: 'item', name: item.name, from: formatReference(a) }) }]
    }),
    ...after
      .filter(({ name }) => !known.has(name))
      .map(({ name }): Difference => ({ about: 'item', name, ...phrase('added', { kind: 'item', name, to: formatReference(a) }) })),
    ...compareOrder(
      before.filter(({ name }) => later.has(name)),
      after.filter(({ name }) => known.has(name)),
    ),
  ]
}

function compareItem(before: Item, after: Item): Difference[] {
  const was = traits(before)
  const is = traits(after)
  return [
    ...Object.keys(is)
      .filter((trait) => was[trait] !== is[trait])
      .map((trait) => phrase('is', { trait, is: is[trait] ?? 'none', was: was[trait] ?? 'none' })),
    ...movedLabels(before, after),
    ...movedInRecords(before, after),
  ].map((inner) => ({ about: 'item' as const, name: after.name, ...withinPlace({ kind: 'item', name: after.name }, inner) }))
}

function movedInRecords(before: Item, after: Item): Phrase[] {
  if (before.kind !== 'records' || after.kind !== 'records') return []
  return after.items.flatMap((item) => {
    const same = before.items.find(({ name }) => name === item.name)
    return same ? movedLabels(same, item).map((inner) => withinPlace({ kind: 'question', name: item.name }, inner)) : []
  })
}

/** What bears on an answer, in words. */
function traits(item: Item): Record<string, string> {
  const { question, choices, conditions } = item
  if (item.kind === 'records') return traitsOfRecords(item)
  const { min, max, step, maxLength, isRequired, inputType } = item.question
  return {
    'the kind of question': inputType === undefined ? question.type : `${question.type} (${inputType})`,
    'the list of answers': choices.length === 0 ? 'none' : choices.map(({ value }) => value).join(', '),
    'the lowest answer': String(min ?? 'open'),
    'the highest answer': String(max ?? 'open'),
    'the step': String(step ?? 'open'),
    'the longest text': String(maxLength ?? 'open'),
    'whether it must be answered': isRequired ? 'yes' : 'no',
    'when it is asked': conditions.length === 0 ? 'always' : conditions.join(' and '),
  }
}

function traitsOfRecords({ question, items, conditions }: RecordsItem): Record<string, string> {
  return {
    'the kind of question': question.type,
    'the fewest records': String(question.minPanelCount ?? 0),
    'the most records': String(question.maxPanelCount),
    'whether it must be answered': question.isRequired ? 'yes' : 'no',
    'when it is asked': conditions.length === 0 ? 'always' : conditions.join(' and '),
    'what a record asks': items.map((item) => [item.name, ...Object.values(traits(item))].join(', ')).join('; '),
  }
}

/** One sentence with the first item that stands elsewhere: one moved item shifts all that follow. */
function compareOrder(before: Item[], after: Item[]): Difference[] {
  const at = before.findIndex(({ name }, index) => after[index]?.name !== name)
  if (at === -1) return []
  const [was, is] = [before[at]?.name, after[at]?.name]
  return [{ about: 'item', name: '', ...phrase('order', { is: is ?? '', was: was ?? '' }) }]
}
