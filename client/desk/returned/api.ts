/** Mails that came back, as the server reads them. */
import { type Ok, take } from '../../ui/api.ts'
import { studies } from '../api.ts'

const returned = studies[':study'].returned

export type ReturnedMail = Ok<typeof returned.$post>['mails'][number]

export const lookAtReturned = (study: string, mails: string[]) => take(returned.preview.$post({ param: { study }, json: { mails } }))
export const takeReturned = (study: string, mails: string[]) => take(returned.$post({ param: { study }, json: { mails } }))
