/** What is behind one number: of how many it tells, who could have been in it, and which cases are. */
import { useQuery } from '@tanstack/react-query'
import { Dialog } from '../case/dialog.tsx'
import { Fetched } from '../shell/fetched.tsx'
import { useDesk } from '../shell/language.tsx'
import { Link } from '../shell/link.tsx'
import { useStudy } from '../shell/study.tsx'
import { behindQuery, type Part } from './api.ts'

export interface Chosen {
  table: string
  row: number
  column: number
  /** Of its row and column. */
  title: string
  /** The table it is in. */
  of: string
  cell: Extract<Part['rows'][number], { cells: unknown }>['cells'][number]
  denominator: string
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
      {cell.masked ? <p>{say('reportMaskedCases')}</p> : <Cases report={report} chosen={chosen} />}
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
