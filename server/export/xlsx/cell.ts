/** One cell of a sheet. A text is always a text, whatever it begins with; what a spreadsheet cannot hold as a number is a text. */
import type { Cell, ColumnType } from '../column.ts'
import { serial } from './serial.ts'
import { styles } from './styles.ts'
import { xmlText } from './text.ts'

/** Excel reads anything closer to zero as zero. */
const smallest = 2.2250738585072014e-308

/** `at`: its place, `AB12`. Empty for an empty cell. */
export function cellXml(at: string, cell: Cell, type: ColumnType): string {
  if (cell === null || cell === '') return ''
  if (typeof cell === 'number') return isKept(cell) ? `<c r="${at}"><v>${cell}</v></c>` : textXml(at, String(cell), styles.text)
  const days = type === 'date' || type === 'moment' ? serial(cell) : undefined
  return days === undefined
    ? textXml(at, cell, styles.text)
    : `<c r="${at}" s="${type === 'date' ? styles.date : styles.moment}"><v>${days}</v></c>`
}

const isKept = (value: number): boolean => value === 0 || (Number.isFinite(value) && Math.abs(value) >= smallest)

export const textXml = (at: string, text: string, style: number): string =>
  `<c r="${at}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${xmlText(text)}</t></is></c>`

/** `A` to `Z`, `AA`, ...; from 0. */
export function columnLetters(index: number): string {
  const letters = String.fromCharCode(65 + (index % 26))
  return index < 26 ? letters : columnLetters(Math.floor(index / 26) - 1) + letters
}
