/** What a process has in hand for somebody at the desk, so that every server can say how far it is. See docs/database.md. */
import { json, key, moment, table } from '../columns.ts'

/** How far it is. */
export interface Progress {
  /** Which part of the work, where it has several. */
  phase?: string | undefined
  /** Cases that are done. */
  cases: number
  /** Of how many; 0 while nobody knows. */
  of: number
}

export const underWay = table('under_way', {
  /** Of the import, export, report or job. */
  id: key().primaryKey(),
  /** Name of the process that has it in hand. */
  process: key().notNull(),
  /** When that process was last heard of. */
  heardAt: moment().notNull(),
  progress: json<Progress>().notNull(),
  /** When somebody asked to stop it at another server. */
  stopAskedAt: moment(),
})
