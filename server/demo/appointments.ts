/** Families come in, a sample of them is drawn, and everybody notes when they will do what they mean to. */
import { atLocalTime, localDay } from '../../protocols/local-time.ts'
import type { Context } from '../context.ts'
import { type Assignment, assignmentsOfCase } from '../queries/assignments.ts'
import { findCaseByCode } from '../queries/cases.ts'
import { participantsOfCase } from '../queries/participants.ts'
import type { Study } from '../queries/studies.ts'
import { addParticipant } from '../workflow/add-participant.ts'
import { drawSample } from '../workflow/draw-sample.ts'
import { matchCase } from '../workflow/match-case.ts'
import { registerCases } from '../workflow/register-cases.ts'
import { wantReminders } from '../workflow/want-reminders.ts'
import { type Family, interviewer, seed } from './families.ts'
import type { Intention } from './intentions.ts'
import { interviewOf } from './office-work.ts'

export interface Appointment {
  /** The local day, `YYYY-MM-DD`, and the moment. */
  on: string
  at: string
  caseId: string
  participantId: string
  family: Family
  intention: Intention
}

/** Whoever works on many families has a page with all of them, and asked for no reminders. */
const remembering = ['coordinator', 'file-researcher']

/** Registers families that came in today and notes when each of their people will sit down to answer. */
export async function register(
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
  const appointments: Appointment[] = []
  for (const family of families) {
    const caseId = cases.get(family.entry.code) as string
    if (family.stage === 'shadow') await match(context, study, family)
    const people = await participantsOfCase(db, caseId)
    for (const { id, role } of people) if (remembering.includes(role)) await wantReminders(context, { id }, false)
    const assignments = await assignmentsOfCase(db, caseId)
    for (const intention of intentions.filter(({ family: number }) => number === family.number)) {
      const entry = family.entry.participants[intention.participant]
      const person = people.find(({ role, sex }) => role === entry?.role && sex === (entry?.sex ?? null))
      const asked = assignments.find(({ participantId, wave }) => participantId === person?.id && wave === intention.wave)
      if (!person || !asked) throw new Error(`${family.entry.code} has nobody to do ${JSON.stringify(intention)}`)
      appointments.push(appointment(context, timeZone, { caseId, participantId: person.id, family, intention }, asked))
    }
  }
  return appointments
}

function appointment(context: Context, timeZone: string, whose: Omit<Appointment, 'on' | 'at'>, { opensAt }: Assignment): Appointment {
  const { afterDays, hour } = whose.intention
  const [today, opens] = [context.clock.now(), opensAt].map((moment) => localDay(moment, timeZone)) as [
    Temporal.PlainDate,
    Temporal.PlainDate,
  ]
  const day = (Temporal.PlainDate.compare(opens, today) < 0 ? today : opens).add({ days: afterDays })
  return { ...whose, on: day.toString(), at: atLocalTime(day, `${hour}:30`, timeZone) }
}

/** Each shadow case is compared with a family that came to a conference. */
async function match(context: Context, study: Study, { entry, number }: Family): Promise<void> {
  const met = ['same-referrer', 'child-protection', 'question', 'decision-time']
  await matchCase(
    context,
    { study: study.id, code: entry.code },
    { index: `EK-${String(1 + (number % 10)).padStart(3, '0')}`, met, notMet: ['child-age'], notes: {} },
  )
}

/** Draws the families who are interviewed, and gives each an interviewer. They come when nine months have passed. */
export async function sampleInterviews(context: Context, study: Study, families: Family[], timeZone: string): Promise<Appointment[]> {
  const { cases } = await drawSample(context, { study: study.id, name: 'interviews' }, { seed })
  const db = context.stores.study.read
  const appointments: Appointment[] = []
  for (const { code } of cases.filter(({ state }) => state === 'in')) {
    const family = families.find(({ entry }) => entry.code === code)
    const found = await findCaseByCode(db, study.id, code)
    if (!family || !found) throw new Error(`${code} was drawn, and is no family of the demonstration`)
    await addParticipant(context, { study: study.id, code }, interviewer(family.number))
    const person = (await participantsOfCase(db, found.id)).find(({ role }) => role === 'interviewer')
    const asked = (await assignmentsOfCase(db, found.id)).find(({ wave }) => wave === 'FU9')
    if (!person || !asked) throw new Error(`${code} has no nine months to be interviewed after`)
    const intention = interviewOf(family, family.entry.participants.length)
    appointments.push(appointment(context, timeZone, { caseId: found.id, participantId: person.id, family, intention }, asked))
  }
  return appointments
}
