import '../ui/tokens.css'
import '../ui/base.css'
import '../ui/buttons.css'
import '../ui/components.css'
import '../survey/survey.css'
import './respond.css'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { saveAtTheRightMoments } from './saving/savers.ts'

saveAtTheRightMoments()

// A page that comes back from the browser's memory may be another person's by now: ask the server again.
window.addEventListener('pageshow', (event) => {
  if (event.persisted) location.reload()
})

createRoot(document.getElementById('app') as HTMLElement).render(<App />)
