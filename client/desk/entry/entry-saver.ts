/** Keeps on the server what is typed: one save at a time, the latest state, tried again until it is there. */
import type { Answers } from '../../../instruments/schema.ts'
import { ApiFailure } from '../../ui/api.ts'

export type SaveState =
  | { is: 'saved'; at: string }
  | { is: 'saving' }
  /** The server did not answer; it is tried again. */
  | { is: 'unsaved' }
  /** The server does not take an answer: it waits for another one. */
  | { is: 'refused' }
  /** Somebody went on in another window, or took it over: nothing goes on top of that. */
  | { is: 'outdated' }

interface Content {
  answers: Answers
  page: string | null
}

export interface EntrySaverOptions {
  revision: number
  savedAt: string
  read(): Content
  send(content: Content & { revision: number }): Promise<{ revision: number; savedAt: string }>
  /** Called with the items that the server does not take. */
  onRefused(items: string[]): void
  /** Calls `then` after so many milliseconds; returns how to stop that. */
  later?(milliseconds: number, then: () => void): () => void
}

export interface EntrySaver {
  subscribe(listener: () => void): () => void
  state(): SaveState
  revision(): number
  changed(): void
  /** Resolves when all is on the server (true), or cannot be now (false). */
  settled(): Promise<boolean>
  stop(): void
}

/** Milliseconds after an answer, and after a save that did not arrive. */
const pause = { answer: 300, failed: 3000 }

export function createEntrySaver({ send, read, onRefused, later = waitFor, ...begun }: EntrySaverOptions): EntrySaver {
  const listeners = new Set<() => void>()
  let state: SaveState = { is: 'saved', at: begun.savedAt }
  let revision = begun.revision
  let isDirty = false
  let isStopped = false
  let stopWaiting: (() => void) | null = null
  let sending: Promise<void> | null = null

  function become(next: SaveState): void {
    state = next
    if (!isStopped) for (const listener of listeners) listener()
  }

  function plan(milliseconds: number): void {
    stopWaiting?.()
    stopWaiting = later(milliseconds, () => void flush())
  }

  function flush(): Promise<void> {
    stopWaiting?.()
    stopWaiting = null
    sending ??= save().finally(() => {
      sending = null
      if (isDirty && state.is === 'saving' && !isStopped) plan(0)
    })
    return sending
  }

  async function save(): Promise<void> {
    if (!isDirty || state.is === 'outdated') return
    isDirty = false
    become({ is: 'saving' })
    try {
      const saved = await send({ ...read(), revision })
      revision = saved.revision
      if (!isDirty) become({ is: 'saved', at: saved.savedAt })
    } catch (error) {
      isDirty = true
      const failure = error instanceof ApiFailure ? error : new ApiFailure('unexpected')
      // Taken over or thrown away by a colleague: trying again would never help, and loading anew says what happened.
      if (failure.code === 'entry-outdated' || failure.code === 'entry-of-another' || failure.code === 'entry-unknown')
        return become({ is: 'outdated' })
      if (failure.code === 'answers-invalid') {
        become({ is: 'refused' })
        return onRefused((failure.details.problems as { item: string }[]).map(({ item }) => item))
      }
      become({ is: 'unsaved' })
      if (!isStopped) plan(pause.failed)
    }
  }

  return {
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    state: () => state,
    revision: () => revision,
    changed() {
      isDirty = true
      if (state.is === 'outdated') return
      become({ is: 'saving' })
      plan(pause.answer)
    },
    async settled() {
      // A save under way holds an older state: then once more.
      while (isDirty || sending) {
        await flush()
        if (state.is !== 'saving' && state.is !== 'saved') return false
      }
      return state.is === 'saved'
    },
    stop() {
      stopWaiting?.()
      // What is not there yet goes now; there may be no later.
      if (isDirty) void flush()
      isStopped = true
    },
  }
}

function waitFor(milliseconds: number, then: () => void): () => void {
  const id = setTimeout(then, milliseconds)
  return () => clearTimeout(id)
}
