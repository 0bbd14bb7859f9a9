/**
 * Makes the demonstration by living through it: day by day families are registered, the ticker sends its mails over SMTP,
 * and invented people follow the links in them. Nothing is inserted behind the back of the workflows.
 */
import { atLocalTime, localDay } from '../../protocols/local-time.ts'
import type { Context } from '../context.ts'
import { protocolOf } from '../definitions/protocol-of-study.ts'
import type { Transport } from '../mail/transport.ts'
import { assignmentsOfCase } from '../queries/assignments.ts'
import { participantsOfCase } from '../queries/participants.ts'
import type { Study } from '../queries/studies.ts'
import { openStudy } from '../workflow/open-study.ts'
import { registerCases } from '../workflow/register-cases.ts'
import { tick } from '../workflow/tick.ts'
import type { DemoClock } from './demo-clock.ts'
import { type Family, inventFamilies } from './families.ts'
import { type Intention, inventIntentions } from './intentions.ts'
import type { Mailbox } from './mailbox.ts'
import { act } from './respondent.ts'

export const studyId = 'demonstration'

export interface Seeding {
  context: Context
  clock: DemoClock
  mailbox: Mailbox
  transport: Transport
  /** The moment at which the visitor comes in; nothing happens after it. */
  until: string
  report(progress: Progress): void
}

export interface Progress {
  day: string
  /** From 0 to 1. */
  share: number
  families: number
  mails: number
  answered: number
}

interface Appointment {
  at: string
  caseId: string
  participantId: string
  intention: Intention
}

/** First and last steps of a day of the office; mail goes out at the protocol's own hour. */
const registrationHour = '09:00'

/** The moment at which the clock starts: the beginning of the day on which the first family is referred. */
export const firstMoment = (until: string): string => `${firstDay(until)}T00:00:00.000Z`

const firstDay = (until: string): string => inventFamilies(until.slice(0, 10))[0]?.registeredOn ?? until.slice(0, 10)

/** Opens the study and lives through it up to `until`. Throws when anything does not go as an ordinary day would. */
export async function seedStudy({ context, clock, mailbox, transport, until, report }: Seeding): Promise<Study> {
  const study = await openDemonstrationStudy(context)
  const { timeZone, messages } = protocolOf(context.definitions, study, clock.now())
  const lastDay = localDay(until, timeZone)
  const families = inventFamilies(until.slice(0, 10))
  const intentions = inventIntentions(families)
  const appointments: Appointment[] = []
  let answered = 0
  const start = Temporal.PlainDate.from(firstDay(until))
  const days = start.until(lastDay).days

  const comeTo = (moment: string): boolean => {
    if (moment > until) return false
    if (moment > clock.now()) clock.setAhead(moment)
    return true
  }

  for (let passed = 0; passed <= days; passed++) {
    const day = start.add({ days: passed })
    const arriving = families.filter(({ registeredOn }) => registeredOn === day.toString())
    if (arriving.length > 0 && comeTo(atLocalTime(day, registrationHour, timeZone)))
      appointments.push(...(await register(context, study, arriving, intentions, timeZone)))
    if (comeTo(atLocalTime(day, messages.hour, timeZone))) await tick(context, { transport })
    const today = appointments.filter(({ at }) => localDay(at, timeZone).equals(day)).sort((a, b) => (a.at < b.at ? -1 : 1))
    for (const { at, caseId, participantId, intention } of today)
      if (comeTo(at)) answered += await act(context, mailbox, participantId, caseId, intention)
    report({
      day: day.toString(),
      share: days === 0 ? 1 : passed / days,
      families: families.filter(({ registeredOn }) => registeredOn <= day.toString()).length,
      mails: mailbox.list().length,
      answered,
    })
  }
  comeTo(until)
  return study
}

/** The questionnaires alone: the invented families have no files and nobody to interview them. */
const demonstrated = 'familie-aan-zet@0.1.0-standin'

function openDemonstrationStudy(context: Context): Promise<Study> {
  return openStudy(context, {
    id: studyId,
    title: 'Hoe gaat het na de conferentie? (demonstratie)',
    organisation: 'Onderzoeksgroep Voorbeeld',
    contact: 'onderzoek@voorbeeld.example',
    demonstration: true,
    standInsAcceptedBy: null,
    protocol: demonstrated,
  })
}

/** Registers families that came in today and notes when each of their people will sit down to answer. */
async function register(
  context: Context,
  study: Study,
  families: Family[],
  intentions: Intention[],
  timeZone: string,
): Promise<Appointment[]> {
  const { cases, problems } = await registerCases(
    context,
    study,
    families.map(({ entry }) => entry),
  )
  if (problems.length > 0) throw new Error(`The invented families do not fit the protocol: ${JSON.stringify(problems[0])}`)
  const db = context.stores.study.read
  const today = localDay(context.clock.now(), timeZone)
  const appointments: Appointment[] = []
  for (const family of families) {
    const caseId = cases.get(family.entry.code) as string
    const people = await participantsOfCase(db, caseId)
    const assignments = await assignmentsOfCase(db, caseId)
    for (const intention of intentions.filter(({ family: number }) => number === family.number)) {
      const entry = family.entry.participants[intention.participant]
      const person = people.find(({ role, sex }) => role === entry?.role && sex === (entry?.sex ?? null))
      const asked = assignments.find(({ participantId, wave }) => participantId === person?.id && wave === intention.wave)
      if (!person || !asked) throw new Error(`${family.entry.code} has nobody to do ${JSON.stringify(intention)}`)
      const opens = localDay(asked.opensAt, timeZone)
      const invited = Temporal.PlainDate.compare(opens, today) < 0 ? today : opens
      const at = atLocalTime(invited.add({ days: intention.afterDays }), `${intention.hour}:30`, timeZone)
      appointments.push({ at, caseId, participantId: person.id, intention })
    }
  }
  return appointments
}
