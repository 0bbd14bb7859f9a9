/** What is around every page: whose it is, the language switch, what this is not, and whom to ask. */
import type { ReactNode } from 'react'
import type { Packet } from './api.ts'
import { LeaveButton } from './leave-button.tsx'
import { useSpeaking } from './speaking.tsx'

interface FrameProps {
  packet: Packet | null
  children: ReactNode
}

export function Frame({ packet, children }: FrameProps) {
  const { say } = useSpeaking()
  const study = packet?.study
  return (
    <>
      <a className="skip-link" href="#content">
        {say('skip')}
      </a>
      <header>
        {study && (study.demonstration || study.standIns) && (
          <p className="banner" role="note">
            {study.demonstration ? say('demonstration') : say('standIns')}
          </p>
        )}
        <div className="header">
          <p className="header-organisation">{study?.organisation}</p>
          <LanguageSwitch />
        </div>
      </header>
      <main className="page" id="content" tabIndex={-1}>
        {children}
      </main>
      <footer className="footer">
        {study && <p>{say('contact', { contact: study.contact })}</p>}
        {packet && <LeaveButton />}
      </footer>
    </>
  )
}

function LanguageSwitch() {
  const { say, language, offered, choose } = useSpeaking()
  if (offered.length < 2) return null
  return (
    <nav className="languages" aria-label={say('language')}>
      <ul className="languages-list">
        {offered.map((other) => (
          <li key={other.language}>
            <button
              type="button"
              className="button-quiet"
              lang={other.language}
              aria-current={other.language === language ? 'true' : undefined}
              onClick={() => choose(other.language)}
            >
              {other.name}
            </button>
          </li>
        ))}
      </ul>
    </nav>
  )
}
