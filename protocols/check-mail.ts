/**
 * What is wrong with a mail's words in one language. Pure: `nameting check` asks it of a protocol, the desk while somebody types,
 * and the server before it keeps what they typed.
 */

/** The words of a mail in one language, with placeholders in braces. */
export interface MailWords {
  subject: string
  body: string
}

/** What keeps the words from being sent, and in which part of the mail it is. */
export type MailFault = { field: keyof MailWords } & (
  | { fault: 'empty' | 'loose-brace' | 'lines' | 'control' | 'turned' | 'tag' | 'address' }
  | { fault: 'placeholder'; written: string; known: string[] }
  | { fault: 'long'; limit: number }
  | { fault: 'links'; count: number }
)

/** What server/mail fills in, and where it may stand. The link is a secret, so it is not in a subject. */
const inSubject = ['name', 'title', 'minutes', 'lists', 'closes', 'contact', 'organisation']
const inBody = [...inSubject, 'link']
const ofCase = ['case', 'wave']

/** In characters. A subject beyond this is cut off by mail programs anyway; no letter that people read is as long as the other. */
export const mailLimits: Record<keyof MailWords, number> = { subject: 150, body: 6000 }

/**
 * The placeholders that may stand in a part of a mail, without braces. `seesCase`: whether the reader may see the code of the case.
 * Whoever does has several cases, and wants to know the wave too.
 */
export const placeholdersIn = (field: keyof MailWords, seesCase: boolean): string[] => [
  ...(field === 'subject' ? inSubject : inBody),
  ...(seesCase ? ofCase : []),
]

export const checkMailWords = ({ subject, body }: MailWords, seesCase: boolean): MailFault[] => [
  ...checkPart('subject', subject, seesCase),
  ...checkPart('body', body, seesCase),
  ...checkLink(body),
]

function checkPart(field: keyof MailWords, text: string, seesCase: boolean): MailFault[] {
  const known = placeholdersIn(field, seesCase)
  const written = text.match(/\{[^{}]*\}/g) ?? []
  const limit = mailLimits[field]
  return [
    ...(text.trim() === '' ? [{ field, fault: 'empty' as const }] : []),
    ...(text.length > limit ? [{ field, fault: 'long' as const, limit }] : []),
    ...[...new Set(written)]
      .filter((braces) => !known.includes(braces.slice(1, -1)))
      .map((braces) => ({ field, fault: 'placeholder' as const, written: braces, known })),
    ...(/[{}]/.test(text.replaceAll(/\{[^{}]*\}/g, '')) ? [{ field, fault: 'loose-brace' as const }] : []),
    // A line break in a subject would be a header of its own.
    ...(field === 'subject' && /[\r\n\u2028\u2029]/.test(text) ? [{ field, fault: 'lines' as const }] : []),
    ...(/\p{Cc}/u.test(text.replaceAll(/[\r\n]/g, '')) ? [{ field, fault: 'control' as const }] : []),
    // Marks that turn the direction of what follows can make an address read otherwise than it is.
    ...(/[\u202a-\u202e\u2066-\u2069]/.test(text) ? [{ field, fault: 'turned' as const }] : []),
    ...(/<[a-z!/?]/i.test(text) ? [{ field, fault: 'tag' as const }] : []),
  ]
}

function checkLink(body: string): MailFault[] {
  const count = body.split('{link}').length - 1
  return [
    ...(count === 1 ? [] : [{ field: 'body' as const, fault: 'links' as const, count }]),
    ...(/https?:|www\./i.test(body) ? [{ field: 'body' as const, fault: 'address' as const }] : []),
  ]
}

/** The fault in words, for whoever writes definitions. */
export function sayFault(fault: MailFault): string {
  switch (fault.fault) {
    case 'empty':
      return `the ${fault.field} is empty`
    case 'long':
      return `the ${fault.field} has more than ${fault.limit} characters`
    case 'placeholder':
      return `there is no placeholder ${fault.written} here; there is: ${fault.known.map((name) => `{${name}}`).join(' ')}`
    case 'loose-brace':
      return 'a brace is not closed, or closed without being opened'
    case 'lines':
    case 'control':
      return fault.field === 'subject' ? 'a subject is one line, without control characters' : 'there is a control character in it'
    case 'turned':
      return 'there is a mark in it that turns the direction of reading: take it out, the language decides the direction'
    case 'tag':
      return 'it looks like HTML, which would stand in the mail as it is written: take out the < and what belongs to it'
    case 'links':
      return `{link} must stand in it once; it stands in it ${fault.count} times`
    case 'address':
      return 'a mail has one link, {link}: take the other address out'
  }
}
