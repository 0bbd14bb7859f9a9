/** Whether a case, as somebody entered it, fits the protocol. Pure: the same check for the import and the desk. */
import { ownValue } from '../../instruments/own-value.ts'
import { isByLot } from '../../protocols/allocation.ts'
import type { Protocol } from '../../protocols/schema.ts'
import { dialled, parseTelephone } from '../access/telephone.ts'
import { addressFaults, parseAddress } from '../mail/address.ts'

export interface CaseEntry {
  code: string
  /** Empty where it is drawn by lot. */
  arm: string
  cohort: string
  region?: string | undefined
  /** Of the index child, by whose age norms are chosen: `YYYY-MM`. */
  childBirthMonth?: string | undefined
  /** Of the other children. */
  otherChildBirthMonths?: string[] | undefined
  /** Dates (`YYYY-MM-DD`) by anchor. */
  anchors: Record<string, string>
  participants: ParticipantEntry[]
}

export interface ParticipantEntry {
  role: string
  name: string
  /** May be left out for a role to which no mail goes (a child who is interviewed), and for somebody `withoutMail`. */
  email?: string | undefined
  /** Has no mail address, as whoever registered them knows: nothing is mailed, and their lists are asked by hand. */
  withoutMail?: boolean | undefined
  telephone?: string | undefined
  language: string
  sex?: string | undefined
}

/** What is wrong, as a code by which pages find their own words. */
export const entryFaults = [
  'code',
  'taken',
  'repeated',
  'empty',
  'unknown',
  'date',
  'month',
  'no date',
  'nobody',
  'by lot',
  'lot within region',
  'first child',
  'name',
  'telephone',
  'mail or none',
  'same person',
  'out of reach',
  ...addressFaults,
] as const
export type EntryFault = (typeof entryFaults)[number]

/** What a sentence about a fault names, for pages that word it themselves. */
export interface FaultDetails {
  /** What stood there. */
  value?: string
  /** What could have stood there. */
  known?: string[]
  /** Another line of the file. */
  line?: number
}

/** What is wrong, in which field, and of which participant (an index) where it is one's. */
export interface EntryProblem {
  field: string
  participant?: number
  fault: EntryFault
  details?: FaultDetails
  /** In English, for logs, commands and other software. */
  reason: string
}

export function caseProblems(protocol: Protocol, languages: readonly string[], entry: CaseEntry): EntryProblem[] {
  return [
    ...ownProblems(protocol, entry),
    ...entry.participants.flatMap((participant, index) => participantProblems(protocol, languages, participant, index)),
    ...repeatedParticipants(entry.participants),
  ]
}

function ownProblems(protocol: Protocol, entry: CaseEntry): EntryProblem[] {
  const anchors = Object.entries(entry.anchors)
  return [
    ...when(
      !/^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/.test(entry.code),
      'code',
      'code',
      `"${entry.code}" is not a case code: use up to 40 letters, digits, points and hyphens, and no name of a person`,
      { value: entry.code },
    ),
    ...armProblems(protocol, entry),
    ...oneOf('cohort', entry.cohort, Object.keys(protocol.cohorts)),
    ...childProblems(entry),
    ...anchors.flatMap(([name, date]) => [
      ...oneOf('anchor', name, Object.keys(protocol.anchors)),
      ...when(!isDate(date), `anchors.${name}`, 'date', `"${date}" is not a date that exists: write YYYY-MM-DD`, { value: date }),
    ]),
    ...when(
      anchors.length === 0,
      'anchor',
      'no date',
      `the case has no anchor date: give at least one of ${Object.keys(protocol.anchors).join(', ')}`,
      { known: Object.keys(protocol.anchors) },
    ),
    ...when(entry.participants.length === 0, 'participants', 'nobody', 'the case has no participant'),
  ]
}

function armProblems(protocol: Protocol, { arm, cohort, region }: CaseEntry): EntryProblem[] {
  const known = ownValue(protocol.cohorts, cohort)
  // Of a misspelt cohort nobody can say whether it is by lot; that it is misspelt is told anyway.
  if (!known && arm === '' && protocol.allocation) return []
  if (!isByLot(protocol, cohort)) return oneOf('arm', arm, known?.arms ?? Object.keys(protocol.arms))
  const byRegion = protocol.allocation?.strata.includes('region') ?? false
  return [
    ...when(arm !== '', 'arm', 'by lot', 'leave it empty: the arm is drawn by lot when the case is registered'),
    ...when(byRegion && (region ?? '').trim() === '', 'region', 'lot within region', 'is empty: lots are drawn within each region'),
  ]
}

