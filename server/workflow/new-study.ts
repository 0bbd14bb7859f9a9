/** A study that is opened at the desk: what there is to choose from, how it would become, and the opening itself. The work of `nameting study add`. */
import { formatReference } from '../../instruments/definition.ts'
import type { Protocol } from '../../protocols/schema.ts'
import type { Context } from '../context.ts'
import { scheduledLists } from '../definitions/norms-of-study.ts'
import { standInDefinitionsOf } from '../definitions/stand-ins-of-study.ts'
import { Failure } from '../failure.ts'
import { findStudy } from '../queries/studies.ts'
import { Refusal } from '../refusal.ts'
import { checkStudy, type StudyEntry, type StudyProblem } from './check-study.ts'
import { newStudy, openStudy } from './open-study.ts'
import { mailOf, mailsOf } from './preview-mail.ts'
import { draftsOf, languagesOfStudy } from './study-languages.ts'

/** As it is entered: the seed in hexadecimal digits, empty for one that is drawn here. */
export type StudyDraft = Omit<StudyEntry, 'allocationSeed'> & { allocationSeed: string }

const plain = { demonstration: false, draftsAccepted: [] }

/** Every protocol that is defined, of each the latest version first, with what opening a study by it takes. */
export function choicesForStudy({ definitions }: Pick<Context, 'definitions'>) {
  const latest = definitions.protocols.all().filter((one) => definitions.protocols.latest(one.id) === one)
  return latest
    .flatMap(({ id }) => definitions.protocols.versions(id).toReversed())
    .map((protocol) => ({
      reference: formatReference(protocol),
      title: protocol.title,
      source: protocol.source,
      assumptions: protocol.assumptions,
      /** In which people are asked without anybody having to accept anything. */
      languages: languagesOfStudy(definitions, plain, protocol),
      drafts: draftsOf(definitions, protocol),
      standIns: standInDefinitionsOf(definitions, protocol, []).map((one) => ({ reference: formatReference(one), title: one.title })),
      byLot: protocol.allocation !== undefined,
      waves: protocol.waves.map(({ id, title }) => ({ id, title })),
    }))
}

/** How it would become. Refuses with `entry-invalid` what `openAtDesk` would refuse. Nothing is written. */
export async function previewStudy(context: Context, draft: StudyDraft) {
  const { entry, protocol } = await needGood(context, draft)
  const study = newStudy(entry, protocol, { at: context.clock.now(), seed: undefined })
  const [role] = mailsOf(protocol).roles
  const [language = 'nl'] = protocol.languages
  const mail = role === undefined ? null : mailOf(context, study, protocol, { role, kind: 'invitation', language })
  return {
    languages: languagesOfStudy(context.definitions, study, protocol),
    hour: protocol.messages.hour,
    asked: whoIsAsked(context, protocol),
    /** The first invitation, about somebody invented. */
    mail: mail && { language, fromName: mail.fromName, subject: mail.subject, text: mail.text },
  }
}

/** Opens it. Refuses with `entry-invalid`, and with `not-possible` where somebody else was just before. */
export async function openAtDesk(context: Context, staffId: string, draft: StudyDraft) {
  const { entry } = await needGood(context, draft)
  const { id, title, allocationCommitment } = await openStudy(context, entry, { staffId, via: 'desk' }).catch((reason: unknown) => {
    throw reason instanceof Failure ? new Refusal('not-possible', { fault: reason.code ?? 'version', why: reason.message }) : reason
  })
  return { id, title, allocationCommitment }
}

async function needGood({ definitions, stores }: Context, { allocationSeed, ...rest }: StudyDraft) {
  const hex = allocationSeed.trim()
  const isSeed = /^[0-9a-f]{64}$/i.test(hex)
  const entry: StudyEntry = { ...rest, allocationSeed: isSeed ? Buffer.from(hex, 'hex') : undefined }
  const problems: StudyProblem[] = checkStudy(definitions, entry, (await findStudy(stores.study.read, entry.id)) !== undefined)
  if (hex !== '' && !isSeed)
    problems.push({ field: 'allocationSeed', fault: 'seed', reason: 'A seed is 32 random bytes, as 64 hexadecimal digits.' })
  const protocol = definitions.protocols.get(entry.protocol)
  if (!protocol || problems.length > 0) throw new Refusal('entry-invalid', { problems })
  return { entry, protocol }
}

/** Of each role in which waves it is asked how many lists, and for how many minutes at most. */
function whoIsAsked({ definitions }: Context, protocol: Protocol) {
  const minutes = new Map(scheduledLists(definitions, protocol).map((list) => [formatReference(list), list.minutes]))
  return Object.entries(protocol.roles).flatMap(([id, { title }]) => {
    const rows = protocol.schedule.filter(({ role }) => role === id)
    if (rows.length === 0) return []
    const waves = protocol.waves.flatMap((wave) => {
      const lists = new Set(rows.filter(({ waves }) => waves.includes(wave.id)).map(({ instrument }) => instrument))
      const all = [...lists].reduce((sum, reference) => sum + (minutes.get(reference) ?? 0), 0)
      return lists.size === 0 ? [] : [{ id: wave.id, lists: lists.size, minutes: all }]
    })
    return [{ id, title, waves }]
  })
}
