/** What staff do to one family, as the server takes it. `preview`: tried out, nothing of it stays. */
import { type Ok, take } from '../../ui/api.ts'
import { studies } from '../api.ts'

const ofCase = studies[':study'].cases[':case']
const ofPerson = ofCase.people[':person']
const tried = ofCase.preview
const triedOnPerson = tried.people[':person']

export type Changes = Ok<typeof ofCase.anchors.$post>['changes']
export type ScoreChanges = Ok<typeof ofCase.corrections.$post>['scores']
export type MistakeNote = Ok<(typeof ofCase)['taking-out']['$post']>['notes'][number]
export type Correcting = Ok<typeof ofPerson.address.$post>
export type Contact = Ok<typeof ofPerson.contact.$post>['contact']

export interface CasePlace {
  study: string
  case: string
}
export interface PersonPlace extends CasePlace {
  person: string
}
type Body<Route extends (given: never) => unknown> = Parameters<Route>[0] extends { json: infer Json } ? Json : never

export const setAnchors = (param: CasePlace, json: Body<typeof ofCase.anchors.$post>, preview: boolean) =>
  take((preview ? tried : ofCase).anchors.$post({ param, json }))
export const moveCase = (param: CasePlace, json: Body<typeof ofCase.place.$post>, preview: boolean) =>
  take((preview ? tried : ofCase).place.$post({ param, json }))
export const takeOut = (param: CasePlace, json: Body<(typeof ofCase)['taking-out']['$post']>, preview: boolean) =>
  take((preview ? tried : ofCase)['taking-out'].$post({ param, json }))
export const putBack = (param: CasePlace, json: Body<(typeof ofCase)['putting-back']['$post']>, preview: boolean) =>
  take((preview ? tried : ofCase)['putting-back'].$post({ param, json }))
export const correctCase = (param: CasePlace, json: Body<typeof ofCase.corrections.$post>, preview: boolean) =>
  take((preview ? tried : ofCase).corrections.$post({ param, json }))
export const correctPerson = (param: PersonPlace, json: Body<typeof ofPerson.corrections.$post>, preview: boolean) =>
  take((preview ? triedOnPerson : ofPerson).corrections.$post({ param, json }))
export const addPerson = (param: CasePlace, json: Body<typeof ofCase.people.$post>, preview: boolean) =>
  take((preview ? tried : ofCase).people.$post({ param, json }))
export const handOver = (param: PersonPlace, json: Body<(typeof ofPerson)['hand-over']['$post']>, preview: boolean) =>
  take((preview ? triedOnPerson : ofPerson)['hand-over'].$post({ param, json }))
export const stop = (param: PersonPlace, json: Body<typeof ofPerson.stop.$post>, preview: boolean) =>
  take((preview ? triedOnPerson : ofPerson).stop.$post({ param, json }))
export const consent = (param: PersonPlace, json: Body<typeof ofPerson.consent.$post>, preview: boolean) =>
  take((preview ? triedOnPerson : ofPerson).consent.$post({ param, json }))
export const extendWindow = (param: PersonPlace, json: Body<typeof ofPerson.window.$post>, preview: boolean) =>
  take((preview ? triedOnPerson : ofPerson).window.$post({ param, json }))
export const callOff = (param: PersonPlace, json: Body<typeof ofPerson.lists.$post>, preview: boolean) =>
  take((preview ? triedOnPerson : ofPerson).lists.$post({ param, json }))

export const seeContact = (param: PersonPlace, json: Body<typeof ofPerson.contact.$post>) => take(ofPerson.contact.$post({ param, json }))
export const recordAttempt = (param: PersonPlace, json: Body<typeof ofPerson.attempts.$post>) =>
  take(ofPerson.attempts.$post({ param, json }))
export const correctAddress = (param: PersonPlace, json: Body<typeof ofPerson.address.$post>, preview: boolean) =>
  take((preview ? triedOnPerson : ofPerson).address.$post({ param, json }))
export const setReachable = (param: PersonPlace, json: Body<typeof ofPerson.reachable.$post>) =>
  take(ofPerson.reachable.$post({ param, json }))
export const sendAgain = (param: PersonPlace, json: Body<typeof ofPerson.invitation.$post>) =>
  take(ofPerson.invitation.$post({ param, json }))
export const addChild = (param: CasePlace, json: Body<typeof ofCase.children.$post>) => take(ofCase.children.$post({ param, json }))
export const removeChild = (param: CasePlace, json: Body<typeof ofCase.children.removal.$post>) =>
  take(ofCase.children.removal.$post({ param, json }))
export const removePerson = (param: PersonPlace, json: Body<typeof ofPerson.removal.$post>) => take(ofPerson.removal.$post({ param, json }))
export const match = (param: CasePlace, json: Body<typeof ofCase.match.$post>) => take(ofCase.match.$post({ param, json }))
export const addNote = (param: CasePlace, json: Body<typeof ofCase.notes.$post>) => take(ofCase.notes.$post({ param, json }))
