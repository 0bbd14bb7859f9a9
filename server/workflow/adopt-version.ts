/**
 * Lets a study go over to another version of its protocol or of an instrument, from a day on.
 *
 * Waves whose window opens on that day or later are asked by it; those that opened before keep the version they have. First a
 * preview, which writes nothing. Then the study adopts the version, so that from there on cases are planned with it, and after
 * that the cases that are there are planned anew, a few at a time. Whoever is interrupted does it again, with the same end.
 */
import { formatReference } from '../../instruments/definition.ts'
import type { Changes } from '../../protocols/changes.ts'
import { inForceOn } from '../../protocols/versions.ts'
import type { Context } from '../context.ts'
import { Failure } from '../failure.ts'
import { assignmentsOfCase } from '../queries/assignments.ts'
import { findCase } from '../queries/cases.ts'
import { recordEvent } from '../queries/events.ts'
import { nextCases } from '../queries/rescoring.ts'
import { findStudy, type Study, setAdoptedVersions } from '../queries/studies.ts'
import { type OwnMailText, ownTextsBeside } from './mail-texts.ts'
import { changesOfCase, replanCase } from './replan-case.ts'
import type { Told } from './told.ts'
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

interface Entry {
  reference: string
  /** `YYYY-MM-DD`, in the study's time zone. */
  from: string
}

const casesAtOnce = 20

/** What adopting would change; nothing is written. Throws a Failure when the study may not, or when a case does not fit. */
export async function previewAdoption(context: Context, study: Study, { reference, from }: Entry): Promise<AdoptionPreview> {
  const db = context.stores.study.read
  const now = context.clock.now()
  const { periods, changes, isNew } = versionToAdopt(context.definitions, study, reference, from, now)
  const changed = new Set(changes.map((change) => change.from))
  const lines = new Map<string, AdoptionLine>()
  let [cases, kept] = [0, 0]
  for await (const ids of caseBatches(context, study.id))
    for (const id of ids) {
      const found = await findCase(db, id)
      if (!found) continue
      cases += 1
      const todo = await fitting(found.code, () => changesOfCase(db, periods, found, now))
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

/**
 * Adopts the version and plans all cases anew. Resolves with the number of cases whose plan changed. Throws like the preview.
 * `told`: who of the staff decided it at the desk, and why.
 */
export async function adoptVersion(
  context: Context,
  study: Study,
  { reference, from }: Entry,
  told?: Told,
): Promise<{ replanned: number }> {
  // A case that does not fit would stop us half-way: find out before anything is written.
  await previewAdoption(context, study, { reference, from })
  const { withTx } = context.stores.study
  await withTx(async (tx) => {
    const present = await findStudy(tx, study.id)
    if (!present) throw new Failure(`There is no study ${study.id} any more.`)
    const now = context.clock.now()
    const { adopted: adoptedVersions, isNew } = versionToAdopt(context.definitions, present, reference, from, now)
    if (isNew) {
      await setAdoptedVersions(tx, study.id, adoptedVersions)
      await recordEvent(tx, { at: now, studyId: study.id, kind: 'version adopted', detail: { reference, from, ...told } })
    }
  })
  let replanned = 0
  for await (const ids of caseBatches(context, study.id))
    replanned += await withTx(async (tx) => {
      let count = 0
      for (const id of ids) {
        const { add, move, cancel } = await replanCase(tx, context, id)
        count += Number([add, move, cancel].some(({ assignments, messages }) => assignments.length + messages.length > 0))
      }
      return count
    })
  return { replanned }
}

async function* caseBatches({ stores }: Context, studyId: string): AsyncGenerator<string[]> {
  let last = ''
  for (;;) {
    const some = (await nextCases(stores.study.read, studyId, last, casesAtOnce)).map(({ id }) => id)
    const end = some.at(-1)
    if (end === undefined) return
    yield some
    last = end
  }
}

async function fitting<Made>(code: string, make: () => Promise<Made>): Promise<Made> {
  try {
    return await make()
  } catch (error) {
    if (error instanceof RangeError) throw new Failure(`Case ${code} does not fit: ${error.message}.`, 'unfit-case', { case: code })
    throw error
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
