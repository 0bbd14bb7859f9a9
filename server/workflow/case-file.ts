/** One case whole, as the desk shows it: who, when, what came in, how it scored and what is to come. No contact data. */
import { formatReference, isStandIn } from '../../instruments/definition.ts'
import { itemsOf } from '../../instruments/items.ts'
import type { Instrument, Scale } from '../../instruments/schema.ts'
import type { Context } from '../context.ts'
import type { Definitions } from '../definitions/load.ts'
import { assignmentsOfCase } from '../queries/assignments.ts'
import { anchorsOf, findCaseByCode } from '../queries/cases.ts'
import { consentsOfCase, responsesOfCase, scoresOfCase } from '../queries/desk.ts'
import { eventsOfCase } from '../queries/events.ts'
import { messagesOfCase } from '../queries/messages.ts'
import { participantsOfCase } from '../queries/participants.ts'
import { Refusal } from '../refusal.ts'
import { caseTimeline } from './case-timeline.ts'
import { stateOf } from './list-cases.ts'
import { needStudy } from './open-study.ts'

/** The case with this code. Refuses with `not-found` when the study has none. */
export async function caseFile(context: Context, studyId: string, code: string) {
  const db = context.stores.study.read
  const { study, protocol } = await needStudy(context, studyId)
  const found = await findCaseByCode(db, study.id, code)
  if (!found) throw new Refusal('not-found')
  const [anchors, participants, consents, assignments, messages, events, responses, scored] = await Promise.all([
    anchorsOf(db, found.id),
    participantsOfCase(db, found.id),
    consentsOfCase(db, found.id),
    assignmentsOfCase(db, found.id),
    messagesOfCase(db, found.id),
    eventsOfCase(db, found.id),
    responsesOfCase(db, found.id),
    scoresOfCase(db, found.id),
  ])
  const roles = Object.keys(protocol.roles)
  const waves = protocol.waves.map(({ id }) => id)
  const lists = protocol.schedule.map(({ instrument }) => instrument.slice(0, instrument.indexOf('@')))
  return {
    code: found.code,
    arm: found.arm,
    cohort: protocol.cohorts[found.cohort]?.title ?? null,
    region: found.region,
    registeredAt: found.registeredAt,
    state: stateOf(assignments),
    anchors: Object.entries(anchors)
      .map(([name, date]) => ({ name, date }))
      .sort((a, b) => a.date.localeCompare(b.date)),
    participants: participants
      .toSorted((a, b) => roles.indexOf(a.role) - roles.indexOf(b.role))
      .map((participant) => ({
        id: participant.id,
        role: participant.role,
        /** Which of several in the same role, from 1 on; null when there is one. */
        place: placeOf(participant, participants),
        language: participant.language,
        state: participant.state,
        stateAt: participant.stateAt,
        addressRefused: participant.addressRefusedAt !== null,
        consents: consents
          .filter(({ participantId }) => participantId === participant.id)
          .map(({ purpose, given, at }) => ({ purpose, given, at })),
      })),
    assignments: assignments
      .toSorted((a, b) => waves.indexOf(a.wave) - waves.indexOf(b.wave) || lists.indexOf(a.instrumentId) - lists.indexOf(b.instrumentId))
      .map(({ id, participantId, wave, instrumentId, instrumentVersion, state, opensAt, closesAt, endedAt }) => {
        const response = responses.find(({ assignmentId }) => assignmentId === id)
        return {
          participant: participantId,
          wave,
          instrument: instrumentId,
          version: instrumentVersion,
          state,
          opensAt,
          closesAt,
          endedAt,
          skipped: response ? response.skipped.length : null,
          language: response?.language ?? null,
        }
      }),
    scores: latest(scored).map(({ participantId, wave, score }) => describe(context.definitions, participantId, wave, score)),
    timeline: caseTimeline({ events, messages, assignments }, context.clock.now()),
  }
}

export type CaseFile = Awaited<ReturnType<typeof caseFile>>

type Scored = Awaited<ReturnType<typeof scoresOfCase>>[number]

function placeOf({ id, role }: { id: string; role: string }, all: { id: string; role: string }[]): number | null {
  const same = all.filter((other) => other.role === role)
  return same.length > 1 ? same.findIndex((other) => other.id === id) + 1 : null
}

/** Of several scores of one response and scale the last one counts. */
const latest = (scored: Scored[]): Scored[] => [
  ...new Map(scored.map((row) => [`${row.score.responseId} ${row.score.scale}`, row])).values(),
]

/** A single question's answer without a bad end is a category: its number says which, not how much. */
function categoryOf(instrument: Instrument, { method, items, worse }: Scale, raw: number) {
  if (method !== 'value' || worse !== null) return null
  const item = itemsOf(instrument).find(({ name }) => name === items[0])
  return item?.choices.find(({ value }) => value === raw)?.text ?? null
}

function describe({ instruments, norms }: Definitions, participant: string, wave: string, score: Scored['score']) {
  const instrument = instruments.get(formatReference({ id: score.instrumentId, version: score.instrumentVersion }))
  const scale = instrument?.scales.find(({ id }) => id === score.scale)
  const norm =
    score.normId && score.normVersion ? { id: score.normId, version: score.normVersion, standIn: score.normStatus === 'stand-in' } : null
  const table = norm ? norms.tables.get(formatReference(norm)) : undefined
  const bands = (table && norms.bandSets.get(table.bands)?.bands) ?? []
  return {
    participant,
    wave,
    instrument: score.instrumentId,
    version: score.instrumentVersion,
    standIn: instrument ? isStandIn(instrument) : false,
    scale: score.scale,
    title: scale?.title ?? { nl: score.scale, en: score.scale },
    range: scale?.range ?? null,
    worse: scale?.worse ?? null,
    raw: score.raw,
    /** What the number stands for, where it is one of several answers and not an amount. */
    category: scale && instrument && score.raw !== null ? categoryOf(instrument, scale, score.raw) : null,
    missing: score.missing,
    reason: score.reason,
    z: score.z,
    band: score.band,
    norm,
    /** The band set against which z was read, mildest first; empty without a norm. */
    bands: bands.map(({ id, label, from }) => ({ id, label, from })),
  }
}
