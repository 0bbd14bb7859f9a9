/** The server's routes for the report of a study. */
import { queryOptions } from '@tanstack/react-query'
import { type Ok, take } from '../../ui/api.ts'
import { studies } from '../api.ts'

const routes = studies[':study'].reports
const one = routes[':report']

export type ReportJob = Ok<typeof routes.$post>
export type Kept = Ok<typeof routes.$get>
export type Shown = Ok<typeof one.tables.$get>
export type Part = Shown['sections'][number]['parts'][number]

export interface Options {
  percentages: 'plain' | 'adds-to-100'
  maskSmallCells: boolean
}
export type Language = 'nl' | 'en'

/** Those that are kept, the latest first. */
export const listQuery = (study: string) =>
  queryOptions({ queryKey: ['reports', study], queryFn: () => take(routes.$get({ param: { study } })) })

export const start = (study: string, options: Options) => take(routes.$post({ param: { study }, json: options }))

/** The latest one that is kept of these options and this version of the protocol. */
export const latestWith = ({ protocol, reports }: Kept, { percentages, maskSmallCells }: Options): ReportJob | undefined =>
  reports.find(
    (one) =>
      one.state !== 'elsewhere' &&
      one.protocol === protocol &&
      one.options.percentages === percentages &&
      (one.options.maskBelow !== null) === maskSmallCells,
  )

/** Looked at until it is over. */
export const jobQuery = (study: string, report: string) =>
  queryOptions({
    queryKey: ['report-job', study, report],
    queryFn: () => take(one.$get({ param: { study, report } })),
    refetchInterval: ({ state: { data } }) => (data === undefined || data.state === 'working' ? 400 : false),
    refetchOnWindowFocus: false,
  })

export const shownQuery = (study: string, report: string, language: Language) =>
  queryOptions({
    queryKey: ['report-tables', study, report, language],
    queryFn: () => take(one.tables.$get({ param: { study, report }, query: { language } })),
    staleTime: Number.POSITIVE_INFINITY,
  })

export const behindQuery = (study: string, report: string, cell: { table: string; row: number; column: number }) =>
  queryOptions({
    queryKey: ['report-behind', study, report, cell],
    queryFn: () =>
      take(one.behind.$get({ param: { study, report }, query: { table: cell.table, row: String(cell.row), column: String(cell.column) } })),
    staleTime: Number.POSITIVE_INFINITY,
  })

export const cancel = (study: string, report: string) => take(one.cancel.$post({ param: { study, report }, json: {} }))

/** The address of a file of it. */
export const fileAddress = (study: string, report: string, file: 'html' | 'pdf' | 'zip', language: Language): string =>
  `/api/desk/studies/${study}/reports/${report}/file?${new URLSearchParams({ file, language })}`
