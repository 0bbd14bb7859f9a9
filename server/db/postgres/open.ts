/** Opens the two schemas of a PostgreSQL database, brought to the newest version. Any number of servers may have them open. */
import { drizzle } from 'drizzle-orm/node-postgres'
import type { Store, Stores } from '../open.ts'
import { OwnVersion } from '../own-version.ts'
import type { DatabaseUrls } from '../place.ts'
import type { Db } from '../tx.ts'
import { namedAddress } from './address.ts'
import { lastApplied, newestIn, shippedFolder } from './applied.ts'
import { asAway, cannotOpen } from './failure.ts'
import { forget } from './forget.ts'
import type { Part } from './part.ts'
import { openPool } from './pool.ts'
import { prepare } from './prepare.ts'
import { withTx } from './writer.ts'

/** Connections of one process, so that what reads never waits for what writes and the other way round. */
const connections = { identity: { reading: 4, writing: 4 }, study: { reading: 8, writing: 8 } }

/** Throws a Failure that says what to do when a database is not there, is of a newer version or cannot be written. */
export async function openStores(urls: DatabaseUrls): Promise<Stores> {
  await prepare(urls, ['identity', 'study'])
  const own = new OwnVersion()
  const identity = await openStore(urls.identity, 'identity', own)
  try {
    return { identity, study: await openStore(urls.study, 'study', own) }
  } catch (reason) {
    await identity.close()
    throw reason
  }
}

/** Opens the schema `study` only. Throws like `openStores`. */
export async function openStudyStore(urls: DatabaseUrls): Promise<Store> {
  await prepare(urls, ['study'])
  return await openStore(urls.study, 'study', new OwnVersion())
}

async function openStore(url: string, part: Part, own: OwnVersion): Promise<Store> {
  const { reading, writing } = connections[part]
  const name = `${namedAddress(url)} (${part})`
  // As it is now: the folder of the program may be that of another version by then.
  const newest = newestIn(shippedFolder(part))
  const look = async (client: Parameters<typeof lastApplied>[0]): Promise<void> => own.check(name, await lastApplied(client, part), newest)
  const reader = openPool({ url, part, reads: true, most: reading })
  const writer = openPool({ url, part, most: writing, look })
  // From now on whoever moves data knows of this process.
  try {
    const client = await writer.connect()
    client.release()
  } catch (reason) {
    await Promise.all([reader.end(), writer.end()])
    throw cannotOpen(url, reason)
  }
  return {
    path: name,
    read: drizzle(reader, { casing: 'snake_case' }) as unknown as Db,
    async withTx(work) {
      own.assert()
      return await withTx(writer, work)
    },
    emptyLog: () => forget(writer, part),
    async assertOwnVersion() {
      try {
        await look(reader)
      } catch (reason) {
        throw asAway(reason)
      }
    },
    outdated: own.outdated,
    async close() {
      await Promise.all([reader.end(), writer.end()])
    },
  }
}
