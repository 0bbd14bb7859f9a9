import type { CaseFile, Study } from '../api.ts'
import { Mark, stateTexts } from '../cases/marks.tsx'
import { Text, useDesk } from '../shell/language.tsx'
import { Link } from '../shell/link.tsx'
import { useMay } from '../shell/staff.tsx'
import { useStudy } from '../shell/study.tsx'
import { TitleOf } from '../shell/title-of.tsx'
import { useNames } from './names.tsx'
import { PaperLink } from './paper-link.tsx'

/** Per wave: what everybody was or will be asked, and how far that is. */
export function Lists({ file, study }: { file: CaseFile; study: Study }) {
  const { say, date, lastDay } = useDesk()
  const { id: place, at } = useStudy()
  const mayEnter = useMay(place, 'enter data')
  return (
    <section className="section" aria-labelledby="lists">
      <h2 id="lists">{say('listsTitle')}</h2>
      {mayEnter && file.mistake === null && (
        <p className="lists-enter">
          <Link href={at(`/cases/${file.code}/entry`)}>{say('listsEnter')}</Link>
        </p>
      )}
      <div className="waves">
        {study.waves.map(({ id, title }) => {
          const lists = file.assignments.filter(({ wave }) => wave === id)
          const [first] = lists
          return (
            <section key={id} className="card">
              <h3>
                {id}{' '}
                <span className="quiet">
                  <Text of={title} />
                </span>
              </h3>
              {first ? (
                <p className="quiet">
                  {date(first.opensAt)} – {lastDay(first.closesAt)}
                </p>
              ) : (
                <p className="quiet">{say('marksNone')}</p>
              )}
              <WaveOfPeople file={file} study={study} lists={lists} />
            </section>
          )
        })}
      </div>
    </section>
  )
}

function WaveOfPeople({ file, study, lists }: { file: CaseFile; study: Study; lists: CaseFile['assignments'] }) {
  const { say } = useDesk()
  const { id: place, at } = useStudy()
  const mayPrint = useMay(place, 'enter data')
  const names = useNames()
  const asked = file.participants.filter(({ id }) => lists.some(({ participant }) => participant === id))
  return (
    <dl className="wave-people">
      {asked.map(({ id }) => (
        <div key={id}>
          <dt>{names.person(id)}</dt>
          <dd>
            <ul className="wave-lists">
              {lists
                .filter(({ participant }) => participant === id)
                .map(({ id: assignment, instrument, about, state, reason, skipped, isAnswered }) => (
                  <li key={`${instrument} ${about}`}>
                    <Mark state={state} />{' '}
                    {isAnswered && file.seesAnswers ? (
                      <Link href={at(`/cases/${file.code}/answers/${assignment}`)}>{names.instrument(instrument)}</Link>
                    ) : (
                      names.instrument(instrument)
                    )}{' '}
                    {about && `${say('listAbout', { person: names.person(about) })} `}
                    <span className="quiet">
                      {say(stateTexts[state])}
                      {reason && (
                        <>
                          {': '}
                          <TitleOf list={study.reasons} id={reason} />
                        </>
                      )}
                      {skipped !== null && skipped > 0 && `, ${say('scoreMissing', { count: skipped })}`}
                    </span>{' '}
                    {mayPrint && ['open', 'in progress'].includes(state) && (
                      <PaperLink code={file.code} person={id} assignment={assignment}>
                        {say('paperOf')}
                        <span className="visually-hidden">: {names.list(instrument, about)}</span>
                      </PaperLink>
                    )}
                  </li>
                ))}
            </ul>
          </dd>
        </div>
      ))}
    </dl>
  )
}
