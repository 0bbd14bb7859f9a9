/** Reads cases from a CSV: one row a participant, rows of the same case_code make one case. Pure; see docs/import.md. */
import { CsvError, parse } from 'csv-parse/sync'
import type { Protocol } from '../../protocols/schema.ts'
import type { CaseEntry, EntryFault, EntryProblem, FaultDetails, ParticipantEntry } from './check-case.ts'

/** A problem on a line of the file; line 1 is the header. */
export interface LineProblem {
  line: number
  column: string
  /** A code by which pages find their own words. */
  fault: EntryFault | FileFault
  details?: FaultDetails
  /** In English, for logs, commands and other software. */
  reason: string
}

export const fileFaults = [
  'not text',
  'no rows',
  'empty file',
  'no column',
  'no such column',
  'column twice',
  'cells',
  'quote',
  'row',
  'differs',
] as const
export type FileFault = (typeof fileFaults)[number]

export interface ReadCases {
  entries: CaseEntry[]
  /** Line of each participant, by case and participant; the first is the line of the case. */
  lines: number[][]
  problems: LineProblem[]
}

const required = ['case_code', 'arm', 'cohort', 'role', 'name', 'email', 'language']
const optional = ['region', 'child_birth_month', 'other_child_birth_months', 'without_email', 'telephone', 'sex']
const anchorColumn = (name: string): string => `${name}_date`

/** Columns that a file for this protocol may have. */
export const columnsFor = ({ anchors }: Protocol): string[] => [...required, ...optional, ...Object.keys(anchors).map(anchorColumn)]

/** Whether a file must have a column. Arms may be drawn by lot. */
export const isNeeded = ({ allocation }: Protocol, name: string): boolean => required.includes(name) && !(name === 'arm' && allocation)

type Row = Record<string, string>

/** `text`: the file, as UTF-8, with commas or semicolons. */
export function readCasesCsv(protocol: Protocol, text: string): ReadCases {
  const none = { entries: [], lines: [] }
  // Of UTF-16 every other byte of a letter is 0.
  if (text.includes('\uFFFD') || text.includes('\0'))
    return {
      ...none,
      problems: [{ line: 1, column: '', fault: 'not text', reason: 'the file is not UTF-8: in Excel, save it as "CSV UTF-8"' }],
    }
  const header = text.split(/\r?\n/, 1)[0] ?? ''
  try {
    const rows = parse(text, {
      bom: true,
      columns: (names: string[]) => names.map((name) => name.trim()),
      delimiter: delimiterOf(header),
      info: true,
      skip_empty_lines: true,
      trim: true,
    }) as unknown as { info: { lines: number }; record: Row }[]
    const problems = headerProblems(protocol, text, header)
    if (problems.length > 0) return { ...none, problems }
    if (rows.length === 0)
      return { ...none, problems: [{ line: 1, column: '', fault: 'no rows', reason: 'the file has a header and no rows' }] }
    return group(
      protocol,
      rows.map(({ info, record }) => ({ line: info.lines, row: record })),
    )
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    return { ...none, problems: [{ line: Number(error.lines ?? 1), column: '', fault: rowFault(error.code), reason: error.message }] }
  }
}

/** What a line cannot be read for, by the parser's code for it. */
function rowFault(code: string): FileFault {
  if (code.includes('QUOTE')) return 'quote'
  return code.includes('INCONSISTENT') ? 'cells' : 'row'
}

/** Turns a problem of the entries into one of the file. */
export function onLine(
  lines: number[][],
  { case: index, participant, field, fault, details, reason }: EntryProblem & { case: number },
): LineProblem {
  return { line: lines[index]?.[participant ?? 0] ?? 1, column: columnOf(field), fault, reason, ...(details && { details }) }
}

const renamed: Record<string, string> = {
  code: 'case_code',
  childBirthMonth: 'child_birth_month',
  otherChildBirthMonths: 'other_child_birth_months',
  anchor: '',
  anchors: '',
  participants: '',
  withoutMail: 'without_email',
}

function columnOf(field: string): string {
  const [, anchor] = field.split('anchors.')
  return anchor ? anchorColumn(anchor) : (renamed[field] ?? field)
}

