/** What is around every page: what this is, where one can go, what time it is here, and in which language. */
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useEffect, useRef } from 'react'
import { LanguageSwitch } from '../../ui/language-switch.tsx'
import type { SignedIn } from '../api.ts'
import { FindCase } from '../cases/find-case.tsx'
import { studyQuery } from '../queries.ts'
import { offeredLanguages, useDesk } from './language.tsx'
import { Link, usePath } from './link.tsx'
import { SignedInAs } from './signed-in-as.tsx'
import { useSomebody } from './staff.tsx'
import { studyAddress } from './study.tsx'

type StudyHere = SignedIn['studies'][number]

/** `study`: where one is, once somebody is signed in who may see it. */
export function Frame({ study, children }: { study?: StudyHere; children: ReactNode }) {
  const { say, language, choose } = useDesk()
  const somebody = useSomebody()
  return (
    <>
      <a className="skip" href="#content">
        {say('skip')}
      </a>
      <header className="header">
        {study?.demonstration && (
          <p className="banner" role="note">
            {say('demonstration')}
          </p>
        )}
        <div className="header-row">
          <Link className="wordmark" href={study?.demonstration ? '/' : '/desk'}>
            {say('site')}
          </Link>
          {study && <FindCase study={study.id} />}
          {study?.demonstration && <ClockNow study={study} />}
          {somebody && <SignedInAs demonstration={study?.demonstration ?? false} />}
          <LanguageSwitch label={say('language')} offered={offeredLanguages} language={language} choose={choose} />
        </div>
        {somebody && <Navigation study={study} me={somebody} />}
      </header>
      {children}
    </>
  )
}

function Navigation({ study, me }: { study: StudyHere | undefined; me: SignedIn }) {
  const { say } = useDesk()
  const path = usePath()
  const places = [
    ...(study?.demonstration
      ? [
          { href: '/', label: say('navHome'), here: path === '/' },
          { href: '/mailbox', label: say('navMailbox'), here: path.startsWith('/mailbox') },
        ]
      : []),
    ...(study ? placesOf(study).map(({ key, href }) => ({ href, label: say(key), here: path.startsWith(href) })) : []),
    ...(me.mayAnywhere.includes('manage staff')
      ? [{ href: '/desk/staff', label: say('navStaff'), here: path.startsWith('/desk/staff') }]
      : []),
  ]
  const here = places.findLast((place) => place.here)?.href
  const list = useRef<HTMLUListElement>(null)
  // On a phone it is one row, in which where one is may be out of sight.
  useEffect(() => {
    const current = here === undefined ? null : list.current?.querySelector<HTMLElement>('[aria-current]')
    if (list.current && current) list.current.scrollLeft = current.offsetLeft - (list.current.clientWidth - current.offsetWidth) / 2
  }, [here])
  if (places.length === 0) return null
  return (
    <nav aria-label={say('navigation')}>
      <ul className="navigation" ref={list}>
        {places.map(({ href, label, here }) => (
          <li key={href}>
            <Link href={href} aria-current={here ? 'page' : undefined}>
              {label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}

/** The parts of a study that somebody may see. */
const placesOf = ({ id, may }: StudyHere) => [
  { key: 'navToday' as const, href: studyAddress(id, '/today') },
  { key: 'navCases' as const, href: studyAddress(id, '/cases') },
  { key: 'navResponse' as const, href: studyAddress(id, '/response') },
  { key: 'navDefinitions' as const, href: studyAddress(id, '/definitions') },
  ...(may.includes('manage study') ? [{ key: 'navStudy' as const, href: studyAddress(id, '/settings') }] : []),
  ...(may.includes('see access') ? [{ key: 'navAccess' as const, href: studyAddress(id, '/access') }] : []),
  ...(may.includes('enter data') ? [{ key: 'navEntry' as const, href: studyAddress(id, '/entry') }] : []),
  ...(may.includes('see answers') ? [{ key: 'navQueries' as const, href: studyAddress(id, '/queries') }] : []),
]

/** Of a demonstration, whose clock can be set ahead. */
function ClockNow({ study: { id } }: { study: StudyHere }) {
  const { say, moment } = useDesk()
  const { data } = useQuery(studyQuery(id))
  return (
    <p className="clock">
      {data && (
        <>
          <span className="quiet">{say('clock')}</span> <time dateTime={data.now}>{moment(data.now)}</time>
        </>
      )}
    </p>
  )
}
