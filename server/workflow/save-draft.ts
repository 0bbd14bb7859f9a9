/** Keeps what a participant has typed so far. Acknowledged means on disk. */
import { answerChecker } from '../../instruments/answers.ts'
import { isStandIn } from '../../instruments/definition.ts'
import { hiddenElements } from '../../instruments/hidden.ts'
import { placeInRecord } from '../../instruments/records.ts'
import type { Answers } from '../../instruments/schema.ts'
import { isTimed } from '../../protocols/timed-roles.ts'
import type { Context } from '../context.ts'
import { setAssignmentState } from '../queries/assignments.ts'
import { type Draft, findDraft, putDraft } from '../queries/drafts.ts'
import { recordEvent } from '../queries/events.ts'
import { participantsOfCase } from '../queries/participants.ts'
import type { Visitor } from '../queries/sessions.ts'
import { Refusal } from '../refusal.ts'
import { aboutWhom, listInEvent } from './about-whom.ts'
import { needOpen, respondentFor } from './find-own-assignment.ts'
import { needConsent } from './need-consent.ts'
import { closesOn, instrumentIn, instrumentOf } from './packet.ts'
import { surveyFor, type VisibleDraft, visibleDraft, withSealed } from './sealed-answers.ts'
import type { Who } from './study-of-participant.ts'

/**
 * What is needed to fill in one list: the definition as it was assigned, and what was typed before. Of answers that were given
 * on another device only the names of their items.
 */
export async function assignmentToFillIn(context: Context, participant: Visitor, id: string) {
  const { read } = context.stores.study
  const { respondent, protocol, assignment } = await respondentFor(read, context, participant, id)
  needOpen(context, respondent, assignment)
  await needConsent(read, protocol, respondent)
  const instrument = instrumentOf(context, assignment)
  const { language } = participant
  const spoken = instrumentIn(language, context, assignment)
  const stored = await findDraft(context.stores.study.read, id)
  const draft = stored ? visibleDraft(stored, participant.deviceId, instrument) : null
  return {
    id,
    wave: assignment.wave,
    title: spoken.survey.title,
    minutes: instrument.minutes,
    closesOn: closesOn(assignment, protocol.timeZone),
    state: assignment.state,
    about:
      assignment.aboutId === null
        ? null
        : aboutWhom(
            context.definitions.translated.protocols.forReader(protocol, language),
            assignment.aboutId,
            await participantsOfCase(read, respondent.caseId),
          ),
    instrument: {
      id: instrument.id,
      version: instrument.version,
      standIn: isStandIn(instrument),
      survey: draft ? surveyFor(spoken, stored, draft) : spoken.survey,
    },
    /** What conditions hide at this moment, so that the page can show the list before it can read conditions. */
    hidden: hiddenElements(instrument, (stored?.answers ?? {}) as Answers).filter(
      (name) => !draft?.sealed.includes(placeInRecord(name)?.group ?? name),
    ),
    draft,
    /** Seconds by the timer so far, for whose work it is to ask the questions; null for everybody else. */
    duration: isTimed(respondent.role) ? (stored?.duration ?? 0) : null,
  }
}

export interface DraftEntry {
  /** The revision that this save builds on; 0 for the first. */
  revision: number
  answers: unknown
  page: string | null
  /** Items whose answers of another device stay as they are; without it all that are sealed from this one. */
  sealed?: string[] | undefined
  /** Seconds that the page's timer ran so far; without it the draft keeps those that it had. */
  duration?: number | undefined
  /** What the page calls this save. The same save again is answered the same and stored once. */
  save?: string | undefined
}

/**
 * Saves a draft and returns its new revision. Refuses answers that do not fit their question, and a save that builds
 * on an older state than the one on disk (two devices): what may be seen of that one comes along, so that the person can
 * choose.
 */
export async function saveDraft(context: Context, who: Who, id: string, entry: DraftEntry): Promise<{ revision: number; savedAt: string }> {
  const now = context.clock.now()
  return await context.stores.study.withTx(async (tx) => {
    const { respondent, protocol, deviceId, assignment } = await respondentFor(tx, context, who, id)
    needOpen(context, respondent, assignment)
    await needConsent(tx, protocol, respondent)
    const current = await findDraft(tx, id)
    if (current && entry.save !== undefined && current.saveId === entry.save)
      return { revision: current.revision, savedAt: current.savedAt }
    const answers = withSealed(entry.answers, current, deviceId, entry.sealed)
    const instrument = instrumentOf(context, assignment)
    const check = answerChecker(instrument)(answers)
    if (check.problems.length > 0) throw new Refusal('answers-invalid', { problems: check.problems })
    needNewest(current, entry.revision, (newest) => visibleDraft(newest, deviceId, instrument))
    const revision = entry.revision + 1
    await putDraft(tx, {
      assignmentId: id,
      revision,
      answers: answers as Answers,
      page: entry.page,
      savedAt: now,
      givenOn: givenOn(answers as Answers, entry.answers as Answers, current, deviceId),
      deviceId,
      saveId: entry.save ?? null,
      duration: entry.duration ?? current?.duration ?? null,
    })
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

/** Refuses what builds on an older state than the newest. */
export function needNewest(current: Draft | undefined, revision: number, see: (current: Draft) => VisibleDraft): void {
  if (revision === (current?.revision ?? 0)) return
  const seen = current ? { ...see(current), savedAt: current.savedAt, save: current.saveId } : null
  throw new Refusal('draft-outdated', { current: seen })
}

/** On which device each answer was given: what is in this save on this one, what stays as it was where it was. */
function givenOn(all: Answers, given: Answers, before: Draft | undefined, deviceId: string | null): Record<string, string> {
  const entries = Object.keys(all).flatMap((item) => {
    const device = Object.hasOwn(given, item) ? deviceId : before?.givenOn[item]
    return device === null || device === undefined ? [] : [[item, device]]
  })
  return Object.fromEntries(entries)
}
