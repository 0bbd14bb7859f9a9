/** Accounts of colleagues. */
import type { StaffRole } from '../../../server/access/roles.ts'
import { type Ok, take } from '../../ui/api.ts'
import { desk } from '../api.ts'

const { staff } = desk
const one = staff[':staff']

export type Staff = Ok<typeof staff.$get>
export type Colleague = Staff['accounts'][number]
export type Mail = Ok<typeof staff.$post>['mail']
export interface Given {
  study: string
  role: StaffRole
  region: string
}
export interface Invited extends Given {
  name: string
  address: string
  language: 'nl' | 'en'
}

export const getStaff = () => take(staff.$get())
export const invite = (json: Invited) => take(staff.$post({ json }))
export const giveRole = (id: string, json: Given) => take(one.roles.$post({ param: { staff: id }, json }))
export const takeRole = (id: string, json: Given) => take(one.roles.take.$post({ param: { staff: id }, json }))
export const disable = (id: string) => take(one.disable.$post({ param: { staff: id }, json: {} }))
export const enable = (id: string) => take(one.enable.$post({ param: { staff: id }, json: {} }))
export const resetSecondFactor = (id: string) => take(one['second-factor'].reset.$post({ param: { staff: id }, json: {} }))
export const sendLink = (id: string) => take(one.link.$post({ param: { staff: id }, json: {} }))
