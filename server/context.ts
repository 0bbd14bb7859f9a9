/** What every workflow needs from its surroundings, handed over once at the start. */
import type { Sealer } from './access/sealing.ts'
import type { Background } from './background.ts'
import type { Clock } from './clock.ts'
import type { Stores } from './db/open.ts'
import type { DataPlace } from './db/place.ts'
import type { Definitions } from './definitions/load.ts'
import type { Presence } from './presence.ts'

export interface Context {
  stores: Stores
  definitions: Definitions
  sealer: Sealer
  clock: Clock
  /** Address of this installation as participants see it, without a slash at the end. Links are made from this, never from a request. */
  baseUrl: string
  /** Where the button leads by which somebody leaves in a hurry: a page that anybody could have open. */
  quickExitUrl: string
  place: DataPlace
  /** What goes on after its request was answered; it ends before the databases are closed. */
  background: Background
  /** By which other processes know that this one is there. */
  presence: Presence
  /** BACKUP_DIR: beside the backups lies the list of erasures. */
  backups?: string | undefined
  /** Nothing that is written here stays beyond its own transaction: see workflow/trying.ts. */
  isTrial?: boolean
}
