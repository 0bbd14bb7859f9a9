/** The seeds of lots, in identity.sqlite: sealed, like contact data. */
import { eq } from 'drizzle-orm'
import type { Sealer } from '../access/sealing.ts'
import { allocationSeeds } from '../db/identity-schema/people.ts'
import type { Db } from '../db/tx.ts'

const ownerOf = (studyId: string): string => `the lots of ${studyId}`

/** Keeps the seed of a study that is being opened; one that was left there by an attempt that failed makes way. */
export async function putAllocationSeed(tx: Db, sealer: Sealer, studyId: string, seed: Buffer, now: string): Promise<void> {
  const row = { sealed: sealer.seal(seed.toString('hex'), ownerOf(studyId)), keyId: sealer.keyId, storedAt: now }
  await tx
    .insert(allocationSeeds)
    .values({ studyId, ...row })
    .onConflictDoUpdate({ target: allocationSeeds.studyId, set: row })
}

/** The seed, or undefined when there is none. Throws a Failure when it was sealed with another key, or was changed. */
export async function findAllocationSeed(db: Db, sealer: Sealer, studyId: string): Promise<Buffer | undefined> {
  const [row] = await db.select().from(allocationSeeds).where(eq(allocationSeeds.studyId, studyId))
  return row && Buffer.from(sealer.open(row.sealed, ownerOf(studyId)) as string, 'hex')
}
