/** That this process is there: a name, and a lock in the data folder that ends with it, by which others on the same folder know. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { holdLock, isHeld, unlessHeld } from './db/process-lock.ts'
import { makeFolders } from './make-folders.ts'
import { newId } from './new-id.ts'

const prefix = '.process-'

export class Presence {
  readonly name = newId()
  /** Ids of what this process has in hand. That it is there says nothing of what it has let go of and could not write that it had. */
  readonly inHand = new Set<string>()
  readonly #data: string
  #letGo: (() => void) | undefined
  #hasEnded = false

  /** `data`: the data folder. */
  constructor(data: string) {
    this.#data = data
  }

  /** Once it is true nobody takes what this process has left for work that goes on. */
  get hasEnded(): boolean {
    return this.#hasEnded
  }

  /** From now on others can see it. Throws the system's error where the data folder cannot be written. */
  show(): void {
    if (this.#letGo) return
    makeFolders(this.#data)
    this.#letGo = holdLock(join(this.#data, prefix + this.name))
  }

  /** Whether the process of this name is there; null when nothing in this data folder tells. */
  knows(name: string): boolean | null {
    if (name === this.name) return true
    const path = join(this.#data, prefix + name)
    return existsSync(path) ? isHeld(path) : null
  }

  /** Removes what processes that were killed have left behind. */
  tidy(): void {
    for (const file of existsSync(this.#data) ? readdirSync(this.#data) : [])
      if (file.startsWith(prefix)) unlessHeld(join(this.#data, file), () => {})
  }

  end(): void {
    this.#hasEnded = true
    this.#letGo?.()
    this.#letGo = undefined
  }
}
