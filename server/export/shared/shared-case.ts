/** A case as it is shared: other pseudonyms, dates moved, ages for months of birth, and no free text. */
import { itemsOf, type QuestionItem } from '../../../instruments/items.ts'
import { isRecords } from '../../../instruments/records.ts'
import type { Answers, Instrument, SimpleAnswer } from '../../../instruments/schema.ts'
import type { ExportAssignment, ExportCase, ExportResponse } from '../../queries/export-rows.ts'
import type { Participant } from '../../queries/participants.ts'
import type { PlannedInstrument } from '../plan.ts'
import { type Disguise, earlier } from './disguise.ts'

/** Of `children` what is left are ages in whole years, as text; '' where they are not known. */
export function sharedCase(whole: ExportCase, { pseudonym, daysBack }: Disguise, instruments: readonly PlannedInstrument[]): ExportCase {
  const days = daysBack(whole.id)
  const [first = null] = Object.values(whole.anchors).sort()
  const person = (participant: Participant): Participant => ({ ...participant, id: pseudonym('participant', participant.id) })
  const versions = new Map(instruments.flatMap(({ id, versions }) => versions.map((one) => [`${id} ${one.version}`, one] as const)))
  return {
    ...whole,
    code: pseudonym('case', whole.id),
    indexCase: whole.indexCaseId && pseudonym('case', whole.indexCaseId),
    registeredAt: earlier(whole.registeredAt, days),
    anchors: Object.fromEntries(Object.entries(whole.anchors).map(([name, date]) => [name, earlier(date, days)])),
    children: whole.children.map((born) => ageAt(born, first)),
    participants: whole.participants.map(person),
    assignments: whole.assignments.map(
      (one): ExportAssignment => ({
        ...one,
        id: pseudonym('assignment', one.id),
        target: earlier(one.target, days),
        opensAt: earlier(one.opensAt, days),
        closesAt: earlier(one.closesAt, days),
        startedAt: earlier(one.startedAt, days),
        endedAt: earlier(one.endedAt, days),
        participant: person(one.participant),
        about: one.about && person(one.about),
        response:
          one.response &&
          sharedResponse(
            one.response,
            pseudonym('response', one.response.id),
            days,
            versions.get(`${one.instrumentId} ${one.instrumentVersion}`),
          ),
      }),
    ),
  }
}

/** Only answers to items of the instrument, so that what nobody thought of stays behind. */
const sharedResponse = (response: ExportResponse, id: string, days: number, instrument: Instrument | undefined): ExportResponse => ({
  ...response,
  id,
  submittedAt: earlier(response.submittedAt, days),
  answeredOn: earlier(response.answeredOn, days),
  enteredBy: null,
  changes: [],
  answers: instrument ? sharedAnswers(response.answers, instrument, days) : {},
})

function sharedAnswers(answers: Answers, instrument: Instrument, days: number): Answers {
  const shared: Answers = {}
  for (const item of itemsOf(instrument)) {
    const answer = answers[item.name]
    if (answer === undefined) continue
    if (item.kind === 'records') {
      if (!isRecords(answer)) continue
      shared[item.name] = answer.map((record) => {
        const kept = item.items.flatMap((inner) => keptEntry(inner, record[inner.name], days))
        return Object.fromEntries(kept) as typeof record
      })
    } else for (const [name, kept] of keptEntry(item, answer as SimpleAnswer, days)) shared[name] = kept
  }
  return shared
}

/** Nothing for free text. */
function keptEntry<Kept extends Answers[string]>(item: QuestionItem, answer: Kept | undefined, days: number): [string, Kept][] {
  if (answer === undefined || isFreeText(item)) return []
  return [[item.name, item.question.inputType === 'date' ? (earlier(String(answer), days) as Kept) : answer]]
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
