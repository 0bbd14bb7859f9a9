import '../ui/tokens.css'
import '../ui/base.css'
import '../ui/buttons.css'
import '../ui/components.css'
import '../survey/survey.css'
import './respond.css'
import { createRoot, hydrateRoot } from 'react-dom/client'
import { App, type AppStart } from './app.tsx'
import { finishLeaving } from './leave-quickly.ts'
import { earlyAnswers } from './list/early-answers.ts'
import { keepSession } from './list/list-session.ts'
import { leaveWithOtherTabs } from './other-tabs.ts'
import { saveAtTheRightMoments } from './saving/savers.ts'
import { readStart, startedSession } from './start.ts'
import { speak, spokenLanguage } from './texts/languages.ts'

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
  const start = await startHere()
  if (start === null) return createRoot(page).render(<App start={null} />)
  const form = page.querySelector('form')
  const early = form ? earlyAnswers(form) : []
  // First the page as it was drawn, then what was filled in: taking over looks at texts and handlers only.
  hydrateRoot(page, <App start={start} />)
  const { session } = start
  if (!session) return
  for (const tell of early) tell(session.engine)
  session.saver.flush()
}

async function startHere(): Promise<AppStart | null> {
  const start = readStart()
  if (!start) return null
  const { packet, missing = null } = start
  const spoken = await speak(spokenLanguage([packet.participant.language]))
  const session = startedSession(start, spoken.language)
  if (session) keepSession(session)
  return { path: location.pathname, spoken, packet, session, missing }
}
