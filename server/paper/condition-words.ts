/** Says a condition in words, for whoever has to follow it on paper. */
import { type ConditionPart, conditionParts } from '../../instruments/condition-parts.ts'
import { textIn } from '../../instruments/definition.ts'
import type { QuestionItem } from '../../instruments/items.ts'
import type { PaperTexts } from './texts/languages.ts'

/** A question as conditions call it, with the number that it has on paper. */
export interface Numbered {
  number: string
  item: QuestionItem
}

/** "Alleen als u bij vraag 3 “ja” antwoordde.", or that it is asked only where it applies. */
export function conditionInWords(
  expression: string,
  questions: ReadonlyMap<string, Numbered>,
  texts: PaperTexts,
  language: string,
): string {
  const understood = conditionParts(expression, new Map([...questions].map(([name, { item }]) => [name, item])))
  if (!understood) return texts.ifApplies
  const clauses = understood.parts.map((part) => clause(part, questions.get(part.item) as Numbered, texts, language))
  return texts.onlyIf(join(clauses, understood.joint === 'or' ? 'disjunction' : 'conjunction', language))
}

function clause(part: ConditionPart, { number, item }: Numbered, texts: PaperTexts, language: string): string {
  const quoted = (value: number): string => {
    const choice = item.choices.find((one) => one.value === value)
    return `“${choice ? textIn(choice.text, language) : value}”`
  }
  switch (part.is) {
    case 'one of':
      return texts.oneOf(number, join(part.values.map(quoted), 'disjunction', language))
    case 'none of':
      return texts.noneOf(number, join(part.values.map(quoted), 'disjunction', language))
    case 'with':
      return texts.with(number, quoted(part.value))
    case 'without':
      return texts.without(number, quoted(part.value))
    case 'compared':
      return texts.compared(number, part.by, part.number)
    case 'answered':
      return texts.answered(number)
    case 'open':
      return texts.open(number)
  }
}

const join = (texts: string[], type: 'conjunction' | 'disjunction', language: string): string =>
  new Intl.ListFormat(language, { type }).format(texts)
