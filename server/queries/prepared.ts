import type { Db } from '../db/tx.ts'

/** A query that is compiled once per connection, for the few that run at every answer. */
export function prepared<Query>(build: (db: Db) => Query): (db: Db) => Query {
  const compiled = new WeakMap<Db, Query>()
  return (db) => {
    const known = compiled.get(db)
    if (known !== undefined) return known
    const query = build(db)
    compiled.set(db, query)
    return query
  }
}
