/** The protocol of a study as staff read it: who is asked what when, and a calendar for one group on dates of their choice. */
import { formatReference } from '../../instruments/definition.ts'
import { calendar } from '../../protocols/calendar.ts'
import { exampleCase, groupsOf } from '../../protocols/example-case.ts'
import { parseDay } from '../../protocols/local-time.ts'
import { plan } from '../../protocols/plan.ts'
import type { Protocol, ScheduleRow } from '../../protocols/schema.ts'
import type { Context } from '../context.ts'
import { lastProtocolOf } from '../definitions/protocol-of-study.ts'
import type { Study } from '../queries/studies.ts'
import { Refusal } from '../refusal.ts'
import { inAllLanguages } from './browse-definitions.ts'
import { needStudy } from './open-study.ts'

/** `reference`: a version of its protocol; the latest that it adopted unless given. */
export async function protocolOfStudy(context: Context, studyId: string, reference?: string) {
  const { study } = await needStudy(context, studyId)
  const protocol = inAllLanguages(context.definitions.translated.protocols, find(context, study, reference))
  const { title, source, assumptions, timeZone, languages, arms, cohorts, roles, anchors, waves, schedule, norms, prices, messages } =
    protocol
  return {
    reference: formatReference(protocol),
    title,
    source,
    assumptions,
    timeZone,
    languages,
    arms: titles(arms),
    cohorts: titles(cohorts),
    anchors: titles(anchors),
    roles: Object.entries(roles).map(([id, role]) => ({ id, title: role.title, mail: role.mail, window: role.window ?? null })),
    waves: waves.map(({ id, title: name, anchors: from, offset, window }) => ({ id, title: name, anchors: from, offset, window })),
    schedule: schedule.map((row) => ({
      role: row.role,
      about: row.about ?? null,
      instrument: row.instrument,
      waves: row.waves,
      arms: row.when?.arms ?? null,
      cohorts: row.when?.cohorts ?? null,
      only: onlyWhen(row),
      /** The part of what staff type in that a second person types in, too; null where the protocol leaves that open. */
      typedTwice: row.doubleEntry?.share ?? null,
    })),
    groups: groupsOf(protocol),
    norms,
    prices: prices ?? [],
    hour: messages.hour,
    reminders: messages.reminders.map(({ id, days }) => ({ id, days })),
  }
}

/** What a row depends on beside arms and cohorts; null where it does not. */
function onlyWhen({ role, about, when }: ScheduleRow) {
  const { sample, consent, answers } = when ?? {}
  const whose =
    consent && (consent.of === about ? ('whom it is about' as const) : consent.of === role ? ('their own' as const) : ('any' as const))
  return {
    sample: sample ?? null,
    /** `whose`: of the one whom the list is about, of whoever answers, or of any in that role while none refused. */
    consent: consent && whose ? { of: consent.of, purpose: consent.purpose, whose } : null,
    /** A condition on the answers to another list, as it is written. */
    answers: answers ? { instrument: answers.instrument, wave: answers.wave ?? null, condition: answers.condition } : null,
  }
}

/** Weeks between the first date of an example and the others: about as long as preparing a conference takes. */
const weeksBetween = 8

/**
 * What one family of a group would be asked, on an example of dates: the first anchor of the protocol on `day`, the others weeks later.
 * Refuses with `not-found` a group that the protocol does not have.
 */
export async function calendarOfStudy(
  context: Context,
  studyId: string,
  { reference, cohort, arm, day }: { reference?: string | undefined; cohort: string; arm: string; day: string },
) {
  const { study } = await needStudy(context, studyId)
  const protocol = find(context, study, reference)
  if (!groupsOf(protocol).some((group) => group.cohort === cohort && group.arm === arm)) throw new Refusal('not-found')
  const first = parseDay(day)
  const anchors = Object.fromEntries(
    Object.keys(protocol.anchors).map((name, index) => [name, first.add({ weeks: index === 0 ? 0 : weeksBetween }).toString()]),
  )
  const lines = calendar(plan(protocol, exampleCase(protocol, { cohort, arm, anchors })))
  return {
    anchors,
    lines: lines.map(({ day: on, time, wave, role, what, instruments }) => ({
      day: on.toString(),
      time,
      wave,
      role,
      what,
      instruments: instruments.map(formatReference),
    })),
  }
}

function find({ definitions }: Context, study: Study, reference: string | undefined): Protocol {
  if (reference === undefined) return lastProtocolOf(definitions, study)
  const protocol = definitions.protocols.get(reference)
  if (!protocol || protocol.id !== study.protocolId) throw new Refusal('not-found')
  return protocol
}

const titles = (named: Record<string, { title: Protocol['title'] }>) => Object.entries(named).map(([id, { title }]) => ({ id, title }))
