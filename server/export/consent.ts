/**
 * Whose lists an export may hold when it is narrowed to a consent. Pure.
 *
 * Most lists about a family are filled in by people whom nobody asks for consent: coordinators, file researchers, interviewers. These go by
 * the family's word. Who is asked has a word of their own besides; that never stands in for the family's.
 */
import type { Protocol } from '../../protocols/schema.ts'
import type { ExportCase } from '../queries/export-rows.ts'

/** What was left out for want of consent. */
export interface WithoutConsent {
  /** Roles whose word is that of the family, by purpose. */
  family: Record<string, string[]>
  /** Cases of which the family did not consent, or nothing else is left. */
  cases: number
  /** By instrument, how many lists of these and of other cases, and how many of them were answered. */
  lists: Record<string, { assignments: number; responses: number }>
}

/** The last word of each participant on each purpose. */
export type Words = ReadonlyMap<string, ReadonlyMap<string, boolean>>

/** Those who speak for a family where the protocol does not say who does. */
const guardians = ['parent', 'guardian']

/** Roles that are asked for consent to this purpose. */
const askedFor = ({ consents }: Protocol, purpose: string): string[] => [
  ...new Set(consents.flatMap((one) => (one.purpose === purpose ? one.roles : []))),
]

/**
 * Of those asked the roles that the protocol names as speaking for the family, or else parents and guardians; where none of these is asked whoever answers
 * about one family only, and else all.
 */
export function familyRoles(protocol: Protocol, purpose: string): string[] {
  const asked = askedFor(protocol, purpose)
  const own = asked.filter((role) => protocol.roles[role]?.seesCaseCode !== true)
  const named = protocol.familyRoles ?? guardians
  return [asked.filter((role) => named.includes(role)), own, asked].find((roles) => roles.length > 0) ?? []
}

/**
 * The case with the lists to which consent was given for each of the purposes, or nothing. Of the family somebody must have said yes and nobody
 * no, as protocols have it for lists that depend on consent; of who answers, or is asked about, their own yes when they are asked.
 */
export function consentedPart(whole: ExportCase, protocol: Protocol, purposes: readonly string[], words: Words): ExportCase | undefined {
  if (!purposes.every((purpose) => familyConsents(whole, protocol, purpose, words))) return undefined
  const isCovered = ({ id, role }: { id: string; role: string }): boolean =>
    purposes.every((purpose) => !askedFor(protocol, purpose).includes(role) || words.get(id)?.get(purpose) === true)
  const assignments = whole.assignments.filter(({ participant, about }) => isCovered(participant) && (about === null || isCovered(about)))
  return assignments.length === 0 ? undefined : { ...whole, participants: whole.participants.filter(isCovered), assignments }
}

/** Whether of those who speak for the family somebody said yes to this purpose, and nobody no. */
export function familyConsents(
  { participants }: Pick<ExportCase, 'participants'>,
  protocol: Protocol,
  purpose: string,
  words: Words,
): boolean {
  const roles = familyRoles(protocol, purpose)
  const said = participants.filter(({ role }) => roles.includes(role)).map(({ id }) => words.get(id)?.get(purpose))
  return said.includes(true) && !said.includes(false)
}

/** Counts what consent leaves out. */
export class ConsentTally {
  readonly #family: Record<string, string[]>
  readonly #lists = new Map<string, { assignments: number; responses: number }>()
  #cases = 0

  constructor(protocol: Protocol, purposes: readonly string[]) {
    this.#family = Object.fromEntries(purposes.map((purpose) => [purpose, familyRoles(protocol, purpose)]))
  }

  add(whole: ExportCase, kept: ExportCase | undefined): void {
    if (!kept) this.#cases += 1
    const held = new Set(kept?.assignments)
    for (const assignment of whole.assignments) {
      if (held.has(assignment)) continue
      const { assignments, responses } = this.#lists.get(assignment.instrumentId) ?? { assignments: 0, responses: 0 }
      this.#lists.set(assignment.instrumentId, { assignments: assignments + 1, responses: responses + (assignment.response ? 1 : 0) })
    }
  }

  found(): WithoutConsent {
    return { family: this.#family, cases: this.#cases, lists: Object.fromEntries([...this.#lists].sort(([a], [b]) => (a < b ? -1 : 1))) }
  }
}

/** Lines for people. */
export function withoutConsentLines({ family, cases, lists }: WithoutConsent): string[] {
  const told = Object.entries(lists).map(([id, { assignments, responses }]) => `${id} ${assignments} (${responses} answered)`)
  const whose = Object.entries(family).map(([purpose, roles]) => `${purpose}: ${roles.join(', ')}`)
  return [
    `Left out for want of consent: ${cases} cases. By whose word a family takes part: ${whose.join('; ')}.`,
    `Lists left out, by instrument: ${told.join(', ') || 'none'}.`,
  ]
}

/** Of data that are shared and were not narrowed to a consent. */
export function unaskedWarning({ consents }: Protocol): string {
  const purposes = [...new Set(consents.map(({ purpose }) => purpose))]
  return `NOBODY'S CONSENT TO SHARING WAS ASKED FOR IN THIS EXPORT: it holds every family, whatever they agreed to. ${
    purposes.length === 0
      ? 'The protocol asks for no consent at all: find out on what grounds these data may be passed on.'
      : `The protocol asks consent to: ${purposes.join(', ')}. When one of these is consent to sharing, make the export again with --consent; when none is, find out on what grounds these data may be passed on.`
  }`
}