function childProblems({ childBirthMonth, otherChildBirthMonths = [] }: CaseEntry): EntryProblem[] {
  const month = (field: string, value: string): EntryProblem[] =>
    when(!isMonth(value), field, 'month', `"${value}" is not a month: write YYYY-MM`, { value })
  return [
    ...(childBirthMonth === undefined ? [] : month('childBirthMonth', childBirthMonth)),
    ...when(
      childBirthMonth === undefined && otherChildBirthMonths.length > 0,
      'childBirthMonth',
      'first child',
      'is empty while other children are given: the first child is the one by whose age norms are chosen',
    ),
    ...otherChildBirthMonths.flatMap((one) => month('otherChildBirthMonths', one)),
  ]
}

/** What is wrong with somebody who comes into a case, `participant` being their index among those who do. `languages`: those of the study. */
export function participantProblems(
  protocol: Protocol,
  languages: readonly string[],
  entry: ParticipantEntry,
  participant = 0,
): EntryProblem[] {
  const needsAddress = !entry.withoutMail && (ownValue(protocol.roles, entry.role)?.mail ?? true)
  const address = entry.email === undefined && !needsAddress ? undefined : parseAddress(entry.email ?? '')
  const telephone = entry.telephone === undefined ? undefined : parseTelephone(entry.telephone)
  return [
    ...oneOf('role', entry.role, Object.keys(protocol.roles)),
    ...when(!isOneLine(entry.name), 'name', 'name', 'a name is one line of 1 to 100 characters'),
    ...(address && 'reason' in address ? [{ field: 'email', fault: address.fault, reason: address.reason }] : []),
    ...when(
      entry.withoutMail === true && entry.email !== undefined,
      'email',
      'mail or none',
      'there is an address of somebody who is said to have none: leave out one of the two',
    ),
    ...(telephone && 'reason' in telephone ? [{ field: 'telephone', fault: 'telephone' as const, reason: telephone.reason }] : []),
    ...oneOf('language', entry.language, [...languages]),
    ...when(
      entry.sex !== undefined && !['female', 'male', 'other'].includes(entry.sex),
      'sex',
      'unknown',
      `"${entry.sex}" is not one of female, male, other`,
      { value: entry.sex ?? '', known: ['female', 'male', 'other'] },
    ),
  ].map((problem) => ({ ...problem, participant }))
}

/** Two parents may share a mailbox; the same name with it in the same role is one person, who would get every mail twice. */
function repeatedParticipants(entries: ParticipantEntry[]): EntryProblem[] {
  return entries.flatMap((entry, participant) =>
    entries.findIndex((other) => isSamePerson(other, entry)) < participant
      ? [{ field: 'name', participant, fault: 'same person' as const, reason: 'this person stands in this case a second time' }]
      : [],
  )
}

/** Whether two people in a case are one, as far as anybody can tell. */
export const isSamePerson = (one: PersonIn, other: PersonIn): boolean => keyOf(one) === keyOf(other)

type PersonIn = Pick<ParticipantEntry, 'role' | 'name' | 'email' | 'telephone'>
/** Whoever has no address is told apart by telephone number. */
const keyOf = ({ role, name, email = '', telephone = '' }: PersonIn): string =>
  JSON.stringify([role, name.trim(), email.trim().toLowerCase() || (telephone && dialled(telephone))])

const when = (wrong: boolean, field: string, fault: EntryFault, reason: string, details?: FaultDetails): EntryProblem[] =>
  wrong ? [{ field, fault, reason, ...(details && { details }) }] : []

const oneOf = (field: string, value: string, known: string[]): EntryProblem[] =>
  when(
    !known.includes(value),
    field,
    value === '' ? 'empty' : 'unknown',
    value === '' ? `is empty: give one of ${known.join(', ')}` : `"${value}" is not one of ${known.join(', ')}`,
    { ...(value !== '' && { value }), known },
  )

const isOneLine = (text: string): boolean => text.trim() !== '' && text.length <= 100 && !/\p{Cc}/u.test(text)

/** Whether a text is a day of the calendar that a study can be about. */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  try {
    // A year outside these is a slip of the finger; planning takes none from 3000 on.
    const { year } = Temporal.PlainDate.from(text, { overflow: 'reject' })
    return year >= 1990 && year < 2100
  } catch {
    return false
  }
}

/** Whether a text is a month of birth, `YYYY-MM`. */
export const isMonth = (text: string): boolean => /^\d{4}-\d{2}$/.test(text) && isDate(`${text}-01`)
