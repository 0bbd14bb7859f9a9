import { useDesk } from '../shell/language.tsx'
import type { Leaving } from './api.ts'

const states = {
  active: 'participantActive',
  declined: 'participantDeclined',
  withdrawn: 'participantWithdrawn',
  'handed over': 'participantHandedOver',
} as const

/** What there is of somebody, in numbers. */
export function Kept({ leaving }: { leaving: Leaving }) {
  const { say, date, number } = useDesk()
  const counts = [
    ['leaveResponses', leaving.responses],
    ['leaveDrafts', leaving.drafts],
    ['leaveOpen', leaving.open],
    ['leaveMails', leaving.messages],
  ] as const
  return (
    <section className="section" aria-labelledby="kept">
      <h2 id="kept">{say('leaveKept')}</h2>
      <dl className="facts">
        <div>
          <dt>{say('leaveState')}</dt>
          <dd>
            {say(states[leaving.state])}
            {leaving.state !== 'active' && ` (${date(leaving.stateAt)})`}
          </dd>
        </div>
        {counts.map(([key, value]) => (
          <div key={key}>
            <dt>{say(key)}</dt>
            <dd>{number(value)}</dd>
          </div>
        ))}
      </dl>
      {leaving.otherCases === null ? (
        <p className="alert">{say('leaveOthersOut')}</p>
      ) : (
        leaving.otherCases.length > 0 && <p className="alert">{say('leaveOthers', { codes: leaving.otherCases.join(', ') })}</p>
      )}
    </section>
  )
}
