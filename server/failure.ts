/** Why a command could not do its work, in a clear message for whoever ran it: printed without a stack, exit code 1. */
export class Failure extends Error {
  /** For whoever has words of their own for it: a page. */
  readonly code: string | undefined
  /** What such words have to name. */
  readonly details: Record<string, unknown>

  constructor(message: string, code?: string, details: Record<string, unknown> = {}) {
    super(message)
    this.code = code
    this.details = details
  }
}

/** The command was called in a way it does not know: printed without a stack, exit code 2. */
export class BadCall extends Error {}

/** The `code` of an error that says: the database cannot be reached, or went away in the middle of it. */
export const databaseAway = 'DATABASE_AWAY'

/** Of a Failure: the database cannot be worked in at this moment, since it is moved or brought up to date. */
export const databaseTaken = 'DATABASE_TAKEN'

/** Of a Failure: a newer version has brought the database up to date while this one was at work. */
export const databaseNewer = 'DATABASE_NEWER'
