/** Sends a list that is ready, and sorts out what the server says of it. */
import type { Answers } from '../../../instruments/schema.ts'
import { ApiFailure } from '../../ui/api.ts'
import { submit } from '../api.ts'
import type { ListSession } from './list-session.ts'

export interface MissingItem {
  item: string
  page: string
  required: boolean
}

export type Submission =
  | { type: 'sent'; next: string | null }
  | { type: 'missing'; missing: MissingItem[] }
  /** The server does not take an answer; `item` is the first, and it is in front of the reader now. */
  | { type: 'invalid'; item: string }
  /** Somebody saved other answers meanwhile; that has to be decided first. */
  | { type: 'undecided' }
  | { type: 'failed'; failure: ApiFailure }

export async function sendList(
  { id, engine, saver }: ListSession,
  { skipped, language }: { skipped: string[]; language: string },
): Promise<Submission> {
  // A save under way would be told that the list is closed. If saving fails, sending is tried all the same.
  await saver.settled()
  if (saver.state().halt?.reason === 'outdated') return { type: 'undecided' }
  try {
    const { next } = await submit(id, { answers: engine.answers() as Answers, skipped, language })
    return { type: 'sent', next }
  } catch (error) {
    const failure = error instanceof ApiFailure ? error : new ApiFailure('unexpected')
    if (failure.code === 'answers-missing') return { type: 'missing', missing: failure.details.missing as MissingItem[] }
    if (failure.code !== 'answers-invalid') return { type: 'failed', failure }
    const items = (failure.details.problems as { item: string }[]).map(({ item }) => item)
    const first = items.find((item) => engine.find(item) !== undefined)
    if (first === undefined) return { type: 'failed', failure }
    engine.refuse(items)
    engine.go(engine.find(first)?.page ?? '')
    return { type: 'invalid', item: first }
  }
}
