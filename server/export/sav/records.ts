/**
 * The records of a `.sav` dictionary, each as it stands in the file.
 *
 * Source: GNU PSPP Internals, "System File Format".
 */
import type { Bytes } from './bytes.ts'
import { shortened } from './pieces.ts'
import { groupsOf, segmentWidths } from './segments.ts'
import { longest, type SavFormat, type SavValue, type SavVariable } from './variable.ts'

/** A variable with its place among the others. */
export interface Placed extends SavVariable {
  /** A name of at most 8 bytes for each segment. */
  shortNames: string[]
  /** Number of its first group of 8 bytes in a row, from 1. */
  place: number
}

/** Bytes of a line of documents. */
export const documentWidth = 80

const packed = ({ type, width, decimals }: SavFormat): number => (type << 16) | (width << 8) | decimals

/** A variable and its further segments. Label and missing values stand with the first. */
export function variableRecords(bytes: Bytes, variable: Placed): void {
  for (const [index, width] of segmentWidths(variable.width).entries()) {
    const [label, missing] = index === 0 ? [shortened(variable.label, longest.label), shortMissing(variable)] : ['', []]
    const format = packed(width === 0 ? variable.format : { ...variable.format, width })
    bytes.int32(2, width, label === '' ? 0 : 1, missing.length, format, format).padded(variable.shortNames[index] ?? '', 8)
    if (label !== '') alignedText(bytes, label)
    for (const value of missing) eightBytes(bytes, value)
    for (let group = 1; group < groupsOf(width); group += 1) bytes.int32(2, -1, 0, 0, 0, 0).fill(8, 0x20)
  }
}

/** Texts of more than 8 bytes have theirs in records of their own. */
const shortMissing = ({ width, missing }: SavVariable) => (width > 8 ? [] : missing)

function alignedText(bytes: Bytes, text: string): void {
  const length = Buffer.byteLength(text)
  bytes
    .int32(length)
    .text(text)
    .fill((4 - (length % 4)) % 4)
}

function eightBytes(bytes: Bytes, value: number | string): void {
  if (typeof value === 'number') bytes.float64(value)
  else bytes.padded(value, 8)
}

/** Labels of the values of a number, or of a text of at most 8 bytes. */
export function valueLabels(bytes: Bytes, { values, place }: Placed): void {
  bytes.int32(3, values.length)
  for (const { value, label } of values) {
    eightBytes(bytes, value)
    const text = Buffer.from(shortened(label, longest.valueLabel), 'utf8')
    bytes.byte(text.length).padded(text, groupsOf(text.length + 1) * 8 - 1)
  }
  bytes.int32(4, 1, place)
}

/** Lines of at most 80 bytes, which `DISPLAY DOCUMENTS` shows. */
export function documents(bytes: Bytes, lines: string[]): void {
  bytes.int32(6, lines.length)
  for (const line of lines) bytes.padded(line, documentWidth)
}

/** Everything that came into the format later is a record of type 7. `size` is that of what it consists of. */
export function extension(bytes: Bytes, subtype: number, content: Buffer, size = 1): void {
  bytes.int32(7, subtype, size, content.length / size).bytes(content)
}

/** Subtype 21: labels of the values of a text of more than 8 bytes. */
export function longValueLabels(bytes: Bytes, { name, width, values }: { name: string; width: number; values: SavValue[] }): void {
  named(bytes, name).int32(width, values.length)
  for (const { value, label } of values) {
    const text = Buffer.from(shortened(label, longest.valueLabel), 'utf8')
    bytes.int32(width).padded(String(value), width).int32(text.length).bytes(text)
  }
}

/** Subtype 22: missing values of a text of more than 8 bytes, which must lie in the first 8. */
export function longMissing(bytes: Bytes, { name, missing }: SavVariable): void {
  named(bytes, name).byte(missing.length).int32(8)
  for (const value of missing) bytes.padded(String(value), 8)
}

const named = (bytes: Bytes, name: string): Bytes => bytes.int32(Buffer.byteLength(name)).text(name)
