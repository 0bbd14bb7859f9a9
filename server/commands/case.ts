import type { Command } from 'commander'
import { addAddress } from './case-address.ts'
import { addAnchor } from './case-anchor.ts'
import { addCallOff } from './case-call-off.ts'
import { addChildCommands } from './case-child.ts'
import { addConsent } from './case-consent.ts'
import { addCorrect } from './case-correct.ts'
import { addMatch } from './case-match.ts'
import { addMove } from './case-move.ts'
import { addPerson } from './case-person.ts'
import { addRemove } from './case-remove.ts'
import { addShow } from './case-show.ts'

export const register = (program: Command): void => {
  const ofCase = program.command('case').description('Shows a case, and changes what is known of it')
  for (const add of [
    addShow,
    addAnchor,
    addPerson,
    addConsent,
    addChildCommands,
    addAddress,
    addCorrect,
    addCallOff,
    addMove,
    addMatch,
    addRemove,
  ])
    add(ofCase)
}
