/** Words of a definition on a page: marked with their language, and said to be untranslated, where that is not the page's own. */
import { createContext, useContext } from 'react'
import { directionOf, type Words } from './words.ts'

interface SaidProps {
  words: Words
  /** The language of the page. */
  within: string
  /** Whether it is said here that they are not translated. Of several words that belong together that is said once. */
  noted?: boolean
}

/** How the page says that words are not translated yet, in its own language; a page that says nothing about it has none. */
export const UntranslatedWords = createContext<string | null>(null)

export function Said({ words, within, noted = true }: SaidProps) {
  if (words.language === within) return words.text
  return (
    <>
      <span lang={words.language} dir={directionOf(words.language)}>
        {words.text}
      </span>
      {noted && <Untranslated />}
    </>
  )
}

/** Says that what stands before it is not translated. */
export function Untranslated() {
  const said = useContext(UntranslatedWords)
  return said === null ? null : <span className="untranslated">{` (${said})`}</span>
}

/** A text of several paragraphs, split at blank lines. */
export function SaidParagraphs({ words, within, className }: SaidProps & { className?: string }) {
  const paragraphs = words.text.split(/\n\s*\n/).filter((paragraph) => paragraph.trim() !== '')
  return (
    <>
      {paragraphs.map((paragraph, index) => (
        <p key={paragraph} className={className}>
          <Said words={{ ...words, text: paragraph }} within={within} noted={index === paragraphs.length - 1} />
        </p>
      ))}
    </>
  )
}
