/** Words of a definition on a page: marked with their language where it is not the page's own. */
import type { Words } from './words.ts'

interface SaidProps {
  words: Words
  /** The language of the page. */
  within: string
}

export function Said({ words, within }: SaidProps) {
  return words.language === within ? words.text : <span lang={words.language}>{words.text}</span>
}

/** A text of several paragraphs, split at blank lines. */
export function SaidParagraphs({ words, within, className }: SaidProps & { className?: string }) {
  return (
    <>
      {words.text
        .split(/\n\s*\n/)
        .filter((paragraph) => paragraph.trim() !== '')
        .map((paragraph) => (
          <p key={paragraph} className={className}>
            <Said words={{ ...words, text: paragraph }} within={within} />
          </p>
        ))}
    </>
  )
}
