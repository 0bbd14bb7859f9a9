/** Reads the decimal numbers of a file in which a decimal mark may be a point or a comma, but only one of them. */
import type { CsvProblem } from './from-csv.ts'

export type DecimalMark = '.' | ','

interface Row {
  at: number
  cell(name: string): string
}

const number = /^[+-]?\d+(?:([.,])\d+)?$/
/** 1.234 or 1,234: one and a bit to one reader, more than a thousand to another. */
const likeThousands = /^[+-]?[1-9]\d{0,2}[.,]\d{3}$/

export interface ReadNumbers {
  /** By line, the numbers of `names` in their order; undefined where there is none. */
  values: Map<number, (number | undefined)[]>
  problems: CsvProblem[]
  mark: DecimalMark | null
}

/**
 * The numbers in the columns `names`. Decimal commas are taken where no number has a decimal point. A number such as 1.234 in a
 * file with semicolons, or 1,234 in one without, is refused when nothing in the file says what its mark is.
 */
export function readNumbers(rows: Row[], names: string[], semicolons: boolean): ReadNumbers {
  const cells = rows.flatMap(({ at, cell }) => names.map((column) => ({ line: at, column, text: cell(column) })))
  const marked = cells.flatMap((cell) => {
    const mark = number.exec(cell.text)?.[1]
    return mark === undefined ? [] : [{ ...cell, mark: mark as DecimalMark }]
  })
  const problems: CsvProblem[] = cells
    .filter(({ text }) => !number.test(text))
    .map(({ line, column, text }) => ({
      line,
      column,
      reason: text === '' ? 'there is no number' : `"${text}" is not a number: write it with digits and one decimal mark, such as 12.5`,
    }))

  const [first] = marked
  const other = marked.find(({ mark }) => mark !== first?.mark)
  if (first && other)
    problems.push({
      line: other.line,
      column: other.column,
      reason: `here stands ${other.text}, and on line ${first.line} ${first.text}: write all numbers with the same decimal mark`,
    })
  else if (first && first.mark !== (semicolons ? ',' : '.') && marked.every(({ text }) => likeThousands.test(text)))
    problems.push({
      line: first.line,
      column: first.column,
      reason: `${first.text} can be read in two ways: write ${semicolons ? 'a decimal comma' : 'a decimal point'}, and no mark for thousands`,
    })

  const value = (text: string) => (number.test(text) ? Number(text.replace(',', '.')) : undefined)
  return { values: new Map(rows.map(({ at, cell }) => [at, names.map((name) => value(cell(name)))])), problems, mark: first?.mark ?? null }
}
