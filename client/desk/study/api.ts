/** The server's routes for managing a study. */
import { queryOptions } from '@tanstack/react-query'
import { type Ok, take } from '../../ui/api.ts'
import { studies } from '../api.ts'

const ofStudy = studies[':study']
const routes = ofStudy.settings

export type Settings = Ok<typeof routes.$get>
export type Facts = Settings['data']
export type MailText = Ok<typeof routes.mail.text.$get>
export interface TriedWords {
  subject: string
  body: string
  readOver: boolean
}
export interface MailChoice {
  role: string
  kind: string
  language: string
}

export const settingsQuery = (study: string) =>
  queryOptions({
    queryKey: ['settings', study],
    queryFn: () => take(routes.$get({ param: { study } })),
    // How many families are still to be planned anew is looked at until there are none.
    refetchInterval: ({ state: { data } }) => (data && data.toReplan > 0 ? 2_000 : false),
  })
export const mailQuery = (study: string, choice: MailChoice) =>
  queryOptions({
    queryKey: ['settings', study, 'mail', choice],
    queryFn: () => take(routes.mail.$get({ param: { study }, query: { ...choice } })),
  })
export const mailTextQuery = (study: string, choice: MailChoice) =>
  queryOptions({
    queryKey: ['settings', study, 'mail text', choice],
    queryFn: () => take(routes.mail.text.$get({ param: { study }, query: { ...choice } })),
  })
export const closingQuery = (study: string) =>
  queryOptions({ queryKey: ['settings', study, 'closing'], queryFn: () => take(routes.closing.$get({ param: { study } })) })

export const change = (study: string, json: Partial<Facts> & { reason: string }) => take(routes.$post({ param: { study }, json }))
/** `seen`: the newest version that was there to be seen. */
export const changeMailText = (study: string, json: MailChoice & { words: TriedWords | null; seen: number | null; reason: string }) =>
  take(routes.mail.text.$post({ param: { study }, json }))
export const tryMail = (study: string, json: MailChoice & { words: TriedWords }) =>
  take(routes.mail.preview.$post({ param: { study }, json }))
export const sendTest = (study: string, json: MailChoice & { words?: TriedWords }) =>
  take(routes.mail.test.$post({ param: { study }, json }))
export const mailAsHtml = (study: string, choice: MailChoice): string =>
  `/api/desk/studies/${study}/settings/mail/html?${new URLSearchParams({ ...choice })}`
export const lookAtRetention = (study: string, months: number) =>
  take(ofStudy.retention.$get({ param: { study }, query: { months: String(months) } }))
export const close = (study: string, reason: string) => take(routes.close.$post({ param: { study }, json: { reason } }))
export const reopen = (study: string, reason: string) => take(routes.reopen.$post({ param: { study }, json: { reason } }))
