/** One list on this page: its definition, its answers and the saving of them. */
import type { Answers, Survey } from '../../../instruments/schema.ts'
import { type Engine, openSurvey } from '../../survey/engine.ts'
import { ApiFailure } from '../../ui/api.ts'
import { type Assignment, getAssignment, putDraft } from '../api.ts'
import { createDraftSaver, type Draft, type DraftSaver, type SavedDraft, type SaveOutcome } from '../saving/draft-saver.ts'
import { isUnsaved } from '../saving/save-queue.ts'
import { forgetSaver, watchSaver } from '../saving/savers.ts'

export interface ListSession {
  id: string
  assignment: Assignment
  engine: Engine
  saver: DraftSaver
}

const sessions = new Map<string, ListSession>()

/** Opens a list as the server has it; one whose answers are still on their way is taken up as it is here. */
export async function openList(id: string, language: string): Promise<ListSession> {
  const kept = sessions.get(id)
  if (kept && isUnsaved(kept.saver.state())) return kept
  const assignment = await getAssignment(id)
  closeList(id)
  const session = startSession(id, assignment, language)
  sessions.set(id, session)
  watchSaver(session.saver)
  return session
}

/** Forgets a list and its answers. */
export function closeList(id: string): void {
  const session = sessions.get(id)
  if (session) forgetSaver(session.saver)
  sessions.delete(id)
}

function startSession(id: string, assignment: Assignment, language: string): ListSession {
  const { draft, instrument } = assignment
  const engine = openSurvey(instrument.survey as Survey, {
    answers: (draft?.answers ?? {}) as Answers,
    page: draft?.page ?? null,
    language,
  })
  const read = (): Draft => ({ answers: engine.answers(), page: engine.page().name })
  const saver = createDraftSaver({
    revision: draft?.revision ?? 0,
    read,
    send: (save) => sendDraft(id, save),
    onRefused: (items) => engine.refuse(items),
  })
  let before = JSON.stringify(read())
  engine.subscribe(() => {
    const now = JSON.stringify(read())
    if (now !== before) saver.changed()
    before = now
  })
  return {
    id,
    assignment,
    engine,
    saver: {
      ...saver,
      takeOther() {
        const other = saver.other()
        engine.replace(other?.answers ?? {}, other?.page ?? null)
        saver.takeOther()
      },
    },
  }
}

async function sendDraft(id: string, save: Draft & { revision: number }): Promise<SaveOutcome> {
  try {
    return { type: 'saved', revision: (await putDraft(id, save)).revision }
  } catch (error) {
    const { code, details } = error instanceof ApiFailure ? error : new ApiFailure('unexpected')
    if (code === 'draft-outdated') return { type: 'outdated', current: (details.current ?? null) as SavedDraft | null }
    if (mayPass.includes(code)) return { type: 'failed' }
    const problems = (details.problems ?? []) as { item?: string }[]
    return { type: 'refused', code, items: problems.flatMap(({ item }) => item ?? []) }
  }
}

/** What may be over in a while. */
const mayPass: string[] = ['unreachable', 'unexpected', 'storage-full']
