/** Writes a mail from a text of the protocol. Pure: the same letter gives the same mail. */
import type { Localized } from '../../instruments/definition.ts'
import type { MailText } from '../../protocols/schema.ts'
import { type Fill, html, plain } from './render.ts'
import { inEachLanguage } from './texts/languages.ts'

/** A mail without a link: it tells something, and asks nothing. */
export interface Note {
  text: MailText
  /** Of the participant; Dutch where the text has no such translation. */
  language: string
  name: string
  organisation: string
  contact: string
  /** The study's name as participants know it. */
  title: string
  /** What the last line of the mail has to own up to. */
  notice?: 'demonstration' | 'stand-in' | undefined
  /** Whether nobody has read the translation over. */
  isDraft?: boolean
}

export interface Letter extends Note {
  timeZone: string
  /** The code of the case; empty for those who are not to see it. */
  caseCode: string
  /** The title of the wave. */
  wave: Localized
  /** How many lists are open, and about how many minutes they take together. */
  lists: number
  minutes: number
  /** The moment at which answers are no longer taken; the mail names the last day before it. */
  closesAt: string
  link: string
}

export interface MailContent {
  language: string
  subject: string
  text: string
  html: string
}

const notices: Record<'demonstration' | 'stand-in' | 'draft', Localized> = {
  demonstration: inEachLanguage((texts) => texts.notices.demonstration),
  'stand-in': inEachLanguage((texts) => texts.notices['stand-in']),
  draft: inEachLanguage((texts) => texts.notices.draft),
}

/** The mail, with exactly one link in it. */
export function compose(letter: Letter): MailContent {
  const language = spokenIn(letter.text, letter.language)
  return write(letter, letter.link, {
    case: letter.caseCode,
    wave: inLanguage(letter.wave, language),
    lists: String(letter.lists),
    // The texts say "about N minutes": two at least, so that this is right in every language.
    minutes: String(Math.max(2, Math.ceil(letter.minutes))),
    closes: lastDay(letter.closesAt, letter.timeZone, language),
  })
}

/** The mail, with no link in it. */
export const composeNote = (note: Note): MailContent => write(note, '', {})

function write(note: Note, link: string, values: Fill['values']): MailContent {
  const { subject, body } = note.text
  const language = spokenIn(note.text, note.language)
  const { name, organisation, contact, title } = note
  const common = { name: oneLine(name), organisation: oneLine(organisation), contact: oneLine(contact), title: oneLine(title) }
  const fill: Fill = { values: { ...common, ...values }, link }
  const template = inLanguage(body, language)
  const owned = [...(note.notice ? [note.notice] : []), ...(note.isDraft && language === note.language ? ['draft' as const] : [])]
  const said = owned.map((notice) => inLanguage(notices[notice], language))
  const filledSubject = oneLine(plain(inLanguage(subject, language), { ...fill, link: '' }))
  return {
    language,
    subject: filledSubject,
    text: [plain(template, fill), ...said].join('\n\n').concat('\n'),
    html: html(template, fill, { language, title: filledSubject, notices: said }),
  }
}

/** The language in which somebody who reads `language` gets a text: that, or Dutch where it has no such translation. */
export const spokenIn = ({ subject, body }: MailText, language: string): string =>
  Object.hasOwn(subject, language) && Object.hasOwn(body, language) ? language : 'nl'

/** Text that is safe in a header: one line, without control characters or marks that turn the direction of reading. */
export const oneLine = (text: string): string =>
  text
    .replaceAll(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
    .replaceAll(/[\p{Cc}\s]+/gu, ' ')
    .trim()

const inLanguage = (text: Localized, language: string): string => text[language] ?? text.nl

/** Last day on which answers are taken, in words: a Thursday in May is recognised, a row of digits has to be worked out. */
export const lastDay = (closesAt: string, timeZone: string, language: string): string =>
  dayFormat(timeZone, language).format(Date.parse(closesAt) - 1)

const dayFormats = new Map<string, Intl.DateTimeFormat>()

/** Made once: making one takes longer than all the rest of a mail. */
function dayFormat(timeZone: string, language: string): Intl.DateTimeFormat {
  const key = `${language} ${timeZone}`
  // Participants live in the Netherlands: English dates there have the day before the month. Codes and times are in the digits that
  // stand on keyboards and clocks there, so days are, too.
  const format =
    dayFormats.get(key) ?? new Intl.DateTimeFormat([`${language}-NL`, language], { dateStyle: 'full', timeZone, numberingSystem: 'latn' })
  dayFormats.set(key, format)
  return format
}
