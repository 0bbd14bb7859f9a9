/** Sends somebody the link by which they choose a password, once, and keeps what became of it. */
import type { Context } from '../context.ts'
import type { Fate } from '../mail/fate.ts'
import { composeStaffMail, type StaffLetter } from '../mail/staff-mail.ts'
import type { Transport } from '../mail/transport.ts'
import type { StaffMember } from '../queries/staff.ts'
import { type LinkMail, type StaffLink, setLinkMail } from '../queries/staff-links.ts'
import { tokenHash } from './token.ts'

/** The way out for mail; a server without one makes links and says that they were not sent. */
export type Outgoing = Pick<Transport, 'send'> | undefined

const becomes: Record<Fate['kind'], LinkMail> = {
  accepted: 'sent',
  refused: 'refused',
  unknown: 'unknown',
  deferred: 'not sent',
  unreached: 'not sent',
}

export async function mailStaffLink(
  { stores, clock, baseUrl }: Context,
  outgoing: Outgoing,
  { to, by, link, purpose }: { to: StaffMember; by: StaffLetter['by']; link: string; purpose: StaffLink['purpose'] },
): Promise<LinkMail> {
  const key = tokenHash(new URL(link).hash.slice(1))
  const note = async (mail: LinkMail, detail: string): Promise<LinkMail> => {
    await stores.identity.withTx((tx) => setLinkMail(tx, key, mail, detail))
    return mail
  }
  if (!outgoing) return await note('not sent', 'this server sends no mail')
  // Before it goes: should the server stop in the middle, nobody knows.
  await note('unknown', 'the server stopped while the mail was in its hands')
  const fate = await outgoing.send({
    ...composeStaffMail({ purpose, language: to.language, name: to.name, by, link }),
    to: to.address,
    toName: to.name,
    fromName: 'Nameting',
    messageId: `<${tokenHash(key).slice(0, 32)}@${new URL(baseUrl).hostname}>`,
    date: clock.now(),
  })
  return await note(becomes[fate.kind], fate.detail)
}
