/** The server's routes as the desk calls them, typed from the server itself. */
import { hc } from 'hono/client'
import type { DemoRoutes } from '../../server/routes/demo.ts'
import type { DeskRoutes } from '../../server/routes/desk.ts'
import { type Ok, take } from '../ui/api.ts'

const desk = hc<DeskRoutes>('/api/desk')
const demo = hc<DemoRoutes>('/api/demo')

export type Study = Ok<typeof desk.study.$get>
export type ResponseRow = Ok<typeof desk.response.$get>['rows'][number]
export type CaseSummary = Ok<typeof desk.cases.$get>['cases'][number]
export type CaseFile = Ok<(typeof desk.cases)[':code']['$get']>
export type Moved = Ok<typeof demo.clock.$post>
export type Step = 'day' | 'week' | 'month'

export type CaseChoice = {
  search: string
  arm: string
  state: string
}

/** Rows of a list that are fetched at a time. */
export const pageSize = 100

export const getStudy = () => take(desk.study.$get())
export const getResponse = () => take(desk.response.$get())
export const getCases = (choice: CaseChoice, offset: number) =>
  take(desk.cases.$get({ query: { ...filled(choice), offset: String(offset), limit: String(pageSize) } }))
export const getCase = (code: string) => take(desk.cases[':code'].$get({ param: { code } }))
export const moveClock = (step: Step) => take(demo.clock.$post({ json: { step } }))
export const getMails = (search: string, offset: number) =>
  take(demo.mails.$get({ query: { ...filled({ search }), offset: String(offset), limit: String(pageSize) } }))
export const getMailToTry = () => take(demo['mail-to-try'].$get())
export const getMail = (number: string) => take(demo.mails[':number'].$get({ param: { number } }))
export const mailAsHtml = (number: number): string => `/api/demo/mails/${number}/html`

/** Only what was chosen: an empty choice is no choice. */
const filled = (choice: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(choice).filter(([, value]) => value !== ''))
