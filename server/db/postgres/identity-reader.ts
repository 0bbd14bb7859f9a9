/** Reads the schema `identity` and nothing else, as the role that can do nothing in the other. */
import { drizzle } from 'drizzle-orm/node-postgres'
import type { IdentityReader } from '../identity-reader.ts'
import type { DatabaseUrls } from '../place.ts'
import type { Db } from '../tx.ts'
import { openPool } from './pool.ts'

/** It connects at the first question. */
export function openIdentityReader({ identity: url }: DatabaseUrls): IdentityReader {
  const pool = openPool({ url, part: 'identity', reads: true, most: 1 })
  return { db: drizzle(pool, { casing: 'snake_case' }) as unknown as Db, close: () => pool.end() }
}
