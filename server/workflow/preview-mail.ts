/** A mail of a study as its receiver would see it, about somebody invented; and the same sent to whoever of the staff wants to look. */
import { isStandIn, parseReference } from '../../instruments/definition.ts'
import { checkMailWords, type MailWords } from '../../protocols/check-mail.ts'
import { after } from '../../protocols/local-time.ts'
import type { MailTemplate } from '../../protocols/mail-templates.ts'
import type { MailText, Protocol } from '../../protocols/schema.ts'
import type { Context } from '../context.ts'
import { ownDrafts } from '../languages.ts'
import { compose, composeNote, type MailContent } from '../mail/compose.ts'
import { confirmationKinds, confirmationTexts, isConfirmation } from '../mail/confirmations.ts'
import type { Fate } from '../mail/fate.ts'
import { withWords } from '../mail/wording.ts'
import { newId } from '../new-id.ts'
import type { StaffMember } from '../queries/staff.ts'
import type { Study } from '../queries/studies.ts'
import { Refusal } from '../refusal.ts'
import type { Outgoing } from './mail-staff-link.ts'
import { wordingOf } from './mail-wording.ts'
import { templateOf } from './may-send.ts'
import { needStudy } from './open-study.ts'
import { isDraft, languagesOfStudy } from './study-languages.ts'

export interface MailChoice {
  role: string
  /** `invitation`, the id of a reminder, or a confirmation. */
  kind: string
  language: string
}

export interface PreviewedMail extends MailContent {
  /** Display name of the sender. */
  fromName: string
  /** Whether nobody has read the translation over. */
  isDraft: boolean
}

/** Words in the place of those that hold, and whether somebody read them over. */
export interface TriedWords extends MailWords {
  readOver: boolean
}

const someone = 'Anna Voorbeeld'
const aFortnight = 14 * 24 * 60 * 60 * 1000

/** What can be looked at: the roles to which mail goes, and the kinds of mail. */
export const mailsOf = ({ roles, messages }: Protocol) => ({
  roles: Object.entries(roles).flatMap(([id, { mail }]) => (mail ? [id] : [])),
  kinds: [
    { id: 'invitation', days: 0 },
    ...messages.reminders.map(({ id, days }) => ({ id, days })),
    ...confirmationKinds.map((id) => ({ id, days: null })),
  ],
})

/**
 * The mail in the words that hold, or in those that somebody tries. Refuses with `not-found` a role, mail or language that the study
 * does not have, and with `entry-invalid` words that could not go out.
 */
export async function previewMail(context: Context, studyId: string, choice: MailChoice, tried?: TriedWords): Promise<PreviewedMail> {
  const { study, protocol } = await needStudy(context, studyId)
  if (isConfirmation(choice.kind)) return mailOf(context, study, protocol, choice)
  const template = needTemplate(context, study, protocol, choice)
  const { language } = choice
  if (tried) {
    refuseFaults(tried, template)
    return mailOf(context, study, protocol, choice, { text: withWords(template.text, language, tried), isReadOver: tried.readOver })
  }
  return mailOf(context, study, protocol, choice, await wordingOf(context.stores.study.read, { study, protocol, template, language }))
}

/** The protocol's text for it, in the language. Refuses with `not-found` what the study does not have; ours are no templates. */
export function needTemplate(context: Context, study: Study, protocol: Protocol, { role, kind, language }: MailChoice): MailTemplate {
  const isThere =
    mailsOf(protocol).roles.includes(role) &&
    languagesOfStudy(context.definitions, study, protocol).includes(language) &&
    !isConfirmation(kind)
  const template = isThere && templateOf(context.definitions.translated.protocols.forReader(protocol, language), kind, role)
  if (!template) throw new Refusal('not-found')
  return template
}

/** Refuses with `entry-invalid` words that could not go out, each fault with the part of the mail that it is in. */
export function refuseFaults(words: MailWords, { seesCase }: MailTemplate): void {
  const problems = checkMailWords(words, seesCase)
  if (problems.length > 0) throw new Refusal('entry-invalid', { problems })
}

/** The same of a study that need not be there yet; `wording`: other words than those of the protocol. */
export function mailOf(
  context: Context,
  study: Study,
  protocol: Protocol,
  choice: MailChoice,
  wording?: { text: MailText; isReadOver: boolean },
): PreviewedMail {
  const { role, kind, language } = choice
  const inWords = context.definitions.translated.protocols.forReader(protocol, language)
  if (!mailsOf(protocol).roles.includes(role) || !languagesOfStudy(context.definitions, study, protocol).includes(language))
    throw new Refusal('not-found')
  const fromName = study.organisation
  if (isConfirmation(kind)) {
    const draft = ownDrafts.includes(language)
    const note = composeNote({ ...aboutStudy(study), text: confirmationTexts[kind], language, isDraft: draft })
    return { ...note, fromName, isDraft: draft }
  }
  const text = wording?.text ?? templateOf(inWords, kind, role)?.text
  if (!text) throw new Refusal('not-found')
  const [wave, lists] = firstPacket(context, inWords, role)
  const draft = !wording?.isReadOver && isDraft(context.definitions, protocol, language)
  const content = compose({
    ...aboutStudy(study),
    text,
    language,
    isDraft: draft,
    timeZone: protocol.timeZone,
    caseCode: protocol.roles[role]?.seesCaseCode ? 'VB-001' : '',
    wave: wave.title,
    lists: lists.length,
    minutes: lists.reduce((sum, { minutes }) => sum + minutes, 0),
    closesAt: after(context.clock.now(), aFortnight),
    link: `${context.baseUrl}/l/voorbeeld`,
    notice: study.demonstration ? 'demonstration' : lists.some(isStandIn) ? 'stand-in' : undefined,
  })
  return { ...content, fromName, isDraft: draft }
}

/** Sends it to a member of the staff, whose address it says nothing about. Its link opens nothing. */
export async function sendTestMail(
  context: Context,
  outgoing: Outgoing,
  { studyId, to, choice, tried }: { studyId: string; to: StaffMember; choice: MailChoice; tried?: TriedWords | undefined },
): Promise<Fate['kind'] | 'no way out'> {
  const { isDraft: _, ...mail } = await previewMail(context, studyId, choice, tried)
  if (!outgoing) return 'no way out'
  const host = new URL(context.baseUrl).hostname
  const fate = await outgoing.send({
    ...mail,
    subject: `[test] ${mail.subject}`,
    to: to.address,
    toName: to.name,
    messageId: `<test-${newId()}@${host}>`,
    date: context.clock.now(),
  })
  return fate.kind
}

const aboutStudy = ({ organisation, contact, title, demonstration }: Study) => ({
  name: someone,
  organisation,
  contact,
  title,
  notice: demonstration ? ('demonstration' as const) : undefined,
})

/** The first wave in which a role is asked something, and what. */
function firstPacket({ definitions }: Context, protocol: Protocol, role: string) {
  const rows = protocol.schedule.filter((row) => row.role === role)
  const wave = protocol.waves.find(({ id }) => rows.some(({ waves }) => waves.includes(id))) ?? (protocol.waves[0] as Protocol['waves'][0])
  const lists = [...new Set(rows.filter(({ waves }) => waves.includes(wave.id)).map(({ instrument }) => instrument))]
  return [
    wave,
    lists.flatMap(
      (reference) => definitions.instruments.get(reference) ?? definitions.instruments.latest(parseReference(reference).id) ?? [],
    ),
  ] as const
}
