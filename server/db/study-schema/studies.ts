/** Studies: running instances of a protocol. See docs/database.md. */
import type { Adoption } from '../../../protocols/versions.ts'
import { json, key, label, moment, table, whole, yes } from '../columns.ts'

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
  /** Regions that staff choose from when they register a case; any other is taken, too, while there are none. */
  regions: json<string[]>().notNull().default([]),
  /** Since when nothing is asked any more: its windows end then, and no mail goes out but confirmations. */
  closedAt: moment(),
  /** So many months after the last list of a case ended its contact data are removed; they are kept when null. */
  contactMonths: whole(),
})
