/** Whom a list is about: by role and number, never by name. */
import { Said } from '../ui/said.tsx'
import { type Words, wordsIn } from '../ui/words.ts'
import type { AssignmentSummary } from './api.ts'
import { useSpeaking } from './speaking.tsx'

type Whom = NonNullable<AssignmentSummary['about']>

/** "Ouder", or "Ouder 2" where there are several. */
export function whomIn({ role, place }: Whom, language: string): Words {
  const words = wordsIn(role, language)
  return place === null ? words : { ...words, text: `${words.text} ${place}` }
}

/** A line of a heading; nothing for a list about the case. */
export function AboutWhom({ whom }: { whom: Whom | null }) {
  const { say, language } = useSpeaking()
  if (!whom) return null
  return (
    <>
      {' '}
      <span className="about-whom">
        {say('aboutWhom')} <Said words={whomIn(whom, language)} within={language} />
      </span>
    </>
  )
}
