/** Opens a study: one running instance of a protocol. */
import { randomBytes } from 'node:crypto'
import { compare } from '../../protocols/local-time.ts'
import type { Protocol } from '../../protocols/schema.ts'
import type { Context } from '../context.ts'
import { needTurn } from '../db/turns.ts'
import type { Db } from '../db/tx.ts'
import { protocolOf } from '../definitions/protocol-of-study.ts'
import { Failure } from '../failure.ts'
import { type AccessEntry, logAccess } from '../queries/access-log.ts'
import { findAllocationSeed, putAllocationSeed } from '../queries/allocation-seeds.ts'
import { findStudy, insertStudy, listStudies, type Study } from '../queries/studies.ts'
import { commitmentTo } from './allocate.ts'
import { assertKey } from './assert-key.ts'
import { checkStudy, type StudyEntry } from './check-study.ts'
import { accessEntry } from './record-access.ts'

/** Who opens it, for the access log. */
type Opener = Pick<AccessEntry, 'staffId' | 'via'>

/**
 * Opens a study. Throws a Failure when the id is taken, a definition is missing, or the protocol uses stand-ins that
 * nobody accepted by name (a demonstration may use them). Its code is the fault of the first problem.
 */
export async function openStudy(context: Context, entry: StudyEntry, by?: Opener): Promise<Study> {
  const taken = await findStudy(context.stores.study.read, entry.id)
  const problems = checkStudy(context.definitions, entry, taken !== undefined)
  if (problems.length > 0) throw new Failure(problems.map(({ reason }) => reason).join('\n'), problems[0]?.fault)
  const protocol = context.definitions.protocols.need(entry.protocol)
  const seed = protocol.allocation && (entry.allocationSeed ?? randomBytes(32))
  const study = newStudy(entry, protocol, { at: context.clock.now(), seed })
  if (seed) await insertWithSeed(context, study, seed, by)
  else await insertNew(context, study, by)
  return study
}

/** The study as it would be opened at a moment. */
export const newStudy = (entry: StudyEntry, protocol: Protocol, { at, seed }: { at: string; seed: Buffer | undefined }): Study => ({
  id: entry.id,
  protocolId: protocol.id,
  protocolVersion: protocol.version,
  title: entry.title,
  demonstration: entry.demonstration,
  standInsAcceptedBy: entry.standInsAcceptedBy,
  draftsAccepted: entry.draftsAccepted ?? [],
  organisation: entry.organisation,
  contact: entry.contact,
  helpLine: entry.helpLine ?? null,
  createdAt: at,
  adoptedNorms: [],
  adoptedVersions: [],
  allocationCommitment: seed ? commitmentTo(seed) : null,
  regions: entry.regions ?? [],
  closedAt: null,
  contactMonths: null,
})

const insertNew = ({ stores }: Pick<Context, 'stores'>, study: Study, by: Opener | undefined): Promise<void> =>
  stores.study.withTx(async (tx) => {
    await assertFree(tx, study.id)
    await insertStudy(tx, study)
    if (by)
      await logAccess(
        tx,
        accessEntry(study.createdAt, {
          ...by,
          action: 'opened study',
          outcome: 'allowed',
          studyId: study.id,
          detail: { protocol: `${study.protocolId}@${study.protocolVersion}`, standIns: study.standInsAcceptedBy !== null },
        }),
      )
  })

async function assertFree(db: Db, id: string): Promise<void> {
  if (await findStudy(db, id)) throw new Failure(`There already is a study ${id}.`, 'study there')
}

/**
 * The seed is on disk first: a study without it could never draw a lot, while a seed without a study makes way for the next.
 * Both steps hold the pen of identity.sqlite, so that of two who open a study at once none replaces the seed of the other.
 */
async function insertWithSeed(context: Context, study: Study, seed: Buffer, by: Opener | undefined): Promise<void> {
  const { stores, sealer } = context
  await assertKey(context)
  await stores.identity.withTx(async (tx) => {
    needTurn(tx, 'seeds of lots')
    await assertFree(stores.study.read, study.id)
    await putAllocationSeed(tx, sealer, study.id, seed, study.createdAt)
  })
  await stores.identity.withTx(async (tx) => {
    needTurn(tx, 'seeds of lots')
    const kept = await findAllocationSeed(tx, sealer, study.id)
    if (!kept?.equals(seed)) throw new Failure(`Somebody else is opening a study ${study.id} at this moment.`, 'study there')
    await insertNew(context, study, by)
  })
}

/** The study and its protocol, or a Failure that names the studies there are. */
export async function needStudy(
  { stores, definitions, clock }: Pick<Context, 'stores' | 'definitions' | 'clock'>,
  id: string,
): Promise<{ study: Study; protocol: Protocol }> {
  const study = await findStudy(stores.study.read, id)
  if (study) return { study, protocol: protocolOf(definitions, study, clock.now()) }
  const known = (await allStudies({ stores })).map((other) => other.id)
  throw new Failure(`There is no study ${id}; there is: ${known.join(', ') || 'none yet (nameting study add makes one)'}.`)
}

/** In the order in which they were opened: of a demonstration the one that came with it is the first. */
export const oldestFirst = (studies: readonly Study[]): Study[] => studies.toSorted((one, other) => compare(one.createdAt, other.createdAt))

export const allStudies = ({ stores }: Pick<Context, 'stores'>): Promise<Study[]> => listStudies(stores.study.read)
