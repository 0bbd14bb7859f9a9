/** Which page belongs to which address. */
import { CasePage } from './pages/case.tsx'
import { CasesPage } from './pages/cases.tsx'
import { HomePage } from './pages/home.tsx'
import { MailPage } from './pages/mail.tsx'
import { MailboxPage } from './pages/mailbox.tsx'
import { NotFound } from './shell/fetched.tsx'
import { Frame } from './shell/frame.tsx'
import { useDesk } from './shell/language.tsx'
import { usePath } from './shell/link.tsx'
import { Page } from './shell/page.tsx'

export function Desk() {
  const path = usePath()
  return <Frame>{pageAt(path)}</Frame>
}

function pageAt(path: string) {
  const [, section, second, third] = path.split('/')
  if (path === '/') return <HomePage />
  if (path === '/mailbox') return <MailboxPage />
  if (section === 'mailbox' && second !== undefined && third === undefined) return <MailPage key={second} number={second} />
  if (path === '/desk/cases') return <CasesPage />
  if (section === 'desk' && second === 'cases' && third !== undefined) return <CasePage key={third} code={third} />
  return <NotFoundPage />
}

function NotFoundPage() {
  const { say } = useDesk()
  return (
    <Page title={say('notFoundTitle')}>
      <NotFound />
    </Page>
  )
}
