/** Questions without an answer, each a way back to it; what may stay open can be finished so. */
import { useEffect, useRef } from 'react'
import { placeInRecord } from '../../../instruments/records.ts'
import type { Element, Survey } from '../../../instruments/schema.ts'
import { useDesk } from '../shell/language.tsx'

export interface MissingItem {
  item: string
  required: boolean
}

interface MissingProps {
  missing: MissingItem[]
  survey: Survey
  language: string
  isBusy: boolean
  show(item: string): void
  finish(): void
}

export function Missing({ missing, survey, language, isBusy, show, finish }: MissingProps) {
  const { say, count } = useDesk()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  const mustFillIn = missing.some(({ required }) => required)
  return (
    <section className="section" aria-labelledby="missing">
      <h2 id="missing" tabIndex={-1} ref={heading}>
        {count('entryMissingTitle', missing.length)}
      </h2>
      <p>{say(mustFillIn ? 'entryMissingRequired' : 'entryMissingLead')}</p>
      <ul className="missing">
        {missing.map(({ item, required }) => (
          <li key={item}>
            <button type="button" className="button-quiet" onClick={() => show(item)}>
              <span lang={language}>{titleIn(survey, item, language)}</span> <code>{item}</code>
            </button>
            {required && <strong> ({say('entryMustBe')})</strong>}
          </li>
        ))}
      </ul>
      <div className="buttons">
        {!mustFillIn && (
          <button type="button" className="button button-primary" aria-disabled={isBusy} onClick={finish}>
            {say(isBusy ? 'entryFinishing' : 'entryFinishOpen')}
          </button>
        )}
        <button type="button" className="button" onClick={() => show(missing[0]?.item ?? '')}>
          {say('entryGoOn')}
        </button>
      </div>
    </section>
  )
}

/** The question of an item; its name when there is none. */
function titleIn({ pages }: Survey, item: string, language: string): string {
  const name = placeInRecord(item)?.item ?? item
  const find = (elements: readonly Element[]): Record<string, string> | undefined => {
    for (const element of elements) {
      const inner = element.type === 'panel' ? element.elements : element.type === 'paneldynamic' ? element.templateElements : []
      if (element.type !== 'html' && element.type !== 'panel' && element.name === name) return element.title
      const found = find(inner)
      if (found) return found
    }
    return undefined
  }
  const title = find(pages.flatMap(({ elements }) => elements))
  return title?.[language] ?? title?.nl ?? name
}
