/** What is around every page: what this is, where one can go, what time it is here, and in which language. */
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useEffect, useId, useRef, useState } from 'react'
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
export function Frame({ study, children }: { study?: StudyHere | undefined; children: ReactNode }) {
  const { say, language, choose } = useDesk()
  const somebody = useSomebody()
  const isDemonstration = somebody?.isDemonstration ?? false
  const languages = <LanguageSwitch label={say('language')} offered={offeredLanguages} language={language} choose={choose} />
  return (
    <>
      <a className="skip" href="#content">
        {say('skip')}
      </a>
      <header className="header">
        {study?.demonstration && (
          <p className="banner" role="note">
            <span className="wide-only">{say(isDemonstration ? 'demonstration' : 'practice')}</span>
            <span className="narrow-only">{say(isDemonstration ? 'demonstrationShort' : 'practiceShort')}</span>
          </p>
        )}
        <div className="header-row">
          <Link className="wordmark" href={isDemonstration ? '/' : '/desk'}>
            {say('site')}
          </Link>
          {study && <FindCase study={study.id} />}
          {somebody ? (
            <Menu>
              {study && isDemonstration && <ClockNow study={study} />}
              <SignedInAs demonstration={isDemonstration} />
              {languages}
            </Menu>
          ) : (
            languages
          )}
        </div>
        {study && somebody && somebody.studies.length > 1 && <p className="study-name">{study.title}</p>}
        {somebody && <Navigation study={study} me={somebody} />}
      </header>
      {children}
    </>
  )
}

/** What is seldom needed: in sight where there is room, behind a button on a phone. */
function Menu({ children }: { children: ReactNode }) {
  const { say } = useDesk()
  const path = usePath()
  const id = useId()
  // Open on one page only: whoever goes elsewhere has found what they looked for.
  const [openOn, setOpenOn] = useState<string | null>(null)
  const isOpen = openOn === path
  return (
    <>
      <button
        type="button"
        className="button menu-button"
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setOpenOn(isOpen ? null : path)}
        onKeyDown={({ key }) => {
          if (key === 'Escape') setOpenOn(null)
        }}
      >
        {say('menu')}
      </button>
      <div className={isOpen ? 'menu menu-open' : 'menu'} id={id}>
        {children}
      </div>
    </>
  )
}

function Navigation({ study, me }: { study: StudyHere | undefined; me: SignedIn }) {
  const { say } = useDesk()
  const path = usePath()
  const places = [
    ...(me.isDemonstration
      ? [
          { href: '/', label: say('navHome'), here: path === '/' },
          { href: '/mailbox', label: say('navMailbox'), here: path.startsWith('/mailbox') },
        ]
      : []),
    ...(me.opensStudies || me.studies.length > 1
      ? [{ href: '/desk', label: say('navStudies'), here: path === '/desk' || path === '/desk/new-study' }]
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

/** The parts of a study that somebody may see; what is about the study as a whole is for whoever sees all of its regions. */
const placesOf = ({ id, may, everywhere }: StudyHere) => [
  { key: 'navToday' as const, href: studyAddress(id, '/today') },
  { key: 'navCases' as const, href: studyAddress(id, '/cases') },
  { key: 'navResponse' as const, href: studyAddress(id, '/response') },
  ...(everywhere.includes('export') ? [{ key: 'navReport' as const, href: studyAddress(id, '/report') }] : []),
  ...(everywhere.includes('export') ? [{ key: 'navExports' as const, href: studyAddress(id, '/exports') }] : []),
  { key: 'navDefinitions' as const, href: studyAddress(id, '/definitions') },
  ...(everywhere.includes('manage study') ? [{ key: 'navStudy' as const, href: studyAddress(id, '/settings') }] : []),
  ...(everywhere.includes('see access') ? [{ key: 'navAccess' as const, href: studyAddress(id, '/access') }] : []),
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
