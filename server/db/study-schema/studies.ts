/** Studies: running instances of a protocol. See docs/database.md. */
import type { Adoption } from '../../../protocols/versions.ts'
import { json, key, label, moment, table, yes } from '../columns.ts'

export const studies = table('studies', {
  id: key().primaryKey(),
  protocolId: label().notNull(),
  protocolVersion: label().notNull(),
  title: label().notNull(),
  /** A demonstration may use stand-ins; any other study only when its owner accepted them by name. */
  demonstration: yes().notNull(),
  standInsAcceptedBy: label(),
  /** Languages in which people may be asked although nobody has read the translation over. A demonstration offers them all. */
  draftsAccepted: json<string[]>().notNull().default([]),
  /** Who asks: shown on the respondent's page and in every mail. */
  organisation: label().notNull(),
  contact: label().notNull(),
  /** Where to get help at once, shown at the foot of every page of a respondent; the usual line when null. */
  helpLine: label(),
  createdAt: moment().notNull(),
  /** Norm tables adopted since it opened, `id@version`, latest first; they go before those of the protocol. */
  adoptedNorms: json<string[]>().notNull().default([]),
  /** Versions of protocol and instruments adopted since it opened, in the order in which they were. */
  adoptedVersions: json<Adoption[]>().notNull().default([]),
  /** Where arms are allocated by lot: sha256 of the seed, by which anybody can check afterwards that the lots were as drawn. */
  allocationCommitment: label(),
})
