import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useSearch } from '../../ui/navigation.ts'
import { Behind } from '../cases/behind.tsx'
import { studyQuery } from '../queries.ts'
import { Fetched } from '../shell/fetched.tsx'
import { type DeskTexts, useDesk } from '../shell/language.tsx'
import { Link } from '../shell/link.tsx'
import { Page } from '../shell/page.tsx'
import { useMay, useStaff } from '../shell/staff.tsx'
import { useStudy } from '../shell/study.tsx'
import { todayQuery } from '../today/api.ts'
import { showsResting } from '../today/by-hand.tsx'
import { GroupLevel } from '../today/group.tsx'
import { MissingBackup } from '../today/missing-backup.tsx'
import { type Day, dayOf, sectionsFor } from '../today/order.ts'
import { howMany, SectionShown, type ToShow } from '../today/sections.tsx'

/** What needs a person now; everything else goes by itself. */
export function TodayPage() {
  const { say } = useDesk()
  const { id } = useStudy()
  const study = useQuery(studyQuery(id))
  const [most, setMost] = useState(25)
  const query = useQuery(todayQuery(id, most, showsResting(useSearch())))
  return (
    <Page title={say('todayTitle')}>
      <p className="lead">{say('todayLead')}</p>
      <Fetched query={study}>
        {(known) => <Fetched query={query}>{(today) => <ToDo today={today} study={known} more={() => setMost(most + 100)} />}</Fetched>}
      </Fetched>
    </Page>
  )
}

/** What comes to stand here for whoever has such a day. */
const nothing = {
  mail: 'todayNothingMail',
  families: 'todayNothingFamilies',
  calls: 'todayNothingCalls',
  typing: 'todayNothingTyping',
  values: 'todayNothingValues',
  watching: 'todayNothingWatching',
} as const satisfies Record<Day, keyof DeskTexts>

function ToDo(shown: ToShow) {
  const { say } = useDesk()
  const { id, at } = useStudy()
  const mayHandle = useMay(id, 'handle mail')
  const may = useStaff().studies.find((study) => study.id === id)?.may ?? []
  const { behind, isEmpty, backup } = shown.today
  const there = sectionsFor(may).filter(({ section }) => howMany(section, shown.today) > 0)
  const [own, others] = [there.filter(({ isOwn }) => isOwn), there.filter(({ isOwn }) => !isOwn)]
  return (
    <>
      <Behind cases={behind} />
      {there.length === 0 && isEmpty && <NoFamilies />}
      {own.length === 0 && !isEmpty && backup === null && (
        <section className="card">
          <h2>{say('todayNothingTitle')}</h2>
          <p>{say(nothing[dayOf(may)])}</p>
        </section>
      )}
      <MissingBackup backup={backup} />
      {own.map(({ section }) => (
        <SectionShown key={section} section={section} {...shown} />
      ))}
      {mayHandle && (
        <p className="section">
          <Link href={at('/returned')}>{say('returnedGive')}</Link>
        </p>
      )}
      {others.length > 0 && (
        <section className="section" aria-labelledby="for-others">
          <h2 id="for-others">{say('todayOthers')}</h2>
          <p className="quiet">{say('todayOthersLead')}</p>
          <GroupLevel value="h3">
            {others.map(({ section }) => (
              <SectionShown key={section} section={section} {...shown} />
            ))}
          </GroupLevel>
        </section>
      )}
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
