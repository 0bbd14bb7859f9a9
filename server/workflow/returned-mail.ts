/** Mails that came back, as staff give them at the desk: whose they are, and what becomes of them. */
import { type Reach, reaches } from '../access/roles.ts'
import type { Context } from '../context.ts'
import { findCase } from '../queries/cases.ts'
import type { Message } from '../queries/messages.ts'
import { findParticipant } from '../queries/participants.ts'
import { recordAccess } from './record-access.ts'
import { messagesAbout, type NoticeOutcome, takeNotice } from './take-notice.ts'
import { trying } from './trying.ts'

interface Giving {
  studyId: string
  /** Where mail may be handled: what is out of reach is of no mail here. */
  within: Reach
  /** Each as it came, with its head. */
  mails: readonly string[]
}

export interface ReturnedMail {
  outcome: NoticeOutcome
  /** Whether the address that somebody has now is refused by it. */
  addressRefused: boolean
  messages: { code: string; role: string; number: number; wave: string; message: string; sentAt: string | null }[]
}

/** What would become of each; nothing of it stays. */
export async function tryReturnedMail(context: Context, giving: Giving): Promise<ReturnedMail[]> {
  const shown = await takeEach(trying(context), giving)
  const seen = new Set<string>()
  // Each is tried out by itself. What the first of them makes of a mail the next one about the same mail would find done.
  return shown.map((one) => {
    if (one.outcome !== 'returned') return one
    const isNews = one.messages.filter((message) => !seen.has(JSON.stringify(message)))
    for (const message of isNews) seen.add(JSON.stringify(message))
    return isNews.length > 0 ? one : { ...one, outcome: 'known', addressRefused: false }
  })
}

/** Takes each. The access log tells of every case that one is about, or that none is. */
export async function takeReturnedMail(context: Context, staffId: string, giving: Giving): Promise<ReturnedMail[]> {
  const taken = await takeEach(context, giving)
  const { studyId } = giving
  const touched = new Set(await casesOf(context, giving))
  for (const caseId of touched.size > 0 ? touched : [null])
    await recordAccess(context, { staffId, action: 'took returned mail', outcome: 'allowed', studyId, caseId })
  return taken
}

async function takeEach(context: Context, giving: Giving): Promise<ReturnedMail[]> {
  const all: ReturnedMail[] = []
  for (const mail of giving.mails) {
    const raw = Buffer.from(mail)
    const messages = await theirs(context, giving, raw)
    const isTheirs = ({ id }: Message) => messages.some((one) => one.id === id)
    const { outcome, addressRefused } = await takeNotice(context, raw, isTheirs)
    all.push({ outcome, addressRefused, messages: await Promise.all(messages.map((message) => described(context, message))) })
  }
  return all
}

async function casesOf(context: Context, giving: Giving): Promise<string[]> {
  const found = await Promise.all(giving.mails.map((mail) => theirs(context, giving, Buffer.from(mail))))
  return found.flat().map(({ caseId }) => caseId)
}

/** The messages that a mail is about, as far as whoever gives it may handle them. */
async function theirs({ stores }: Context, { studyId, within }: Giving, raw: Uint8Array): Promise<Message[]> {
  const db = stores.study.read
  const found: Message[] = []
  for (const message of (await messagesAbout(db, raw)).filter((one) => one.studyId === studyId)) {
    const its = await findCase(db, message.caseId)
    if (its && reaches(within, its.region)) found.push(message)
  }
  return found
}

async function described({ stores }: Context, { caseId, participantId, wave, kind, claimedAt }: Message) {
  const db = stores.study.read
  const [its, person] = [await findCase(db, caseId), await findParticipant(db, participantId)]
  return { code: its?.code ?? '', role: person?.role ?? '', number: person?.number ?? 0, wave, message: kind, sentAt: claimedAt }
}
