/** The server's routes by which somebody stops, has it erased, or comes back. */
import { queryOptions } from '@tanstack/react-query'
import { type Ok, take } from '../../ui/api.ts'
import { studies } from '../api.ts'

const ofPerson = studies[':study'].cases[':case'].people[':person']

export type Leaving = Ok<typeof ofPerson.leaving.$get>
export interface Place {
  study: string
  code: string
  person: string
}

const param = ({ study, code, person }: Place) => ({ study, case: code, person })

export const leavingQuery = (place: Place) =>
  queryOptions({
    queryKey: ['leaving', place.study, place.code, place.person],
    queryFn: () => take(ofPerson.leaving.$get({ param: param(place) })),
    // A colleague, or another window, may have been first.
    refetchInterval: 30_000,
  })
export const stop = (place: Place, json: { state: 'declined' | 'withdrawn'; reason: string }) =>
  take(ofPerson.stop.$post({ param: param(place), json }))
export const erase = (place: Place, reason: string) => take(ofPerson.erase.$post({ param: param(place), json: { reason } }))
export const comeBack = (place: Place, reason: string) => take(ofPerson.return.$post({ param: param(place), json: { reason } }))
