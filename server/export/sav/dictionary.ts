/** All of a `.sav` file that stands before its rows. Source: GNU PSPP Internals, "System File Format". */
import { attributesText } from './attributes.ts'
import { Bytes } from './bytes.ts'
import { header } from './header.ts'
import { measures } from './measure.ts'
import { shortened } from './pieces.ts'
import { documents, extension, longMissing, longValueLabels, type Placed, valueLabels, variableRecords } from './records.ts'
import type { ResponseSet } from './response-sets.ts'
import { groupsOf, segmentWidths } from './segments.ts'
import { longest, type SavVariable } from './variable.ts'

export interface SavHead {
  variables: SavVariable[]
  rows: number
  /** Of the file; SPSS has 64 bytes for it. */
  label: string
  documents: string[]
  attributes: [name: string, value: string][]
  sets: ResponseSet[]
  /** ISO 8601, in UTC. */
  now: string
}

/** SPSS takes the lowest double for system-missing; the next one and the highest stand for the ends of a range. None is a value. */
const systemMissing = -Number.MAX_VALUE
export const ends = { lowest: -1.797_693_134_862_315_5e308, highest: Number.MAX_VALUE }

export function dictionary(head: SavHead): Buffer {
  const variables = placed(head.variables)
  const groups = variables.reduce((sum, variable) => sum + groupsIn(variable), 0)
  const bytes = new Bytes().bytes(header({ ...head, groups }))
  for (const variable of variables) variableRecords(bytes, variable)
  for (const variable of variables) if (variable.values.length > 0 && variable.width <= 8) valueLabels(bytes, variable)
  documents(bytes, head.documents)
  for (const [subtype, content, size] of extensions(head, variables)) if (content.length > 0) extension(bytes, subtype, content, size)
  const end = 999
  return bytes.int32(end, 0).take()
}

/** By their numbers, in the order in which SPSS writes them. */
function extensions(head: SavHead, variables: Placed[]): [subtype: number, content: Buffer, size?: number][] {
  const longTexts = variables.filter(({ width }) => width > 8)
  return [
    [3, machineIntegers(), 4],
    [4, new Bytes().float64(systemMissing).float64(ends.highest).float64(ends.lowest).take(), 8],
    [7, text(head.sets.map((set) => responseSet(set, variables)).join(''))],
    [11, displays(variables), 4],
    [13, text(variables.map(({ shortNames, name }) => `${shortNames[0]}=${name}`).join('\t'))],
    [14, text(variables.flatMap(veryLongText).join(''))],
    [16, new Bytes().int64(1).int64(head.rows).take(), 8],
    [17, text(attributesText(head.attributes))],
    [18, text(variables.flatMap(variableAttributes).join('/'))],
    [20, text('UTF-8')],
    [
      21,
      each(
        longTexts.filter(({ values }) => values.length > 0),
        longValueLabels,
      ),
    ],
    [22, each(fewestFirst(longTexts), longMissing)],
  ]
}

const variableAttributes = ({ name, attributes }: SavVariable): string[] =>
  attributes.length > 0 ? [`${name}:${attributesText(attributes)}`] : []

/** PSPP before 2.0 loses its way at the first text with more than one missing value, so those come last. */
const fewestFirst = (variables: Placed[]): Placed[] => variables.toSorted((one, other) => one.missing.length - other.missing.length)

const text = (value: string): Buffer => Buffer.from(value, 'utf8')

function each(variables: Placed[], record: (bytes: Bytes, variable: Placed) => void): Buffer {
  const bytes = new Bytes()
  for (const variable of variables) record(bytes, variable)
  return bytes.take()
}

function placed(variables: SavVariable[]): Placed[] {
  let place = 1
  let number = 0
  return variables.map((variable) => {
    // Never the name of a variable, which begins with a letter.
    const shortNames = segmentWidths(variable.width).map(() => `@${(++number).toString(36).toUpperCase()}`)
    const here = { ...variable, shortNames, place }
    place += groupsIn(variable)
    return here
  })
}

/** A number takes one group of 8 bytes. */
const groupsIn = ({ width }: SavVariable): number =>
  segmentWidths(width).reduce((sum, declared) => sum + Math.max(1, groupsOf(declared)), 0)

/** Version of SPSS by whose rules the file is written, the kind of computer, and the encoding. */
function machineIntegers(): Buffer {
  const [version, utf8] = [[20, 0, 0], 65001]
  const [machine, ieee754, compressed, littleEndian] = [-1, 1, 1, 2]
  return new Bytes().int32(...version, machine, ieee754, compressed, littleEndian, utf8).take()
}

/** Measurement level, width of the column on the screen, and texts to the left. */
function displays(variables: Placed[]): Buffer {
  const bytes = new Bytes()
  for (const { width, format, measure, shortNames } of variables)
    for (const _ of shortNames) bytes.int32(measures[measure], Math.min(40, Math.max(8, format.width)), width > 0 ? 0 : 1)
  return bytes.take()
}

/** A text of several segments: which variable, and its real width. */
const veryLongText = ({ shortNames, width }: Placed): string[] =>
  shortNames.length > 1 ? [`${shortNames[0]}=${String(width).padStart(5, '0')}\0\t`] : []

/** A set in which 1 is counted, and whose categories are labelled by the variables. */
function responseSet({ name, label, columns }: ResponseSet, variables: Placed[]): string {
  const counted = '1'
  const short = shortened(label.replaceAll(/\s+/g, ' '), longest.label)
  const members = columns.flatMap((column) => variables.find((variable) => variable.name === column)?.shortNames[0]?.toLowerCase() ?? [])
  return `${name}=D${counted.length} ${counted} ${Buffer.byteLength(short)} ${short} ${members.join(' ')}\n`
}
