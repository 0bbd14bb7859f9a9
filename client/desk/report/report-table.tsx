/**
 * A table whose numbers can be opened. There are thousands of them on a page: of each table one is a stop of the Tab key, and the arrows go
 * from there to the others.
 */
import { Fragment, type KeyboardEvent, useState } from 'react'
import { useDesk } from '../shell/language.tsx'
import type { Part } from './api.ts'
import { type Place, step } from './arrows.ts'
import type { Place as NumberPlace } from './number-dialog.tsx'

type Row = Part['rows'][number]
type Cells = Extract<Row, { cells: unknown }>

export function ReportTable({ part, open }: { part: Part; open(place: NumberPlace): void }) {
  const { id, head, rows } = part
  const width = head.at(-1)?.length ?? 0
  const lines = rows.flatMap((row, index) => ('cells' in row ? [index] : []))
  const [stop, setStop] = useState<Place>({ row: lines[0] ?? 0, column: 0 })
  const move = (event: KeyboardEvent<HTMLTableElement>) => {
    const next = step(event.key, stop, lines, width)
    if (!next) return
    event.preventDefault()
    setStop(next)
    event.currentTarget.querySelector<HTMLElement>(`[data-cell="${next.row} ${next.column}"]`)?.focus()
  }
  return (
    <table className="report-table" onKeyDown={move}>
      <thead>
        {head.map((cells, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows of heads have no other name.
          <tr key={at}>
            {at === 0 && <td rowSpan={head.length} />}
            {cells.map(({ text, span }, column) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two columns may be called the same.
              <th key={column} scope={span > 1 ? 'colgroup' : 'col'} colSpan={span}>
                {text}
              </th>
            ))}
          </tr>
        ))}
      </thead>
      <tbody>
        {rows.map((row, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two rows may be called the same.
          <Fragment key={index}>
            {'cells' in row ? (
              <Line part={part} row={row} place={index} stop={stop} focus={setStop} open={open} />
            ) : (
              <tr>
                <th colSpan={width + 1} scope="rowgroup" className="report-heading" id={`${id}-${index}`}>
                  {row.heading}
                </th>
              </tr>
            )}
          </Fragment>
        ))}
      </tbody>
    </table>
  )
}

interface LineProps {
  part: Part
  row: Cells
  place: number
  stop: Place
  focus(place: Place): void
  open(place: NumberPlace): void
}

function Line({ part, row, place, stop, focus, open }: LineProps) {
  const { say } = useDesk()
  return (
    <tr>
      <th scope="row">{row.title}</th>
      {row.cells.map((cell, column) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its place.
        <td key={column} className="numeric">
          <button
            type="button"
            className="report-number"
            data-cell={`${place} ${column}`}
            tabIndex={stop.row === place && stop.column === column ? 0 : -1}
            onFocus={() => focus({ row: place, column })}
            onClick={() => open({ table: part.id, row: place, column })}
          >
            {cell.masked ? <Sign sign="*" says={say('reportMasked')} /> : (cell.text ?? <Sign sign="–" says={say('reportNoValue')} />)}
          </button>
        </td>
      ))}
    </tr>
  )
}

function Sign({ sign, says }: { sign: string; says: string }) {
  return (
    <>
      <span aria-hidden="true">{sign}</span>
      <span className="visually-hidden">{says}</span>
    </>
  )
}
