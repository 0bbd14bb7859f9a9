/** What is around every page: what this is, where one can go, what time it is here, and in which language. */
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { LanguageSwitch } from '../../ui/language-switch.tsx'
import { studyQuery } from '../queries.ts'
import { offeredLanguages, useDesk } from './language.tsx'
import { Link, usePath } from './link.tsx'

export function Frame({ children }: { children: ReactNode }) {
  const { say, language, choose } = useDesk()
  return (
    <>
      <a className="skip" href="#content">
        {say('skip')}
      </a>
      <header className="header">
        <p className="banner" role="note">
          {say('demonstration')}
        </p>
        <div className="header-row">
          <Link className="wordmark" href="/">
            {say('site')}
          </Link>
          <ClockNow />
          <LanguageSwitch label={say('language')} offered={offeredLanguages} language={language} choose={choose} />
        </div>
        <Navigation />
      </header>
      {children}
    </>
  )
}

function Navigation() {
  const { say } = useDesk()
  const path = usePath()
  const places = [
    { href: '/', label: say('navHome'), here: path === '/' },
    { href: '/mailbox', label: say('navMailbox'), here: path.startsWith('/mailbox') },
    { href: '/desk/cases', label: say('navCases'), here: path.startsWith('/desk/cases') },
  ]
  return (
    <nav aria-label={say('navigation')}>
      <ul className="navigation">
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

function ClockNow() {
  const { say, moment } = useDesk()
  const { data } = useQuery(studyQuery)
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
