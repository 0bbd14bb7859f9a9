/**
 * Makes the demonstration by living through it: day by day families are registered, the ticker sends its mails over SMTP,
 * and invented people follow the links in them. Nothing is inserted behind the back of the workflows.
 */
import { atLocalTime, localDay } from '../../protocols/local-time.ts'
import type { Context } from '../context.ts'
import { protocolOf } from '../definitions/protocol-of-study.ts'
import type { Transport } from '../mail/transport.ts'
import type { Study } from '../queries/studies.ts'
import { openStudy } from '../workflow/open-study.ts'
import { tick } from '../workflow/tick.ts'
import { type Appointment, register, sampleInterviews } from './appointments.ts'
import { callByHand } from './call-by-hand.ts'
import type { DemoClock } from './demo-clock.ts'
import { inventFamilies } from './families.ts'
import { inventIntentions } from './intentions.ts'
import type { Mailbox } from './mailbox.ts'
import { inventOfficeWork } from './office-work.ts'
import { inventOtherFamilies } from './other-families.ts'
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

/** When ten families are drawn for the interviews: before the first of them has come to its nine months. */
const drawnDaysAgo = 135

/** When whoever has no mail address was called, in vain. */
const callingHour = '19:00'

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
  const today = until.slice(0, 10)
  const followed = inventFamilies(today)
  const others = inventOtherFamilies(today, followed.length)
  const families = [...followed, ...others]
  const intentions = [...inventIntentions(followed), ...inventOfficeWork(families)]
  const appointments: Appointment[] = []
  let answered = 0
  const start = Temporal.PlainDate.from(firstDay(until))
  const days = start.until(lastDay).days
  const calledOn = lastDay.subtract({ days: 2 })
  const drawnOn = lastDay.subtract({ days: drawnDaysAgo })

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
    if (day.equals(drawnOn)) appointments.push(...(await sampleInterviews(context, study, followed, timeZone)))
    if (comeTo(atLocalTime(day, messages.hour, timeZone))) await tick(context, { transport })
    const due = appointments.filter(({ on }) => on === day.toString()).sort((a, b) => (a.at < b.at ? -1 : 1))
    for (const { at, caseId, participantId, intention, family } of due)
      if (comeTo(at)) answered += await act(context, mailbox, participantId, caseId, intention, family)
    if (day.equals(calledOn) && comeTo(atLocalTime(day, callingHour, timeZone))) await callByHand(context, study, followed, until, timeZone)
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

const demonstrated = 'familie-aan-zet@0.5.2-standin'

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
