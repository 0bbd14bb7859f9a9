/** Who is signed in, and what they may do. */
import { createContext, type ReactNode, useContext } from 'react'
import type { Permission } from '../../../server/access/roles.ts'
import type { SignedIn } from '../api.ts'

const Staff = createContext<SignedIn | null>(null)

export function StaffProvider({ me, children }: { me: SignedIn; children: ReactNode }) {
  return <Staff value={me}>{children}</Staff>
}

/** Who is signed in, where somebody is. */
export const useSomebody = (): SignedIn | null => useContext(Staff)

export function useStaff(): SignedIn {
  const me = useContext(Staff)
  if (!me) throw new Error('useStaff outside of StaffProvider')
  return me
}

/** Whether they may do this in a study: what they may not is not offered. The server decides all the same. */
export const useMay = (study: string, permission: Permission): boolean =>
  useStaff().studies.some(({ id, may }) => id === study && may.includes(permission))

/** The same in all regions of the study: what is about the study as a whole takes that. */
export const useMayEverywhere = (study: string, permission: Permission): boolean =>
  useStaff().studies.some(({ id, everywhere }) => id === study && everywhere.includes(permission))
