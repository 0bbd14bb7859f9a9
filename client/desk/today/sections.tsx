/** Each kind of thing to do, as a group with its rows. */
import type { ReactNode } from 'react'
import { wordsIn } from '../../ui/words.ts'
import type { Study } from '../api.ts'
import { SecondEntries } from '../entry/second-entries.tsx'
import { Text, useDesk } from '../shell/language.tsx'
import { Link } from '../shell/link.tsx'
import { useStudy } from '../shell/study.tsx'
import { TitleOf, titleOf } from '../shell/title-of.tsx'
import type { TaskGroup, Today } from './api.ts'
import { ByHand } from './by-hand.tsx'
import { Group } from './group.tsx'
import { type Section, sectionOfTask } from './order.ts'
import { TaskRow } from './task-row.tsx'
import { textsOfTask } from './task-texts.ts'

export interface ToShow {
  today: Today
  study: Study
  /** Lists more tasks of each kind. */
  more(): void
}

/** How many things to do there are of a kind. */
export function howMany(section: Section, { tasks, closing, byHand, undated, birthdays, entries, work, queries }: Today): number {
  switch (section) {
    case 'closing':
      return closing.total
    case 'byHand':
      return byHand.total + byHand.resting
    case 'undated':
      return undated.total
    case 'birthdays':
      return birthdays.length
    case 'entries':
      return entries.total
    case 'work':
      return work.total
    case 'open':
      return queries.open
    case 'answered':
      return queries.answered
    default:
      return tasks.filter(({ kind }) => sectionOfTask(kind) === section).length
  }
}

export function SectionShown({ section, ...shown }: ToShow & { section: Section }): ReactNode {
  switch (section) {
    case 'closing':
      return <Closing {...shown} />
    case 'byHand':
      return <ByHand byHand={shown.today.byHand} study={shown.study} />
    case 'undated':
      return <Undated {...shown} />
    case 'birthdays':
      return <Birthdays {...shown} />
    case 'entries':
      return <SecondEntries entries={shown.today.entries} />
    case 'work':
      return <Work work={shown.today.work} />
    case 'open':
    case 'answered':
      return <Queries state={section} total={shown.today.queries[section]} />
    default:
      return shown.today.tasks
        .filter(({ kind }) => sectionOfTask(kind) === section)
        .map((group) => <Tasks key={group.kind} group={group} study={shown.study} more={shown.more} />)
  }
}

function Tasks({ group: { kind, total, rows }, study, more }: Pick<ToShow, 'study' | 'more'> & { group: TaskGroup }) {
  const { say } = useDesk()
  const [title, help] = textsOfTask(kind)
  return (
    <Group title={say(title)} lead={say(help)} shown={rows.length} total={total} more={more}>
      {rows.map((task) => (
        <TaskRow key={task.id} kind={kind} task={task} study={study} />
      ))}
    </Group>
  )
}

function CaseLink({ code }: { code: string }) {
  const { at } = useStudy()
  return <Link href={at(`/cases/${encodeURIComponent(code)}`)}>{code}</Link>
}

function Closing({ today: { closing }, study }: ToShow) {
  const { say, count, lastDay } = useDesk()
  const { at } = useStudy()
  return (
    <Group title={say('todayClosing')} shown={closing.rows.length} total={closing.total} all={at('/cases?state=answering&sort=next')}>
      {closing.rows.map(({ code, role, number, wave, closesAt, begun, lists }) => (
        <li key={`${code} ${role} ${number} ${wave}`}>
          <p>
            <CaseLink code={code} /> <TitleOf list={study.roles} id={role} /> {number}, {wave}: {count('todayClosingLists', lists)},{' '}
            {begun ? say('todayBegun') : say('todayNotBegun')}, {say('todayCloses', { day: lastDay(closesAt) })}
          </p>
        </li>
      ))}
    </Group>
  )
}

function Undated({ today: { undated }, study }: ToShow) {
  const { say, date, language } = useDesk()
  const { at } = useStudy()
  const names = (anchors: string[]) => anchors.map((anchor) => wordsIn(titleOf(study.anchors, anchor), language).text).join(say('todayOr'))
  return (
    <Group
      title={say('todayUndated')}
      lead={say('todayUndatedLead')}
      shown={undated.rows.length}
      total={undated.total}
      all={at('/cases?undated=yes&sort=registered&turned=yes')}
    >
      {undated.rows.map(({ code, registeredAt, anchors }) => (
        <li key={code}>
          <p>
            <CaseLink code={code} /> {say('todayMissing', { anchors: names(anchors) })}{' '}
            <span className="quiet">{say('todaySince', { day: date(registeredAt) })}</span>
          </p>
        </li>
      ))}
    </Group>
  )
}

function Birthdays({ today: { birthdays } }: ToShow) {
  const { say, month } = useDesk()
  return (
    <Group title={say('todayBirthdays')} lead={say('todayBirthdaysLead')} shown={birthdays.length} total={birthdays.length}>
      {birthdays.map(({ code, number, birthMonth, age }) => (
        <li key={`${code} ${number}`}>
          <p>
            <CaseLink code={code} />{' '}
            {say('todayTurns', { number, age, month: month(`${Number(birthMonth.slice(0, 4)) + age}${birthMonth.slice(4)}`) })}
          </p>
        </li>
      ))}
    </Group>
  )
}

function Work({ work: { total, rows } }: Pick<Today, 'work'>) {
  const { say, lastDay } = useDesk()
  const { at } = useStudy()
  return (
    <Group title={say('todayWork')} lead={say('todayWorkLead')} shown={rows.length} total={total} all={at('/entry')}>
      {rows.map(({ assignment, caseCode, wave, title, roleTitle, closesAt }) => (
        <li key={assignment}>
          <p>
            <Link href={at(`/cases/${encodeURIComponent(caseCode)}/entry/${assignment}`)}>
              {caseCode} {wave}: <Text of={title} />
            </Link>{' '}
            <span className="quiet">
              <Text of={roleTitle} />, {say('todayCloses', { day: lastDay(closesAt) })}
            </span>
          </p>
        </li>
      ))}
    </Group>
  )
}

function Queries({ state, total }: { state: 'open' | 'answered'; total: number }) {
  const { say, count } = useDesk()
  const { at } = useStudy()
  const isOpen = state === 'open'
  return (
    <Group
      title={say(isOpen ? 'todayQueriesOpen' : 'todayQueriesAnswered')}
      lead={say(isOpen ? 'todayQueriesOpenLead' : 'todayQueriesAnsweredLead')}
      shown={total}
      total={total}
    >
      <li>
        <p>
          <Link href={at(`/queries?state=${state}`)}>{count('todayQueries', total)}</Link>
        </p>
      </li>
    </Group>
  )
}
