/**
 * The one rule by which exported variables are named; docs/export.md explains it to researchers.
 *
 * In a long file a variable is called by its item, or by scale and part: `q1`, `autonomy_z`. In the wide file instrument and
 * wave stand before that: `pul_t0_q1`, `pul_t0_autonomy_z`. A scale called `total` that is the only one of its instrument
 * is not written: `veo_t0_z`.
 *
 * Where versions of an instrument differ in what a value means, the variable of the later one ends in two underscores and the
 * version: `q1__v2_0_0`. Two different variables never get one name. Four precautions see to that; definitions seldom need them:
 * - two underscores before a word of an instrument's id that looks like a wave (`sdq-p4` becomes `sdq__p4`);
 * - `item_`, `scale_` or `records_` before a name that could be read as something else (an item called `z`, `wave`, `children_n` or
 *   `select`);
 * - three underscores before the number of a choice, in the manner of REDCap (`reasons___2`, `reasons___m1` for -1);
 * - a name that is too long, or has three underscores or the mark of a version of its own, is cut and ends in a hash of all that
 *   it stands for; so does one with a version that has more than digits and letters.
 */
import { createHash } from 'node:crypto'
import { reservedWords } from './reserved-words.ts'

export const scoreParts = ['raw', 'z', 'band', 'missing', 'reason', 'norm', 'stratum', 'prices'] as const
export type ScorePart = (typeof scoreParts)[number]

/** Facts of an assignment that a wide file keeps for each instrument and wave. */
export const assignmentFacts = ['participant', 'about_participant', 'instrument_version', 'state', 'submitted_at'] as const

/** What stands before the answers in every row of a long file. */
export const contextNames = [
  'study',
  'case_code',
  'small_cell',
  'arm',
  'cohort',
  'region',
  'child_birth_month',
  'index_child_age',
  'index_child_age_band',
  'number_of_children',
  'index_case',
  'wave',
  'target_date',
  'role',
  'participant_number',
  'about_role',
  'about_number',
  'sex',
  'participant_state',
  'instrument',
  'response_language',
  'response_translation',
  'opens_at',
  'closes_at',
  'started_at',
  'ended_at',
  'interview_minutes',
  'entered_by',
  'entered_means',
  'answered_on',
  'entry_minutes',
  'reason_called_off',
  'reason_stopped',
  'record_number',
  'changed_item',
  'value_before',
  'value_after',
  'changed_at',
  'changed_by',
  'change_reason',
  ...assignmentFacts,
] as const
export type ContextName = (typeof contextNames)[number]

/** A variable of an instrument. `weight`: how much a list counts, by the protocol's weight of this id. `records`: how many there are. `only`: the scale is the only one. `version`: the first of those that have it apart from earlier ones. */
export type Variable =
  | { item: string; choice?: number; version?: string }
  | { records: string; version?: string }
  | { scale: string; only: boolean; part: ScorePart; version?: string }
  | { fact: (typeof assignmentFacts)[number] }
  | { weight: string }

/** When and by whom, for a wide file. `person` is given only where a study needs it to tell columns apart. */
export interface Place {
  instrument: string
  wave: string
  person?: string
}

/** SPSS takes 64 bytes; PostgreSQL cuts at 63. */
const longest = 63

/** The name of `variable`: at most 63 of a-z, 0-9 and underscore, starting with a letter. */
export function columnName(variable: Variable, place?: Place): string {
  const own = variableName(variable)
  const name = place
    ? [instrumentName(place.instrument), place.wave.toLowerCase(), ...(place.person ? [place.person] : []), own].join('_')
    : own
  return isAmbiguous(variable) || name.length > longest ? shortened(name, [variable, place ?? null]) : name
}

/** Whether the name could stand for something else too. */
function isAmbiguous(variable: Variable): boolean {
  if ('fact' in variable || 'weight' in variable) return false
  const own = 'item' in variable ? variable.item : 'records' in variable ? variable.records : variable.scale
  const { version } = variable
  return own.includes('___') || /__v\d/.test(own) || (version !== undefined && !/^\d+\.\d+\.\d+(-[0-9a-z]+)?$/.test(version))
}

/** An instrument as it stands in names of columns and files. */
export const instrumentName = (instrument: string): string =>
  instrument.split('-').reduce((name, word) => `${name}${/^[a-z]+\d+$/.test(word) ? '__' : '_'}${word}`)

/** A participant among those of a role; `role` where it is needed to tell columns apart. */
interface Person {
  number: number
  role?: string | undefined
}

/**
 * Whose answers: nothing for the first in a role, a number from the second on; the role where several fill in one instrument.
 * In the same way whom they are about.
 */
export function personName(number: number, role?: string, about: Person = { number: 1 }): string | undefined {
  const subject = `${about.role?.replaceAll('-', '') ?? ''}${about.number > 1 ? about.number : ''}`
  const words = [
    role === undefined ? '' : role.replaceAll('-', ''),
    number > 1 ? `p${number}` : '',
    subject === '' ? '' : `about${subject}`,
  ]
  return words.filter((word) => word !== '').join('_') || undefined
}

/** The date of an anchor, in a wide file: called as in the file that `import` takes. */
export function anchorName(anchor: string): string {
  const name = `${instrumentName(anchor)}_date`
  return name.length > longest ? shortened(name, anchor) : name
}

/** Whether a criterion is met on which a case is matched to another. The name of an instrument ends before a wave; this one never looks like that. */
export function matchName(criterion: string): string {
  const name = instrumentName(`match-${criterion}`)
  return name.length > longest ? shortened(name, ['match', criterion]) : name
}

const context: ReadonlySet<string> = new Set(contextNames)
const endsLikePart = new RegExp(`((^|_)(${scoreParts.join('|')})|_n)$`)

function variableName(variable: Variable): string {
  if ('fact' in variable) return variable.fact
  if ('weight' in variable) return `weight_${variable.weight.replaceAll('-', '_')}`
  const version = versionMark(variable.version)
  if ('item' in variable) return `${itemName(variable.item)}${variable.choice === undefined ? '' : choiceName(variable.choice)}${version}`
  if ('records' in variable) return `${setApart('records', variable.records)}_n${version}`
  if (variable.only && variable.scale === 'total') return `${variable.part}${version}`
  return `${setApart('scale', variable.scale)}_${variable.part}${version}`
}

/** A scale as a value: what it is called before the parts of its score in a wide file, but for the wave. */
export const scaleName = (instrument: string, scale: string, version?: string): string =>
  `${instrumentName(instrument)}_${scale}${versionMark(version)}`

const versionMark = (version: string | undefined): string => (version === undefined ? '' : `__v${version.replaceAll(/[.-]/g, '_')}`)

/** Before a name that looks like a person, like a matching criterion or a weight, or like what sets names apart. */
const setApart = (word: 'scale' | 'records', name: string): string =>
  new RegExp(`^(p\\d+|about[a-z0-9]+|item|match|weight|${word})(_|$)`).test(name) ? `${word}_${name}` : name

function itemName(item: string): string {
  const misread =
    /^(p\d+|about[a-z0-9]+|item|match|weight)_/.test(item) || endsLikePart.test(item) || context.has(item) || reservedWords.has(item)
  return misread ? `item_${item}` : item
}

const choiceName = (value: number): string => `___${value < 0 ? 'm' : ''}${Math.abs(value)}`

function shortened(name: string, meaning: unknown): string {
  const hash = createHash('sha256').update(JSON.stringify(meaning)).digest('hex').slice(0, 8)
  return `${name.slice(0, longest - hash.length - 1)}_${hash}`
}
