/** The invented staff of a demonstration, one of each role. A visitor looks over the shoulder of one of them, without signing in. */
import { type StaffRole, staffRoleNames } from '../access/roles.ts'
import type { Context } from '../context.ts'
import { setStaffState } from '../queries/staff.ts'
import { takeStaffLink } from '../queries/staff-links.ts'
import { inviteStaff } from '../workflow/staff-accounts.ts'
import { tokenHash } from '../workflow/token.ts'

const names: Record<StaffRole, string> = {
  administrator: 'Bea Beheer',
  'data manager': 'Dana Datum',
  coordinator: 'Coen Kring',
  'file researcher': 'Doris Dossier',
  interviewer: 'Iris Gesprek',
  researcher: 'Oscar Onderzoek',
}

/** The account of each role. */
export type InventedStaff = Readonly<Record<StaffRole, string>>

/**
 * Makes sure that they are there, each with its role in every study: a visitor who opens one goes on in it as whomever they choose.
 * Returns the account of each role.
 */
export async function inventStaff(context: Context): Promise<InventedStaff> {
  const accounts = await Promise.all(
    staffRoleNames.map(async (role) => {
      const address = `${names[role].toLowerCase().replace(' ', '.')}@nameting.example`
      const { id, link } = await inviteStaff(context, {
        name: names[role],
        address,
        language: 'nl',
        grants: [{ studyId: '*', role, region: '*' }],
      })
      await context.stores.identity.withTx(async (tx) => {
        await setStaffState(tx, id, 'active', context.clock.now())
        // Nobody has to open their link, so that none should look as if it waited.
        if (link !== null) await takeStaffLink(tx, tokenHash(new URL(link).hash.slice(1)), context.clock.now())
      })
      return [role, id] as const
    }),
  )
  return Object.fromEntries(accounts) as InventedStaff
}
