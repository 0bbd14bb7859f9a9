/** Keeps what a participant has typed so far. Acknowledged means on disk. */
import { answerChecker } from '../../instruments/answers.ts'
import { isStandIn } from '../../instruments/definition.ts'
import type { Answers } from '../../instruments/schema.ts'
import type { Context } from '../context.ts'
import { setAssignmentState } from '../queries/assignments.ts'
import { findDraft, putDraft } from '../queries/drafts.ts'
import { recordEvent } from '../queries/events.ts'
import { type Participant, participantsOfCase } from '../queries/participants.ts'
import { Refusal } from '../refusal.ts'
import { aboutWhom, listInEvent } from './about-whom.ts'
import { needOpen, respondentFor } from './find-own-assignment.ts'
import { needConsent } from './need-consent.ts'
import { closesOn, instrumentOf } from './packet.ts'
import type { Who } from './study-of-participant.ts'

/** What is needed to fill in one list: the definition as it was assigned, and what was typed before. */
export async function assignmentToFillIn(context: Context, participant: Participant, id: string) {
  const { read } = context.stores.study
  const { respondent, protocol, assignment } = await respondentFor(read, context, participant, id)
  needOpen(context, respondent, assignment)
  await needConsent(read, protocol, respondent)
  const instrument = instrumentOf(context, assignment)
  const draft = await findDraft(context.stores.study.read, id)
  return {
    id,
    wave: assignment.wave,
    title: instrument.survey.title,
    minutes: instrument.minutes,
    closesOn: closesOn(assignment, protocol.timeZone),
    state: assignment.state,
    about: assignment.aboutId === null ? null : aboutWhom(protocol, assignment.aboutId, await participantsOfCase(read, respondent.caseId)),
    instrument: { id: instrument.id, version: instrument.version, standIn: isStandIn(instrument), survey: instrument.survey },
    draft: draft ? { revision: draft.revision, answers: draft.answers, page: draft.page } : null,
  }
}

export interface DraftEntry {
  /** The revision that this save builds on; 0 for the first. */
  revision: number
  answers: unknown
  page: string | null
}

/**
 * Saves a draft and returns its new revision. Refuses answers that do not fit their question, and a save that builds
 * on an older state than the one on disk (two devices): that one comes along, so that the person can choose.
 */
export async function saveDraft(context: Context, who: Who, id: string, entry: DraftEntry): Promise<{ revision: number; savedAt: string }> {
  const now = context.clock.now()
  return await context.stores.study.withTx(async (tx) => {
    const { respondent, protocol, assignment } = await respondentFor(tx, context, who, id)
    needOpen(context, respondent, assignment)
    await needConsent(tx, protocol, respondent)
    const check = answerChecker(instrumentOf(context, assignment))(entry.answers)
    if (check.problems.length > 0) throw new Refusal('answers-invalid', { problems: check.problems })
    const current = await findDraft(tx, id)
    if (entry.revision !== (current?.revision ?? 0)) throw new Refusal('draft-outdated', { current })
    const revision = entry.revision + 1
    await putDraft(tx, { assignmentId: id, revision, answers: entry.answers as Answers, page: entry.page, savedAt: now })
    if (assignment.state !== 'in progress') {
      await setAssignmentState(tx, id, { state: 'in progress', startedAt: now })
      const { studyId, caseId, wave } = assignment
      await recordEvent(tx, {
        at: now,
        studyId,
        caseId,
        participantId: respondent.id,
        wave,
        kind: 'started',
        detail: listInEvent(assignment),
      })
    }
    return { revision, savedAt: now }
  })
}
