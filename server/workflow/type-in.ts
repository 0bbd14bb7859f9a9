/** Staff type in a list on behalf of somebody: begun, kept after each answer, finished or thrown away. */
import { answerChecker } from '../../instruments/answers.ts'
import type { Answers } from '../../instruments/schema.ts'
import type { Context } from '../context.ts'
import type { EntryMeans } from '../db/study-schema/entries.ts'
import type { Db } from '../db/tx.ts'
import { newId } from '../new-id.ts'
import { type Entry, entriesOf, insertEntry, removeEntry, updateEntry } from '../queries/entries.ts'
import { recordEvent } from '../queries/events.ts'
import { Refusal } from '../refusal.ts'
import { listInEvent } from './about-whom.ts'
import { differences } from './compare-entries.ts'
import { needConsent } from './need-consent.ts'
import { needEnterable } from './need-enterable.ts'
import { type Entering, type Typing, withEntering } from './need-entering.ts'
import { needLanguage } from './need-language.ts'
import { instrumentOf } from './packet.ts'
import { refuseIncomplete, submitWithin } from './submit-response.ts'
import { typedFor } from './typed-for.ts'
import { mustBeTypedTwice } from './typed-twice.ts'

export { entryMeans } from '../db/study-schema/entries.ts'

export interface Beginning {
  means: EntryMeans
  /** `YYYY-MM-DD`. */
  answeredOn: string
  /** In which it was asked. */
  language: string
  /** Whether a second person is to type it too; the protocol may want that of its own. */
  double: boolean
  reason?: string | undefined
}

export interface Typed {
  answers: unknown
  page: string | null
  /** The revision that this builds on. */
  revision: number
}

/**
 * Begins to type a list in, or to type it a second time where somebody else does so too: then means, day and language are those of
 * the first. Whoever types first chooses whether there is a second, unless the protocol does. Refuses while somebody is at it already, without a reason after the window, and where the list cannot be taken.
 */
export async function beginEntry(context: Context, typing: Typing, beginning: Beginning): Promise<void> {
  const { staff, found, assignment: id } = typing
  await withEntering(context, typing, async (tx, entering) => {
    const now = context.clock.now()
    const [first, second] = await entriesOf(tx, id)
    if (first && (!first.double || second)) throw new Refusal('entry-there')
    if (first?.enteredBy === staff.member.id) throw new Refusal('entry-of-another')
    const { means, answeredOn, language, reason = null } = first ?? beginning
    const double =
      first?.double ?? (beginning.double || mustBeTypedTwice(entering.protocol, found, entering.respondent.role, entering.assignment))
    await needTaken(tx, context, entering, { answeredOn, language })
    if (entering.assignment.closesAt <= now && reason === null) throw new Refusal('reason-missing')
    await insertEntry(tx, {
      id: newId(),
      studyId: found.studyId,
      assignmentId: id,
      pass: first ? 2 : 1,
      double,
      enteredBy: staff.member.id,
      means,
      answeredOn,
      language,
      reason,
      state: 'typing',
      revision: 0,
      answers: {},
      skipped: [],
      page: null,
      begunAt: now,
      savedAt: now,
      typedMs: 0,
      decision: null,
      decidedBy: null,
      decidedAt: null,
      decisionReason: null,
    })
    await tell(tx, { typing, entering, now, kind: 'entry begun', detail: { means, pass: first ? 2 : 1 } })
  })
}

async function needTaken(
  tx: Db,
  context: Context,
  { protocol, respondent, assignment }: Entering,
  { answeredOn, language }: Pick<Entry, 'answeredOn' | 'language'>,
): Promise<void> {
  needEnterable(context, protocol, respondent, assignment, answeredOn)
  await needLanguage(tx, context, { studyId: respondent.studyId, protocol }, language)
  await needConsent(tx, protocol, respondent)
}

/** Keeps what was typed so far. The same save again is answered the same. */
export async function keepEntry(context: Context, typing: Typing, typed: Typed): Promise<{ revision: number; savedAt: string }> {
  return await withEntering(context, typing, async (tx, entering) => keep(tx, context, entering, await ownEntry(tx, typing), typed))
}

async function keep(tx: Db, context: Context, { assignment }: Entering, entry: Entry, { answers, page, revision }: Typed) {
  const { problems } = answerChecker(instrumentOf(context, assignment))(answers)
  if (problems.length > 0) throw new Refusal('answers-invalid', { problems })
  const isSame = JSON.stringify(answers) === JSON.stringify(entry.answers)
  if (revision + 1 === entry.revision && isSame) return { revision: entry.revision, savedAt: entry.savedAt }
  if (revision !== entry.revision) {
    const { revision: newest, answers: there, page: on } = entry
    throw new Refusal('entry-outdated', { current: { revision: newest, answers: there, page: on } })
  }
  const savedAt = context.clock.now()
  const typedMs = entry.typedMs + typedFor(entry.savedAt, savedAt)
  await updateEntry(tx, entry.id, { answers: answers as Answers, page, revision: revision + 1, savedAt, typedMs })
  return { revision: revision + 1, savedAt }
}

/** `waits`: for the second typing; `differs`: the two have to be compared. */
export type Finished = { outcome: 'completed'; next: string | null } | { outcome: 'waits' } | { outcome: 'differs'; items: number }

/**
 * Takes what was typed as all there is: as the response, or, where it is typed twice, as one of the two. Two that are the same become
 * the response at once. Refuses what a participant could not send either.
 */
