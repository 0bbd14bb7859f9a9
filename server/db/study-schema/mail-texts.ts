/** A study's own words for its mails. See docs/database.md. */
import { belongsTo, index, key, label, moment, serial, table, yes } from '../columns.ts'
import { studies } from './studies.ts'

/** Only ever added to: of one text in one language the newest row holds, from its moment on. */
export const mailTexts = table(
  'mail_texts',
  {
    id: serial(),
    studyId: belongsTo(() => studies.id),
    /** Which text of the protocol it takes the place of: `invitation`, the id of a reminder, `ROLE/invitation` or `ROLE/reminder`. */
    template: label().notNull(),
    language: label().notNull(),
    /** With placeholders, as written; null, like `body`, where the words are those of the protocol again. */
    subject: label(),
    body: label(),
    /** Whether somebody who reads the language read it over, where what it began with was translated by a machine. */
    readOver: yes().notNull(),
    at: moment().notNull(),
    /** Id of the account in identity.sqlite. */
    staffId: key().notNull(),
    reason: label().notNull(),
    /** The protocol's text at that moment: the protocol as `id@version`, and the sha256 of the text. */
    basis: label().notNull(),
    basisSha256: label().notNull(),
  },
  (t) => [index('mail_texts_study').on(t.studyId, t.template, t.language)],
)
