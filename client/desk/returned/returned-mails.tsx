import type { Study } from '../api.ts'
import { type DeskTexts, useDesk } from '../shell/language.tsx'
import { Link } from '../shell/link.tsx'
import { useStudy } from '../shell/study.tsx'
import { TitleOf } from '../shell/title-of.tsx'
import type { ReturnedMail } from './api.ts'

const outcomes = {
  returned: 'returned_returned',
  known: 'returned_known',
  'still under way': 'returned_underWay',
  'of no mail here': 'returned_ofNoMail',
  'no notice': 'returned_noNotice',
} as const satisfies Record<ReturnedMail['outcome'], keyof DeskTexts>

interface ReturnedMailsProps {
  mails: ReturnedMail[]
  study: Study
  isBusy: boolean
  /** Null once it is done. */
  record: (() => void) | null
}

/** Of each mail: whose it was, and what becomes or became of it. */
export function ReturnedMails({ mails, study, isBusy, record }: ReturnedMailsProps) {
  const { say } = useDesk()
  const isAny = mails.some(({ outcome }) => outcome === 'returned')
  return (
    <section className="section" aria-labelledby="returned-mails">
      <h2 id="returned-mails">{say(record ? 'returnedFound' : 'returnedTaken')}</h2>
      <ul className="to-do">
        {mails.map((mail, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes, and two mails may be the same.
          <li key={index}>
            <Returned mail={mail} number={mails.length > 1 ? index + 1 : null} study={study} />
          </li>
        ))}
      </ul>
      {record &&
        (isAny ? (
          <p className="buttons">
            <button type="button" className="button button-primary" aria-disabled={isBusy} onClick={record}>
              {say('returnedTake')}
            </button>
          </p>
        ) : (
          <p>{say('returnedNothing')}</p>
        ))}
    </section>
  )
}

function Returned({
  mail: { outcome, addressRefused, messages },
  number,
  study,
}: {
  mail: ReturnedMail
  number: number | null
  study: Study
}) {
  const { say, date } = useDesk()
  const { at } = useStudy()
  return (
    <>
      <p>
        {number !== null && <strong>{say('returnedNumber', { number })}. </strong>}
        {say(outcomes[outcome])}
      </p>
      {messages.map(({ code, role, number, wave, message, sentAt }) => (
        <p key={`${code} ${role} ${number} ${wave} ${message}`}>
          <Link href={at(`/cases/${encodeURIComponent(code)}`)}>{code}</Link> <TitleOf list={study.roles} id={role} /> {number}, {wave}
          {sentAt !== null && <span className="quiet"> ({say('returnedSent', { day: date(sentAt) })})</span>}
        </p>
      ))}
      {outcome === 'returned' && <p className="quiet">{say(addressRefused ? 'returnedAddress' : 'returnedMessage')}</p>}
    </>
  )
}
