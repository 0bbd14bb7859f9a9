/** What a new plan of a case changes, as staff are shown it: mail by mail, and lists by person and wave. */
import type { Changes } from '../../protocols/changes.ts'
import { compare } from '../../protocols/local-time.ts'
import type { Context } from '../context.ts'
import { assignmentsOfCase } from '../queries/assignments.ts'
import { messagesOfCase } from '../queries/messages.ts'

export interface DescribedChanges {
  mails: (Whose & { kind: string; from: string | null; to: string | null })[]
  lists: (Whose & { instruments: string[]; from: Window | null; to: Window | null })[]
}

/** `role`: also of somebody who is not there yet. */
interface Whose {
  participant: string
  role: string | null
  wave: string
}

interface Window {
  opensAt: string
  closesAt: string
}

/** `from` null: it is new; `to` null: it is called off. In order of time. `changes` may have been applied or only tried out. */
export async function describeChanges(
  { stores }: Pick<Context, 'stores'>,
  caseId: string,
  changes: Changes | null,
): Promise<DescribedChanges> {
  const db = stores.study.read
  if (!changes) return { mails: [], lists: [] }
  const { add, move, cancel } = changes
  const [messages, assignments] = [await messagesOfCase(db, caseId), await assignmentsOfCase(db, caseId)]
  const message = (id: string) => messages.find((one) => one.id === id)
  const assignment = (id: string) => assignments.find((one) => one.id === id)
  const mails = [
    ...add.messages.map(({ participant, role, wave, kind, at }) => ({ participant, role, wave, kind, from: null, to: at })),
    ...move.messages.flatMap(({ id, from, to }) => {
      const found = message(id)
      return found ? [{ ...whose(found), kind: found.kind, from: from.state === 'planned' ? from.at : null, to: to.at }] : []
    }),
    ...cancel.messages.flatMap(({ id }) => {
      const found = message(id)
      return found ? [{ ...whose(found), kind: found.kind, from: found.dueAt, to: null }] : []
    }),
  ]
  const lists = [
    ...add.assignments.map(({ participant, role, wave, instrument, opensAt, closesAt }) => ({
      participant,
      role,
      wave,
      instrument: instrument.id,
      from: null,
      to: { opensAt, closesAt },
    })),
    ...move.assignments.flatMap(({ id, from, to }) => {
      const found = assignment(id)
      return found ? [{ ...whose(found), instrument: found.instrumentId, from: windowOf(from), to: windowOf(to) }] : []
    }),
    ...cancel.assignments.flatMap(({ id }) => {
      const found = assignment(id)
      return found ? [{ ...whose(found), instrument: found.instrumentId, from: windowOf(found), to: null }] : []
    }),
  ]
  return {
    mails: mails.toSorted((a, b) => compare(a.to ?? a.from ?? '', b.to ?? b.from ?? '')),
    lists: perPacket(lists).toSorted((a, b) => compare((a.to ?? a.from)?.opensAt ?? '', (b.to ?? b.from)?.opensAt ?? '')),
  }
}

const whose = ({ participantId, wave }: { participantId: string; wave: string }): Whose => ({
  participant: participantId,
  role: null,
  wave,
})

const windowOf = ({ opensAt, closesAt }: Window): Window => ({ opensAt, closesAt })

type List = Omit<DescribedChanges['lists'][number], 'instruments'> & { instrument: string }

/** One line for all lists of a person in a wave to which the same happens. */
function perPacket(lists: List[]): DescribedChanges['lists'] {
  const alike = Map.groupBy(lists, ({ participant, wave, from, to }) => JSON.stringify([participant, wave, from, to]))
  return [...alike.values()].flatMap((same) => {
    const [first] = same
    if (!first) return []
    const { instrument: _, ...rest } = first
    return [{ ...rest, instruments: [...new Set(same.map(({ instrument }) => instrument))] }]
  })
}
