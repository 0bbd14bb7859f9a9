/** Sends a list that is ready, and sorts out what the server says of it. */
import { ApiFailure } from '../../ui/api.ts'
import { submit } from '../api.ts'
import { randomName } from '../saving/draft-saver.ts'
import { currentIn } from '../saving/send-draft.ts'
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

export async function sendList(session: ListSession, how: { skipped: string[]; language: string }): Promise<Submission> {
  const { engine, saver } = session
  // A save under way would be told that the list is closed. If saving fails, sending is tried all the same.
  await saver.settled()
  if (saver.state().halt?.reason === 'outdated') return { type: 'undecided' }
  try {
    return { type: 'sent', next: await sendOnNewest(session, how) }
  } catch (error) {
    const failure = error instanceof ApiFailure ? error : new ApiFailure('unexpected')
    if (failure.code === 'draft-outdated') return { type: 'undecided' }
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

/** Returns the next list. A save of ours of which we never heard may be newer than what we build on: then once more, on that. */
async function sendOnNewest(session: ListSession, { skipped, language }: { skipped: string[]; language: string }) {
  const { id, engine, saver, timer } = session
  const content = { answers: engine.answers(), sealed: engine.sealed(), skipped }
  const duration = timer ? { duration: timer.seconds() } : {}
  const entry = () => ({ ...content, ...duration, language, revision: saver.state().revision, save: nameOf(session, content) })
  try {
    return (await submit(id, entry())).next
  } catch (error) {
    if (!(error instanceof ApiFailure) || error.code !== 'draft-outdated' || !saver.meet(currentIn(error.details))) throw error
    return (await submit(id, entry())).next
  }
}

/** What was sent from this page last. The same answers again have the same name, so that they count once. */
const sent = new WeakMap<ListSession, { content: string; name: string }>()

function nameOf(session: ListSession, answers: object): string {
  const content = JSON.stringify(answers)
  const last = sent.get(session)
  if (last?.content === content) return last.name
  const name = randomName()
  sent.set(session, { content, name })
  return name
}
