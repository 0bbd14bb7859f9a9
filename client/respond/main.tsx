import '../ui/tokens.css'
import '../ui/base.css'
import '../ui/buttons.css'
import '../ui/components.css'
import '../survey/survey.css'
import '../survey/runs.css'
import './respond.css'
import './cases/cases.css'
import { createRoot, hydrateRoot } from 'react-dom/client'
import { listForm } from '../survey/posting.ts'
import { App } from './app.tsx'
import { fetchCasePages } from './cases/case-pages.tsx'
import { finishLeaving } from './leave-quickly.ts'
import { earlyAnswers } from './list/early-answers.ts'
import { keepSession } from './list/list-session.ts'
import { takeCharge } from './list/stepwise.ts'
import { leaveWithOtherTabs } from './other-tabs.ts'
import { saveAtTheRightMoments } from './saving/savers.ts'
import { appStart, readStart } from './start.ts'

saveAtTheRightMoments()
leaveWithOtherTabs()

// A page that comes back from the browser's memory may be another person's by now: ask the server again.
window.addEventListener('pageshow', (event) => {
  if (event.persisted) location.reload()
})

const page = document.getElementById('app') as HTMLElement
if (!finishLeaving()) void begin()

/** Goes on with the page that the server drew, with what was filled in meanwhile; or draws it. */
async function begin(): Promise<void> {
  const drawn = readStart()
  if (drawn === null) {
    takeCharge(false)
    return createRoot(page).render(<App start={null} />)
  }
  // What was drawn has to be there at once, or it would be taken away and drawn anew.
  if (drawn.packet && drawn.packet.cases.length > 0) await fetchCasePages()
  const start = await appStart(drawn, location.pathname)
  const { session } = start
  if (session) keepSession(session)
  const form = document.getElementById(listForm)
  const early = form instanceof HTMLFormElement ? earlyAnswers(form) : []
  // First the page as it was drawn, then what was filled in: taking over looks at texts and handlers only.
  hydrateRoot(page, <App start={{ ...start, consents: earlyConsents(page) }} />)
  if (session) for (const tell of early) tell(session.engine)
  takeCharge(early.length > 0)
  session?.saver.flush()
}

/** What was chosen on a page that asks for consent. */
function earlyConsents(drawn: HTMLElement): Record<string, boolean> {
  const chosen = [...drawn.querySelectorAll<HTMLInputElement>('input[name^=consent-]:checked')]
  return Object.fromEntries(chosen.map(({ name, value }) => [name.replace('consent-', ''), value === '1']))
}
