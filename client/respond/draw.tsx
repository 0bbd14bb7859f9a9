/** Draws a page where there is no browser, for the server to send: what hydration in main.tsx finds. */
import { renderToString } from 'preact-render-to-string'
import type { Survey } from '../../instruments/schema.ts'
import { isPlain } from '../survey/plain-engine.ts'
import { TitleContext } from '../ui/page-heading.tsx'
import { directionOf } from '../ui/words.ts'
import { App } from './app.tsx'
import { type PostedPage, pageAfter, readPostedPage, type Step } from './list/posted-page.ts'
import { type Start, startedSession } from './start.ts'
import { speak, spokenLanguage } from './texts/languages.ts'

export interface Drawn {
  language: string
  direction: 'ltr' | 'rtl'
  title: string
  /** The content of the element that the page lives in. */
  html: string
}

/** The page at `path`; null for one that only a browser can draw. */
export async function draw(start: Start, path: string): Promise<Drawn | null> {
  const { packet, list, missing = null } = start
  if (list ? !isPlain(list.instrument.survey as Survey) : packet.cases.length > 1) return null
  const language = spokenLanguage([packet.participant.language])
  const spoken = await speak(language)
  const session = startedSession(start, language)
  let title = ''
  const html = renderToString(
    <TitleContext value={(told) => (title = told)}>
      <App start={{ path, spoken, packet, session, missing }} />
    </TitleContext>,
  )
  return { language, direction: directionOf(language), title, html }
}

const languageOf = ({ packet }: Start): string => spokenLanguage([packet.participant.language])

/** Reads the form of a page of the list. */
export const readPosted = (start: Start, fields: [string, string][]): PostedPage | null =>
  start.list && readPostedPage(start.list, fields, languageOf(start))

/** The page of the list that a step leads to. */
export const stepTo = (start: Start, step: Step): string | null => start.list && pageAfter(start.list, step, languageOf(start))
