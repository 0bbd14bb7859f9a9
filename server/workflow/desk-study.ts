/** The study as the desk shows it: what it consists of, and how many have answered so far. */
import { formatReference, isStandIn, parseReference } from '../../instruments/definition.ts'
import { leavingReasons } from '../../protocols/leaving.ts'
import type { ScheduleRow } from '../../protocols/schema.ts'
import type { Reach } from '../access/roles.ts'
import type { Context } from '../context.ts'
import { countCases, countResponse } from '../queries/desk.ts'
import { needStudy, standInsOf } from './open-study.ts'

/** What every page of the desk needs: names of arms, waves, roles and instruments, in each language. */
export async function deskStudy(context: Context, studyId: string) {
  const { study, protocol } = await needStudy(context, studyId)
  const ids = new Set(protocol.schedule.map(({ instrument }) => parseReference(instrument).id))
  const latest = [...ids].flatMap((id) => context.definitions.instruments.latest(id) ?? [])
  return {
    id: study.id,
    title: study.title,
    organisation: study.organisation,
    protocol: { reference: formatReference(protocol), title: protocol.title },
    demonstration: study.demonstration,
    standIns: standInsOf(context.definitions, protocol, study.adoptedNorms),
    now: context.clock.now(),
    timeZone: protocol.timeZone,
    arms: Object.entries(protocol.arms).map(([id, { title }]) => ({ id, title })),
    anchors: Object.entries(protocol.anchors).map(([id, { title }]) => ({ id, title })),
    roles: Object.entries(protocol.roles).map(([id, { title }]) => ({ id, title })),
    waves: protocol.waves.map(({ id, title }) => ({ id, title })),
    /** Coded reasons why something did not come. */
    reasons: Object.entries({ ...leavingReasons, ...protocol.nonResponse }).map(([id, { title }]) => ({ id, title })),
    instruments: latest.map((instrument) => ({ id: instrument.id, title: instrument.title, standIn: isStandIn(instrument) })),
  }
}

export type DeskStudy = Awaited<ReturnType<typeof deskStudy>>

/** Response per list, role and wave, in cases of all cases of the study. Several lines of the schedule may ask the same list. */
export async function responseTable(context: Context, studyId: string, within: Reach) {
  const { protocol } = await needStudy(context, studyId)
  const counts = await countResponse(context.stores.study.read, studyId, within)
  return {
    cases: await countCases(context.stores.study.read, studyId, within),
    rows: [...Map.groupBy(protocol.schedule, ({ instrument, role }) => `${role} ${parseReference(instrument).id}`).values()].map(
      (lines) => {
        const [{ instrument, role }] = lines as [ScheduleRow]
        const { id } = parseReference(instrument)
        return {
          instrument: id,
          role,
          waves: protocol.waves.map((wave) => {
            if (!lines.some(({ waves }) => waves.includes(wave.id))) return null
            const found = counts.find((row) => row.wave === wave.id && row.role === role && row.instrumentId === id)
            return { wave: wave.id, completed: found?.completed ?? 0, open: found?.open ?? 0, asked: found?.asked ?? 0 }
          }),
        }
      },
    ),
  }
}

export type ResponseTable = Awaited<ReturnType<typeof responseTable>>
