/** A study's own words for its mails: which hold, what came before, and other ones. Whoever manages the study writes them. */
import { formatReference } from '../../instruments/definition.ts'
import { checkMailWords, type MailFault, type MailWords, placeholdersIn } from '../../protocols/check-mail.ts'
import { type MailTemplate, mailTemplates } from '../../protocols/mail-templates.ts'
import type { Protocol } from '../../protocols/schema.ts'
import type { Context } from '../context.ts'
import { sha256OfWords, wordsIn } from '../mail/wording.ts'
import { recordEvent } from '../queries/events.ts'
import { insertMailText, newestMailText, ownMailTexts, versionsOfMailText } from '../queries/mail-texts.ts'
import type { Study } from '../queries/studies.ts'
import { Refusal } from '../refusal.ts'
import { needStudy } from './open-study.ts'
import { type MailChoice, needTemplate, refuseFaults, type TriedWords } from './preview-mail.ts'
import { staffNames } from './staff-names.ts'
import { isDraft } from './study-languages.ts'
import type { Told } from './told.ts'

/** One text as whoever writes it sees it. */
export interface MailTextPage {
  /** Name of the text, see `MailTemplate`. */
  template: string
  /** Everybody whose mail is written by it, and which mails. */
  roles: string[]
  kinds: string[]
  placeholders: Record<keyof MailWords, string[]>
  protocol: { reference: string; words: MailWords }
  /** Whether what people read in this language was made by a machine and read over by nobody. */
  isDraft: boolean
  /** The newest first; it holds. `words` is null where those of the protocol held again. */
  versions: MailTextVersion[]
  /** Whether the protocol's words have changed since those that hold were written. */
  hasMoved: boolean
  /** What keeps the words that hold from fitting the protocol as it is now. */
  problems: MailFault[]
}

export interface MailTextVersion {
  id: number
  at: string
  /** Null when the account is no more. */
  by: string | null
  why: string
  words: MailWords | null
  readOver: boolean
  /** The protocol in whose place it came, as `id@version`. */
  basis: string
}

/** Refuses with `not-found` what has no text in the protocol, such as a confirmation. */
export async function mailTextOf(context: Context, studyId: string, choice: MailChoice): Promise<MailTextPage> {
  const { study, protocol } = await needStudy(context, studyId)
  const template = needTemplate(context, study, protocol, choice)
  const used = mailTemplates(protocol).find(({ id }) => id === template.id)
  const rows = await versionsOfMailText(context.stores.study.read, keyOf(study, template, choice))
  const nameOf = await staffNames(
    context,
    rows.map(({ staffId }) => staffId),
  )
  const [newest] = rows
  const words = wordsIn(template.text, choice.language)
  const own = newest && wordsOf(newest)
  return {
    template: template.id,
    roles: used?.roles ?? [choice.role],
    kinds: used?.kinds ?? [choice.kind],
    placeholders: { subject: placeholdersIn('subject', template.seesCase), body: placeholdersIn('body', template.seesCase) },
    protocol: { reference: formatReference(protocol), words },
    isDraft: isDraft(context.definitions, protocol, choice.language),
    versions: rows.map((row) => ({
      id: row.id,
      at: row.at,
      by: nameOf(row.staffId),
      why: row.reason,
      words: wordsOf(row),
      readOver: row.readOver,
      basis: row.basis,
    })),
    hasMoved: Boolean(own) && newest?.basisSha256 !== sha256OfWords(words),
    problems: own ? checkMailWords(own, template.seesCase) : [],
  }
}

export interface NewMailText {
  /** Null: those of the protocol again. */
  words: TriedWords | null
  /** Id of the newest version that whoever writes saw; null when there was none. */
  seen: number | null
}

/**
 * Adds a version, which holds for every mail that is taken in hand from then on. Resolves with false, and writes nothing, when the
 * words are those that hold. Refuses words that could not go out, and with `not-possible` (`changed-meanwhile`) when a colleague was
 * first.
 */
export async function changeMailText(
  context: Context,
  studyId: string,
  choice: MailChoice,
  { words, seen }: NewMailText,
  told: Told,
): Promise<{ changed: boolean }> {
  const { study, protocol } = await needStudy(context, studyId)
  const template = needTemplate(context, study, protocol, choice)
  const wanted = words && tidied(words)
  if (wanted) refuseFaults(wanted, template)
  const readOver = words?.readOver ?? false
  return await context.stores.study.withTx(async (tx) => {
    const key = keyOf(study, template, choice)
    const newest = await newestMailText(tx, key)
    if ((newest?.id ?? null) !== seen) throw new Refusal('not-possible', { fault: 'changed-meanwhile' })
    const held = newest ? wordsOf(newest) : null
    if (JSON.stringify(held) === JSON.stringify(wanted) && (newest?.readOver ?? false) === readOver) return { changed: false }
    const at = context.clock.now()
    await insertMailText(tx, {
      ...key,
      subject: wanted?.subject ?? null,
      body: wanted?.body ?? null,
      readOver,
      at,
      staffId: told.staff,
      reason: told.why,
      basis: formatReference(protocol),
      basisSha256: sha256OfWords(wordsIn(template.text, choice.language)),
    })
    const detail = { text: template.id, language: choice.language, own: wanted !== null, ...told }
    await recordEvent(tx, { at, studyId, kind: 'mail text changed', detail })
    return { changed: true }
  })
}

/** Words of a study's own that hold, beside what a protocol says. */
export interface OwnMailText {
  template: string
  language: string
  since: string
  /** Everybody whose mail is written by it, and which mails; nobody and none where the protocol has no such text (any more). */
  roles: string[]
  kinds: string[]
  /** Whether the protocol's words are others than when they were written. */
  hasMoved: boolean
  /** What keeps them from fitting this protocol, such as a placeholder that it does not fill in any more; they go out all the same. */
  problems: MailFault[]
}

/** All words of a study's own that hold, beside those of `protocol`. */
export async function ownTextsBeside(
  { stores, definitions: { translated } }: Pick<Context, 'stores' | 'definitions'>,
  studyId: string,
  protocol: Protocol,
): Promise<OwnMailText[]> {
  const rows = await ownMailTexts(stores.study.read, studyId)
  return rows.map(({ template: id, language, at, basisSha256, ...own }) => {
    const template = mailTemplates(translated.protocols.forReader(protocol, language)).find((one) => one.id === id)
    const hasMoved = template !== undefined && sha256OfWords(wordsIn(template.text, language)) !== basisSha256
    const problems = template ? checkMailWords({ subject: own.subject, body: own.body }, template.seesCase) : []
    return { template: id, language, since: at, roles: template?.roles ?? [], kinds: template?.kinds ?? [], hasMoved, problems }
  })
}

const keyOf = ({ id: studyId }: Study, { id: template }: MailTemplate, { language }: MailChoice) => ({ studyId, template, language })

const wordsOf = ({ subject, body }: { subject: string | null; body: string | null }): MailWords | null =>
  subject === null || body === null ? null : { subject, body }

/** What goes out is what is kept: without the spaces around it, and with line ends of one kind. */
const tidied = ({ subject, body }: MailWords): MailWords => ({ subject: subject.trim(), body: body.replaceAll(/\r\n?/g, '\n').trim() })