const delimiterOf = (header: string): string => (header.split(';').length > header.split(',').length ? ';' : ',')

function headerProblems(protocol: Protocol, text: string, header: string): LineProblem[] {
  if (text.trim() === '') return [{ line: 1, column: '', fault: 'empty file', reason: 'the file is empty' }]
  const names = (parse(header, { bom: true, delimiter: delimiterOf(header), trim: true }) as string[][])[0] ?? []
  const known = columnsFor(protocol)
  const problem = (column: string, fault: FileFault, reason: string, details?: FaultDetails): LineProblem => ({
    line: 1,
    column,
    fault,
    reason,
    ...(details && { details }),
  })
  return [
    ...required
      .filter((name) => !names.includes(name) && isNeeded(protocol, name))
      .map((name) => problem(name, 'no column', 'this column is missing')),
    ...names
      .filter((name) => !known.includes(name))
      .map((name) => problem(name, 'no such column', `this is not a column; there is: ${known.join(', ')}`, { known })),
    ...names
      .filter((name, index) => names.indexOf(name) !== index)
      .map((name) => problem(name, 'column twice', 'this column is there twice')),
  ]
}

function group(protocol: Protocol, rows: { line: number; row: Row }[]): ReadCases {
  const byCode = new Map<string, { entry: CaseEntry; lines: number[] }>()
  const problems: LineProblem[] = []
  for (const { line, row } of rows) {
    const entry = caseOf(protocol, row)
    problems.push(...unclearYes(row.without_email, line))
    const known = byCode.get(entry.code)
    if (!known) byCode.set(entry.code, { entry, lines: [line] })
    else {
      problems.push(...differences(known, entry, line))
      known.entry.participants.push(...entry.participants)
      known.lines.push(line)
    }
  }
  const cases = [...byCode.values()]
  return { entries: cases.map(({ entry }) => entry), lines: cases.map(({ lines }) => lines), problems }
}

/** On purpose: an address that somebody forgot is no reason to write to nobody. */
const saysYes = (cell: string | undefined): boolean => cell?.toLowerCase() === 'yes'

const unclearYes = (cell: string | undefined, line: number): LineProblem[] =>
  !cell || saysYes(cell)
    ? []
    : [
        {
          line,
          column: 'without_email',
          fault: 'unknown',
          details: { value: cell, known: ['yes'] },
          reason: `"${cell}" is not "yes": write yes for somebody without a mail address, and nothing for everybody else`,
        },
      ]

function caseOf(protocol: Protocol, row: Row): CaseEntry {
  const dates = Object.keys(protocol.anchors).map((name) => [name, row[anchorColumn(name)] ?? ''] as const)
  const participant: ParticipantEntry = {
    role: row.role ?? '',
    name: row.name ?? '',
    email: row.email || undefined,
    withoutMail: saysYes(row.without_email) || undefined,
    telephone: row.telephone || undefined,
    language: row.language ?? '',
    sex: row.sex || undefined,
  }
  return {
    code: row.case_code ?? '',
    arm: row.arm ?? '',
    cohort: row.cohort ?? '',
    region: row.region || undefined,
    childBirthMonth: row.child_birth_month || undefined,
    otherChildBirthMonths: row.other_child_birth_months ? row.other_child_birth_months.split(/\s+/) : undefined,
    anchors: Object.fromEntries(dates.filter(([, date]) => date !== '')),
    participants: [participant],
  }
}

/** What a later row of a case says otherwise than the first one. */
function differences(known: { entry: CaseEntry; lines: number[] }, entry: CaseEntry, line: number): LineProblem[] {
  const facts = ({ participants: _, ...rest }: CaseEntry): Record<string, unknown> => rest
  const [first, later] = [facts(known.entry), facts(entry)]
  return Object.keys({ ...first, ...later })
    .filter((field) => JSON.stringify(first[field]) !== JSON.stringify(later[field]))
    .map((field) => ({
      line,
      column: columnOf(field),
      fault: 'differs',
      details: { line: known.lines[0] ?? 1 },
      reason: `case ${entry.code} has another value on line ${known.lines[0]}`,
    }))
}
