/** Whether the clock of this machine agrees with that of its database: servers that share one agree with each other then. */
import { inTime } from '../backup/in-time.ts'
import { type Clock, systemClock } from '../clock.ts'
import type { Context } from '../context.ts'
import { momentOfDatabase } from '../queries/queues.ts'
import type { Check } from './examine-server.ts'

/** Milliseconds. Two servers are twice as far apart then: of half a minute more one takes what another has in hand for left behind, see in-hand.ts. */
const mayDiffer = 10_000
/** Milliseconds for the database to answer. */
const patience = 3_000

/**
 * Null on a data folder: there is one clock. `own` is that of the machine, whatever else the moments of a study are counted by. Where the
 * database does not answer nothing is wrong with the clock as far as anybody knows.
 */
export async function examineClock({ stores, place }: Pick<Context, 'stores' | 'place'>, own: Clock = systemClock): Promise<Check | null> {
  if (!place.database) return null
  const asked = Date.parse(own.now())
  const moment = await inTime(momentOfDatabase(stores.study.read), patience).catch(() => undefined)
  if (moment === undefined) return { name: 'clock', reason: null }
  // At some moment between question and answer; only what is beyond both is a difference.
  const ahead = Math.max(0, asked - moment) - Math.max(0, moment - Date.parse(own.now()))
  const seconds = Math.round(Math.abs(ahead) / 1000)
  const which = `the clock of this machine is ${seconds} s ${ahead > 0 ? 'ahead of' : 'behind'} the one of PostgreSQL`
  const wanted = 'let chrony keep both right: servers that differ take exports and mails of each other for left behind'
  return { name: 'clock', reason: Math.abs(ahead) > mayDiffer ? `${which}; ${wanted}` : null }
}
