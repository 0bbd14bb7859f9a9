import '../ui/tokens.css'
import '../ui/base.css'
import '../ui/buttons.css'
import '../ui/components.css'
import '../survey/survey.css'
import './respond.css'
import { createRoot, hydrateRoot } from 'react-dom/client'
import { App, type AppStart } from './app.tsx'
import { finishLeaving } from './leave-quickly.ts'
import { takeEarlyAnswers } from './list/early-answers.ts'
import { keepSession, startSession } from './list/list-session.ts'
import { saveAtTheRightMoments } from './saving/savers.ts'
import { readStart } from './start.ts'
import { speak, spokenLanguage } from './texts/languages.ts'

saveAtTheRightMoments()

// A page that comes back from the browser's memory may be another person's by now: ask the server again.
window.addEventListener('pageshow', (event) => {
  if (event.persisted) location.reload()
})

const page = document.getElementById('app') as HTMLElement
if (!finishLeaving()) void begin()

/** Goes on with the page that the server drew, with what was filled in meanwhile; or draws it. */
async function begin(): Promise<void> {
  const start = await startHere()
  if (start === null) createRoot(page).render(<App start={null} />)
  else hydrateRoot(page, <App start={start} />)
}

async function startHere(): Promise<AppStart | null> {
  const start = readStart()
  if (!start) return null
  const { packet, list } = start
  const spoken = await speak(spokenLanguage([packet.participant.language]))
  const session = list && startSession(list, spoken.language)
  const form = page.querySelector('form')
  if (session) {
    keepSession(session)
    if (form) takeEarlyAnswers(form, session.engine)
    session.saver.flush()
  }
  return { path: location.pathname, spoken, packet, session }
}