export async function finishEntry(context: Context, typing: Typing, typed: Typed & { skipped: string[] }): Promise<Finished> {
  return await withEntering(context, typing, async (tx, entering) => {
    const entry = await ownEntry(tx, typing)
    await needTaken(tx, context, entering, entry)
    const instrument = instrumentOf(context, entering.assignment)
    const check = answerChecker(instrument)(typed.answers)
    refuseIncomplete(check, typed.skipped)
    if (!entry.double) {
      const { next } = await submitWithin(tx, context, { id: entering.respondent.id }, typing.assignment, {
        answers: typed.answers,
        skipped: typed.skipped,
        language: entry.language,
        entered: { ...entry, typedMs: entry.typedMs + typedFor(entry.savedAt, context.clock.now()) },
      })
      await removeEntry(tx, entry.id)
      return { outcome: 'completed', next }
    }
    await keep(tx, context, entering, entry, typed)
    await updateEntry(tx, entry.id, { state: 'typed', answers: check.answers, skipped: typed.skipped })
    const [first, second] = await entriesOf(tx, typing.assignment)
    if (first?.state !== 'typed' || second?.state !== 'typed') return { outcome: 'waits' }
    const differing = differences(first.answers, second.answers, answerNames(first.answers, second.answers))
    if (differing.length > 0) return { outcome: 'differs', items: differing.length }
    return { outcome: 'completed', next: await takeBoth(tx, context, entering, { first, second, answers: first.answers }) }
  })
}

const answerNames = (first: Answers, second: Answers): string[] => [...new Set([...Object.keys(first), ...Object.keys(second)])]

/** Makes the response of two typings, and keeps both. Returns the next list. */
export async function takeBoth(
  tx: Db,
  context: Context,
  { respondent, assignment }: Entering,
  { first, second, answers }: { first: Entry; second: Entry; answers: Answers },
): Promise<string | null> {
  // What either of them found open on the paper may stay open; what was decided to be open may, too.
  const { open } = answerChecker(instrumentOf(context, assignment))(answers)
  const { next } = await submitWithin(tx, context, { id: respondent.id }, assignment.id, {
    answers,
    skipped: open.map(({ item }) => item),
    language: first.language,
    entered: { ...first, typedMs: first.typedMs + second.typedMs },
  })
  for (const { id } of [first, second]) await updateEntry(tx, id, { state: 'used' })
  return next
}

/** Throws away what was typed, as one does with a list that was the wrong one. Refuses when there is nothing, or both are compared already. */
export async function discardEntry(context: Context, typing: Typing, { pass, reason }: { pass: number; reason: string }): Promise<void> {
  await withEntering(context, typing, async (tx, entering) => {
    const all = await entriesOf(tx, typing.assignment)
    const entry = all.find((one) => one.pass === pass && one.state !== 'used')
    if (!entry) throw new Refusal('entry-unknown')
    await removeEntry(tx, entry.id)
    // The second stays, and is the first now.
    const left = all.find((one) => one.pass === 2 && pass === 1)
    if (left) await updateEntry(tx, left.id, { pass: 1 })
    const detail = { pass, answers: Object.keys(entry.answers).length, typedBy: entry.enteredBy, why: reason }
    await tell(tx, { typing, entering, now: context.clock.now(), kind: 'entry discarded', detail })
  })
}

/**
 * Goes on with what a colleague typed half, who is away: nothing of it is lost, and the case keeps who typed it. Whoever had begun it
 * cannot go on in it. Refuses when there is nothing, when it is one's own already, and where one typed the other of two.
 */
export async function takeOverEntry(context: Context, typing: Typing, { pass, reason }: { pass: number; reason: string }): Promise<void> {
  const me = typing.staff.member.id
  await withEntering(context, typing, async (tx, entering) => {
    const all = await entriesOf(tx, typing.assignment)
    const entry = all.find((one) => one.pass === pass && one.state === 'typing')
    if (!entry) throw new Refusal('entry-unknown')
    if (entry.enteredBy === me) throw new Refusal('entry-there')
    if (all.some(({ enteredBy }) => enteredBy === me)) throw new Refusal('entry-of-another')
    await updateEntry(tx, entry.id, { enteredBy: me })
    const detail = { pass, answers: Object.keys(entry.answers).length, typedBy: entry.enteredBy, why: reason }
    await tell(tx, { typing, entering, now: context.clock.now(), kind: 'entry taken over', detail })
  })
}

interface Telling {
  typing: Typing
  entering: Entering
  now: string
  kind: string
  detail: Record<string, unknown>
}

/** Writes down in the case what happened to the typing of a list. */
export async function tell(tx: Db, { typing: { staff, found }, entering: { assignment }, now, kind, detail }: Telling): Promise<void> {
  const { studyId, id: caseId } = found
  await recordEvent(tx, {
    at: now,
    studyId,
    caseId,
    participantId: assignment.participantId,
    wave: assignment.wave,
    kind,
    detail: { ...listInEvent(assignment), staff: staff.member.id, ...detail },
  })
}

/** What this person is typing. Of somebody else's typing nobody sees the answers. */
async function ownEntry(tx: Db, { staff, assignment }: Typing): Promise<Entry> {
  const all = await entriesOf(tx, assignment)
  const own = all.find(({ enteredBy, state }) => enteredBy === staff.member.id && state === 'typing')
  if (own) return own
  throw new Refusal(all.some(({ state }) => state === 'typing') ? 'entry-of-another' : 'entry-unknown')
}
