/** A case as it is shared: other pseudonyms, dates counted from its first, ages for months of birth, and no free text. */
import { itemsOf, type QuestionItem } from '../../../instruments/items.ts'
import { isRecords } from '../../../instruments/records.ts'
import type { Answers, Instrument, SimpleAnswer } from '../../../instruments/schema.ts'
import type { ExportAssignment, ExportCase, ExportResponse } from '../../queries/export-rows.ts'
import type { Participant } from '../../queries/participants.ts'
import type { PlannedInstrument } from '../plan.ts'
import { firstDay, fromDayZero } from './day-zero.ts'
import type { Disguise } from './disguise.ts'

/** By what a case is disguised. */
export interface Means extends Disguise {
  instruments: readonly PlannedInstrument[]
  /** In which a moment is of a day. */
  timeZone: string
}

/** A moment or date as the day, of those that begin with the first date of the case. */
type Dated = <Moment extends string | null>(moment: Moment) => Moment

/**
 * Of `children` what is left are ages in whole years, as text; '' where they are not known. Moments are days, without the time of day.
 * What goes by the calendar (the day of a wave, and when a list opened and closed) is '', for from the length of months follows which
 * months they were. What is not over yet has no beginning: whether it was begun is a clue to the day of the export.
 */
export function sharedCase(whole: ExportCase, { pseudonym, instruments, timeZone }: Means): ExportCase {
  const first = firstDay(whole.anchors, whole.registeredAt, timeZone)
  const dated: Dated = (moment) => fromDayZero(moment, first, timeZone)
  const [firstAnchor = null] = Object.values(whole.anchors).sort()
  const person = (participant: Participant): Participant => ({ ...participant, id: pseudonym('participant', participant.id) })
  const versions = new Map(instruments.flatMap(({ id, versions }) => versions.map((one) => [`${id} ${one.version}`, one] as const)))
  return {
    ...whole,
    code: pseudonym('case', whole.id),
    indexCase: whole.indexCaseId && pseudonym('case', whole.indexCaseId),
    registeredAt: '',
    anchors: Object.fromEntries(Object.entries(whole.anchors).map(([name, date]) => [name, dated(date)])),
    children: whole.children.map((born) => ageAt(born, firstAnchor)),
    participants: whole.participants.map(person),
    assignments: whole.assignments.map(
      (one): ExportAssignment => ({
        ...one,
        id: pseudonym('assignment', one.id),
        target: '',
        opensAt: '',
        closesAt: '',
        startedAt: isPending(one.state) ? null : dated(one.startedAt),
        endedAt: null,
        participant: person(one.participant),
        about: one.about && person(one.about),
        response:
          one.response &&
          sharedResponse(
            one.response,
            pseudonym('response', one.response.id),
            dated,
            versions.get(`${one.instrumentId} ${one.instrumentVersion}`),
          ),
      }),
    ),
  }
}

/** Of an assignment, or of a cell: not over yet. */
export const isPending = (state: unknown): boolean => state === 'scheduled' || state === 'open' || state === 'in progress'

/** Only answers to items of the instrument, so that what nobody thought of stays behind. */
const sharedResponse = (response: ExportResponse, id: string, dated: Dated, instrument: Instrument | undefined): ExportResponse => ({
  ...response,
  id,
  submittedAt: dated(response.submittedAt),
  answeredOn: dated(response.answeredOn),
  enteredBy: null,
  changes: [],
  answers: instrument ? sharedAnswers(response.answers, instrument, dated) : {},
})

function sharedAnswers(answers: Answers, instrument: Instrument, dated: Dated): Answers {
  const shared: Answers = {}
  for (const item of itemsOf(instrument)) {
    const answer = answers[item.name]
    if (answer === undefined) continue
    if (item.kind === 'records') {
      if (!isRecords(answer)) continue
      shared[item.name] = answer.map((record) => {
        const kept = item.items.flatMap((inner) => keptEntry(inner, record[inner.name], dated))
        return Object.fromEntries(kept) as typeof record
      })
    } else for (const [name, kept] of keptEntry(item, answer as SimpleAnswer, dated)) shared[name] = kept
  }
  return shared
}

/** Nothing for free text. */
function keptEntry<Kept extends Answers[string]>(item: QuestionItem, answer: Kept | undefined, dated: Dated): [string, Kept][] {
  if (answer === undefined || isFreeText(item)) return []
  return [[item.name, item.question.inputType === 'date' ? (dated(String(answer)) as Kept) : answer]]
}

/** A question that takes words. */
export const isFreeText = ({ question: { type, inputType } }: QuestionItem): boolean =>
  (type === 'text' || type === 'comment') && inputType !== 'number' && inputType !== 'date'

/** Whole years from a month `YYYY-MM` to a date, as text; a birthday in the month of that date has been. */
export function ageAt(born: string, date: string | null): string {
  if (date === null) return ''
  const months = (day: string): number => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7))
  return String(Math.max(0, Math.floor((months(date) - months(born)) / 12)))
}
