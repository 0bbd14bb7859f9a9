/** Rows that one process at a time takes in hand. */
import type { PgSelect } from 'drizzle-orm/pg-core'
import { dialect } from './dialect.ts'

/**
 * Of the rows that a query finds only those that no other transaction has in hand at this moment, and keeps them for this one until it
 * ends. On SQLite nobody else can have any.
 */
export const unlessInHand = <Query extends object>(query: Query): Query =>
  dialect === 'postgres' ? ((query as unknown as PgSelect).for('update', { skipLocked: true }) as unknown as Query) : query

/**
 * Keeps the rows that a query finds for this transaction until it ends, and waits for whoever has them in hand. Those who want several have to
 * ask for them in the same order, or they wait for each other.
 */
export const onceFree = <Query extends object>(query: Query): Query =>
  dialect === 'postgres' ? ((query as unknown as PgSelect).for('update') as unknown as Query) : query
