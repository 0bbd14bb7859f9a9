/** What a participant sees of the study: who asks, what they agreed to, what is open and what is done. */
import { formatReference, isStandIn } from '../../instruments/definition.ts'
import { itemsOf } from '../../instruments/items.ts'
import type { Instrument } from '../../instruments/schema.ts'
import { compare, dayOf } from '../../protocols/local-time.ts'
import type { Protocol } from '../../protocols/schema.ts'
import type { Context } from '../context.ts'
import type { Db } from '../db/tx.ts'
import { standInsOf } from '../definitions/stand-ins-of-study.ts'
import { type Assignment, answerable, assignmentsOfParticipant } from '../queries/assignments.ts'
import { consentsOf } from '../queries/consents.ts'
import { type Draft, findDrafts } from '../queries/drafts.ts'
import { hasAnswers } from '../queries/erasure.ts'
import { type Participant, participantsOfCase, setParticipantLanguage } from '../queries/participants.ts'
import { aboutWhom } from './about-whom.ts'
import { caseloadOf, type Seat } from './caseload.ts'
import { consentsFor } from './give-consent.ts'
import { needLanguage } from './need-language.ts'
import { packetOrder } from './schedule-order.ts'
import { isDraft, languagesOfStudy } from './study-languages.ts'
import { studyOfParticipant } from './study-of-participant.ts'

/** The packet as the page takes it. Reading it changes nothing. */
export async function packetOf(context: Context, participant: Participant) {
  const { stores, definitions, clock } = context
  const placed = await studyOfParticipant(stores.study.read, context, participant)
  const { found, study, protocol } = placed
  const role = protocol.roles[participant.role]
  const { language } = participant
  const spoken = definitions.translated.protocols.forReader(protocol, language)
  const languages = languagesOfStudy(definitions, study, protocol)
  const seats = await caseloadOf(stores.study.read, placed)
  const shown = (await Promise.all(seats.map((seat) => listsIn(stores.study.read, seat, protocol, clock.now())))).flat()
  // What has to be done first goes first; with one case that is what its waves open in order.
  if (seats.length > 1) shown.sort((a, b) => compare(a.closesAt, b.closesAt))
  const drafts = await findDrafts(
    stores.study.read,
    shown.map(({ id }) => id),
  )
  const asked = consentsFor(spoken, participant.role)
  const given = await wordOf(stores.study.read, asked, participant, seats)
  return {
    study: {
      title: study.title,
      organisation: study.organisation,
      contact: study.contact,
      /** Where to get help at once; null where the usual line says it. */
      helpLine: study.helpLine,
      demonstration: study.demonstration,
      standIns: standInsOf(definitions, protocol, study.adoptedNorms).length > 0,
    },
    participant: {
      role: participant.role,
      language: participant.language,
      /** Of somebody with several cases: whether they take part in any. */
      state: seats.some((seat) => seat.participant.state === 'active') ? ('active' as const) : participant.state,
      /** Whether they answer because it is their work: they know the case by its code, and there is nothing to consent to. */
      isStaff: (role?.seesCaseCode ?? false) && asked.length === 0,
      wantsReminders: participant.remindersStoppedAt === null,
      answers: await answersKeptOf(context, participant),
    },
    quickExit: quickExitOf(context, protocol, participant.role),
    caseCode: role?.seesCaseCode && seats.length === 1 ? found.code : null,
    /** Of a role that sees the case code: all their cases. */
    cases: role?.seesCaseCode
      ? seats.map((seat) => ({
          code: seat.found.code,
          state: seat.participant.state,
          since: dayOf(seat.participant.stateAt, protocol.timeZone),
        }))
      : [],
    languages,
    /** Those of which nobody has read the translation over. */
    drafts: languages.filter((one) => isDraft(definitions, protocol, one)),
    /** The language of the texts, here and in the lists. For another one the page has to be asked for anew. */
    textsIn: language,
    introduction: spoken.roles[participant.role]?.introduction ?? { nl: '', en: '' },
    consents: asked.map(({ purpose, version, required, statement }) => ({
      purpose,
      version,
      required,
      statement,
      given: given.get(purpose)?.version === version ? (given.get(purpose)?.given ?? null) : null,
    })),
    assignments: shown.map((assignment) => ({
      ...summary(assignment, instrumentIn(language, context, assignment), protocol, drafts),
      about: aboutWhom(spoken, assignment.aboutId, assignment.people),
      caseCode: role?.seesCaseCode ? assignment.caseCode : null,
    })),
  }
}

