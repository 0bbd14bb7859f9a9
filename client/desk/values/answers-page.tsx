/** The answers of one list that came in: each value with its past, questions about them, and the way to change one. */
import { useQuery } from '@tanstack/react-query'
import { navigate, useSearch } from '../../ui/navigation.ts'
import { meansTexts, useWhose } from '../entry/labels.ts'
import { Fetched } from '../shell/fetched.tsx'
import { Text, useDesk } from '../shell/language.tsx'
import { Link } from '../shell/link.tsx'
import { Page } from '../shell/page.tsx'
import { useMay } from '../shell/staff.tsx'
import { useStudy } from '../shell/study.tsx'
import { answersQuery, type ListAnswers, type ListValue, type Place } from './api.ts'
import { AskDialog } from './ask-dialog.tsx'
import { ChangeDialog } from './change-dialog.tsx'
import { Groups } from './groups.tsx'
import { Queries } from './query-thread.tsx'
import { shownValue } from './read-value.ts'
import { AddRecord, RemoveRecord } from './record-dialogs.tsx'

/** What stands for the list as a whole where an item is named. */
const wholeList = '*'

export function AnswersPage({ code, assignment }: { code: string; assignment: string }) {
  const { say, language } = useDesk()
  const { id, at } = useStudy()
  const place = { study: id, code }
  const query = useQuery(answersQuery(place, assignment))
  const list = query.data ? (query.data.title[language] ?? query.data.title.nl ?? '') : ''
  return (
    <Page title={say('answersTitle', { list })} back={<Link href={at(`/cases/${code}`)}>{say('caseTitle', { code })}</Link>}>
      <Fetched query={query}>{(answers) => <Answers answers={answers} place={place} />}</Fetched>
    </Page>
  )
}

function Answers({ answers, place }: { answers: ListAnswers; place: Place }) {
  const { say, moment, day } = useDesk()
  const whose = useWhose()
  const mayAsk = useMay(place.study, 'ask queries')
  const search = new URLSearchParams(useSearch())
  const [item, doing] = [search.get('item'), search.get('do')]
  const { entered } = answers
  const value = answers.values.find((one) => one.item === item)
  const group = answers.groups.find((one) => one.item === item)
  const record = Number(search.get('record') ?? Number.NaN)
  const leave = (isDone: boolean) => () => navigate(location.pathname, { replace: true, isDone })
  const ends = { onEnd: leave(false), onDone: leave(true) }
  return (
    <>
      <p className="lead">
        {say('answersLead', { who: whose(answers), wave: answers.wave, code: place.code })}{' '}
        {answers.standIn && <span className="tag">{say('standIn')}</span>}
      </p>
      <p>
        {entered
          ? say('answersEntered', {
              name: entered.by ?? say('entryBySomebody'),
              means: say(meansTexts[entered.means]),
              day: entered.answeredOn ? day(entered.answeredOn) : '',
              moment: moment(answers.submittedAt),
            })
          : say('answersIn', { moment: moment(answers.submittedAt) })}
      </p>
      <Scores scores={answers.scores} />
      {answers.queries.length > 0 && (
        <section className="section" aria-labelledby="questions">
          <h2 id="questions">{say('queriesTitle')}</h2>
          <Queries queries={answers.queries} />
        </section>
      )}
      <section className="section" aria-labelledby="values">
        <h2 id="values">{say('answersValues')}</h2>
        {mayAsk && (
          <p>
            <button type="button" className="button" onClick={() => navigate(`?item=${wholeList}&do=ask`)}>
              {say('valueAskList')}
            </button>
          </p>
        )}
        <Values values={answers.values} study={place.study} />
      </section>
      <Groups groups={answers.groups} study={place.study} />
      {doing === 'ask' && (value || item === wholeList) && (
        <AskDialog place={place} assignment={answers.assignment} value={value ?? null} {...ends} />
      )}
      {doing === 'change' && value && <ChangeDialog place={place} answers={answers} value={value} {...ends} />}
      {doing === 'add' && group?.hasRoom && <AddRecord place={place} answers={answers} group={group} {...ends} />}
      {doing === 'remove' && group && record < group.records && (
        <RemoveRecord place={place} answers={answers} group={group} index={record} {...ends} />
      )}
    </>
  )
}

function Scores({ scores }: { scores: ListAnswers['scores'] }) {
  const { say, number } = useDesk()
  if (scores.length === 0) return <p className="quiet">{say('answersScoresNone')}</p>
  return (
    <section className="section" aria-labelledby="scores">
      <h2 id="scores">{say('answersScores')}</h2>
      <ul className="dots">
        {scores.map(({ scale, title, raw, z }) => (
          <li key={scale}>
            <Text of={title} />: {raw === null ? '–' : number(raw)}
            {z !== null && ` (${say('scoreZ')} ${number(z, 2)})`}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Values({ values, study }: { values: ListValue[]; study: string }) {
  const { say, language, moment } = useDesk()
  const mayAsk = useMay(study, 'ask queries')
  const mayChange = useMay(study, 'answer queries')
  const open = (item: string, doing: string) => navigate(`?item=${encodeURIComponent(item)}&do=${doing}`)
  return (
    <table className="values">
      <thead className="visually-hidden">
        <tr>
          <th scope="col">{say('entryQuestion')}</th>
          <th scope="col">{say('answersValue')}</th>
        </tr>
      </thead>
      <tbody>
        {values.map((value) => (
          <tr key={value.item} id={`value-${value.item}`}>
            <th scope="row">
              <Text of={value.title} /> <code>{value.item}</code>
            </th>
            <td>
              {value.missing ? (
                <span className="quiet">{say(value.missing === 'skipped' ? 'valueSkipped' : 'valueNotAsked')}</span>
              ) : (
                shownValue(value, value.value, language)
              )}
              {value.changes.map((change) => (
                <p key={change.at} className="value-change quiet">
                  {say('valueWas', {
                    before: shownValue(value, change.before as never, language) || say('valueNone'),
                    name: change.by ?? say('entryBySomebody'),
                    moment: moment(change.at),
                    reason: change.reason,
                  })}
                </p>
              ))}
              {value.missing !== 'not asked' && (mayAsk || mayChange) && (
                <span className="value-actions">
                  {mayAsk && (
                    <button
                      type="button"
                      className="button-quiet"
                      aria-label={say('valueAskOf', { item: value.item })}
                      onClick={() => open(value.item, 'ask')}
                    >
                      {say('valueAsk')}
                    </button>
                  )}
                  {mayChange && (
                    <button
                      type="button"
                      className="button-quiet"
                      aria-label={say('valueChangeOf', { item: value.item })}
                      onClick={() => open(value.item, 'change')}
                    >
                      {say('valueChange')}
                    </button>
                  )}
                </span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
