/** Why a command could not do its work, in a clear message for whoever ran it: printed without a stack, exit code 1. */
export class Failure extends Error {
  /** For whoever has words of their own for it: a page. */
  readonly code: string | undefined

  constructor(message: string, code?: string) {
    super(message)
    this.code = code
  }
}

/** The command was called in a way it does not know: printed without a stack, exit code 2. */
export class BadCall extends Error {}
