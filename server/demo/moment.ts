/** Where the demonstration's time stands, kept in `settings` so that it survives a restart. */
import { after } from '../../protocols/local-time.ts'
import type { Context } from '../context.ts'
import { findSetting, putSetting } from '../queries/settings.ts'

const name = 'demonstration.moment'

/** Milliseconds between two notes of a running clock. */
export const noteEvery = 60_000

/** The moment from which the clock goes on, or undefined when this was never a demonstration. */
export const keptMoment = ({ stores }: Pick<Context, 'stores'>): Promise<string | undefined> => findSetting(stores.study.read, name)

/** Keeps `moment` as the one to go on from. */
export const keepMoment = ({ stores }: Pick<Context, 'stores'>, moment: string): Promise<void> =>
  stores.study.withTx((tx) => putSetting(tx, name, moment))

/**
 * Keeps a moment that a running clock has not reached before the next note. After a crash the clock goes on from there, a
 * minute ahead at most: time that somebody has seen never comes again.
 */
export const keepAhead = (context: Pick<Context, 'stores' | 'clock'>): Promise<void> =>
  keepMoment(context, after(context.clock.now(), noteEvery))
