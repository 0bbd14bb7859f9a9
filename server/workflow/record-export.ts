/** The register of exports: which were made, and which of them somebody is in. */
import type { Context } from '../context.ts'
import type { Store } from '../db/open.ts'
import { newId } from '../new-id.ts'
import { exportsOfStudy, insertExport, isRegistered, markExportDestroyed, type RegisteredExport } from '../queries/exports.ts'
import { Refusal } from '../refusal.ts'

/** What an export says of itself. */
export interface ExportEntry {
  study: string
  madeAt: string
  manifestSha256: string
  layouts: string[]
  formats: string[]
  caseIds: string[]
  /** Which cases were chosen; all of the study unless given. */
  filter?: object | null
  tier?: 'pseudonymous' | 'shared'
  purpose?: string | null
  /** One that is made again, byte by byte, is the export that is registered. */
  again?: boolean
}

/** `staffId`: who made it at the desk; null for whoever ran the command. */
export async function recordExport(store: Pick<Store, 'withTx'>, entry: ExportEntry, staffId: string | null): Promise<void> {
  const { study, caseIds, filter, again, ...facts } = entry
  await store.withTx(async (tx) => {
    if (again && (await isRegistered(tx, study, entry.manifestSha256))) return
    await insertExport(tx, {
      ...facts,
      id: newId(),
      studyId: study,
      via: staffId === null ? 'command' : 'desk',
      staffId,
      filter: filter ? { ...filter } : null,
      cases: caseIds.length,
      caseIds,
    })
  })
}

/** So many of the latest are listed. */
const listed = 200

export const listExports = ({ stores }: Pick<Context, 'stores'>, studyId: string): Promise<RegisteredExport[]> =>
  exportsOfStudy(stores.study.read, studyId, listed)

/** Staff say that every copy of an export is destroyed. Refuses with `not-found` for one that is not known, or was said to be before. */
export async function exportDestroyed(
  { stores, clock }: Pick<Context, 'stores' | 'clock'>,
  studyId: string,
  id: string,
  staffId: string,
): Promise<void> {
  const done = await stores.study.withTx((tx) => markExportDestroyed(tx, { id, studyId }, staffId, clock.now()))
  if (!done) throw new Refusal('not-found')
}
