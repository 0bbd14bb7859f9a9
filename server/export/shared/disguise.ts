/** How families are disguised in data that are shared: other pseudonyms, and dates moved by as much for all of a family. */
import { createHmac } from 'node:crypto'

/** What one key makes of ids. Who does not have the key can tie nothing of it to another export. */
export interface Disguise {
  /** 16 hexadecimal digits, the same for the same kind and id. */
  pseudonym(kind: 'case' | 'participant' | 'assignment' | 'response', id: string): string
  /** By how many days a case is moved back in time: 1 to 364, and no number of whole weeks, so that it does not keep its weekdays. */
  daysBack(caseId: string): number
}

const shifts = Array.from({ length: 364 }, (_, index) => index + 1).filter((days) => days % 7 !== 0)

export function disguise(key: string): Disguise {
  const hash = (kind: string, id: string): Buffer => createHmac('sha256', Buffer.from(key, 'hex')).update(`${kind}\n${id}`).digest()
  return {
    pseudonym: (kind, id) => hash(kind, id).toString('hex', 0, 8),
    daysBack: (caseId) => shifts[hash('days', caseId).readUInt32BE() % shifts.length] as number,
  }
}

const millisecondsADay = 86_400_000

/** A date `YYYY-MM-DD`, or a moment in UTC, so many days earlier. What is no date stays as it is. */
export function earlier<Moment extends string | null>(moment: Moment, days: number): Moment {
  if (moment === null) return moment
  const time = Date.parse(moment)
  if (Number.isNaN(time)) return moment
  return new Date(time - days * millisecondsADay).toISOString().slice(0, moment.length) as Moment
}
