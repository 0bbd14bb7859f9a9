/** One's own keys for other software. */
import { queryOptions } from '@tanstack/react-query'
import type { StaffRole } from '../../../server/access/roles.ts'
import { type Ok, take } from '../../ui/api.ts'
import { desk } from '../api.ts'

const { keys } = desk.account

export type Keys = Ok<typeof keys.$get>
export type Key = Keys['keys'][number]
export interface Wanted {
  name: string
  study: string
  role: StaffRole
  until: string
}

export const keysQuery = queryOptions({ queryKey: ['account', 'keys'], queryFn: () => take(keys.$get()) })
export const makeKey = (password: string, wanted: Wanted) => take(keys.$post({ json: { password, ...wanted } }))
export type Made = Awaited<ReturnType<typeof makeKey>>
export const revokeKey = (key: string) => take(keys[':key'].revoke.$post({ param: { key }, json: {} }))
