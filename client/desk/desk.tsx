/** Who may come in, and which page belongs to which address. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import type { Me, SignedIn } from './api.ts'
import { DefinitionsPage } from './definitions/definitions-page.tsx'
import { InstrumentPage } from './definitions/instrument-page.tsx'
import { ProtocolPage } from './definitions/protocol-page.tsx'
import { CaseListsPage } from './entry/case-lists-page.tsx'
import { ComparisonPage } from './entry/comparison-page.tsx'
import { TypingPage } from './entry/typing-page.tsx'
import { WorkPage } from './entry/work-page.tsx'
import { AccessPage, AccountsAccessPage, CaseAccessPage } from './pages/access.tsx'
import { AccountPage } from './pages/account.tsx'
import { CasePage } from './pages/case.tsx'
import { CasesPage } from './pages/cases.tsx'
import { ExportsPage } from './pages/exports.tsx'
import { HomePage } from './pages/home.tsx'
import { ImportPage } from './pages/import.tsx'
import { MailPage } from './pages/mail.tsx'
import { MailboxPage } from './pages/mailbox.tsx'
import { NewStudyPage } from './pages/new-study.tsx'
import { RegisterPage } from './pages/register.tsx'
import { ReportPage } from './pages/report.tsx'
import { ResponsePage } from './pages/response.tsx'
import { ReturnedPage } from './pages/returned.tsx'
import { StaffPage } from './pages/staff.tsx'
import { StudiesPage } from './pages/studies.tsx'
import { TodayPage } from './pages/today.tsx'
import { meQuery } from './queries.ts'
import { Fetched, NotFound } from './shell/fetched.tsx'
import { Frame } from './shell/frame.tsx'
import { IdleWarning } from './shell/idle-warning.tsx'
import { useDesk } from './shell/language.tsx'
import { usePath } from './shell/link.tsx'
import { Page } from './shell/page.tsx'
import { StaffProvider } from './shell/staff.tsx'
import { StudyProvider, studyIn } from './shell/study.tsx'
import { EnrolPage } from './sign-in/enrol-page.tsx'
import { OtherAccount } from './sign-in/other-account.tsx'
import { CodePage, SignInPage } from './sign-in/sign-in-page.tsx'
import { WelcomePage } from './sign-in/welcome-page.tsx'
import { StudyPage } from './study/study-page.tsx'
import { useHasUnsaved, useQuestionBeforeLoss } from './unsaved.ts'
import { AnswersPage } from './values/answers-page.tsx'
import { QueriesPage } from './values/queries-page.tsx'
import { worksAs } from './whose.ts'
import { LeavingPage } from './withdrawal/leaving-page.tsx'

export function Desk() {
  const path = usePath()
  const me = useQuery(meQuery)
  const client = useQueryClient()
  /** Who was here last, for whoever was away too long: their page, and what they typed in it, waits behind the sign-in. */
  const last = useRef<SignedIn | null>(null)
  const here = me.data?.stage === 'signed in' ? me.data : null
  // A demonstration changes its account with the role that one looks as: there the page stays.
  const isOther = here !== null && last.current !== null && here.account !== last.current.account && !here.isDemonstration
  if (here && !isOther) {
    last.current = here
    worksAs(here.account)
  }
  const hasUnsaved = useHasUnsaved()
  useQuestionBeforeLoss(useDesk().say('unsavedAsk'))
  // What one colleague fetched and typed is nothing for the next: the window begins anew, and not at an address of the other's. Only
  // what would be lost with it waits, out of sight, for whoever typed it.
  const isOver = isOther && !hasUnsaved
  useEffect(() => {
    if (isOver) location.replace('/desk')
  }, [isOver])
  /** What waits behind the sign-in asks anew only once it is known that it is for the same account. */
  const comeIn = async () => {
    await client.invalidateQueries({ queryKey: meQuery.queryKey })
    const now = client.getQueryData(meQuery.queryKey)
    if (now?.stage === 'signed in' && now.account === last.current?.account) await client.invalidateQueries()
  }
  if (isOver) return null
  if (path === '/desk/welcome')
    return (
      <Frame>
        <WelcomePage then={() => location.assign('/desk')} />
      </Frame>
    )
  return (
    <Fetched query={me}>
      {(known) => {
        const somebody = known.stage === 'signed in' && !isOther ? known : last.current
        const isHere = known.stage === 'signed in' && !isOther
        return (
          <>
            {/* First, so that the way to the content does not lead into what is out of sight. */}
            {known.stage === 'signed in' && isOther && (
              <Frame>
                <OtherAccount
                  now={known.name}
                  before={last.current?.name ?? ''}
                  look={() => void client.invalidateQueries({ queryKey: meQuery.queryKey })}
                />
              </Frame>
            )}
            {known.stage !== 'signed in' && (
              <Frame>
                <SigningIn known={known} wasHere={somebody !== null} then={() => void comeIn()} />
              </Frame>
            )}
            {somebody && (
              <div hidden={!isHere}>
                <StaffProvider me={somebody}>
                  <Place path={path} me={somebody} />
                  {isHere && <IdleWarning />}
                </StaffProvider>
              </div>
            )}
          </>
        )
      }}
    </Fetched>
  )
}

