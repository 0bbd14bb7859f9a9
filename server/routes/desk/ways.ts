/** What the desk needs beside its context: the way out for mail, where a request comes from, and who slows those that guess. */
import type { SignInGuard } from '../../workflow/guard-sign-in.ts'
import type { LinkGuard } from '../../workflow/limit-tries.ts'
import type { Outgoing } from '../../workflow/mail-staff-link.ts'
import type { AddressOf } from '../client-address.ts'

export interface DeskWays {
  /** For mail that staff send by hand. */
  outgoing: Outgoing
  /** The address from which mail goes out, where the server sends any. */
  sender: string | undefined
  addressOf: AddressOf
  guard: SignInGuard
  /** Counts tokens that are not known. */
  links: LinkGuard
  /** Whether staff can sign in by way of their organisation. */
  singleSignOn: boolean
  /** Whether this server is the demonstration, with its mailbox and its clock; a study for practice may be on any. */
  isDemonstration: boolean
}
