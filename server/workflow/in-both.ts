/** Contact data, and what the study knows of them, changed together. */
import type { Context } from '../context.ts'
import { needTurn } from '../db/turns.ts'
import type { Db } from '../db/tx.ts'

/**
 * Does `contact` in identity.sqlite and `study` in study.sqlite, so that neither stays where the other is refused, and of two changes of one
 * person the later one is later in both. Always in this order, as where a study is opened: two that wait for each other would wait for ever.
 */
export async function inBoth<Result>(
  { stores }: Pick<Context, 'stores'>,
  contact: (tx: Db) => Promise<void>,
  study: (tx: Db) => Promise<Result>,
): Promise<Result> {
  let done: { result: Result } | undefined
  return await stores.identity.withTx(async (tx) => {
    needTurn(tx, 'contact data')
    await contact(tx)
    // Once: what runs again on PostgreSQL is this transaction, and not the one that is done.
    done ??= { result: await stores.study.withTx(study) }
    return done.result
  })
}

/**
 * Writes in study.sqlite with contact data as the last correction left them: in both databases, or in neither. What is read by `identity`, of
 * contact data, is what counts; what others see of them may be older.
 */
export async function betweenCorrections<Result>(
  context: Pick<Context, 'stores'>,
  work: (tx: Db, identity: Db) => Promise<Result>,
): Promise<Result> {
  let identity: Db | undefined
  const read = async (tx: Db): Promise<void> => {
    identity = tx
  }
  return await inBoth(context, read, (tx) => work(tx, identity as Db))
}
