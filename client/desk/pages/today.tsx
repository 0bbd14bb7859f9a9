import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { wordsIn } from '../../ui/words.ts'
import type { Study } from '../api.ts'
import { Behind } from '../cases/behind.tsx'
import { SecondEntries } from '../entry/second-entries.tsx'
import { studyQuery } from '../queries.ts'
import { Fetched } from '../shell/fetched.tsx'
import { useDesk } from '../shell/language.tsx'
import { Link } from '../shell/link.tsx'
import { Page } from '../shell/page.tsx'
import { useMay } from '../shell/staff.tsx'
import { useStudy } from '../shell/study.tsx'
import { TitleOf, titleOf } from '../shell/title-of.tsx'
import { type Today, todayQuery } from '../today/api.ts'
import { ByHandRow } from '../today/by-hand-row.tsx'
import { Group } from '../today/group.tsx'
import { MissingBackup } from '../today/missing-backup.tsx'
import { TaskRow } from '../today/task-row.tsx'
import { textsOfTask } from '../today/task-texts.ts'

/** What needs a person now; everything else goes by itself. */
export function TodayPage() {
  const { say } = useDesk()
  const { id } = useStudy()
  const study = useQuery(studyQuery(id))
  const [most, setMost] = useState(25)
  const query = useQuery(todayQuery(id, most))
  return (
    <Page title={say('todayTitle')}>
      <p className="lead">{say('todayLead')}</p>
      <Fetched query={study}>
        {(known) => <Fetched query={query}>{(today) => <ToDo today={today} study={known} more={() => setMost(most + 100)} />}</Fetched>}
      </Fetched>
    </Page>
  )
}

interface ToDoProps {
  today: Today
  study: Study
  /** Lists more tasks of each kind. */
  more(): void
}

function ToDo({ today: { tasks, closing, byHand, undated, birthdays, entries, behind, isEmpty, backup }, study, more }: ToDoProps) {
  const { say, count, date, lastDay, month, language } = useDesk()
  const { at } = useStudy()
  const isNothing = tasks.length + closing.total + byHand.total + undated.total + birthdays.length + entries.total === 0
  const link = (code: string) => <Link href={at(`/cases/${encodeURIComponent(code)}`)}>{code}</Link>
  const names = (anchors: string[]) => anchors.map((anchor) => wordsIn(titleOf(study.anchors, anchor), language).text).join(say('todayOr'))
  return (
    <>
      <Behind cases={behind} />
      {isNothing && isEmpty && <NoFamilies />}
      {isNothing && !isEmpty && backup === null && (
        <section className="card">
          <h2>{say('todayNothingTitle')}</h2>
          <p>{say('todayNothing')}</p>
        </section>
      )}
      <MissingBackup backup={backup} />
      {tasks.map(({ kind, total, rows }) => {
        const [title, help] = textsOfTask(kind)
        return (
          <Group key={kind} title={say(title)} lead={say(help)} shown={rows.length} total={total} more={more}>
            {rows.map((task) => (
              <TaskRow key={task.id} task={task} study={study} />
            ))}
          </Group>
        )
      })}
      <Group title={say('todayClosing')} shown={closing.rows.length} total={closing.total} all={at('/cases?state=answering&sort=next')}>
        {closing.rows.map(({ code, role, number, wave, closesAt, begun, lists }) => (
          <li key={`${code} ${role} ${number} ${wave}`}>
            <p>
              {link(code)} <TitleOf list={study.roles} id={role} /> {number}, {wave}: {count('todayClosingLists', lists)},{' '}
              {begun ? say('todayBegun') : say('todayNotBegun')}, {say('todayCloses', { day: lastDay(closesAt) })}
            </p>
          </li>
        ))}
      </Group>
      <Group
        title={say('todayByHand')}
        lead={say('todayByHandLead')}
        shown={byHand.rows.length}
        total={byHand.total}
        all={at('/cases?state=answering&sort=next')}
      >
        {byHand.rows.map((row) => (
          <ByHandRow key={`${row.person} ${row.wave}`} row={row} study={study} />
        ))}
      </Group>
      <SecondEntries entries={entries} />
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
              {link(code)} {say('todayMissing', { anchors: names(anchors) })}{' '}
              <span className="quiet">{say('todaySince', { day: date(registeredAt) })}</span>
            </p>
          </li>
        ))}
      </Group>
      <Group title={say('todayBirthdays')} lead={say('todayBirthdaysLead')} shown={birthdays.length} total={birthdays.length}>
        {birthdays.map(({ code, number, birthMonth, age }) => (
          <li key={`${code} ${number}`}>
            <p>
              {link(code)}{' '}
              {say('todayTurns', { number, age, month: month(`${Number(birthMonth.slice(0, 4)) + age}${birthMonth.slice(4)}`) })}
            </p>
          </li>
        ))}
      </Group>
    </>
  )
}

/** The study is open and nobody is in it: whoever may, begins here. */
function NoFamilies() {
  const { say } = useDesk()
  const { id, at } = useStudy()
  const mayRegister = useMay(id, 'register cases')
  const mayInvite = useMay(id, 'manage staff')
  return (
    <section className="card">
      <h2>{say('todayEmptyTitle')}</h2>
      <p>{say(mayRegister ? 'todayEmpty' : 'todayEmptyOther')}</p>
      <p className="buttons">
        {mayRegister && (
          <>
            <Link className="button button-primary" href={at('/register')}>
              {say('casesRegister')}
            </Link>
            <Link className="button" href={at('/import')}>
              {say('casesImport')}
            </Link>
          </>
        )}
        {!mayRegister && mayInvite && (
          <Link className="button" href="/desk/staff">
            {say('staffTitle')}
          </Link>
        )}
      </p>
    </section>
  )
}
