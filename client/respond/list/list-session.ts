/** One list on this page: its definition, its answers and the saving of them. */
import type { Answers, Survey } from '../../../instruments/schema.ts'
import { isPlain } from '../../survey/plain-engine.ts'
import { type SealingEngine, sealItems } from '../../survey/sealed-items.ts'
import { type StartingEngine, startSurvey } from '../../survey/starting-engine.ts'
import { ApiFailure } from '../../ui/api.ts'
import { type Assignment, getAssignment } from '../api.ts'
import { createDraftSaver, type Draft, type DraftSaver, type SaverOptions } from '../saving/draft-saver.ts'
import { isUnsaved } from '../saving/save-queue.ts'
import { forgetSaver, watchSaver } from '../saving/savers.ts'
import { sendDraft } from '../saving/send-draft.ts'
import { createTimer, type InterviewTimer } from '../timer/interview-timer.ts'

export interface ListSession {
  id: string
  assignment: Assignment
  engine: StartingEngine & SealingEngine
  saver: DraftSaver
  /** Of whoever asks somebody else the questions. */
  timer: InterviewTimer | null
}

const sessions = new Map<string, ListSession>()

/** Opens a list as the server has it; one whose answers are still on their way is taken up as it is here. */
export async function openList(id: string, language: string): Promise<ListSession> {
  const kept = sessions.get(id)
  if (kept && isUnsaved(kept.saver.state())) return kept
  return begin(await getAssignment(id), language)
}

/** Opens a list anew with what the server holds. What stands here and is not saved is gone. */
export async function openWithOther(id: string, language: string): Promise<ListSession> {
  return begin(await getAssignment(id), language)
}

/** Opens a list anew if nothing changed here meanwhile: what is asked may hang on answers of another device. */
export async function openAgain(session: ListSession, language: string): Promise<ListSession> {
  const assignment = await getAssignment(session.id)
  const state = session.saver.state()
  const isSame = !isUnsaved(state) && state.halt === null && state.revision === assignment.draft?.revision
  return isSame && sessions.get(session.id) === session ? begin(assignment, language) : session
}

async function begin(assignment: Assignment, language: string): Promise<ListSession> {
  closeList(assignment.id)
  const session = startSession(assignment, language)
  keepSession(session)
  // A list whose texts take in answers can be shown by survey-core only.
  if (!isPlain(assignment.instrument.survey as Survey)) await session.engine.takeOver().catch(unreachable)
  return session
}

/** From here on the list is saved as it is answered, and survey-core takes it over as soon as it is there. */
export function keepSession(session: ListSession): void {
  sessions.set(session.id, session)
  watchSaver(session.saver)
  bringSurveyCore(session)
}

/** Tries until it is there, or the list is closed. */
function bringSurveyCore(session: ListSession, patience = 2000): void {
  session.engine.takeOver().then(
    () => performance.mark('survey in charge'),
    () => {
      const again = () => sessions.get(session.id) === session && bringSurveyCore(session, Math.min(2 * patience, 30_000))
      setTimeout(again, patience)
    },
  )
}

function unreachable(): never {
  throw new ApiFailure('unreachable')
}

/** Forgets a list and its answers. */
export function closeList(id: string): void {
  const session = sessions.get(id)
  if (session) forgetSaver(session.saver)
  sessions.delete(id)
}

/** The engine of a list as the server has it. `typed`: what stands in text fields and could not be taken. */
export function openEngine({ draft, instrument, hidden }: Assignment, language: string, typed: [string, string][] = []) {
  const answers = (draft?.answers ?? {}) as Answers
  const opened = startSurvey(instrument.survey as Survey, { answers, page: draft?.page ?? null, language, hidden })
  const engine = sealItems(opened, draft?.sealed ?? [])
  for (const [name, text] of typed) engine.type(name, text)
  if (typed.length > 0) engine.isSound()
  return engine
}

interface SessionOptions extends Pick<SaverOptions, 'later'> {
  typed?: [string, string][]
}

/** A list as the server has it. Nothing happens yet: neither saving nor fetching. `later`: how a test lets time go faster. */
export function startSession(assignment: Assignment, language: string, { typed, ...timing }: SessionOptions = {}): ListSession {
  const { id, draft, duration } = assignment
  const engine = openEngine(assignment, language, typed)
  const timer = duration === null ? null : createTimer(duration)
  const stands = () => ({ answers: engine.answers(), page: engine.page().name, sealed: engine.sealed() })
  const read = (): Draft => ({ ...stands(), ...(timer && { duration: timer.seconds() }) })
  const saver = createDraftSaver({
    revision: draft?.revision ?? 0,
    read,
    send: (save) => sendDraft(id, save),
    onRefused: (items) => engine.refuse(items),
    ...timing,
  })
  let before = JSON.stringify(stands())
  engine.subscribe(() => {
    const now = JSON.stringify(stands())
    if (now !== before) saver.changed()
    before = now
  })
  return {
    id,
    assignment,
    engine,
    timer,
    saver: {
      ...saver,
      keepMine() {
        // What was answered only on the other device stands, unseen; what is here goes on top of it.
        engine.seal(saver.other()?.sealed ?? [])
        saver.keepMine()
      },
    },
  }
}
