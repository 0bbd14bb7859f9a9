/** Somebody, or a child, who was added to a case by mistake is taken away again, while nothing was sent to them or said about them. */
import type { Changes } from '../../protocols/changes.ts'
import type { Context } from '../context.ts'
import { Failure } from '../failure.ts'
import { childrenOf } from '../queries/cases.ts'
import { consentsOf } from '../queries/consents.ts'
import { recordEvent } from '../queries/events.ts'
import { participantsOfCase } from '../queries/participants.ts'
import { deleteChild, deleteParticipant, deleteTicksOf, isUnderWay } from '../queries/removal.ts'
import type { CaseKey } from './add-participant.ts'
import { forgetContactData, leaving } from './contact-data.ts'
import { needCase } from './need-case.ts'
import { nameOf, type ParticipantKey, pickParticipant } from './pick-participant.ts'
import { replanCase } from './replan-case.ts'
import type { Told } from './told.ts'
import { isUntouched } from './untouched.ts'

export interface Removed {
  role: string
  number: number
  changes: Changes
}

/**
 * Takes somebody away with what was planned for them, what staff ticked about consents as they registered them (the event keeps that), and
 * then their contact data. Throws a Failure, and changes nothing, once anything
 * was sent to them or said by or about them, and for the only one of a case.
 */
export async function removeParticipant(
  context: Context,
  { study: studyId, code }: CaseKey,
  who: ParticipantKey,
  told: Told | { why: string },
): Promise<Removed> {
  const { found } = await needCase(context, studyId, code)
  const { id, ...removed } = await context.stores.study.withTx(async (tx) => {
    const all = await participantsOfCase(tx, found.id)
    const participant = pickParticipant(all, code, who)
    const { id, role, number } = participant
    if (all.length === 1)
      throw new Failure(
        `${nameOf(participant)} is the only one in ${code}: add whoever belongs there first. Nothing was changed.`,
        'last-participant',
      )
    if (!(await isUntouched(tx, found.id, participant, all)))
      throw new Failure(
        `Something was sent to ${nameOf(participant)} already, by mail or by hand, or said by or about them: record that they stop, or erase what there is of them. Nothing was changed.`,
        'participant-in-use',
      )
    const ticked = Object.fromEntries([...(await consentsOf(tx, id))].map(([purpose, { given }]) => [purpose, given]))
    await deleteTicksOf(tx, id)
    await deleteParticipant(tx, id)
    const at = context.clock.now()
    await leaving(tx, id, at)
    const detail = { role, number, ...(Object.keys(ticked).length > 0 && { ticked }), ...told }
    await recordEvent(tx, { at, studyId, caseId: found.id, kind: 'participant removed', detail })
    return { id, role, number, changes: await replanCase(tx, context, found.id) }
  })
  await forgetContactData(context, id)
  return removed
}

/**
 * Takes a child away and returns its number, which may be left out where one child was born in that month; those after it move up.
 * `birthMonth` is the month that whoever does it saw there: another one by now is another child. Throws a Failure, and changes nothing, for a child that is not there, and for the index child once anything was
 * sent or answered in the case: all lists are about that child.
 */
export async function removeChild(
  context: Context,
  { study: studyId, code }: CaseKey,
  { number: asked, birthMonth }: { number?: number | undefined; birthMonth: string },
  told: Told | { why: string },
): Promise<number> {
  const { found } = await needCase(context, studyId, code)
  return await context.stores.study.withTx(async (tx) => {
    const number = numberOf(await childrenOf(tx, found.id), asked, birthMonth, code)
    if (number === 1 && (await isUnderWay(tx, found.id)))
      throw new Failure(
        `The lists of ${code} are about its first child, and something was sent or answered: correct the month of birth instead. Nothing was changed.`,
        'index-child-in-use',
      )
    await deleteChild(tx, found.id, number)
    const detail = { number, birthMonth, ...told }
    await recordEvent(tx, { at: context.clock.now(), studyId, caseId: found.id, kind: 'child removed', detail })
    return number
  })
}

function numberOf(months: string[], asked: number | undefined, birthMonth: string, code: string): number {
  const born = months.flatMap((month, index) => (month === birthMonth ? [index + 1] : []))
  const [number] = born.filter((one) => asked === undefined || one === asked)
  if (number === undefined)
    throw new Failure(
      `${code} has no child ${asked ?? ''} that was born in ${birthMonth}. Nothing was changed.`.replace('  ', ' '),
      'no-child',
    )
  if (asked === undefined && born.length > 1)
    throw new Failure(
      `Children ${born.join(' and ')} of ${code} were born in ${birthMonth}: say with --number which one. Nothing was changed.`,
      'no-child',
    )
  return number
}
