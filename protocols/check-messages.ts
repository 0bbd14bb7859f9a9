/** Checks the messages of a protocol: each mail has its one link, knows its placeholders, and reminders come while one can answer. */
import type { Localized, Mistake } from '../instruments/definition.ts'
import { notThere } from './check-schedule.ts'
import type { MailText, Protocol } from './schema.ts'

/** What server/mail fills in, and where it may stand. The link is a secret, so it is not in a subject. */
const inSubject = ['name', 'title', 'minutes', 'lists', 'closes', 'contact', 'organisation']
const inBody = [...inSubject, 'link']

export function checkMessages({ messages, waves, roles }: Protocol): Mistake[] {
  const { invitation, reminders, forRoles } = messages
  return [
    ...checkMail('/messages/invitation', invitation, false),
    ...Object.entries(forRoles).flatMap(([role, texts]) => {
      const path = `/messages/forRoles/${role}`
      if (!Object.hasOwn(roles, role)) return [{ path, reason: notThere('role', role, roles) }]
      if (roles[role]?.mail === false) return [{ path, reason: `no mail goes out to the role ${role}` }]
      const seesCase = roles[role]?.seesCaseCode === true
      return [...checkMail(`${path}/invitation`, texts.invitation, seesCase), ...checkMail(`${path}/reminder`, texts.reminder, seesCase)]
    }),
    ...reminders.flatMap(({ id, days, text }, index) => {
      const path = `/messages/reminders/${index}`
      const before = reminders[index - 1]
      return [
        ...(id === 'invitation' ? [{ path: `${path}/id`, reason: 'a reminder cannot be called invitation: that is the first mail' }] : []),
        ...(reminders.findIndex((other) => other.id === id) === index
          ? []
          : [{ path: `${path}/id`, reason: `there is another reminder ${id}` }]),
        ...(before && days <= before.days
          ? [{ path: `${path}/days`, reason: `it goes out after ${days} days, not later than ${before.id}, after ${before.days}` }]
          : []),
        ...waves.flatMap(({ id: wave, window }) =>
          days > window.closes - window.opens
            ? [
                {
                  path: `${path}/days`,
                  reason: `after ${days} days wave ${wave} is closed: its window is ${window.closes - window.opens + 1} days long`,
                },
              ]
            : [],
        ),
        ...checkMail(`${path}/text`, text, false),
      ]
    }),
  ]
}

/** `seesCase`: whether the reader may see the code of the case. Whoever does has several cases, and wants to know the wave too. */
function checkMail(path: string, { subject, body }: MailText, seesCase: boolean): Mistake[] {
  const known = (names: string[]): string[] => (seesCase ? [...names, 'case', 'wave'] : names)
  return [
    ...inEach(`${path}/subject`, subject, (text) => [
      ...checkPlaceholders(text, known(inSubject)),
      ...(/\p{Cc}/u.test(text) ? ['a subject is one line, without control characters'] : []),
    ]),
    ...inEach(`${path}/body`, body, (text) => [...checkPlaceholders(text, known(inBody)), ...checkLink(text)]),
  ]
}

const inEach = (path: string, text: Localized, check: (text: string) => string[]): Mistake[] =>
  Object.entries(text).flatMap(([language, words]) => check(words).map((reason) => ({ path: `${path}/${language}`, reason })))

function checkPlaceholders(text: string, known: string[]): string[] {
  const written = text.match(/\{[^{}]*\}/g) ?? []
  const unknown = written.filter((braces) => !known.includes(braces.slice(1, -1)))
  const loose = /[{}]/.test(text.replaceAll(/\{[^{}]*\}/g, ''))
  return [
    ...unknown.map((braces) => `there is no placeholder ${braces} here; there is: ${known.map((name) => `{${name}}`).join(' ')}`),
    ...(loose ? ['a brace is not closed, or closed without being opened'] : []),
  ]
}

function checkLink(text: string): string[] {
  const links = text.split('{link}').length - 1
  return [
    ...(links === 1 ? [] : [`{link} must stand in it once; it stands in it ${links} times`]),
    ...(/https?:|www\./i.test(text) ? ['a mail has one link, {link}: take the other address out'] : []),
  ]
}
