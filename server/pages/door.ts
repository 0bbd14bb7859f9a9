/** The page behind a link: it says who asks, and has one button. Mail scanners may open it as often as they like. */
import { html } from 'hono/html'
import { page } from './page.ts'
import { type PageTexts, textsIn } from './texts.ts'

export interface Door {
  language: string
  organisation: string
  contact: string
  demonstration: boolean
  styles: string[]
}

export function door({ language, organisation, contact, demonstration, styles }: Door) {
  const texts = textsIn(language)
  return page({
    language,
    title: texts.doorTitle(organisation),
    styles,
    banner: demonstration ? texts.demonstration : undefined,
    content: html`<p>${texts.doorGreeting} ${texts.doorLead(organisation)}</p>
      <form method="post"><button class="button button-primary" type="submit">${texts.doorButton}</button></form>
      <p class="quiet">${texts.doorPrivate}</p>
      <p class="quiet">${texts.contact(contact)}</p>`,
  })
}

/** The page behind a link of somebody who declined, withdrew or handed over: nothing is asked any more. */
export function stopped({ language, contact, demonstration, styles }: Door, why: 'stopped' | 'handedOver') {
  const texts = textsIn(language)
  return page({
    language,
    title: texts[`${why}Title`],
    styles,
    banner: demonstration ? texts.demonstration : undefined,
    content: html`<p>${texts[why]}</p><p>${texts[`${why}Back`](contact)}</p>`,
  })
}

type Notice = { [Key in keyof PageTexts]: Key extends `${infer Name}Title` ? Name : never }[keyof PageTexts] &
  ('linkUnknown' | 'linkExpired' | 'foreign' | 'notFound' | 'trouble')

/** A calm page that says what happened and what to do. */
export function notice(which: Notice, language: string, styles: string[]) {
  const texts = textsIn(language)
  return page({ language, title: texts[`${which}Title`], styles, content: html`<p>${texts[which]}</p>` })
}
