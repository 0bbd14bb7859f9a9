/** What staff add to a case beside the facts: notes, and windows that stay open longer. See docs/database.md. */
import { belongsTo, index, key, label, moment, primaryKey, serial, table } from '../columns.ts'
import { cases } from './cases.ts'
import { participants } from './participants.ts'

/** Only ever added to. */
export const notes = table(
  'notes',
  {
    id: serial(),
    caseId: belongsTo(() => cases.id),
    /** Id of the account in identity.sqlite. */
    staffId: key().notNull(),
    at: moment().notNull(),
    /** What staff wrote; never a name. */
    text: label().notNull(),
  },
  (t) => [index('notes_case').on(t.caseId)],
)

/** Windows that staff keep open longer than the protocol does: one participant in one wave. */
export const extensions = table(
  'extensions',
  {
    caseId: belongsTo(() => cases.id),
    participantId: belongsTo(() => participants.id),
    wave: label().notNull(),
    closesAt: moment().notNull(),
    recordedAt: moment().notNull(),
  },
  (t) => [primaryKey({ columns: [t.participantId, t.wave] }), index('extensions_case').on(t.caseId)],
)
