/** Sees to it that a study has the key by which shared data are disguised. */
import { randomBytes } from 'node:crypto'
import type { Store } from '../db/open.ts'
import { findSharingKey, putSharingKey } from '../queries/sharing-keys.ts'
import { findStudy } from '../queries/studies.ts'

/** It is made once and never changed: two shared exports of a study have the same pseudonyms. */
export async function assertSharingKey(store: Pick<Store, 'withTx'>, studyId: string): Promise<void> {
  await store.withTx(async (tx) => {
    const isNeeded = (await findStudy(tx, studyId)) !== undefined && (await findSharingKey(tx, studyId)) === undefined
    if (isNeeded) await putSharingKey(tx, studyId, randomBytes(32).toString('hex'))
  })
}
