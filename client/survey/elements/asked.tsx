/** What is asked, in words: for an item and for a repeated group alike. */
import { Said, Untranslated } from '../../ui/said.tsx'
import { idsOf, type SurveyWords } from '../element-props.ts'
import type { ItemView, RecordsView } from '../view.ts'

interface AskedProps {
  item: ItemView | RecordsView
  words: SurveyWords
}

/** Its number, its question, and whether there has to be an answer. */
export function Question({ item, words }: AskedProps) {
  return (
    <>
      {/* One text: when the page was drawn by the server, a number by itself would be taken for the whole of it. */}
      <span className="item-number">{`${item.number}.`}</span> <Said words={item.title} within={words.language} />
      {hasUntranslatedChoices(item, words.language) && <Untranslated />}
      {item.required && <span className="item-required"> ({words.required})</span>}
    </>
  )
}

/** Where the question itself is translated. It is said once for all of its choices. */
const hasUntranslatedChoices = (item: ItemView | RecordsView, language: string): boolean =>
  item.kind === 'item' && item.title.language === language && item.choices.some(({ text }) => text.language !== language)

/** The explanation, what becomes of an answer of another device, and what is wrong with the answer here. */
export function Notes({ item, words }: AskedProps) {
  const ids = idsOf(item)
  return (
    <>
      {item.description && (
        <p className="item-description" id={ids.description}>
          <Said words={item.description} within={words.language} />
        </p>
      )}
      {item.earlier && (
        <p className="item-earlier" id={ids.earlier}>
          {item.earlier === 'sealed' ? words.sealed : words.replaces}
        </p>
      )}
      {item.problem && (
        <p className="item-problem" id={ids.problem}>
          {words.problem(item.problem)}
        </p>
      )}
    </>
  )
}
