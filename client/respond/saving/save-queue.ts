/**
 * What is saved, what is not, and what to do next: a pure state machine for the drafts of one list.
 *
 * Saves go one at a time, each building on the newest revision that the server is known to hold. A save whose reply got lost
 * may have arrived, so the next one may be told that it is outdated by our own earlier save: each has a name, by which the
 * server says whose save it holds, and `matches` on an `outdated` event settles that. Only what another device or tab saved is a conflict, and that is for the person to decide. A save never guesses
 * a revision, not even when the page is closing: a wrong guess could overwrite somebody else's answers without a word.
 */

/** Why saving stopped until somebody does something. */
type Halt =
  | { reason: 'outdated'; revision: number }
  /** The server's code: no session, closed, withdrawn, or an answer that it does not take. */
  | { reason: 'refused'; code: string }

export interface SaveState {
  /** The newest revision known to be on the server; 0 when there is none. */
  revision: number
  /** Counts the changes made here. */
  version: number
  /** The newest of these known to be on the server. */
  savedVersion: number
  /** Saves under way: at most one, or two when the page may be closing. */
  sending: Sending[]
  /** Number of the next save. */
  nextId: number
  /** Failures in a row; 0 after a success. */
  failures: number
  /** Where the last of them was: on the way, or at the server. */
  failedAt: FailedAt | null
  halt: Halt | null
}

interface Sending {
  id: number
  revision: number
  version: number
}

/** `network`: no answer, or none of ours; `server`: it said that it could not. */
export type FailedAt = 'network' | 'server'

export type SaveEvent =
  | { type: 'changed' }
  /** The pause that was asked for is over, the network came back, or the person said: try again. */
  | { type: 'due' }
  /** The page may be closing: what is not under way goes now. */
  | { type: 'closing' }
  | { type: 'saved'; id: number; revision: number }
  | { type: 'failed'; id: number; at: FailedAt }
  | { type: 'refused'; id: number; code: string }
  /** The server holds another revision; `matches` is the version of ours that it is, if it is one of ours. */
  | { type: 'outdated'; id: number; revision: number; matches: number | null }
  /** The person chose: what is here, or what is on the server (which then replaces what is here). */
  | { type: 'keep-mine' }
  | { type: 'take-other' }

/** `pause`: let `due` come within this time at the latest; an earlier one that was asked for stays. */
type SaveCommand = { do: 'pause'; milliseconds: number } | { do: 'send'; id: number; revision: number; version: number }

export interface Step {
  state: SaveState
  commands: SaveCommand[]
}

/** Answers given within this time of each other go in one save. */
const pauseAfterChange = 250

/** Longer after each failure, but never so long that somebody gives up waiting. */
const pauseAfterFailure = (failures: number): number => Math.min(1000 * 2 ** (failures - 1), 20_000)

/** With the draft on the server at `revision` and nothing changed here. */
export const startSaving = (revision: number): SaveState => ({
  revision,
  version: 0,
  savedVersion: 0,
  sending: [],
  nextId: 1,
  failures: 0,
  failedAt: null,
  halt: null,
})

export type SaveStatus = 'untouched' | 'saved' | 'saving' | 'offline' | 'failing' | 'halted'

/** What may truthfully be said. Saved: the server acknowledged everything that stands here. */
export function saveStatus({ version, savedVersion, revision, failedAt, halt }: SaveState): SaveStatus {
  if (halt) return 'halted'
  if (version === savedVersion) return revision === 0 ? 'untouched' : 'saved'
  if (failedAt === null) return 'saving'
  return failedAt === 'network' ? 'offline' : 'failing'
}

export const isUnsaved = ({ version, savedVersion }: SaveState): boolean => version !== savedVersion

export function step(state: SaveState, event: SaveEvent): Step {
  switch (event.type) {
    case 'changed':
      return changed(state)
    case 'due':
      return send({ ...state, halt: state.halt?.reason === 'refused' ? null : state.halt })
    case 'closing':
      return send(state, true)
    case 'saved':
      return saved(state, event.id, event.revision)
    case 'failed':
      return failed(withoutSending(state, event.id), event.at)
    case 'refused':
      return stay({ ...withoutSending(state, event.id), halt: { reason: 'refused', code: event.code } })
    case 'outdated':
      return outdated(state, event)
    case 'keep-mine':
      return state.halt?.reason === 'outdated'
        ? send({ ...state, revision: state.halt.revision, version: state.version + 1, halt: null })
        : stay(state)
    case 'take-other':
      return state.halt?.reason === 'outdated'
        ? stay({ ...state, revision: state.halt.revision, savedVersion: state.version, halt: null, ...sound })
        : stay(state)
  }
}

function changed(before: SaveState): Step {
  // A refused answer may be the one that just changed; a conflict stays until it is decided.
  const halt = before.halt?.reason === 'refused' && before.halt.code === 'answers-invalid' ? null : before.halt
  const state = { ...before, version: before.version + 1, halt }
  if (halt || state.sending.length > 0 || state.failures > 0) return stay(state)
  return { state, commands: [{ do: 'pause', milliseconds: pauseAfterChange }] }
}

/** Sends the newest version when there is something to send and nothing under way; when closing, also beside one under way. */
function send(state: SaveState, closing = false): Step {
  const isSent = state.sending.some(({ version }) => version === state.version)
  if (state.halt || !isUnsaved(state) || isSent || state.sending.length > (closing ? 1 : 0)) return stay(state)
  const sending = { id: state.nextId, revision: state.revision, version: state.version }
  return { state: { ...state, nextId: state.nextId + 1, sending: [...state.sending, sending] }, commands: [{ do: 'send', ...sending }] }
}

function saved(state: SaveState, id: number, revision: number): Step {
  const version = state.sending.find((sending) => sending.id === id)?.version ?? 0
  const next = {
    ...withoutSending(state, id),
    revision: Math.max(state.revision, revision),
    savedVersion: Math.max(state.savedVersion, version),
    ...sound,
  }
  return send(next)
}

/** After a success. */
const sound = { failures: 0, failedAt: null }

function failed(before: SaveState, at: FailedAt): Step {
  const state = { ...before, failures: before.failures + 1, failedAt: at }
  if (state.sending.length > 0 || !isUnsaved(state)) return stay(state)
  return { state, commands: [{ do: 'pause', milliseconds: pauseAfterFailure(state.failures) }] }
}

function outdated(before: SaveState, { id, revision, matches }: Extract<SaveEvent, { type: 'outdated' }>): Step {
  const builtOn = before.sending.find((sending) => sending.id === id)?.revision ?? 0
  const state = withoutSending(before, id)
  // Two saves were under way and the other one won: this is old news, and what is still unsaved goes on top of the winner.
  if (builtOn < state.revision && revision <= state.revision) return send(state)
  if (matches !== null) return send({ ...state, revision, savedVersion: Math.max(state.savedVersion, matches), ...sound })
  return stay({ ...state, halt: { reason: 'outdated', revision } })
}

const withoutSending = (state: SaveState, id: number): SaveState => ({
  ...state,
  sending: state.sending.filter((sending) => sending.id !== id),
})

const stay = (state: SaveState): Step => ({ state, commands: [] })
