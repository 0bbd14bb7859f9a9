/** Keeps the draft of one list on the server: turns the commands of the save queue into requests and time, and their outcome into events. */
import type { Answers } from '../../../instruments/schema.ts'
import { type FailedAt, isUnsaved, type SaveEvent, type SaveState, startSaving, step } from './save-queue.ts'

export interface Draft {
  answers: Answers
  page: string | null
  /** Items whose answers were given on another device: they stay as they are, unseen. */
  sealed: string[]
  /** Seconds by the timer, where there is one. */
  duration?: number
}

/** A draft on the server, as far as it may be seen here. */
export interface SavedDraft extends Draft {
  revision: number
  savedAt: string
  /** What whoever saved it called that save. */
  save: string | null
}

/** What goes to the server: the draft, the revision it builds on, and a name by which this save is known again. */
export interface Save extends Draft {
  revision: number
  save: string
}

/** How a save ended. `failed`: nothing is known, or the server may take it later. */
export type SaveOutcome =
  | { type: 'saved'; revision: number }
  | { type: 'failed'; at: FailedAt }
  | { type: 'refused'; code: string; items: string[] }
  | { type: 'outdated'; current: SavedDraft | null }

export interface SaverOptions {
  /** Revision of the draft on the server; 0 when there is none. */
  revision: number
  /** What stands here now. */
  read(): Draft
  send(save: Save): Promise<SaveOutcome>
  /** Called with the items that the server does not take. */
  onRefused?(items: string[]): void
  /** Calls `then` after a while; returns how to stop that. A test may let time go faster. */
  later?(milliseconds: number, then: () => void): () => void
}

export interface DraftSaver {
  subscribe(listener: () => void): () => void
  state(): SaveState
  /** What another device saved, while the person has not chosen yet. */
  other(): SavedDraft | null
  changed(): void
  /** Saves now instead of after the pause; `closing`: also beside a save under way, for there may be no later. */
  flush(closing?: boolean): void
  keepMine(): void
  takeOther(): void
  /** The server was found to hold this, otherwise than by a save. Whether what is here may go on top of it: it is a save of ours. */
  meet(current: SavedDraft | null): boolean
  /** Resolves when everything is saved (true), or when that failed or needs the person (false). */
  settled(): Promise<boolean>
  /** No more saves from here. */
  stop(): void
}

export function createDraftSaver({ revision, read, send, onRefused, later = waitFor }: SaverOptions): DraftSaver {
  const listeners = new Set<() => void>()
  /** Names every save of this page differently from those of any other. */
  const page = randomName()
  /** The version of each save that was sent since the last one that certainly arrived. */
  const sent = new Map<string, number>()
  let state = startSaving(revision)
  let other: SavedDraft | null = null
  let timer: { stop(): void; at: number } | null = null
  let stopped = false

  function happen(event: SaveEvent): void {
    if (stopped) return
    const { state: next, commands } = step(state, event)
    state = next
    for (const [save, version] of sent) if (version < state.savedVersion) sent.delete(save)
    for (const command of commands) {
      if (command.do === 'pause') wait(command.milliseconds)
      else void request(command)
    }
    for (const listener of listeners) listener()
  }

  function wait(milliseconds: number): void {
    const at = Date.now() + milliseconds
    if (timer && timer.at <= at) return
    timer?.stop()
    const stop = later(milliseconds, () => {
      timer = null
      happen({ type: 'due' })
    })
    timer = { stop, at }
  }

  async function request({ id, revision, version }: { id: number; revision: number; version: number }): Promise<void> {
    const save = `${page}-${id}`
    sent.set(save, version)
    const outcome = await send({ ...read(), revision, save })
    if (outcome.type === 'outdated') {
      other = outcome.current
      happen({ type: 'outdated', id, revision: other?.revision ?? 0, matches: versionOf(other) })
    } else {
      happen({ ...outcome, id })
      if (outcome.type === 'refused') onRefused?.(outcome.items)
    }
  }

  /** Which version of ours the server holds; null when it is none of ours. */
  function versionOf(current: SavedDraft | null): number | null {
    return current?.save ? (sent.get(current.save) ?? null) : null
  }

  return {
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    state: () => state,
    other: () => (state.halt?.reason === 'outdated' ? other : null),
    changed: () => happen({ type: 'changed' }),
    flush: (closing = false) => happen({ type: closing ? 'closing' : 'due' }),
    keepMine: () => happen({ type: 'keep-mine' }),
    takeOther: () => happen({ type: 'take-other' }),
    meet(current) {
      other = current
      happen({ type: 'outdated', id: 0, revision: current?.revision ?? 0, matches: versionOf(current) })
      return state.halt === null
    },
    settled() {
      return new Promise((resolve) => {
        const listen = () => {
          const isSaved = !isUnsaved(state) && state.sending.length === 0
          const needsSomething = state.halt !== null || (state.failures > 0 && state.sending.length === 0)
          if (!isSaved && !needsSomething) return
          listeners.delete(listen)
          resolve(isSaved)
        }
        listeners.add(listen)
        happen({ type: 'due' })
        listen()
      })
    },
    stop() {
      stopped = true
      timer?.stop()
      listeners.clear()
    },
  }
}

function waitFor(milliseconds: number, then: () => void): () => void {
  const id = setTimeout(then, milliseconds)
  return () => clearTimeout(id)
}

/** 96 random bits: old phones have no `crypto.randomUUID`. */
export const randomName = (): string => [...crypto.getRandomValues(new Uint32Array(3))].map((part) => part.toString(36)).join('')
