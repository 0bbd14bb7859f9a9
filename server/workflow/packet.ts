/** What a participant sees of the study: who asks, what they agreed to, what is open and what is done. */
import { formatReference, isStandIn } from '../../instruments/definition.ts'
import { itemsOf } from '../../instruments/items.ts'
import type { Instrument } from '../../instruments/schema.ts'
import { compare } from '../../protocols/local-time.ts'
import type { Protocol } from '../../protocols/schema.ts'
import type { Context } from '../context.ts'
import { type Assignment, answerable, assignmentsOfParticipant } from '../queries/assignments.ts'
import { consentsOf } from '../queries/consents.ts'
import { type Draft, findDrafts } from '../queries/drafts.ts'
import { type Participant, participantsOfCase, setParticipantLanguage } from '../queries/participants.ts'
import { aboutWhom } from './about-whom.ts'
import { consentsFor } from './give-consent.ts'
import { needLanguage } from './need-language.ts'
import { standInsOf } from './open-study.ts'
import { packetOrder } from './schedule-order.ts'
import { studyOfParticipant } from './study-of-participant.ts'

/** The packet as the page takes it. Reading it changes nothing. */
export async function packetOf(context: Context, participant: Participant) {
  const { stores, definitions, clock } = context
  const { found, study, protocol } = await studyOfParticipant(stores.study.read, context, participant)
  const role = protocol.roles[participant.role]
  const inOrder = packetOrder(protocol)
  const [all, people] = await Promise.all([
    assignmentsOfParticipant(stores.study.read, participant.id),
    participantsOfCase(stores.study.read, found.id),
  ])
  const shown = all
    .filter(isShown(clock.now()))
    .map((assignment) => ({ ...assignment, about: people.find(({ id }) => id === assignment.aboutId) ?? null }))
    .sort((a, b) => compare(a.opensAt, b.opensAt) || inOrder(a, b))
  const drafts = await findDrafts(
    stores.study.read,
    shown.map(({ id }) => id),
  )
  const given = await consentsOf(stores.study.read, participant.id)
  const asked = consentsFor(protocol, participant.role)
  return {
    study: {
      title: study.title,
      organisation: study.organisation,
      contact: study.contact,
      demonstration: study.demonstration,
      standIns: standInsOf(definitions, protocol, study.adoptedNorms).length > 0,
    },
    participant: {
      role: participant.role,
      language: participant.language,
      state: participant.state,
      /** Whether they answer because it is their work: they know the case by its code, and there is nothing to consent to. */
      isStaff: (role?.seesCaseCode ?? false) && asked.length === 0,
    },
    caseCode: role?.seesCaseCode ? found.code : null,
    languages: protocol.languages,
    introduction: role?.introduction ?? { nl: '', en: '' },
    consents: asked.map(({ purpose, version, required, statement }) => ({
      purpose,
      version,
      required,
      statement,
      given: given.get(purpose)?.version === version ? (given.get(purpose)?.given ?? null) : null,
    })),
    assignments: shown.map((assignment) => ({
      ...summary(assignment, instrumentOf(context, assignment), protocol, drafts),
      about: aboutWhom(protocol, assignment.aboutId, people),
    })),
  }
}

export type Packet = Awaited<ReturnType<typeof packetOf>>

/** The instrument exactly as it was assigned. */
export const instrumentOf = ({ definitions }: Pick<Context, 'definitions'>, { instrumentId, instrumentVersion }: Assignment): Instrument =>
  definitions.instruments.need(formatReference({ id: instrumentId, version: instrumentVersion }))

/** Whether answers are taken at `now`. The window decides, not whether the ticker has passed by yet. */
export const isOpen = ({ state, opensAt, closesAt }: Assignment, now: string): boolean =>
  answerable.includes(state) && opensAt <= now && now < closesAt

/** Last local day on which answers are taken. */
export function closesOn({ closesAt }: Pick<Assignment, 'closesAt'>, timeZone: string): string {
  return Temporal.Instant.from(closesAt).subtract({ milliseconds: 1 }).toZonedDateTimeISO(timeZone).toPlainDate().toString()
}

/** Keeps the language for this wave and the next. Refuses one that the study does not have. */
export async function chooseLanguage(context: Context, participant: Participant, language: string): Promise<void> {
  const { protocol } = await studyOfParticipant(context.stores.study.read, context, participant)
  needLanguage(protocol, language)
  await context.stores.study.withTx((tx) => setParticipantLanguage(tx, participant.id, language))
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
