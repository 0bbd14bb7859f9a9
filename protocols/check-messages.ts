/** Checks the messages of a protocol: each mail has its one link, knows its placeholders, and reminders come while one can answer. */
import type { Mistake } from '../instruments/definition.ts'
import { checkMailWords, sayFault } from './check-mail.ts'
import { notThere } from './check-schedule.ts'
import type { MailText, Protocol } from './schema.ts'

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

function checkMail(path: string, text: MailText, seesCase: boolean): Mistake[] {
  const { subject, body } = text
  const languages = new Set([...Object.keys(subject), ...Object.keys(body)])
  return [...languages].flatMap((language) =>
    checkMailWords({ subject: subject[language] ?? subject.nl, body: body[language] ?? body.nl }, seesCase)
      .filter(({ field }) => language in text[field])
      .map((fault) => ({ path: `${path}/${fault.field}/${language}`, reason: sayFault(fault) })),
  )
}
