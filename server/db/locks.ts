/** Rows that one process at a time takes in hand. */
import type { PgSelect } from 'drizzle-orm/pg-core'
import { dialect } from './dialect.ts'

/**
 * Of the rows that a query finds only those that no other transaction has in hand at this moment, and keeps them for this one until it
 * ends. On SQLite nobody else can have any.
 */
export const unlessInHand = <Query extends object>(query: Query): Query =>
  dialect === 'postgres' ? ((query as unknown as PgSelect).for('update', { skipLocked: true }) as unknown as Query) : query
