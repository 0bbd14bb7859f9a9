import type { Context } from '../context.ts'
import { Failure } from '../failure.ts'
import { keyIds } from '../queries/people.ts'

/** Throws a Failure when contact data are sealed with another key than the one at hand: more of them would only mix keys. */
export async function assertKey({ stores, sealer }: Pick<Context, 'stores' | 'sealer'>): Promise<void> {
  const others = (await keyIds(stores.identity.read)).filter((keyId) => keyId !== sealer.keyId)
  if (others.length > 0) throw otherKey(sealer.keyId, others)
}

export const otherKey = (keyId: string, others: readonly string[]): Failure =>
  new Failure(
    `IDENTITY_KEY (${keyId}) is not the key that the contact data are sealed with (${others.join(', ')}): set that one. Nothing was changed.`,
  )
