import { Failure } from '../failure.ts'

/** What an export ends with that was stopped on purpose. */
export const stopped = (): Failure => new Failure('The export was stopped. Nothing of it was left behind.')
