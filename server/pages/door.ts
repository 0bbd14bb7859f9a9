/** The page behind a link: it says who asks, and has one button. Mail scanners may open it as often as they like. */
import { html } from 'hono/html'
import { page } from './page.ts'
import { type PageTexts, textsIn } from './texts/languages.ts'

export interface Door {
  language: string
  /** Those of the study. */
  languages: readonly string[]
  /** Whether nobody has read the translation over. */
  isDraft: boolean
  organisation: string
  contact: string
  demonstration: boolean
  helpLine: string | null
  /** Where to leave to in a hurry; null for staff. */
  quickExit: string | null
  styles: string[]
}

/** What every page of this study has. */
const framed = ({ language, languages, isDraft, demonstration, helpLine, quickExit, styles }: Door) => ({
  language,
  languages,
  isDraft,
  helpLine,
  quickExit,
  styles,
  banner: demonstration ? textsIn(language).demonstration : undefined,
})

/** The button posts to this same address, with the language of the page, so that it is kept; it leads on to the packet. */
const button = (language: string, text: string, isPrimary = true) =>
  html`<form method="post" action="?language=${language}" data-onward><button class="button${isPrimary ? ' button-primary' : ''}" type="submit">${text}</button></form>`

export function door(about: Door) {
  const { language, organisation, contact } = about
  const texts = textsIn(language)
  return page({
    ...framed(about),
    title: texts.doorTitle(organisation),
    content: html`<p>${texts.doorGreeting} ${texts.doorLead(organisation)}</p>
      ${button(language, texts.doorButton)}
      <p class="quiet">${texts.doorPrivate}</p>
      <p class="quiet">${texts.contact(contact)}</p>`,
  })
}

/**
 * The page behind a link of somebody who declined, withdrew or handed over, or of whom all families were taken out of the study: nothing is
 * asked any more. Answers can be erased.
 */
export function stopped(about: Door, why: 'stopped' | 'handedOver' | 'notAsked', answers: 'kept' | 'erased' | 'none') {
  const { language, contact } = about
  const texts = textsIn(language)
  return page({
    ...framed(about),
    title: texts[`${why}Title`],
    content: html`<p>${texts[why]}</p>
      ${answers === 'erased' ? html`<p>${texts.erased}</p>` : ''}
      <p>${texts[`${why}Back`](contact)}</p>
      ${answers === 'kept' ? html`<p>${texts.eraseLead}</p>${button(language, texts.eraseButton, false)}` : ''}`,
  })
}

/**
 * The page behind the address in the head of a mail by which reminders are stopped. `asks`: nothing has happened yet, and a button
 * does it; `stopped` and `wanted`: what the button did, with the way back.
 */
export function reminders(about: Door, state: 'asks' | 'stopped' | 'wanted') {
  const { language, organisation, contact } = about
  const texts = textsIn(language)
  const choice = (again: boolean) => html`<form method="post" action="?language=${language}">
      <button class="button${again ? '' : ' button-primary'}" type="submit" name="reminders" value="${again ? 'again' : 'none'}">${again ? texts.remindersAgain : texts.remindersButton}</button>
    </form>`
  const shown = {
    asks: { title: texts.remindersTitle, text: texts.reminders(organisation) },
    stopped: { title: texts.remindersStoppedTitle, text: texts.remindersStopped },
    wanted: { title: texts.remindersWantedTitle, text: texts.remindersWanted },
  }[state]
  return page({
    ...framed(about),
    title: shown.title,
    content: html`<p>${shown.text}</p>
      ${choice(state === 'stopped')}
      <p class="quiet">${texts.contact(contact)}</p>`,
  })
}

type Notice = { [Key in keyof PageTexts]: Key extends `${infer Name}Title` ? Name : never }[keyof PageTexts] &
  ('linkUnknown' | 'linkExpired' | 'foreign' | 'notFound' | 'trouble')

/** A calm page that says what happened and what to do. */
export function notice(which: Notice, language: string, styles: string[]) {
  const texts = textsIn(language)
  return page({ language, title: texts[`${which}Title`], styles, content: html`<p>${texts[which]}</p>` })
}
