/**
 * Lets a study go over to another version of its protocol or of an instrument, from a day on.
 *
 * Waves whose window opens on that day or later are asked by it; those that opened before keep the version they have. First a
 * preview, which writes nothing. Then the study adopts the version, so that from there on cases are planned with it, and after
 * that the cases that are there are planned anew, one after the other (do-job.ts).
 */
import { formatReference } from '../../instruments/definition.ts'
import type { Changes } from '../../protocols/changes.ts'
import { inForceOn } from '../../protocols/versions.ts'
import type { Context } from '../context.ts'
import { Failure } from '../failure.ts'
import { assignmentsOfCase } from '../queries/assignments.ts'
import { findCase } from '../queries/cases.ts'
import { recordEvent } from '../queries/events.ts'

import { type Study, setAdoptedVersions } from '../queries/studies.ts'
import { casesInTurn, type Watch } from './cases-in-turn.ts'
import type { LongWork } from './long-work.ts'
import { type OwnMailText, ownTextsBeside } from './mail-texts.ts'

import { changesOfCase, replanCase } from './replan-case.ts'
import { type VersionChange, versionToAdopt } from './version-to-adopt.ts'

export interface AdoptionPreview {
  study: string
  reference: string
  from: string
  /** False when the study adopted it before: then only what is lacking is planned. */
  isNew: boolean
  /** Instruments of which another version is asked. */
  changes: VersionChange[]
  cases: number
  /** What becomes of assignments, by instrument, wave and what happens. */
  lines: AdoptionLine[]
  /** Assignments of the changed instruments that are open or in progress now and keep their version. */
  kept: number
  /** Mails in words of the study's own that still go out although the protocol would say something else, or no such mail any more. */
  ownMailTexts: OwnMailText[]
}

export interface AdoptionLine {
  what: 'changes version' | 'is added' | 'is cancelled'
  wave: string
  /** `id@version`; `to` of what is cancelled is null, and `from` of what is added. */
  from: string | null
  to: string | null
  assignments: number
  /** How many of them are open already. */
  open: number
}

export interface Adopting {
  /** `id@version`. */
  reference: string
  /** `YYYY-MM-DD`, in the study's time zone. */
  from: string
}

/** What adopting would change; nothing is written. Throws a Failure when the study may not, or when a case does not fit. */
export async function previewAdoption(
  context: Context,
  study: Study,
  { reference, from }: Adopting,
  watch?: Watch,
): Promise<AdoptionPreview> {
  const db = context.stores.study.read
  const now = context.clock.now()
  const { periods, changes, isNew } = versionToAdopt(context.definitions, study, reference, from, now)
  const changed = new Set(changes.map((change) => change.from))
  const lines = new Map<string, AdoptionLine>()
  let [cases, kept] = [0, 0]
  for await (const id of casesInTurn(context, study.id, watch)) {
    const found = await findCase(db, id)
    if (!found) continue
    cases += 1
    const todo = await fitting(
      async () => found.code,
      () => changesOfCase(db, periods, found, now),
    )
    const assignments = await assignmentsOfCase(db, id)
    countInto(lines, todo, new Map(assignments.map((assignment) => [assignment.id, assignment])))
    const moved = new Set([...todo.move.assignments, ...todo.cancel.assignments].map((one) => one.id))
    kept += assignments.filter(
      (one) =>
        (one.state === 'open' || one.state === 'in progress') &&
        changed.has(formatReference({ id: one.instrumentId, version: one.instrumentVersion })) &&
        !moved.has(one.id),
    ).length
  }
  const beside = await ownTextsBeside(context, study.id, inForceOn(periods, from))
  const ownMailTexts = beside.filter(({ hasMoved, roles }) => hasMoved || roles.length === 0)
  return { study: study.id, reference, from, isNew, changes, cases, lines: [...lines.values()], kept, ownMailTexts }
}

/** Going over to another version: for the study as a whole, and then case by case. */
export const adopting: LongWork<Adopting, AdoptionPreview> = {
  check: async ({ definitions, clock }, study, { reference, from }) => versionToAdopt(definitions, study, reference, from, clock.now()),
  look: previewAdoption,
  async begin(tx, { definitions, clock }, study, { reference, from }, told) {
    const now = clock.now()
    const { adopted, isNew } = versionToAdopt(definitions, study, reference, from, now)
    if (!isNew) return
    await setAdoptedVersions(tx, study.id, adopted)
    await recordEvent(tx, { at: now, studyId: study.id, kind: 'version adopted', detail: { reference, from, ...told } })
  },
  async doCase(tx, context, _study, caseId) {
    const code = async () => (await findCase(tx, caseId))?.code ?? caseId
    const { add, move, cancel } = await fitting(code, () => replanCase(tx, context, caseId))
    return Number([add, move, cancel].some(({ assignments, messages }) => assignments.length + messages.length > 0))
  },
}

async function fitting<Made>(codeOf: () => Promise<string>, make: () => Promise<Made>): Promise<Made> {
  try {
    return await make()
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    const code = await codeOf()
    throw new Failure(`Case ${code} does not fit: ${error.message}.`, 'unfit-case', { case: code })
  }
}

type Known = Map<string, { wave: string; instrumentId: string; instrumentVersion: string; state: string }>

function countInto(lines: Map<string, AdoptionLine>, { add, move, cancel }: Changes, known: Known): void {
  const count = (line: Omit<AdoptionLine, 'assignments' | 'open'>, state: string | undefined): void => {
    const key = JSON.stringify(line)
    const counted = lines.get(key) ?? { ...line, assignments: 0, open: 0 }
    counted.assignments += 1
    counted.open += Number(state === 'open')
    lines.set(key, counted)
  }
  for (const { wave, instrument } of add.assignments)
    count({ what: 'is added', wave, from: null, to: formatReference(instrument) }, undefined)
  for (const { id, to } of move.assignments) {
    const was = known.get(id)
    if (!was || was.instrumentVersion === to.instrumentVersion) continue
    const reference = (version: string) => formatReference({ id: was.instrumentId, version })
    count(
      { what: 'changes version', wave: was.wave, from: reference(was.instrumentVersion), to: reference(to.instrumentVersion) },
      was.state,
    )
  }
  for (const { id } of cancel.assignments) {
    const was = known.get(id)
    if (was)
      count(
        { what: 'is cancelled', wave: was.wave, from: formatReference({ id: was.instrumentId, version: was.instrumentVersion }), to: null },
        was.state,
      )
  }
}
