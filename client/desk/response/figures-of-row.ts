/** Which figures a row of response has, as a table and below each other. Pure. */
import type { Study } from '../api.ts'
import type { ResponseCell } from './api.ts'

export interface ResponseRow {
  role: string
  instrument?: string
  waves: (ResponseCell | null)[]
}

export const columns = [
  { figure: 'completed', label: 'responseCompleted' },
  { figure: 'asked', label: 'responseAsked' },
  { figure: 'sent', label: 'responseSent' },
  { figure: 'opened', label: 'responseOpened' },
  { figure: 'started', label: 'responseStarted' },
] as const
export const rests = [
  { figure: 'open', of: 'open', label: 'responseStillOpen' },
  { figure: 'expired', of: 'expired', label: 'responseExpired' },
  { figure: 'called off', of: 'calledOff', label: 'responseCalledOff' },
  { figure: 'dropped', of: 'dropped', label: 'responseDropped' },
  { figure: 'ahead', of: 'ahead', label: 'responseAhead' },
] as const

/** Whether any family was, is or will be asked. */
export const isPlanned = ({ asked, ahead, calledOff, dropped }: ResponseCell): boolean => asked + ahead + calledOff + dropped > 0

/** Whether mail goes to a role; others are asked in other ways. */
export const hasMail = (study: Study, role: string): boolean => study.roles.find(({ id }) => id === role)?.mail ?? true
