/** A difference between two versions in the reader's words. What has none here, such as a condition, stays as it is written. */
import type { Phrase, What } from '../../../instruments/phrase.ts'
import type { Translator } from '../../ui/texts.ts'
import type { DeskTexts } from '../shell/language.tsx'

type Say = Translator<DeskTexts>['say']

const sentences = {
  is: 'differsIs',
  'label moved': 'differsLabel',
  turned: 'differsTurned',
  missing: 'differsMissing',
  added: 'differsAdded',
  order: 'differsOrder',
  without: 'differsWithout',
  with: 'differsWith',
  only: 'differsOnly',
  respondents: 'differsRespondents',
  languages: 'differsLanguages',
} as const satisfies Record<What, keyof DeskTexts>

/** Names of traits, kinds and values, as instruments/compare-*.ts writes them. */
const words: Record<string, keyof DeskTexts & string> = {
  'the kind of answer': 'traitAnswer',
  'the kind of question': 'traitQuestion',
  'the list of answers': 'traitAnswers',
  'the lowest answer': 'traitLowest',
  'the highest answer': 'traitHighest',
  'the step': 'traitStep',
  'the longest text': 'traitLongest',
  'whether it must be answered': 'traitRequired',
  'when it is asked': 'traitCondition',
  'the fewest records': 'traitFewest',
  'the most records': 'traitMost',
  'what a record asks': 'traitRecord',
  'the method': 'traitMethod',
  'the item range': 'traitItemRange',
  'the rule for missing answers': 'traitMissing',
  'the prorating': 'traitProrate',
  'the list of answers that say it is not known': 'traitUnknown',
  'the range': 'traitRange',
  'the bad direction': 'traitWorse',
  'the list of counted answers': 'traitCounts',
  'the groups': 'traitGroups',
  records: 'valueRecords',
  'several of a list': 'valueSeveral',
  'one of a list': 'valueOne',
  'a number': 'valueNumber',
  'a date': 'valueDate',
  'a text': 'valueText',
  open: 'valueOpen',
  none: 'valueNone',
  yes: 'yes',
  no: 'no',
  always: 'valueAlways',
  true: 'yes',
  false: 'no',
  high: 'defWorseHigh',
  low: 'defWorseLow',
  sum: 'defMethodSum',
  mean: 'defMethodMean',
  count: 'defMethodCount',
  categories: 'defMethodCategories',
  value: 'defMethodValue',
  item: 'valueItem',
  scale: 'valueScale',
  items: 'valueItems',
  'reversed items': 'valueReversed',
}

/** Parts that are words of ours; the others are names, labels and conditions. */
const translated = new Set(['trait', 'is', 'was', 'kind', 'members'])

/** `outer`: of what is said elsewhere already that it is about it, so that its place is left out. */
export function differenceText(say: Say, { what, parts, within }: Phrase, outer?: string): string {
  const spoken = Object.fromEntries(
    Object.entries(parts).map(([name, part]) => {
      const word = translated.has(name) && what !== 'label moved' && what !== 'order' ? words[part] : undefined
      return [name, word ? say(word as 'yes') : part]
    }),
  )
  const places = within.filter(({ name }) => name !== outer).map(({ kind, name }) => `${say(placeWords[kind], { name })}: `)
  return places.join('') + say(sentences[what] as 'differsIs', spoken as Record<'trait' | 'is' | 'was', string>)
}

const placeWords = { item: 'placeItem', scale: 'placeScale', question: 'placeItem' } as const
