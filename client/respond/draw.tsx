/** Draws a page where there is no browser, for the server to send: what hydration in main.tsx finds. */
import { renderToString } from 'preact-render-to-string'
import type { Survey } from '../../instruments/schema.ts'
import { isPlain } from '../survey/plain-engine.ts'
import { TitleContext } from '../ui/page-heading.tsx'
import { directionOf } from '../ui/words.ts'
import { App } from './app.tsx'
import { startSession } from './list/list-session.ts'
import type { Start } from './start.ts'
import { speak, spokenLanguage } from './texts/languages.ts'

export interface Drawn {
  language: string
  direction: 'ltr' | 'rtl'
  title: string
  /** The content of the element that the page lives in. */
  html: string
}

/** The page at `path`; null for one that only a browser can draw. */
export async function draw({ packet, list }: Start, path: string): Promise<Drawn | null> {
  if (!list || !isPlain(list.instrument.survey as Survey)) return null
  const language = spokenLanguage([packet.participant.language])
  const spoken = await speak(language)
  const session = startSession(list, language)
  let title = ''
  const html = renderToString(
    <TitleContext value={(told) => (title = told)}>
      <App start={{ path, spoken, packet, session }} />
    </TitleContext>,
  )
  return { language, direction: directionOf(language), title, html }
}
