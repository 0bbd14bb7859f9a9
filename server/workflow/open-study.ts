/** Opens a study: one running instance of a protocol. */
import { randomBytes } from 'node:crypto'
import { formatReference, isStandIn } from '../../instruments/definition.ts'
import type { Protocol } from '../../protocols/schema.ts'
import type { Context } from '../context.ts'
import type { Db } from '../db/tx.ts'
import type { Definitions } from '../definitions/load.ts'
import { normsInForce, pricesOfStudy, scheduledLists } from '../definitions/norms-of-study.ts'
import { protocolOf } from '../definitions/protocol-of-study.ts'
import { Failure } from '../failure.ts'
import { findAllocationSeed, putAllocationSeed } from '../queries/allocation-seeds.ts'
import { findStudy, insertStudy, listStudies, type Study } from '../queries/studies.ts'
import { commitmentTo } from './allocate.ts'
import { assertKey } from './assert-key.ts'
import { draftsOf } from './study-languages.ts'

export type StudyEntry = Pick<Study, 'id' | 'title' | 'organisation' | 'contact' | 'demonstration' | 'standInsAcceptedBy'> & {
  /** `id@version`. */
  protocol: string
  /** Where to get help at once, in place of the usual line. */
  helpLine?: string | undefined
  /** Languages in which people may be asked although nobody has read the translation over. */
  draftsAccepted?: string[] | undefined
  /** The seed of its lots, 32 bytes, where somebody else drew it; made here unless given. Only for a protocol that allocates by lot. */
  allocationSeed?: Buffer | undefined
}

/**
 * Opens a study. Throws a Failure when the id is taken, a definition is missing, or the protocol uses stand-ins that
 * nobody accepted by name (a demonstration may use them).
 */
export async function openStudy(context: Context, entry: StudyEntry): Promise<Study> {
  const { definitions, clock } = context
  if (!/^[a-z][a-z0-9-]{0,39}$/.test(entry.id))
    throw new Failure(`"${entry.id}" cannot be a study's id: use lower-case letters, digits and hyphens.`)
  const protocol = definitions.protocols.get(entry.protocol)
  if (!protocol)
    throw new Failure(`There is no protocol ${entry.protocol}; there is: ${definitions.protocols.all().map(formatReference).join(', ')}.`)
  const standIns = standInsOf(definitions, protocol, [])
  if (standIns.length > 0 && !entry.demonstration && !entry.standInsAcceptedBy)
    throw new Failure(
      `${entry.protocol} uses stand-ins, not the real lists and norms: ${standIns.join(', ')}. Bring the real ones (DEFINITIONS_DIR), or let the study's owner accept them with --accept-stand-ins "Name of the owner".`,
    )
  if (entry.allocationSeed && !protocol.allocation) throw new Failure(`${entry.protocol} does not allocate by lot: leave the seed out.`)
  const drafts = draftsOf(definitions, protocol)
  const { draftsAccepted = [] } = entry
  const notDrafts = draftsAccepted.filter((language) => !drafts.includes(language))
  if (notDrafts.length > 0)
    throw new Failure(
      `${entry.protocol} has no draft of a translation into ${notDrafts.join(', ')}; it has: ${drafts.join(', ') || 'none'}.`,
    )
  const seed = protocol.allocation && (entry.allocationSeed ?? randomBytes(32))
  const study: Study = {
    id: entry.id,
    protocolId: protocol.id,
    protocolVersion: protocol.version,
    title: entry.title,
    demonstration: entry.demonstration,
    standInsAcceptedBy: entry.standInsAcceptedBy,
    draftsAccepted,
    organisation: entry.organisation,
    contact: entry.contact,
    helpLine: entry.helpLine ?? null,
    createdAt: clock.now(),
    adoptedNorms: [],
    adoptedVersions: [],
    allocationCommitment: seed ? commitmentTo(seed) : null,
    regions: [],
    closedAt: null,
    contactMonths: null,
  }
  if (seed) await insertWithSeed(context, study, seed)
  else await insertNew(context, study)
  return study
}

const insertNew = ({ stores }: Pick<Context, 'stores'>, study: Study): Promise<void> =>
  stores.study.withTx(async (tx) => {
    await assertFree(tx, study.id)
    await insertStudy(tx, study)
  })

async function assertFree(db: Db, id: string): Promise<void> {
  if (await findStudy(db, id)) throw new Failure(`There already is a study ${id}.`)
}

/**
 * The seed is on disk first: a study without it could never draw a lot, while a seed without a study makes way for the next.
 * Both steps hold the pen of identity.sqlite, so that of two who open a study at once none replaces the seed of the other.
 */
async function insertWithSeed(context: Context, study: Study, seed: Buffer): Promise<void> {
  const { stores, sealer } = context
  await assertKey(context)
  await stores.identity.withTx(async (tx) => {
    await assertFree(stores.study.read, study.id)
    await putAllocationSeed(tx, sealer, study.id, seed, study.createdAt)
  })
  await stores.identity.withTx(async (tx) => {
    const kept = await findAllocationSeed(tx, sealer, study.id)
    if (!kept?.equals(seed)) throw new Failure(`Somebody else is opening a study ${study.id} at this moment.`)
    await insertNew(context, study)
  })
}

/** The stand-in instruments, norm tables and price tables of a protocol, as references; norms that an adopted one has replaced are not among them. */
export function standInsOf(definitions: Definitions, protocol: Protocol, adoptedNorms: readonly string[]): string[] {
  const needed = [
    ...scheduledLists(definitions, protocol),
    ...normsInForce(definitions, protocol, adoptedNorms),
    ...pricesOfStudy(definitions, protocol),
  ]
  return needed.filter(isStandIn).map(formatReference)
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

export const allStudies = ({ stores }: Pick<Context, 'stores'>): Promise<Study[]> => listStudies(stores.study.read)
