/**
 * What only one transaction at a time may go on with, because each builds on what the last has left: the chain of the access log,
 * opening a study, and correcting contact data, of which a part is in the other database.
 *
 * On SQLite everything that writes has its turn already. On PostgreSQL a turn has to be taken before anything is read; work that
 * turns out to need one is begun again with it, by `withTx`.
 */
import { dialect } from './dialect.ts'
import type { Db } from './tx.ts'

export type Turn = 'access log' | 'contact data' | 'seeds of lots'

/**
 * The table whose lock is the turn. It hinders nobody who reads or writes in it, only VACUUM: therefore a table of a few rows, not the
 * log itself.
 */
export const tableOfTurn: Record<Turn, string> = {
  'access log': 'settings',
  'contact data': 'allocation_seeds',
  'seeds of lots': 'allocation_seeds',
}

const held = new WeakMap<Db, ReadonlySet<Turn>>()

/** Ends a transaction, to be run again with a turn. */
export class NeedsTurn extends Error {
  readonly turn: Turn

  constructor(turn: Turn) {
    super(`this transaction needs its turn: ${turn}`)
    this.turn = turn
  }
}

/** Says that what follows in this transaction builds on what the one before has left. */
export function needTurn(tx: Db, turn: Turn): void {
  if (dialect === 'postgres' && !held.get(tx)?.has(turn)) throw new NeedsTurn(turn)
}

/** Runs `work` with these turns, which the transaction has taken. */
export async function holdingTurns<T>(tx: Db, turns: ReadonlySet<Turn>, work: () => Promise<T>): Promise<T> {
  held.set(tx, turns)
  try {
    return await work()
  } finally {
    held.delete(tx)
  }
}
