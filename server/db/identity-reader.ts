/** Reads identity.sqlite (or the schema of that name) and nothing else, on a connection that cannot write. The server may be running meanwhile. */
import { join } from 'node:path'
import type { DatabasePlace } from './place.ts'
import { fileOf, openCopy } from './snapshot.ts'
import type { Db } from './tx.ts'

export interface IdentityReader {
  db: Db
  close(): Promise<void>
}

/** Of databases that were looked through: see `checkDatabases`, which says what is wrong with one that cannot be opened. */
export async function openIdentityReader(place: DatabasePlace): Promise<IdentityReader> {
  if (place.database) return (await import('./postgres/identity-reader.ts')).openIdentityReader(place.database)
  const { db, close } = openCopy(join(place.data, fileOf('identity')))
  return {
    db,
    async close() {
      close()
    },
  }
}
