/**
 * Answers that came as a form while newer ones were kept from elsewhere: the person chooses, as on `other-answers-page.tsx`. What came
 * travels on in this page, and is kept nowhere before that. Of the newer ones it tells how many there are, never what they are.
 */
import { revisionField, thenField } from '../../survey/posting.ts'
import { stepField } from '../../ui/post-button.tsx'
import { localeOf } from '../../ui/texts.ts'
import { CalmPage } from '../calm/calm-page.tsx'
import { useSpeaking } from '../speaking.tsx'

export interface Held {
  /** What the form held, without what it was to do. */
  fields: [name: string, value: string][]
  /** What it was to do. */
  wanted: string
  /** Of what is kept now. */
  revision: number
  /** How many items are answered on the page that came, and in all of what is kept. */
  here: number
  there: number
  /** Instant, and the zone of the study in which it is told. */
  savedAt: string
  timeZone: string
}

export function HeldPage({ held }: { held: Held }) {
  const { say, count, language } = useSpeaking()
  const { fields, wanted, revision, here, there, savedAt, timeZone } = held
  // In the same words where it is drawn and where it is shown: a server has no clock on the wall.
  const time = new Intl.DateTimeFormat(localeOf(language), { timeStyle: 'short', timeZone }).format(new Date(savedAt))
  return (
    <form method="post">
      {fields.map(([name, value], index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the same name may come twice, and nothing here changes.
        <input key={index} type="hidden" name={name} value={value} autoComplete="off" />
      ))}
      <input type="hidden" name={thenField} value={wanted} autoComplete="off" />
      <input type="hidden" name={revisionField} value={revision} autoComplete="off" />
      <CalmPage
        title={say('otherTitle')}
        text={[
          say('otherLead'),
          say('otherHere', { answered: count('questions', here) }),
          say('otherThere', { answered: count('questions', there), time }),
          say('otherUnseen'),
          say('otherRest'),
        ]}
      >
        <button type="submit" name={stepField} value="keep" className="button">
          {say('keepMine')}
        </button>
        <button type="submit" name={stepField} value="other" className="button">
          {say('takeOther')}
        </button>
      </CalmPage>
    </form>
  )
}