function SigningIn({ known, wasHere, then }: { known: Exclude<Me, SignedIn>; wasHere: boolean; then(): void }) {
  if (known.stage === null) return <SignInPage wasHere={wasHere} singleSignOn={known.singleSignOn} then={then} />
  return known.needs === 'code' ? <CodePage hasPasskey={known.factors.includes('passkey')} then={then} /> : <EnrolPage then={then} />
}

/** The page of an address, with the study that it is about; whoever has only one is in that one, wherever they are. */
function Place({ path, me }: { path: string; me: SignedIn }) {
  const within = studyIn(path)
  const only = me.studies.length === 1 || me.isDemonstration ? me.studies[0] : undefined
  const study = within ? me.studies.find(({ id }) => id === within.id) : only
  const page = within ? study ? pageOfStudy(within.rest) : <NotFoundPage /> : pageAt(path)
  // Of the same shape with and without a study: a page outlives that there comes a first or a second one.
  return (
    <StudyProvider id={study?.id ?? null}>
      <Frame study={study}>{page}</Frame>
    </StudyProvider>
  )
}

function pageAt(path: string) {
  const [, section, number, more] = path.split('/')
  if (path === '/') return <HomePage />
  if (path === '/desk') return <StudiesPage />
  if (path === '/desk/new-study') return <NewStudyPage />
  if (path === '/desk/account') return <AccountPage />
  if (path === '/desk/staff') return <StaffPage />
  if (path === '/desk/staff/access') return <AccountsAccessPage />
  if (path === '/mailbox') return <MailboxPage />
  if (section === 'mailbox' && number !== undefined && more === undefined) return <MailPage key={number} number={number} />
  return <NotFoundPage />
}

function pageOfStudy(rest: string) {
  if (rest === '/entry') return <WorkPage />
  if (rest === '/queries') return <QueriesPage />
  const [, section, code, more] = rest.split('/')
  if (rest === '' || rest === '/today') return <TodayPage />
  if (rest === '/cases') return <CasesPage />
  if (rest === '/returned') return <ReturnedPage />
  if (rest === '/register') return <RegisterPage />
  if (rest === '/import') return <ImportPage />
  if (rest === '/response') return <ResponsePage />
  if (rest === '/report') return <ReportPage />
  if (rest === '/exports') return <ExportsPage />
  if (rest === '/access') return <AccessPage />
  if (rest === '/settings') return <StudyPage />
  if (rest === '/definitions') return <DefinitionsPage />
  if (rest === '/definitions/protocol') return <ProtocolPage />
  if (section === 'definitions' && code !== undefined && more === undefined) return <InstrumentPage key={code} reference={code} />
  if (section === 'cases' && code !== undefined && more === 'access') return <CaseAccessPage key={code} code={code} />
  const deeper = section === 'cases' && code !== undefined ? pageOfLists(code, rest.split('/').slice(3)) : null
  if (deeper) return deeper
  if (section === 'cases' && code !== undefined && more === undefined) return <CasePage key={code} code={code} />
  return <NotFoundPage />
}

/** Below a case: its lists to type in, and the answers to one. */
function pageOfLists(code: string, [section, assignment, more, ...rest]: string[]) {
  if (rest.length > 0) return null
  const key = `${code} ${assignment}`
  if (section === 'entry' && assignment === undefined) return <CaseListsPage key={code} code={code} />
  if (section === 'entry' && assignment && more === undefined) return <TypingPage key={key} code={code} assignment={assignment} />
  if (section === 'entry' && assignment && more === 'compare') return <ComparisonPage key={key} code={code} assignment={assignment} />
  if (section === 'people' && assignment && more === 'leaving') return <LeavingPage key={key} code={code} person={assignment} />
  if (section === 'answers' && assignment && more === undefined) return <AnswersPage key={key} code={code} assignment={assignment} />
  return null
}

function NotFoundPage() {
  const { say } = useDesk()
  return (
    <Page title={say('notFoundTitle')}>
      <NotFound />
    </Page>
  )
}
