import type { Context } from '../context.ts'
import { memberOf, staffByIds } from '../queries/staff.ts'

/** The names of these accounts, by id; an account that is no more has none. */
export async function staffNames(
  { stores, sealer }: Pick<Context, 'stores' | 'sealer'>,
  ids: readonly (string | null)[],
): Promise<(id: string | null) => string | null> {
  const wanted = [...new Set(ids)].filter((id) => id !== null)
  const rows = wanted.length === 0 ? [] : await staffByIds(stores.identity.read, wanted)
  const names = new Map(rows.map((row) => [row.id, memberOf(sealer, row).name]))
  return (id) => (id === null ? null : (names.get(id) ?? null))
}
