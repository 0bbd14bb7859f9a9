/** One case in the list of all. */
import { follow } from '../../ui/navigation.ts'
import { Said } from '../../ui/said.tsx'
import { wordsIn } from '../../ui/words.ts'
import { AboutWhom, whomIn } from '../about-whom.tsx'
import type { AssignmentSummary } from '../api.ts'
import { lasting } from '../lasting.ts'
import { casePath, listPath, printPath } from '../route.ts'
import { useSpeaking } from '../speaking.tsx'
import type { CaseLists } from './case-lists.ts'
import { useCaseWords } from './case-words.ts'

/** With something to do: each list with the way in. The first one of all has the button that stands out. */
export function CaseRow({ one, isFirst }: { one: CaseLists; isFirst: boolean }) {
  const { say } = useCaseWords()
  return (
    <li className="card case-row">
      <div className="case-row-head">
        <h2 className="case-row-code">{say('case', { code: one.code })}</h2>
        <a className="case-row-more" {...follow(casePath(one.code))}>
          {say('notMine')}
          <span className="visually-hidden"> {say('case', { code: one.code })}</span>
        </a>
      </div>
      <ul className="case-row-lists">
        {one.done.map((list) => (
          <li key={list.id} className="case-row-list">
            <ListTitle list={list} />
            <span className="card-state">{say('stateDone')}</span>
          </li>
        ))}
        {one.open.map((list, index) => (
          <OpenList key={list.id} list={list} code={one.code} stands={isFirst && index === 0} />
        ))}
      </ul>
    </li>
  )
}

function OpenList({ list, code, stands }: { list: AssignmentSummary; code: string; stands: boolean }) {
  const speaking = useSpeaking()
  const { say, day } = useCaseWords()
  const { id, state, minutes, items, answered, closesOn, about, title } = list
  const called = [wordsIn(title, speaking.language).text, about && whomIn(about, speaking.language).text].filter(Boolean).join(', ')
  const isBegun = state === 'in progress'
  return (
    <li className="case-row-list">
      <div>
        <ListTitle list={list} />
        <p className="quiet">
          {say('until', { day: day(closesOn) })} ·{' '}
          {isBegun
            ? speaking.say('answeredOf', { answered, total: items })
            : speaking.say('about', { minutes: lasting(speaking, minutes) })}
        </p>
      </div>
      <a className={stands ? 'button button-primary' : 'button'} {...follow(listPath(id))}>
        {speaking.say(isBegun ? 'continue' : 'begin')}
        <span className="visually-hidden">: {say('toList', { list: called, code })}</span>
      </a>
      <a className="button-quiet" href={printPath(id)}>
        {speaking.say('printList')}
        <span className="visually-hidden">: {say('toList', { list: called, code })}</span>
      </a>
    </li>
  )
}

function ListTitle({ list }: { list: AssignmentSummary }) {
  const { language } = useSpeaking()
  return (
    <p className="case-row-title">
      <Said words={wordsIn(list.title, language)} within={language} />
      <AboutWhom whom={list.about} />
    </p>
  )
}

/** With nothing to do, and why. */
export function QuietCaseRow({ one }: { one: CaseLists }) {
  const { say } = useCaseWords()
  return (
    <li className="card card-done">
      {one.state === 'active' ? (
        <a {...follow(casePath(one.code))}>{say('case', { code: one.code })}</a>
      ) : (
        <span>{say('case', { code: one.code })}</span>
      )}
      <CaseState one={one} />
    </li>
  )
}

function CaseState({ one }: { one: CaseLists }) {
  const { say, day } = useCaseWords()
  if (one.state === 'handed over') return <span>{say('stateHandedOver', { day: day(one.since) })}</span>
  if (one.state !== 'active') return <span>{say('stateLeft', { day: day(one.since) })}</span>
  return one.done.length > 0 ? <span className="card-state">{say('stateDone')}</span> : <span>{say('stateWaiting')}</span>
}
