/** Two places, two sets of answers: the person chooses. Nothing is overwritten before that. */
import { CalmPage } from '../calm/calm-page.tsx'
import { useSpeaking } from '../speaking.tsx'
import type { ListSession } from './list-session.ts'

export function OtherAnswersPage({ session: { engine, saver } }: { session: ListSession }) {
  const { say, count, time } = useSpeaking()
  const other = saver.other()
  const filledIn = (answers: object) => count('questions', Object.keys(answers).length)
  return (
    <CalmPage
      title={say('otherTitle')}
      text={[
        say('otherLead'),
        say('otherHere', { answered: filledIn(engine.answers()) }),
        other ? say('otherThere', { answered: filledIn(other.answers), time: time(other.savedAt) }) : say('otherEmpty'),
      ]}
    >
      <button type="button" className="button" onClick={() => saver.keepMine()}>
        {say('keepMine')}
      </button>
      <button type="button" className="button" onClick={() => saver.takeOther()}>
        {say('takeOther')}
      </button>
    </CalmPage>
  )
}
