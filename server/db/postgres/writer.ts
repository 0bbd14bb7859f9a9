/**
 * Transactions on PostgreSQL, as if they ran one after the other: SERIALIZABLE, and one that cannot be is undone and run again.
 * What is written relies on what was read before it, as on SQLite, where there is one pen. See docs/decisions/0055-postgresql.md.
 */
import { setTimeout as wait } from 'node:timers/promises'
import type pg from 'pg'
import { holdingTurns, NeedsTurn, type Turn, tableOfTurn } from '../turns.ts'
import type { Db } from '../tx.ts'
import { connectionOf } from './connection.ts'
import { asAway, codeOf } from './failure.ts'

/** Another transaction was in the way: could not be serialized, deadlock, or a key that it had just taken. */
const inTheWay = new Set(['40001', '40P01', '23505'])
/** A key that is taken twice in a row is taken by somebody who is done: that is a mistake, not a race. */
const keyTaken = '23505'

const attempts = { most: 40, keyTaken: 3 }
/** Milliseconds: at first, and at most, between two attempts; half of it by chance, so that those who met do not meet again. */
const pause = { first: 2, most: 200 }

/** Runs `work` in a transaction; resolves with its result once it is committed. `work` may run several times, each time from the beginning. */
export async function withTx<T>(pool: pg.Pool, work: (tx: Db) => Promise<T>): Promise<T> {
  const turns = new Set<Turn>()
  for (let attempt = 1; ; attempt++) {
    try {
      return await once(pool, work, turns)
    } catch (reason) {
      if (reason instanceof NeedsTurn) {
        turns.add(reason.turn)
        continue
      }
      const code = codeOf(reason)
      if (!inTheWay.has(code) || attempt >= (code === keyTaken ? attempts.keyTaken : attempts.most)) throw asAway(reason)
      const longest = Math.min(pause.first * 2 ** attempt, pause.most)
      await wait(longest / 2 + (Math.random() * longest) / 2)
    }
  }
}

async function once<T>(pool: pg.Pool, work: (tx: Db) => Promise<T>, turns: ReadonlySet<Turn>): Promise<T> {
  const client = await pool.connect()
  let broken: Error | undefined
  const onError = (error: Error) => {
    broken = error
  }
  client.on('error', onError)
  const connection = connectionOf(client)
  try {
    await connection.query('BEGIN ISOLATION LEVEL SERIALIZABLE')
    try {
      // Before anything is read: what is read then is what whoever had the turn before has left.
      for (const turn of turns) await connection.query(`LOCK TABLE ${tableOfTurn[turn]} IN SHARE UPDATE EXCLUSIVE MODE`)
      const value = await holdingTurns(connection.db, turns, () => work(connection.db))
      const { command } = await connection.query('COMMIT')
      // A transaction in which a statement failed is rolled back by COMMIT, without an error.
      if (command !== 'COMMIT') throw new Error('the transaction was rolled back')
      return value
    } catch (reason) {
      if (!broken) await connection.query('ROLLBACK').catch(onError)
      throw reason
    }
  } finally {
    client.off('error', onError)
    client.release(broken)
  }
}
