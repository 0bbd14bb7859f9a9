/** What is behind one number: of how many it tells, who could have been in it, and which cases are. */
import { useQuery } from '@tanstack/react-query'
import { Dialog } from '../shell/dialog.tsx'
import { Fetched } from '../shell/fetched.tsx'
import { useDesk } from '../shell/language.tsx'
import { Link } from '../shell/link.tsx'
import { useStudy } from '../shell/study.tsx'
import { behindQuery, type Part, type Shown } from './api.ts'

/** Where a number stands: its table, and its row and column in it, from 0. */
export interface Place {
  table: string
  row: number
  column: number
}

interface Chosen extends Place {
  /** Of its row and column. */
  title: string
  /** The table it is in. */
  of: string
  cell: Extract<Part['rows'][number], { cells: unknown }>['cells'][number]
  denominator: string
  /** Of a report without small numbers. */
  masked: boolean
}

/** The number at a place, as the address has it: `6.1 2 0`. Null where there is none. */
export function numberAt({ sections, masked }: Shown, place: string | null): Chosen | null {
  const [table = '', row = '', column = ''] = place?.split(' ') ?? []
  const part = sections.flatMap(({ parts }) => parts).find(({ id }) => id === table)
  const line = part?.rows[Number(row)]
  const cell = line && 'cells' in line ? line.cells[Number(column)] : undefined
  if (!part || !line || !('cells' in line) || !cell) return null
  return {
    ...{ table, row: Number(row), column: Number(column), of: part.title, cell, masked },
    title: [line.title, part.columns[Number(column)]].filter(Boolean).join(', '),
    denominator: part.denominators[cell.denominator] ?? '',
  }
}

export function NumberDialog({ report, chosen, close }: { report: string; chosen: Chosen; close(): void }) {
  const { say, number } = useDesk()
  const { cell, of, title, denominator } = chosen
  return (
    <Dialog title={title} close={close}>
      <p className="quiet">{of}</p>
      <dl className="report-behind">
        <dt>{say('reportNumber')}</dt>
        <dd>{cell.masked ? say('reportMasked') : (cell.text ?? say('reportNoValue'))}</dd>
        <dt>{say('reportN')}</dt>
        <dd>{cell.n === null ? say(cell.masked || cell.text !== null ? 'reportMasked' : 'reportNoValue') : number(cell.n)}</dd>
        {cell.asked !== null && (
          <>
            <dt>{say('reportAsked')}</dt>
            <dd>{number(cell.asked)}</dd>
          </>
        )}
        <dt>{say('reportDenominator')}</dt>
        <dd>{denominator}</dd>
      </dl>
      {chosen.masked ? <p>{say('reportMaskedCases')}</p> : <Cases report={report} chosen={chosen} />}
    </Dialog>
  )
}

function Cases({ report, chosen: { table, row, column } }: { report: string; chosen: Chosen }) {
  const { say, count } = useDesk()
  const { id, at } = useStudy()
  const query = useQuery(behindQuery(id, report, { table, row, column }))
  return (
    <Fetched query={query}>
      {({ cases }) =>
        cases.length === 0 ? (
          <p>{say('reportNoCases')}</p>
        ) : (
          <>
            <h3>{count('reportCases', cases.length)}</h3>
            <ul className="report-cases">
              {cases.map(({ code }) => (
                <li key={code}>
                  <Link href={at(`/cases/${encodeURIComponent(code)}`)}>{code}</Link>
                </li>
              ))}
            </ul>
          </>
        )
      }
    </Fetched>
  )
}
