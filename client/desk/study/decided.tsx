import { Text, useDesk } from '../shell/language.tsx'
import { languageName } from '../shell/language-name.ts'
import { Link } from '../shell/link.tsx'
import { useMay } from '../shell/staff.tsx'
import { useStudy } from '../shell/study.tsx'
import type { Settings } from './api.ts'

/** What the protocol decides, or the server: shown, with where it is changed. */
export function Decided({ settings: { protocol, languages, standInsAcceptedBy, sender } }: { settings: Settings }) {
  const { say, language, day } = useDesk()
  const { id, at } = useStudy()
  const mayStaff = useMay(id, 'manage staff')
  return (
    <section className="section" aria-labelledby="decided">
      <h2 id="decided">{say('studyDecided')}</h2>
      <p className="quiet">{say('studyDecidedLead')}</p>
      <dl className="facts">
        <div>
          <dt>{say('studyProtocol')}</dt>
          <dd>
            <Link href={at('/definitions/protocol')}>
              <Text of={protocol.title} />
            </Link>{' '}
            <code>{protocol.reference}</code>
          </dd>
        </div>
        <div>
          <dt>{say('studyBeganWith')}</dt>
          <dd>
            <code>{protocol.beganWith}</code>
            {protocol.adopted.map(({ reference, from }) => (
              <div key={`${reference} ${from}`}>{say('protocolAdoptedOn', { version: reference, date: day(from) })}</div>
            ))}
          </dd>
        </div>
        <div>
          <dt>{say('studyHour')}</dt>
          <dd>{protocol.hour}</dd>
        </div>
        <div>
          <dt>{say('studyTimeZone')}</dt>
          <dd>{protocol.timeZone}</dd>
        </div>
        <div>
          <dt>{say('studySender')}</dt>
          <dd>
            {sender !== null && <div>{sender}</div>}
            <span className={sender === null ? undefined : 'quiet'}>{say('studySenderHow')}</span>
          </dd>
        </div>
        {standInsAcceptedBy !== null && (
          <div>
            <dt>{say('studyStandInsBy')}</dt>
            <dd>{standInsAcceptedBy}</dd>
          </div>
        )}
        <div>
          <dt>{say('defLanguages')}</dt>
          <dd>
            {languages.map((one) => (
              <div key={one.language}>
                {languageName(one.language, language)}{' '}
                <span className="quiet">
                  {say(one.isOffered ? 'studyLanguageOffered' : 'studyLanguageNot')}
                  {one.isDraft && one.isOffered && `, ${say('defDraft')}`}
                </span>
              </div>
            ))}
          </dd>
        </div>
        {mayStaff && (
          <div>
            <dt>{say('navStaff')}</dt>
            <dd>
              <Link href="/desk/staff">{say('staffTitle')}</Link>
            </dd>
          </div>
        )}
      </dl>
    </section>
  )
}
