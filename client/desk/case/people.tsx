import type { CaseFile, Study } from '../api.ts'
import { offeredLanguages, useDesk } from '../shell/language.tsx'
import { TitleOf } from '../shell/title-of.tsx'
import { LeaveLink } from '../withdrawal/leave-link.tsx'
import { useActions } from './actions-bar.tsx'
import { begin, menu } from './doing.ts'
import { useNames } from './names.tsx'
import { sexLabels } from './sex-labels.ts'

const states = {
  active: 'participantActive',
  declined: 'participantDeclined',
  withdrawn: 'participantWithdrawn',
  'handed over': 'participantHandedOver',
} as const

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
              {participant.sex !== null && (
                <div>
                  <dt>{say('fieldSex')}</dt>
                  <dd>{say(sexLabels[participant.sex] ?? 'sexOther')}</dd>
                </div>
              )}
              <div>
                <dt>{say('participating')}</dt>
                <dd>
                  {participant.succeededBy
                    ? say('participantHandedOverTo', { person: names.person(participant.succeededBy) })
                    : file.mistake !== null && participant.state === 'active'
                      ? say('participantMistake')
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
            {participant.withoutMailAt !== null && (
              <p className="quiet">{say('personWithoutMail', { day: date(participant.withoutMailAt) })}</p>
            )}
            {participant.addressRefused && <p className="error">{say('addressRefused')}</p>}
            <Consents consents={participant.consents} />
            <PersonActions file={file} person={participant} />
            <LeaveLink code={file.code} person={participant.id} name={names.person(participant.id)} />
          </li>
        ))}
      </ul>
    </section>
  )
}

/** What can be done to one person; what is most needed now stands in sight. */
function PersonActions({ file, person }: { file: CaseFile; person: CaseFile['participants'][number] }) {
  const { say } = useDesk()
  const names = useNames()
  const offered = useActions(file).filter(({ ofPerson }) => ofPerson?.(person, file))
  if (offered.length === 0) return null
  const urgent = person.addressRefused ? offered.find(({ id }) => id === 'correct-address') : undefined
  return (
    <p className="buttons">
      {urgent && (
        <button type="button" className="button button-small" onClick={() => begin(urgent.id, { person: person.id })}>
          {say(urgent.title)}
        </button>
      )}
      <button type="button" className="button-quiet" onClick={() => begin(menu, { person: person.id })}>
        {say('actionsButton')}
        <span className="visually-hidden"> {say('actionsOf', { person: names.person(person.id) })}</span>
      </button>
    </p>
  )
}

function Consents({ consents }: { consents: CaseFile['participants'][number]['consents'] }) {
  const { say, date } = useDesk()
  const names = useNames()
  // Of several answers about one purpose the last one counts.
  const latest = [...new Map(consents.map((consent) => [consent.purpose, consent])).values()]
  if (latest.length === 0) return <p className="quiet">{say('consentNone')}</p>
  return (
    <ul className="consents">
      {latest.map(({ purpose, given, at, recordedBy }) => {
        return (
          <li key={purpose}>
            {say(given ? 'consentGiven' : 'consentRefused', { purpose: names.purpose(purpose) })}{' '}
            <span className="quiet">({recordedBy === 'staff' ? say('consentByStaff', { date: date(at) }) : date(at)})</span>
          </li>
        )
      })}
    </ul>
  )
}
