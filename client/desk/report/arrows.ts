/** Where the arrow keys go in a table. Pure. */
export interface Place {
  row: number
  column: number
}

/** The next cell, or null where the key goes nowhere. `lines`: the rows that have cells, in their order. */
export function step(key: string, { row, column }: Place, lines: readonly number[], width: number): Place | null {
  const at = lines.indexOf(row)
  const to = (line: number, next: number): Place | null => {
    const found = lines[line]
    return found === undefined || next < 0 || next >= width ? null : { row: found, column: next }
  }
  switch (key) {
    case 'ArrowRight':
      return to(at, column + 1)
    case 'ArrowLeft':
      return to(at, column - 1)
    case 'ArrowDown':
      return to(at + 1, column)
    case 'ArrowUp':
      return at <= 0 ? null : to(at - 1, column)
    case 'Home':
      return to(at, 0)
    case 'End':
      return to(at, width - 1)
    default:
      return null
  }
}
