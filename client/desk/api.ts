/** The server's routes as the desk calls them, typed from the server itself. */
import { hc } from 'hono/client'
import type { DemoRoutes } from '../../server/routes/demo.ts'
import type { DeskRoutes } from '../../server/routes/desk/desk.ts'
import { type Ok, take } from '../ui/api.ts'
import { unattended } from './attended.ts'
import { workOf } from './whose.ts'

/** The routes for staff; a section of the desk keeps its own calls beside its pages. */
export const desk = hc<DeskRoutes>('/api/desk', { headers: () => ({ ...unattended(), ...workOf() }) })
export const { studies } = desk
const demo = hc<DemoRoutes>('/api/demo')

export type Me = Ok<typeof desk.me.$get>
export type SignedIn = Extract<Me, { stage: 'signed in' }>
export type Role = Ok<typeof demo.role.$get>['role']
export type Study = Ok<(typeof studies)[':study']['$get']>
export type ResponseRow = Ok<(typeof studies)[':study']['response']['$get']>['rows'][number]
export type CaseSummary = Ok<(typeof studies)[':study']['cases']['$get']>['cases'][number]
export type CaseFile = Ok<(typeof studies)[':study']['cases'][':case']['$get']>
export type Moved = Ok<typeof demo.clock.$post>
export type Step = 'day' | 'week' | 'month'

/** Rows of a list that are fetched at a time. */
export const pageSize = 100

export const signIn = (address: string, password: string) => take(desk['sign-in'].$post({ json: { address, password } }))
export const giveCode = (code: string) => take(desk['sign-in'].code.$post({ json: { code } }))
export const beginOneTimeCodes = () => take(desk['sign-in']['one-time-codes'].$post())
export const confirmOneTimeCodes = (factor: string, code: string) =>
  take(desk['sign-in']['one-time-codes'][':factor'].$post({ param: { factor }, json: { code } }))
export const signOut = () => take(desk['sign-out'].$post())
export const getWelcome = (token: string) => take(desk.welcome.$post({ json: { token } }))
export const choosePassword = (token: string, password: string) => take(desk.welcome.password.$post({ json: { token, password } }))
export const getMe = () => take(desk.me.$get())
export const getRole = () => take(demo.role.$get())
export const chooseRole = (role: Role) => take(demo.role.$post({ json: { role } }))
export const getStudy = (study: string) => take(studies[':study'].$get({ param: { study } }))
export const getResponse = (study: string) => take(studies[':study'].response.$get({ param: { study }, query: {} }))
export const getCase = (study: string, code: string) => take(studies[':study'].cases[':case'].$get({ param: { study, case: code } }))
export const moveClock = (step: Step) => take(demo.clock.$post({ json: { step } }))
export const getMails = (search: string, offset: number) =>
  take(demo.mails.$get({ query: { ...filled({ search }), offset: String(offset), limit: String(pageSize) } }))
export const getMailToTry = () => take(demo['mail-to-try'].$get())
export const getMail = (number: string) => take(demo.mails[':number'].$get({ param: { number } }))
export const mailAsHtml = (number: number): string => `/api/demo/mails/${number}/html`

/** Only what was chosen: an empty choice is no choice. */
const filled = (choice: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(choice).filter(([, value]) => value !== ''))
