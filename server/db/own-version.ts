/**
 * Whether the databases of this process are still of its own version. A newer one may have brought them up to date meanwhile: then this one
 * no longer knows what is in them, and must write nothing further.
 */
import { databaseNewer, Failure } from '../failure.ts'

/** One for both databases of an installation: where one of them is of a newer version, neither is written to. */
export class OwnVersion {
  readonly #outdated = new AbortController()

  /** Aborted as soon as that was seen; its reason is a Failure that says what to do. */
  get outdated(): AbortSignal {
    return this.#outdated.signal
  }

  /** Throws that Failure where it was seen already. */
  assert(): void {
    this.#outdated.signal.throwIfAborted()
  }

  /** The same, and where `applied`, the last step in the database of this name, is later than `newest`, the last one that this version knows. */
  check(name: string, applied: number, newest: number): void {
    this.assert()
    if (applied <= newest) return
    const said = `${name} was brought up to date by a newer version of Nameting while this one was at work, which writes and sends nothing further. `
    this.#outdated.abort(new Failure(`${said}Stop every server and command of the older version, and start the newer one.`, databaseNewer))
    this.assert()
  }
}
