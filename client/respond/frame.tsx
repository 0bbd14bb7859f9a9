/** What is around every page: the way out, whose it is, the language switch, what this is not, where to get help and whom to ask. */
import type { ReactNode } from 'react'
import { LanguageSwitch } from '../ui/language-switch.tsx'
import type { Packet } from './api.ts'
import { LeaveButton } from './leave-button.tsx'
import { QuickExit } from './quick-exit.tsx'
import { languagePath } from './route.ts'
import { useSpeaking } from './speaking.tsx'
import { languages } from './texts/languages.ts'

interface FrameProps {
  packet: Packet | null
  /** The address of the page. */
  path: string
  children: ReactNode
}

export function Frame({ packet, path, children }: FrameProps) {
  const { say, offered, language, choose } = useSpeaking()
  const study = packet?.study
  const isDraft = packet ? packet.drafts.includes(language) : languages[language]?.isDraft
  return (
    <>
      <a className="skip-link" href="#content">
        {say('skip')}
      </a>
      {packet?.quickExit && <QuickExit address={packet.quickExit} />}
      <header>
        {study && (study.demonstration || study.standIns) && (
          <p className="banner" role="note">
            {study.demonstration ? say('demonstration') : say('standIns')}
          </p>
        )}
        {isDraft && (
          <p className="banner banner-draft" role="note">
            {say('draft')}
          </p>
        )}
        <div className="header">
          <p className="header-organisation" dir="auto">
            {study?.organisation}
          </p>
          <LanguageSwitch label={say('language')} offered={offered} language={language} choose={choose} action={languagePath(path)} />
        </div>
      </header>
      <main className="page" id="content" tabIndex={-1}>
        {children}
      </main>
      <footer className="footer">
        <p className="help-line">{study?.helpLine ?? say('help')}</p>
        {study && <p>{say('contact', { contact: study.contact })}</p>}
        {packet && <LeaveButton />}
      </footer>
    </>
  )
}
