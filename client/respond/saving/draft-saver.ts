/** Keeps the draft of one list on the server: turns the commands of the save queue into requests and time, and their outcome into events. */
import type { Answers } from '../../../instruments/schema.ts'
import { isUnsaved, type SaveEvent, type SaveState, startSaving, step } from './save-queue.ts'

export interface Draft {
  answers: Answers
  page: string | null
}

/** A draft on the server. */
export interface SavedDraft extends Draft {
  revision: number
  savedAt: string
}

/** How a save ended. `failed`: nothing is known, or the server may take it later. */
export type SaveOutcome =
  | { type: 'saved'; revision: number }
  | { type: 'failed' }
  | { type: 'refused'; code: string; items: string[] }
  | { type: 'outdated'; current: SavedDraft | null }

export interface SaverOptions {
  /** Revision of the draft on the server; 0 when there is none. */
  revision: number
  /** What stands here now. */
  read(): Draft
  send(save: Draft & { revision: number }): Promise<SaveOutcome>
  /** Called with the items that the server does not take. */
  onRefused?(items: string[]): void
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
  /** Resolves when everything is saved (true), or when that failed or needs the person (false). */
  settled(): Promise<boolean>
  /** No more saves from here. */
  stop(): void
}

export function createDraftSaver({ revision, read, send, onRefused }: SaverOptions): DraftSaver {
  const listeners = new Set<() => void>()
  /** Answers of each version that was sent since the last one that certainly arrived. */
  const sent = new Map<number, string>()
  let state = startSaving(revision)
  let other: SavedDraft | null = null
  let timer: { id: ReturnType<typeof setTimeout>; at: number } | null = null
  let stopped = false

  function happen(event: SaveEvent): void {
    if (stopped) return
    const { state: next, commands } = step(state, event)
    state = next
    for (const version of sent.keys()) if (version <= state.savedVersion) sent.delete(version)
    for (const command of commands) {
      if (command.do === 'pause') wait(command.milliseconds)
      else void request(command)
    }
    for (const listener of listeners) listener()
  }

  function wait(milliseconds: number): void {
    const at = Date.now() + milliseconds
    if (timer && timer.at <= at) return
    if (timer) clearTimeout(timer.id)
    const id = setTimeout(() => {
      timer = null
      happen({ type: 'due' })
    }, milliseconds)
    timer = { id, at }
  }

  async function request({ id, revision, version }: { id: number; revision: number; version: number }): Promise<void> {
    const draft = read()
    sent.set(version, fingerprint(draft.answers))
    const outcome = await send({ ...draft, revision })
    if (outcome.type === 'outdated') {
      other = outcome.current
      const matches = other ? versionLike(fingerprint(other.answers)) : null
      happen({ type: 'outdated', id, revision: other?.revision ?? 0, matches })
    } else {
      happen({ ...outcome, id })
      if (outcome.type === 'refused') onRefused?.(outcome.items)
    }
  }

  /** The newest version here with these answers, among those that may have arrived and the one on the screen. */
  function versionLike(answers: string): number | null {
    if (fingerprint(read().answers) === answers) return state.version
    const alike = [...sent].filter(([, print]) => print === answers).map(([version]) => version)
    return alike.length > 0 ? Math.max(...alike) : null
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
      if (timer) clearTimeout(timer.id)
      listeners.clear()
    },
  }
}

/** Answers in one spelling: the order of keys says nothing. */
const fingerprint = (answers: Answers): string => JSON.stringify(Object.entries(answers).sort(([a], [b]) => (a < b ? -1 : 1)))
