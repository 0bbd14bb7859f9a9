/** Keeps a page of a list that came as a form. Newer answers are never passed over unasked. */
import { createHash } from 'node:crypto'
import type { Context } from '../context.ts'
import { Refusal } from '../refusal.ts'
import { participantIn } from '../workflow/open-session.ts'
import { packetOf } from '../workflow/packet.ts'
import { assignmentToFillIn, saveDraft } from '../workflow/save-draft.ts'
import { studyOfParticipant } from '../workflow/study-of-participant.ts'
import type { Drawing, Fields, PostedPage, Start } from './drawing.ts'

export type Listed = Start & { packet: NonNullable<Start['packet']>; list: NonNullable<Start['list']> }

/** The list as it is now, with the packet that it is in. Refuses whatever stands in the way. */
export async function startOf(context: Context, session: string | undefined, id: string): Promise<Listed> {
  const participant = await participantIn(context, session)
  const [packet, list] = await Promise.all([packetOf(context, participant), assignmentToFillIn(context, participant, id)])
  return { packet, list }
}

export interface Visit {
  session: string | undefined
  /** Of the list. */
  id: string
  /** The sealed item that the page let one answer anew. */
  anew: string | undefined
}

/** `isRepeat`: the very same page came before, by a button that was pressed twice or a page that was loaded anew. */
export type Kept = { posted: PostedPage; isRepeat: boolean; name: string } | { held: Listed }

/** How often answers may have become newer between reading and keeping, before this is given up. */
const patience = 5

/**
 * What stood on the page goes on top of what is kept. When something newer is kept than what the page was drawn from, only what is
 * not answered otherwise there goes in by itself; else nothing is kept, and `held` is the page that asks which answers count.
 */
export async function keepPosted(context: Context, drawing: Drawing, visit: Visit, fields: Fields): Promise<Kept> {
  const { session, id, anew } = visit
  const name = createHash('sha256').update(JSON.stringify(fields)).digest('base64url')
  let newer: { savedAt: string; save: string | null } | null | undefined
  for (let tries = 0; ; tries++) {
    const start = { ...(await startOf(context, session, id)), ...(anew !== undefined && { anew }) }
    const posted = drawing.readPosted(start, fields)
    if (!posted) throw new Refusal('not-found')
    if (newer && posted.differs.length > 0) return { held: await holding(context, start, posted, fields, newer.savedAt, session) }
    const now = start.list.draft?.revision ?? 0
    const { answers, sealed, page, revision } = posted
    try {
      await saveDraft(context, { session }, id, {
        revision: newer === undefined ? (revision ?? -1) : now,
        answers,
        sealed,
        page,
        save: name,
      })
      return { posted, isRepeat: false, name }
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== 'draft-outdated' || tries === patience) throw error
      newer = error.details.current as typeof newer
      if (newer?.save === name || newer?.save === moved(name)) return { posted, isRepeat: true, name }
    }
  }
}

/** What the save is called by which a page leads to another one. */
export const moved = (name: string): string => `${name}+`

/** Names of the fields that say what is to be done; see client/survey/posting.ts. */
export const stepField = 'list-step'
const ofTheForm = [stepField, 'list-then', 'list-revision']

/** The page on which one chooses. Of what is kept it tells how many items are answered, and when that was. */
async function holding(
  context: Context,
  { packet, list }: Listed,
  { step, filledIn }: PostedPage,
  fields: Fields,
  savedAt: string,
  session: string | undefined,
): Promise<Listed> {
  const { protocol } = await studyOfParticipant(context.stores.study.read, context, await participantIn(context, session))
  const { revision = 0, answers = {}, sealed = [] } = list.draft ?? {}
  return {
    packet,
    list,
    held: {
      fields: fields.filter(([name]) => !ofTheForm.includes(name)),
      wanted: `${step.does} ${step.of}`.trim(),
      revision,
      here: filledIn,
      there: Object.keys(answers).length + sealed.length,
      savedAt,
      timeZone: protocol.timeZone,
    },
  }
}
