/** Reads the schema `study` and nothing else, as the role that can do no more than that. */
import type { DatabaseUrls } from '../place.ts'
import type { StudyReader } from '../study-reader.ts'
import { assertNewest } from './applied.ts'
import { connectionOf } from './connection.ts'
import { cannotOpen } from './failure.ts'
import { researchRole } from './part.ts'
import { openPool } from './pool.ts'

export async function openStudyReader({ study: url }: DatabaseUrls): Promise<StudyReader> {
  const pool = openPool({ url, part: 'study', as: researchRole, reads: true, most: 1 })
  try {
    const client = await pool.connect()
    try {
      await assertNewest(client, url, 'study')
    } finally {
      client.release()
    }
  } catch (reason) {
    await pool.end()
    throw cannotOpen(url, reason)
  }
  return {
    async atOneMoment(work) {
      const client = await pool.connect()
      try {
        // Waits for a moment at which nobody who writes is in the way: then neither has to begin again.
        const connection = connectionOf(client)
        await connection.query('BEGIN ISOLATION LEVEL SERIALIZABLE READ ONLY DEFERRABLE')
        try {
          return await work(connection.db)
        } finally {
          await connection.query('COMMIT')
        }
      } finally {
        client.release()
      }
    },
    close: () => pool.end(),
  }
}
