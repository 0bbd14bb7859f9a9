/** The texts of a protocol's mails by name: what a study can give words of its own. */
import { ownValue } from '../instruments/own-value.ts'
import type { MailText, Protocol } from './schema.ts'

export interface MailTemplate {
  /** `invitation` or the id of a reminder for whoever has no text of their own; `ROLE/invitation` and `ROLE/reminder` for who has. */
  id: string
  text: MailText
  /** Whether its reader may see the code of the case. */
  seesCase: boolean
}

/** The text by which a role gets a mail, if the protocol has one. `kind`: `invitation`, or the id of a reminder. */
export function templateFor(
  { messages, roles }: Pick<Protocol, 'messages' | 'roles'>,
  kind: string,
  role: string,
): MailTemplate | undefined {
  const own = ownValue(messages.forRoles, role)
  const seesCase = ownValue(roles, role)?.seesCaseCode === true
  if (kind === 'invitation')
    return own
      ? { id: `${role}/invitation`, text: own.invitation, seesCase }
      : { id: 'invitation', text: messages.invitation, seesCase: false }
  const reminder = messages.reminders.find(({ id }) => id === kind)
  if (!reminder) return undefined
  return own ? { id: `${role}/reminder`, text: own.reminder, seesCase } : { id: reminder.id, text: reminder.text, seesCase: false }
}

/** Every text of a protocol, each once, with the mails that are written by it. */
export function mailTemplates(protocol: Pick<Protocol, 'messages' | 'roles'>): (MailTemplate & { roles: string[]; kinds: string[] })[] {
  const found = new Map<string, MailTemplate & { roles: string[]; kinds: string[] }>()
  const mailed = Object.entries(protocol.roles).flatMap(([role, { mail }]) => (mail ? [role] : []))
  for (const kind of ['invitation', ...protocol.messages.reminders.map(({ id }) => id)])
    for (const role of mailed) {
      const template = templateFor(protocol, kind, role)
      if (!template) continue
      const known = found.get(template.id) ?? { ...template, roles: [], kinds: [] }
      found.set(template.id, known)
      if (!known.roles.includes(role)) known.roles.push(role)
      if (!known.kinds.includes(kind)) known.kinds.push(kind)
    }
  return [...found.values()]
}