/** What is open and done of a participant in one case, in the order of its packet. */
async function listsIn(db: Db, { participant, found }: Seat, protocol: Protocol, now: string) {
  const [all, people] = await Promise.all([assignmentsOfParticipant(db, participant.id), participantsOfCase(db, found.id)])
  const inOrder = packetOrder(protocol)
  return all
    .filter(isShown(now))
    .map((row) => ({ ...row, about: people.find(({ id }) => id === row.aboutId) ?? null, people, caseCode: found.code }))
    .sort((a, b) => compare(a.opensAt, b.opensAt) || inOrder(a, b))
}

/** What was said to each purpose; of somebody with several cases only where it was said in all in which they take part. */
async function wordOf(db: Db, asked: ReturnType<typeof consentsFor>, { id }: Participant, seats: Seat[]) {
  const active = seats.filter((seat) => seat.participant.state === 'active').map((seat) => seat.participant.id)
  const ids = seats.length > 1 && active.length > 0 ? active : [id]
  const words = await Promise.all(ids.map((one) => consentsOf(db, one)))
  return new Map(
    asked.flatMap(({ purpose, version }) => {
      const lacking = words.find((word) => word.get(purpose)?.version !== version)
      const word = (lacking ?? words[0])?.get(purpose)
      return word ? [[purpose, word] as const] : []
    }),
  )
}

export type Packet = Awaited<ReturnType<typeof packetOf>>

/** Whether what they answered is kept, or was erased at their request; `none` when there was nothing. */
export async function answersKeptOf(
  { stores }: Pick<Context, 'stores'>,
  { id, answersErasedAt }: Participant,
): Promise<'kept' | 'erased' | 'none'> {
  if (answersErasedAt !== null) return 'erased'
  return (await hasAnswers(stores.study.read, id)) ? 'kept' : 'none'
}

/** Where to leave to in a hurry; null for those whose work it is to be here: they know the case by its code. */
export const quickExitOf = ({ quickExitUrl }: Pick<Context, 'quickExitUrl'>, { roles }: Protocol, role: string): string | null =>
  roles[role]?.seesCaseCode ? null : quickExitUrl

/** The instrument exactly as it was assigned. */
export const instrumentOf = ({ definitions }: Pick<Context, 'definitions'>, { instrumentId, instrumentVersion }: Assignment): Instrument =>
  definitions.instruments.need(formatReference({ id: instrumentId, version: instrumentVersion }))

/** The same in the words of one language, where it is translated into it. Its answers mean the same; conditions and scores are for the other. */
export const instrumentIn = (language: string, context: Pick<Context, 'definitions'>, assignment: Assignment): Instrument =>
  context.definitions.translated.instruments.forReader(instrumentOf(context, assignment), language)

/** Whether answers are taken at `now`. The window decides, not whether the ticker has passed by yet. */
export const isOpen = ({ state, opensAt, closesAt }: Assignment, now: string): boolean =>
  answerable.includes(state) && opensAt <= now && now < closesAt

/** Last local day on which answers are taken. */
export function closesOn({ closesAt }: Pick<Assignment, 'closesAt'>, timeZone: string): string {
  return Temporal.Instant.from(closesAt).subtract({ milliseconds: 1 }).toZonedDateTimeISO(timeZone).toPlainDate().toString()
}

/** Keeps the language for this wave and the next. Refuses one that the study does not have. */
export async function chooseLanguage(context: Context, participant: Participant, language: string): Promise<void> {
  await context.stores.study.withTx(async (tx) => {
    const placed = await studyOfParticipant(tx, context, participant)
    await needLanguage(tx, context, { studyId: placed.study.id, protocol: placed.protocol }, language)
    for (const seat of await caseloadOf(tx, placed)) await setParticipantLanguage(tx, seat.participant.id, language)
  })
}

const isShown = (now: string) => (assignment: Assignment) =>
  isOpen(assignment, now) || (assignment.state === 'completed' && now < assignment.closesAt)

function summary(assignment: Assignment, instrument: Instrument, { timeZone }: Protocol, drafts: Draft[]) {
  const draft = drafts.find(({ assignmentId }) => assignmentId === assignment.id)
  return {
    id: assignment.id,
    wave: assignment.wave,
    title: instrument.survey.title,
    minutes: instrument.minutes,
    standIn: isStandIn(instrument),
    state: assignment.state === 'scheduled' ? ('open' as const) : assignment.state,
    closesOn: closesOn(assignment, timeZone),
    items: itemsOf(instrument).length,
    answered: draft ? Object.keys(draft.answers).length : 0,
  }
}
