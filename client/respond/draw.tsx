/** Draws a page where there is no browser, for the server to send: what hydration in main.tsx finds. */
import { renderToString } from 'preact-render-to-string'
import type { Survey } from '../../instruments/schema.ts'
import { isPlain } from '../survey/plain-engine.ts'
import { TitleContext } from '../ui/page-heading.tsx'
import { directionOf } from '../ui/words.ts'
import { App } from './app.tsx'
import { fetchCasePages } from './cases/case-pages.tsx'
import { comesNext, type Next, type PostedPage, readPostedPage } from './list/posted-page.ts'
import { appStart, type Start } from './start.ts'
import { spokenLanguage } from './texts/languages.ts'

export interface Drawn {
  language: string
  direction: 'ltr' | 'rtl'
  title: string
  /** The content of the element that the page lives in. */
  html: string
}

/** The page at `path`; null for one that only a browser can draw. */
export async function draw(start: Start, path: string): Promise<Drawn | null> {
  const { packet, list } = start
  if (list && !isPlain(list.instrument.survey as Survey)) return null
  if (packet && packet.cases.length > 0) await fetchCasePages()
  const begun = await appStart(start, path)
  const { language } = begun.spoken
  let title = ''
  const html = renderToString(
    <TitleContext value={(told) => (title = told)}>
      <App start={begun} />
    </TitleContext>,
  )
  return { language, direction: directionOf(language), title, html }
}

const languageOf = ({ packet }: Start): string => spokenLanguage([packet?.participant.language ?? 'nl'])

/** Reads the form of a page of the list. */
export const readPosted = (start: Start, fields: [string, string][]): PostedPage | null =>
  start.list && readPostedPage(start.list, fields, languageOf(start), start.anew)

/** What comes after it, on the list as it is now. */
export const afterPosted = (start: Start, posted: PostedPage): Next | null => start.list && comesNext(start.list, posted, languageOf(start))
