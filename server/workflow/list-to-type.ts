/** One list as somebody types it in: its questions, what they typed so far, and for a case file what the other waves say. */
import { isStandIn } from '../../instruments/definition.ts'
import { hiddenElements } from '../../instruments/hidden.ts'
import type { Answers } from '../../instruments/schema.ts'
import { isCoded, isTimed } from '../../protocols/timed-roles.ts'
import type { Context } from '../context.ts'
import { type Assignment, assignmentsOfCase } from '../queries/assignments.ts'
import { entriesOf } from '../queries/entries.ts'
import { participantsOfCase } from '../queries/participants.ts'
import { findResponseOf } from '../queries/responses.ts'
import { findStudy, type Study } from '../queries/studies.ts'
import { describeEntry, describeList } from './lists-to-enter.ts'
import { answerableDays } from './need-enterable.ts'
import { needEntering, type Typing } from './need-entering.ts'
import { instrumentIn } from './packet.ts'
import { staffNames } from './staff-names.ts'
import { languagesOfStudy } from './study-languages.ts'
import { ruleOf } from './typed-twice.ts'

/** Refuses like `needEntering`. What somebody else typed is not in it, so that a second typing is not a copy of the first. */
export async function listToType(context: Context, typing: Typing) {
  const db = context.stores.study.read
  const { staff, found } = typing
  const { assignment, protocol, respondent } = await needEntering(db, context, typing)
  const [participants, entries, study] = [
    await participantsOfCase(db, found.id),
    await entriesOf(db, assignment.id),
    (await findStudy(db, found.studyId)) as Study,
  ]
  const names = await staffNames(
    context,
    entries.map(({ enteredBy }) => enteredBy),
  )
  const own = entries.find(({ enteredBy, state }) => enteredBy === staff.member.id && state === 'typing')
  const language = own?.language ?? participants.find(({ id }) => id === respondent.id)?.language ?? 'nl'
  const instrument = instrumentIn(language, context, assignment)
  const now = context.clock.now()
  return {
    ...describeList(context, protocol, assignment, participants),
    code: found.code,
    language,
    languages: languagesOfStudy(context.definitions, study, protocol),
    days: answerableDays(assignment, protocol, now),
    isLate: assignment.closesAt <= now,
    /** How such a list is mostly come by. */
    usualMeans: isCoded(respondent.role) ? ('file' as const) : isTimed(respondent.role) ? ('interview' as const) : ('paper' as const),
    /** Whether the protocol has every list of this kind typed in by two people; which ones of a share nobody is told before. */
    isAlwaysTwice: ruleOf(protocol, found, respondent.role, assignment)?.share === 1,
    standIn: isStandIn(instrument),
    survey: instrument.survey,
    hidden: hiddenElements(instrument, own?.answers ?? {}),
    entries: entries.map((entry) => describeEntry(entry, staff, names)),
    own: own ? { revision: own.revision, answers: own.answers, page: own.page, savedAt: own.savedAt, pass: own.pass } : null,
    otherWaves: isCoded(respondent.role) ? await otherWaves(context, assignment, protocol.waves) : [],
  }
}

/** What the same coder found in the file at the other waves, in their order. */
async function otherWaves(
  { stores }: Context,
  { id, caseId, participantId, instrumentId, aboutId }: Assignment,
  waves: readonly { id: string }[],
): Promise<{ wave: string; assignment: string; answers: Answers | null }[]> {
  const db = stores.study.read
  const others = (await assignmentsOfCase(db, caseId)).filter(
    (one) => one.id !== id && one.participantId === participantId && one.instrumentId === instrumentId && one.aboutId === aboutId,
  )
  const found = await Promise.all(
    others.map(async (one) => ({ wave: one.wave, assignment: one.id, answers: (await findResponseOf(db, one.id))?.answers ?? null })),
  )
  const order = waves.map((wave) => wave.id)
  return found.sort((a, b) => order.indexOf(a.wave) - order.indexOf(b.wave))
}
