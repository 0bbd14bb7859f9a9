/** The study as the desk shows it: what it consists of. */
import { formatReference, isStandIn, parseReference } from '../../instruments/definition.ts'
import { isByLot } from '../../protocols/allocation.ts'
import { leavingReasons } from '../../protocols/leaving.ts'
import { dayOf } from '../../protocols/local-time.ts'
import { type Reach, reaches } from '../access/roles.ts'
import type { Context } from '../context.ts'
import { standInsOf } from '../definitions/stand-ins-of-study.ts'
import { regionsOfCases } from '../queries/case-pages.ts'
import { needStudy } from './open-study.ts'
import { columnsFor, isNeeded } from './read-cases-csv.ts'
import { languagesOfStudy } from './study-languages.ts'

/** What every page of the desk needs: names of arms, waves, roles and instruments, in each language. */
export async function deskStudy(context: Context, studyId: string, within: Reach) {
  const { study, protocol } = await needStudy(context, studyId)
  const now = context.clock.now()
  const used = await regionsOfCases(context.stores.study.read, studyId, within)
  const ids = new Set(protocol.schedule.map(({ instrument }) => parseReference(instrument).id))
  const latest = [...ids].flatMap((id) => context.definitions.instruments.latest(id) ?? [])
  return {
    id: study.id,
    title: study.title,
    organisation: study.organisation,
    protocol: { reference: formatReference(protocol), title: protocol.title },
    demonstration: study.demonstration,
    standIns: standInsOf(context.definitions, protocol, study.adoptedNorms),
    now,
    /** The day on which it is now, in the study's time zone. */
    today: dayOf(now, protocol.timeZone),
    timeZone: protocol.timeZone,
    arms: Object.entries(protocol.arms).map(([id, { title }]) => ({ id, title })),
    cohorts: Object.entries(protocol.cohorts).map(([id, { title, arms }]) => ({
      id,
      title,
      /** Arms that its cases may be in. */
      arms: arms ?? Object.keys(protocol.arms),
      /** Whether the arm is drawn when a case is registered. */
      byLot: isByLot(protocol, id),
    })),
    /** Within reach: those of the study's list, and any that cases are in. */
    regions: [...new Set([...study.regions.filter((region) => reaches(within, region)), ...used])].toSorted(),
    anchors: Object.entries(protocol.anchors).map(([id, { title }]) => ({ id, title })),
    roles: Object.entries(protocol.roles).map(([id, { title, mail }]) => ({ id, title, mail })),
    /** In which people may be asked. */
    languages: languagesOfStudy(context.definitions, study, protocol),
    waves: protocol.waves.map(({ id, title }) => ({ id, title })),
    /** What people may be asked to agree to, by role. */
    consents: protocol.consents.map(({ purpose, title, roles, required, statement }) => ({
      purpose,
      title: title ?? null,
      roles,
      required,
      statement,
    })),
    /** Columns of a file of cases. */
    columns: columnsFor(protocol).map((name) => ({ name, isNeeded: isNeeded(protocol, name) })),
    /** Coded reasons why something did not come. */
    reasons: Object.entries({ ...leavingReasons, ...protocol.nonResponse }).map(([id, { title }]) => ({ id, title })),
    instruments: latest.map((instrument) => ({ id: instrument.id, title: instrument.title, standIn: isStandIn(instrument) })),
  }
}

export type DeskStudy = Awaited<ReturnType<typeof deskStudy>>
