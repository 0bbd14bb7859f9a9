/** A case as it is shared: other pseudonyms, dates counted from its first, ages for months and days of birth, and no free text. */
import { isFreeText } from '../../../instruments/identifying.ts'
import { itemsOf, type QuestionItem } from '../../../instruments/items.ts'
import { isRecords } from '../../../instruments/records.ts'
import type { Answers, Instrument, SimpleAnswer } from '../../../instruments/schema.ts'
import type { ExportAssignment, ExportCase, ExportResponse } from '../../queries/export-rows.ts'
import type { Participant } from '../../queries/participants.ts'
import type { PlannedInstrument } from '../plan.ts'
import { type Ages, bandOf, yearsTo } from './age.ts'
import { firstDay, fromDayZero } from './day-zero.ts'
import type { Disguise } from './disguise.ts'
import type { Fates } from './fates.ts'
import type { Identifiers } from './identifiers.ts'
import type { ToldScores } from './told-scores.ts'

/** By what a case is disguised. */
export interface Means extends Disguise {
  instruments: readonly PlannedInstrument[]
  /** In which a moment is of a day. */
  timeZone: string
  ages: Ages
  identifiers: Identifiers
  told: ToldScores
  fates: Fates
}

/** What becomes of dates and ages of one case. */
interface Calendar extends Pick<Means, 'identifiers' | 'told'> {
  /** A moment or date as the day, of those that begin with the first date of the case. */
  dated<Moment extends string | null>(moment: Moment): Moment
  /** Of who was born on a day, at the first date of the case; a number of years, or the name of a band. */
  age(born: string): number | string
}

/**
 * Of `children` what is left are ages in whole years or bands, as text; '' where they are not known. Moments are days, without the time of day.
 * What goes by the calendar (the day of a wave, and when a list opened and closed) is '', for from the length of months follows which
 * months they were. A list of which no fate is told has no beginning either: whether it was begun is a clue to the day of the export.
 */
export function sharedCase(whole: ExportCase, means: Means): ExportCase {
  const { pseudonym, instruments, timeZone, ages, fates } = means
  const first = firstDay(whole.anchors, whole.registeredAt, timeZone)
  const calendar: Calendar = {
    ...means,
    dated: (moment) => fromDayZero(moment, first, timeZone),
    age: (born) => (ages === 'bands' ? bandOf(yearsTo(first, born)) : yearsTo(first, born)),
  }
  const { dated } = calendar
  const person = (participant: Participant): Participant => ({ ...participant, id: pseudonym('participant', participant.id) })
  const versions = new Map(instruments.flatMap(({ id, versions }) => versions.map((one) => [`${id} ${one.version}`, one] as const)))
  return {
    ...whole,
    code: pseudonym('case', whole.id),
    indexCase: whole.indexCase === null || whole.indexCaseId === null ? null : pseudonym('case', whole.indexCaseId),
    registeredAt: '',
    anchors: Object.fromEntries(Object.entries(whole.anchors).map(([name, date]) => [name, dated(date)])),
    children: childAges(whole, ages),
    participants: whole.participants.map(person),
    assignments: whole.assignments.map(
      (one): ExportAssignment => ({
        ...one,
        id: pseudonym('assignment', one.id),
        target: '',
        opensAt: '',
        closesAt: '',
        startedAt: fates.isHidden(one.state) ? null : dated(one.startedAt),
        endedAt: null,
        participant: person(one.participant),
        about: one.about && person(one.about),
        response:
          one.response &&
          sharedResponse(
            one.response,
            pseudonym('response', one.response.id),
            calendar,
            versions.get(`${one.instrumentId} ${one.instrumentVersion}`),
          ),
      }),
    ),
  }
}

/** Of its children at the first date of a case, as text; '' where they are not known. */
function childAges({ anchors, children }: Pick<ExportCase, 'anchors' | 'children'>, ages: Ages): string[] {
  const [first = null] = Object.values(anchors).sort()
  return children.map((born) => (first === null ? '' : ages === 'bands' ? bandOf(yearsTo(first, born)) : String(yearsTo(first, born))))
}

/** Only answers to items of the instrument, so that what nobody thought of stays behind. */
const sharedResponse = (response: ExportResponse, id: string, calendar: Calendar, instrument: Instrument | undefined): ExportResponse => ({
  ...response,
  id,
  submittedAt: calendar.dated(response.submittedAt),
  answeredOn: calendar.dated(response.answeredOn),
  enteredBy: null,
  // It says when a translation was read over, and nothing else that the language does not.
  translation: null,
  changes: [],
  scores: instrument ? calendar.told.without(response.scores, instrument) : new Map(),
  answers: instrument ? sharedAnswers(response.answers, instrument, calendar) : {},
})

function sharedAnswers(answers: Answers, instrument: Instrument, calendar: Calendar): Answers {
  const shared: Answers = {}
  for (const item of itemsOf(instrument)) {
    const answer = answers[item.name]
    if (answer === undefined) continue
    if (item.kind === 'records') {
      if (!isRecords(answer)) continue
      shared[item.name] = answer.map((record) => {
        const kept = item.items.flatMap((inner) => keptEntry(inner, record[inner.name], calendar))
        return Object.fromEntries(kept) as typeof record
      })
    } else for (const [name, kept] of keptEntry(item, answer as SimpleAnswer, calendar)) shared[name] = kept
  }
  return shared
}

/** Nothing for what is left out. */
function keptEntry<Kept extends Answers[string]>(item: QuestionItem, answer: Kept | undefined, calendar: Calendar): [string, Kept][] {
  if (answer === undefined || isFreeText(item) || calendar.identifiers.isLeftOut(item)) return []
  return [[item.name, replaced(item, answer, calendar) as Kept]]
}

function replaced(item: QuestionItem, answer: Answers[string], { identifiers, age, dated }: Calendar): Answers[string] {
  if (identifiers.isOfBirth(item)) return age(String(answer))
  return item.question.inputType === 'date' ? dated(String(answer)) : answer
}
