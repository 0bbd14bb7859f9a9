/**
 * Lets a study go over to another version of its protocol or of an instrument, from a day on.
 *
 * Waves whose window opens on that day or later are asked by it; those that opened before keep the version they have. First a
 * preview, which writes nothing. Then the study adopts the version, so that from there on cases are planned with it, and after
 * that the cases that are there are planned anew, one after the other (do-job.ts).
 */
import { formatReference } from '../../instruments/definition.ts'
import type { Changes } from '../../protocols/changes.ts'
import { compareProtocols, type ProtocolDifference } from '../../protocols/compare-protocols.ts'
import type { Protocol } from '../../protocols/schema.ts'
import { inForceOn } from '../../protocols/versions.ts'
import type { Context } from '../context.ts'
import type { Db } from '../db/tx.ts'
import { periodsOfStudy } from '../definitions/protocol-of-study.ts'
import { Failure } from '../failure.ts'
import { assignmentsOfCase } from '../queries/assignments.ts'
import { findCase } from '../queries/cases.ts'
import { consentsOf } from '../queries/consents.ts'
import { recordEvent } from '../queries/events.ts'
import { messagesOfCase } from '../queries/messages.ts'
import { participantsOfCase } from '../queries/participants.ts'
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
  /** What the protocol says otherwise beside that: its report, texts, alarms, windows, and who is in it. */
  protocol: ProtocolDifference[]
  /** What becomes of mails, by what they are. */
  mails: MailLine[]
  /** People who are shown a statement anew, or for the first time, before their next list: its words are others than what they answered. */
  askedAnew: number
  /**
   * Mails in words of the study's own that still go out although the protocol would say something else, that do not go out any more
   * because it has no such mail, or that do not fit it.
   */
  ownMailTexts: OwnMailText[]
}

interface MailLine {
  what: 'is moved' | 'is added' | 'is cancelled'
  /** `invitation`, or the id of a reminder. */
  kind: string
  mails: number
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
  const before = inForceOn(periodsOfStudy(context.definitions, study), from)
  const after = inForceOn(periods, from)
  const protocol = compareProtocols(before, after)
  const lines = new Map<string, AdoptionLine>()
  const mails = new Map<string, MailLine>()
  let [cases, kept, askedAnew] = [0, 0, 0]
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
    await countMails(db, mails, id, todo)
    askedAnew += await peopleAskedAnew(db, id, protocol, after)
    const moved = new Set([...todo.move.assignments, ...todo.cancel.assignments].map((one) => one.id))
    kept += assignments.filter(
      (one) =>
        (one.state === 'open' || one.state === 'in progress') &&
        changed.has(formatReference({ id: one.instrumentId, version: one.instrumentVersion })) &&
        !moved.has(one.id),
    ).length
  }
  const beside = await ownTextsBeside(context, study.id, after)
  const ownMailTexts = beside.filter(({ hasMoved, roles, problems }) => hasMoved || roles.length === 0 || problems.length > 0)
  return {
    ...{ study: study.id, reference, from, isNew, changes, cases, lines: [...lines.values()], kept },
    ...{ protocol, mails: [...mails.values()], askedAnew, ownMailTexts },
  }
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

async function countMails(db: Db, lines: Map<string, MailLine>, caseId: string, { add, move, cancel }: Changes): Promise<void> {
  const count = (what: MailLine['what'], kind: string): void => {
    const line = lines.get(`${what} ${kind}`) ?? { what, kind, mails: 0 }
    lines.set(`${what} ${kind}`, { ...line, mails: line.mails + 1 })
  }
  for (const { kind } of add.messages) count('is added', kind)
  if (move.messages.length + cancel.messages.length === 0) return
  const kinds = new Map((await messagesOfCase(db, caseId)).map(({ id, kind }) => [id, kind]))
  for (const { id } of move.messages) count('is moved', kinds.get(id) ?? '')
  for (const { id } of cancel.messages) count('is cancelled', kinds.get(id) ?? '')
}

/** Who takes part, is asked a statement that changed or is new, and did not answer it as it is then. */
async function peopleAskedAnew(db: Db, caseId: string, differences: ProtocolDifference[], { consents }: Protocol): Promise<number> {
  const purposes = differences.flatMap(({ part, id, what }) => (part === 'consent' && what !== 'gone' ? [id] : []))
  if (purposes.length === 0) return 0
  let people = 0
  for (const { id, role, state } of await participantsOfCase(db, caseId)) {
    const asked = consents.filter(({ purpose, roles }) => purposes.includes(purpose) && roles.includes(role))
    if (state !== 'active' || asked.length === 0) continue
    const said = await consentsOf(db, id)
    // Whoever did not answer anything yet is asked all of it at once, as anybody is who begins.
    people += Number(said.size > 0 && asked.some(({ purpose, version }) => said.get(purpose)?.version !== version))
  }
  return people
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
