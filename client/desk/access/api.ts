/** The access log of a study, of one family, and of what belongs to no study. */
import { type Ok, take } from '../../ui/api.ts'
import { desk, studies } from '../api.ts'

const study = studies[':study']

export interface Place {
  /** Null: signing in and accounts. */
  study: string | null
  /** Of one family only. */
  code?: string
}
export type Choice = Record<'who' | 'action' | 'outcome', string>
export type LogPart = Ok<typeof study.access.$get>
export type LogRow = LogPart['rows'][number]

export function getLog({ study: id, code }: Place, choice: Choice, before: number | null): Promise<LogPart> {
  const chosen = Object.fromEntries(
    Object.entries({ ...choice, before: before === null ? '' : String(before) }).filter(([, value]) => value),
  )
  const query = chosen as { who?: string; action?: string; outcome?: 'allowed' | 'refused'; before?: string }
  if (id === null) return take(desk.access.$get({ query }))
  if (code === undefined) return take(study.access.$get({ param: { study: id }, query }))
  return take(study.cases[':case'].access.$get({ param: { study: id, case: code }, query }))
}
