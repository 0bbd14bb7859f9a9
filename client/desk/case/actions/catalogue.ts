/** Everything that staff can do to a family, in the order in which it is offered. */
import type { CaseAction } from './action.ts'
import { attempt } from './attempt.ts'
import { correctCase, correctPerson } from './corrections.ts'
import { addChild, match, moveCase, moveConference, note, undoMatch } from './family.ts'
import { callOff, undoCallOff } from './lists.ts'
import { correctAddress, extendWindow, notReachable, reachableAgain, seeContact, sendAgain } from './mail.ts'
import { putBack, removeChild, removePerson, takeOut } from './mistakes.ts'
import { addPerson, consent, handOver, stop } from './people.ts'

export const actions: readonly CaseAction[] = [
  moveConference,
  extendWindow,
  seeContact,
  attempt,
  correctAddress,
  sendAgain,
  notReachable,
  reachableAgain,
  correctPerson,
  addPerson,
  handOver,
  consent,
  stop,
  removePerson,
  callOff,
  undoCallOff,
  note,
  correctCase,
  addChild,
  removeChild,
  moveCase,
  match,
  undoMatch,
  takeOut,
  putBack,
]

export const groups = [
  { id: 'dates', title: 'groupDates' },
  { id: 'mail', title: 'groupMail' },
  { id: 'people', title: 'groupPeople' },
  { id: 'lists', title: 'groupLists' },
  { id: 'case', title: 'groupCase' },
] as const
