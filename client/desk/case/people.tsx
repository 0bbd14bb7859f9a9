import type { CaseFile, Study } from '../api.ts'
import { offeredLanguages, useDesk } from '../shell/language.tsx'
import { TitleOf } from '../shell/title-of.tsx'
import { useNames } from './names.tsx'

const states = {
  active: 'participantActive',
  declined: 'participantDeclined',
  withdrawn: 'participantWithdrawn',
  'handed over': 'participantHandedOver',
} as const
const purposes: Record<string, 'purposeResearch' | 'purposeContactLater'> = {
  research: 'purposeResearch',
  'contact-later': 'purposeContactLater',
}

/** The people of a family, without anything that says who they are. */
export function People({ file, study }: { file: CaseFile; study: Study }) {
  const { say, date } = useDesk()
  const names = useNames()
  return (
    <section className="section" aria-labelledby="people">
      <h2 id="people">{say('peopleTitle')}</h2>
      <p className="quiet">{say('peopleLead')}</p>
      <ul className="people">
        {file.participants.map((participant) => (
          <li key={participant.id} className="card">
            <h3>{names.person(participant.id)}</h3>
            <dl className="facts facts-small">
              <div>
                <dt>{say('pseudonym')}</dt>
                <dd>
                  <code>{participant.id}</code>
                </dd>
              </div>
              <div>
                <dt>{say('speaks')}</dt>
                <dd>{offeredLanguages.find(({ language }) => language === participant.language)?.name ?? participant.language}</dd>
              </div>
              <div>
                <dt>{say('participating')}</dt>
                <dd>
                  {participant.succeededBy
                    ? say('participantHandedOverTo', { person: names.person(participant.succeededBy) })
                    : say(states[participant.state])}
                  {participant.state !== 'active' && ` (${date(participant.stateAt)})`}
                </dd>
              </div>
              {participant.stateReason && (
                <div>
                  <dt>{say('participantReason')}</dt>
                  <dd>
                    <TitleOf list={study.reasons} id={participant.stateReason} />
                  </dd>
                </div>
              )}
              {participant.joinedAt && (
                <div>
                  <dt>{say('participantSince')}</dt>
                  <dd>{date(participant.joinedAt)}</dd>
                </div>
              )}
              {participant.succeeds && (
                <div>
                  <dt>{say('participantSucceeds')}</dt>
                  <dd>{names.person(participant.succeeds)}</dd>
                </div>
              )}
            </dl>
            {participant.addressRefused && <p className="error">{say('addressRefused')}</p>}
            <Consents consents={participant.consents} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Consents({ consents }: { consents: CaseFile['participants'][number]['consents'] }) {
  const { say, date } = useDesk()
  // Of several answers about one purpose the last one counts.
  const latest = [...new Map(consents.map((consent) => [consent.purpose, consent])).values()]
  if (latest.length === 0) return <p className="quiet">{say('consentNone')}</p>
  return (
    <ul className="consents">
      {latest.map(({ purpose, given, at, recordedBy }) => {
        const known = purposes[purpose]
        return (
          <li key={purpose}>
            {say(given ? 'consentGiven' : 'consentRefused', { purpose: known ? say(known) : purpose })}{' '}
            <span className="quiet">({recordedBy === 'staff' ? say('consentByStaff', { date: date(at) }) : date(at)})</span>
          </li>
        )
      })}
    </ul>
  )
}
