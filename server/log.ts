/** The log: one JSON line an event, only with fields that are named where it is written. No address, name or token goes in. */
import pino, { type Logger } from 'pino'

export const createLog = (level: string): Logger => pino({ level, base: undefined, timestamp: pino.stdTimeFunctions.isoTime })
