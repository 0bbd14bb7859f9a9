/** The only source of the present moment. Everything else gets it handed over. */
export interface Clock {
  /** This moment, UTC, ISO 8601 with milliseconds: text order is time order. */
  now(): string
}

export const systemClock: Clock = { now: () => new Date().toISOString() }
