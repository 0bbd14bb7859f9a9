/** Whether a stored answer to an item means the same in two versions of an instrument. */
import type { Item } from './items.ts'
import { type Phrase, phrase, reasonsOf } from './phrase.ts'
import type { Instrument } from './schema.ts'
import { isOfAnswers } from './score.ts'

/**
 * Why an answer to `after`, an item of `b`, does not mean what the same answer to `before`, the item of that name in `a`,
 * means; empty when it does. Each a plain English phrase without a full stop, from the side of `b`.
 *
 * The same answer means the same when the kind of answer is the same, the values that can be chosen are, the lowest and
 * highest number are, no label went to another value, and no scale that both versions have turned the item round. Wording,
 * order, conditions and whether it must be answered are left out of it: they bear on who answers, not on what an answer says.
 */
export const answerDifferences = (a: Instrument, before: Item, b: Instrument, after: Item): string[] =>
  reasonsOf(answerPhrases(a, before, b, after))

/** The same as data. */
export const answerPhrases = (a: Instrument, before: Item, b: Instrument, after: Item): Phrase[] => [
  ...differentTraits(before, after),
  ...movedLabels(before, after),
  ...turnedScales(a, b, after.name),
]

function differentTraits(before: Item, after: Item): Phrase[] {
  const [was, is] = [traits(before), traits(after)]
  // Of another kind altogether: the rest can't be compared.
  const compared = was.kind === is.kind ? Object.keys(is) : ['kind']
  return compared
    .filter((trait) => was[trait] !== is[trait])
    .map((trait) => phrase('is', { trait: words[trait] ?? trait, is: is[trait] ?? '', was: was[trait] ?? '' }))
}

const words: Record<string, string> = {
  kind: 'the kind of answer',
  values: 'the list of answers',
  lowest: 'the lowest answer',
  highest: 'the highest answer',
}

/** A longer text, an earlier date and a further record are more of the same; 8 on a scale of 10 is not 8 on a scale of 100. */
function traits({ kind, question, choices }: Item): Record<string, string> {
  if (kind === 'records') return { kind: 'records' }
  const { type, inputType, min, max } = question
  const values = choices.map(({ value }) => value).sort((x, y) => x - y)
  if (type === 'checkbox') return { kind: 'several of a list', values: values.join(', ') }
  if (type === 'radiogroup' || type === 'dropdown') return { kind: 'one of a list', values: values.join(', ') }
  if (inputType === 'number') return { kind: 'a number', lowest: String(min ?? 'open'), highest: String(max ?? 'open') }
  return { kind: inputType === 'date' ? 'a date' : 'a text' }
}

/**
 * Choices whose label belonged to another value before, as phrases: the values are the same and their meaning is not. Labels are
 * compared in each language that both have; one that is simply worded otherwise says nothing.
 */
export function movedLabels(before: Item, after: Item): Phrase[] {
  return after.choices.flatMap(({ value, text }) => {
    const old = before.choices.find((choice) => choice.value === value)?.text
    for (const [language, label] of Object.entries(text)) {
      if (old && plain(old[language]) === plain(label)) continue
      const elsewhere = before.choices.find((choice) => choice.value !== value && plain(choice.text[language]) === plain(label))
      if (elsewhere) return [phrase('label moved', { value: String(value), label: label ?? '', was: String(elsewhere.value) })]
    }
    return []
  })
}

const plain = (label: string | undefined): string | undefined => label?.trim().toLowerCase()

/** A key that was turned means a question that was turned, or a mistake in one of the versions: either way they don't mix. */
function turnedScales(a: Instrument, b: Instrument, item: string): Phrase[] {
  return b.scales.flatMap((scale) => {
    const other = a.scales.find(({ id }) => id === scale.id)
    if (!other || !isOfAnswers(scale) || !isOfAnswers(other)) return []
    if (!scale.items.includes(item) || !other.items.includes(item)) return []
    return scale.reverse.includes(item) === other.reverse.includes(item) ? [] : [phrase('turned', { scale: scale.id })]
  })
}

/** Whether the texts of an item differ in a language that both have; of records also those of their questions. */
export function isReworded(before: Item, after: Item): boolean {
  if (differs(before.question.title, after.question.title) || differs(before.question.description, after.question.description)) return true
  if (before.choices.some(({ value, text }) => differs(text, after.choices.find((choice) => choice.value === value)?.text))) return true
  if (before.kind !== 'records' || after.kind !== 'records') return false
  const later = new Map(after.items.map((item) => [item.name, item]))
  return before.items.some((item) => {
    const same = later.get(item.name)
    return same !== undefined && isReworded(item, same)
  })
}

type Text = Readonly<Record<string, string>> | undefined

function differs(before: Text, after: Text): boolean {
  if (!before || !after) return before !== after
  return Object.keys(before).some((language) => after[language] !== undefined && after[language] !== before[language])
}
